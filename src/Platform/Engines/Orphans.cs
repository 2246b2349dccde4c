namespace Rialto.Platform.Engines;

/// <summary>
/// Processes that a killed host or engine left behind. They are known by their working directory, which is the engine's data directory and nobody
/// else's; a pid file may name a process that has meanwhile become another. Without /proc (macOS) nothing is found, and the engine's own lock decides.
/// </summary>
internal static class Orphans
{
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(20);

    /// <summary>Ends every process in <paramref name="directory"/>: politely, and after <paramref name="patience"/> without asking.</summary>
    /// <returns>How many there were.</returns>
    public static async Task<int> EndAsync(string directory, Signal politely, TimeSpan patience, TimeProvider clock, CancellationToken stop)
    {
        var found = In(directory);
        var startedAt = clock.GetTimestamp();
        var signal = politely;
        for (var left = found; left.Count > 0; left = In(directory))
        {
            if (clock.GetElapsedTime(startedAt) > patience) signal = Signal.Kill;
            // The polite signal once: PostgreSQL counts a second one as something else.
            if (signal == Signal.Kill || ReferenceEquals(left, found))
            {
                foreach (var process in left) Unix.Send(process, signal);
            }
            await Task.Delay(Poll, clock, stop);
        }
        return found.Count;
    }

    private static List<int> In(string directory)
    {
        var found = new List<int>();
        if (!Directory.Exists("/proc/self")) return found;
        var wanted = Path.TrimEndingDirectorySeparator(directory);
        foreach (var entry in Directory.EnumerateDirectories("/proc"))
        {
            if (!int.TryParse(Path.GetFileName(entry), out var id) || id == Environment.ProcessId) continue;
            try
            {
                if (new FileInfo(Path.Combine(entry, "cwd")).LinkTarget == wanted && !IsDead(entry)) found.Add(id);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                // It ended while we looked, or belongs to somebody else: then it is not ours.
            }
        }
        return found;
    }

    /// <summary>A zombie waits for whoever adopted it and holds nothing any more.</summary>
    private static bool IsDead(string entry)
    {
        var line = File.ReadAllText(Path.Combine(entry, "stat"));
        return line[(line.LastIndexOf(')') + 2)..].StartsWith('Z');
    }
}
