namespace Rialto.Platform.Connectors;

/// <summary>
/// Lets retries be at most a fifth of the calls, plus ten a second: when a vendor is sick, retrying every call would make it sicker. Thread safe.
/// </summary>
internal sealed class RetryBudget(TimeProvider clock)
{
    private const double PerCall = 0.2;
    private const double PerSecond = 10;
    private const double Most = 100;

    private readonly Lock _lock = new();
    private double _tokens = PerSecond;
    private long _filledAt = clock.GetTimestamp();

    public void CallMade()
    {
        lock (_lock) Fill(PerCall);
    }

    public bool TryTake()
    {
        lock (_lock)
        {
            Fill(0);
            if (_tokens < 1) return false;
            _tokens--;
            return true;
        }
    }

    private void Fill(double more)
    {
        var now = clock.GetTimestamp();
        _tokens = Math.Min(Most, _tokens + more + clock.GetElapsedTime(_filledAt, now).TotalSeconds * PerSecond);
        _filledAt = now;
    }
}
