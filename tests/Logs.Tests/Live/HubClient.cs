using System.Net.WebSockets;
using System.Text;
using System.Text.Json;

namespace Rialto.Logs.Tests.Live;

/// <summary>SignalR's JSON protocol over a WebSocket, as much of it as the live hub needs.</summary>
internal sealed class HubClient : IAsyncDisposable
{
    private const char End = '\u001e';
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly ClientWebSocket _socket = new();
    private readonly StringBuilder _received = new();
    private readonly byte[] _buffer = new byte[64 * 1024];

    /// <summary>Connects and shakes hands. <paramref name="address"/> is of the server, http.</summary>
    public static async Task<HubClient> ConnectAsync(Uri address, string caller)
    {
        var client = new HubClient();
        await client._socket.ConnectAsync(new UriBuilder(address) { Scheme = "ws", Path = "/hubs/live", Query = $"caller={caller}" }.Uri, CancellationToken.None);
        await client.SendAsync(new { protocol = "json", version = 1 });
        (await client.ReadAsync()).ValueKind.ShouldBe(JsonValueKind.Object);
        return client;
    }

    public Task WatchAsync(int generation, string query, string? resumeAfter = null) =>
        SendAsync(new { type = 1, target = "Watch", arguments = new object[] { new { generation, query, resumeAfter } } });

    public Task InvokeAsync(string method) => SendAsync(new { type = 1, target = method, arguments = Array.Empty<object>() });

    /// <summary>The next call of the server: its method and its argument.</summary>
    public async Task<(string Method, JsonElement Argument)> NextAsync()
    {
        while (true)
        {
            var message = await ReadAsync();
            if (message.TryGetProperty("target", out var target))
                return (target.GetString()!, message.GetProperty("arguments")[0]);
        }
    }

    /// <summary>Waits for a call of this method, past all others.</summary>
    public async Task<JsonElement> NextAsync(string method)
    {
        while (true)
        {
            var (next, argument) = await NextAsync();
            if (next == method)
                return argument;
        }
    }

    public async ValueTask DisposeAsync()
    {
        _socket.Abort();
        _socket.Dispose();
        await Task.CompletedTask;
    }

    private Task SendAsync(object message) =>
        _socket.SendAsync(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(message) + End), WebSocketMessageType.Text, true, CancellationToken.None);

    private async Task<JsonElement> ReadAsync()
    {
        using var late = new CancellationTokenSource(Patience);
        while (true)
        {
            var text = _received.ToString();
            var end = text.IndexOf(End);
            if (end >= 0)
            {
                _received.Remove(0, end + 1);
                return JsonDocument.Parse(text[..end]).RootElement;
            }

            var part = await _socket.ReceiveAsync(_buffer.AsMemory(), late.Token);
            if (part.MessageType == WebSocketMessageType.Close)
                throw new IOException("The hub closed the connection");
            _received.Append(Encoding.UTF8.GetString(_buffer, 0, part.Count));
        }
    }
}
