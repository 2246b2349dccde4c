using System.Diagnostics;

namespace Rialto.Logs.Spool;

/// <summary>The segment that commits are appended to. Belongs to the commit thread.</summary>
internal sealed class OpenSegment : IDisposable
{
    private readonly ISpoolFile _file;
    private readonly string _path;
    private readonly long _openedAt = Stopwatch.GetTimestamp();
    private ulong _nextSequence;
    private int _blocks;
    private bool _isHeaderWritten;

    public OpenSegment(ISpoolDisk disk, string directory, ulong firstSequence, int node)
    {
        _path = Path.Combine(directory, SegmentFormat.FileName(firstSequence));
        FirstSequence = _nextSequence = firstSequence;
        Node = node;
        _file = disk.Create(_path);
    }

    public int Node { get; }

    public ulong FirstSequence { get; }

    public int Rows => (int)(_nextSequence - FirstSequence);

    /// <summary>Bytes that are surely on the disk.</summary>
    public long Length { get; private set; }

    public TimeSpan Age => Stopwatch.GetElapsedTime(_openedAt);

    /// <summary>
    /// Appends one block and returns when it is durable. When it throws, the block is not acknowledged, and because nobody can know what a failed sync
    /// left behind, this segment takes no more: <see cref="Abandon"/> it.
    /// </summary>
    /// <param name="framed">Room for a frame, then the block: one write for both.</param>
    public void Append(Span<byte> framed, int rows, ulong firstSequence)
    {
        Debug.Assert(firstSequence == _nextSequence, "Sequences in a segment have no gap: its token and its name are made from them.");
        var block = framed[SegmentFormat.FrameBytes..];
        SegmentFormat.WriteFrame(framed, new SegmentFormat.Frame(block.Length, rows, SegmentFormat.Checksum(block), firstSequence));
        var offset = Length;
        if (!_isHeaderWritten)
        {
            Span<byte> header = stackalloc byte[SegmentFormat.HeaderBytes];
            SegmentFormat.WriteHeader(header, FirstSequence, Node);
            _file.Write(header, 0);
            offset = SegmentFormat.HeaderBytes;
        }

        _file.Write(framed, offset);
        _file.Sync();
        _isHeaderWritten = true;
        Length = offset + framed.Length;
        _nextSequence += (ulong)rows;
        _blocks++;
    }

    /// <summary>Closes it for good.</summary>
    public Segment Seal()
    {
        _file.Dispose();
        return new Segment(_path, FirstSequence, Rows, _blocks, Length);
    }

    /// <summary>
    /// Cuts off what a failed append may have left, so that it does not come back as records nobody acknowledged. Returns what was acknowledged before,
    /// or null when there is nothing.
    /// </summary>
    public Segment? Abandon()
    {
        try
        {
            _file.Truncate(Length);
            _file.Sync();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // The disk still fails. Its length in memory is what the loader reads; after a crash the frames decide.
        }

        if (Rows > 0)
            return Seal();
        _file.Dispose();
        return null;
    }

    public void Dispose() => _file.Dispose();
}
