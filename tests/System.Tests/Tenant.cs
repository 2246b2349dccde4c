using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using Rialto.Fixtures;
using Rialto.Platform.Identity;

namespace Rialto.System.Tests;

/// <summary>An application of its own for one test, with a key: what is agreed with it and what it has used concerns no other test.</summary>
internal sealed class Tenant
{
    private readonly string _data;

    private Tenant(string data, RialtoProcess host, int number, string key)
    {
        (_data, Host, Number, Key) = (data, host, number, key);
    }

    public RialtoProcess Host { get; }

    public int Number { get; }

    public string Key { get; }

    public static Task<Tenant> CreateAsync(HostFixture fixture, string name, params string[] permissions) => CreateAsync(fixture.Data, fixture.Host, name, permissions);

    public static async Task<Tenant> CreateAsync(string data, RialtoProcess host, string name, params string[] permissions)
    {
        var id = "t" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(6));
        var key = $"rk_{id}_0123456789abcdef0123456789abcdef";
        await using var postgres = Engines.Postgres(data);
        await using var insert = postgres.CreateCommand(
            """
            WITH made AS (
                INSERT INTO identity.application (id, organization_id, name) SELECT $1, id, $2 FROM identity.organization ORDER BY number LIMIT 1 RETURNING id, number
            ), keyed AS (
                INSERT INTO identity.api_key (id, secret_hash, application_id, name, permissions) SELECT $3, $4, id, $2, $5 FROM made
            )
            SELECT number FROM made
            """);
        insert.Parameters.Add(new() { Value = Guid.CreateVersion7() });
        insert.Parameters.Add(new() { Value = name });
        insert.Parameters.Add(new() { Value = id });
        insert.Parameters.Add(new() { Value = SHA256.HashData(Encoding.ASCII.GetBytes(key)) });
        insert.Parameters.Add(new() { Value = permissions.Length > 0 ? permissions : [Permission.LogsRead, Permission.LogsWrite] });
        return new Tenant(data, host, (int)(await insert.ExecuteScalarAsync(TestContext.Current.CancellationToken))!, key);
    }

    /// <summary>Runs SQL where <c>$1</c> is the application's number.</summary>
    public async Task<string?> SqlAsync(string sql)
    {
        await using var postgres = Engines.Postgres(_data);
        await using var command = postgres.CreateCommand(sql);
        command.Parameters.Add(new() { Value = Number });
        return Convert.ToString(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken), CultureInfo.InvariantCulture);
    }

    /// <summary>What ClickHouse answers about this application's records.</summary>
    public async Task<string> StoredAsync(string columns)
    {
        using var clickHouse = Engines.ClickHouse(_data);
        return await clickHouse.TextAsync($"SELECT {columns} FROM logs WHERE AppId = {Number} FORMAT CSV");
    }

    public Task<HttpResponseMessage> SendAsync(string body, string? encoding = null) => SendAsync(Encoding.UTF8.GetBytes(body), encoding);

    public async Task<HttpResponseMessage> SendAsync(byte[] body, string? encoding = null, string type = "application/x-ndjson")
    {
        using var client = Host.KeyClient(Key);
        using var content = new ByteArrayContent(body) { Headers = { ContentType = MediaTypeHeaderValue.Parse(type) } };
        if (encoding is not null) content.Headers.ContentEncoding.Add(encoding);
        using var request = new HttpRequestMessage(HttpMethod.Post, "api/logs/records") { Content = content };
        request.Headers.ExpectContinue = true;
        return await client.SendAsync(request, TestContext.Current.CancellationToken);
    }
}
