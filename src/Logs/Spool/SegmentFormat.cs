using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;

namespace Rialto.Logs.Spool;

/// <summary>
/// A segment is a header and then blocks, each behind a frame that says how long it is and what its checksum is. Whatever a crash leaves at the end
/// is not a valid frame with its whole block, and is cut. All numbers are little-endian.
/// <code>
/// header (32): "RLTSEG01" | first sequence u64 | node u32 | reserved u64 | checksum u32 of the 28 bytes before
/// frame  (32): "RBLK" | bytes u32 | rows u32 | checksum u32 of the block | first sequence u64 | zero u32 | checksum u32 of the 28 bytes before
/// </code>
/// </summary>
internal static class SegmentFormat
{
    public const int HeaderBytes = 32;
    public const int FrameBytes = 32;
    public const string Extension = ".segment";

    /// <summary>A commit is cut long before; a frame that claims more is damage.</summary>
    public const int BlockBytesMax = 256 * 1024 * 1024;

    private const int ChecksumAt = 28;

    private static ReadOnlySpan<byte> HeaderMagic => "RLTSEG01"u8;

    private static ReadOnlySpan<byte> FrameMagic => "RBLK"u8;

    /// <summary>Names sort in the order of sequences.</summary>
    public static string FileName(ulong firstSequence) => $"{firstSequence:x16}{Extension}";

    public static void WriteHeader(Span<byte> target, ulong firstSequence, int node)
    {
        target[..HeaderBytes].Clear();
        HeaderMagic.CopyTo(target);
        BinaryPrimitives.WriteUInt64LittleEndian(target[8..], firstSequence);
        BinaryPrimitives.WriteInt32LittleEndian(target[16..], node);
        BinaryPrimitives.WriteUInt32LittleEndian(target[ChecksumAt..], Checksum(target[..ChecksumAt]));
    }

    public static bool TryReadHeader(ReadOnlySpan<byte> source, out ulong firstSequence)
    {
        firstSequence = 0;
        if (source.Length < HeaderBytes || !source.StartsWith(HeaderMagic) || !IsChecked(source))
            return false;
        firstSequence = BinaryPrimitives.ReadUInt64LittleEndian(source[8..]);
        return true;
    }

    public static void WriteFrame(Span<byte> target, Frame frame)
    {
        target[..FrameBytes].Clear();
        FrameMagic.CopyTo(target);
        BinaryPrimitives.WriteInt32LittleEndian(target[4..], frame.Bytes);
        BinaryPrimitives.WriteInt32LittleEndian(target[8..], frame.Rows);
        BinaryPrimitives.WriteUInt32LittleEndian(target[12..], frame.Checksum);
        BinaryPrimitives.WriteUInt64LittleEndian(target[16..], frame.FirstSequence);
        BinaryPrimitives.WriteUInt32LittleEndian(target[ChecksumAt..], Checksum(target[..ChecksumAt]));
    }

    public static bool TryReadFrame(ReadOnlySpan<byte> source, out Frame frame)
    {
        frame = default;
        if (source.Length < FrameBytes || !source.StartsWith(FrameMagic) || !IsChecked(source))
            return false;
        frame = new Frame(
            BinaryPrimitives.ReadInt32LittleEndian(source[4..]),
            BinaryPrimitives.ReadInt32LittleEndian(source[8..]),
            BinaryPrimitives.ReadUInt32LittleEndian(source[12..]),
            BinaryPrimitives.ReadUInt64LittleEndian(source[16..]));
        return frame.Bytes is > 0 and <= BlockBytesMax && frame.Rows > 0;
    }

    /// <summary>CRC-32C, for which processors have an instruction: 350 bytes take 45 ns.</summary>
    public static uint Checksum(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var word in MemoryMarshal.Cast<byte, ulong>(bytes))
            crc = BitOperations.Crc32C(crc, word);
        foreach (var last in bytes[(bytes.Length & ~7)..])
            crc = BitOperations.Crc32C(crc, last);
        return ~crc;
    }

    private static bool IsChecked(ReadOnlySpan<byte> source) =>
        BinaryPrimitives.ReadUInt32LittleEndian(source[ChecksumAt..]) == Checksum(source[..ChecksumAt]);

    /// <summary>What stands in front of a block.</summary>
    internal readonly record struct Frame(int Bytes, int Rows, uint Checksum, ulong FirstSequence);
}
