namespace Rialto.Forecast.Neighbours;

internal enum MetricKind
{
    Euclidean,
    Manhattan,
    Chebyshev,
    Minkowski,
    Cosine,
    DynamicTimeWarping,
}

/// <summary>How far two rows are from each other.</summary>
/// <param name="P">The exponent of Minkowski, at least 1.</param>
/// <param name="Band">Half-width in steps of the Sakoe-Chiba band of dynamic time warping; negative = no band.</param>
/// <param name="Channels">Dynamic time warping of several series at once: a row is channel after channel, each of equal length.</param>
internal readonly record struct Metric(MetricKind Kind, double P = 2, int Band = -1, int Channels = 1)
{
    /// <summary>Higher powers leave the range of a double on ordinary data, and nothing tells them from Chebyshev's maximum.</summary>
    public const double OrderMax = 16;

    public static readonly Metric Euclidean = new(MetricKind.Euclidean);
    public static readonly Metric Manhattan = new(MetricKind.Manhattan, 1);
    public static readonly Metric Chebyshev = new(MetricKind.Chebyshev, double.PositiveInfinity);
    public static readonly Metric Cosine = new(MetricKind.Cosine);

    public static Metric Warping(int band = -1, int channels = 1) => new(MetricKind.DynamicTimeWarping, 2, band, channels);

    /// <summary>Minkowski of order p; orders 1, 2 and infinity are the metrics that have a name.</summary>
    public static Metric Minkowski(double p) => p switch
    {
        1 => Manhattan,
        2 => Euclidean,
        double.PositiveInfinity => Chebyshev,
        >= 1 and <= OrderMax => new(MetricKind.Minkowski, p),
        _ => throw new ArgumentOutOfRangeException(
            nameof(p), p, $"The order of a Minkowski distance is between 1 (below that it is not a distance) and {OrderMax} (above that use chebyshev)."),
    };

    /// <summary>Only true metrics obey the triangle inequality that lets a tree leave parts out.</summary>
    public bool HasTree => Kind is not (MetricKind.Cosine or MetricKind.DynamicTimeWarping);
}
