using Dapper;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Npgsql;
using Rialto.Platform.Audit;
using Rialto.Platform.Problems;

namespace Rialto.Platform.Identity.Administration;

/// <summary>Organizations: <c>/api/admin/organizations</c>. Who manages the platform sees all of them, everybody else his own.</summary>
internal static class OrganizationAdministration
{
    private const int NameLengthMax = 100;

    /// <param name="Number">What records carry as their tenant.</param>
    public sealed record View(Guid Id, uint Number, string Name, DateTimeOffset CreatedAt, int Users, int Applications, bool Disabled);

    public sealed record List(IReadOnlyList<View> Items);

    public sealed record Create(string? Name);

    /// <summary>What is null stays as it is.</summary>
    public sealed record Change(string? Name, bool? Disabled);

    public static void MapOrganizationAdministration(this IEndpointRouteBuilder routes)
    {
        var organizations = routes.MapGroup("/api/admin/organizations").WithTags("Administration");
        organizations.MapGet("/", ListAsync).RequirePermission(Permission.IdentityRead).WithSummary("All organizations for who manages the platform, else one's own.");
        organizations.MapPost("/", CreateAsync).RequirePermission(Permission.PlatformManage).WithSummary("Makes an organization; invite its first administrator next.");
        organizations.MapPatch("/{id:guid}", ChangeAsync).RequirePermission(Permission.IdentityManage)
            .WithSummary("Renames an organization, or disables it: nobody of it can sign in and none of its keys works, on all nodes within five seconds.");
    }

    private sealed class Row
    {
        public Guid Id { get; init; }
        public int Number { get; init; }
        public string Name { get; init; } = "";
        public DateTimeOffset CreatedAt { get; init; }
        public int Users { get; init; }
        public int Applications { get; init; }
        public bool Disabled { get; init; }

        public View Show() => new(Id, (uint)Number, Name, CreatedAt, Users, Applications, Disabled);
    }

    private const string Select =
        """
        SELECT o.id, o.number, o.name, o.created_at, o.disabled_at IS NOT NULL AS disabled,
               (SELECT count(*)::int FROM identity.app_user u WHERE u.organization_id = o.id AND u.erased_at IS NULL) AS users,
               (SELECT count(*)::int FROM identity.application a WHERE a.organization_id = o.id) AS applications
          FROM identity.organization o
         WHERE (@all OR o.number = @own)
        """;

    private static object Scope(Caller caller, Guid? id = null) => new { all = caller.May(Permission.PlatformManage), own = (int)caller.Organization, id };

    private static async Task<List> ListAsync(HttpContext context, NpgsqlDataSource postgres, CancellationToken stop)
    {
        await using var connection = await postgres.OpenConnectionAsync(stop);
        return new List([.. (await connection.QueryAsync<Row>(Select + " ORDER BY o.number", Scope(context.Caller()))).Select(row => row.Show())]);
    }

    private static async Task<Results<Created<View>, Problem>> CreateAsync(Create request, HttpContext context, NpgsqlDataSource postgres, AuditLog audit, TimeProvider clock, CancellationToken stop)
    {
        if (request.Name?.Trim() is not { Length: > 0 and <= NameLengthMax } name) return NameMissing;
        var id = Guid.CreateVersion7(clock.GetUtcNow());
        await using var connection = await postgres.OpenConnectionAsync(stop);
        await using var transaction = await connection.BeginTransactionAsync(stop);
        if (await connection.ExecuteAsync("INSERT INTO identity.organization (id, name) VALUES (@id, @name) ON CONFLICT (name) DO NOTHING", new { id, name }) == 0) return NameTaken;
        await audit.AppendAsync(connection, context, "identity.organization.create", "organization:" + id, after: new { name }, stop: stop);
        var row = await connection.QuerySingleAsync<Row>(Select + " AND o.id = @id", Scope(context.Caller(), id));
        await transaction.CommitAsync(stop);
        return TypedResults.Created($"/api/admin/organizations/{id}", row.Show());
    }

    private static async Task<Results<Ok<View>, Problem>> ChangeAsync(
        Guid id, Change change, HttpContext context, NpgsqlDataSource postgres, AuditLog audit, KnownCredentials known, TimeProvider clock, CancellationToken stop)
    {
        var caller = context.Caller();
        var name = change.Name?.Trim();
        if (name is { Length: 0 or > NameLengthMax }) return NameMissing;
        if (change.Disabled is not null && !caller.May(Permission.PlatformManage)) return Problem.Of(403, "permission-missing", "This needs the permission platform.manage.", "disabled", new { permission = Permission.PlatformManage });
        await using var connection = await postgres.OpenConnectionAsync(stop);
        await using var transaction = await connection.BeginTransactionAsync(stop);
        var administrators = await LastAdministrator.WatchAsync(connection, caller.Organization);
        if (await connection.QuerySingleOrDefaultAsync<Row>(Select + " AND o.id = @id FOR UPDATE OF o", Scope(caller, id)) is not { } before)
            return Problem.Of(404, "no-such-organization", "There is no such organization that you may see.");
        if (change.Disabled == true && before.Number == caller.Organization) return Problem.Of(409, "not-yourself", "You cannot disable your own organization.", "disabled");
        try
        {
            await connection.ExecuteAsync(
                """
                UPDATE identity.organization
                   SET name = coalesce(@name, name), disabled_at = CASE WHEN @Disabled IS NULL THEN disabled_at WHEN @Disabled THEN coalesce(disabled_at, @now) END
                 WHERE id = @id
                """,
                new { id, name, change.Disabled, now = clock.GetUtcNow() });
        }
        catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.UniqueViolation)
        {
            return NameTaken;
        }
        if (await administrators.IsGoneAsync()) return LastAdministrator.Refusal;
        var after = await connection.QuerySingleAsync<Row>(Select + " AND o.id = @id", Scope(caller, id));
        await audit.AppendAsync(connection, context, "identity.organization.change", "organization:" + id, new { before.Name, before.Disabled }, new { after.Name, after.Disabled }, stop);
        await transaction.CommitAsync(stop);
        known.Forget();
        return TypedResults.Ok(after.Show());
    }

    private static readonly Problem NameMissing = Problem.Of(400, "field-missing", $"Give the organization a name of 1 to {NameLengthMax} characters.", "name");
    private static readonly Problem NameTaken = Problem.Of(409, "name-taken", "There is an organization of this name already.", "name");
}
