using Rialto.Forecast.Features;

namespace Rialto.Forecast.Models;

/// <summary>Which forecaster answers.</summary>
internal enum ModelKind
{
    /// <summary>Several, mixed by weights that rolling backtests teach.</summary>
    Ensemble,
    Neighbours,
    Ridge,
    ExponentialSmoothing,
    SeasonalNaive,
    Persistence,
}

/// <summary>All parameters of a model; with the data and the seed they determine it.</summary>
internal sealed record ModelSetup
{
    public ModelKind Kind { get; init; } = ModelKind.Ensemble;
    public int Horizon { get; init; } = 24;
    public Transform Transform { get; init; } = Transform.Log;
    public FeatureRecipe Features { get; init; } = new();
    public NeighbourSetup Neighbours { get; init; } = new();

    /// <summary>See <see cref="Ridge.Fit"/>.</summary>
    public double Penalty { get; init; } = 100;

    public Loss Loss { get; init; } = Loss.Absolute;

    /// <summary>Nominal level of the intervals that the card reports; any other can be asked for.</summary>
    public double Level { get; init; } = 0.9;

    /// <summary>Steps between the origins that are learned from and tested. The phase moves by one each day, so that every hour of the day comes up.</summary>
    public int OriginEvery { get; init; } = 6;

    /// <summary>Outcomes above this are reported apart: they are the ones people are warned of. Null = the 90th percentile of the training part.</summary>
    public double? Exceedance { get; init; }

    public int Seed { get; init; } = 1;
}
