namespace Rialto.Forecast.Neighbours;

internal enum WeightKind
{
    Uniform,

    /// <summary>1 / distance; rows at distance zero, when there are any, share all the weight.</summary>
    Distance,
    Gaussian,
    Tricube,
    Epanechnikov,

    /// <summary>k for the nearest down to 1 for the last.</summary>
    Rank,
}

/// <summary>How much each neighbour counts.</summary>
/// <param name="Bandwidth">The distance a kernel is scaled by; null = the distance of the farthest of the k, so that it adapts to how dense the past is.</param>
internal readonly record struct Weighting(WeightKind Kind, double? Bandwidth = null)
{
    public static readonly Weighting Uniform;
    public static readonly Weighting Distance = new(WeightKind.Distance);

    /// <summary>Weights that sum to 1, in the order of the neighbours (nearest first).</summary>
    public double[] Of(ReadOnlySpan<Neighbour> neighbours)
    {
        var weights = new double[neighbours.Length];
        if (weights.Length == 0)
            return weights;
        double bandwidth = Bandwidth ?? neighbours[^1].Distance;
        bool exact = neighbours[0].Distance == 0;
        for (int i = 0; i < weights.Length; i++)
        {
            double distance = neighbours[i].Distance;
            double share = bandwidth > 0 ? distance / bandwidth : 0;
            weights[i] = Kind switch
            {
                WeightKind.Distance => exact ? (distance == 0 ? 1 : 0) : 1 / distance,
                WeightKind.Gaussian => Math.Exp(-0.5 * share * share),
                WeightKind.Tricube => share < 1 ? Math.Pow(1 - share * share * share, 3) : 0,
                WeightKind.Epanechnikov => share < 1 ? 1 - share * share : 0,
                WeightKind.Rank => weights.Length - i,
                _ => 1,
            };
        }
        return Normalised(weights);
    }

    private static double[] Normalised(double[] weights)
    {
        double sum = 0;
        foreach (double weight in weights)
            sum += weight;
        // A kernel can leave nothing: one neighbour stands at its own bandwidth. Then all count alike.
        for (int i = 0; i < weights.Length; i++)
            weights[i] = sum > 0 && double.IsFinite(sum) ? weights[i] / sum : 1.0 / weights.Length;
        return weights;
    }
}
