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

        /// <summary>The edit does not apply any more, or does not compile.</summary>
        Stale,
    }

    /// <summary>Tests that run at the same time: they wait more than they compute.</summary>
    private static readonly int Workers = Environment.ProcessorCount + 1;

    private readonly SemaphoreSlim _workers = new(Workers);

    /// <summary>Prints a line a guard. False when one stays green or does not apply.</summary>
    public async Task<bool> RunAsync(IReadOnlyList<Guard> guards)
    {
        var began = Stopwatch.GetTimestamp();
        await CopyAsync();
        foreach (var project in guards.Select(guard => guard.Project).Distinct())
        {
            var (built, told) = await RunAsync("dotnet", ["build", $"tests/{project}", "-c", "Release", "-v", "q", "--nologo"], null, TimeSpan.FromMinutes(20));
            if (built != 0) throw new InvalidOperationException($"The copy does not build: {told}");
        }
        Console.WriteLine(FormattableString.Invariant($"the copy is built after {Stopwatch.GetElapsedTime(began).TotalMinutes:F1} minutes"));
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
            Console.WriteLine($"RED (!)   | with every guard in its place | {guard.Test} ({guard.Part}) | {(await test).Told}");
        }
        Console.WriteLine(FormattableString.Invariant(
            $"{verdicts.Count(verdict => verdict == Verdict.Red)} of {guards.Count} guards are missed by their tests; {whole.Count} tests, each of them also with every guard; {Stopwatch.GetElapsedTime(began).TotalMinutes:F0} minutes"));
        return good;
    }

    public void Dispose() => _workers.Dispose();

    /// <summary>Compiles without the guard, here and now; the test runs when there is room for it.</summary>
    private async Task<Task<Verdict>> TryAsync(Guard guard, string place)
    {
        var stale = await MakeAsync(guard, place);
        return stale is null ? JudgeAsync(guard, place) : Task.FromResult(Tell(Verdict.Stale, guard, stale));
    }

    private async Task<Verdict> JudgeAsync(Guard guard, string place)
    {
        var (code, told) = await TestAsync(guard, place);
        Directory.Delete(place, recursive: true);
        return told.Contains("Total: 0", StringComparison.Ordinal) ? Tell(Verdict.Stale, guard, "there is no such test") : Tell(code == 0 ? Verdict.Green : Verdict.Red, guard, Why(told));
    }

    private static Verdict Tell(Verdict verdict, Guard guard, string why)
    {
        var word = verdict switch { Verdict.Red => "red", Verdict.Green => "GREEN (!)", _ => "STALE (!)" };
        Console.WriteLine($"{word,-9} | {guard.Name} | {guard.Test}{(guard.Part is null ? "" : $" ({guard.Part})")} | {why}");
        return verdict;
    }

    /// <summary>The line by which a test says what is wrong.</summary>
    private static string Why(string told)
    {
        var lines = told.Split('\n', StringSplitOptions.TrimEntries).SkipWhile(line => !line.Contains("[FAIL]", StringComparison.Ordinal)).Skip(1).Where(line => line.Length > 0).Take(6);
        var text = string.Join(' ', lines);
        return text.Length > 200 ? text[..200] : text;
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
                    "dotnet", ["build", $"src/{project}/{project}.csproj", "-c", "Release", "-v", "q", "--nologo", "--no-restore", "-p:BuildProjectReferences=false", "-p:TreatWarningsAsErrors=false", "-p:RunAnalyzers=false"],
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

    /// <summary>A test that does not end is one that has turned red too.</summary>
    private async Task<(int Code, string Told)> TestAsync(Guard guard, string place)
    {
        await _workers.WaitAsync();
        try
        {
            return await RunAsync(Path.Combine(place, "Rialto." + guard.Project), ["-noColor", "-method", $"Rialto.{guard.Project}.{guard.Test}"], guard.Part, TimeSpan.FromMinutes(8));
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
        foreach (var file in listed.Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(file => File.Exists(Path.Combine(root, file))))
        {
            var target = Path.Combine(copy, file);
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(Path.Combine(root, file), target, overwrite: true);
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
