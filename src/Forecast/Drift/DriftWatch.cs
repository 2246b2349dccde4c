using Dapper;
using Npgsql;
using Rialto.Contracts.Forecast;
using Rialto.Forecast.Answers;
using Rialto.Forecast.Observations;
using Rialto.Forecast.Series;
using Rialto.Platform.Jobs;
using Rialto.Platform.Outbox;

namespace Rialto.Forecast.Drift;

/// <summary>
/// Every hour: compares each promoted model with what was measured after its training, once for each new day of values. Two breaches in a row are an event, and from then on
/// a baseline answers in its place.
/// </summary>
internal sealed class DriftWatch(NpgsqlDataSource postgres, SeriesCatalogue catalogue, PanelReader panels, LoadedModels models, EventOutbox outbox, TimeProvider clock) : IJob<DriftWatch.Arguments>
{
    public const string Name = "forecast.drift";

    public static readonly TimeSpan Every = TimeSpan.FromHours(1);

    internal sealed record Arguments;

    private sealed class Due
    {
        public int Organization { get; init; }
        public int Series { get; init; }
        public Guid Model { get; init; }
        public int Breaches { get; init; }
    }

    public async Task<JobOutcome> RunAsync(Arguments arguments, JobRun run, CancellationToken stop)
    {
        foreach (var due in await DueAsync(stop))
            await CheckAsync(run, due, stop);
        return JobOutcome.Done();
    }

    private async Task<IReadOnlyList<Due>> DueAsync(CancellationToken stop)
    {
        await using var connection = await postgres.OpenConnectionAsync(stop);
        return [.. await connection.QueryAsync<Due>(new CommandDefinition(
            """
            SELECT p.organization, p.series, p.model, coalesce(d.breaches, 0) AS breaches
              FROM forecast.promotion p
              JOIN forecast.series s ON s.id = p.series
              JOIN forecast.model m ON m.id = p.model
              LEFT JOIN forecast.drift d ON d.model = p.model AND d.series = p.series
             WHERE p.ended_at IS NULL AND s.last_at >= coalesce(d.until, m.trained_until) + interval '1 day'
             ORDER BY p.model, p.series
            """,
            cancellationToken: stop))];
    }

    private async Task CheckAsync(JobRun run, Due due, CancellationToken stop)
    {
        uint organization = (uint)due.Organization;
        if (await models.FindAsync(organization, due.Model) is not { } ready)
            return;
        var model = ready.Model;
        var rows = await catalogue.FindAsync(organization, [.. ready.Series.Select(id => id.ToString())], stop);
        var targets = ready.Series.Select(id => rows.Single(row => row.Id == id)).ToArray();
        int place = Array.IndexOf(ready.Series, due.Series);
        var last = targets[place].LastAt!.Value;
        int perDay = targets[0].Step == "day" ? 1 : 24, behind = (int)((targets.Max(row => row.LastAt)!.Value - last) / targets[0].StepSpan);
        var features = model.Setup.Features;
        Panel[] read;
        try
        {
            read = await panels.ReadAsync(
                organization, targets, measure => features.Companions.Contains(measure) || features.Weather.Contains(measure), features.Reach + (RecentErrors.Days + Looks.SettleDays) * perDay + behind, stop: stop);
            if (features.Companions.Contains(Region.Column))
                read = Region.AddTo(read);
            int end = read[place].Grid.IndexOf(last.UtcDateTime) + 1;
            read = [.. read.Select(panel => panel.Before(end))];
            string baseline = ready.View.Card!.BestBaseline;
            var errors = RecentErrors.Of(model, ready.Calibration, baseline, read, place, stop);
            await WriteAsync(run, due, targets[place], baseline, model.Setup.Level, errors, new DateTimeOffset(read[place].Grid.At(errors.Since), TimeSpan.Zero), stop);
        }
        catch (MissingColumnException)
        {
            // Predictions say so themselves, each time.
        }
    }

    private async Task WriteAsync(JobRun run, Due due, SeriesRow series, string baseline, double level, RecentErrors errors, DateTimeOffset since, CancellationToken stop)
    {
        int breaches = errors.IsBreach(level) ? due.Breaches + 1 : 0;
        await using var connection = await postgres.OpenConnectionAsync(stop);
        await using var transaction = await connection.BeginTransactionAsync(stop);
        await run.GuardAsync(transaction, stop);
        await connection.ExecuteAsync(new CommandDefinition(
            """
            INSERT INTO forecast.drift (model, series, checked_at, since, until, outcomes, mae, baseline, baseline_mae, level, coverage, breaches)
            VALUES (@Model, @Series, @now, @since, @until, @Outcomes, @Mae, @baseline, @BaselineMae, @level, @Coverage, @breaches)
            ON CONFLICT (model, series) DO UPDATE
               SET checked_at = excluded.checked_at, since = excluded.since, until = excluded.until, outcomes = excluded.outcomes, mae = excluded.mae, baseline = excluded.baseline,
                   baseline_mae = excluded.baseline_mae, level = excluded.level, coverage = excluded.coverage, breaches = excluded.breaches
            """,
            new
            {
                due.Model, due.Series, now = clock.GetUtcNow(), since, until = series.LastAt, errors.Outcomes, errors.Mae, baseline, errors.BaselineMae, level, errors.Coverage, breaches,
            },
            transaction, cancellationToken: stop));
        if (breaches == DriftView.BreachesMax)
            await outbox.PublishAsync(transaction, new Origin((uint)due.Organization, Name), [new ModelDrifted(due.Model, series.Key, baseline, errors.Mae, errors.BaselineMae, level, errors.Coverage)], stop);
        await transaction.CommitAsync(stop);
    }
}
