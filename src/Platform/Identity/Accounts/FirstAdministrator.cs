using Dapper;
using Npgsql;
using Rialto.Platform.Identity.Administration;

namespace Rialto.Platform.Identity.Accounts;

/// <summary>
/// Nobody is let in by a default password: a new installation prints a link at its start, and whoever opens it first becomes the administrator. It is printed
/// again at every start until somebody did, and never after.
/// </summary>
internal sealed class FirstAdministrator(NpgsqlDataSource postgres, TimeProvider clock)
{
    private const string OrganizationDefault = "My organization";

    /// <summary>A token for the link, or null when the installation has an administrator.</summary>
    public async Task<string?> OfferAsync(CancellationToken stop)
    {
        await using var connection = await postgres.OpenConnectionAsync(stop);
        await using var transaction = await connection.BeginTransactionAsync(stop);
        if (await ExistsAsync(connection)) return null;
        var id = Guid.CreateVersion7(clock.GetUtcNow());
        await connection.ExecuteAsync(
            """
            DELETE FROM identity.invitation WHERE purpose = 'first' AND expires_at < @now;
            INSERT INTO identity.invitation (id, purpose, created_by, created_at, expires_at, base_address, language) VALUES (@id, 'first', 'system', @now, @end, '', 'en');
            """,
            new { id, now = clock.GetUtcNow(), end = clock.GetUtcNow() + Invitations.LifeOfOthers });
        var token = await Invitations.MintAsync(connection, id);
        await transaction.CommitAsync(stop);
        return token;
    }

    /// <summary>Makes the first organization and its administrator; null when somebody else was faster.</summary>
    public async Task<Guid?> JoinAsync(NpgsqlConnection connection, string email, string name, string passwordHash, string? organizationName)
    {
        // Under the lock: two links opened at once make one administrator.
        await LastAdministrator.WatchAsync(connection, 0);
        if (await ExistsAsync(connection)) return null;
        var organization = organizationName is { Length: > 0 and <= 100 } ? organizationName : OrganizationDefault;
        var user = Guid.CreateVersion7(clock.GetUtcNow());
        await connection.ExecuteAsync(
            """
            INSERT INTO identity.organization (id, name) VALUES (@id, @organization) ON CONFLICT (name) DO NOTHING;
            INSERT INTO identity.app_user (id, organization_id, email, name, password_hash, password_changed_at, roles)
            SELECT @user, id, @email, @name, @passwordHash, @now, ARRAY[@Admin] FROM identity.organization WHERE name = @organization
            ON CONFLICT (lower(email)) DO NOTHING;
            DELETE FROM identity.invitation_token WHERE invitation_id IN (SELECT id FROM identity.invitation WHERE purpose = 'first');
            """,
            new { id = Guid.CreateVersion7(clock.GetUtcNow()), organization, user, email, name, passwordHash, now = clock.GetUtcNow(), Role.Admin });
        return await connection.QuerySingleOrDefaultAsync<Guid?>("SELECT id FROM identity.app_user WHERE id = @user", new { user });
    }

    private static Task<bool> ExistsAsync(NpgsqlConnection connection) => connection.QuerySingleAsync<bool>(
        """
        SELECT EXISTS (SELECT 1 FROM identity.app_user u JOIN identity.organization o ON o.id = u.organization_id
                        WHERE u.joined_at IS NOT NULL AND u.disabled_at IS NULL AND u.erased_at IS NULL AND o.disabled_at IS NULL AND u.roles && @platform)
        """,
        new { platform = Role.Holding(Permission.PlatformManage) });
}
