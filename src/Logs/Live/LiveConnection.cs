using Microsoft.AspNetCore.SignalR;
using Rialto.Logs.Query;
using Rialto.Logs.Records;
using Rialto.Platform.Identity;

namespace Rialto.Logs.Live;

/// <summary>
/// A client of the hub. Its loop is the only one that sends to it: so an answer of a new filter never overtakes one of the old, and a client that
/// reads slowly makes only its own loop wait, while its watch counts what does not fit.
/// </summary>
internal sealed class LiveConnection(Caller caller, ISingleClientProxy client, LiveTail tail, MissedRecords missed, TimeProvider clock) : IAsyncDisposable
{
    private readonly CancellationTokenSource _closed = new();
    private readonly Lock _lock = new();
    private LiveWatch? _watch;
    private ulong? _resumeAfter;
    private Task _loop = Task.CompletedTask;

    public Caller Caller => caller;

    public void Start() => _loop = Task.Run(() => SendAsync(_closed.Token));

    /// <summary>Puts a filter in force; the one before is gone with everything it found.</summary>
    public void Watch(int generation, Condition condition, ulong? resumeAfter)
    {
        // A batch that the worker has offered to the old watch was committed before this reads the newest sequence; any later one is offered to the new watch.
        lock (_lock)
        {
            _resumeAfter = resumeAfter;
            Volatile.Write(ref _watch, new LiveWatch(generation, condition, Math.Max(tail.LastCommitted, missed.RecoveredThrough)));
        }
    }

    /// <summary>Sends nothing until the next watch, and looks at nothing.</summary>
    public void Pause() => Volatile.Write(ref _watch, null);

    public void Offer(RecordBatch batch)
    {
        if (!Sees(batch))
            return;
        lock (_lock)
            _watch?.Offer(batch);
    }

    public void Overlook(RecordBatch batch)
    {
        // Called by the commit thread: no lock here.
        if (Sees(batch))
            Volatile.Read(ref _watch)?.Overlook(batch);
    }

    public async ValueTask DisposeAsync()
    {
        await _closed.CancelAsync();
        await _loop;
        _closed.Dispose();
    }

    private bool Sees(RecordBatch batch) => batch.Tenant == caller.Organization && (caller.Application is null || caller.Application == batch.Application);

    private async Task SendAsync(CancellationToken closed)
    {
        using var timer = new PeriodicTimer(LiveLimits.FlushInterval, clock);
        LiveWatch? current = null;
        try
        {
            while (await timer.WaitForNextTickAsync(closed))
            {
                if (Volatile.Read(ref _watch) is not { } watch)
                    continue;
                var isNew = watch != current;
                current = watch;
                if (isNew)
                    await BeginAsync(watch, closed);
                if (watch == Volatile.Read(ref _watch) && watch.Take(always: isNew) is { } message)
                    await client.SendAsync("records", message, closed);
            }
        }
        catch (Exception) when (closed.IsCancellationRequested)
        {
            // The client is gone.
        }
    }

    private async Task BeginAsync(LiveWatch watch, CancellationToken closed)
    {
        ulong? after;
        lock (_lock)
        {
            if (watch != _watch)
                return;
            after = _resumeAfter;
        }

        await client.SendAsync("watching", new WatchingMessage(watch.Generation), closed);
        if (after is not { } sequence || sequence >= watch.Floor)
            return;
        var found = await missed.ReadAsync(caller, watch.Condition, sequence, watch.Floor, closed);
        if (watch == Volatile.Read(ref _watch))
            await client.SendAsync("records", new RecordsMessage(watch.Generation, new(found.Json), watch.Floor.ToString(), found.Dropped, 0, found.IsIncomplete), closed);
    }
}
