using System.Text.Json;
using Dapper;
using Npgsql;
using Rialto.Platform.Audit;
using Rialto.Platform.Identity.Administration;

namespace Rialto.Platform.Identity.SingleSignOn;

/// <summary>What a provider says of somebody.</summary>
internal sealed record Claims(string Subject, string? Email, bool EmailIsVerified, string? Name, IReadOnlyList<string> Groups)
{
    public static Claims Of(Provider provider, JsonElement claims)
    {
        var groups = claims.TryGetProperty(provider.ClaimGroups, out var value) ? value.ValueKind switch
        {
            JsonValueKind.Array => value.EnumerateArray().Where(one => one.ValueKind == JsonValueKind.String).Select(one => one.GetString()!).ToArray(),
            JsonValueKind.String => [value.GetString()!],
            _ => [],
        } : [];
        // Some providers write the flag as text; anything but true is no.
        var verified = claims.TryGetProperty("email_verified", out var flag) && (flag.ValueKind == JsonValueKind.True || (flag.ValueKind == JsonValueKind.String && flag.GetString() == "true"));
        return new Claims(IdToken.TextOf(claims, "sub")!, IdToken.TextOf(claims, provider.ClaimEmail)?.Trim(), verified, IdToken.TextOf(claims, provider.ClaimName)?.Trim(), groups);
    }
}

/// <summary>
/// Finds or makes the account behind a sign-on. The provider's subject names the person for ever; the first time, a verified mail address may lead to an
/// account that is there already. An address that nobody has verified leads nowhere: anybody could have typed it at the provider.
/// </summary>
internal sealed class SignOnAccounts(NpgsqlDataSource postgres, AuditLog audit, Sessions sessions, TimeProvider clock)
{
    private sealed class Existing
    {
        public required Guid Id { get; init; }
        public required Guid OrganizationId { get; init; }
        public required string[] Roles { get; init; }
        public required string[] OwnPermissions { get; init; }
        public required bool MadeHere { get; init; }
        public required bool Joined { get; init; }
        public required bool Open { get; init; }
    }

    private const string Select =
        """
        SELECT u.id, u.organization_id, u.roles, identity.own_permissions(u.organization_id, u.roles) AS own_permissions, coalesce(e.made_here, false) AS made_here,
               u.joined_at IS NOT NULL AS joined, u.disabled_at IS NULL AND u.erased_at IS NULL AS open
          FROM identity.app_user u LEFT JOIN identity.external_login e ON e.user_id = u.id AND e.provider_id = @Id
        """;

    /// <returns>The account, or the code of why not.</returns>
    public async Task<(Guid? User, string? Refusal)> FindAsync(Provider provider, Claims claims, string? address, CancellationToken stop)
    {
        await using var connection = await postgres.OpenConnectionAsync(stop);
        await using var transaction = await connection.BeginTransactionAsync(stop);
        // One person signing on twice at once makes one account.
        await connection.ExecuteAsync("SELECT pg_advisory_xact_lock(hashtextextended(@key, 11))", new { key = $"{provider.Id}:{claims.Subject}" });
        var administrators = await LastAdministrator.WatchAsync(connection, (uint)provider.Organization);
        var known = await connection.QuerySingleOrDefaultAsync<Existing>(Select + " WHERE e.subject = @Subject", new { provider.Id, claims.Subject });
        var (user, refusal) = known is not null ? await AgainAsync(connection, provider, claims, known, administrators) : await FirstTimeAsync(connection, provider, claims, address, stop);
        if (refusal is not null) return (null, refusal);
        await transaction.CommitAsync(stop);
        sessions.Forget();
        return (user, null);
    }

    /// <summary>The roles of an account that was made here follow the groups of the person at every sign-on.</summary>
    private static async Task<(Guid? User, string? Refusal)> AgainAsync(NpgsqlConnection connection, Provider provider, Claims claims, Existing known, LastAdministrator administrators)
    {
        if (!known.Open) return (null, "account-disabled");
        var roles = provider.RolesOf(claims.Groups);
        if (!known.MadeHere || roles.ToHashSet().SetEquals(known.Roles)) return (known.Id, null);
        if (await GrantsMoreAsync(connection, provider, roles)) return (null, "provider-overreaches");
        await connection.ExecuteAsync("UPDATE identity.app_user SET roles = @roles WHERE id = @Id", new { roles, known.Id });
        // A group that was lost must not lock everybody out: the last administrator keeps what he has until somebody else has it.
        if (await administrators.IsGoneAsync()) await connection.ExecuteAsync("UPDATE identity.app_user SET roles = @Roles WHERE id = @Id", new { known.Roles, known.Id });
        return (known.Id, null);
    }

    private async Task<(Guid? User, string? Refusal)> FirstTimeAsync(NpgsqlConnection connection, Provider provider, Claims claims, string? address, CancellationToken stop)
    {
        if (claims.Email is not { } email || !Accounts.Welcome.IsAddress(email)) return (null, "mail-missing");
        if (!claims.EmailIsVerified) return (null, "mail-not-verified");
        var domain = email[(email.LastIndexOf('@') + 1)..];
        if (provider.EmailDomains.Length > 0 && !provider.EmailDomains.Contains(domain, StringComparer.OrdinalIgnoreCase)) return (null, "mail-domain");
        var roles = provider.RolesOf(claims.Groups);
        var existing = await connection.QuerySingleOrDefaultAsync<Existing>(Select + " WHERE lower(u.email) = lower(@email)", new { provider.Id, email });
        if (existing is not null)
        {
            if (!existing.Open) return (null, "account-disabled");
            if (existing.OrganizationId != provider.OrganizationId) return (null, "account-elsewhere");
            // Whoever runs the provider could say he is anybody: it must not open accounts above those who connected it.
            if (Role.PermissionsOf(existing.Roles, existing.OwnPermissions).Any(permission => !provider.Ceiling.Contains(permission))) return (null, "provider-overreaches");
            await connection.ExecuteAsync("UPDATE identity.app_user SET joined_at = coalesce(joined_at, @now) WHERE id = @Id", new { existing.Id, now = clock.GetUtcNow() });
            await LinkAsync(connection, provider, claims, existing.Id, madeHere: false, address, stop);
            return (existing.Id, null);
        }
        if (roles.Length == 0) return (null, "no-role");
        if (await GrantsMoreAsync(connection, provider, roles)) return (null, "provider-overreaches");
        var user = Guid.CreateVersion7(clock.GetUtcNow());
        var name = claims.Name is { Length: > 0 and <= UserAdministration.NameLengthMax } given ? given : email[..email.LastIndexOf('@')];
        if (await connection.ExecuteAsync(
            "INSERT INTO identity.app_user (id, organization_id, email, name, roles) VALUES (@user, @OrganizationId, @email, @name, @roles) ON CONFLICT (lower(email)) DO NOTHING",
            new { user, provider.OrganizationId, email, name, roles }) == 0) return (null, "account-elsewhere");
        await LinkAsync(connection, provider, claims, user, madeHere: true, address, stop);
        return (user, null);
    }

    private async Task LinkAsync(NpgsqlConnection connection, Provider provider, Claims claims, Guid user, bool madeHere, string? address, CancellationToken stop)
    {
        await connection.ExecuteAsync(
            "INSERT INTO identity.external_login (provider_id, subject, user_id, made_here, created_at) VALUES (@Id, @Subject, @user, @madeHere, @now)",
            new { provider.Id, claims.Subject, user, madeHere, now = clock.GetUtcNow() });
        await audit.AppendAsync(connection, new AuditEntry
        {
            Action = madeHere ? "identity.sign-on.create" : "identity.sign-on.link", Target = "user:" + user, ActorId = user.ToString(), ActorName = "provider " + provider.Name,
            Organization = (uint)provider.Organization, After = JsonSerializer.Serialize(new { provider = provider.Name }), Address = address,
        }, stop);
    }

    /// <summary>A role may have been widened after the provider was connected.</summary>
    private static async Task<bool> GrantsMoreAsync(NpgsqlConnection connection, Provider provider, string[] roles) =>
        (await Grants.PermissionsAsync(connection, (uint)provider.Organization, roles)).Any(permission => !provider.Ceiling.Contains(permission));
}
