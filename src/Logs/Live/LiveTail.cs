using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Rialto.Logs.Records;

namespace Rialto.Logs.Live;

/// <summary>
/// Shows committed records to whoever watches. The commit thread only hands batches over; one worker matches them against every watch and keeps
/// what is to be sent; each connection sends in its own time. Nobody slow can hold up a sender of records: queues are bounded, and what
/// does not fit is counted.
/// </summary>
internal sealed class LiveTail : BackgroundService, ICommittedBatches
{
    /// <summary>About a third of a second at the highest rate, and 40 MB of batches kept from their pool. Behind it the worker is too slow, and batches pass unseen.</summary>
    private const int QueuedRowsMax = 100_000;

    private readonly Channel<RecordBatch> _queue = Channel.CreateUnbounded<RecordBatch>(new UnboundedChannelOptions { SingleReader = true });
    private readonly Lock _lock = new();
    private LiveConnection[] _connections = [];
    private int _queuedRows;
    private ulong _lastCommitted;

    /// <summary>Sequence of the newest durable record; written before the batch is queued.</summary>
    public ulong LastCommitted => Volatile.Read(ref _lastCommitted);

    public void Publish(RecordBatch batch)
    {
        Volatile.Write(ref _lastCommitted, batch.FirstSequence + (ulong)batch.Count - 1);
        var connections = Volatile.Read(ref _connections);
        if (connections.Length == 0)
            return;
        if (Volatile.Read(ref _queuedRows) + batch.Count > QueuedRowsMax)
        {
            foreach (var connection in connections)
                connection.Overlook(batch);
            return;
        }

        batch.Retain();
        Interlocked.Add(ref _queuedRows, batch.Count);
        if (!_queue.Writer.TryWrite(batch))
            batch.Release();
    }

    /// <summary>Adds the connection unless its user, or this node, has too many already.</summary>
    public bool TryAdd(LiveConnection connection)
    {
        lock (_lock)
        {
            var isFull = _connections.Length >= LiveLimits.ConnectionsMax
                || _connections.Count(other => other.Caller.Id == connection.Caller.Id) >= LiveLimits.ConnectionsPerCallerMax;
            if (!isFull)
                Volatile.Write(ref _connections, [.. _connections, connection]);
            return !isFull;
        }
    }

    public void Remove(LiveConnection connection)
    {
        lock (_lock)
            Volatile.Write(ref _connections, [.. _connections.Where(other => other != connection)]);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await foreach (var batch in _queue.Reader.ReadAllAsync(stoppingToken))
            {
                foreach (var connection in Volatile.Read(ref _connections))
                    connection.Offer(batch);
                Interlocked.Add(ref _queuedRows, -batch.Count);
                batch.Release();
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
        }
        finally
        {
            _queue.Writer.TryComplete();
            while (_queue.Reader.TryRead(out var batch))
                batch.Release();
        }
    }
}
