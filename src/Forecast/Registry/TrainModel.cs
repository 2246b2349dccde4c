using System.ComponentModel;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Npgsql;
using Rialto.Forecast.Drift;
using Rialto.Forecast.Observations;
using Rialto.Platform.Identity;
using Rialto.Platform.Jobs;
using Rialto.Platform.Outbox;
using Rialto.Platform.Problems;

namespace Rialto.Forecast.Registry;

/// <summary>A job that waits for its turn.</summary>
internal sealed record JobStarted(Guid Id, string State);

internal sealed record ModelList(IReadOnlyList<ModelView> Items);

/// <param name="Series">Of the model's series, those it shall answer for; default: all of them.</param>
internal sealed record PromoteRequest(IReadOnlyList<string>? Series);

/// <summary><c>/api/forecast/models</c>: train, read, promote, roll back.</summary>
internal sealed class TrainModel(NpgsqlDataSource postgres, JobQueue jobs)
{
    /// <summary>Series of one model; more are trained as several.</summary>
    public const int SeriesMax = 50;

    public static void Map(IEndpointRouteBuilder forecast)
    {
        forecast.MapPost("/models", StartAsync).RequirePermission(Permission.ForecastWrite).WithName("trainModel").WithSummary("Train a model")
            .WithDescription("A job: a rolling backtest against the baselines, then a fit on all that is known. The registry has the model when the job is done.");
        forecast.MapGet("/models", ListAsync).RequirePermission(Permission.ForecastRead).WithName("listModels").WithSummary("Models, the newest first; without their cards.");
        forecast.MapGet("/models/{id:guid}", GetAsync).RequirePermission(Permission.ForecastRead).WithName("readModel")
            .WithSummary("A model and its card: parameters, errors by step and station, coverage, baselines, weights, gate.");
        forecast.MapPost("/models/{id:guid}/promote", PromoteAsync).RequirePermission(Permission.ForecastManage).WithName("promoteModel")
            .WithSummary("Let a model answer for its series. Refused with the reasons when it does not beat its baselines.");
        forecast.MapPost("/series/{series}/rollback", RollBackAsync).RequirePermission(Permission.ForecastManage).WithName("rollBackModel")
            .WithSummary("Let the model before the present one answer for a series again.");
    }

    /// <summary>Enqueues a training.</summary>
    /// <param name="key">A second job with the same key is not enqueued; the answer is the first.</param>
    public async Task<Guid> EnqueueAsync<TArguments>(Origin by, TArguments arguments, CancellationToken stop, string? key = null)
        where TArguments : notnull
    {
        await using var connection = await postgres.OpenConnectionAsync(stop);
        await using var transaction = await connection.BeginTransactionAsync(stop);
        var id = await jobs.EnqueueAsync(transaction, by, arguments, new JobOptions { Lane = TrainJob.LaneOf(by.Organization), Key = key }, stop);
        await transaction.CommitAsync(stop);
        return id;
    }

    /// <summary>What a model is called when nobody names it.</summary>
    public static string NameOf(SeriesRow target, ModelParameters parameters) => $"{target.Measure} {parameters.Horizon} {(target.Step == "day" ? "days" : "hours")}";

    /// <summary>The series a request names, or why it cannot be trained.</summary>
    public static async Task<(IReadOnlyList<SeriesRow> Series, Problem? Wrong)> TargetsAsync(uint organization, ModelRequest request, SeriesCatalogue catalogue, CancellationToken stop)
    {
        if (ModelParsing.SeriesOf(request.Series) is not { Count: > 0 } names)
            return ([], Problem.Of(400, "series-missing", "Name a series, or a list of them, by key or number.", "series"));
        if (names.Count > SeriesMax)
            return ([], Problem.Of(400, "series-too-many", $"A model has at most {SeriesMax} series.", "series"));
        var found = await catalogue.FindAsync(organization, names, stop);
        if (names.FirstOrDefault(name => found.All(row => row.Key != name && row.Id.ToString() != name)) is { } absent)
            return ([], ReadSeries.NoSuch(absent));
        if (found.Select(row => (row.Measure, row.Step)).Distinct().Count() > 1)
            return ([], Problem.Of(400, "series-mixed", "The series of a model are one measure on one step, at several stations.", "series"));
        return found.Any(row => row.Rows == 0) ? ([], Problem.Of(409, "series-empty", $"{found.First(row => row.Rows == 0).Key} has no values yet.", "series")) : (found, null);
    }

    private static async Task<Results<Accepted<JobStarted>, Problem>> StartAsync(
        ModelRequest request, HttpContext context, SeriesCatalogue catalogue, TrainModel train, CancellationToken stop)
    {
        var by = Origin.Of(context.Caller());
        var (targets, wrong) = await TargetsAsync(by.Organization, request, catalogue, stop);
        if (wrong is not null)
            return wrong;
        var (parameters, malformed) = ModelParsing.Fill(request, targets[0].Step);
        if (malformed is not null)
            return malformed;
        string name = request.Name ?? NameOf(targets[0], parameters!);
        if (name.Length > 100)
            return Problem.Of(400, "name-too-long", "A name has at most 100 letters.", "name");
        var id = await train.EnqueueAsync(by, new TrainArguments(name, [.. targets.Select(row => row.Key)], parameters!), stop);
        return TypedResults.Accepted($"/api/forecast/jobs/{id}", new JobStarted(id, "waiting"));
    }

    private static async Task<Results<Ok<ModelList>, Problem>> ListAsync(
        [Description("Only models of this series.")] string? series, string? name, [Description("1 to 200. Default 50.")] int? limit,
        HttpContext context, SeriesCatalogue catalogue, ModelStore models, CancellationToken stop)
    {
        SeriesRow? row = null;
        if (series is not null && (row = (await catalogue.FindAsync(context.Caller().Organization, [series], stop)).SingleOrDefault()) is null)
            return ReadSeries.NoSuch(series);
        var rows = await models.ListAsync(context.Caller().Organization, row?.Id, name, Math.Clamp(limit ?? 50, 1, 200), stop);
        return TypedResults.Ok(new ModelList([.. rows.Select(one => one.ToView(whole: false))]));
    }

    private static async Task<Results<Ok<ModelView>, Problem>> GetAsync(Guid id, HttpContext context, ModelStore models, DriftBook drift, CancellationToken stop) =>
        await models.FindAsync(context.Caller().Organization, id, stop) is { } row ? TypedResults.Ok(row.ToView(whole: true) with { Drift = await drift.OfModelAsync(id, stop) }) : NoSuchModel;

    private static async Task<Results<Ok<ModelView>, Problem>> PromoteAsync(Guid id, PromoteRequest? request, HttpContext context, ModelStore models, CancellationToken stop)
    {
        var caller = context.Caller();
        if (await models.FindAsync(caller.Organization, id, stop) is not { } row)
            return NoSuchModel;
        var view = row.ToView(whole: true);
        if (!row.Passed)
        {
            return Problem.Of(409, "gate-refused",
                $"It is not promoted: {string.Join(" ", view.Card!.Gate.Reasons.Select(reason => reason.Message))} It was compared with {view.Card.BestBaseline}.",
                extra: new { baseline = view.Card.BestBaseline, reasons = view.Card.Gate.Reasons, skill = view.Card.SkillOverBest });
        }
        if (request?.Series?.FirstOrDefault(key => !row.SeriesKeys.Contains(key)) is { } foreign)
            return Problem.Of(400, "series-not-of-model", $"The model was not trained on {foreign}.", "series");
        int[] series = [.. row.Series.Where((_, i) => request?.Series is null || request.Series.Contains(row.SeriesKeys[i]))];
        await models.PromoteAsync(caller.Organization, id, series, Origin.Of(caller).Actor, stop);
        return TypedResults.Ok((await models.FindAsync(caller.Organization, id, stop))!.ToView(whole: true));
    }

    private static async Task<Results<Ok<ModelView>, Problem>> RollBackAsync(string series, HttpContext context, SeriesCatalogue catalogue, ModelStore models, CancellationToken stop)
    {
        var caller = context.Caller();
        if ((await catalogue.FindAsync(caller.Organization, [series], stop)).SingleOrDefault() is not { } row)
            return ReadSeries.NoSuch(series);
        return await models.RollBackAsync(caller.Organization, row.Id, Origin.Of(caller).Actor, stop) is { } before
            ? TypedResults.Ok((await models.FindAsync(caller.Organization, before, stop))!.ToView(whole: true))
            : Problem.Of(409, "nothing-before", "No other model answered for this series before.");
    }

    private static readonly Problem NoSuchModel = Problem.Of(404, "no-such-model", "There is no such model.");
}
