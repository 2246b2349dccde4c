namespace Rialto.Platform.Connectors;

/// <summary>
/// Spares a vendor that has just come back: what was queued meanwhile would fall upon it at once. Writes take turns, a few a second at first and
/// twice as many every two seconds, in the order in which they ask. Reads are answered as ever. Thread safe.
/// </summary>
internal sealed class SlowStart(TimeProvider clock, double perSecond, int seconds)
{
    private const double DoublesEvery = 2;

    private readonly Lock _lock = new();
    private DateTimeOffset? _began;
    private DateTimeOffset _next;

    /// <summary>The vendor is back.</summary>
    public void Begin()
    {
        if (seconds == 0) return;
        lock (_lock) _began = _next = clock.GetUtcNow();
    }

    /// <summary>How long the caller waits for his turn; nothing when no vendor has to be spared.</summary>
    public TimeSpan TakeTurn()
    {
        lock (_lock)
        {
            if (_began is not { } began) return TimeSpan.Zero;
            var now = clock.GetUtcNow();
            if (now >= began.AddSeconds(seconds))
            {
                _began = null;
                return TimeSpan.Zero;
            }
            var turn = _next > now ? _next : now;
            _next = turn.AddSeconds(1 / (perSecond * Math.Pow(2, (turn - began).TotalSeconds / DoublesEvery)));
            return turn - now;
        }
    }
}
