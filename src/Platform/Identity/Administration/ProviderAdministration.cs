using System.Text;
using Dapper;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Npgsql;
using Rialto.Platform.Audit;
using Rialto.Platform.Identity.SingleSignOn;
using Rialto.Platform.Problems;
using Rialto.Platform.Secrets;

namespace Rialto.Platform.Identity.Administration;

/// <summary>Providers of single sign-on of the caller's organization: <c>/api/admin/providers</c>.</summary>
internal static class ProviderAdministration
{
    private const int TextLengthMax = 200;
    private const int EntriesMax = 200;

    /// <summary>Which claims hold what.</summary>
    public sealed record ClaimNames(string? Email, string? Name, string? Groups);

    public sealed record GroupRole(string? Group, string? Role);

    /// <param name="HasSecret">The secret itself never comes out.</param>
    /// <param name="CallbackPath">Register it at the provider, behind this installation's address.</param>
    public sealed record View(
        string Name, string Title, string Issuer, string ClientId, bool HasSecret, IReadOnlyList<string> Scopes, ClaimNames Claims, IReadOnlyList<GroupRole> GroupRoles,
        IReadOnlyList<string> DefaultRoles, IReadOnlyList<string> EmailDomains, bool Enabled, DateTimeOffset CreatedAt, string CallbackPath);

    public sealed record List(IReadOnlyList<View> Items);

    /// <summary>When changing, what is null stays as it is; the name cannot change, because it is in addresses.</summary>
    /// <param name="ClientSecret">Null when the provider knows us as a public client, or to keep the one there is; empty removes it.</param>
    /// <param name="EmailDomains">Whose addresses count; empty = all.</param>
    public sealed record Put(
        string? Name, string? Title, string? Issuer, string? ClientId, string? ClientSecret, IReadOnlyList<string>? Scopes, ClaimNames? Claims, IReadOnlyList<GroupRole>? GroupRoles,
        IReadOnlyList<string>? DefaultRoles, IReadOnlyList<string>? EmailDomains, bool? Enabled);

    public sealed record Step(string Name, bool Ok, string Detail);

    public sealed record Tested(bool Ok, IReadOnlyList<Step> Steps);

    public static void MapProviderAdministration(this IEndpointRouteBuilder routes)
    {
        var providers = routes.MapGroup("/api/admin/providers").WithTags("Administration");
        providers.MapGet("/", ListAsync).RequirePermission(Permission.IdentityRead).WithSummary("Providers of single sign-on; never their secrets.");
        providers.MapPost("/", CreateAsync).RequirePermission(Permission.IdentityManage).WithSummary("Connects a provider by OpenID Connect.");
        providers.MapPatch("/{name}", ChangeAsync).RequirePermission(Permission.IdentityManage).WithSummary("Changes a provider.");
        providers.MapDelete("/{name}", DeleteAsync).RequirePermission(Permission.IdentityManage).WithSummary("Disconnects a provider; accounts that came by it stay, without a way in until they get one.");
        providers.MapPost("/{name}/test", TestAsync).RequirePermission(Permission.IdentityManage).WithSummary("Tries everything that can be tried without a person: address, metadata, keys, our credentials.");
    }

    private static View Show(Provider provider) => new(
        provider.Name, provider.Title, provider.Issuer, provider.ClientId, provider.ClientSecret is not null, provider.Scopes,
        new ClaimNames(provider.ClaimEmail, provider.ClaimName, provider.ClaimGroups), [.. provider.GroupNames.Zip(provider.GroupRoles, (group, role) => new GroupRole(group, role))],
        provider.DefaultRoles, provider.EmailDomains, provider.Enabled, provider.CreatedAt, $"/api/identity/providers/{provider.Name}/callback");

    private static async Task<List> ListAsync(HttpContext context, NpgsqlDataSource postgres, CancellationToken stop)
    {
        await using var connection = await postgres.OpenConnectionAsync(stop);
        return new List([.. (await connection.QueryAsync<Provider>(Provider.Select + " WHERE o.number = @organization ORDER BY p.name", new { organization = (int)context.Caller().Organization })).Select(Show)]);
    }

    private static async Task<Results<Created<View>, Problem>> CreateAsync(Put request, HttpContext context, NpgsqlDataSource postgres, SecretStore secrets, AuditLog audit, TimeProvider clock, CancellationToken stop)
    {
        var caller = context.Caller();
        if (request.Name is not { Length: >= 2 and <= 40 } name || !name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-'))
            return Problem.Of(400, "provider-name-wrong", "The name of a provider is 2 to 40 lower-case letters, digits and dashes; it becomes part of its address.", "name");
        var provider = Merged(null, request, Guid.CreateVersion7(clock.GetUtcNow()), caller, secrets, clock);
        await using var connection = await postgres.OpenConnectionAsync(stop);
        await using var transaction = await connection.BeginTransactionAsync(stop);
        if (await RefusalAsync(connection, caller, provider, request) is { } refusal) return refusal;
        if (await connection.ExecuteAsync(
            """
            INSERT INTO identity.provider (id, organization_id, name, title, issuer, client_id, client_secret, scopes, claim_email, claim_name, claim_groups, group_names, group_roles, default_roles, email_domains, ceiling, enabled, created_at)
            SELECT @Id, o.id, @Name, @Title, @Issuer, @ClientId, @ClientSecret, @Scopes, @ClaimEmail, @ClaimName, @ClaimGroups, @GroupNames, @GroupRoles, @DefaultRoles, @EmailDomains, @Ceiling, @Enabled, @CreatedAt
              FROM identity.organization o WHERE o.number = @Organization
            ON CONFLICT (name) DO NOTHING
            """,
            provider) == 0) return Problem.Of(409, "name-taken", "There is a provider of this name already.", "name");
        await audit.AppendAsync(connection, context, "identity.provider.create", "provider:" + name, after: Show(provider), stop: stop);
        await transaction.CommitAsync(stop);
        return TypedResults.Created($"/api/admin/providers/{name}", Show(provider));
    }

    private static async Task<Results<Ok<View>, Problem>> ChangeAsync(
        string name, Put request, HttpContext context, NpgsqlDataSource postgres, SecretStore secrets, AuditLog audit, TimeProvider clock, CancellationToken stop)
    {
        var caller = context.Caller();
        await using var connection = await postgres.OpenConnectionAsync(stop);
        await using var transaction = await connection.BeginTransactionAsync(stop);
        if (await Provider.FindAsync(connection, name, caller.Organization) is not { } before) return NoSuchProvider;
        // Pointing it elsewhere would make the caller anybody whom the provider may vouch for.
        if (Grants.RefusalToTouch(caller, before.Ceiling.Where(Permission.All.Contains)) is { } above) return above;
        var after = Merged(before, request, before.Id, caller, secrets, clock);
        if (await RefusalAsync(connection, caller, after, request) is { } refusal) return refusal;
        await connection.ExecuteAsync(
            """
            UPDATE identity.provider
               SET title = @Title, issuer = @Issuer, client_id = @ClientId, client_secret = @ClientSecret, scopes = @Scopes, claim_email = @ClaimEmail, claim_name = @ClaimName,
                   claim_groups = @ClaimGroups, group_names = @GroupNames, group_roles = @GroupRoles, default_roles = @DefaultRoles, email_domains = @EmailDomains, ceiling = @Ceiling, enabled = @Enabled
             WHERE id = @Id
            """,
            after);
        // Subjects of another issuer are other people.
        if (before.Issuer != after.Issuer) await connection.ExecuteAsync("DELETE FROM identity.external_login WHERE provider_id = @Id", new { before.Id });
        await audit.AppendAsync(connection, context, "identity.provider.change", "provider:" + name, Show(before), Show(after), stop);
        await transaction.CommitAsync(stop);
        return TypedResults.Ok(Show(after));
    }

    private static async Task<Results<NoContent, Problem>> DeleteAsync(string name, HttpContext context, NpgsqlDataSource postgres, AuditLog audit, Sessions sessions, TimeProvider clock, CancellationToken stop)
    {
        await using var connection = await postgres.OpenConnectionAsync(stop);
        await using var transaction = await connection.BeginTransactionAsync(stop);
        if (await Provider.FindAsync(connection, name, context.Caller().Organization) is not { } provider) return NoSuchProvider;
        if (Grants.RefusalToTouch(context.Caller(), provider.Ceiling.Where(Permission.All.Contains)) is { } above) return above;
        await connection.ExecuteAsync(
            "UPDATE identity.session SET revoked_at = @now WHERE provider_id = @Id AND revoked_at IS NULL; DELETE FROM identity.provider WHERE id = @Id", new { provider.Id, now = clock.GetUtcNow() });
        await audit.AppendAsync(connection, context, "identity.provider.delete", "provider:" + name, Show(provider), stop: stop);
        await transaction.CommitAsync(stop);
        sessions.Forget();
        return TypedResults.NoContent();
    }

    private static async Task<Results<Ok<Tested>, Problem>> TestAsync(string name, HttpContext context, NpgsqlDataSource postgres, ProviderTest test, CancellationToken stop)
    {
        await using var connection = await postgres.OpenConnectionAsync(stop);
        return await Provider.FindAsync(connection, name, context.Caller().Organization) is { } provider ? TypedResults.Ok(await test.RunAsync(provider, stop)) : NoSuchProvider;
    }

    private static Provider Merged(Provider? before, Put request, Guid id, Caller caller, SecretStore secrets, TimeProvider clock) => new()
    {
        Id = id,
        OrganizationId = before?.OrganizationId ?? Guid.Empty,
        Organization = (int)caller.Organization,
        Name = before?.Name ?? request.Name!,
        Title = request.Title?.Trim() ?? before?.Title ?? "",
        Issuer = request.Issuer?.Trim() ?? before?.Issuer ?? "",
        ClientId = request.ClientId?.Trim() ?? before?.ClientId ?? "",
        ClientSecret = request.ClientSecret switch
        {
            null => before?.ClientSecret,
            "" => null,
            var secret => secrets.Seal(Encoding.UTF8.GetBytes(secret), Provider.Secret, id),
        },
        Scopes = [.. (request.Scopes ?? before?.Scopes ?? ["openid", "profile", "email"]).Distinct()],
        ClaimEmail = request.Claims?.Email ?? before?.ClaimEmail ?? "email",
        ClaimName = request.Claims?.Name ?? before?.ClaimName ?? "name",
        ClaimGroups = request.Claims?.Groups ?? before?.ClaimGroups ?? "groups",
        GroupNames = request.GroupRoles is { } pairs ? [.. pairs.Select(pair => pair.Group ?? "")] : before?.GroupNames ?? [],
        GroupRoles = request.GroupRoles is { } roles ? [.. roles.Select(pair => pair.Role ?? "")] : before?.GroupRoles ?? [],
        DefaultRoles = [.. request.DefaultRoles?.Distinct() ?? before?.DefaultRoles ?? []],
        EmailDomains = [.. request.EmailDomains?.Select(domain => domain.Trim().TrimStart('@').ToLowerInvariant()).Distinct() ?? before?.EmailDomains ?? []],
        Ceiling = [.. caller.Permissions],
        Enabled = request.Enabled ?? before?.Enabled ?? true,
        CreatedAt = before?.CreatedAt ?? clock.GetUtcNow(),
    };

    private static async Task<Problem?> RefusalAsync(NpgsqlConnection connection, Caller caller, Provider provider, Put request)
    {
        if (provider.Title is not { Length: > 0 and <= TextLengthMax }) return Problem.Of(400, "field-missing", "Give the provider a title, as it stands on its button.", "title");
        if (provider.Issuer.Length > 500 || !ProviderMetadata.IsSafe(provider.Issuer) || provider.Issuer.AsSpan().IndexOfAny('?', '#') >= 0)
            return Problem.Of(400, "issuer-wrong", "The issuer is an https address without ? and #, exactly as the provider writes it.", "issuer");
        if (provider.ClientId is not { Length: > 0 and <= TextLengthMax }) return Problem.Of(400, "field-missing", "Give the client id that the provider knows us by.", "clientId");
        if (request.ClientSecret is { Length: > 1000 }) return Problem.Of(400, "field-wrong", "The secret is too long.", "clientSecret");
        if (!provider.Scopes.Contains("openid") || provider.Scopes.Any(scope => scope.Length is 0 or > 100 || scope.Any(c => c <= ' ' || c > '~')))
            return Problem.Of(400, "scopes-wrong", "The scopes are words and contain openid.", "scopes");
        if (provider.GroupNames.Length > EntriesMax || provider.EmailDomains.Length > EntriesMax) return Problem.Of(400, "field-wrong", $"At most {EntriesMax} groups and domains.", "groupRoles");
        if (provider.GroupNames.Any(group => group.Length is 0 or > TextLengthMax)) return Problem.Of(400, "field-missing", "Give each group a name.", "groupRoles");
        if (provider.EmailDomains.Any(domain => Uri.CheckHostName(domain) != UriHostNameType.Dns)) return Problem.Of(400, "field-wrong", "A domain looks like shop.example.", "emailDomains");
        return await Grants.RefusalOfRolesAsync(connection, caller, caller.Organization, [.. provider.GroupRoles.Concat(provider.DefaultRoles).Distinct()]);
    }

    private static readonly Problem NoSuchProvider = Problem.Of(404, "no-such-provider", "There is no such provider in your organization.");
}
