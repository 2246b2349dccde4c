using Microsoft.AspNetCore.Http;

namespace Rialto.Platform.Gateway.Forwarding;

/// <summary>
/// The patience of one forwarded request: its token is cancelled when the client goes away, or when nothing moved for as long as the current phase allows.
/// </summary>
internal sealed class Exchange : IDisposable
{
    private readonly CancellationTokenSource _source;
    private readonly CancellationToken _client;

    public Exchange(HttpContext context)
    {
        _client = context.RequestAborted;
        _source = CancellationTokenSource.CreateLinkedTokenSource(_client);
    }

    public CancellationToken Token => _source.Token;

    public bool IsClientGone => _client.IsCancellationRequested;

    /// <summary>Something moved, or a phase begins: this many milliseconds from now.</summary>
    public void Allow(int milliseconds) => _source.CancelAfter(milliseconds);

    public void Dispose() => _source.Dispose();
}
