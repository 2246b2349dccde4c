using Dapper;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Npgsql;
using Rialto.Platform.Audit;
using Rialto.Platform.Identity.Accounts;
using Rialto.Platform.Identity.Administration;
using Rialto.Platform.Problems;

namespace Rialto.Platform.Identity.Programs;

/// <summary>Tokens of one's own: <c>/api/identity/tokens</c>. Only a session may make them: a token that makes tokens would never end.</summary>
internal static class MyTokens
{
    private const int NameLengthMax = 100;
    private static readonly TimeSpan LifeMax = TimeSpan.FromDays(366);

    /// <param name="Kind">personal (for scripts), or app (an app I signed in with).</param>
    public sealed record View(string Id, string Name, string Kind, IReadOnlyList<string> Permissions, DateTimeOffset CreatedAt, DateTimeOffset ExpiresAt, DateTimeOffset? LastUsedAt);

    public sealed record List(IReadOnlyList<View> Items);

    /// <param name="Permissions">At most what I have myself; it ends in the token too when I lose it.</param>
    /// <param name="ExpiresAt">At most a year away.</param>
    public sealed record Create(string? Name, IReadOnlyList<string>? Permissions, DateTimeOffset? ExpiresAt);

    /// <param name="Secret">The token. It is shown this once.</param>
    public sealed record Created(string Id, string Secret, DateTimeOffset ExpiresAt);

    /// <param name="Name">Of the device, to recognise it by.</param>
    public sealed record App(string? Name, IReadOnlyList<string>? Permissions);

    public static void MapMyTokens(this IEndpointRouteBuilder routes)
    {
        var tokens = routes.MapGroup("/api/identity/tokens").WithTags("Identity");
        tokens.MapGet("/", ListAsync).RequireSignedIn().WithSummary("My tokens, never their secrets.");
        tokens.MapPost("/", CreateAsync).RequireSignedIn().WithSummary("A bearer token for my scripts; shown once.");
        tokens.MapPost("/app", ForAppAsync).RequireSignedIn().WithSummary("Bearer and refresh token for an app that I signed in with.");
        tokens.MapDelete("/{id}", RevokeAsync).RequireSignedIn().WithSummary("Ends one of my tokens, or the app it belongs to, on all nodes within five seconds.");
    }

    private sealed class Row
    {
        public required string Id { get; init; }
        public required string Name { get; init; }
        public required string Kind { get; init; }
        public required string[] Permissions { get; init; }
        public required DateTimeOffset CreatedAt { get; init; }
        public required DateTimeOffset ExpiresAt { get; init; }
        public required DateTimeOffset? LastUsedAt { get; init; }
    }

    private static async Task<Results<Ok<List>, Problem>> ListAsync(HttpContext context, NpgsqlDataSource postgres, TimeProvider clock, CancellationToken stop)
    {
        if (context.Features.Get<Session>() is not { } session) return MyAccount.PersonRequired;
        await using var connection = await postgres.OpenConnectionAsync(stop);
        var rows = await connection.QueryAsync<Row>(
            """
            SELECT id, name, CASE kind WHEN 'refresh' THEN 'app' ELSE kind END AS kind, permissions, created_at, expires_at,
                   coalesce(last_used_at, (SELECT max(f.last_used_at) FROM identity.token f WHERE f.family = t.family)) AS last_used_at
              FROM identity.token t
             WHERE user_id = @user AND kind IN ('personal', 'refresh') AND used_at IS NULL AND revoked_at IS NULL AND expires_at > @now
             ORDER BY created_at DESC
            """,
            new { user = session.Caller.Id, now = clock.GetUtcNow() });
        return TypedResults.Ok(new List([.. rows.Select(row => new View(row.Id, row.Name, row.Kind, row.Permissions, row.CreatedAt, row.ExpiresAt, row.LastUsedAt))]));
    }

    private static async Task<Results<Created<Created>, Problem>> CreateAsync(Create request, HttpContext context, NpgsqlDataSource postgres, AuditLog audit, TimeProvider clock, CancellationToken stop)
    {
        if (context.Features.Get<Session>() is not { } session) return MyAccount.PersonRequired;
        if (Refusal(session.Caller, request.Name, request.Permissions) is { } refusal) return refusal;
        var now = clock.GetUtcNow();
        if (request.ExpiresAt is not { } end || end <= now || end > now + LifeMax) return Problem.Of(400, "expiry-out-of-range", $"A token ends within {LifeMax.TotalDays} days.", "expiresAt");
        var token = ProgramSecret.New(ProgramSecret.TokenPrefix);
        await using var connection = await postgres.OpenConnectionAsync(stop);
        await using var transaction = await connection.BeginTransactionAsync(stop);
        await connection.ExecuteAsync(
            "INSERT INTO identity.token (id, hash, kind, family, user_id, name, permissions, created_at, expires_at) VALUES (@Id, @Hash, 'personal', @family, @user, @Name, @granted, @now, @end)",
            new { token.Id, token.Hash, family = Guid.CreateVersion7(now), user = session.Caller.Id, request.Name, granted = request.Permissions!.Distinct().ToArray(), now, end });
        await audit.AppendAsync(connection, context, "identity.token.create", "token:" + token.Id, after: new { request.Name, request.Permissions, end }, stop: stop);
        await transaction.CommitAsync(stop);
        return TypedResults.Created((string?)null, new Created(token.Id, token.Text, end));
    }

    private static async Task<Results<Ok<TokenEndpoint.Granted>, Problem>> ForAppAsync(App request, HttpContext context, NpgsqlDataSource postgres, AuditLog audit, TimeProvider clock, CancellationToken stop)
    {
        if (context.Features.Get<Session>() is not { } session) return MyAccount.PersonRequired;
        var permissions = request.Permissions ?? [.. session.Caller.Permissions];
        if (request.Name is not { Length: > 0 and <= NameLengthMax } name) return Problem.Of(400, "field-missing", "Give the app a name.", "name");
        if (Grants.Refusal(session.Caller, permissions, "permissions") is { } refusal) return refusal;
        var now = clock.GetUtcNow();
        await using var connection = await postgres.OpenConnectionAsync(stop);
        await using var transaction = await connection.BeginTransactionAsync(stop);
        var granted = await TokenEndpoint.IssueAsync(connection, session.Caller.Id, Guid.CreateVersion7(now), name, [.. permissions.Distinct()], [.. permissions.Distinct()], now);
        await audit.AppendAsync(connection, context, "identity.token.app", "user:" + session.Caller.Id, after: new { name, permissions }, stop: stop);
        await transaction.CommitAsync(stop);
        context.Response.Headers.CacheControl = "no-store";
        return TypedResults.Ok(granted);
    }

    private static async Task<Results<NoContent, Problem>> RevokeAsync(string id, HttpContext context, NpgsqlDataSource postgres, AccessTokens tokens, AuditLog audit, TimeProvider clock, CancellationToken stop)
    {
        if (context.Features.Get<Session>() is not { } session) return MyAccount.PersonRequired;
        await using var connection = await postgres.OpenConnectionAsync(stop);
        await using var transaction = await connection.BeginTransactionAsync(stop);
        var ended = await connection.ExecuteAsync(
            "UPDATE identity.token SET revoked_at = @now WHERE family = (SELECT family FROM identity.token WHERE id = @id AND user_id = @user) AND revoked_at IS NULL",
            new { id, user = session.Caller.Id, now = clock.GetUtcNow() });
        if (ended == 0) return Problem.Of(404, "no-such-token", "You have no such token in force.");
        await audit.AppendAsync(connection, context, "identity.token.revoke", "token:" + id, stop: stop);
        await transaction.CommitAsync(stop);
        tokens.Forget();
        return TypedResults.NoContent();
    }

    private static Problem? Refusal(Caller caller, string? name, IReadOnlyList<string>? permissions)
    {
        if (name is not { Length: > 0 and <= NameLengthMax }) return Problem.Of(400, "field-missing", "Give the token a name.", "name");
        return permissions is not { Count: > 0 } ? Problem.Of(400, "field-missing", "Say what the token may do.", "permissions") : Grants.Refusal(caller, permissions, "permissions");
    }
}
