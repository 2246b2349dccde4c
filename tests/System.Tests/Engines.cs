using Npgsql;
using Rialto.Platform.ClickHouse;
using Rialto.Platform.Engines;

namespace Rialto.System.Tests;

/// <summary>The engines of a running host, by its data directory.</summary>
internal static class Engines
{
    public static ClickHouseClient ClickHouse(string data) => new(ClickHouseEngine.EndpointOf(data));

    public static NpgsqlDataSource Postgres(string data) => NpgsqlDataSource.Create(PostgresEngine.ConnectionStringOf(data));

    /// <summary>The whole answer without its last line end.</summary>
    public static async Task<string> TextAsync(this ClickHouseClient client, string sql)
    {
        await using var result = await client.QueryAsync(sql, cancel: TestContext.Current.CancellationToken);
        using var reader = new StreamReader(result.Body);
        return (await reader.ReadToEndAsync(TestContext.Current.CancellationToken)).TrimEnd('\n');
    }
}
