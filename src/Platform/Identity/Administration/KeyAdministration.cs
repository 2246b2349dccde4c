using Dapper;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Npgsql;
using Rialto.Platform.Audit;
using Rialto.Platform.Problems;

namespace Rialto.Platform.Identity.Administration;

/// <summary>API keys of the caller's organization: <c>/api/admin/keys</c>.</summary>
internal static class KeyAdministration
{
    private const int NameLengthMax = 100;
    private const int OverlapHoursMax = 24 * 30;

    /// <param name="Id">The public part of the key.</param>
    /// <param name="ReplacedBy">The key that a rotation put in its place; this one ends at <paramref name="ExpiresAt"/>.</param>
    /// <param name="OwnerName">Of the person who made it for himself in the developer portal; null when it is the application's.</param>
    public sealed record Key(
        string Id, string Name, Guid ApplicationId, string ApplicationName, IReadOnlyList<string> Permissions, string? Plan,
        DateTimeOffset CreatedAt, DateTimeOffset? ExpiresAt, DateTimeOffset? RevokedAt, DateTimeOffset? LastUsedAt, string? ReplacedBy, string? OwnerName);

    /// <param name="Text">The whole key. It is shown this once.</param>
    public sealed record NewKey(string Id, string Text);

    /// <param name="ApplicationId">Whose key it is.</param>
    /// <param name="Name">For people.</param>
    /// <param name="Permissions">What it may do; at most what its maker may.</param>
    /// <param name="ExpiresAt">Null = never.</param>
    /// <param name="Plan">Name of a usage plan; null = unlimited.</param>
    public sealed record Create(Guid ApplicationId, string? Name, IReadOnlyList<string>? Permissions, DateTimeOffset? ExpiresAt, string? Plan);

    /// <param name="OverlapHours">How long the old key still works; 0 ends it at once.</param>
    public sealed record Rotate(int OverlapHours);

    public static void MapKeyAdministration(this IEndpointRouteBuilder routes)
    {
        var keys = routes.MapGroup("/api/admin/keys").WithTags("Administration");
        keys.MapGet("/", ListAsync).RequirePermission(Permission.IdentityRead).WithSummary("Keys of the organization's applications, newest first; never their secrets.");
        keys.MapPost("/", CreateAsync).RequirePermission(Permission.IdentityManage).WithSummary("Makes a key; its text is shown once.");
        keys.MapPost("/{id}/rotate", RotateAsync).RequirePermission(Permission.IdentityManage).WithSummary("Makes a key in place of this one, which works on for the overlap.");
        keys.MapDelete("/{id}", RevokeAsync).RequirePermission(Permission.IdentityManage).WithSummary("Ends a key on all nodes within five seconds.");
    }

    private sealed record Row
    {
        public string Id { get; init; } = "";
        public string Name { get; init; } = "";
        public Guid ApplicationId { get; init; }
        public string ApplicationName { get; init; } = "";
        public string[] Permissions { get; init; } = [];
        public string? Plan { get; init; }
        public DateTimeOffset CreatedAt { get; init; }
        public DateTimeOffset? ExpiresAt { get; init; }
        public DateTimeOffset? RevokedAt { get; init; }
        public DateTimeOffset? LastUsedAt { get; init; }
        public string? ReplacedBy { get; init; }
        public Guid? OwnerId { get; init; }
        public string? OwnerName { get; init; }

        public Key Show() => new(Id, Name, ApplicationId, ApplicationName, Permissions, Plan, CreatedAt, ExpiresAt, RevokedAt, LastUsedAt, ReplacedBy, OwnerName);
    }

    private const string Select =
        """
        SELECT k.id, k.name, k.application_id, a.name AS application_name, k.permissions, k.plan, k.created_at, k.expires_at, k.revoked_at, k.last_used_at, k.replaced_by,
               k.owner_id, u.name AS owner_name
          FROM identity.api_key k
          JOIN identity.application a ON a.id = k.application_id
          JOIN identity.organization o ON o.id = a.organization_id
          LEFT JOIN identity.app_user u ON u.id = k.owner_id
         WHERE o.number = @organization
        """;

    private static async Task<IEnumerable<Key>> ListAsync(HttpContext context, NpgsqlDataSource postgres, CancellationToken stop)
    {
        await using var connection = await postgres.OpenConnectionAsync(stop);
        return (await connection.QueryAsync<Row>(Select + " ORDER BY k.created_at DESC LIMIT 1000", new { organization = (int)context.Caller().Organization })).Select(row => row.Show());
    }

    private static async Task<Results<Created<NewKey>, Problem>> CreateAsync(Create request, HttpContext context, NpgsqlDataSource postgres, ApiKeys keys, AuditLog audit, CancellationToken stop)
    {
        var caller = context.Caller();
        if (request.Name is not { Length: > 0 and <= NameLengthMax } name) return Problem.Of(400, "field-missing", "Give the key a name.", "name");
        if (request.Permissions is not { Count: > 0 } permissions) return Problem.Of(400, "field-missing", "Say what the key may do.", "permissions");
        if (Grants.Refusal(caller, permissions, "permissions") is { } refusal) return refusal;
        await using var connection = await postgres.OpenConnectionAsync(stop);
        await using var transaction = await connection.BeginTransactionAsync(stop);
        if (!await IsOwnAsync(connection, request.ApplicationId, caller)) return Problem.Of(404, "no-such-application", "There is no such application in your organization.", "applicationId");
        var text = ApiKeys.NewText();
        var id = await keys.InsertAsync(connection, text, request.ApplicationId, name, permissions, request.ExpiresAt, request.Plan);
        await audit.AppendAsync(connection, context, "identity.key.create", "key:" + id, after: new { name, request.ApplicationId, permissions, request.ExpiresAt, request.Plan }, stop: stop);
        await transaction.CommitAsync(stop);
        return TypedResults.Created($"/api/admin/keys/{id}", new NewKey(id, text));
    }

    private static async Task<Results<Created<NewKey>, Problem>> RotateAsync(string id, Rotate request, HttpContext context, NpgsqlDataSource postgres, ApiKeys keys, AuditLog audit, TimeProvider clock, CancellationToken stop)
    {
        if (request.OverlapHours is < 0 or > OverlapHoursMax) return Problem.Of(400, "overlap-out-of-range", $"The overlap is 0 to {OverlapHoursMax} hours.", "overlapHours");
        await using var connection = await postgres.OpenConnectionAsync(stop);
        await using var transaction = await connection.BeginTransactionAsync(stop);
        var old = await FindAsync(connection, id, context.Caller());
        if (old is null or { RevokedAt: not null } or { ReplacedBy: not null }) return Problem.Of(404, "no-such-key", "There is no such key that could be rotated.");
        // The new text is as good as the permissions it carries.
        if (Grants.Refusal(context.Caller(), old.Permissions.Where(Permission.All.Contains), "permissions") is { } above) return above;
        var end = clock.GetUtcNow().AddHours(request.OverlapHours);
        if (old.ExpiresAt is { } expires && expires < end) end = expires;
        var text = ApiKeys.NewText();
        var next = await keys.InsertAsync(connection, text, old.ApplicationId, old.Name, old.Permissions, old.ExpiresAt, old.Plan, old.OwnerId);
        await connection.ExecuteAsync("UPDATE identity.api_key SET expires_at = @end, replaced_by = @next WHERE id = @id", new { id, end, next });
        await audit.AppendAsync(connection, context, "identity.key.rotate", "key:" + id, after: new { replacedBy = next, worksUntil = end }, stop: stop);
        await transaction.CommitAsync(stop);
        keys.Forget();
        return TypedResults.Created($"/api/admin/keys/{next}", new NewKey(next, text));
    }

    private static async Task<Results<NoContent, Problem>> RevokeAsync(string id, HttpContext context, NpgsqlDataSource postgres, ApiKeys keys, AuditLog audit, TimeProvider clock, CancellationToken stop)
    {
        await using var connection = await postgres.OpenConnectionAsync(stop);
        await using var transaction = await connection.BeginTransactionAsync(stop);
        if (await FindAsync(connection, id, context.Caller()) is not { RevokedAt: null } key) return Problem.Of(404, "no-such-key", "There is no such key in force.");
        await connection.ExecuteAsync("UPDATE identity.api_key SET revoked_at = @now WHERE id = @id", new { id, now = clock.GetUtcNow() });
        await audit.AppendAsync(connection, context, "identity.key.revoke", "key:" + id, before: key.Show(), stop: stop);
        await transaction.CommitAsync(stop);
        keys.Forget();
        return TypedResults.NoContent();
    }

    private static Task<Row?> FindAsync(NpgsqlConnection connection, string id, Caller caller) =>
        connection.QuerySingleOrDefaultAsync<Row>(Select + " AND k.id = @id FOR UPDATE OF k", new { id, organization = (int)caller.Organization });

    private static Task<bool> IsOwnAsync(NpgsqlConnection connection, Guid application, Caller caller) => connection.QuerySingleAsync<bool>(
        "SELECT EXISTS (SELECT 1 FROM identity.application a JOIN identity.organization o ON o.id = a.organization_id WHERE a.id = @application AND o.number = @organization)",
        new { application, organization = (int)caller.Organization });
}
