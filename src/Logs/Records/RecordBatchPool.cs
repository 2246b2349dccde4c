using System.Collections.Concurrent;

namespace Rialto.Logs.Records;

/// <summary>
/// Empty batches with warm arrays. The number kept is bounded, and a batch that an unusual request made large is let go, so the pool
/// cannot keep more than <see cref="KeptMax"/> x <see cref="KeptBytesMax"/>.
/// </summary>
internal sealed class RecordBatchPool
{
    /// <summary>As many as can wait for one fsync in ordinary traffic: beyond it a burst pays for its own arrays.</summary>
    private const int KeptMax = 128;

    /// <summary>A batch of <see cref="RecordBatch.RowsMax"/> records of 300 bytes takes about 2 MiB.</summary>
    private const long KeptBytesMax = 4 * 1024 * 1024;

    private readonly ConcurrentStack<RecordBatch> _kept = new();
    private int _count;

    public RecordBatch Rent(uint tenant, uint application, string applicationName, ushort retentionDays)
    {
        if (_kept.TryPop(out var batch))
            Interlocked.Decrement(ref _count);
        return (batch ?? new RecordBatch(this)).Open(tenant, application, applicationName, retentionDays);
    }

    /// <summary>Called by the batch itself when its last holder releases it.</summary>
    internal void Return(RecordBatch batch)
    {
        if (batch.Capacity > KeptBytesMax)
            return;
        if (Interlocked.Increment(ref _count) > KeptMax)
            Interlocked.Decrement(ref _count);
        else
            _kept.Push(batch);
    }
}
