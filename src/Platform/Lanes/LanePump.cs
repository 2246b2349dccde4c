using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Rialto.Platform.Lanes;

/// <summary>
/// Works on many lanes at once and on each by one worker at a time: looks which lanes have something to do, starts a worker for each up to a limit,
/// looks again when woken, when a worker has ended, or after a while. It decides nothing about correctness: two nodes may start on the same lane,
/// and the row locks of <paramref name="work"/> let one of them in.
/// </summary>
/// <param name="name">For the log.</param>
/// <param name="workers">Lanes worked on at once by this node; each takes a database connection.</param>
/// <param name="scan">Lanes that have something to do now, the most urgent first.</param>
/// <param name="work">Works on one lane until nothing is left for now; true when it did anything.</param>
internal sealed partial class LanePump<TLane>(
    string name, int workers, Func<CancellationToken, Task<IReadOnlyList<TLane>>> scan, Func<TLane, CancellationToken, Task<bool>> work, TimeProvider clock, ILogger log)
    where TLane : notnull
{
    /// <summary>Notifications are hints that may be lost; the poll finds what they did not tell, and what has become due.</summary>
    public static readonly TimeSpan Poll = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan AfterTrouble = TimeSpan.FromSeconds(1);

    private readonly ILogger _log = log;
    private readonly ConcurrentDictionary<TLane, Task> _busy = new();
    private readonly SemaphoreSlim _slots = new(workers);
    private readonly WakeUp _wake = new();

    /// <summary>Look again soon. Returns at once; many calls before the next look count as one.</summary>
    public void Wake() => _wake.Tell();

    /// <summary>Returns when stopped and every worker has ended.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                if (!await StartWorkersAsync(stop)) await _wake.WaitAsync(Poll, clock, stop);
            }
            catch (Exception exception) when (!stop.IsCancellationRequested)
            {
                Explain(exception);
                await _wake.WaitAsync(AfterTrouble, clock, stop);
            }
            catch (OperationCanceledException)
            {
                break;
            }
        }
        await Task.WhenAll(_busy.Values);
    }

    /// <returns>True when a worker was started: then there may be more to do.</returns>
    private async Task<bool> StartWorkersAsync(CancellationToken stop)
    {
        var started = false;
        foreach (var lane in await scan(stop))
        {
            if (_busy.ContainsKey(lane)) continue;
            await _slots.WaitAsync(stop);
            started = true;
            var begin = new TaskCompletionSource();
            _busy[lane] = WorkAsync(lane, begin.Task, stop);
            begin.SetResult();
        }
        return started;
    }

    private async Task WorkAsync(TLane lane, Task begin, CancellationToken stop)
    {
        // Not before it is in the table, or it could be taken out before it is put in.
        await begin.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        var did = false;
        try
        {
            did = await work(lane, stop);
        }
        catch (Exception exception) when (!stop.IsCancellationRequested)
        {
            Explain(exception);
        }
        catch (OperationCanceledException)
        {
            // Stopping: what was not committed comes again.
        }
        finally
        {
            _busy.TryRemove(lane, out _);
            _slots.Release();
        }
        if (did) Wake();
    }

    private void Explain(Exception exception)
    {
        // While the database restarts this comes every second and is no news; its own supervisor tells.
        if (exception is NpgsqlException { IsTransient: true } or TimeoutException) LogUnreachable(name, exception.Message);
        else LogTrouble(exception, name);
    }

    [LoggerMessage(LogLevel.Debug, "{Pump} waits for the database: {Reason}")]
    private partial void LogUnreachable(string pump, string reason);

    [LoggerMessage(LogLevel.Error, "{Pump} failed and tries again")]
    private partial void LogTrouble(Exception exception, string pump);
}
