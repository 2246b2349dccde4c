using Dapper;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Npgsql;
using Rialto.Platform.Audit;
using Rialto.Platform.Identity;
using Rialto.Platform.Identity.Accounts;
using Rialto.Platform.Identity.Administration;
using Rialto.Platform.Problems;

namespace Rialto.Platform.Gateway.Portal;

/// <summary>
/// Keys that a person makes for himself: <c>/api/portal/keys</c>. They may do at most what he may, lose what he loses, are on the plan
/// <see cref="Plan"/>, and end within a year. Only a session makes them: a key that makes keys would never end.
/// </summary>
internal static class PortalKeys
{
    /// <summary>Comes with the product; administrators change its limits.</summary>
    public const string Plan = "portal";

    private const int KeysMax = 10;
    private const int LifeDaysMax = 366;
    private const int NameLengthMax = 100;

    /// <param name="Id">The public part of the key.</param>
    public sealed record View(
        string Id, string Name, Guid ApplicationId, string ApplicationName, IReadOnlyList<string> Permissions, string? Plan, DateTimeOffset CreatedAt, DateTimeOffset? ExpiresAt, DateTimeOffset? LastUsedAt);

    /// <summary>An application of my organization that a key can be for.</summary>
    public sealed record Application(Guid Id, string Name);

    /// <param name="Items">In force, newest first.</param>
    /// <param name="KeysMax">How many a person may have at once.</param>
    /// <param name="LifeDaysMax">How long one may last.</param>
    public sealed record List(IReadOnlyList<View> Items, IReadOnlyList<Application> Applications, int KeysMax, int LifeDaysMax);

    /// <param name="Permissions">At most what I have myself.</param>
    /// <param name="ExpiresAt">At most a year away.</param>
    public sealed record Create(string? Name, Guid ApplicationId, IReadOnlyList<string>? Permissions, DateTimeOffset? ExpiresAt);

    /// <param name="Text">The whole key. It is shown this once.</param>
    public sealed record Created(string Id, string Text);

    public static void MapPortalKeys(this IEndpointRouteBuilder routes)
    {
        var keys = routes.MapGroup("/api/portal/keys").WithTags("Portal");
        keys.MapGet("/", ListAsync).RequireSignedIn().WithSummary("My keys, and the applications I can make one for.");
        keys.MapPost("/", CreateAsync).RequireSignedIn().WithSummary("Makes a key of mine; its text is shown once.");
        keys.MapDelete("/{id}", RevokeAsync).RequireSignedIn().WithSummary("Ends a key of mine on all nodes within five seconds.");
    }

    private sealed class Row
    {
        public required string Id { get; init; }
        public required string Name { get; init; }
        public required Guid ApplicationId { get; init; }
        public required string ApplicationName { get; init; }
        public required string[] Permissions { get; init; }
        public string? Plan { get; init; }
        public required DateTimeOffset CreatedAt { get; init; }
        public DateTimeOffset? ExpiresAt { get; init; }
        public DateTimeOffset? LastUsedAt { get; init; }

        public View Show() => new(Id, Name, ApplicationId, ApplicationName, Permissions, Plan, CreatedAt, ExpiresAt, LastUsedAt);
    }

    private const string InForce = "k.owner_id = @me AND k.revoked_at IS NULL AND (k.expires_at IS NULL OR k.expires_at > @now)";

    private static async Task<Results<Ok<List>, Problem>> ListAsync(HttpContext context, NpgsqlDataSource postgres, TimeProvider clock, CancellationToken stop)
    {
        if (context.Features.Get<Session>() is not { } session) return MyAccount.PersonRequired;
        await using var connection = await postgres.OpenConnectionAsync(stop);
        var keys = await connection.QueryAsync<Row>(
            $"""
            SELECT k.id, k.name, k.application_id, a.name AS application_name, k.permissions, k.plan, k.created_at, k.expires_at, k.last_used_at
              FROM identity.api_key k JOIN identity.application a ON a.id = k.application_id
             WHERE {InForce} ORDER BY k.created_at DESC, k.id
            """,
            new { me = session.Caller.Id, now = clock.GetUtcNow() });
        var applications = await connection.QueryAsync<(Guid Id, string Name)>(
            "SELECT id, name FROM identity.application WHERE organization_id = @OrganizationId ORDER BY name", new { session.OrganizationId });
        return TypedResults.Ok(new List([.. keys.Select(key => key.Show())], [.. applications.Select(one => new Application(one.Id, one.Name))], KeysMax, LifeDaysMax));
    }

    private static async Task<Results<Created<Created>, Problem>> CreateAsync(
        Create request, HttpContext context, NpgsqlDataSource postgres, ApiKeys keys, AuditLog audit, TimeProvider clock, CancellationToken stop)
    {
        if (context.Features.Get<Session>() is not { } session) return MyAccount.PersonRequired;
        if (request.Name?.Trim() is not { Length: > 0 and <= NameLengthMax } name) return Problem.Of(400, "field-missing", "Give the key a name.", "name");
        if (request.Permissions is not { Count: > 0 } asked) return Problem.Of(400, "field-missing", "Say what the key may do.", "permissions");
        if (Grants.Refusal(session.Caller, asked, "permissions") is { } refusal) return refusal;
        var now = clock.GetUtcNow();
        if (request.ExpiresAt is not { } end || end <= now || end > now.AddDays(LifeDaysMax)) return Problem.Of(400, "expiry-out-of-range", $"A key of your own ends within {LifeDaysMax} days.", "expiresAt");
        var permissions = asked.Distinct().ToArray();
        await using var connection = await postgres.OpenConnectionAsync(stop);
        await using var transaction = await connection.BeginTransactionAsync(stop);
        // The lock makes the count exact when two requests come at once.
        await connection.ExecuteAsync("SELECT 1 FROM identity.app_user WHERE id = @me FOR UPDATE", new { me = session.Caller.Id });
        if (await connection.QuerySingleAsync<int>($"SELECT count(*)::int FROM identity.api_key k WHERE {InForce}", new { me = session.Caller.Id, now }) >= KeysMax)
            return Problem.Of(409, "keys-enough", $"You have {KeysMax} keys; end one first.");
        if (!await connection.QuerySingleAsync<bool>("SELECT EXISTS (SELECT 1 FROM identity.application WHERE id = @ApplicationId AND organization_id = @OrganizationId)", new { request.ApplicationId, session.OrganizationId }))
            return Problem.Of(404, "no-such-application", "There is no such application in your organization.", "applicationId");
        var text = ApiKeys.NewText();
        var id = await keys.InsertAsync(connection, text, request.ApplicationId, name, permissions, end, Plan, session.Caller.Id);
        await audit.AppendAsync(connection, context, "portal.key.create", "key:" + id, after: new { name, request.ApplicationId, permissions, end, plan = Plan }, stop: stop);
        await transaction.CommitAsync(stop);
        return TypedResults.Created((string?)null, new Created(id, text));
    }

    private static async Task<Results<NoContent, Problem>> RevokeAsync(string id, HttpContext context, NpgsqlDataSource postgres, ApiKeys keys, AuditLog audit, TimeProvider clock, CancellationToken stop)
    {
        if (context.Features.Get<Session>() is not { } session) return MyAccount.PersonRequired;
        await using var connection = await postgres.OpenConnectionAsync(stop);
        await using var transaction = await connection.BeginTransactionAsync(stop);
        if (await connection.ExecuteAsync($"UPDATE identity.api_key k SET revoked_at = @now WHERE k.id = @id AND {InForce}", new { id, me = session.Caller.Id, now = clock.GetUtcNow() }) == 0)
            return Problem.Of(404, "no-such-key", "You have no such key in force.");
        await audit.AppendAsync(connection, context, "portal.key.revoke", "key:" + id, stop: stop);
        await transaction.CommitAsync(stop);
        keys.Forget();
        return TypedResults.NoContent();
    }
}
