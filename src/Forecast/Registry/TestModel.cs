using System.ComponentModel;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Npgsql;
using Rialto.Forecast.Loads;
using Rialto.Forecast.Observations;
using Rialto.Forecast.Series;
using Rialto.Forecast.Training;
using Rialto.Platform.Identity;
using Rialto.Platform.Jobs;
using Rialto.Platform.Outbox;
using Rialto.Platform.Problems;

namespace Rialto.Forecast.Registry;

/// <summary>A test: the parameters of a model, measured by a rolling backtest and not kept.</summary>
internal sealed record TestRequest : ModelRequest
{
    [Description("Of an attached file: the measure to forecast. Default: the first of the mapping.")]
    public string? Measure { get; init; }

    [Description("Try every combination of these instead of one set of parameters.")]
    public ParameterGrid? Grid { get; init; }
}

/// <summary>Values to try; an empty list keeps the one value of the request.</summary>
internal sealed record ParameterGrid
{
    public IReadOnlyList<int>? K { get; init; }
    public IReadOnlyList<string>? Metric { get; init; }
    public IReadOnlyList<string>? Weights { get; init; }
    public IReadOnlyList<string>? Transform { get; init; }
    public IReadOnlyList<string>? Algorithm { get; init; }
}

/// <param name="File">The attached file's key; null = stored series.</param>
internal sealed record TestArguments(string[] Series, ModelParameters[] Parameters, Guid? File, Mapping? Mapping, string? Measure);

/// <summary><c>POST /api/forecast/tests</c></summary>
internal static class TestModel
{
    /// <summary>A combination takes as long as a training.</summary>
    private const int TrialsMax = 36;

    public static void Map(IEndpointRouteBuilder forecast) =>
        forecast.MapPost("/tests", StartAsync).RequirePermission(Permission.ForecastWrite).WithName("testModel").WithSummary("Test a model")
            .WithDescription(
                "A rolling backtest of these parameters, on stored series (JSON) or on an attached CSV (a form: file, preset or mapping, and request with the JSON). "
                + "The attached file is seen by this test alone and forgotten with its end. The result is in the job.")
            .Accepts<TestRequest>("application/json", "multipart/form-data")
            .Produces<JobStarted>(StatusCodes.Status202Accepted)
            .ProducesProblem(StatusCodes.Status400BadRequest);

    private static async Task<Results<Accepted<JobStarted>, Problem>> StartAsync(
        HttpContext context, SeriesCatalogue catalogue, TrainModel train, NpgsqlDataSource postgres, TimeProvider clock, CancellationToken stop)
    {
        var by = Origin.Of(context.Caller());
        if (Upload.IsForm(context.Request))
            return await FromFormAsync(context, by, train, postgres, clock, stop);
        TestRequest? request;
        try
        {
            request = await context.Request.ReadFromJsonAsync<TestRequest>(stop);
        }
        catch (JsonException unreadable)
        {
            return Problem.Of(400, "json-unreadable", "The body is not the JSON this address reads: " + unreadable.Message);
        }
        var (targets, wrong) = await TrainModel.TargetsAsync(by.Organization, request ?? new TestRequest(), catalogue, stop);
        if (wrong is not null)
            return wrong;
        var (trials, malformed) = TrialsOf(request!, targets[0].Step);
        return malformed is not null
            ? malformed
            : Accepted(await train.EnqueueAsync(by, new TestArguments([.. targets.Select(row => row.Key)], trials, null, null, null), stop));
    }

    private static async Task<Results<Accepted<JobStarted>, Problem>> FromFormAsync(
        HttpContext context, Origin by, TrainModel train, NpgsqlDataSource postgres, TimeProvider clock, CancellationToken stop)
    {
        var file = Guid.CreateVersion7(clock.GetUtcNow());
        var (upload, wrong) = await Upload.ReadAsync(context, postgres, PieceTable.OfTest, file, stop);
        if (wrong is not null)
            return wrong;
        var (request, unreadable) = upload!.Json<TestRequest>("request");
        var (mapping, unmapped) = upload.Json<Mapping>("mapping");
        mapping = ((mapping ?? new Mapping()) with { Preset = mapping?.Preset ?? upload.Fields.GetValueOrDefault("preset") }).Filled();
        var refused = unreadable ?? unmapped ?? mapping.Check() ?? (upload.FileName is null ? Problem.Of(400, "file-missing", "The form has no file.", "file") : null);
        ModelParameters[] trials = [];
        if (refused is null)
            (trials, refused) = TrialsOf(request ?? new TestRequest(), mapping.Step!);
        string? measure = request?.Measure ?? mapping.Values?[0].Measure ?? mapping.Values?[0].Column;
        refused ??= measure is null ? Problem.Of(400, "measure-missing", "Say in request.measure what to forecast.", "measure") : null;
        if (refused is not null)
        {
            await PieceSink.ForgetAsync(postgres, PieceTable.OfTest, file);
            return refused;
        }
        return Accepted(await train.EnqueueAsync(by, new TestArguments([], trials, file, mapping, measure), stop));
    }

    private static (ModelParameters[] Trials, Problem? Wrong) TrialsOf(TestRequest request, string step)
    {
        var grid = request.Grid ?? new ParameterGrid();
        var requests =
            from k in grid.K?.Count > 0 ? grid.K.Select(value => (int?)value) : [request.K]
            from metric in grid.Metric?.Count > 0 ? grid.Metric : [request.Metric!]
            from weights in grid.Weights?.Count > 0 ? grid.Weights : [request.Weights!]
            from transform in grid.Transform?.Count > 0 ? grid.Transform : [request.Transform!]
            from algorithm in grid.Algorithm?.Count > 0 ? grid.Algorithm : [request.Algorithm!]
            select request with { K = k, Metric = metric, Weights = weights, Transform = transform, Algorithm = algorithm };
        var trials = new List<ModelParameters>();
        foreach (var one in requests.Take(TrialsMax + 1))
        {
            var (parameters, wrong) = ModelParsing.Fill(one, step);
            if (wrong is not null)
                return ([], wrong);
            trials.Add(parameters!);
        }
        return trials.Count > TrialsMax ? ([], Problem.Of(400, "grid-too-large", $"A test tries at most {TrialsMax} combinations.", "grid")) : ([.. trials], null);
    }

    private static Accepted<JobStarted> Accepted(Guid id) => TypedResults.Accepted($"/api/forecast/jobs/{id}", new JobStarted(id, "waiting"));
}

/// <summary>Runs a test: nothing of it reaches the registry.</summary>
internal sealed class TestJob(NpgsqlDataSource postgres, SeriesCatalogue catalogue, PanelReader reader, TimeProvider clock) : IJob<TestArguments>
{
    public const string Name = "forecast.test";

    /// <summary>Values of an attached file; they are held in memory.</summary>
    private const int ValuesMax = 10_000_000;

    public async Task<JobOutcome> RunAsync(TestArguments arguments, JobRun run, CancellationToken stop)
    {
        JobResult result;
        try
        {
            await run.ReportAsync(new JobProgress(0, "reading"), stop);
            Panel[]? attached = arguments.File is { } file ? await AttachedAsync(arguments, file, stop) : null;
            var targets = attached is null ? await catalogue.FindAsync(run.Origin.Organization, arguments.Series, stop) : [];
            var trials = new List<(Trial Trial, Card Card)>();
            for (int i = 0; i < arguments.Parameters.Length; i++)
            {
                var parameters = arguments.Parameters[i];
                var (setup, panels) = attached is null
                    ? await TrainJob.ReadAsync(reader, run.Origin.Organization, targets, parameters, stop)
                    : (ModelParsing.SetupOf(parameters, attached), attached);
                int done = i, all = arguments.Parameters.Length;
                var trained = await Work.RunAsync(run, clock, tell => Trainer.Train(panels, setup, (share, phase) => tell((done + share) / all, phase), stop), stop);
                var score = trained.Card.Scores.First(one => one.Model == trained.Card.Primary).All;
                trials.Add((new Trial(parameters, score.Mae, score.Rmse, trained.Card.Coverage.All.Coverage), trained.Card));
            }
            var best = trials.MinBy(trial => trial.Trial.Mae);
            result = new JobResult { Card = best.Card, Trials = [.. trials.Select(trial => trial.Trial).OrderBy(trial => trial.Mae)] };
        }
        catch (Exception expected) when (Work.FailureOf(expected) is not null)
        {
            result = new JobResult { Failure = Work.FailureOf(expected) };
        }
        await using var connection = await postgres.OpenConnectionAsync(stop);
        await using var transaction = await connection.BeginTransactionAsync(stop);
        await run.CompleteAsync(transaction, JsonSerializer.SerializeToElement(result, RegistryJson.Options), stop);
        await transaction.CommitAsync(stop);
        if (arguments.File is { } forgotten)
            await PieceSink.ForgetAsync(postgres, PieceTable.OfTest, forgotten);
        return JobOutcome.Done();
    }

    private async Task<Panel[]> AttachedAsync(TestArguments arguments, Guid file, CancellationToken stop)
    {
        var mapping = arguments.Mapping!;
        using var text = new StreamReader(new GZipStream(new PieceSource(postgres, PieceTable.OfTest, file), CompressionMode.Decompress), Encoding.UTF8);
        var rows = new CsvRows(text, mapping.Delimiter![0]);
        if (!await rows.NextAsync(stop))
            throw new TestFailedException("file-empty", "The file has no row.");
        var (header, wrong) = RowValues.HeaderOf(rows, mapping);
        if (wrong is not null)
            throw new TestFailedException(wrong.Code, wrong.Message);
        var slots = new SeriesSlots(new Dictionary<string, SeriesRow>());
        var rejects = new Rejects();
        var reading = new RowValues(mapping, header!, slots, rejects, clock.GetUtcNow());
        var values = new List<LoadedValue>();
        while (await rows.NextAsync(stop))
        {
            reading.Take(rows, values);
            if (values.Count > ValuesMax)
                throw new TestFailedException("file-too-long", $"A test takes at most {ValuesMax} values; load the file and test the stored series.");
        }
        if (slots.All.All(slot => slot.Measure != arguments.Measure))
            throw new TestFailedException("measure-missing", $"The file has no values of {arguments.Measure}. {rejects.Total} rows were rejected: {string.Join(", ", rejects.Counts.Select(count => $"{count.Key} {count.Value}"))}.");
        var panels = PanelReader.Build(values, slots.All, arguments.Measure!, mapping.Step!, mapping.Zone!);
        return panels.Length > 1 && arguments.Parameters[0].Features.Contains("region") ? Region.AddTo(panels) : panels;
    }
}
