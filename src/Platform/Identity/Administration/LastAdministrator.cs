using Dapper;
using Npgsql;
using Rialto.Platform.Problems;

namespace Rialto.Platform.Identity.Administration;

/// <summary>
/// An organization must not lose its last person who may administer people, nor the installation its last who may administer the platform: nobody
/// could let anyone in again. Counted before and after a change in one transaction, under one lock, so that two administrators cannot remove each other at once.
/// </summary>
internal sealed class LastAdministrator
{
    private readonly NpgsqlConnection _connection;
    private readonly int _organization;
    private readonly Holders _before;

    private LastAdministrator(NpgsqlConnection connection, int organization, Holders before) => (_connection, _organization, _before) = (connection, organization, before);

    public static readonly Problem Refusal = Problem.Of(409, "last-administrator", "This is the last person who can administer. Give somebody else the role first.");

    /// <summary>Call it first in the transaction that changes people or roles.</summary>
    public static async Task<LastAdministrator> WatchAsync(NpgsqlConnection connection, uint organization)
    {
        await connection.ExecuteAsync("SELECT pg_advisory_xact_lock(hashtext('identity:administrators'))");
        return new LastAdministrator(connection, (int)organization, await CountAsync(connection, (int)organization));
    }

    /// <summary>Call it after the change; when true, roll back.</summary>
    public async Task<bool> IsGoneAsync()
    {
        var after = await CountAsync(_connection, _organization);
        return (_before.OfOrganization > 0 && after.OfOrganization == 0) || (_before.OfInstallation > 0 && after.OfInstallation == 0);
    }

    private sealed class Holders
    {
        public required long OfOrganization { get; init; }

        public required long OfInstallation { get; init; }
    }

    private static Task<Holders> CountAsync(NpgsqlConnection connection, int organization) => connection.QuerySingleAsync<Holders>(
        """
        WITH person AS (
            SELECT o.number, u.roles, identity.own_permissions(o.id, u.roles) AS own
              FROM identity.app_user u JOIN identity.organization o ON o.id = u.organization_id
             WHERE u.joined_at IS NOT NULL AND u.disabled_at IS NULL AND u.erased_at IS NULL AND o.disabled_at IS NULL
        )
        SELECT count(*) FILTER (WHERE number = @organization AND (roles && @people OR @IdentityManage = ANY(own))) AS of_organization,
               count(*) FILTER (WHERE roles && @platform OR @PlatformManage = ANY(own)) AS of_installation
          FROM person
        """,
        new
        {
            organization,
            people = Role.Holding(Permission.IdentityManage), Permission.IdentityManage,
            platform = Role.Holding(Permission.PlatformManage), Permission.PlatformManage,
        });
}
