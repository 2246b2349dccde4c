using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace Rialto.Bench.Load.Target;

/// <summary>SQL straight to the engine, past the host: to count what arrived, and for baselines.</summary>
internal sealed class EngineSql(string socketPath) : IDisposable
{
    private readonly HttpClient _http = new(new SocketsHttpHandler
    {
        ConnectCallback = async (_, stop) =>
        {
            var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(socketPath), stop);
            return new NetworkStream(socket, ownsSocket: true);
        },
    })
    {
        Timeout = TimeSpan.FromMinutes(10),
    };

    public async Task<byte[]> BytesAsync(string sql, string settings = "")
    {
        using var answer = await _http.PostAsync($"http://engine/?database=rialto{settings}", new StringContent(sql));
        if (!answer.IsSuccessStatusCode)
            throw new InvalidOperationException(await answer.Content.ReadAsStringAsync());
        return await answer.Content.ReadAsByteArrayAsync();
    }

    public async Task<string> TextAsync(string sql, string settings = "") => Encoding.UTF8.GetString(await BytesAsync(sql, settings)).Trim();

    public async Task<long> NumberAsync(string sql) => long.Parse(await TextAsync(sql), CultureInfo.InvariantCulture);

    public async Task<string[][]> RowsAsync(string sql) =>
        [.. (await TextAsync(sql)).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split('\t'))];

    public async Task InsertAsync(string sql, byte[] data, string settings)
    {
        using var answer = await _http.PostAsync($"http://engine/?database=rialto&query={Uri.EscapeDataString(sql)}{settings}", new ByteArrayContent(data));
        if (!answer.IsSuccessStatusCode)
            throw new InvalidOperationException(await answer.Content.ReadAsStringAsync());
    }

    /// <summary>Waits until no merge has run for a second and a half: the time that a pause between two merges takes at most.</summary>
    public async Task MergesQuietAsync()
    {
        var quiet = 0;
        while (quiet < 15)
        {
            quiet = await NumberAsync("SELECT count() FROM system.merges") == 0 ? quiet + 1 : 0;
            await Task.Delay(100);
        }
    }

    public void Dispose() => _http.Dispose();
}
