using System.Text;
using System.Text.Json;
using Rialto.Fixtures;
using Rialto.Platform.ClickHouse;

namespace Rialto.Engine.Tests.Client;

/// <summary>What the client promises, each test in a database of its own.</summary>
public abstract class ClientTests(ClickHouseFixture clickhouse) : IAsyncLifetime
{
    protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>A client of a database of this test alone.</summary>
    protected ClickHouseClient Client { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Client = await clickhouse.CreateDatabaseAsync();

    public ValueTask DisposeAsync()
    {
        Client?.Dispose();
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    protected async Task<string> TextAsync(string sql, QueryOptions? options = null) => Encoding.UTF8.GetString(await BytesAsync(sql, options));

    protected async Task<byte[]> BytesAsync(string sql, QueryOptions? options = null)
    {
        await using var result = await Client.QueryAsync(sql, options, Cancel);
        using var bytes = new MemoryStream();
        await result.Body.CopyToAsync(bytes, Cancel);
        return bytes.ToArray();
    }

    protected async Task<List<JsonElement>> RowsAsync(string sql, QueryOptions? options = null)
    {
        var rows = new List<JsonElement>();
        await foreach (var row in Client.ReadJsonAsync<JsonElement>(sql, JsonSerializerOptions.Web, options, Cancel))
            rows.Add(row);
        return rows;
    }

    protected Task<ClickHouseException> RefusedAsync(string sql, QueryOptions? options = null) =>
        Should.ThrowAsync<ClickHouseException>(() => Client.ExecuteAsync(sql, options, Cancel));
}
