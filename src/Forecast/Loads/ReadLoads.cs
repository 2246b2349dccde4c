using System.ComponentModel;
using Dapper;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Npgsql;
using Rialto.Platform.Identity;
using Rialto.Platform.Jobs;
using Rialto.Platform.Problems;

namespace Rialto.Forecast.Loads;

/// <summary>A page of runs.</summary>
/// <param name="NextCursor">Pass it as cursor for older runs; null at the end.</param>
internal sealed record LoadPage(IReadOnlyList<LoadView> Items, string? NextCursor);

/// <summary><c>GET /api/forecast/loads</c>, one of them, its progress as it happens, and its cancellation.</summary>
internal static class ReadLoads
{
    private const int LimitDefault = 50, LimitMax = 200;

    public static void Map(IEndpointRouteBuilder forecast)
    {
        forecast.MapGet("/loads", ListAsync).RequirePermission(Permission.ForecastRead).WithName("listLoads").WithSummary("Runs of the load, the newest first.");
        forecast.MapGet("/loads/{id:guid}", GetAsync).RequirePermission(Permission.ForecastRead).WithName("readLoad")
            .WithSummary("One run: how far it is, what it brought, what it rejected and why, and what the data look like.");
        forecast.MapGet("/loads/{id:guid}/events", EventsAsync).RequirePermission(Permission.ForecastRead).WithName("watchLoad")
            .WithSummary("The run each time it changes, as server-sent events, until it has ended.");
        forecast.MapPost("/loads/{id:guid}/cancel", CancelAsync).RequirePermission(Permission.ForecastWrite).WithName("cancelLoad")
            .WithSummary("Stops a run. What it has brought stays.");
    }

    private static async Task<Results<Ok<LoadPage>, Problem>> ListAsync(
        [Description("How many, 1 to 200. Default 50.")] int? limit, [Description("nextCursor of the page before.")] string? cursor,
        HttpContext context, NpgsqlDataSource postgres, CancellationToken stop)
    {
        if (limit is < 1 or > LimitMax)
            return Problem.Of(400, "out-of-bounds", $"The limit is 1 to {LimitMax}.", "limit");
        long before = long.MaxValue;
        if (cursor is not null && !long.TryParse(cursor, out before))
            return Problem.Of(400, "cursor-malformed", "The cursor is not one that this address gave.", "cursor");
        int size = limit ?? LimitDefault;
        await using var connection = await postgres.OpenConnectionAsync(stop);
        LoadRow[] rows = [.. await connection.QueryAsync<LoadRow>(new CommandDefinition(
            $"{LoadRow.Select} WHERE l.organization = @organization AND l.number < @before ORDER BY l.number DESC LIMIT @more",
            new { organization = (int)context.Caller().Organization, before, more = size + 1 }, cancellationToken: stop))];
        return TypedResults.Ok(new LoadPage([.. rows.Take(size).Select(row => row.ToView([], whole: false))], rows.Length > size ? rows[size - 1].Number.ToString() : null));
    }

    private static async Task<Results<Ok<LoadView>, Problem>> GetAsync(Guid id, HttpContext context, NpgsqlDataSource postgres, CancellationToken stop) =>
        await FindAsync(postgres, context.Caller().Organization, id, rejectsOfOpen: true, stop) is { } load ? TypedResults.Ok(load) : NoSuchLoad;

    private static Task<Results<ServerSentEventsResult<LoadView>, NoContent, Problem>> EventsAsync(Guid id, HttpContext context, NpgsqlDataSource postgres, RunEvents events) =>
        events.AnswerAsync(context, "load", stop => FindAsync(postgres, context.Caller().Organization, id, rejectsOfOpen: false, stop), NoSuchLoad);

    /// <param name="rejectsOfOpen">Whether a run that goes on is given with its rejects: a thousand of them are too much to tell twice a second.</param>
    private static async Task<LoadView?> FindAsync(NpgsqlDataSource postgres, uint organization, Guid id, bool rejectsOfOpen, CancellationToken stop)
    {
        await using var connection = await postgres.OpenConnectionAsync(stop);
        var row = await connection.QuerySingleOrDefaultAsync<LoadRow>(new CommandDefinition(
            $"{LoadRow.Select} WHERE l.id = @id AND l.organization = @organization", new { id, organization = (int)organization }, cancellationToken: stop));
        if (row is null)
            return null;
        var open = row.ToView([], whole: true);
        if (!rejectsOfOpen && !((IRun)open).Ended)
            return open;
        var rejects = await connection.QueryAsync<(long Line, string? Field, string Code, string Message)>(new CommandDefinition(
            "SELECT line, field, code, message FROM forecast.load_reject WHERE load = @id ORDER BY number", new { id }, cancellationToken: stop));
        return open with { Rejects = [.. rejects.Select(one => new Reject(one.Line, one.Field, one.Code, one.Message))] };
    }

    private static async Task<Results<NoContent, Problem>> CancelAsync(Guid id, HttpContext context, NpgsqlDataSource postgres, JobQueue jobs, CancellationToken stop)
    {
        Guid? job;
        await using (var connection = await postgres.OpenConnectionAsync(stop))
        {
            job = await connection.QuerySingleOrDefaultAsync<Guid?>(new CommandDefinition(
                "SELECT job FROM forecast.load WHERE id = @id AND organization = @organization", new { id, organization = (int)context.Caller().Organization }, cancellationToken: stop));
        }
        if (job is null)
            return NoSuchLoad;
        return await jobs.CancelAsync(job.Value, "Cancelled by " + context.Caller().Name, stop)
            ? TypedResults.NoContent()
            : Problem.Of(409, "load-ended", "The run has ended already.");
    }

    private static readonly Problem NoSuchLoad = Problem.Of(404, "no-such-load", "There is no such run.");
}
