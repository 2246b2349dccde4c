using System.Collections.Concurrent;

namespace Rialto.Platform.Postgres;

/// <summary>
/// Many small askings become few statements: what is asked for while one statement runs goes into the next. One runs at a time; nobody waits for a batch to fill.
/// </summary>
/// <param name="itemsMax">In one batch.</param>
/// <param name="run">Does one batch. Whatever fails in it is told to those who wait by itself: an exception here would be nobody's.</param>
internal sealed class Gathering<T>(int itemsMax, Func<List<T>, Task> run)
{
    private readonly ConcurrentQueue<T> _waiting = new();
    private int _running;

    public void Add(T item)
    {
        _waiting.Enqueue(item);
        if (Interlocked.CompareExchange(ref _running, 1, 0) == 0) _ = Task.Run(RunAsync);
    }

    /// <summary>Ends when nothing waits, whoever did it.</summary>
    public async Task DrainAsync()
    {
        while (!_waiting.IsEmpty || Volatile.Read(ref _running) == 1)
        {
            if (Interlocked.CompareExchange(ref _running, 1, 0) == 0) await RunAsync();
            else await Task.Yield();
        }
    }

    private async Task RunAsync()
    {
        do
        {
            while (!_waiting.IsEmpty)
            {
                var batch = new List<T>();
                while (batch.Count < itemsMax && _waiting.TryDequeue(out var next)) batch.Add(next);
                await run(batch);
            }
            Volatile.Write(ref _running, 0);
        }
        while (!_waiting.IsEmpty && Interlocked.CompareExchange(ref _running, 1, 0) == 0);
    }
}
