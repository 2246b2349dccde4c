using Rialto.Forecast.Features;

namespace Rialto.Forecast.Models;

/// <summary>The forecasters of one model, fitted together: those that answer and those it is compared with.</summary>
internal sealed class ModelSet
{
    public required Ridge Ridge { get; init; }
    public required Forecaster Neighbours { get; init; }
    public required ExponentialSmoothing Smoothing { get; init; }
    public required IReadOnlyList<Forecaster> Baselines { get; init; }

    public IReadOnlyList<Forecaster> All => [.. Baselines, Smoothing, Ridge, Neighbours];

    /// <summary>What an ensemble mixes.</summary>
    public static IReadOnlyList<string> Mixed(int season) => ["persistence", $"seasonal naive {season}", "exponential smoothing", "ridge", "neighbours"];

    public static string PrimaryOf(ModelKind kind, int season) => kind switch
    {
        ModelKind.Neighbours => "neighbours",
        ModelKind.Ridge => "ridge",
        ModelKind.ExponentialSmoothing => "exponential smoothing",
        ModelKind.SeasonalNaive => $"seasonal naive {season}",
        ModelKind.Persistence => "persistence",
        _ => "ensemble",
    };

    /// <summary>The forecasts that need no model: what any model must beat. A season is a day of hours or a week of days.</summary>
    public static IReadOnlyList<Forecaster> BaselinesOf(int season) => season == 7
        ? [new Persistence(), new SeasonalNaive(7), new SeasonalNaive(7, 4)]
        : [new Persistence(), new SeasonalNaive(season), new SeasonalNaive(7 * season), new SeasonalNaive(7 * season, 4)];

    public static ModelSet Fit(Samples samples, ModelSetup setup, CancellationToken stop = default)
    {
        int season = samples.Source.Panels[0].Grid.Season;
        var ridge = Ridge.Fit(samples, setup.Penalty, setup.Loss, stop);
        return new ModelSet
        {
            Ridge = ridge,
            Neighbours = setup.Neighbours.Strategy == Strategy.Recursive
                ? RecursiveNeighbours.Fit(samples, setup.Neighbours, setup.Penalty, setup.Loss)
                : NeighbourForecaster.Fit(samples, setup.Neighbours, ridge),
            Smoothing = ExponentialSmoothing.Fit(samples),
            Baselines = BaselinesOf(season),
        };
    }
}
