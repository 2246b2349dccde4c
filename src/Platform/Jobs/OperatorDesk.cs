using Dapper;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Npgsql;
using Rialto.Platform.Audit;
using Rialto.Platform.Identity;
using Rialto.Platform.Outbox;
using Rialto.Platform.Problems;

namespace Rialto.Platform.Jobs;

/// <summary>What operators see of queues and do about them: <c>/api/platform/jobs</c>, <c>/lanes</c>, <c>/deliveries</c>. Scoped to the caller's organization and the platform's own (0).</summary>
internal static class OperatorDesk
{
    private const int RowsMax = 500;

    /// <summary>A job as an operator sees it; its arguments may hold personal data and stay inside.</summary>
    public sealed class JobRow
    {
        public required Guid Id { get; init; }
        public required string Kind { get; init; }
        public required string Lane { get; init; }
        public required string State { get; init; }
        public required DateTimeOffset DueAt { get; init; }
        public required int Attempts { get; init; }
        public required string Actor { get; init; }
        public required string? Node { get; init; }
        public required string? Progress { get; init; }
        public required string? Result { get; init; }
        public required string? Error { get; init; }
        public required string? Reason { get; init; }
        public required bool Paused { get; init; }
        public required DateTimeOffset CreatedAt { get; init; }
        public required DateTimeOffset? FinishedAt { get; init; }
    }

    /// <summary>A delivery that has failed too often.</summary>
    public sealed class ParkedRow
    {
        public required string Handler { get; init; }
        public required string Key { get; init; }
        public required long Position { get; init; }
        public required Guid EnvelopeId { get; init; }
        public required string Type { get; init; }
        public required int Attempts { get; init; }
        public required string? Error { get; init; }
        public required DateTimeOffset ParkedAt { get; init; }
        public required long HeldBack { get; init; }
    }

    public sealed record Because(string? Reason);

    public sealed record ReplayRequest(string Handler, string Key, long Position);

    public static void MapOperatorDesk(this IEndpointRouteBuilder routes)
    {
        var platform = routes.MapGroup("/api/platform").WithTags("Platform");
        platform.MapGet("/jobs", JobsAsync).RequirePermission(Permission.PlatformRead).WithSummary("Jobs, the newest first; by state, lane or kind.");
        platform.MapPost("/jobs/{id:guid}/retry", RetryAsync).RequirePermission(Permission.PlatformManage).WithSummary("Gives a parked job all its attempts again.");
        platform.MapPost("/jobs/{id:guid}/discard", DiscardAsync).RequirePermission(Permission.PlatformManage).WithSummary("Takes a job that has not begun out of the way, for a reason.");
        platform.MapPost("/jobs/{id:guid}/cancel", CancelAsync).RequirePermission(Permission.PlatformManage).WithSummary("Cancels a job, also while it runs.");
        platform.MapPost("/lanes/{lane}/pause", PauseAsync).RequirePermission(Permission.PlatformManage).WithSummary("Holds a lane back.");
        platform.MapPost("/lanes/{lane}/resume", ResumeAsync).RequirePermission(Permission.PlatformManage).WithSummary("Lets a lane go on.");
        platform.MapGet("/deliveries/parked", ParkedAsync).RequirePermission(Permission.PlatformRead).WithSummary("Deliveries that failed too often, and how many they hold back.");
        platform.MapPost("/deliveries/replay", ReplayAsync).RequirePermission(Permission.PlatformManage).WithSummary("Tries a parked delivery again.");
    }

    private static async Task<IReadOnlyList<JobRow>> JobsAsync(
        HttpContext context, NpgsqlDataSource postgres, string? state, string? lane, string? kind, CancellationToken stop, int limit = 100)
    {
        await using var connection = await postgres.OpenConnectionAsync(stop);
        var rows = await connection.QueryAsync<JobRow>(new CommandDefinition(
            """
            SELECT j.id, j.kind, j.lane, j.state, j.due_at, j.attempts, j.actor, j.node, j.progress, j.result, j.error, j.reason, j.created_at, j.finished_at,
                   p.lane IS NOT NULL AS paused
              FROM platform.job j
              LEFT JOIN platform.lane_pause p ON p.lane = j.lane
             WHERE j.organization IN (@organization, 0)
               AND (@state::text IS NULL OR j.state = @state) AND (@lane::text IS NULL OR j.lane = @lane) AND (@kind::text IS NULL OR j.kind = @kind)
             ORDER BY j.position DESC
             LIMIT @limit
            """,
            new { organization = (int)context.Caller().Organization, state, lane, kind, limit = Math.Clamp(limit, 1, RowsMax) }, cancellationToken: stop));
        return [.. rows];
    }

    private static async Task<Results<NoContent, Problem>> RetryAsync(Guid id, HttpContext context, NpgsqlDataSource postgres, JobQueue jobs, AuditLog audit, CancellationToken stop)
    {
        if (!await IsOursAsync(id, context, postgres, stop) || !await jobs.RetryAsync(id, stop)) return NotPossible("There is no parked job with this id.");
        return await ToldAsync(audit, context, "platform.job.retry", "job:" + id, new { state = "waiting" });
    }

    private static async Task<Results<NoContent, Problem>> DiscardAsync(Guid id, Because because, HttpContext context, NpgsqlDataSource postgres, JobQueue jobs, AuditLog audit, CancellationToken stop)
    {
        if (because.Reason is not { Length: > 0 } reason) return ReasonMissing;
        if (!await IsOursAsync(id, context, postgres, stop) || !await jobs.DiscardAsync(id, context.Caller().Name, reason, stop)) return NotPossible("There is no waiting or parked job with this id.");
        return await ToldAsync(audit, context, "platform.job.discard", "job:" + id, new { state = "discarded" });
    }

    private static async Task<Results<NoContent, Problem>> CancelAsync(Guid id, Because because, HttpContext context, NpgsqlDataSource postgres, JobQueue jobs, AuditLog audit, CancellationToken stop)
    {
        if (because.Reason is not { Length: > 0 } reason) return ReasonMissing;
        if (!await IsOursAsync(id, context, postgres, stop) || !await jobs.CancelAsync(id, reason, stop)) return NotPossible("There is no open job with this id.");
        return await ToldAsync(audit, context, "platform.job.cancel", "job:" + id, new { state = "cancelled" });
    }

    private static async Task<Results<NoContent, Problem>> PauseAsync(string lane, Because because, HttpContext context, JobQueue jobs, AuditLog audit, CancellationToken stop)
    {
        if (because.Reason is not { Length: > 0 } reason) return ReasonMissing;
        await jobs.PauseAsync(lane, context.Caller().Name, reason, stop);
        return await ToldAsync(audit, context, "platform.lane.pause", "lane:" + lane, new { state = "paused" });
    }

    private static async Task<Results<NoContent, Problem>> ResumeAsync(string lane, HttpContext context, JobQueue jobs, AuditLog audit, CancellationToken stop)
    {
        if (!await jobs.ResumeAsync(lane, stop)) return NotPossible("This lane is not paused.");
        return await ToldAsync(audit, context, "platform.lane.resume", "lane:" + lane, new { state = "open" });
    }

    /// <summary>After the act, and not cut short by a client who leaves. A reason is a text that may tell of a person: it stands with the job or the lane, where it can be forgotten.</summary>
    private static async Task<NoContent> ToldAsync(AuditLog audit, HttpContext context, string action, string target, object after)
    {
        await audit.AppendAloneAsync(context, action, target, after: after, stop: CancellationToken.None);
        return TypedResults.NoContent();
    }

    private static async Task<IReadOnlyList<ParkedRow>> ParkedAsync(HttpContext context, NpgsqlDataSource postgres, CancellationToken stop)
    {
        await using var connection = await postgres.OpenConnectionAsync(stop);
        var rows = await connection.QueryAsync<ParkedRow>(new CommandDefinition(
            """
            SELECT d.handler, d.key, d.position, e.id AS envelope_id, e.type, d.attempts, d.error, d.parked_at,
                   (SELECT count(*) FROM platform.delivery later WHERE later.handler = d.handler AND later.key = d.key AND later.position > d.position) AS held_back
              FROM platform.delivery d
              JOIN platform.envelope e ON e.position = d.position
             WHERE d.parked_at IS NOT NULL AND e.organization IN (@organization, 0)
             ORDER BY d.parked_at DESC
             LIMIT @RowsMax
            """,
            new { organization = (int)context.Caller().Organization, RowsMax }, cancellationToken: stop));
        return [.. rows];
    }

    private static async Task<Results<NoContent, Problem>> ReplayAsync(ReplayRequest replay, HttpContext context, EventOutbox outbox, NpgsqlDataSource postgres, AuditLog audit, CancellationToken stop)
    {
        if (!await outbox.ReplayAsync(postgres, replay.Handler, replay.Key, replay.Position, context.Caller().Organization, stop)) return NotPossible("There is no such parked delivery.");
        return await ToldAsync(audit, context, "platform.delivery.replay", $"delivery:{replay.Handler}/{replay.Position}", new { replay.Key });
    }

    private static async Task<bool> IsOursAsync(Guid job, HttpContext context, NpgsqlDataSource postgres, CancellationToken stop)
    {
        await using var connection = await postgres.OpenConnectionAsync(stop);
        return await connection.QuerySingleAsync<bool>(new CommandDefinition(
            "SELECT EXISTS (SELECT 1 FROM platform.job WHERE id = @job AND organization IN (@organization, 0))",
            new { job, organization = (int)context.Caller().Organization }, cancellationToken: stop));
    }

    private static Problem NotPossible(string message) => Problem.Of(StatusCodes.Status404NotFound, "not-found", message);

    private static readonly Problem ReasonMissing = Problem.Of(StatusCodes.Status400BadRequest, "field-missing", "Say why, for whoever looks at it later.", "reason");
}
