using System.ComponentModel;
using System.Globalization;
using System.Text.Json;
using Dapper;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Npgsql;
using Rialto.Forecast.Training;
using Rialto.Platform.Identity;
using Rialto.Platform.Jobs;
using Rialto.Platform.Problems;

namespace Rialto.Forecast.Registry;

/// <summary>A training or a test.</summary>
internal sealed record JobView : IRun
{
    public Guid Id { get; init; }

    /// <summary>train or test.</summary>
    public string Kind { get; init; } = "";

    /// <summary>waiting, running, done, failed or cancelled.</summary>
    public string State { get; init; } = "";

    /// <summary>0 to 1.</summary>
    public double Progress { get; init; }

    /// <summary>What it does now, in a few words.</summary>
    public string? Phase { get; init; }

    /// <summary>Of a training that is done: the model.</summary>
    public Guid? Model { get; init; }

    /// <summary>Of a test that is done: what was measured.</summary>
    public Card? Card { get; init; }

    /// <summary>Of a test of several parameters: each of them, the best first.</summary>
    public IReadOnlyList<Trial>? Trials { get; init; }

    public JobFailure? Failure { get; init; }
    public string Actor { get; init; } = "";
    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset? FinishedAt { get; init; }

    string IRun.Mark => string.Create(CultureInfo.InvariantCulture, $"{State}/{Progress}/{Phase}");
}

internal sealed record JobFailure(string Code, string Message);

/// <summary>One set of parameters of a grid, as it fared on the validation part.</summary>
internal sealed record Trial(ModelParameters Parameters, double Mae, double Rmse, double Coverage);

/// <summary>What a job leaves behind.</summary>
internal sealed record JobResult
{
    public Guid? Model { get; init; }
    public Card? Card { get; init; }
    public IReadOnlyList<Trial>? Trials { get; init; }
    public JobFailure? Failure { get; init; }
}

internal sealed record JobProgress(double Share, string Phase);

internal sealed record JobPage(IReadOnlyList<JobView> Items);

/// <summary><c>GET /api/forecast/jobs</c>, one of them, its progress as it happens, and its cancellation.</summary>
internal sealed class JobDesk(NpgsqlDataSource postgres)
{
    private sealed class Row
    {
        public Guid Id { get; init; }
        public string Kind { get; init; } = "";
        public string State { get; init; } = "";
        public string? Progress { get; init; }
        public string? Result { get; init; }
        public string? Error { get; init; }
        public string Actor { get; init; } = "";
        public DateTimeOffset CreatedAt { get; init; }
        public DateTimeOffset? FinishedAt { get; init; }
    }

    private const string Select =
        """
        SELECT id, kind, state, progress::text, result::text, error, identity.actor_name(actor) AS actor, created_at, finished_at
          FROM platform.job WHERE organization = @organization AND kind IN ('forecast.train', 'forecast.test')
        """;

    public static void Map(IEndpointRouteBuilder forecast)
    {
        forecast.MapGet("/jobs", ListAsync).RequirePermission(Permission.ForecastRead).WithName("listForecastJobs").WithSummary("Trainings and tests, the newest first.");
        forecast.MapGet("/jobs/{id:guid}", GetAsync).RequirePermission(Permission.ForecastRead).WithName("readForecastJob").WithSummary("A training or a test: how far it is, and what came of it.");
        forecast.MapGet("/jobs/{id:guid}/events", EventsAsync).RequirePermission(Permission.ForecastRead).WithName("watchForecastJob")
            .WithSummary("The job each time it changes, as server-sent events, until it has ended.");
        forecast.MapPost("/jobs/{id:guid}/cancel", CancelAsync).RequirePermission(Permission.ForecastWrite).WithName("cancelForecastJob")
            .WithSummary("Cancels a training or a test; nothing is left of it.");
    }

    public async Task<JobView?> FindAsync(uint organization, Guid id, CancellationToken stop)
    {
        await using var connection = await postgres.OpenConnectionAsync(stop);
        return await connection.QuerySingleOrDefaultAsync<Row>(new CommandDefinition($"{Select} AND id = @id", new { id, organization = (int)organization }, cancellationToken: stop)) is { } row
            ? ToView(row, whole: true)
            : null;
    }

    private static async Task<JobPage> ListAsync([Description("1 to 200. Default 50.")] int? limit, HttpContext context, NpgsqlDataSource postgres, CancellationToken stop)
    {
        await using var connection = await postgres.OpenConnectionAsync(stop);
        var rows = await connection.QueryAsync<Row>(new CommandDefinition(
            $"{Select} ORDER BY created_at DESC LIMIT @most",
            new { organization = (int)context.Caller().Organization, most = Math.Clamp(limit ?? 50, 1, 200) }, cancellationToken: stop));
        return new JobPage([.. rows.Select(row => ToView(row, whole: false))]);
    }

    private static async Task<Results<Ok<JobView>, Problem>> GetAsync(Guid id, HttpContext context, JobDesk desk, CancellationToken stop) =>
        await desk.FindAsync(context.Caller().Organization, id, stop) is { } view ? TypedResults.Ok(view) : NoSuchJob;

    private static Task<Results<ServerSentEventsResult<JobView>, NoContent, Problem>> EventsAsync(Guid id, HttpContext context, JobDesk desk, RunEvents events) =>
        events.AnswerAsync(context, "job", stop => desk.FindAsync(context.Caller().Organization, id, stop), NoSuchJob);

    private static async Task<Results<NoContent, Problem>> CancelAsync(Guid id, HttpContext context, JobDesk desk, JobQueue jobs, CancellationToken stop)
    {
        if (await desk.FindAsync(context.Caller().Organization, id, stop) is null)
            return NoSuchJob;
        return await jobs.CancelAsync(id, "Cancelled by " + context.Caller().Name, stop) ? TypedResults.NoContent() : Problem.Of(409, "job-ended", "The job has ended already.");
    }

    private static JobView ToView(Row row, bool whole)
    {
        var result = row.Result is null ? null : JsonSerializer.Deserialize<JobResult>(row.Result, RegistryJson.Options);
        var progress = row.Progress is null ? null : JsonSerializer.Deserialize<JobProgress>(row.Progress, RegistryJson.Options);
        var failure = result?.Failure ?? (row.State == "parked" ? new JobFailure("job-broken", row.Error?.Split('\n')[0] ?? "It broke off too often; an operator can look at it.") : null);
        return new JobView
        {
            Id = row.Id, Kind = row.Kind["forecast.".Length..], Progress = row.State == "done" ? 1 : progress?.Share ?? 0, Phase = row.State == "running" ? progress?.Phase : null,
            State = failure is not null ? "failed" : row.State is "discarded" ? "cancelled" : row.State,
            Model = result?.Model, Card = whole ? result?.Card : null, Trials = whole ? result?.Trials : null, Failure = failure, Actor = row.Actor, CreatedAt = row.CreatedAt,
            FinishedAt = row.FinishedAt,
        };
    }

    private static readonly Problem NoSuchJob = Problem.Of(404, "no-such-job", "There is no such training or test.");
}
