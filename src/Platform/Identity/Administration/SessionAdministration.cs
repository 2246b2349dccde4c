using Dapper;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Npgsql;
using Rialto.Platform.Audit;
using Rialto.Platform.Problems;

namespace Rialto.Platform.Identity.Administration;

/// <summary>One's own sessions: <c>/api/identity/sessions</c>.</summary>
internal static class SessionAdministration
{
    /// <param name="Id">To end it by.</param>
    /// <param name="Agent">What the browser says of itself.</param>
    /// <param name="IsCurrent">The session of this request.</param>
    public sealed record View(Guid Id, DateTimeOffset CreatedAt, DateTimeOffset LastSeenAt, DateTimeOffset ExpiresAt, string? Address, string? Agent, bool IsCurrent);

    public static void MapSessionAdministration(this IEndpointRouteBuilder routes)
    {
        var sessions = routes.MapGroup("/api/identity/sessions").WithTags("Identity");
        sessions.MapGet("/", ListAsync).RequireSignedIn().WithSummary("Where I am signed in.");
        sessions.MapDelete("/{id:guid}", EndAsync).RequireSignedIn().WithSummary("Ends one of my sessions on all nodes within five seconds.");
        sessions.MapDelete("/", EndAllAsync).RequireSignedIn().WithSummary("Signs me out everywhere, here and in apps too; my tokens for scripts stay.");
    }

    private sealed record Row
    {
        public Guid Id { get; init; }
        public DateTimeOffset CreatedAt { get; init; }
        public DateTimeOffset LastSeenAt { get; init; }
        public DateTimeOffset ExpiresAt { get; init; }
        public string? Address { get; init; }
        public string? Agent { get; init; }
    }

    private static async Task<Results<Ok<IEnumerable<View>>, Problem>> ListAsync(HttpContext context, NpgsqlDataSource postgres, TimeProvider clock, CancellationToken stop)
    {
        if (context.Features.Get<Session>() is not { } current) return PersonRequired;
        var now = clock.GetUtcNow();
        await using var connection = await postgres.OpenConnectionAsync(stop);
        var rows = await connection.QueryAsync<Row>(
            """
            SELECT id, created_at, last_seen_at, expires_at, address, agent FROM identity.session
             WHERE user_id = @user AND revoked_at IS NULL AND expires_at > @now AND last_seen_at > @idleSince ORDER BY last_seen_at DESC
            """,
            new { user = current.Caller.Id, now, idleSince = now - Sessions.Idle });
        return TypedResults.Ok(rows.Select(row => new View(row.Id, row.CreatedAt, row.LastSeenAt, row.ExpiresAt, row.Address, row.Agent, row.Id == current.Id)));
    }

    private static async Task<Results<NoContent, Problem>> EndAsync(Guid id, HttpContext context, NpgsqlDataSource postgres, AuditLog audit, Sessions sessions, TimeProvider clock, CancellationToken stop)
    {
        if (context.Features.Get<Session>() is not { } current) return PersonRequired;
        await using var connection = await postgres.OpenConnectionAsync(stop);
        await using var transaction = await connection.BeginTransactionAsync(stop);
        var ended = await connection.ExecuteAsync(
            "UPDATE identity.session SET revoked_at = @now WHERE id = @id AND user_id = @user AND revoked_at IS NULL", new { id, user = current.Caller.Id, now = clock.GetUtcNow() });
        if (ended == 0) return Problem.Of(404, "no-such-session", "You have no such session.");
        await audit.AppendAsync(connection, context, "identity.session.end", "session:" + id, stop: stop);
        await transaction.CommitAsync(stop);
        sessions.Forget();
        return TypedResults.NoContent();
    }

    /// <summary>As when an administrator does it: apps that were signed in end too, and sign-ins that wait for their second factor.</summary>
    private static async Task<Results<NoContent, Problem>> EndAllAsync(HttpContext context, NpgsqlDataSource postgres, AuditLog audit, KnownCredentials known, TimeProvider clock, CancellationToken stop)
    {
        if (context.Features.Get<Session>() is not { } current) return PersonRequired;
        await using var connection = await postgres.OpenConnectionAsync(stop);
        await using var transaction = await connection.BeginTransactionAsync(stop);
        await UserAdministration.EndSessionsAsync(connection, current.Caller.Id, clock);
        await audit.AppendAsync(connection, context, "identity.session.end", "user:" + current.Caller.Id, stop: stop);
        await transaction.CommitAsync(stop);
        known.Forget();
        return TypedResults.NoContent();
    }

    private static readonly Problem PersonRequired = Problem.Of(403, "person-required", "A key is not a person; this is for people who signed in.");
}
