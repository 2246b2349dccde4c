namespace Rialto.Forecast.Neighbours;

/// <summary>
/// One query during a search. The filter in single precision may pass a row in vain but must never drop a neighbour: its limit is the
/// exact limit widened by all that rounding can have moved, so that only the exact pass decides.
/// </summary>
internal sealed class Probe
{
    /// <summary>Half a unit in the last place, relative.</summary>
    public const double SingleUnit = 5.9604644775390625e-8;
    public const double DoubleUnit = 1.1102230246251565e-16;

    private readonly double _slack;
    private readonly double _scale;
    private readonly double _relative;

    public Probe(ReadOnlySpan<double> query, PointBlocks points, RowRange excluded, int k, double relativeError)
    {
        Exact = query.ToArray();
        Filtered = new float[points.Dimensions];
        Excluded = excluded;
        Best = new NeighbourHeap(k);
        _slack = points.Project(query, Filtered, out _scale);
        _relative = 1 + 4 * relativeError;
    }

    public double[] Exact { get; }
    public float[] Filtered { get; }
    public RowRange Excluded { get; }
    public NeighbourHeap Best { get; }

    /// <summary>No row whose running sum exceeds this can be among the k nearest.</summary>
    public float SumLimit { get; private set; } = float.PositiveInfinity;

    /// <summary>The same as a filter distance, for balls.</summary>
    public float DistanceLimit { get; private set; } = float.PositiveInfinity;

    public void Tighten<TKernel>(TKernel kernel) where TKernel : struct, IKernel
    {
        if (!Best.IsFull)
            return;
        double distance = (kernel.FilterDistance(Best.Limit) * _scale + _slack) * _relative;
        DistanceLimit = Up(distance);
        SumLimit = Up(kernel.Sum(distance) * _relative);
    }

    // The addend keeps results in the range of subnormal numbers, where relative bounds fail, inside the limit.
    private static float Up(double value) => MathF.BitIncrement((float)(value + 1e-37));
}
