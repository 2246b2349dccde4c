namespace Rialto.Logs.Spool;

/// <summary>A closed segment: it never changes again, so the token under which it is inserted stands for its content.</summary>
/// <param name="Path">Its file.</param>
/// <param name="FirstSequence">Of its first record.</param>
/// <param name="Rows">All records in it.</param>
/// <param name="Blocks">One for each commit.</param>
/// <param name="Length">Valid bytes of the file; what is behind them was never acknowledged.</param>
internal sealed record Segment(string Path, ulong FirstSequence, int Rows, int Blocks, long Length)
{
    /// <summary>
    /// Makes a repeated insert of the segment do nothing, in the table and in its views. The sequence has the node in it,
    /// and no two segments begin with the same one.
    /// </summary>
    public string Token => $"segment-{FirstSequence:x16}";

    /// <summary>Bytes of the blocks without what frames them: the body of the insert.</summary>
    public long BlockBytes => Length - SegmentFormat.HeaderBytes - ((long)Blocks * SegmentFormat.FrameBytes);

    public ulong NextSequence => FirstSequence + (ulong)Rows;
}
