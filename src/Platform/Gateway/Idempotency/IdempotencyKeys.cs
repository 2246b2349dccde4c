using System.Security.Cryptography;
using System.Text;
using Dapper;
using Npgsql;

namespace Rialto.Platform.Gateway.Idempotency;

/// <summary>What became of presenting a key.</summary>
internal abstract record KeyClaim
{
    /// <summary>This request does the work.</summary>
    public sealed record Mine(IdempotentRequest Request) : KeyClaim;

    /// <summary>The work is done: give this answer again.</summary>
    public sealed record Done(int Status, string ContentType, byte[] Body) : KeyClaim;

    /// <summary>Another request is at it.</summary>
    public sealed record Running : KeyClaim;

    /// <summary>The key was used for a different request.</summary>
    public sealed record Mismatch : KeyClaim;
}

/// <summary>
/// One row a key and caller. The row is claimed before the work and holds the answer after it; a claim whose holder died may be taken over when its
/// lease ends, with a new token, so that the old holder can no longer store anything.
/// </summary>
internal sealed class IdempotencyKeys(NpgsqlDataSource postgres, TimeProvider clock)
{
    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(60);
    public static readonly TimeSpan Kept = TimeSpan.FromHours(24);

    public async Task<KeyClaim> ClaimAsync(string caller, string key, byte[] requestHash, CancellationToken stop)
    {
        var now = clock.GetUtcNow();
        var token = Guid.CreateVersion7(now);
        await using var connection = await postgres.OpenConnectionAsync(stop);
        var row = await connection.QuerySingleOrDefaultAsync<Row>(
            """
            INSERT INTO gateway.idempotency AS i (caller, key, request_hash, token, started_at, lease_until, expires_at)
            VALUES (@caller, @key, @requestHash, @token, @now, @lease, @expires)
            ON CONFLICT (caller, key) DO UPDATE
               SET request_hash = @requestHash, token = @token, started_at = @now, lease_until = @lease, expires_at = @expires, status = NULL, content_type = NULL, body = NULL
             WHERE i.expires_at < @now OR (i.status IS NULL AND i.lease_until < @now AND i.request_hash = @requestHash)
            RETURNING *
            """,
            new { caller, key, requestHash, token, now, lease = now + Lease, expires = now + Kept });
        if (row?.Token == token) return new KeyClaim.Mine(new IdempotentRequest(this, caller, key, token));
        row = await connection.QuerySingleOrDefaultAsync<Row>("SELECT * FROM gateway.idempotency WHERE caller = @caller AND key = @key", new { caller, key });
        // Between the two statements the other request failed and gave the key back.
        if (row is null) return await ClaimAsync(caller, key, requestHash, stop);
        if (!row.RequestHash.AsSpan().SequenceEqual(requestHash)) return new KeyClaim.Mismatch();
        return row.Status is { } status ? new KeyClaim.Done(status, row.ContentType ?? "", row.Body ?? []) : new KeyClaim.Running();
    }

    public async Task StoreAsync(NpgsqlConnection connection, IdempotentRequest request, int status, string contentType, byte[] body, CancellationToken stop)
    {
        var stored = await connection.ExecuteAsync(new CommandDefinition(
            "UPDATE gateway.idempotency SET status = @status, content_type = @contentType, body = @body WHERE caller = @Caller AND key = @Key AND token = @Token AND status IS NULL",
            new { request.Caller, request.Key, request.Token, status, contentType, body }, cancellationToken: stop));
        if (stored == 0) throw new IdempotencyLostException();
    }

    public async Task StoreAsync(IdempotentRequest request, int status, string contentType, byte[] body, CancellationToken stop)
    {
        await using var connection = await postgres.OpenConnectionAsync(stop);
        await StoreAsync(connection, request, status, contentType, body, stop);
    }

    /// <summary>The work failed without an effect: the next request with the key may try.</summary>
    public async Task GiveBackAsync(IdempotentRequest request)
    {
        await using var connection = await postgres.OpenConnectionAsync();
        await connection.ExecuteAsync("DELETE FROM gateway.idempotency WHERE caller = @Caller AND key = @Key AND token = @Token AND status IS NULL",
            new { request.Caller, request.Key, request.Token });
    }

    public async Task<int> ForgetExpiredAsync(CancellationToken stop)
    {
        await using var connection = await postgres.OpenConnectionAsync(stop);
        return await connection.ExecuteAsync("DELETE FROM gateway.idempotency WHERE expires_at < @now", new { now = clock.GetUtcNow() });
    }

    /// <summary>Method, path, query and body: what makes two requests the same.</summary>
    public static byte[] HashOf(string method, string pathAndQuery, ReadOnlySpan<byte> body)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"{method} {pathAndQuery}\n"));
        hash.AppendData(body);
        return hash.GetHashAndReset();
    }

    private sealed record Row
    {
        public byte[] RequestHash { get; init; } = [];

        public Guid Token { get; init; }

        public int? Status { get; init; }

        public string? ContentType { get; init; }

        public byte[]? Body { get; init; }
    }
}
