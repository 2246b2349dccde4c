using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Rialto.Forecast.Neighbours;

/// <summary>
/// The arithmetic of one metric, as a struct so that the compiler makes one search loop for each.
/// A search runs in two grains: a filter in 16 lanes of single precision that never loses a neighbour (see <see cref="Probe"/>),
/// and the exact <see cref="Reduced(ReadOnlySpan{double}, ReadOnlySpan{double})"/> in double precision, the only one that orders results.
/// </summary>
internal interface IKernel
{
    /// <summary>A cheap stand-in for the distance that keeps its order, such as the sum of squares. Always summed in the same order.</summary>
    double Reduced(ReadOnlySpan<double> a, ReadOnlySpan<double> b);

    double Distance(double reduced);

    /// <summary>The distance, in the filter's space, that no row with at most this reduced distance can exceed.</summary>
    double FilterDistance(double reduced);

    /// <summary>What sixteen rows' running sums become when their signed difference in one dimension is added.</summary>
    Vector512<float> Add(Vector512<float> sum, Vector512<float> difference);

    /// <summary>From running sum to filter distance and back.</summary>
    Vector512<float> Root(Vector512<float> sum);

    double Sum(double filterDistance);

    /// <summary>How far rounding can move a running sum over this many dimensions, relative to it.</summary>
    double RelativeError(int dimensions);
}

internal readonly struct EuclideanKernel : IKernel
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double Reduced(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        ref double x = ref MemoryMarshal.GetReference(a), y = ref MemoryMarshal.GetReference(b);
        var sums = Vector512<double>.Zero;
        int i = 0;
        for (; i <= a.Length - Vector512<double>.Count; i += Vector512<double>.Count)
        {
            var gap = Vector512.LoadUnsafe(ref x, (nuint)i) - Vector512.LoadUnsafe(ref y, (nuint)i);
            sums += gap * gap;
        }
        double sum = Vector512.Sum(sums);
        for (; i < a.Length; i++)
            sum += (a[i] - b[i]) * (a[i] - b[i]);
        return sum;
    }

    public double Distance(double reduced) => Math.Sqrt(reduced);
    public double FilterDistance(double reduced) => Math.Sqrt(reduced);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<float> Add(Vector512<float> sum, Vector512<float> difference) => Vector512.FusedMultiplyAdd(difference, difference, sum);

    public Vector512<float> Root(Vector512<float> sum) => Vector512.Sqrt(sum);
    public double Sum(double filterDistance) => filterDistance * filterDistance;
    public double RelativeError(int dimensions) => (dimensions + 8) * Probe.SingleUnit;
}

internal readonly struct ManhattanKernel : IKernel
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double Reduced(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        ref double x = ref MemoryMarshal.GetReference(a), y = ref MemoryMarshal.GetReference(b);
        var sums = Vector512<double>.Zero;
        int i = 0;
        for (; i <= a.Length - Vector512<double>.Count; i += Vector512<double>.Count)
            sums += Vector512.Abs(Vector512.LoadUnsafe(ref x, (nuint)i) - Vector512.LoadUnsafe(ref y, (nuint)i));
        double sum = Vector512.Sum(sums);
        for (; i < a.Length; i++)
            sum += Math.Abs(a[i] - b[i]);
        return sum;
    }

    public double Distance(double reduced) => reduced;
    public double FilterDistance(double reduced) => reduced;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<float> Add(Vector512<float> sum, Vector512<float> difference) => sum + Vector512.Abs(difference);

    public Vector512<float> Root(Vector512<float> sum) => sum;
    public double Sum(double filterDistance) => filterDistance;
    public double RelativeError(int dimensions) => (dimensions + 8) * Probe.SingleUnit;
}

internal readonly struct ChebyshevKernel : IKernel
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double Reduced(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        ref double x = ref MemoryMarshal.GetReference(a), y = ref MemoryMarshal.GetReference(b);
        var lanes = Vector512<double>.Zero;
        int i = 0;
        for (; i <= a.Length - Vector512<double>.Count; i += Vector512<double>.Count)
            lanes = Vector512.MaxNative(lanes, Vector512.Abs(Vector512.LoadUnsafe(ref x, (nuint)i) - Vector512.LoadUnsafe(ref y, (nuint)i)));
        double largest = 0;
        for (int lane = 0; lane < Vector512<double>.Count; lane++)
            largest = Math.Max(largest, lanes[lane]);
        for (; i < a.Length; i++)
            largest = Math.Max(largest, Math.Abs(a[i] - b[i]));
        return largest;
    }

    public double Distance(double reduced) => reduced;
    public double FilterDistance(double reduced) => reduced;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<float> Add(Vector512<float> sum, Vector512<float> difference) => Vector512.MaxNative(sum, Vector512.Abs(difference));

    public Vector512<float> Root(Vector512<float> sum) => sum;
    public double Sum(double filterDistance) => filterDistance;
    public double RelativeError(int dimensions) => 8 * Probe.SingleUnit;
}

/// <summary>Minkowski of any order: repeated products for whole orders; for the others exp and log in the filter, the power function where it counts.</summary>
internal readonly struct PowerKernel(double p) : IKernel
{
    private readonly double _p = p;
    private readonly float _single = (float)p;
    private readonly int _whole = p == Math.Floor(p) ? (int)p : 0;

    public double Reduced(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        // The vector exp and log may or may not fuse multiply and add, which changes with the tier of the compiled code:
        // the same two rows would get two distances in one process, and ties would come out in any order.
        if (_whole == 0)
            return ReducedByPow(a, b);
        ref double x = ref MemoryMarshal.GetReference(a), y = ref MemoryMarshal.GetReference(b);
        var sums = Vector512<double>.Zero;
        int i = 0;
        for (; i <= a.Length - Vector512<double>.Count; i += Vector512<double>.Count)
            sums += Power(Vector512.Abs(Vector512.LoadUnsafe(ref x, (nuint)i) - Vector512.LoadUnsafe(ref y, (nuint)i)));
        double sum = Vector512.Sum(sums);
        for (; i < a.Length; i++)
            sum += Math.Pow(Math.Abs(a[i] - b[i]), _p);
        return sum;
    }

    private double ReducedByPow(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        double sum = 0;
        for (int i = 0; i < a.Length; i++)
            sum += Math.Pow(Math.Abs(a[i] - b[i]), _p);
        return sum;
    }

    private Vector512<double> Power(Vector512<double> gap)
    {
        var product = gap;
        for (int i = 1; i < _whole; i++)
            product *= gap;
        return product;
    }

    public double Distance(double reduced) => Math.Pow(reduced, 1 / _p);
    public double FilterDistance(double reduced) => Math.Pow(reduced, 1 / _p);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<float> Add(Vector512<float> sum, Vector512<float> difference)
    {
        var gap = Vector512.Abs(difference);
        if (_whole == 0)
            return sum + Vector512.ConditionalSelect(Vector512.Equals(gap, Vector512<float>.Zero), gap, Vector512.Exp(Vector512.Log(gap) * _single));
        var product = gap;
        for (int i = 1; i < _whole; i++)
            product *= gap;
        return sum + product;
    }

    public Vector512<float> Root(Vector512<float> sum)
    {
        var root = sum;
        for (int lane = 0; lane < Vector512<float>.Count; lane++)
            root = root.WithElement(lane, (float)Math.Pow(sum[lane], 1 / _p));
        return root;
    }

    public double Sum(double filterDistance) => Math.Pow(filterDistance, _p);

    // exp(p log x) in single precision: the error of the logarithm (up to 1e2 in size over the range of a float) is multiplied by p.
    public double RelativeError(int dimensions) => _whole > 0 ? (dimensions + _whole + 8) * Probe.SingleUnit : 1e-4 * _p;
}

/// <summary>
/// Cosine distance of rows that were scaled to length 1 before. The filter works with the Euclidean distance of those:
/// |a - b|^2 is at most 2 (1 - a.b), and equal to it unless a row is all zeros.
/// </summary>
internal readonly struct CosineKernel : IKernel
{
    private const double DotError = 1e-14;

    public double Reduced(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        ref double x = ref MemoryMarshal.GetReference(a), y = ref MemoryMarshal.GetReference(b);
        var sums = Vector512<double>.Zero;
        int i = 0;
        for (; i <= a.Length - Vector512<double>.Count; i += Vector512<double>.Count)
            sums += Vector512.LoadUnsafe(ref x, (nuint)i) * Vector512.LoadUnsafe(ref y, (nuint)i);
        double dot = Vector512.Sum(sums);
        for (; i < a.Length; i++)
            dot += a[i] * b[i];
        return Math.Clamp(1 - dot, 0, 2);
    }

    public double Distance(double reduced) => reduced;
    public double FilterDistance(double reduced) => Math.Sqrt(2 * (reduced + DotError));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<float> Add(Vector512<float> sum, Vector512<float> difference) => Vector512.FusedMultiplyAdd(difference, difference, sum);

    public Vector512<float> Root(Vector512<float> sum) => Vector512.Sqrt(sum);
    public double Sum(double filterDistance) => filterDistance * filterDistance;
    public double RelativeError(int dimensions) => default(EuclideanKernel).RelativeError(dimensions);
}
