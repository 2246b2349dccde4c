namespace Rialto.Forecast.Neighbours;

/// <summary>The parameters a caller may choose for a nearest-neighbour model.</summary>
internal sealed record NeighbourOptions
{
    public const int KMax = 500;

    public int K { get; init; } = 5;
    public Algorithm Algorithm { get; init; } = Algorithm.Auto;
    public Metric Metric { get; init; } = Metric.Euclidean;
    public Weighting Weights { get; init; } = Weighting.Uniform;
    public int LeafSize { get; init; } = NeighbourIndex.LeafSizeDefault;
}

/// <summary>Predicts the weighted mean of what followed the k nearest rows; a target may have several values, such as the next 24 hours.</summary>
internal sealed class NeighbourRegressor
{
    private readonly NeighbourOptions _options;
    private readonly double[] _targets;
    private readonly int _outputs;

    /// <param name="rows">Row-major, in order of time.</param>
    /// <param name="targets">Row-major, as many rows.</param>
    public NeighbourRegressor(ReadOnlySpan<double> rows, int dimensions, double[] targets, int outputs, NeighbourOptions options)
    {
        if (options.K is < 1 or > NeighbourOptions.KMax)
            throw new ArgumentOutOfRangeException(nameof(options), options.K, $"k is between 1 and {NeighbourOptions.KMax}.");
        if (rows.Length / dimensions != targets.Length / outputs)
            throw new ArgumentException("There must be one target row for each row.");
        _options = options;
        _targets = targets;
        _outputs = outputs;
        Index = NeighbourIndex.Build(rows, dimensions, options.Metric, options.Algorithm, options.LeafSize);
    }

    public NeighbourIndex Index { get; }

    /// <summary>Predictions, row-major.</summary>
    public double[] Predict(ReadOnlySpan<double> queries, ReadOnlySpan<RowRange> excluded = default)
    {
        var found = Index.Find(queries, _options.K, excluded);
        var predicted = new double[found.Length * _outputs];
        for (int i = 0; i < found.Length; i++)
        {
            var into = predicted.AsSpan(i * _outputs, _outputs);
            double[] weights = _options.Weights.Of(found[i]);
            for (int n = 0; n < weights.Length; n++)
            {
                var target = _targets.AsSpan(found[i][n].Row * _outputs, _outputs);
                for (int output = 0; output < into.Length; output++)
                    into[output] += weights[n] * target[output];
            }
        }
        return predicted;
    }
}
