using System.Text.Json;
using System.Text.RegularExpressions;

namespace Rialto.Tidy.Tests;

public partial class WordTests
{
    private static readonly List<string> Text = Repo.Files
        .Where(file => Regex.IsMatch(file, "\\.(cs|ts|tsx|css|html|md|sql|json|props|csproj|slnx|ya?ml|sh)$|^(run|test)$|^\\.ci/run$"))
        .Where(file => !file.EndsWith("packages.lock.json", StringComparison.Ordinal) && file != "package-lock.json")
        .ToList();

    [GeneratedRegex(@"\b(class|record|struct|interface)\s+\w+(Helper|Helpers|Util|Utils|Common|Manager|Service|Dto|Base)\b")]
    private static partial Regex RoleName();

    // Spelled in two parts so that this file does not find itself.
    private static readonly Regex UnfinishedMark = new($@"\b({"TO" + "DO"}|{"FIX" + "ME"}|{"HA" + "CK"}|{"NotImplemented" + "Exception"})\b");

    private static IEnumerable<string> Matches(IEnumerable<string> files, Regex banned) =>
        from file in files
        from line in Repo.Lines(file).Select((text, index) => (text, number: index + 1))
        where banned.IsMatch(line.text)
        select $"{file}:{line.number}: {line.text.Trim()}";

    [Fact]
    public void Types_are_nouns_of_the_business_not_roles()
    {
        var code = Repo.Sources("src/", ".cs").ToList();
        Repo.ShouldHaveNone(code, Matches(code, RoleName()), "Name the noun:");
    }

    [Fact]
    public void Nothing_is_left_unfinished() =>
        Repo.ShouldHaveNone(Text, Matches(Text, UnfinishedMark), "Finish it, or say in ARCHITECTURE.md under known gaps what is missing:");

    [Fact]
    public void Lock_files_name_no_registry()
    {
        var locks = Repo.Files.Where(file => file.EndsWith("packages.lock.json", StringComparison.Ordinal) || file.EndsWith("package-lock.json", StringComparison.Ordinal)).ToList();
        Repo.ShouldHaveNone(locks, Matches(locks, new Regex("\"resolved\": \"http")), "npm has omit-lockfile-registry-resolved in .npmrc:");
    }

    [Fact]
    public void Every_path_named_in_the_documents_exists()
    {
        var documents = Repo.Files.Where(file => file.EndsWith(".md", StringComparison.Ordinal)).ToList();
        var findings =
            from document in documents
            from Match link in Regex.Matches(Repo.Read(document), @"(?<!\!)\[[^\]]*\]\((?<path>[^)#:\s]+)(#[^)]*)?\)|`(?<path>(src|tests|bench|web|docs|deploy)/[A-Za-z0-9_./-]+)`|!\[[^\]]*\]\((?<path>[^)#:\s]+)\)")
            let path = link.Groups["path"].Value
            let fromRoot = Path.Combine(Repo.Root, path)
            let fromHere = Path.Combine(Repo.Root, Path.GetDirectoryName(document)!, path)
            where !Path.Exists(fromRoot) && !Path.Exists(fromHere) && !IsBuilt(path)
            select $"{document}: {path}";
        Repo.ShouldHaveNone(documents, findings.Distinct(), "The document names a path that is not there:");
    }

    private static bool IsBuilt(string path) => path.StartsWith("web/dist", StringComparison.Ordinal);

    [Fact]
    public void Every_test_named_in_the_architecture_exists()
    {
        var tests = Repo.Sources("tests/", ".cs").Select(Repo.Read).Concat(Repo.Sources("web/", ".ts", ".tsx").Select(Repo.Read)).ToList();
        var named = Regex.Matches(Repo.Read("ARCHITECTURE.md"), @"`(?<name>[A-Z][a-z0-9]+(_[A-Za-z0-9]+){2,})`").Select(match => match.Groups["name"].Value).Distinct().ToList();
        Repo.ShouldHaveNone(named, named.Where(name => !tests.Any(text => text.Contains(name, StringComparison.Ordinal))), "The invariant's test is gone:");
    }

    [Fact]
    public void Every_translation_has_the_same_keys_and_each_is_used()
    {
        var files = Repo.Files.Where(file => Regex.IsMatch(file, @"^web/src/.*i18n/[a-z]{2}/.*\.json$|^web/src/.*i18n/[a-z]{2}\.json$")).ToList();
        var languages = files.GroupBy(file => Regex.Match(file, @"i18n/([a-z]{2})").Groups[1].Value)
            .ToDictionary(group => group.Key, group => group.SelectMany(file => Keys("", JsonDocument.Parse(Repo.Read(file)).RootElement)).ToHashSet());
        var english = languages.GetValueOrDefault("en", []);
        var code = string.Join('\n', Repo.Sources("web/src/", ".ts", ".tsx").Select(Repo.Read));
        var missing = languages.Where(other => other.Key != "en").SelectMany(other => english.Except(other.Value).Select(key => $"{other.Key} lacks {key}")
            .Concat(other.Value.Except(english).Select(key => $"{other.Key} has {key}, English has not")));
        var unused = english.Where(key => !IsUsed(code, key)).Select(key => $"unused: {key}");
        Repo.ShouldHaveNone(files, missing.Concat(unused), "Translations:");
    }

    // A key is used when it stands in the code whole, or when the code builds it from a prefix that ends at a dot: t(`logs.level.${level}`).
    private static bool IsUsed(string code, string key)
    {
        var plain = Regex.Replace(key, "_(one|other|zero|two|few|many)$", "");
        if (code.Contains($"\"{plain}\"", StringComparison.Ordinal) || code.Contains($"'{plain}'", StringComparison.Ordinal) || code.Contains($"`{plain}`", StringComparison.Ordinal))
            return true;
        for (var dot = plain.LastIndexOf('.'); dot > 0; dot = plain.LastIndexOf('.', dot - 1))
        {
            if (code.Contains($"`{plain[..dot]}.${{", StringComparison.Ordinal))
                return true;
        }

        return false;
    }

    private static IEnumerable<string> Keys(string prefix, JsonElement element) =>
        element.ValueKind == JsonValueKind.Object
            ? element.EnumerateObject().SelectMany(property => Keys(prefix.Length == 0 ? property.Name : $"{prefix}.{property.Name}", property.Value))
            : [prefix];
}
