using Rialto.Forecast.Features;
using Rialto.Forecast.Neighbours;

namespace Rialto.Forecast.Models;

internal enum FeatureWeighting
{
    None,

    /// <summary>By what a ridge regression on the same rows finds important.</summary>
    Learned,
}

internal enum Strategy
{
    /// <summary>One search gives the whole path: the paths that followed the nearest situations.</summary>
    Whole,

    /// <summary>A search for each part of the horizon, near by what matters to that part.</summary>
    Direct,

    /// <summary>One step at a time, each prediction fed back as if it had been measured.</summary>
    Recursive,
}

internal enum Combination
{
    Mean,
    Median,
}

/// <summary>A past situation that was like now.</summary>
/// <param name="Moment">In steps of the training grid, see <see cref="Memory.Start"/>.</param>
/// <param name="Row">Its place in the memory.</param>
internal readonly record struct Precedent(Moment Moment, int Row, double Distance, double Weight);

internal sealed record NeighbourSetup
{
    public NeighbourOptions Search { get; init; } = new();
    public FeatureWeighting FeatureWeights { get; init; } = FeatureWeighting.Learned;
    public Strategy Strategy { get; init; } = Strategy.Whole;
    public Combination Combination { get; init; } = Combination.Mean;

    /// <summary>Steps around a query's own moment that may not serve as neighbours: the same episode is not a precedent.</summary>
    public int Exclusion { get; init; } = 24;
}
