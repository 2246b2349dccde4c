namespace Rialto.Platform.Connectors;

/// <param name="Life">Null when the vendor does not say: then it lives until the vendor refuses it.</param>
public sealed record IssuedToken(string Text, TimeSpan? Life);

/// <summary>
/// The vendor's token of this node: fetched by one caller while the others wait, renewed at 80 % of its life and when the vendor refuses it.
/// It is never stored: another start fetches another.
/// </summary>
internal sealed class VendorToken(Func<CancellationToken, Task<(IssuedToken? Token, VendorAnswer? Failure)>> fetch, TimeProvider clock) : IDisposable
{
    private const double RenewAtShareOfLife = 0.8;

    private readonly SemaphoreSlim _one = new(1, 1);
    private volatile Held? _held;

    private sealed record Held(string Text, DateTimeOffset RenewAt);

    public async Task<(string? Text, VendorAnswer? Failure)> GetAsync(CancellationToken stop)
    {
        if (_held is { } held && held.RenewAt > clock.GetUtcNow()) return (held.Text, null);
        await _one.WaitAsync(stop);
        try
        {
            if (_held is { } fetched && fetched.RenewAt > clock.GetUtcNow()) return (fetched.Text, null);
            var (token, failure) = await fetch(stop);
            if (token is null) return (null, failure);
            _held = new Held(token.Text, token.Life is { } life ? clock.GetUtcNow() + life * RenewAtShareOfLife : DateTimeOffset.MaxValue);
            return (token.Text, null);
        }
        finally
        {
            _one.Release();
        }
    }

    /// <summary>The vendor refused this very token. A newer one, which another caller may have fetched meanwhile, stays.</summary>
    public void Refused(string text)
    {
        if (_held is { } held && held.Text == text) Interlocked.CompareExchange(ref _held, null, held);
    }

    public void Dispose() => _one.Dispose();
}
