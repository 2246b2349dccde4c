using System.Buffers;
using Microsoft.Win32.SafeHandles;

namespace Rialto.Logs.Spool;

/// <summary>Reads the blocks of segments: to find where a crash cut one, and to send one to ClickHouse.</summary>
internal static class SegmentReader
{
    /// <summary>
    /// Finds the blocks that are whole. A segment without any has no rows; <paramref name="isDamaged"/> when a whole block follows one that is not:
    /// then it was not a crash that tore the end off, but a disk that lost something in the middle.
    /// </summary>
    public static Segment Inspect(string path, out bool isDamaged)
    {
        isDamaged = false;
        using var file = File.OpenHandle(path);
        var size = RandomAccess.GetLength(file);
        Span<byte> header = stackalloc byte[SegmentFormat.HeaderBytes];
        if (RandomAccess.Read(file, header, 0) < header.Length || !SegmentFormat.TryReadHeader(header, out var firstSequence))
        {
            isDamaged = HasBlockAfter(file, 0, size);
            return new Segment(path, 0, 0, 0, 0);
        }

        long end = SegmentFormat.HeaderBytes;
        var rows = 0;
        var blocks = 0;
        while (TryReadBlock(file, end, firstSequence + (ulong)rows, out var frame, out var buffer))
        {
            ArrayPool<byte>.Shared.Return(buffer);
            end += SegmentFormat.FrameBytes + frame.Bytes;
            rows += frame.Rows;
            blocks++;
        }

        isDamaged = HasBlockAfter(file, end, size);
        return new Segment(path, firstSequence, rows, blocks, end);
    }

    /// <summary>Writes the blocks of a segment to <paramref name="target"/>, checked again: what goes out is what was acknowledged.</summary>
    /// <exception cref="InvalidDataException">The file no longer holds what was written.</exception>
    public static async Task CopyBlocksAsync(Segment segment, Stream target, CancellationToken stop)
    {
        using var file = File.OpenHandle(segment.Path, options: FileOptions.SequentialScan);
        long position = SegmentFormat.HeaderBytes;
        var sequence = segment.FirstSequence;
        while (position < segment.Length)
        {
            if (!TryReadBlock(file, position, sequence, out var frame, out var buffer))
                throw new InvalidDataException($"{segment.Path} is damaged at byte {position}.");
            try
            {
                await target.WriteAsync(buffer.AsMemory(0, frame.Bytes), stop);
            }
            finally
            {
                ArrayPool<byte>.Shared.Return(buffer);
            }

            position += SegmentFormat.FrameBytes + frame.Bytes;
            sequence += (ulong)frame.Rows;
        }
    }

    private static bool TryReadBlock(SafeFileHandle file, long position, ulong sequence, out SegmentFormat.Frame frame, out byte[] buffer)
    {
        buffer = [];
        Span<byte> start = stackalloc byte[SegmentFormat.FrameBytes];
        if (RandomAccess.Read(file, start, position) < start.Length || !SegmentFormat.TryReadFrame(start, out frame))
        {
            frame = default;
            return false;
        }

        position += SegmentFormat.FrameBytes;
        if (frame.FirstSequence != sequence || RandomAccess.GetLength(file) < position + frame.Bytes)
            return false;
        buffer = ArrayPool<byte>.Shared.Rent(frame.Bytes);
        var block = buffer.AsSpan(0, frame.Bytes);
        if (ReadFully(file, block, position) && SegmentFormat.Checksum(block) == frame.Checksum)
            return true;
        ArrayPool<byte>.Shared.Return(buffer);
        return false;
    }

    private static bool ReadFully(SafeFileHandle file, Span<byte> target, long position)
    {
        while (!target.IsEmpty)
        {
            var read = RandomAccess.Read(file, target, position);
            if (read == 0)
                return false;
            target = target[read..];
            position += read;
        }

        return true;
    }

    /// <summary>Whether a valid frame stands anywhere behind the valid part.</summary>
    private static bool HasBlockAfter(SafeFileHandle file, long position, long size)
    {
        var buffer = new byte[64 * 1024];
        while (position + SegmentFormat.FrameBytes <= size)
        {
            var read = RandomAccess.Read(file, buffer, position);
            if (read < SegmentFormat.FrameBytes)
                return false;
            for (var at = 0; at + SegmentFormat.FrameBytes <= read; at++)
            {
                // The first one is the block that the end tore.
                if (position + at > 0 && SegmentFormat.TryReadFrame(buffer.AsSpan(at), out var frame) && IsWhole(file, position + at, frame, size))
                    return true;
            }

            position += read - SegmentFormat.FrameBytes + 1;
        }

        return false;
    }

    private static bool IsWhole(SafeFileHandle file, long position, SegmentFormat.Frame frame, long size)
    {
        if (position + SegmentFormat.FrameBytes + frame.Bytes > size || !TryReadBlock(file, position, frame.FirstSequence, out _, out var buffer))
            return false;
        ArrayPool<byte>.Shared.Return(buffer);
        return true;
    }
}
