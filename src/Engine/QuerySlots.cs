using Rialto.Engine.Library;

namespace Rialto.Engine;

/// <summary>Bounds how many statements run at once. The next ones wait in order for a while and are then refused, so that an overload stays short answers.</summary>
internal sealed class QuerySlots(int count)
{
    private readonly SemaphoreSlim _free = new(count);

    public int Running => count - _free.CurrentCount;

    public async Task<IDisposable> EnterAsync(TimeSpan wait, CancellationToken cancel)
    {
        if (!await _free.WaitAsync(wait, cancel))
            throw EngineException.Of(Codes.TooManySimultaneousQueries, "TOO_MANY_SIMULTANEOUS_QUERIES", $"Too many simultaneous queries. Maximum: {count}");
        return new Slot(_free);
    }

    private sealed class Slot(SemaphoreSlim free) : IDisposable
    {
        private int _left;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _left, 1) == 0)
                free.Release();
        }
    }
}
