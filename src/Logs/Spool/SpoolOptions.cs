namespace Rialto.Logs.Spool;

/// <summary>How a node's spool works. Sizes decide cost, times decide latency; the measurements are in docs/decisions.</summary>
internal sealed record SpoolOptions
{
    public required string Directory { get; init; }

    /// <summary>0 to 1023: the high bits of every sequence.</summary>
    public int Node { get; init; }

    /// <summary>What may wait for ClickHouse on disk. Beyond it senders are asked to come back later.</summary>
    public long BytesMax { get; init; } = 10L << 30;

    /// <summary>What may wait for a commit in memory: one slow fsync at full rate is some 50 MiB.</summary>
    public long WaitingBytesMax { get; init; } = 192L << 20;

    /// <summary>A segment becomes one insert, and an insert one part for the engine to merge: larger is cheaper, later and takes more memory.</summary>
    public int SegmentRowsMax { get; init; } = 100_000;

    /// <summary>
    /// How far a segment grows beyond <see cref="SegmentRowsMax"/> while the one before it is still being loaded: closed earlier it would only wait, and larger
    /// inserts leave less to merge. So inserts grow with the load by themselves. No more than <see cref="SegmentRowsMax"/> turns that off.
    /// </summary>
    public int SegmentRowsWhenBusyMax { get; init; }

    /// <summary>Keeps a segment of large records, which is encoded and inserted whole, from taking the engine's memory.</summary>
    public long SegmentBytesMax { get; init; } = 64L << 20;

    /// <summary>The longest a record waits in the spool before it is on its way to being searchable.</summary>
    public TimeSpan SegmentAgeMax { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>One commit: bounds how long the first sender in it waits for the bytes of the last.</summary>
    public int CommitRowsMax { get; init; } = 65_536;

    public long CommitBytesMax { get; init; } = 32L << 20;

    /// <summary>After a disk error, how long to answer "not now" before trying it again.</summary>
    public TimeSpan RetryAfterError { get; init; } = TimeSpan.FromSeconds(1);
}
