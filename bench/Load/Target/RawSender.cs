using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace Rialto.Bench.Load.Target;

/// <summary>
/// One connection of HTTP/1.1 that sends prepared bytes and reads the status: as little work as a generator can do on cores that it shares with what it measures.
/// </summary>
internal sealed class RawSender : IDisposable
{
    private readonly Socket _socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly byte[] _buffer = new byte[4096];

    public static async Task<RawSender> ConnectAsync(Uri url)
    {
        var sender = new RawSender();
        await sender._socket.ConnectAsync(url.Host == "localhost" ? "127.0.0.1" : url.Host, url.Port);
        return sender;
    }

    /// <summary>The bytes of a request's head; the body follows it.</summary>
    public static byte[] Head(Uri url, string path, string key, string contentType, int bodyLength) => Encoding.ASCII.GetBytes(string.Create(
        CultureInfo.InvariantCulture,
        $"POST {path} HTTP/1.1\r\nHost: {url.Authority}\r\nX-Api-Key: {key}\r\nContent-Type: {contentType}\r\nContent-Length: {bodyLength}\r\n\r\n"));

    /// <summary>Sends and returns the status of the answer, whose body is read and dropped.</summary>
    public async ValueTask<int> SendAsync(ReadOnlyMemory<byte> request)
    {
        while (!request.IsEmpty)
            request = request[await _socket.SendAsync(request)..];
        var filled = 0;
        while (true)
        {
            var read = await _socket.ReceiveAsync(_buffer.AsMemory(filled));
            if (read == 0)
                throw new IOException("The host closed the connection.");
            filled += read;
            if (Answer.IsWhole(_buffer.AsSpan(0, filled)))
                return Answer.StatusOf(_buffer);
            if (filled == _buffer.Length)
                throw new IOException($"A long answer: {Encoding.UTF8.GetString(_buffer)}");
        }
    }

    public void Dispose() => _socket.Dispose();
}
