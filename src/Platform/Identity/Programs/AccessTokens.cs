using System.Security.Claims;
using Dapper;
using Npgsql;
using Rialto.Platform.Postgres;

namespace Rialto.Platform.Identity.Programs;

/// <summary>A bearer token that may be used now.</summary>
internal sealed record AccessToken(string Id, byte[] Hash, DateTimeOffset ExpiresAt, ClaimsPrincipal Principal);

/// <summary>Checks bearer tokens. They mean nothing by themselves, so a revocation holds on all nodes within five seconds, as for keys and sessions.</summary>
internal sealed class AccessTokens : IDisposable
{
    private readonly NpgsqlDataSource _postgres;
    private readonly TimeProvider _clock;
    private readonly RevocableCache<AccessToken> _known;

    public AccessTokens(NpgsqlDataSource postgres, TimeProvider clock, Notifications notifications)
    {
        (_postgres, _clock) = (postgres, clock);
        _known = new RevocableCache<AccessToken>(clock, LoadAsync, notifications);
        notifications.Subscribe(Notifications.Identity, told => _known.Hear(told, CredentialKind.Token));
    }

    public static bool IsOne(string presented) => presented.StartsWith(ProgramSecret.TokenPrefix, StringComparison.Ordinal);

    public void Forget() => _known.Clear();

    public void Dispose() => _known.Dispose();

    public async ValueTask<AccessToken?> FindAsync(string presented)
    {
        if (ProgramSecret.Read(presented, ProgramSecret.TokenPrefix) is not { } secret) return null;
        var token = await _known.GetAsync(secret.Id);
        return token is not null && secret.Matches(token.Hash) && token.ExpiresAt > _clock.GetUtcNow() ? token : null;
    }

    private sealed class Row
    {
        public required string Id { get; init; }
        public DateTimeOffset? LastUsedAt { get; init; }
        public required byte[] Hash { get; init; }
        public required string[] Permissions { get; init; }
        public required DateTimeOffset ExpiresAt { get; init; }
        public string? ClientId { get; init; }
        public string[]? ClientPermissions { get; init; }
        public Guid? ApplicationId { get; init; }
        public string? ApplicationName { get; init; }
        public int? Application { get; init; }
        public Guid? UserId { get; init; }
        public string? UserName { get; init; }
        public string[]? Roles { get; init; }
        public string[]? OwnPermissions { get; init; }
        public required int Organization { get; init; }
    }

    private async Task<Dictionary<string, AccessToken>> LoadAsync(string[] ids)
    {
        var now = _clock.GetUtcNow();
        await using var connection = await _postgres.OpenConnectionAsync();
        var rows = (await connection.QueryAsync<Row>(
            """
            SELECT t.id, t.last_used_at, t.hash, t.permissions, t.expires_at, c.id AS client_id, c.permissions AS client_permissions, a.id AS application_id, a.name AS application_name, a.number AS application,
                   u.id AS user_id, u.name AS user_name, u.roles, identity.own_permissions(u.organization_id, u.roles) AS own_permissions, o.number AS organization
              FROM identity.token t
              LEFT JOIN identity.client c ON c.id = t.client_id
              LEFT JOIN identity.application a ON a.id = c.application_id
              LEFT JOIN identity.app_user u ON u.id = t.user_id
              JOIN identity.organization o ON o.id = coalesce(a.organization_id, u.organization_id)
             WHERE t.id = ANY(@ids) AND t.kind <> 'refresh' AND t.revoked_at IS NULL AND t.expires_at > @now AND o.disabled_at IS NULL
               AND c.revoked_at IS NULL AND u.disabled_at IS NULL AND u.erased_at IS NULL
            """,
            new { ids, now })).ToList();
        var used = rows.Where(row => LastUse.IsDue(row.LastUsedAt, now)).ToList();
        if (used.Count > 0)
        {
            await LastUse.NoteAsync(connection, "identity.token", "last_used_at", used.Select(row => row.Id), now);
            await LastUse.NoteAsync(connection, "identity.client", "last_used_at", used.Select(row => row.ClientId).OfType<string>(), now);
        }
        return rows.ToDictionary(row => row.Id, row => new AccessToken(row.Id, row.Hash, row.ExpiresAt, new CallerPrincipal(CallerOf(row))), StringComparer.Ordinal);
    }

    /// <summary>What was granted, of which the owner still holds it: who loses a role loses it in his tokens too.</summary>
    private static Caller CallerOf(Row row)
    {
        var holds = row.ClientPermissions ?? (IEnumerable<string>)Role.PermissionsOf(row.Roles!, row.OwnPermissions!);
        var permissions = row.Permissions.Intersect(holds).Where(Permission.All.Contains).ToHashSet(StringComparer.Ordinal);
        return row.ClientId is null
            ? new Caller { Kind = CallerKind.User, Id = row.UserId!.Value, Name = row.UserName!, Organization = (uint)row.Organization, Permissions = permissions, Credential = row.Id }
            : new Caller
            {
                Kind = CallerKind.Key, Id = row.ApplicationId!.Value, Name = row.ApplicationName!, Organization = (uint)row.Organization, Application = (uint)row.Application!.Value,
                ApplicationName = row.ApplicationName, Permissions = permissions, Credential = row.ClientId,
            };
    }
}
