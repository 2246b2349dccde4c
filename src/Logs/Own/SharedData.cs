using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Rialto.Logs.Own;

/// <summary>
/// Real log lines from the folder <c>shared/data</c> beside the checkout, when it is there; none of them is part of the product. Each comes as a JSON record
/// without a time: they are replayed as if they happened now.
/// </summary>
internal static partial class SharedData
{
    private const int LinesPerFileMax = 10_000;

    /// <summary>Lines of all files, mixed; empty when the folder is not there.</summary>
    public static IReadOnlyList<string> Load()
    {
        if (FindFolder() is not { } folder)
            return [];
        try
        {
            var lines = new List<string>();
            foreach (var path in Directory.GetFiles(Path.Combine(folder, "weblog"), "*apache*.log.gz"))
                lines.AddRange(ReadLines(path).Select(AccessLine).OfType<string>());
            if (Directory.Exists(Path.Combine(folder, "logs")))
            {
                foreach (var path in Directory.GetFiles(Path.Combine(folder, "logs"), "*.log").Order(StringComparer.Ordinal))
                    lines.AddRange(ReadLines(path).Select(line => PlainLine(Path.GetFileName(path).Split('_')[0].ToLowerInvariant(), line)));
            }

            // Mixed the same way every time.
            new Random(4711).Shuffle(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(lines));
            return lines;
        }
        catch (IOException)
        {
            return [];
        }
    }

    private static string? FindFolder()
    {
        for (var directory = new DirectoryInfo(AppContext.BaseDirectory); directory is not null; directory = directory.Parent)
        {
            if (!File.Exists(Path.Combine(directory.FullName, "Rialto.slnx")))
                continue;
            var folder = Path.Combine(directory.Parent?.FullName ?? "", "shared", "data");
            return Directory.Exists(Path.Combine(folder, "weblog")) ? folder : null;
        }

        return null;
    }

    private static IEnumerable<string> ReadLines(string path)
    {
        Stream stream = File.OpenRead(path);
        if (path.EndsWith(".gz", StringComparison.Ordinal))
            stream = new GZipStream(stream, CompressionMode.Decompress);
        using var reader = new StreamReader(stream, Encoding.Latin1);
        for (var count = 0; count < LinesPerFileMax && reader.ReadLine() is { } line; count++)
        {
            if (line.Length > 0)
                yield return line;
        }
    }

    /// <summary>A line of a web server's combined access log.</summary>
    private static string? AccessLine(string line)
    {
        if (Combined().Match(line) is not { Success: true } match)
            return null;
        var status = int.Parse(match.Groups["status"].ValueSpan, CultureInfo.InvariantCulture);
        var record = new Dictionary<string, object>
        {
            ["level"] = status >= 500 ? "error" : status >= 400 ? "warn" : "info",
            ["service"] = "webserver",
            ["environment"] = "prod",
            ["host"] = "web-1",
            ["message"] = line,
            ["http.method"] = match.Groups["method"].Value,
            ["http.path"] = match.Groups["path"].Value,
            ["http.status"] = status,
            ["client.address"] = match.Groups["client"].Value,
            ["user_agent"] = match.Groups["agent"].Value,
        };
        if (long.TryParse(match.Groups["bytes"].ValueSpan, CultureInfo.InvariantCulture, out var bytes))
            record["bytes"] = bytes;
        if (match.Groups["referrer"].ValueSpan is not "-")
            record["referrer"] = match.Groups["referrer"].Value;
        return JsonSerializer.Serialize(record);
    }

    private static string PlainLine(string service, string line) => JsonSerializer.Serialize(new Dictionary<string, object>
    {
        ["level"] = LevelWord().Match(line) is { Success: true } level ? level.Value : "info",
        ["service"] = service,
        ["environment"] = "prod",
        ["message"] = line,
    });

    [GeneratedRegex("""^(?<client>\S+) \S+ \S+ \[[^\]]+\] "(?<method>\S+) (?<path>\S+)[^"]*" (?<status>\d{3}) (?<bytes>\S+) "(?<referrer>[^"]*)" "(?<agent>[^"]*)"$""")]
    private static partial Regex Combined();

    [GeneratedRegex(@"\b(DEBUG|INFO|WARN|ERROR|FATAL|debug|info|notice|warn|error|crit)\b")]
    private static partial Regex LevelWord();
}
