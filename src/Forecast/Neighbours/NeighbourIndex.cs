namespace Rialto.Forecast.Neighbours;

internal enum Algorithm
{
    Auto,
    Brute,
    KdTree,
    BallTree,
}

/// <summary>Answers "which k rows are nearest". Safe for many readers at once; rows do not change after it was built.</summary>
internal abstract class NeighbourIndex
{
    /// <summary>Measured on 40,000 rows: a tree wins up to about this many dimensions, above it a straight scan by vectors.</summary>
    public const int TreeDimensionsMax = 15;

    /// <summary>Below this many rows a scan is over before a tree has been walked.</summary>
    public const int TreeRowsMin = 4000;

    public const int LeafSizeDefault = 32;

    public abstract int Count { get; }
    public abstract int Dimensions { get; }

    /// <summary>The algorithm in use, never Auto.</summary>
    public abstract Algorithm Algorithm { get; }

    /// <summary>The nearest rows of each query, nearest first; fewer than k only when fewer rows are allowed.</summary>
    /// <param name="queries">Row-major.</param>
    /// <param name="excluded">One range for all, or one for each query.</param>
    public abstract Neighbour[][] Find(ReadOnlySpan<double> queries, int k, ReadOnlySpan<RowRange> excluded = default);

    public Neighbour[] FindOne(ReadOnlySpan<double> query, int k, RowRange excluded = default) => Find(query, k, [excluded])[0];

    public static NeighbourIndex Build(
        ReadOnlySpan<double> rows, int dimensions, Metric metric, Algorithm algorithm = Algorithm.Auto, int leafSize = LeafSizeDefault)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(dimensions, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(leafSize, 1);
        if (rows.Length % dimensions != 0)
            throw new ArgumentException($"{rows.Length} values are not a whole number of rows of {dimensions}.");
        if (algorithm is Algorithm.KdTree or Algorithm.BallTree && !metric.HasTree)
            throw new ArgumentException($"{metric.Kind} is not a true metric: only brute force can search by it.");
        if (algorithm == Algorithm.Auto)
        {
            bool tree = metric.HasTree && dimensions <= TreeDimensionsMax && rows.Length / dimensions >= TreeRowsMin;
            algorithm = tree ? Algorithm.KdTree : Algorithm.Brute;
        }
        return metric.Kind switch
        {
            MetricKind.Euclidean => new BlockIndex<EuclideanKernel>(rows, dimensions, default, algorithm, leafSize),
            MetricKind.Manhattan => new BlockIndex<ManhattanKernel>(rows, dimensions, default, algorithm, leafSize),
            MetricKind.Chebyshev => new BlockIndex<ChebyshevKernel>(rows, dimensions, default, algorithm, leafSize),
            MetricKind.Minkowski => new BlockIndex<PowerKernel>(rows, dimensions, new PowerKernel(metric.P), algorithm, leafSize),
            MetricKind.Cosine => new CosineIndex(rows, dimensions),
            _ => new WarpingIndex(rows, dimensions, metric),
        };
    }
}
