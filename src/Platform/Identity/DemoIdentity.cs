using System.Security.Cryptography;
using Dapper;
using Npgsql;

namespace Rialto.Platform.Identity;

/// <summary>What the start prints in demo mode.</summary>
public sealed record DemoCredentials(IReadOnlyList<string> Accounts, string Password, string Key);

/// <summary>
/// The demo organization with its people, applications and key. Everything carries <c>demo = true</c>, and a start outside demo mode
/// closes it again: a data directory that was used for a demo must not keep a door with a known password.
/// </summary>
internal sealed class DemoIdentity(Settings settings, NpgsqlDataSource postgres, PasswordHashes passwords, ApiKeys keys)
{
    public const string Organization = "Rialto Demo";
    public const string Administrator = "admin@rialto.example";
    public const string Viewer = "viewer@rialto.example";
    public const string Application = "shop";

    /// <summary>Rialto's own records.</summary>
    public const string OwnApplication = "rialto";

    private static readonly string[] Applications = [Application, OwnApplication];

    public async Task<DemoCredentials> OpenAsync(CancellationToken stop)
    {
        var password = settings.DemoPassword ?? RandomNumberGenerator.GetString("abcdefghjkmnpqrstuvwxyz23456789", 12);
        var key = settings.DemoKey ?? ApiKeys.NewText();
        await using (var connection = await postgres.OpenConnectionAsync(stop))
        await using (var transaction = await connection.BeginTransactionAsync(stop))
        {
            var organization = await OrganizationAsync(connection, transaction);
            foreach (var name in Applications)
            {
                await connection.ExecuteAsync(
                    "INSERT INTO identity.application (id, organization_id, name) VALUES (@id, @organization, @name) ON CONFLICT (organization_id, name) DO NOTHING",
                    new { id = Guid.CreateVersion7(), organization, name }, transaction);
            }
            await PersonAsync(connection, transaction, organization, Administrator, "Ada Admin", Role.Admin, password);
            await PersonAsync(connection, transaction, organization, Viewer, "Vic Viewer", Role.Viewer, password);
            await connection.ExecuteAsync("DELETE FROM identity.api_key WHERE demo", transaction: transaction);
            await transaction.CommitAsync(stop);
        }
        await keys.StoreAsync(key, await ApplicationIdAsync(stop), "Demo key", [Permission.LogsRead, Permission.LogsWrite], null, demo: true, stop);
        return new DemoCredentials([Administrator, Viewer], password, key);
    }

    public async Task CloseAsync(CancellationToken stop)
    {
        await using var connection = await postgres.OpenConnectionAsync(stop);
        await connection.ExecuteAsync(
            """
            DELETE FROM identity.api_key WHERE demo;
            DELETE FROM identity.session WHERE user_id IN (SELECT id FROM identity.app_user WHERE demo);
            UPDATE identity.app_user SET disabled_at = now(), password_hash = NULL WHERE demo AND disabled_at IS NULL;
            """);
    }

    private async Task<Guid> ApplicationIdAsync(CancellationToken stop)
    {
        await using var connection = await postgres.OpenConnectionAsync(stop);
        return await connection.QuerySingleAsync<Guid>(
            "SELECT a.id FROM identity.application a JOIN identity.organization o ON o.id = a.organization_id WHERE o.name = @Organization AND a.name = @Application",
            new { Organization, Application });
    }

    private static async Task<Guid> OrganizationAsync(NpgsqlConnection connection, NpgsqlTransaction transaction)
    {
        await connection.ExecuteAsync(
            "INSERT INTO identity.organization (id, name) VALUES (@id, @Organization) ON CONFLICT (name) DO NOTHING",
            new { id = Guid.CreateVersion7(), Organization }, transaction);
        return await connection.QuerySingleAsync<Guid>("SELECT id FROM identity.organization WHERE name = @Organization", new { Organization }, transaction);
    }

    private async Task PersonAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, Guid organization, string email, string name, string role, string password) =>
        await connection.ExecuteAsync(
            """
            INSERT INTO identity.app_user (id, organization_id, email, name, password_hash, roles, demo)
            VALUES (@id, @organization, @email, @name, @hash, ARRAY[@role], true)
            ON CONFLICT (lower(email)) DO UPDATE SET password_hash = @hash, roles = ARRAY[@role], disabled_at = NULL
             WHERE identity.app_user.demo
            """,
            new { id = Guid.CreateVersion7(), organization, email, name, hash = passwords.Hash(password), role }, transaction);
}
