using Dapper;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Npgsql;
using Rialto.Platform.Audit;
using Rialto.Platform.Problems;

namespace Rialto.Platform.Identity.Administration;

/// <summary>Roles and permissions: <c>/api/admin/roles</c>, <c>/api/admin/permissions</c>.</summary>
internal static class RoleAdministration
{
    private const int TitleLengthMax = 100;
    private const int NameLengthMax = 40;

    /// <param name="Name">Stable word, as users have it.</param>
    /// <param name="Title">For people.</param>
    /// <param name="Permissions">What it grants, in order of name.</param>
    /// <param name="BuiltIn">Comes with the product and cannot be changed.</param>
    /// <param name="Users">How many people of the organization have it.</param>
    public sealed record View(string Name, string Title, IReadOnlyList<string> Permissions, bool BuiltIn, int Users);

    public sealed record List(IReadOnlyList<View> Items);

    /// <param name="Title">For people.</param>
    /// <param name="Permissions">At most what the caller has himself.</param>
    public sealed record Put(string? Title, IReadOnlyList<string>? Permissions);

    /// <param name="Name">As roles and keys have it.</param>
    /// <param name="Description">What it allows.</param>
    public sealed record PermissionView(string Name, string Description);

    public static void MapRoleAdministration(this IEndpointRouteBuilder routes)
    {
        var roles = routes.MapGroup("/api/admin/roles").WithTags("Administration");
        roles.MapGet("/", ListAsync).RequirePermission(Permission.IdentityRead).WithSummary("Roles that come with the product, and the organization's own.");
        roles.MapPut("/{name}", PutAsync).RequirePermission(Permission.IdentityManage).WithSummary("Makes or changes a role of the organization.");
        roles.MapDelete("/{name}", DeleteAsync).RequirePermission(Permission.IdentityManage).WithSummary("Removes a role of the organization that nobody has.");
        routes.MapGet("/api/admin/permissions", () => Permission.Descriptions.Select(pair => new PermissionView(pair.Key, pair.Value)).OrderBy(view => view.Name, StringComparer.Ordinal))
            .RequirePermission(Permission.IdentityRead).WithTags("Administration").WithSummary("Everything that can be allowed.");
    }

    private sealed class Row
    {
        public string Name { get; init; } = "";
        public string Title { get; init; } = "";
        public string[] Permissions { get; init; } = [];
    }

    private static async Task<List> ListAsync(HttpContext context, NpgsqlDataSource postgres, CancellationToken stop)
    {
        var organization = (int)context.Caller().Organization;
        await using var connection = await postgres.OpenConnectionAsync(stop);
        var own = await connection.QueryAsync<Row>(
            "SELECT r.name, r.title, r.permissions FROM identity.role r JOIN identity.organization o ON o.id = r.organization_id WHERE o.number = @organization ORDER BY r.name", new { organization });
        var users = (await connection.QueryAsync<(string Role, int Count)>(
            """
            SELECT role, count(*)::int FROM identity.app_user u JOIN identity.organization o ON o.id = u.organization_id, unnest(u.roles) AS role
             WHERE o.number = @organization AND u.erased_at IS NULL GROUP BY role
            """,
            new { organization })).ToDictionary(row => row.Role, row => row.Count, StringComparer.Ordinal);
        var builtIn = Role.BuiltIn.OrderByDescending(role => role.Value.Count).ThenBy(role => role.Key, StringComparer.Ordinal)
            .Select(role => new View(role.Key, TitleOf(role.Key), [.. role.Value.Order(StringComparer.Ordinal)], true, users.GetValueOrDefault(role.Key)));
        return new List([.. builtIn, .. own.Select(row => new View(row.Name, row.Title, [.. row.Permissions.Order(StringComparer.Ordinal)], false, users.GetValueOrDefault(row.Name)))]);
    }

    private static async Task<Results<NoContent, Problem>> PutAsync(string name, Put request, HttpContext context, NpgsqlDataSource postgres, AuditLog audit, KnownCredentials known, CancellationToken stop)
    {
        var caller = context.Caller();
        if (Role.BuiltIn.ContainsKey(name)) return Problem.Of(409, "role-built-in", "This role comes with the product; make one of your own beside it.", "name");
        if (!IsName(name)) return Problem.Of(400, "role-name-wrong", $"The name of a role is 2 to {NameLengthMax} lower-case letters, digits and dashes, and begins with a letter.", "name");
        if (request.Title is not { Length: > 0 and <= TitleLengthMax } title) return Problem.Of(400, "field-missing", "Give the role a title.", "title");
        if (request.Permissions is not { Count: > 0 } asked) return Problem.Of(400, "field-missing", "Say what the role may do.", "permissions");
        var permissions = asked.Distinct().Order(StringComparer.Ordinal).ToArray();
        if (Grants.Refusal(caller, permissions, "permissions") is { } refusal) return refusal;
        await using var connection = await postgres.OpenConnectionAsync(stop);
        await using var transaction = await connection.BeginTransactionAsync(stop);
        var administrators = await LastAdministrator.WatchAsync(connection, caller.Organization);
        var before = await FindAsync(connection, name, caller);
        // Taking away from a role that holds more than the caller would change people who may more than he.
        if (before is not null && Grants.RefusalToTouch(caller, before.Permissions.Where(Permission.All.Contains)) is { } above) return above;
        await connection.ExecuteAsync(
            """
            INSERT INTO identity.role (organization_id, name, title, permissions)
            SELECT id, @name, @title, @permissions FROM identity.organization WHERE number = @organization
            ON CONFLICT (organization_id, name) DO UPDATE SET title = @title, permissions = @permissions
            """,
            new { name, title, permissions, organization = (int)caller.Organization });
        if (await administrators.IsGoneAsync()) return LastAdministrator.Refusal;
        await audit.AppendAsync(connection, context, "identity.role.put", "role:" + name, before is null ? null : new { before.Title, before.Permissions }, new { title, permissions }, stop);
        await transaction.CommitAsync(stop);
        known.Forget();
        return TypedResults.NoContent();
    }

    private static async Task<Results<NoContent, Problem>> DeleteAsync(string name, HttpContext context, NpgsqlDataSource postgres, AuditLog audit, CancellationToken stop)
    {
        var caller = context.Caller();
        if (Role.BuiltIn.ContainsKey(name)) return Problem.Of(409, "role-built-in", "This role comes with the product and stays.", "name");
        await using var connection = await postgres.OpenConnectionAsync(stop);
        await using var transaction = await connection.BeginTransactionAsync(stop);
        // Nobody is given the role between the look and the removal.
        await LastAdministrator.WatchAsync(connection, caller.Organization);
        if (await FindAsync(connection, name, caller) is not { } role) return Problem.Of(404, "no-such-role", "There is no such role.");
        var parameters = new { name, organization = (int)caller.Organization };
        var users = await connection.QuerySingleAsync<int>(
            "SELECT count(*)::int FROM identity.app_user u JOIN identity.organization o ON o.id = u.organization_id WHERE o.number = @organization AND @name = ANY(u.roles) AND u.erased_at IS NULL", parameters);
        if (users > 0) return Problem.Of(409, "role-in-use", $"{users} people have this role; take it from them first.", extra: new { users });
        await connection.ExecuteAsync("DELETE FROM identity.role r USING identity.organization o WHERE o.id = r.organization_id AND o.number = @organization AND r.name = @name", parameters);
        await audit.AppendAsync(connection, context, "identity.role.delete", "role:" + name, new { role.Title, role.Permissions }, stop: stop);
        await transaction.CommitAsync(stop);
        return TypedResults.NoContent();
    }

    private static Task<Row?> FindAsync(NpgsqlConnection connection, string name, Caller caller) => connection.QuerySingleOrDefaultAsync<Row>(
        "SELECT r.name, r.title, r.permissions FROM identity.role r JOIN identity.organization o ON o.id = r.organization_id WHERE o.number = @organization AND r.name = @name FOR UPDATE OF r",
        new { name, organization = (int)caller.Organization });

    private static bool IsName(string name) =>
        name.Length is >= 2 and <= NameLengthMax && char.IsAsciiLetterLower(name[0]) && name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-');

    /// <summary>English; the web application has its own words for them.</summary>
    private static string TitleOf(string name) => name switch
    {
        Role.Admin => "Administrator",
        Role.OrganizationAdmin => "Administrator of the organization",
        "club-ops" => "Club operations",
        _ => char.ToUpperInvariant(name[0]) + name[1..],
    };
}
