using Dapper;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Npgsql;
using Rialto.Platform.Audit;
using Rialto.Platform.Identity.Programs;
using Rialto.Platform.Problems;

namespace Rialto.Platform.Identity.Administration;

/// <summary>OAuth clients of the caller's organization: <c>/api/admin/clients</c>.</summary>
internal static class ClientAdministration
{
    private const int NameLengthMax = 100;

    /// <param name="Id">The client_id.</param>
    public sealed record View(
        string Id, string Name, Guid ApplicationId, string ApplicationName, IReadOnlyList<string> Permissions, DateTimeOffset CreatedAt, DateTimeOffset? LastUsedAt, DateTimeOffset? RevokedAt);

    public sealed record List(IReadOnlyList<View> Items);

    /// <param name="Permissions">The scopes its tokens may have; at most what the caller has himself.</param>
    public sealed record Create(string? Name, Guid ApplicationId, IReadOnlyList<string>? Permissions);

    /// <param name="Secret">The client_secret. It is shown this once.</param>
    public sealed record NewClient(string Id, string Secret);

    public static void MapClientAdministration(this IEndpointRouteBuilder routes)
    {
        var clients = routes.MapGroup("/api/admin/clients").WithTags("Administration");
        clients.MapGet("/", ListAsync).RequirePermission(Permission.IdentityRead).WithSummary("OAuth clients, newest first; never their secrets.");
        clients.MapPost("/", CreateAsync).RequirePermission(Permission.IdentityManage).WithSummary("Makes a client; its secret is shown once.");
        clients.MapPost("/{id}/rotate", RotateAsync).RequirePermission(Permission.IdentityManage).WithSummary("A new secret in place of the old one; tokens that were given stay good until they end.");
        clients.MapDelete("/{id}", RevokeAsync).RequirePermission(Permission.IdentityManage).WithSummary("Ends a client and its tokens on all nodes within five seconds.");
    }

    private sealed class Row
    {
        public required string Id { get; init; }
        public required string Name { get; init; }
        public required Guid ApplicationId { get; init; }
        public required string ApplicationName { get; init; }
        public required string[] Permissions { get; init; }
        public required DateTimeOffset CreatedAt { get; init; }
        public required DateTimeOffset? LastUsedAt { get; init; }
        public required DateTimeOffset? RevokedAt { get; init; }

        public View Show() => new(Id, Name, ApplicationId, ApplicationName, Permissions, CreatedAt, LastUsedAt, RevokedAt);
    }

    private const string Select =
        """
        SELECT c.id, c.name, c.application_id, a.name AS application_name, c.permissions, c.created_at, c.last_used_at, c.revoked_at
          FROM identity.client c JOIN identity.application a ON a.id = c.application_id JOIN identity.organization o ON o.id = a.organization_id
         WHERE o.number = @organization
        """;

    private static async Task<List> ListAsync(HttpContext context, NpgsqlDataSource postgres, CancellationToken stop)
    {
        await using var connection = await postgres.OpenConnectionAsync(stop);
        return new List([.. (await connection.QueryAsync<Row>(Select + " ORDER BY c.created_at DESC LIMIT 1000", new { organization = (int)context.Caller().Organization })).Select(row => row.Show())]);
    }

    private static async Task<Results<Created<NewClient>, Problem>> CreateAsync(Create request, HttpContext context, NpgsqlDataSource postgres, AuditLog audit, TimeProvider clock, CancellationToken stop)
    {
        var caller = context.Caller();
        if (request.Name is not { Length: > 0 and <= NameLengthMax } name) return Problem.Of(400, "field-missing", "Give the client a name.", "name");
        if (request.Permissions is not { Count: > 0 } asked) return Problem.Of(400, "field-missing", "Say what the client may do.", "permissions");
        if (Grants.Refusal(caller, asked, "permissions") is { } refusal) return refusal;
        var (secret, permissions) = (ProgramSecret.New(ProgramSecret.ClientPrefix), asked.Distinct().ToArray());
        await using var connection = await postgres.OpenConnectionAsync(stop);
        await using var transaction = await connection.BeginTransactionAsync(stop);
        if (await connection.ExecuteAsync(
            """
            INSERT INTO identity.client (id, secret_hash, application_id, name, permissions, created_at)
            SELECT @Id, @Hash, a.id, @name, @permissions, @now FROM identity.application a JOIN identity.organization o ON o.id = a.organization_id
             WHERE a.id = @ApplicationId AND o.number = @organization
            """,
            new { secret.Id, secret.Hash, name, permissions, now = clock.GetUtcNow(), request.ApplicationId, organization = (int)caller.Organization }) == 0)
            return Problem.Of(404, "no-such-application", "There is no such application in your organization.", "applicationId");
        await audit.AppendAsync(connection, context, "identity.client.create", "client:" + secret.Id, after: new { name, request.ApplicationId, permissions }, stop: stop);
        await transaction.CommitAsync(stop);
        return TypedResults.Created($"/api/admin/clients/{secret.Id}", new NewClient(secret.Id, secret.Text));
    }

    private static async Task<Results<Ok<NewClient>, Problem>> RotateAsync(string id, HttpContext context, NpgsqlDataSource postgres, AuditLog audit, CancellationToken stop)
    {
        await using var connection = await postgres.OpenConnectionAsync(stop);
        await using var transaction = await connection.BeginTransactionAsync(stop);
        if (await FindAsync(connection, id, context.Caller()) is not { } client) return NoSuchClient;
        if (Grants.Refusal(context.Caller(), client.Permissions.Where(Permission.All.Contains), "permissions") is { } above) return above;
        // The secret's own first part finds nothing; the client_id stays what it was.
        var secret = ProgramSecret.New(ProgramSecret.ClientPrefix);
        await connection.ExecuteAsync("UPDATE identity.client SET secret_hash = @Hash WHERE id = @id", new { id, secret.Hash });
        await audit.AppendAsync(connection, context, "identity.client.rotate", "client:" + id, stop: stop);
        await transaction.CommitAsync(stop);
        return TypedResults.Ok(new NewClient(id, secret.Text));
    }

    private static async Task<Results<NoContent, Problem>> RevokeAsync(string id, HttpContext context, NpgsqlDataSource postgres, AccessTokens tokens, AuditLog audit, TimeProvider clock, CancellationToken stop)
    {
        await using var connection = await postgres.OpenConnectionAsync(stop);
        await using var transaction = await connection.BeginTransactionAsync(stop);
        if (await FindAsync(connection, id, context.Caller()) is not { } client) return NoSuchClient;
        await connection.ExecuteAsync("UPDATE identity.client SET revoked_at = @now WHERE id = @id", new { id, now = clock.GetUtcNow() });
        await audit.AppendAsync(connection, context, "identity.client.revoke", "client:" + id, client.Show(), stop: stop);
        await transaction.CommitAsync(stop);
        tokens.Forget();
        return TypedResults.NoContent();
    }

    private static Task<Row?> FindAsync(NpgsqlConnection connection, string id, Caller caller) => connection.QuerySingleOrDefaultAsync<Row>(
        Select + " AND c.id = @id AND c.revoked_at IS NULL FOR UPDATE OF c", new { id, organization = (int)caller.Organization });

    private static readonly Problem NoSuchClient = Problem.Of(404, "no-such-client", "There is no such client in force.");
}
