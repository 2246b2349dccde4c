using System.Collections.Concurrent;
using Dapper;
using Npgsql;
using Rialto.Forecast.Drift;
using Rialto.Forecast.Features;
using Rialto.Forecast.Observations;
using Rialto.Forecast.Series;
using Rialto.Forecast.Training;

namespace Rialto.Forecast.Answers;

/// <summary>How a series stands now: what answers for it, and a number that changes with every value that could change the answer.</summary>
/// <param name="IsDrifted">The promoted model failed its last checks.</param>
internal sealed record Standing(SeriesRow Series, Guid? Promoted, bool IsDrifted, long Revisions);

/// <summary>One look ahead from the last value of a series, for any level and step.</summary>
internal sealed class Look(ReadyModel ready, Ahead ahead, DateTime origin)
{
    private readonly ConcurrentDictionary<int, NeighbourView[]> _because = new();

    public ReadyModel Ready => ready;
    public Ahead Ahead => ahead;

    /// <summary>UTC, the first predicted step.</summary>
    public DateTime Origin => origin;

    /// <summary>The k nearest situations of a step, in order; searched once.</summary>
    public NeighbourView[] Because(int step) => _because.GetOrAdd(step, asked =>
    [
        .. ahead.Because(asked, int.MaxValue).Select(one => new NeighbourView(
            new DateTimeOffset(ready.Model.Start + one.Precedent.Moment.Origin * ready.Model.Step, TimeSpan.Zero), ready.Model.Places[one.Precedent.Moment.Panel],
            one.Precedent.Distance, one.Precedent.Weight, double.IsNaN(one.Outcome) ? null : one.Outcome)),
    ]);
}

/// <summary>Makes looks ahead and keeps them as long as no value has changed: one computation serves every level, step and caller.</summary>
internal sealed class Looks(NpgsqlDataSource postgres, SeriesCatalogue catalogue, PanelReader panels, LoadedModels models)
{
    private const int KeptMax = 500;

    /// <summary>Beyond the reach of the features, so that smoothing has settled by the origin.</summary>
    public const int SettleDays = 28;

    private readonly ConcurrentDictionary<(Guid Model, int Series, long Revisions), Lazy<Task<Look>>> _looks = new();
    private readonly ConcurrentDictionary<(int Series, long Revisions), Lazy<Task<NaiveAnswer>>> _naive = new();

    public async Task<Standing?> StandAsync(uint organization, string series, CancellationToken stop)
    {
        if ((await catalogue.FindAsync(organization, [series], stop)).SingleOrDefault() is not { } row)
            return null;
        await using var connection = await postgres.OpenConnectionAsync(stop);
        var (promoted, drifted, revisions) = await connection.QuerySingleAsync<(Guid? Promoted, bool Drifted, long Revisions)>(new CommandDefinition(
            """
            SELECT (SELECT model FROM forecast.promotion WHERE series = @Id AND ended_at IS NULL),
                   EXISTS (SELECT 1 FROM forecast.promotion p JOIN forecast.drift d USING (model, series) WHERE p.series = @Id AND p.ended_at IS NULL AND d.breaches >= @BreachesMax),
                   (SELECT coalesce(sum(x.revision), 0)::bigint FROM forecast.series x
                     WHERE x.step = @Step AND x.station IN (SELECT station FROM forecast.series WHERE organization = @organization AND measure = @Measure))
            """,
            new { row.Id, row.Step, row.Measure, organization = (int)organization, DriftView.BreachesMax }, cancellationToken: stop));
        return new Standing(row, promoted, drifted, revisions);
    }

    /// <exception cref="MissingColumnException">The model needs an input that is not there.</exception>
    public Task<Look> LookAsync(uint organization, Standing standing, ReadyModel ready) =>
        Once(_looks, (ready.View.Id, standing.Series.Id, standing.Revisions), () => MakeAsync(organization, standing, ready));

    public Task<NaiveAnswer> NaiveAsync(uint organization, Standing standing) =>
        Once(_naive, (standing.Series.Id, standing.Revisions), async () =>
            new NaiveAnswer((await panels.ReadAsync(organization, [standing.Series], _ => false, stop: CancellationToken.None))[0]));

    public Task<ReadyModel?> ModelAsync(uint organization, Guid model) => models.FindAsync(organization, model);

    private static async Task<T> Once<TKey, T>(ConcurrentDictionary<TKey, Lazy<Task<T>>> held, TKey key, Func<Task<T>> make)
        where TKey : notnull
    {
        if (held.Count > KeptMax)
            held.Clear();
        var lazy = held.GetOrAdd(key, _ => new Lazy<Task<T>>(make));
        try
        {
            return await lazy.Value;
        }
        catch
        {
            held.TryRemove(key, out _);
            throw;
        }
    }

    private async Task<Look> MakeAsync(uint organization, Standing standing, ReadyModel ready)
    {
        var features = ready.Model.Setup.Features;
        var rows = await catalogue.FindAsync(organization, [.. ready.Series.Select(id => id.ToString())], CancellationToken.None);
        int place = Array.IndexOf(ready.Series, standing.Series.Id);
        var targets = ready.Series.Select(id => rows.Single(row => row.Id == id)).ToArray();
        var last = standing.Series.LastAt ?? throw new NoValuesException(standing.Series.Key);
        int behind = (int)((targets.Max(row => row.LastAt)!.Value - last) / standing.Series.StepSpan);
        int perDay = standing.Series.Step == "day" ? 1 : 24;
        var read = await panels.ReadAsync(
            organization, targets, measure => features.Companions.Contains(measure) || features.Weather.Contains(measure), features.Reach + SettleDays * perDay + behind,
            stop: CancellationToken.None);
        if (features.Companions.Contains(Region.Column))
            read = Region.AddTo(read);
        int origin = read[place].Grid.IndexOf(last.UtcDateTime) + 1;
        // What lies after the last value of this series is not known to it, also where neighbours have measured on.
        var known = read.Select(panel => panel.Before(Math.Min(origin, panel.Length))).ToArray();
        var ahead = ready.Model.Look(known, new Moment(place, origin));
        return new Look(ready, ahead, read[place].Grid.At(origin));
    }
}
