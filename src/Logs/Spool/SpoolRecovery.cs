using Microsoft.Extensions.Logging;

namespace Rialto.Logs.Spool;

/// <summary>
/// What the last run left: closed segments that were not loaded yet, and perhaps one whose end a crash tore off. That end was never acknowledged
/// and is cut; everything before it was, and is loaded first, in order, under the same tokens.
/// </summary>
internal static partial class SpoolRecovery
{
    private const string Aside = "aside";

    public static (IReadOnlyList<Segment> Segments, ulong NextSequence) Run(SpoolOptions options, DateTimeOffset now, ILogger log)
    {
        Directory.CreateDirectory(options.Directory);
        var next = SequenceFile.Read(options.Directory) ?? SequenceFile.NodePart(options.Node);
        var segments = new List<Segment>();
        foreach (var path in Directory.GetFiles(options.Directory, "*" + SegmentFormat.Extension).Order(StringComparer.Ordinal))
        {
            var segment = SegmentReader.Inspect(path, out var isDamaged);
            if (isDamaged)
            {
                LogDamaged(log, path, segment.Length);
                SetAside(options.Directory, path, copy: segment.Rows > 0);
            }

            if (segment.Rows == 0)
            {
                File.Delete(path);
                continue;
            }

            Cut(segment, log);
            segments.Add(segment);
            next = Math.Max(next, segment.NextSequence);
        }

        SpoolDisk.SyncDirectory(options.Directory);
        // A spool with another node's past is not ours to continue.
        if (next >> SequenceFile.CounterBits != (ulong)options.Node || next == SequenceFile.NodePart(options.Node))
            next = SequenceFile.Fresh(options.Node, now);
        return (segments, next);
    }

    /// <summary>Moves a segment where it bothers nobody and an operator finds it.</summary>
    public static string SetAside(string directory, string path, bool copy = false)
    {
        var target = Path.Combine(directory, Aside, Path.GetFileName(path));
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        if (copy)
            File.Copy(path, target, overwrite: true);
        else
            File.Move(path, target, overwrite: true);
        SpoolDisk.SyncDirectory(Path.GetDirectoryName(target)!);
        SpoolDisk.SyncDirectory(directory);
        return target;
    }

    public static int CountAside(string directory) =>
        Directory.Exists(Path.Combine(directory, Aside)) ? Directory.GetFiles(Path.Combine(directory, Aside)).Length : 0;

    /// <summary>
    /// Makes the segment durable as it is read now: a process that was killed may have left valid blocks in the page cache only, and once loaded
    /// they must not vanish from the file and change what its token stands for.
    /// </summary>
    private static void Cut(Segment segment, ILogger log)
    {
        using var file = File.OpenHandle(segment.Path, FileMode.Open, FileAccess.ReadWrite);
        var torn = RandomAccess.GetLength(file) - segment.Length;
        if (torn > 0)
        {
            LogTorn(log, segment.Path, torn);
            RandomAccess.SetLength(file, segment.Length);
        }

        RandomAccess.FlushToDisk(file);
    }

    [LoggerMessage(LogLevel.Information, "Cut {Bytes} unacknowledged bytes off {Path}")]
    private static partial void LogTorn(ILogger log, string path, long bytes);

    [LoggerMessage(LogLevel.Critical, "{Path} is damaged after byte {Valid}: acknowledged records behind it cannot be read. A copy is kept in the folder 'aside'")]
    private static partial void LogDamaged(ILogger log, string path, long valid);
}
