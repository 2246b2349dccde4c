using System.Buffers;
using System.Net;
using Microsoft.AspNetCore.Http;

namespace Rialto.Platform.Gateway.Forwarding;

/// <summary>The client's body as the body to the upstream: piece by piece as it comes, with the length the client announced or chunked.</summary>
internal sealed class ForwardedBody(HttpRequest request, Exchange exchange, int patienceMs) : HttpContent
{
    private const int PieceBytes = 32 * 1024;

    /// <summary>From here on the body cannot be sent again.</summary>
    public bool HasBegun { get; private set; }

    /// <summary>The client's part failed: too large, too slow, malformed or gone. The upstream is not to blame.</summary>
    public Exception? ClientFault { get; private set; }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        HasBegun = true;
        var piece = ArrayPool<byte>.Shared.Rent(PieceBytes);
        try
        {
            while (await ReadAsync(piece) is > 0 and var length)
            {
                exchange.Allow(patienceMs);
                await stream.WriteAsync(piece.AsMemory(0, length), exchange.Token);
                // An upstream may answer to the first piece before the last is sent.
                await stream.FlushAsync(exchange.Token);
                exchange.Allow(patienceMs);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(piece);
        }
    }

    private async ValueTask<int> ReadAsync(byte[] piece)
    {
        try
        {
            return await request.Body.ReadAsync(piece, exchange.Token);
        }
        catch (Exception exception) when (exception is BadHttpRequestException or IOException)
        {
            ClientFault = exception;
            throw;
        }
    }

    protected override bool TryComputeLength(out long length)
    {
        length = request.ContentLength ?? 0;
        return request.ContentLength is not null;
    }
}
