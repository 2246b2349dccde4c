using System.Diagnostics;

namespace Rialto.Bench.Club;

/// <summary>
/// Removes one guard after the other in a copy of the sources and runs the test that must turn red. Only the project that was edited is compiled, and its assembly put
/// beside the tests: what others see of it has not changed.
/// </summary>
internal sealed class Guards(string root, string copy) : IDisposable
{
    private enum Verdict
    {
        Red,
        Green,

        /// <summary>The edit does not apply any more or does not compile, or the test said nothing: it does not exist, could not begin, or did not end.</summary>
        Stale,
    }

    /// <summary>Long enough for a machine that does other things beside.</summary>
    private static readonly TimeSpan LongestTest = TimeSpan.FromMinutes(15);

    /// <summary>Tests that run at the same time: few, because a test that gets no processor fails as well.</summary>
    private static readonly int Workers = Math.Max(1, Environment.ProcessorCount / 2);

    private readonly SemaphoreSlim _workers = new(Workers);

    /// <summary>Copies of a test project's output that exist at the same time.</summary>
    private readonly SemaphoreSlim _places = new(2 * Workers);

    /// <summary>Prints a row of a table a guard. False when one stays green or does not apply.</summary>
    public async Task<bool> RunAsync(IReadOnlyList<Guard> guards)
    {
        var began = Stopwatch.GetTimestamp();
        await CopyAsync();
        foreach (var project in guards.Select(guard => guard.Project).Distinct())
        {
            var (built, told) = await RunAsync("dotnet", ["build", $"tests/{project}", "-c", "Release", "-v", "q", "--nologo", "-nr:false"], null, TimeSpan.FromMinutes(20));
            if (built != 0) throw new InvalidOperationException($"The copy does not build: {told}");
        }
        Console.Error.WriteLine(FormattableString.Invariant($"the copy is built after {Stopwatch.GetElapsedTime(began).TotalMinutes:F1} minutes"));
        Console.WriteLine("| guard taken out | test | without it |");
        Console.WriteLine("|---|---|---|");
        var tried = new List<Task<Verdict>>();
        for (var number = 0; number < guards.Count; number++) tried.Add(await TryAsync(guards[number], Path.Combine(copy, "artifacts", "guards", $"{number}", "release")));
        // Red means something only where it is green with the guard in its place.
        var whole = guards.DistinctBy(guard => (guard.Test, guard.Part)).Select(guard => (guard, Test: TestAsync(guard, Output(guard.Project)))).ToList();
        var verdicts = await Task.WhenAll(tried);
        var good = verdicts.All(verdict => verdict == Verdict.Red);
        foreach (var (guard, test) in whole)
        {
            if ((await test).Code == 0) continue;
            good = false;
            Tell("with every guard in its place", guard, $"RED (!) {Why((await test).Told)}");
        }
        Console.Error.WriteLine(FormattableString.Invariant(
            $"{verdicts.Count(verdict => verdict == Verdict.Red)} of {guards.Count} guards are missed by their tests; {whole.Count} tests, each of them also with every guard; {Stopwatch.GetElapsedTime(began).TotalMinutes:F0} minutes"));
        return good;
    }

    public void Dispose()
    {
        _workers.Dispose();
        _places.Dispose();
    }

    /// <summary>Compiles without the guard, here and now; the test runs when there is room for it.</summary>
    private async Task<Task<Verdict>> TryAsync(Guard guard, string place)
    {
        await _places.WaitAsync();
        var stale = await MakeAsync(guard, place);
        return JudgeAsync(guard, place, stale);
    }

    private async Task<Verdict> JudgeAsync(Guard guard, string place, string? stale)
    {
        var (code, told) = stale is null ? await TestAsync(guard, place) : (0, "");
        if (Directory.Exists(place)) Directory.Delete(place, recursive: true);
        _places.Release();
        var (verdict, word) = (code, told) switch
        {
            _ when stale is not null => (Verdict.Stale, $"STALE (!) {stale}"),
            _ when told.Contains("Total: 0", StringComparison.Ordinal) => (Verdict.Stale, "STALE (!) there is no such test"),
            (0, _) => (Verdict.Green, "GREEN (!)"),
            _ when told.Contains("[FAIL]", StringComparison.Ordinal) => (Verdict.Red, $"red: {Why(told)}"),
            _ => (Verdict.Stale, $"STALE (!) the test said nothing: {told[^Math.Min(told.Length, 300)..].ReplaceLineEndings(" ")}"),
        };
        Tell(guard.Name, guard, word);
        return verdict;
    }

    private static void Tell(string name, Guard guard, string word) =>
        Console.WriteLine($"| {name} | `{guard.Test}`{(guard.Part is null ? "" : $", of it `{guard.Part}`")} | {word.Replace("|", "\\|", StringComparison.Ordinal)} |");

    /// <summary>The line by which a test says what is wrong.</summary>
    private static string Why(string told)
    {
        var lines = told.Split('\n', StringSplitOptions.TrimEntries).SkipWhile(line => !line.Contains("[FAIL]", StringComparison.Ordinal)).Skip(1).Where(line => line.Length > 0).Take(6);
        var text = string.Join(' ', lines);
        return text.Length > 160 ? text[..160] : text;
    }

    /// <summary>The test project's output with the assemblies that lack the guard. Null, or why it cannot be made.</summary>
    private async Task<string?> MakeAsync(Guard guard, string place)
    {
        var before = new Dictionary<string, string>();
        try
        {
            foreach (var edit in guard.Edits)
            {
                var path = Path.Combine(copy, edit.File);
                var text = await File.ReadAllTextAsync(path);
                before.TryAdd(path, text);
                var at = text.IndexOf(edit.Old, StringComparison.Ordinal);
                if (at < 0 || text.IndexOf(edit.Old, at + 1, StringComparison.Ordinal) >= 0) return $"the edit of {edit.File} fits nowhere, or in two places";
                await File.WriteAllTextAsync(path, text[..at] + edit.New + text[(at + edit.Old.Length)..]);
            }
            foreach (var file in Directory.EnumerateFiles(Output(guard.Project), "*", SearchOption.AllDirectories))
            {
                var target = Path.Combine(place, Path.GetRelativePath(Output(guard.Project), file));
                Directory.CreateDirectory(Path.GetDirectoryName(target)!);
                File.Copy(file, target, overwrite: true);
            }
            foreach (var project in guard.Edits.Select(edit => edit.File.Split('/')[1]).Distinct())
            {
                var (code, told) = await RunAsync(
                    "dotnet", ["build", $"src/{project}/{project}.csproj", "-c", "Release", "-v", "q", "--nologo", "-nr:false", "--no-restore", "-p:BuildProjectReferences=false", "-p:TreatWarningsAsErrors=false", "-p:RunAnalyzers=false"],
                    null, TimeSpan.FromMinutes(10));
                if (code != 0) return "it does not compile: " + told.Split('\n').FirstOrDefault(line => line.Contains("error", StringComparison.Ordinal));
                File.Copy(Path.Combine(Output(project), $"Rialto.{project}.dll"), Path.Combine(place, $"Rialto.{project}.dll"), overwrite: true);
            }
            return null;
        }
        finally
        {
            foreach (var (path, text) in before) await File.WriteAllTextAsync(path, text);
        }
    }

    private string Output(string project) => Path.Combine(copy, "artifacts", "bin", project, "release");

    private async Task<(int Code, string Told)> TestAsync(Guard guard, string place)
    {
        await _workers.WaitAsync();
        try
        {
            return await RunAsync(Path.Combine(place, "Rialto." + guard.Project), ["-noColor", "-method", $"Rialto.{guard.Project}.{guard.Test}"], guard.Part, LongestTest);
        }
        finally
        {
            _workers.Release();
        }
    }

    /// <summary>Everything that is under version control, as it is now; what was built and downloaded is not.</summary>
    private async Task CopyAsync()
    {
        var (_, listed) = await RunAsync("git", ["-C", root, "ls-files", "--cached", "--others", "--exclude-standard", "src", "tests", ":(glob)*"], null, TimeSpan.FromMinutes(1));
        var files = listed.Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(file => File.Exists(Path.Combine(root, file))).ToHashSet(StringComparer.Ordinal);
        foreach (var file in files)
        {
            var target = Path.Combine(copy, file);
            var bytes = await File.ReadAllBytesAsync(Path.Combine(root, file));
            // Written only where it differs, and as of now: what was compiled from an edited file is older than its repair.
            if (File.Exists(target) && (await File.ReadAllBytesAsync(target)).SequenceEqual(bytes)) continue;
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            await File.WriteAllBytesAsync(target, bytes);
        }
        foreach (var old in new[] { "src", "tests" }.SelectMany(folder => Directory.EnumerateFiles(Path.Combine(copy, folder), "*", SearchOption.AllDirectories)).ToList())
        {
            if (!files.Contains(Path.GetRelativePath(copy, old))) File.Delete(old);
        }
        // PostgreSQL's program.
        var modules = Path.Combine(copy, "node_modules");
        if (!Directory.Exists(modules)) Directory.CreateSymbolicLink(modules, new DirectoryInfo(Path.Combine(root, "node_modules")).FullName);
    }

    private async Task<(int Code, string Told)> RunAsync(string program, string[] arguments, string? part, TimeSpan longest)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = Directory.CreateDirectory(copy).FullName, RedirectStandardOutput = true, RedirectStandardError = true };
        if (part is not null) start.Environment["RIALTO_MATRIX"] = part;
        using var process = Process.Start(start)!;
        var (output, error) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        using var deadline = new CancellationTokenSource(longest);
        try
        {
            await process.WaitForExitAsync(deadline.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(CancellationToken.None);
        }
        return (process.ExitCode, await output + await error);
    }
}
