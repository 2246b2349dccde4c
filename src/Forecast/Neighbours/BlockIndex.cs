using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Rialto.Forecast.Neighbours;

/// <summary>Brute force, KD tree and ball tree of one metric: the same blocks of rows, scanned whole or where the bounds allow a neighbour.</summary>
internal sealed class BlockIndex<TKernel> : NeighbourIndex where TKernel : struct, IKernel
{
    /// <summary>Queries that share one pass over the rows: as many running sums as fit the vector registers beside the rest.</summary>
    private const int Abreast = 4;

    private readonly TKernel _kernel;
    private readonly PointBlocks _points;
    private readonly IReadOnlyList<Part[]> _nodes = [];
    private readonly PartBounds<TKernel>? _bounds;

    public BlockIndex(ReadOnlySpan<double> rows, int dimensions, TKernel kernel, Algorithm algorithm, int leafSize)
    {
        _kernel = kernel;
        Algorithm = algorithm;
        if (algorithm == Algorithm.Brute)
        {
            int[] order = [.. Enumerable.Range(0, rows.Length / dimensions)];
            _points = new PointBlocks(rows, dimensions, order);
            return;
        }
        var partition = new Partition(rows, dimensions, leafSize);
        _points = new PointBlocks(rows, dimensions, partition.Order);
        _nodes = partition.Nodes;
        _bounds = algorithm == Algorithm.KdTree ? new Boxes<TKernel>(_points, _nodes.Count) : new Balls<TKernel>(_points, _nodes.Count);
        for (int node = 0; node < _nodes.Count; node++)
        {
            for (int child = 0; child < _nodes[node].Length; child++)
                _bounds.Describe(kernel, node, child, _nodes[node][child]);
        }
    }

    public override int Count => _points.Count;
    public override int Dimensions => _points.Dimensions;
    public override Algorithm Algorithm { get; }

    public override Neighbour[][] Find(ReadOnlySpan<double> queries, int k, ReadOnlySpan<RowRange> excluded = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(k, 1);
        int count = queries.Length / Dimensions;
        var found = new Neighbour[count][];
        var probes = new Probe[Abreast];
        for (int from = 0; from < count; from += Abreast)
        {
            int abreast = Math.Min(Abreast, count - from);
            for (int i = 0; i < abreast; i++)
            {
                var query = queries.Slice((from + i) * Dimensions, Dimensions);
                RequireFinite(query);
                var range = excluded.Length switch { 0 => RowRange.None, 1 => excluded[0], _ => excluded[from + i] };
                probes[i] = new Probe(query, _points, range, Math.Min(k, Math.Max(Count, 1)), _kernel.RelativeError(Dimensions));
            }
            if (_bounds is not null)
            {
                for (int i = 0; i < abreast; i++)
                    Visit(0, probes[i]);
            }
            else if (abreast == Abreast)
            {
                ScanAbreast(probes);
            }
            else
            {
                for (int i = 0; i < abreast; i++)
                    Scan(0, _points.Blocks, probes[i]);
            }
            for (int i = 0; i < abreast; i++)
                found[from + i] = Take(probes[i]);
        }
        return found;
    }

    private static void RequireFinite(ReadOnlySpan<double> query)
    {
        foreach (double value in query)
        {
            if (!(Math.Abs(value) <= PointBlocks.ValueMax))
                throw new ArgumentException($"A query holds {value}: it must be filled and finite.");
        }
    }

    private Neighbour[] Take(Probe probe)
    {
        var drained = new (double Reduced, int Row)[probe.Best.Count];
        int count = probe.Best.Drain(drained);
        var found = new Neighbour[count];
        for (int i = 0; i < count; i++)
            found[i] = new Neighbour(drained[i].Row, _kernel.Distance(drained[i].Reduced));
        return found;
    }

    /// <summary>Children from near to far, each only while its bound is within what the search has found so far.</summary>
    private void Visit(int node, Probe probe)
    {
        var children = _nodes[node];
        var least = _bounds!.Least(_kernel, node, probe, out ulong within);
        within &= (1UL << children.Length) - 1;
        Span<float> bounds = stackalloc float[Partition.FanOut];
        Span<int> order = stackalloc int[Partition.FanOut];
        int count = 0;
        for (; within != 0; within &= within - 1)
        {
            int child = BitOperations.TrailingZeroCount(within);
            float bound = least.GetElement(child);
            int place = count++;
            for (; place > 0 && bounds[place - 1] > bound; place--)
                (bounds[place], order[place]) = (bounds[place - 1], order[place - 1]);
            (bounds[place], order[place]) = (bound, child);
        }
        for (int i = 0; i < count && _bounds.IsWithin(bounds[i], probe); i++)
        {
            var part = children[order[i]];
            if (part.Node < 0)
                Scan(part.From / PointBlocks.Lanes, (part.To + PointBlocks.Lanes - 1) / PointBlocks.Lanes, probe);
            else
                Visit(part.Node, probe);
        }
    }

    private void Scan(int fromBlock, int toBlock, Probe probe)
    {
        ref float values = ref MemoryMarshal.GetArrayDataReference(_points.Values);
        ref float query = ref MemoryMarshal.GetArrayDataReference(probe.Filtered);
        int dimensions = Dimensions;
        var limit = Vector512.Create(probe.SumLimit);
        nuint at = (nuint)(fromBlock * dimensions * PointBlocks.Lanes);
        for (int block = fromBlock; block < toBlock; block++)
        {
            var sum = Vector512<float>.Zero;
            for (int j = 0; j < dimensions; j++, at += PointBlocks.Lanes)
                sum = _kernel.Add(sum, Vector512.LoadUnsafe(ref values, at) - Vector512.Create(Unsafe.Add(ref query, j)));
            ulong hits = Vector512.LessThanOrEqual(sum, limit).ExtractMostSignificantBits();
            if (hits != 0)
                limit = Vector512.Create(Consider(block, hits, probe));
        }
    }

    private void ScanAbreast(Probe[] probes)
    {
        ref float values = ref MemoryMarshal.GetArrayDataReference(_points.Values);
        ref float query0 = ref MemoryMarshal.GetArrayDataReference(probes[0].Filtered);
        ref float query1 = ref MemoryMarshal.GetArrayDataReference(probes[1].Filtered);
        ref float query2 = ref MemoryMarshal.GetArrayDataReference(probes[2].Filtered);
        ref float query3 = ref MemoryMarshal.GetArrayDataReference(probes[3].Filtered);
        int dimensions = Dimensions, blocks = _points.Blocks;
        Vector512<float> limit0 = Vector512.Create(probes[0].SumLimit), limit1 = limit0, limit2 = limit0, limit3 = limit0;
        nuint at = 0;
        for (int block = 0; block < blocks; block++)
        {
            Vector512<float> sum0 = Vector512<float>.Zero, sum1 = sum0, sum2 = sum0, sum3 = sum0;
            for (int j = 0; j < dimensions; j++, at += PointBlocks.Lanes)
            {
                var row = Vector512.LoadUnsafe(ref values, at);
                sum0 = _kernel.Add(sum0, row - Vector512.Create(Unsafe.Add(ref query0, j)));
                sum1 = _kernel.Add(sum1, row - Vector512.Create(Unsafe.Add(ref query1, j)));
                sum2 = _kernel.Add(sum2, row - Vector512.Create(Unsafe.Add(ref query2, j)));
                sum3 = _kernel.Add(sum3, row - Vector512.Create(Unsafe.Add(ref query3, j)));
            }
            ulong hits0 = Vector512.LessThanOrEqual(sum0, limit0).ExtractMostSignificantBits();
            ulong hits1 = Vector512.LessThanOrEqual(sum1, limit1).ExtractMostSignificantBits();
            ulong hits2 = Vector512.LessThanOrEqual(sum2, limit2).ExtractMostSignificantBits();
            ulong hits3 = Vector512.LessThanOrEqual(sum3, limit3).ExtractMostSignificantBits();
            if ((hits0 | hits1 | hits2 | hits3) == 0)
                continue;
            if (hits0 != 0)
                limit0 = Vector512.Create(Consider(block, hits0, probes[0]));
            if (hits1 != 0)
                limit1 = Vector512.Create(Consider(block, hits1, probes[1]));
            if (hits2 != 0)
                limit2 = Vector512.Create(Consider(block, hits2, probes[2]));
            if (hits3 != 0)
                limit3 = Vector512.Create(Consider(block, hits3, probes[3]));
        }
    }

    /// <summary>The exact pass over the rows of a block that the filter let through. Returns the filter's new limit.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private float Consider(int block, ulong hits, Probe probe)
    {
        for (; hits != 0; hits &= hits - 1)
        {
            int at = block * PointBlocks.Lanes + BitOperations.TrailingZeroCount(hits);
            if (at >= Count)
                break;
            int row = _points.RowAt[at];
            if (!probe.Excluded.Contains(row))
                probe.Best.Offer(_kernel.Reduced(_points.Exact(at), probe.Exact), row);
        }
        probe.Tighten(_kernel);
        return probe.SumLimit;
    }
}
