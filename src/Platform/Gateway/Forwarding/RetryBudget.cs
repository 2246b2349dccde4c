namespace Rialto.Platform.Gateway.Forwarding;

/// <summary>
/// Bounds what retries add to the load of a service that is already in trouble: each request earns a fifth of a retry, and there is a small credit
/// for quiet times. Without it, one retry for each request would double the load at the worst moment.
/// </summary>
internal sealed class RetryBudget
{
    private const int CostOfRetry = 5;
    private const int CreditMax = 50 * CostOfRetry;

    private int _credit = 10 * CostOfRetry;

    public void Earn()
    {
        if (Volatile.Read(ref _credit) < CreditMax) Interlocked.Increment(ref _credit);
    }

    public bool TrySpend()
    {
        if (Interlocked.Add(ref _credit, -CostOfRetry) >= 0) return true;
        Interlocked.Add(ref _credit, CostOfRetry);
        return false;
    }
}
