using Rialto.Fixtures;
using Rialto.Platform.ClickHouse;

namespace Rialto.Bench.Engine;

/// <summary>The product's engine process through its HTTP interface, by the product's client.</summary>
internal sealed class ChildTarget : ITarget, IAsyncDisposable
{
    private readonly EngineChild _engine;
    private readonly ClickHouseClient _client;

    private ChildTarget(EngineChild engine) => (_engine, _client) = (engine, engine.Client.WithDatabase("bench"));

    public string Name => "child over HTTP";

    public TimeSpan ProcessorTime => _engine.ProcessorTime + Environment.CpuUsage.TotalTime;

    public long ResidentBytes => _engine.ResidentBytes;

    public static async Task<ChildTarget> StartAsync()
    {
        var target = new ChildTarget(await EngineChild.StartAsync());
        await new ClickHouseMigrations(target._client, ClickHouseSchema.Plain).ApplyAsync("logs", typeof(Rialto.Logs.LogsModule).Assembly);
        return target;
    }

    public Task ExecuteAsync(string sql) => _client.ExecuteAsync(sql);

    public async Task<byte[]> ReadAsync(string sql)
    {
        await using var result = await _client.QueryAsync(sql);
        using var bytes = new MemoryStream();
        await result.Body.CopyToAsync(bytes);
        return bytes.ToArray();
    }

    public async Task<long> StreamAsync(string sql, string format)
    {
        await using var result = await _client.QueryAsync($"{sql} FORMAT {format}");
        var buffer = new byte[128 << 10];
        var bytes = 0L;
        while (await result.Body.ReadAsync(buffer) is var read and > 0)
            bytes += read;
        return bytes;
    }

    public Task InsertAsync(string columns, byte[] batch, string token) => _client.InsertAsync(
        $"INSERT INTO logs ({columns}) FORMAT Native", new ByteArrayContent(batch), new QueryOptions
        {
            DeduplicationToken = token,
            Settings = new Dictionary<string, string> { ["async_insert"] = "0", ["materialize_skip_indexes_on_insert"] = "0" },
        });

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _engine.DisposeAsync();
    }
}
