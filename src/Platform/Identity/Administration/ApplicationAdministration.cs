using Dapper;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Npgsql;
using Rialto.Platform.Audit;
using Rialto.Platform.Problems;

namespace Rialto.Platform.Identity.Administration;

/// <summary>Says whether a module still has data of an application, so that it is not removed from under it. Modules register theirs.</summary>
public interface IUseApplications
{
    /// <summary>What is there, for a person to read, for example "records"; null when there is nothing.</summary>
    Task<string?> UseOfAsync(uint organization, uint application, CancellationToken stop);
}

/// <summary>Applications: <c>/api/admin/applications</c>. Who manages the platform sees those of all organizations, everybody else those of his own.</summary>
internal static class ApplicationAdministration
{
    private const int NameLengthMax = 100;
    
    // The longest class in which the log system keeps records.
    private const int RetentionDaysMax = 180;

    /// <param name="Number">What records carry.</param>
    /// <param name="RetentionDays">How long its records are kept; null is what the installation keeps.</param>
    /// <param name="Keys">Keys in force.</param>
    public sealed record View(Guid Id, uint Number, string Name, Guid OrganizationId, int? RetentionDays, DateTimeOffset CreatedAt, int Keys);

    public sealed record List(IReadOnlyList<View> Items);

    /// <param name="OrganizationId">Null is the caller's own.</param>
    public sealed record Create(string? Name, Guid? OrganizationId);

    /// <summary>What is null stays as it is; retention 0 means what the installation keeps.</summary>
    public sealed record Change(string? Name, int? RetentionDays);

    public static void MapApplicationAdministration(this IEndpointRouteBuilder routes)
    {
        var applications = routes.MapGroup("/api/admin/applications").WithTags("Administration");
        applications.MapGet("/", ListAsync).RequirePermission(Permission.IdentityRead).WithSummary("Applications that send or read data, in order of name.");
        applications.MapPost("/", CreateAsync).RequirePermission(Permission.IdentityManage).WithSummary("Makes an application; give it a key next.");
        applications.MapPatch("/{id:guid}", ChangeAsync).RequirePermission(Permission.IdentityManage).WithSummary("Renames an application, or changes how long its records are kept.");
        applications.MapDelete("/{id:guid}", DeleteAsync).RequirePermission(Permission.IdentityManage).WithSummary("Removes an application that has no key in force and no data.");
    }

    private sealed class Row
    {
        public Guid Id { get; init; }
        public int Number { get; init; }
        public string Name { get; init; } = "";
        public Guid OrganizationId { get; init; }
        public int Organization { get; init; }
        public int? RetentionDays { get; init; }
        public DateTimeOffset CreatedAt { get; init; }
        public int Keys { get; init; }

        public View Show() => new(Id, (uint)Number, Name, OrganizationId, RetentionDays, CreatedAt, Keys);
    }

    private const string Select =
        """
        SELECT a.id, a.number, a.name, a.organization_id, o.number AS organization, a.retention_days, a.created_at,
               (SELECT count(*)::int FROM identity.api_key k WHERE k.application_id = a.id AND k.revoked_at IS NULL AND (k.expires_at IS NULL OR k.expires_at > @now)) AS keys
          FROM identity.application a JOIN identity.organization o ON o.id = a.organization_id
         WHERE (@all OR o.number = @own)
        """;

    private static object Scope(Caller caller, TimeProvider clock, Guid? id = null) =>
        new { all = caller.May(Permission.PlatformManage), own = (int)caller.Organization, now = clock.GetUtcNow(), id };

    private static async Task<List> ListAsync(Guid? organization, HttpContext context, NpgsqlDataSource postgres, TimeProvider clock, CancellationToken stop)
    {
        await using var connection = await postgres.OpenConnectionAsync(stop);
        return new List([.. (await connection.QueryAsync<Row>(Select + " AND (@id::uuid IS NULL OR o.id = @id) ORDER BY a.name, a.number", Scope(context.Caller(), clock, organization))).Select(row => row.Show())]);
    }

    private static async Task<Results<Created<View>, Problem>> CreateAsync(Create request, HttpContext context, NpgsqlDataSource postgres, AuditLog audit, TimeProvider clock, CancellationToken stop)
    {
        var caller = context.Caller();
        if (request.Name?.Trim() is not { Length: > 0 and <= NameLengthMax } name) return NameMissing;
        var id = Guid.CreateVersion7(clock.GetUtcNow());
        await using var connection = await postgres.OpenConnectionAsync(stop);
        await using var transaction = await connection.BeginTransactionAsync(stop);
        var organization = await connection.QuerySingleOrDefaultAsync<Guid?>(
            "SELECT id FROM identity.organization WHERE CASE WHEN @asked::uuid IS NULL THEN number = @own ELSE id = @asked AND (@all OR number = @own) END",
            new { asked = request.OrganizationId, own = (int)caller.Organization, all = caller.May(Permission.PlatformManage) });
        if (organization is null) return Problem.Of(404, "no-such-organization", "There is no such organization that you may see.", "organizationId");
        if (await connection.ExecuteAsync(
            "INSERT INTO identity.application (id, organization_id, name) VALUES (@id, @organization, @name) ON CONFLICT (organization_id, name) DO NOTHING", new { id, organization, name }) == 0) return NameTaken;
        await audit.AppendAsync(connection, context, "identity.application.create", "application:" + id, after: new { name, organization }, stop: stop);
        var row = await connection.QuerySingleAsync<Row>(Select + " AND a.id = @id", Scope(caller, clock, id));
        await transaction.CommitAsync(stop);
        return TypedResults.Created($"/api/admin/applications/{id}", row.Show());
    }

    private static async Task<Results<Ok<View>, Problem>> ChangeAsync(
        Guid id, Change change, HttpContext context, NpgsqlDataSource postgres, AuditLog audit, ApiKeys keys, TimeProvider clock, CancellationToken stop)
    {
        var name = change.Name?.Trim();
        if (name is { Length: 0 or > NameLengthMax }) return NameMissing;
        if (change.RetentionDays is < 0 or > RetentionDaysMax) return Problem.Of(400, "retention-out-of-range", $"Records are kept 1 to {RetentionDaysMax} days; 0 means as long as the installation keeps them.", "retentionDays");
        await using var connection = await postgres.OpenConnectionAsync(stop);
        await using var transaction = await connection.BeginTransactionAsync(stop);
        if (await FindAsync(connection, id, context, clock) is not { } before) return NoSuchApplication;
        try
        {
            await connection.ExecuteAsync(
                """
                UPDATE identity.application
                   SET name = coalesce(@name, name), retention_days = CASE WHEN @RetentionDays IS NULL THEN retention_days WHEN @RetentionDays > 0 THEN @RetentionDays END
                 WHERE id = @id
                """,
                new { id, name, change.RetentionDays });
        }
        catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.UniqueViolation)
        {
            return NameTaken;
        }
        var after = (await FindAsync(connection, id, context, clock))!;
        await audit.AppendAsync(connection, context, "identity.application.change", "application:" + id, new { before.Name, before.RetentionDays }, new { after.Name, after.RetentionDays }, stop);
        await transaction.CommitAsync(stop);
        keys.Forget();
        return TypedResults.Ok(after.Show());
    }

    private static async Task<Results<NoContent, Problem>> DeleteAsync(
        Guid id, HttpContext context, NpgsqlDataSource postgres, IEnumerable<IUseApplications> modules, AuditLog audit, ApiKeys keys, TimeProvider clock, CancellationToken stop)
    {
        await using var connection = await postgres.OpenConnectionAsync(stop);
        await using var transaction = await connection.BeginTransactionAsync(stop);
        if (await FindAsync(connection, id, context, clock) is not { } application) return NoSuchApplication;
        if (application.Keys > 0) return Problem.Of(409, "application-in-use", "Keys of this application are in force; revoke them first.", extra: new { use = "keys" });
        foreach (var module in modules)
        {
            if (await module.UseOfAsync((uint)application.Organization, (uint)application.Number, stop) is { } use)
                return Problem.Of(409, "application-in-use", $"This application still has {use}.", extra: new { use });
        }
        await connection.ExecuteAsync("DELETE FROM identity.application WHERE id = @id", new { id });
        await audit.AppendAsync(connection, context, "identity.application.delete", "application:" + id, new { application.Name, application.RetentionDays }, stop: stop);
        await transaction.CommitAsync(stop);
        keys.Forget();
        return TypedResults.NoContent();
    }

    private static Task<Row?> FindAsync(NpgsqlConnection connection, Guid id, HttpContext context, TimeProvider clock) =>
        connection.QuerySingleOrDefaultAsync<Row>(Select + " AND a.id = @id FOR UPDATE OF a", Scope(context.Caller(), clock, id));

    private static readonly Problem NoSuchApplication = Problem.Of(404, "no-such-application", "There is no such application that you may see.");
    private static readonly Problem NameMissing = Problem.Of(400, "field-missing", $"Give the application a name of 1 to {NameLengthMax} characters.", "name");
    private static readonly Problem NameTaken = Problem.Of(409, "name-taken", "The organization has an application of this name already.", "name");
}
