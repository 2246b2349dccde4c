using Dapper;
using Npgsql;

namespace Rialto.Platform.Identity.Administration;

/// <summary>A person as administrators see him.</summary>
internal sealed class Person
{
    public required Guid Id { get; init; }
    public required string Name { get; init; }
    public required string Email { get; init; }
    public required string[] Roles { get; init; }
    public required string[] OwnPermissions { get; init; }
    public required string State { get; init; }
    public required bool TwoFactor { get; init; }
    public required string? Provider { get; init; }
    public required DateTimeOffset? LastSeenAt { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }

    public IReadOnlySet<string> Permissions => Role.PermissionsOf(Roles, OwnPermissions);

    public const string Active = "active";
    public const string Invited = "invited";
    public const string Locked = "locked";
    public const string Disabled = "disabled";
    public static readonly string[] States = [Active, Invited, Locked, Disabled];
}

/// <summary>Reads the people of an organization; erased ones are nobody any more.</summary>
internal static class People
{
    private const string Select =
        """
        SELECT * FROM (
            SELECT u.id, u.name, u.email, u.roles, identity.own_permissions(o.id, u.roles) AS own_permissions, u.last_seen_at, u.created_at,
                   EXISTS (SELECT 1 FROM identity.totp t WHERE t.user_id = u.id AND t.confirmed_at IS NOT NULL) AS two_factor,
                   (SELECT p.name FROM identity.external_login e JOIN identity.provider p ON p.id = e.provider_id WHERE e.user_id = u.id ORDER BY e.created_at LIMIT 1) AS provider,
                   CASE WHEN u.disabled_at IS NOT NULL THEN 'disabled' WHEN u.joined_at IS NULL THEN 'invited'
                        WHEN EXISTS (SELECT 1 FROM identity.sign_in_failure f
                                      WHERE f.account = encode(sha256(convert_to(lower(u.email), 'UTF8')), 'hex') AND f.last_at >= @lockedSince
                                        AND f.failures > CASE WHEN f.subject LIKE 'account:%' THEN @FailuresOfAccountMax ELSE @FailuresOfPairMax END)
                        THEN 'locked' ELSE 'active' END AS state
              FROM identity.app_user u JOIN identity.organization o ON o.id = u.organization_id
             WHERE o.number = @organization AND u.erased_at IS NULL
        ) AS person
        """;

    /// <summary>The person with all that administrators see of him; null when the organization has no such person.</summary>
    public static Task<Person?> FindAsync(NpgsqlConnection connection, uint organization, Guid id, DateTimeOffset now) => connection.QuerySingleOrDefaultAsync<Person>(
        Select + " WHERE id = @id", Parameters(organization, now, new { id }));

    /// <summary>One more than <paramref name="limit"/> when there are more.</summary>
    public static async Task<IReadOnlyList<Person>> ListAsync(
        NpgsqlConnection connection, uint organization, DateTimeOffset now, string? search, string? role, string? state, Guid? before, int limit) =>
        (await connection.QueryAsync<Person>(
            Select +
            """
             WHERE (@search::text IS NULL OR strpos(lower(name), lower(@search)) > 0 OR strpos(lower(email), lower(@search)) > 0)
               AND (@role::text IS NULL OR @role = ANY(roles)) AND (@state::text IS NULL OR state = @state) AND (@before::uuid IS NULL OR id < @before)
             ORDER BY id DESC LIMIT @limit + 1
            """,
            Parameters(organization, now, new { search, role, state, before, limit }))).AsList();

    private static DynamicParameters Parameters(uint organization, DateTimeOffset now, object more)
    {
        var parameters = new DynamicParameters(more);
        parameters.AddDynamicParams(new
        {
            organization = (int)organization, lockedSince = now - SignInThrottle.Window, SignInThrottle.FailuresOfAccountMax, SignInThrottle.FailuresOfPairMax,
        });
        return parameters;
    }
}
