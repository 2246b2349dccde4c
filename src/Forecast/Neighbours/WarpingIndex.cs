namespace Rialto.Forecast.Neighbours;

/// <summary>
/// Dynamic time warping inside a Sakoe-Chiba band: the root of the least sum of squared differences over all monotone alignments.
/// Not a metric, so all rows are candidates; LB_Keogh orders them and ends the search at the first that cannot be nearer.
/// </summary>
internal sealed class WarpingIndex : NeighbourIndex
{
    /// <summary>A lower bound and the path are summed in different orders; this covers their rounding.</summary>
    private const double BoundSlack = 1 - 1e-12;

    private readonly double[] _rows;
    private readonly int _channels;
    private readonly int _steps;
    private readonly int _band;

    public WarpingIndex(ReadOnlySpan<double> rows, int dimensions, Metric metric)
    {
        if (metric.Channels < 1 || dimensions % metric.Channels != 0)
            throw new ArgumentException($"A row of {dimensions} values cannot hold {metric.Channels} series of equal length.");
        _rows = rows.ToArray();
        Dimensions = dimensions;
        Count = rows.Length / dimensions;
        _channels = metric.Channels;
        _steps = dimensions / metric.Channels;
        _band = metric.Band < 0 ? _steps : metric.Band;
    }

    public override int Count { get; }
    public override int Dimensions { get; }
    public override Algorithm Algorithm => Algorithm.Brute;

    public override Neighbour[][] Find(ReadOnlySpan<double> queries, int k, ReadOnlySpan<RowRange> excluded = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(k, 1);
        var found = new Neighbour[queries.Length / Dimensions][];
        for (int i = 0; i < found.Length; i++)
        {
            var range = excluded.Length switch { 0 => RowRange.None, 1 => excluded[0], _ => excluded[i] };
            found[i] = FindNearest(queries.Slice(i * Dimensions, Dimensions), k, range);
        }
        return found;
    }

    private Neighbour[] FindNearest(ReadOnlySpan<double> query, int k, RowRange excluded)
    {
        var (low, high) = Envelope(query);
        var bounds = new double[Count];
        var order = new int[Count];
        for (int row = 0; row < Count; row++)
            (bounds[row], order[row]) = (Bound(Row(row), low, high), row);
        Array.Sort(bounds, order);

        var best = new NeighbourHeap(Math.Min(k, Math.Max(Count, 1)));
        var work = new double[(_steps + 1) * 2 + _steps];
        for (int i = 0; i < Count && bounds[i] * BoundSlack <= best.Limit; i++)
        {
            if (excluded.Contains(order[i]))
                continue;
            double squared = Warp(query, Row(order[i]), best.Limit, work);
            if (squared <= best.Limit)
                best.Offer(squared, order[i]);
        }
        var drained = new (double Reduced, int Row)[best.Count];
        _ = best.Drain(drained);
        return Array.ConvertAll(drained, one => new Neighbour(one.Row, Math.Sqrt(one.Reduced)));
    }

    private ReadOnlySpan<double> Row(int row) => _rows.AsSpan(row * Dimensions, Dimensions);

    /// <summary>For each step the range the query takes within the band: a row inside it costs nothing at that step.</summary>
    private (double[] Low, double[] High) Envelope(ReadOnlySpan<double> query)
    {
        var low = new double[Dimensions];
        var high = new double[Dimensions];
        for (int channel = 0; channel < _channels; channel++)
        {
            var series = query.Slice(channel * _steps, _steps);
            for (int i = 0; i < _steps; i++)
            {
                double least = double.PositiveInfinity, most = double.NegativeInfinity;
                for (int j = Math.Max(0, i - _band); j <= Math.Min(_steps - 1, i + _band); j++)
                {
                    least = Math.Min(least, series[j]);
                    most = Math.Max(most, series[j]);
                }
                low[channel * _steps + i] = least;
                high[channel * _steps + i] = most;
            }
        }
        return (low, high);
    }

    private static double Bound(ReadOnlySpan<double> row, double[] low, double[] high)
    {
        double sum = 0;
        for (int i = 0; i < row.Length; i++)
        {
            double outside = Math.Max(Math.Max(low[i] - row[i], row[i] - high[i]), 0);
            sum += outside * outside;
        }
        return sum;
    }

    /// <summary>The squared warping distance, or infinity as soon as every path exceeds the limit.</summary>
    private double Warp(ReadOnlySpan<double> a, ReadOnlySpan<double> b, double limit, double[] work)
    {
        int width = _steps + 1;
        var before = work.AsSpan(0, width);
        var now = work.AsSpan(width, width);
        var cost = work.AsSpan(2 * width, _steps);
        before.Fill(double.PositiveInfinity);
        before[0] = 0;
        for (int i = 0; i < _steps; i++)
        {
            int from = Math.Max(0, i - _band), to = Math.Min(_steps - 1, i + _band);
            Costs(a, b, i, from, to, cost);
            now.Fill(double.PositiveInfinity);
            double least = double.PositiveInfinity;
            for (int j = from; j <= to; j++)
            {
                double path = Math.Min(Math.Min(before[j], before[j + 1]), now[j]) + cost[j];
                now[j + 1] = path;
                least = Math.Min(least, path);
            }
            if (least > limit)
                return double.PositiveInfinity;
            var swap = before;
            before = now;
            now = swap;
        }
        return before[_steps];
    }

    private void Costs(ReadOnlySpan<double> a, ReadOnlySpan<double> b, int step, int from, int to, Span<double> cost)
    {
        cost[from..(to + 1)].Clear();
        for (int channel = 0; channel < _channels; channel++)
        {
            double value = a[channel * _steps + step];
            var other = b.Slice(channel * _steps, _steps);
            for (int j = from; j <= to; j++)
                cost[j] += (value - other[j]) * (value - other[j]);
        }
    }
}
