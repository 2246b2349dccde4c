namespace Rialto.Platform.Postgres;

/// <summary>
/// Many small askings become few statements: what is asked for while one statement runs goes into the next. One runs at a time; nobody waits for a batch to fill.
/// </summary>
/// <param name="itemsMax">In one batch.</param>
/// <param name="run">Does one batch. Whatever fails in it is told to those who wait by itself: an exception here would be nobody's.</param>
internal sealed class Gathering<T>(int itemsMax, Func<List<T>, Task> run)
{
    private readonly Lock _lock = new();
    private readonly Queue<T> _waiting = new();
    private Task _round = Task.CompletedTask;
    private bool _isRunning;

    public void Add(T item)
    {
        lock (_lock)
        {
            _waiting.Enqueue(item);
            if (_isRunning) return;
            _isRunning = true;
            _round = Task.Run(RunAsync);
        }
    }

    /// <summary>Ends when nothing waits, whoever did it.</summary>
    public Task DrainAsync()
    {
        lock (_lock) return _round;
    }

    /// <summary>One round: until nothing waits. The next item begins another.</summary>
    private async Task RunAsync()
    {
        while (Take() is { } batch) await run(batch);
    }

    private List<T>? Take()
    {
        lock (_lock)
        {
            if (_waiting.Count == 0)
            {
                _isRunning = false;
                return null;
            }
            var batch = new List<T>(Math.Min(itemsMax, _waiting.Count));
            while (batch.Count < itemsMax && _waiting.TryDequeue(out var next)) batch.Add(next);
            return batch;
        }
    }
}
