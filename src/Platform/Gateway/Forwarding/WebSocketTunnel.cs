using System.Buffers;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Rialto.Platform.Gateway.Forwarding;

/// <summary>After 101 both sides speak WebSocket over the raw connection; we carry bytes until one side ends or both are silent.</summary>
internal static class WebSocketTunnel
{
    private const int PieceBytes = 16 * 1024;

    public static bool IsAskedFor(HttpContext context) =>
        context.Request.Headers.Upgrade is [{ } protocol] && protocol.Equals("websocket", StringComparison.OrdinalIgnoreCase)
        && context.Features.Get<IHttpUpgradeFeature>()?.IsUpgradableRequest == true;

    public static void Ask(HttpRequestMessage outgoing)
    {
        outgoing.Headers.TryAddWithoutValidation("Connection", "Upgrade");
        outgoing.Headers.TryAddWithoutValidation("Upgrade", "websocket");
    }

    public static async Task RunAsync(HttpContext context, HttpResponseMessage incoming, Exchange exchange, int idleMs)
    {
        context.Response.Headers.Connection = "Upgrade";
        context.Response.Headers.Upgrade = "websocket";
        await using var client = await context.Features.GetRequiredFeature<IHttpUpgradeFeature>().UpgradeAsync();
        await using var upstream = await incoming.Content.ReadAsStreamAsync(exchange.Token);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(exchange.Token);
        var toUpstream = CarryAsync(client, upstream, exchange, idleMs, either.Token);
        var toClient = CarryAsync(upstream, client, exchange, idleMs, either.Token);
        await Task.WhenAny(toUpstream, toClient);
        // A WebSocket is over when one side closed; the close frame went through before it did.
        await either.CancelAsync();
        await Task.WhenAll(toUpstream, toClient);
    }

    private static async Task CarryAsync(Stream from, Stream to, Exchange exchange, int idleMs, CancellationToken stop)
    {
        var piece = ArrayPool<byte>.Shared.Rent(PieceBytes);
        try
        {
            while (true)
            {
                exchange.Allow(idleMs);
                var length = await from.ReadAsync(piece, stop);
                if (length == 0) return;
                await to.WriteAsync(piece.AsMemory(0, length), stop);
                await to.FlushAsync(stop);
            }
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException or ObjectDisposedException)
        {
            // One side broke or both were silent for too long: the other is told by closing.
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(piece);
        }
    }
}
