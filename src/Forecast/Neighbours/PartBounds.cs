using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Rialto.Forecast.Neighbours;

/// <summary>What is known of the rows in each child of a node, in the filter's space and sixteen children abreast.</summary>
internal abstract class PartBounds<TKernel>(PointBlocks points) where TKernel : struct, IKernel
{
    protected PointBlocks Points { get; } = points;

    /// <summary>For each child the least running sum, or distance, any of its rows can have; children farther than the limit are off the mask.</summary>
    public abstract Vector512<float> Least(TKernel kernel, int node, Probe probe, out ulong within);

    public abstract void Describe(TKernel kernel, int node, int child, Part part);

    /// <summary>After the search found nearer rows: is a child with this bound still worth a visit?</summary>
    public abstract bool IsWithin(float least, Probe probe);
}

/// <summary>KD tree: the box around the rows.</summary>
internal sealed class Boxes<TKernel>(PointBlocks points, int nodes) : PartBounds<TKernel>(points) where TKernel : struct, IKernel
{
    private readonly float[] _low = new float[nodes * points.Dimensions * Partition.FanOut];
    private readonly float[] _high = new float[nodes * points.Dimensions * Partition.FanOut];

    public override void Describe(TKernel kernel, int node, int child, Part part)
    {
        for (int j = 0; j < Points.Dimensions; j++)
        {
            float low = float.PositiveInfinity, high = float.NegativeInfinity;
            for (int at = part.From; at < part.To; at++)
            {
                low = Math.Min(low, Points.Value(at, j));
                high = Math.Max(high, Points.Value(at, j));
            }
            int place = (node * Points.Dimensions + j) * Partition.FanOut + child;
            (_low[place], _high[place]) = (low, high);
        }
    }

    public override Vector512<float> Least(TKernel kernel, int node, Probe probe, out ulong within)
    {
        ref float low = ref MemoryMarshal.GetArrayDataReference(_low), high = ref MemoryMarshal.GetArrayDataReference(_high);
        ref float query = ref MemoryMarshal.GetArrayDataReference(probe.Filtered);
        int dimensions = Points.Dimensions;
        nuint from = (nuint)(node * dimensions * Partition.FanOut);
        var sum = Vector512<float>.Zero;
        for (int j = 0; j < dimensions; j++, from += Partition.FanOut)
        {
            var value = Vector512.Create(Unsafe.Add(ref query, j));
            var outside = Vector512.MaxNative(Vector512.LoadUnsafe(ref low, from) - value, value - Vector512.LoadUnsafe(ref high, from));
            sum = kernel.Add(sum, Vector512.MaxNative(outside, Vector512<float>.Zero));
        }
        within = Vector512.LessThanOrEqual(sum, Vector512.Create(probe.SumLimit)).ExtractMostSignificantBits();
        return sum;
    }

    public override bool IsWithin(float least, Probe probe) => least <= probe.SumLimit;
}

/// <summary>Ball tree: the mean of the rows and the distance of the farthest.</summary>
internal sealed class Balls<TKernel>(PointBlocks points, int nodes) : PartBounds<TKernel>(points) where TKernel : struct, IKernel
{
    private readonly float[] _centre = new float[nodes * points.Dimensions * Partition.FanOut];
    private readonly float[] _radius = new float[nodes * Partition.FanOut];

    public override void Describe(TKernel kernel, int node, int child, Part part)
    {
        int dimensions = Points.Dimensions;
        var centre = new double[dimensions];
        var row = new double[dimensions];
        for (int j = 0; j < dimensions; j++)
        {
            double sum = 0;
            for (int at = part.From; at < part.To; at++)
                sum += Points.Value(at, j);
            float mean = (float)(sum / (part.To - part.From));
            centre[j] = mean;
            _centre[(node * dimensions + j) * Partition.FanOut + child] = mean;
        }
        // In double precision: a high power of a small gap is nothing in single precision, and a ball must never look smaller than it is.
        double radius = 0;
        for (int at = part.From; at < part.To; at++)
        {
            for (int j = 0; j < dimensions; j++)
                row[j] = Points.Value(at, j);
            radius = Math.Max(radius, kernel.FilterDistance(kernel.Reduced(row, centre)));
        }
        _radius[node * Partition.FanOut + child] = (float)(radius * (1 + 4 * kernel.RelativeError(dimensions))) + 1e-30f;
    }

    public override Vector512<float> Least(TKernel kernel, int node, Probe probe, out ulong within)
    {
        ref float centre = ref MemoryMarshal.GetArrayDataReference(_centre);
        ref float query = ref MemoryMarshal.GetArrayDataReference(probe.Filtered);
        int dimensions = Points.Dimensions;
        nuint from = (nuint)(node * dimensions * Partition.FanOut);
        var sum = Vector512<float>.Zero;
        for (int j = 0; j < dimensions; j++, from += Partition.FanOut)
            sum = kernel.Add(sum, Vector512.LoadUnsafe(ref centre, from) - Vector512.Create(Unsafe.Add(ref query, j)));
        var shrink = Vector512.Create((float)(1 - 4 * kernel.RelativeError(dimensions)));
        var least = kernel.Root(sum) * shrink - Vector512.LoadUnsafe(ref _radius[0], (nuint)(node * Partition.FanOut));
        // A far query raised to a high power leaves single precision: then nothing is known, and the child must be visited.
        least = Vector512.ConditionalSelect(Vector512.LessThan(least, Vector512.Create(float.PositiveInfinity)), least, Vector512<float>.Zero);
        within = Vector512.LessThanOrEqual(least, Vector512.Create(probe.DistanceLimit)).ExtractMostSignificantBits();
        return least;
    }

    public override bool IsWithin(float least, Probe probe) => least <= probe.DistanceLimit;
}
