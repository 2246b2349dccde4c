using Rialto.Forecast.Loads;
using Rialto.Forecast.Observations;
using Rialto.Forecast.Series;
using Rialto.Forecast.Training;
using Rialto.Platform.Jobs;

namespace Rialto.Forecast.Registry;

internal sealed record TrainArguments(string Name, string[] Series, ModelParameters Parameters);

/// <summary>Trains a model on stored series and puts it into the registry.</summary>
internal sealed class TrainJob(SeriesCatalogue catalogue, PanelReader panels, ModelStore models, TimeProvider clock) : IJob<TrainArguments>
{
    public const string Name = "forecast.train";

    /// <summary>A training keeps a processor busy for minutes, and heartbeats must get through beside it.</summary>
    public static readonly JobPolicy Policy = new() { AttemptsMax = 3, Lease = TimeSpan.FromMinutes(2), AttemptTime = TimeSpan.FromHours(4) };

    /// <summary>One training or test an organization at a time: they share a machine with everything else.</summary>
    public static string LaneOf(uint organization) => $"forecast.train:{organization}";

    public async Task<JobOutcome> RunAsync(TrainArguments arguments, JobRun run, CancellationToken stop)
    {
        try
        {
            await run.ReportAsync(new JobProgress(0, "reading"), stop);
            var targets = await catalogue.FindAsync(run.Origin.Organization, arguments.Series, stop);
            var (setup, columns) = await ReadAsync(panels, run.Origin.Organization, targets, arguments.Parameters, stop);
            var trained = await Work.RunAsync(run, clock, tell => Trainer.Train(columns, setup, tell, stop), stop);
            await models.AddAsync(run, arguments.Name, targets, arguments.Parameters, trained, stop);
            return JobOutcome.Done();
        }
        catch (Exception expected) when (Work.FailureOf(expected) is not null)
        {
            return JobOutcome.Done(new JobResult { Failure = Work.FailureOf(expected) });
        }
    }

    public static async Task<(Models.ModelSetup Setup, Panel[] Panels)> ReadAsync(
        PanelReader reader, uint organization, IReadOnlyList<SeriesRow> targets, ModelParameters parameters, CancellationToken stop)
    {
        var panels = await reader.ReadAsync(
            organization, targets, measure => parameters.Features.Contains(Measures.IsWeather(measure) ? "weather" : "pollutants"), 0, parameters.AsOf, stop);
        if (panels.Length > 1 && parameters.Features.Contains("region"))
            panels = Region.AddTo(panels);
        return (ModelParsing.SetupOf(parameters, panels), panels);
    }
}

/// <summary>Runs a computation on a thread of its own while its progress is told.</summary>
internal static class Work
{
    private static readonly TimeSpan Pulse = TimeSpan.FromMilliseconds(500);

    public static async Task<T> RunAsync<T>(JobRun run, TimeProvider clock, Func<Action<double, string>, T> compute, CancellationToken stop)
    {
        JobProgress? latest = null, told = null;
        var work = Task.Factory.StartNew(
            () => compute((share, phase) => Volatile.Write(ref latest, new JobProgress(Math.Round(share, 3), phase))), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        using var pulse = new PeriodicTimer(Pulse, clock);
        while (await Task.WhenAny(work, pulse.WaitForNextTickAsync(CancellationToken.None).AsTask()) != work)
        {
            if (Volatile.Read(ref latest) is not { } now || now == told)
                continue;
            // Progress that cannot be told now is no reason to stop; a lost lease cancels by the token.
            if (!stop.IsCancellationRequested)
                await run.ReportAsync(now, CancellationToken.None);
            told = now;
        }
        return await work;
    }

    /// <summary>What trying again would not mend.</summary>
    public static JobFailure? FailureOf(Exception exception) => exception switch
    {
        TooLittleDataException little => new JobFailure("data-too-short", little.Message),
        NoValuesException none => new JobFailure("values-missing", none.Message),
        MissingColumnException column => new JobFailure("column-missing", column.Message),
        TestFailedException failed => new JobFailure(failed.Code, failed.Message),
        _ => null,
    };
}

/// <summary>A test that cannot be made of what it was given.</summary>
internal sealed class TestFailedException(string code, string message) : Exception(message)
{
    public string Code => code;
}
