using System.Runtime.InteropServices;

namespace Rialto.Platform.Engines;

/// <summary>Finds the engines' binaries: in <c>node_modules</c> beside or above the host's binary or the working directory.</summary>
internal static class EngineFiles
{
    /// <summary>The directory with <c>bin/postgres</c>, <c>bin/initdb</c>, <c>lib</c> and <c>share</c>.</summary>
    public static string Postgres()
    {
        var package = $"@embedded-postgres/{(OperatingSystem.IsMacOS() ? "darwin" : "linux")}-{RuntimeInformation.OSArchitecture.ToString().ToLowerInvariant()}";
        var home = FindUpwards(Path.Combine("node_modules", package, "native"), Path.Combine("bin", "postgres"))
            ?? throw new EngineException($"PostgreSQL is not installed: node_modules/{package} is missing. Run `npm ci` (./run does), or set RIALTO_POSTGRES to a server.");
        return home;
    }

    /// <summary>The engine of ClickHouse: beside the host when published, in its own output when built.</summary>
    public static string ClickHouse()
    {
        const string Name = "rialto-engine";
        var configuration = Path.GetFileName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory));
        string[] candidates =
        [
            Path.Combine(AppContext.BaseDirectory, Name),
            Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "..", "..", "Engine", configuration, Name)),
        ];
        // The launcher alone, without its assembly, is a leftover and no engine.
        return candidates.FirstOrDefault(candidate => File.Exists(candidate) && File.Exists(candidate + ".dll"))
            ?? throw new EngineException($"The ClickHouse engine is not built: {candidates[1]} is missing. Build the solution, or set RIALTO_CLICKHOUSE to a server.");
    }

    /// <summary>The first directory named <paramref name="relative"/> in or above the binary's and the working directory that holds <paramref name="proof"/>.</summary>
    public static string? FindUpwards(string relative, string proof)
    {
        foreach (var start in new[] { AppContext.BaseDirectory, Directory.GetCurrentDirectory() })
        {
            for (var directory = new DirectoryInfo(start); directory is not null; directory = directory.Parent)
            {
                var candidate = Path.Combine(directory.FullName, relative);
                if (File.Exists(Path.Combine(candidate, proof))) return candidate;
            }
        }
        return null;
    }
}
