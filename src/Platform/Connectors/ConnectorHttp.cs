using System.Net;
using System.Net.Sockets;

namespace Rialto.Platform.Connectors;

/// <summary>The HTTP client of one connector: no redirects, no cookies, no proxy of the environment, and a connection that cannot be made fails early.</summary>
internal static class ConnectorHttp
{
    private const int AnswerBytesMax = 8 << 20;

    public static HttpClient Make(ConnectorSettings settings)
    {
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
            AutomaticDecompression = DecompressionMethods.All,
            // A vendor moves by DNS; a connection that lives for ever would not notice.
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            MaxConnectionsPerServer = settings.Concurrency,
            ConnectCallback = (context, stop) => ConnectAsync(context.DnsEndPoint, settings.ConnectTimeoutMs, stop),
        };
        return new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan, MaxResponseContentBufferSize = AnswerBytesMax };
    }

    // The handler's own ConnectTimeout ends as a cancellation, which looks like an unknown outcome; this ends as a connection error.
    private static async ValueTask<Stream> ConnectAsync(DnsEndPoint endpoint, int timeoutMs, CancellationToken stop)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(stop);
        patience.CancelAfter(timeoutMs);
        try
        {
            await socket.ConnectAsync(endpoint, patience.Token);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            socket.Dispose();
            throw new SocketException((int)SocketError.TimedOut);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
