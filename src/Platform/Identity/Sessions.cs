using System.Buffers;
using System.Buffers.Text;
using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using Dapper;
using Microsoft.AspNetCore.Http;
using Npgsql;
using Rialto.Platform.Secrets;

namespace Rialto.Platform.Identity;

/// <summary>A person's session as a request sees it.</summary>
internal sealed record Session(Guid Id, Caller Caller, string Email, Guid OrganizationId, string OrganizationName, DateTimeOffset EndsAt, ClaimsPrincipal Principal);

/// <summary>
/// Sessions live in PostgreSQL; the cookie is 256 random bits that mean nothing by themselves, so a session can be revoked, and a stolen
/// database opens none. Ends after <see cref="Idle"/> without a request and after <see cref="Longest"/> in any case.
/// </summary>
internal sealed class Sessions : IDisposable
{
    public const string Cookie = "rialto.session";
    public static readonly TimeSpan Idle = TimeSpan.FromHours(12);
    public static readonly TimeSpan Longest = TimeSpan.FromDays(7);

    /// <summary>What a provider's token is sealed for.</summary>
    public static readonly SealedColumn ProviderToken = new("identity.session", "id", "provider_token", "session");

    private const int TokenBytes = 32;

    private readonly NpgsqlDataSource _postgres;
    private readonly TimeProvider _clock;
    private readonly SecretStore _secrets;
    private readonly RevocableCache<Session> _known;

    public Sessions(NpgsqlDataSource postgres, TimeProvider clock, Postgres.Notifications notifications, SecretStore secrets)
    {
        (_postgres, _clock, _secrets) = (postgres, clock, secrets);
        _known = new RevocableCache<Session>(clock, LoadAsync, notifications);
        notifications.Subscribe(Postgres.Notifications.Identity, told => _known.Hear(told, CredentialKind.Session));
    }

    /// <summary>What this node remembers of sessions is out of date.</summary>
    public void Forget() => _known.Clear();

    public void Dispose() => _known.Dispose();

    public async ValueTask<Session?> FindAsync(string token)
    {
        if (HashOf(token) is not { } hash) return null;
        var session = await _known.GetAsync(IdOf(hash));
        return session is not null && session.EndsAt > _clock.GetUtcNow() ? session : null;
    }

    /// <summary>Begins a session and sets its cookie. A cookie the browser already had is never taken over (session fixation).</summary>
    public async Task BeginAsync(HttpContext context, Guid user, CancellationToken stop, ProviderSession? provider = null)
    {
        await RevokeAsync(context, stop);
        var token = RandomNumberGenerator.GetBytes(TokenBytes);
        var now = _clock.GetUtcNow();
        var id = Guid.CreateVersion7(now);
        await using var connection = await _postgres.OpenConnectionAsync(stop);
        await connection.ExecuteAsync(
            """
            INSERT INTO identity.session (id, token_hash, user_id, created_at, last_seen_at, expires_at, address, agent, provider_id, provider_token)
            VALUES (@id, @hash, @user, @now, @now, @end, @address, left(@agent, 300), @Provider, @providerToken);
            UPDATE identity.app_user SET last_seen_at = @now WHERE id = @user;
            DELETE FROM identity.session WHERE user_id = @user AND (expires_at < @now OR last_seen_at < @idleSince OR revoked_at < @now - interval '30 days');
            """,
            new
            {
                id,
                provider?.Provider,
                providerToken = provider is null ? null : _secrets.Seal(provider.Token, ProviderToken, id),
                hash = SHA256.HashData(token),
                user,
                now,
                end = now + Longest,
                idleSince = now - Idle,
                address = context.Connection.RemoteIpAddress?.ToString(),
                agent = context.Request.Headers.UserAgent.ToString(),
            });
        context.Response.Cookies.Append(Cookie, Base64Url.EncodeToString(token), CookieOptions(context, Longest));
    }

    /// <summary>Ends the session of the request's cookie, if there is one, and takes the cookie back.</summary>
    public async Task EndAsync(HttpContext context, CancellationToken stop)
    {
        await RevokeAsync(context, stop);
        context.Response.Cookies.Delete(Cookie, CookieOptions(context, null));
    }

    private async Task RevokeAsync(HttpContext context, CancellationToken stop)
    {
        if (context.Request.Cookies[Cookie] is not { } token || HashOf(token) is not { } hash) return;
        await using var connection = await _postgres.OpenConnectionAsync(stop);
        await connection.ExecuteAsync("UPDATE identity.session SET revoked_at = @now WHERE token_hash = @hash AND revoked_at IS NULL", new { hash, now = _clock.GetUtcNow() });
        _known.Forget(IdOf(hash));
    }

    /// <summary>What a session is known by; the triggers in the schema write the same.</summary>
    private static string IdOf(byte[] tokenHash) => Convert.ToHexStringLower(tokenHash);

    /// <summary>The provider behind a session and the token that ends the session there; null when there is none.</summary>
    public async Task<(string Issuer, string ClientId, string Token)?> ProviderOfAsync(Guid session, CancellationToken stop)
    {
        await using var connection = await _postgres.OpenConnectionAsync(stop);
        var row = await connection.QuerySingleOrDefaultAsync<(string Issuer, string ClientId, byte[] Token)?>(
            "SELECT p.issuer, p.client_id, s.provider_token FROM identity.session s JOIN identity.provider p ON p.id = s.provider_id WHERE s.id = @session AND s.provider_token IS NOT NULL", new { session });
        return row is { } found ? (found.Issuer, found.ClientId, Encoding.UTF8.GetString(_secrets.Open(found.Token, ProviderToken, session))) : null;
    }

    private static CookieOptions CookieOptions(HttpContext context, TimeSpan? age) => new()
    {
        HttpOnly = true,
        Secure = context.Request.IsHttps,
        SameSite = SameSiteMode.Strict,
        Path = "/",
        MaxAge = age,
        IsEssential = true,
    };

    private static byte[]? HashOf(string token)
    {
        Span<byte> bytes = stackalloc byte[TokenBytes];
        return token.Length == Base64Url.GetEncodedLength(TokenBytes)
            && Base64Url.DecodeFromChars(token, bytes, out _, out var length) == OperationStatus.Done && length == TokenBytes
            ? SHA256.HashData(bytes)
            : null;
    }

    private sealed class Row
    {
        public required Guid Id { get; init; }
        public required byte[] TokenHash { get; init; }
        public required DateTimeOffset LastSeenAt { get; init; }
        public required DateTimeOffset ExpiresAt { get; init; }
        public required Guid UserId { get; init; }
        public required string Name { get; init; }
        public required string Email { get; init; }
        public required string[] Roles { get; init; }
        public required string[] OwnPermissions { get; init; }
        public required Guid OrganizationId { get; init; }
        public required string OrganizationName { get; init; }
        public required int Organization { get; init; }
    }

    private async Task<Dictionary<string, Session>> LoadAsync(string[] tokenHashes)
    {
        var now = _clock.GetUtcNow();
        await using var connection = await _postgres.OpenConnectionAsync();
        var rows = (await connection.QueryAsync<Row>(
            """
            SELECT s.id, s.token_hash, s.last_seen_at, s.expires_at, u.id AS user_id, u.name, u.email, u.roles, identity.own_permissions(o.id, u.roles) AS own_permissions,
                   o.id AS organization_id, o.name AS organization_name, o.number AS organization
              FROM identity.session s
              JOIN identity.app_user u ON u.id = s.user_id
              JOIN identity.organization o ON o.id = u.organization_id
             WHERE s.token_hash = ANY(@hashes) AND s.revoked_at IS NULL AND u.disabled_at IS NULL AND o.disabled_at IS NULL AND s.expires_at > @now AND s.last_seen_at > @idleSince
            """,
            new { hashes = tokenHashes.Select(Convert.FromHexString).ToArray(), now, idleSince = now - Idle })).ToList();
        var seen = rows.Where(row => LastUse.IsDue(row.LastSeenAt, now)).ToList();
        if (seen.Count > 0)
        {
            await LastUse.NoteAsync(connection, "identity.session", "last_seen_at", seen.Select(row => row.Id), now);
            await LastUse.NoteAsync(connection, "identity.app_user", "last_seen_at", seen.Select(row => row.UserId), now);
        }
        return rows.ToDictionary(row => IdOf(row.TokenHash), SessionOf, StringComparer.Ordinal);
    }

    private static Session SessionOf(Row row)
    {
        var caller = new Caller
        {
            Kind = CallerKind.User,
            Id = row.UserId,
            Name = row.Name,
            Organization = (uint)row.Organization,
            Permissions = Role.PermissionsOf(row.Roles, row.OwnPermissions),
        };
        return new Session(row.Id, caller, row.Email, row.OrganizationId, row.OrganizationName, row.ExpiresAt, new CallerPrincipal(caller));
    }
}
