using System.Diagnostics;

namespace Rialto.Tidy.Tests;

/// <summary>The checkout under test: what git tracks, as it stands in the working tree.</summary>
internal static class Repo
{
    public static readonly string Root = FindRoot();

    /// <summary>Paths relative to the root, forward slashes: tracked files and new ones that are not ignored.</summary>
    public static readonly IReadOnlyList<string> Files = ListFiles();

    public static IEnumerable<string> Sources(string underFolder, params string[] endings) =>
        Files.Where(file => file.StartsWith(underFolder, StringComparison.Ordinal) && endings.Any(end => file.EndsWith(end, StringComparison.Ordinal)));

    public static string Read(string file) => File.ReadAllText(Path.Combine(Root, file));

    public static string[] Lines(string file) => File.ReadAllLines(Path.Combine(Root, file));

    /// <summary>Fails with one line for every finding, and when nothing was looked at: a check that sees no file checks nothing.</summary>
    public static void ShouldHaveNone(IReadOnlyCollection<string> looked, IEnumerable<string> findings, string advice)
    {
        looked.Count.ShouldBeGreaterThan(0, "this check found nothing to look at");
        var found = findings.ToList();
        found.ShouldBeEmpty($"{advice}\n  {string.Join("\n  ", found)}");
    }

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Rialto.slnx")))
            folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("These tests run from a checkout: no Rialto.slnx above " + AppContext.BaseDirectory);
    }

    private static List<string> ListFiles()
    {
        // The checkout may belong to another user than the one who runs the tests.
        var start = new ProcessStartInfo("git", ["-c", "safe.directory=*", "-C", Root, "ls-files", "-z", "--cached", "--others", "--exclude-standard"])
        {
            RedirectStandardOutput = true,
        };
        using var git = Process.Start(start)!;
        var listed = git.StandardOutput.ReadToEnd();
        git.WaitForExit();
        git.ExitCode.ShouldBe(0);
        return listed.Split('\0', StringSplitOptions.RemoveEmptyEntries).Where(file => File.Exists(Path.Combine(Root, file))).ToList();
    }
}
