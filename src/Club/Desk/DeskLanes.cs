using Dapper;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Npgsql;
using Rialto.Platform.Audit;
using Rialto.Platform.Connectors;
using Rialto.Platform.Identity;
using Rialto.Platform.Jobs;
using Rialto.Platform.Problems;

namespace Rialto.Club.Desk;

internal sealed class DeskLane
{
    public required string Lane { get; init; }
    public required long Waiting { get; init; }
    public required DateTimeOffset Oldest { get; init; }

    /// <summary>When the first of it is tried; in the past: now, unless it is paused.</summary>
    public required DateTimeOffset NextAt { get; init; }

    public string? PausedBecause { get; init; }
    public DateTimeOffset? EarliestPromise { get; init; }
}

/// <param name="Breaker">closed, open or half-open.</param>
/// <param name="Calls">In the last five minutes.</param>
/// <param name="Failed">Of these: not sent, unknown or malformed.</param>
/// <param name="Waiting">Bookings that wait for this vendor.</param>
internal sealed record DeskVendor(string Name, string Breaker, DateTimeOffset? Since, DateTimeOffset? ProbeAt, long Calls, long Failed, double? P95Ms, long Waiting);

/// <summary>What waits for whom: the lanes of the club's own bookings, and how its vendors are.</summary>
internal static class DeskLanes
{
    public static void MapDeskLanes(this IEndpointRouteBuilder routes)
    {
        var desk = routes.MapGroup("/desk").WithTags("Club desk");
        desk.MapGet("/vendors", VendorsAsync).RequirePermission(Permission.ClubRead).WithSummary("How each vendor is, and how many bookings wait for it.");
        desk.MapGet("/lanes", ListAsync).RequirePermission(Permission.ClubRead).WithSummary("Lanes with waiting bookings, the oldest first.");
        desk.MapPost("/lanes/{lane}/pause", PauseAsync).RequirePermission(Permission.ClubManage).WithSummary("Holds a lane of bookings back; what runs is finished first.");
        desk.MapPost("/lanes/{lane}/resume", ResumeAsync).RequirePermission(Permission.ClubManage).WithSummary("Lets a lane of bookings go on.");
    }

    private static async Task<Listed<DeskVendor>> VendorsAsync(HttpContext context, ConnectorReport report, NpgsqlDataSource postgres, CancellationToken stop)
    {
        var vendors = await report.ReadAsync(stop);
        await using var connection = await postgres.OpenConnectionAsync(stop);
        var waiting = (await connection.QueryAsync<(string Connector, long Count)>(new CommandDefinition(
            """
            SELECT r.waiting_on, count(*) FROM sagas.run r JOIN club.booking b ON b.id = r.subject
             WHERE r.state IN ('running', 'undoing') AND r.waiting_on IS NOT NULL AND b.organization = @organization GROUP BY r.waiting_on
            """,
            new { organization = (int)context.Caller().Organization }, cancellationToken: stop))).ToDictionary(row => row.Connector, row => row.Count);
        return new(vendors.Select(one => new DeskVendor(one.Name, one.Breaker, one.Since, one.ProbeAt, one.Calls, one.Failed, one.P95Ms, waiting.GetValueOrDefault(one.Name))));
    }

    private static async Task<Listed<DeskLane>> ListAsync(HttpContext context, NpgsqlDataSource postgres, CancellationToken stop)
    {
        await using var connection = await postgres.OpenConnectionAsync(stop);
        return new(await connection.QueryAsync<DeskLane>(new CommandDefinition(
            """
            SELECT j.lane, count(*) AS waiting, min(b.created_at) AS oldest, min(b.promise_by) AS earliest_promise,
                   (SELECT first.due_at FROM platform.job first
                     WHERE first.lane = j.lane AND first.finished_at IS NULL ORDER BY first.position LIMIT 1) AS next_at,
                   (SELECT p.reason FROM platform.lane_pause p WHERE p.lane = j.lane) AS paused_because
              FROM sagas.run r JOIN club.booking b ON b.id = r.subject JOIN platform.job j ON j.id = r.job
             WHERE r.state IN ('running', 'undoing') AND b.organization = @organization AND j.finished_at IS NULL
             GROUP BY j.lane ORDER BY oldest LIMIT 500
            """,
            new { organization = (int)context.Caller().Organization }, cancellationToken: stop)));
    }

    private static async Task<Results<NoContent, Problem>> PauseAsync(
        string lane, DeskEndpoints.DeskReason because, HttpContext context, JobQueue jobs, AuditLog audit, NpgsqlDataSource postgres, CancellationToken stop)
    {
        if (because.Reason is not { Length: > 0 and <= 500 } reason) return Problem.Of(400, "field-missing", "Say why, for whoever looks at it later.", "reason");
        if (!await IsOursAsync(lane, context, postgres, stop)) return NoSuchLane;
        await jobs.PauseAsync(lane, context.Caller().Name, reason, stop);
        await audit.AppendAloneAsync(context, "club.lane-paused", $"lane:{lane}", null, new { reason }, stop);
        return TypedResults.NoContent();
    }

    private static async Task<Results<NoContent, Problem>> ResumeAsync(string lane, HttpContext context, JobQueue jobs, AuditLog audit, NpgsqlDataSource postgres, CancellationToken stop)
    {
        if (!await IsOursAsync(lane, context, postgres, stop)) return NoSuchLane;
        if (!await jobs.ResumeAsync(lane, stop)) return Problem.Of(409, "not-paused", "This lane is not paused.");
        await audit.AppendAloneAsync(context, "club.lane-resumed", $"lane:{lane}", null, null, stop);
        return TypedResults.NoContent();
    }

    /// <summary>Whether bookings of the caller's club are or were in it: other lanes are the platform's operators' matter.</summary>
    private static async Task<bool> IsOursAsync(string lane, HttpContext context, NpgsqlDataSource postgres, CancellationToken stop)
    {
        await using var connection = await postgres.OpenConnectionAsync(stop);
        return await connection.QuerySingleAsync<bool>(new CommandDefinition(
            """
            SELECT EXISTS (SELECT 1 FROM sagas.run r JOIN club.booking b ON b.id = r.subject WHERE r.lane = @lane AND b.organization = @organization)
                OR EXISTS (SELECT 1 FROM club.booking b
                            WHERE b.organization = @organization AND concat_ws(':', b.connector, b.venue, to_char(b.starts_at AT TIME ZONE b.time_zone, 'YYYY-MM-DD')) = @lane)
            """,
            new { lane, organization = (int)context.Caller().Organization }, cancellationToken: stop));
    }

    private static readonly Problem NoSuchLane = Problem.Of(404, "no-such-lane", "No booking is or was in such a lane.");
}
