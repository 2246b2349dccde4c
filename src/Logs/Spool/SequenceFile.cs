using System.Buffers.Binary;

namespace Rialto.Logs.Spool;

/// <summary>
/// Remembers the next sequence while no segment does: when the last of them has been loaded and is about to be deleted.
/// A new name replaces the old one in one step, so a crash leaves one or the other.
/// </summary>
internal static class SequenceFile
{
    private const string Name = "next-sequence";

    /// <summary>The highest 10 bits of a sequence are the node's number; what is left counts its records.</summary>
    public const int CounterBits = 54;

    public static ulong NodePart(int node) => (ulong)node << CounterBits;

    /// <summary>
    /// Where a node starts that has nothing left of its past: microseconds since 1970. That is beyond anything it can have used before,
    /// because it never took a million records a second all the time.
    /// </summary>
    public static ulong Fresh(int node, DateTimeOffset now) => NodePart(node) | (ulong)((now - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond);

    public static ulong? Read(string directory)
    {
        var path = Path.Combine(directory, Name);
        if (!File.Exists(path))
            return null;
        var bytes = File.ReadAllBytes(path);
        if (bytes.Length != 12 || BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(8)) != SegmentFormat.Checksum(bytes.AsSpan(0, 8)))
            return null;
        return BinaryPrimitives.ReadUInt64LittleEndian(bytes);
    }

    public static void Write(string directory, ulong next)
    {
        var bytes = new byte[12];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, next);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(8), SegmentFormat.Checksum(bytes.AsSpan(0, 8)));
        var temporary = Path.Combine(directory, Name + ".new");
        using (var file = File.OpenHandle(temporary, FileMode.Create, FileAccess.Write))
        {
            RandomAccess.Write(file, bytes, 0);
            RandomAccess.FlushToDisk(file);
        }

        File.Move(temporary, Path.Combine(directory, Name), overwrite: true);
        SpoolDisk.SyncDirectory(directory);
    }
}
