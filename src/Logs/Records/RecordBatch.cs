namespace Rialto.Logs.Records;

/// <summary>
/// Records of one application, as columns. One thread writes it (the decoder of a request); after its commit it is read-only
/// and any thread may read it until the last <see cref="Release"/>. There is no object per record, and a pooled batch keeps its arrays,
/// so a warm one allocates nothing.
/// </summary>
/// <remarks>
/// Three files: this one holds the columns and the life of a batch, <c>RecordBatch.Writing.cs</c> how a decoder fills it,
/// <c>RecordBatch.Reading.cs</c> how the live tail reads it.
/// </remarks>
internal sealed partial class RecordBatch
{
    /// <summary>A commit joins batches anyway; more rows in one would only make its first record wait for the last.</summary>
    public const int RowsMax = 4096;

    /// <summary>Bounds what one request holds in memory while the next batch is decoded.</summary>
    public const int BytesMax = 4 * 1024 * 1024;

    /// <summary>Ids of keys are 16 bits; the rest is room for the keys of one more record.</summary>
    private const int KeysMax = 60_000;

    /// <summary>Numbers, times and ids of a row, and its offsets into the maps.</summary>
    private const long FixedRowBytes = 90;

    private readonly RecordBatchPool? _home;
    private int _holders;

    public RecordBatch(RecordBatchPool? home = null)
    {
        _home = home;
        ResourceEnds.Add(0);
        KeyStamps.Add(0);
        KeySuccessors.Add(0);
    }

    public uint Tenant { get; private set; }

    public uint Application { get; private set; }

    public string ApplicationName { get; private set; } = "";

    public ushort RetentionDays { get; private set; }

    /// <summary>Sequence of row 0, the others follow without a gap. Zero until the batch is committed.</summary>
    public ulong FirstSequence { get; set; }

    public int Count => Times.Count;

    public bool IsFull => Count >= RowsMax || WireBytes >= BytesMax || Keys.Count >= KeysMax;

    /// <summary>About what the rows take in a block.</summary>
    public long WireBytes =>
        Bodies.Wire.Length + AttributeValues.Wire.Length + (Count * FixedRowBytes) + (AttributeKeys.Count * 2L) + (NumberKeys.Count * 10L);

    /// <summary>Bytes held by the batch's arrays, used or not: what the pool bounds.</summary>
    public long Capacity =>
        Bodies.Capacity + AttributeValues.Capacity + ResourceValues.Capacity
        + Keys.Capacity + Services.Capacity + Environments.Capacity + Hosts.Capacity
        + (Times.Capacity * 45L) + (AttributeKeys.Capacity * 2L) + (NumberKeys.Capacity * 10L);

    // The columns. Times are nanoseconds and Observed milliseconds since 1970, the units of the table.
    internal Column<long> Times { get; } = new();

    internal Column<long> Observed { get; } = new();

    internal Column<byte> Severities { get; } = new();

    internal Column<int> ServiceIds { get; } = new();

    internal Column<int> EnvironmentIds { get; } = new();

    internal Column<int> HostIds { get; } = new();

    internal Column<byte> TraceIds { get; } = new();

    internal Column<byte> SpanIds { get; } = new();

    internal TextColumn Bodies { get; } = new();

    internal Vocabulary Services { get; } = new();

    internal Vocabulary Environments { get; } = new();

    internal Vocabulary Hosts { get; } = new();

    /// <summary>Keys of attributes, numbers and resources.</summary>
    internal Vocabulary Keys { get; } = new();

    // Row i has the attributes AttributeEnds[i - 1] to AttributeEnds[i], and the same for numbers.
    internal Column<int> AttributeEnds { get; } = new();

    internal Column<ushort> AttributeKeys { get; } = new();

    internal TextColumn AttributeValues { get; } = new();

    internal Column<int> NumberEnds { get; } = new();

    internal Column<ushort> NumberKeys { get; } = new();

    internal Column<double> NumberValues { get; } = new();

    // Many rows share one resource, so a row names a set and the set is kept once. Set 0 is the empty one.
    internal Column<int> ResourceSets { get; } = new();

    internal Column<int> ResourceEnds { get; } = new();

    internal Column<ushort> ResourceKeys { get; } = new();

    internal TextColumn ResourceValues { get; } = new();

    /// <summary>Makes the batch the first holder's. Called by the pool, or on a batch of its own by a test.</summary>
    public RecordBatch Open(uint tenant, uint application, string applicationName, ushort retentionDays)
    {
        Tenant = tenant;
        Application = application;
        ApplicationName = applicationName;
        RetentionDays = retentionDays;
        _holders = 1;
        return this;
    }

    /// <summary>Keeps the batch alive beyond the call it was passed in; pair it with <see cref="Release"/>.</summary>
    public void Retain() => Interlocked.Increment(ref _holders);

    /// <summary>The last holder's release empties the batch and gives it back to its pool: touch it no more.</summary>
    public void Release()
    {
        if (Interlocked.Decrement(ref _holders) != 0)
            return;
        Clear();
        _home?.Return(this);
    }

    private void Clear()
    {
        FirstSequence = 0;
        Times.Truncate(0);
        Observed.Truncate(0);
        Severities.Truncate(0);
        ServiceIds.Truncate(0);
        EnvironmentIds.Truncate(0);
        HostIds.Truncate(0);
        TraceIds.Truncate(0);
        SpanIds.Truncate(0);
        Bodies.Truncate(0);
        Services.Clear();
        Environments.Clear();
        Hosts.Clear();
        Keys.Clear();
        AttributeEnds.Truncate(0);
        AttributeKeys.Truncate(0);
        AttributeValues.Truncate(0);
        NumberEnds.Truncate(0);
        NumberKeys.Truncate(0);
        NumberValues.Truncate(0);
        ResourceSets.Truncate(0);
        ResourceEnds.Truncate(1);
        ResourceKeys.Truncate(0);
        ResourceValues.Truncate(0);
        KeyStamps.Truncate(1);
        KeyStamps[0] = 0;
        // The guess for the first key of a row points at an id that the cleared vocabulary does not have.
        KeySuccessors.Truncate(1);
        KeySuccessors[0] = 0;
        _stamp = 0;
        _lastKey = 0;
    }
}
