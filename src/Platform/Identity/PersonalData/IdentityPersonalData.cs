using Dapper;
using Npgsql;

namespace Rialto.Platform.Identity.PersonalData;

/// <summary>
/// The account and what hangs on it. The emptied row of an erased person stays, because others name its id. Names of administrators that stand in texts
/// (who invited, who changed a configuration) go by the name: a second person of the same name loses it there too.
/// </summary>
internal sealed class IdentityPersonalData(TimeProvider clock) : IKeepPersonalData
{
    /// <summary>As the table <c>requests</c> says itself.</summary>
    private static readonly TimeSpan RequestsKept = TimeSpan.FromDays(90);

    private sealed record Account
    {
        public string Email { get; init; } = "";
        public string Name { get; init; } = "";
        public string[] Roles { get; init; } = [];
        public DateTimeOffset CreatedAt { get; init; }
        public DateTimeOffset? JoinedAt { get; init; }
        public DateTimeOffset? LastSeenAt { get; init; }
        public DateTimeOffset? PasswordChangedAt { get; init; }
        public bool TwoFactor { get; init; }
    }

    private sealed record SignedIn
    {
        public DateTimeOffset CreatedAt { get; init; }
        public DateTimeOffset LastSeenAt { get; init; }
        public DateTimeOffset? RevokedAt { get; init; }
        public string? Address { get; init; }
        public string? Agent { get; init; }
    }

    private sealed record Login
    {
        public string Provider { get; init; } = "";
        public string Subject { get; init; } = "";
        public DateTimeOffset CreatedAt { get; init; }
    }

    private sealed record Program
    {
        public string Id { get; init; } = "";
        public string Kind { get; init; } = "";
        public string Name { get; init; } = "";
        public DateTimeOffset CreatedAt { get; init; }
        public DateTimeOffset? ExpiresAt { get; init; }
        public DateTimeOffset? LastUsedAt { get; init; }
    }

    private sealed record Invited
    {
        public string CreatedBy { get; init; } = "";
        public DateTimeOffset CreatedAt { get; init; }
        public DateTimeOffset? AcceptedAt { get; init; }
    }

    public async Task<object?> CollectAsync(Guid person, NpgsqlTransaction transaction, CancellationToken stop)
    {
        await using var rows = await transaction.Connection!.QueryMultipleAsync(new CommandDefinition(
            """
            SELECT email, name, roles, created_at, joined_at, last_seen_at, password_changed_at,
                   EXISTS (SELECT 1 FROM identity.totp t WHERE t.user_id = u.id AND t.confirmed_at IS NOT NULL) AS two_factor
              FROM identity.app_user u WHERE id = @person AND erased_at IS NULL;
            SELECT created_at, last_seen_at, revoked_at, address, agent FROM identity.session WHERE user_id = @person ORDER BY created_at;
            SELECT p.name AS provider, l.subject, l.created_at FROM identity.external_login l JOIN identity.provider p ON p.id = l.provider_id WHERE l.user_id = @person ORDER BY l.created_at;
            SELECT id, 'key' AS kind, name, created_at, expires_at, last_used_at FROM identity.api_key WHERE owner_id = @person
            UNION ALL SELECT id, kind, name, created_at, expires_at, last_used_at FROM identity.token WHERE user_id = @person ORDER BY created_at;
            SELECT created_by, created_at, accepted_at FROM identity.invitation WHERE user_id = @person ORDER BY created_at;
            """,
            new { person }, transaction, cancellationToken: stop));
        return await rows.ReadSingleOrDefaultAsync<Account>() is not { } account ? null : new
        {
            account,
            sessions = await rows.ReadAsync<SignedIn>(),
            logins = await rows.ReadAsync<Login>(),
            programs = await rows.ReadAsync<Program>(),
            invitations = await rows.ReadAsync<Invited>(),
        };
    }

    public async Task<IReadOnlyList<Stays>> StaysAsync(Guid person, NpgsqlTransaction transaction, CancellationToken stop)
    {
        var hasKeys = await transaction.Connection!.QuerySingleAsync<bool>(new CommandDefinition(
            "SELECT EXISTS (SELECT 1 FROM identity.api_key WHERE owner_id = @person) OR EXISTS (SELECT 1 FROM identity.token WHERE user_id = @person)", new { person }, transaction, cancellationToken: stop));
        var id = new Stays("person-id", "The account's id stays where something was done by it or to it, without name and address, because events, jobs and the audit must stay whole. It means nobody.");
        return hasKeys
            ? [id, new Stays("measured-requests", "Requests were measured with the id of the key or token they came with, never with a name or an address. They go by themselves.", clock.GetUtcNow() + RequestsKept)]
            : [id];
    }

    public async Task<Stays?> EraseAsync(Guid person, NpgsqlTransaction transaction, CancellationToken stop)
    {
        var connection = transaction.Connection!;
        if (await connection.QuerySingleOrDefaultAsync<string>(new CommandDefinition("SELECT name FROM identity.app_user WHERE id = @person FOR UPDATE", new { person }, transaction, cancellationToken: stop)) is not { Length: > 0 } name)
            return null;
        await connection.ExecuteAsync(new CommandDefinition(
            """
            DELETE FROM identity.session WHERE user_id = @person;
            DELETE FROM identity.token WHERE user_id = @person;
            DELETE FROM identity.api_key WHERE owner_id = @person;
            DELETE FROM identity.totp WHERE user_id = @person;
            DELETE FROM identity.recovery_code WHERE user_id = @person;
            DELETE FROM identity.sign_in_challenge WHERE user_id = @person;
            DELETE FROM identity.external_login WHERE user_id = @person;
            DELETE FROM identity.invitation WHERE user_id = @person;
            DELETE FROM identity.personal_data_request WHERE person = @person AND kind = 'export';
            UPDATE identity.app_user SET name = '', password_changed_at = NULL, last_seen_at = NULL, roles = '{}' WHERE id = @person;
            UPDATE identity.invitation SET created_by = '' WHERE created_by = @name;
            UPDATE configuration.revision SET author = '' WHERE author = @name;
            UPDATE configuration.revision SET activated_by = '' WHERE activated_by = @name;
            UPDATE secrets.secret SET created_by = '' WHERE created_by = @name;
            UPDATE platform.lane_pause SET actor = '' WHERE actor = @name;
            -- Who cancelled or discarded a job stands in its reason.
            UPDATE platform.job SET reason = replace(reason, @name, '') WHERE strpos(reason, @name) > 0;
            """,
            new { person, name }, transaction, cancellationToken: stop));
        return null;
    }
}
