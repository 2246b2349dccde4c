using Dapper;
using Microsoft.AspNetCore.Http;
using Npgsql;

namespace Rialto.Platform.Identity;

/// <param name="User">Who is signed in.</param>
/// <param name="Organization">Whose data he sees.</param>
/// <param name="Permissions">What he may do.</param>
/// <param name="Modules">What this installation runs.</param>
internal sealed record SignedIn(SignedInUser User, SignedInOrganization Organization, IReadOnlyList<string> Permissions, IReadOnlyList<string> Modules);

internal sealed record SignedInUser(Guid Id, string Name, string Email);

internal sealed record SignedInOrganization(Guid Id, uint Number, string Name);

/// <summary>An account that may sign in.</summary>
internal sealed class Account
{
    public required Guid Id { get; init; }
    public required string Name { get; init; }
    public required string Email { get; init; }
    public required string? PasswordHash { get; init; }
    public required string[] Roles { get; init; }
    public required string[] OwnPermissions { get; init; }
    public required Guid OrganizationId { get; init; }
    public required int OrganizationNumber { get; init; }
    public required string OrganizationName { get; init; }
    public required bool TwoFactor { get; init; }
}

/// <summary>The session at a provider that vouched for the person.</summary>
/// <param name="Token">Its id token: it asks the provider to end that session too.</param>
internal sealed record ProviderSession(Guid Provider, byte[] Token);

/// <summary>The one way in: whoever has proved who he is gets a session here, whatever the proof was.</summary>
internal sealed class Entrance(NpgsqlDataSource postgres, Sessions sessions, IReadOnlyList<Module> modules)
{
    private const string Select =
        """
        SELECT u.id, u.name, u.email, u.password_hash, u.roles, identity.own_permissions(o.id, u.roles) AS own_permissions,
               o.id AS organization_id, o.number AS organization_number, o.name AS organization_name,
               EXISTS (SELECT 1 FROM identity.totp t WHERE t.user_id = u.id AND t.confirmed_at IS NOT NULL) AS two_factor
          FROM identity.app_user u JOIN identity.organization o ON o.id = u.organization_id
         WHERE u.disabled_at IS NULL AND u.erased_at IS NULL AND u.joined_at IS NOT NULL AND o.disabled_at IS NULL
        """;

    public async Task<Account?> FindAsync(string email, CancellationToken stop)
    {
        await using var connection = await postgres.OpenConnectionAsync(stop);
        return await connection.QuerySingleOrDefaultAsync<Account>(Select + " AND lower(u.email) = lower(@email)", new { email = email.Trim() });
    }

    public async Task<Account?> FindAsync(Guid user, CancellationToken stop)
    {
        await using var connection = await postgres.OpenConnectionAsync(stop);
        return await connection.QuerySingleOrDefaultAsync<Account>(Select + " AND u.id = @user", new { user });
    }

    /// <summary>Begins a session and sets its cookie.</summary>
    public async Task<SignedIn> OpenAsync(HttpContext context, Account account, CancellationToken stop, ProviderSession? provider = null)
    {
        await sessions.BeginAsync(context, account.Id, stop, provider);
        return Answer(
            new SignedInUser(account.Id, account.Name, account.Email), new SignedInOrganization(account.OrganizationId, (uint)account.OrganizationNumber, account.OrganizationName),
            Role.PermissionsOf(account.Roles, account.OwnPermissions));
    }

    public SignedIn Describe(Session session) => Answer(
        new SignedInUser(session.Caller.Id, session.Caller.Name, session.Email), new SignedInOrganization(session.OrganizationId, session.Caller.Organization, session.OrganizationName),
        session.Caller.Permissions);

    private SignedIn Answer(SignedInUser user, SignedInOrganization organization, IEnumerable<string> permissions) =>
        new(user, organization, [.. permissions.Order(StringComparer.Ordinal)], [.. modules.Select(module => module.Name)]);
}
