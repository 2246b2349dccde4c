namespace Rialto.Forecast.Neighbours;

/// <summary>A part of the rows, [From, To) in the partition's order; Node &lt; 0 marks a leaf.</summary>
internal readonly record struct Part(int From, int To, int Node);

/// <summary>
/// Rows put in an order where close ones stand together: halved at the median of the widest dimension until a leaf is small enough, as
/// KD and ball trees do. Cuts fall on multiples of sixteen rows so that leaves are whole blocks, and four halvings make one node of up to
/// sixteen children whose bounds are tested together.
/// </summary>
internal sealed class Partition
{
    public const int FanOut = PointBlocks.Lanes;

    private readonly double[] _rows;
    private readonly int _dimensions;
    private readonly int _leafBlocks;
    private readonly List<Part[]> _nodes = [];

    public Partition(ReadOnlySpan<double> rows, int dimensions, int leafSize)
    {
        _rows = rows.ToArray();
        _dimensions = dimensions;
        _leafBlocks = Math.Max(1, leafSize / PointBlocks.Lanes);
        Order = new int[rows.Length / dimensions];
        for (int i = 0; i < Order.Length; i++)
            Order[i] = i;
        _ = AddNode(0, Order.Length);
    }

    public int[] Order { get; }

    /// <summary>The root is the first.</summary>
    public IReadOnlyList<Part[]> Nodes => _nodes;

    private int AddNode(int from, int to)
    {
        int node = _nodes.Count;
        _nodes.Add([]);
        var ranges = new List<(int From, int To)> { (from, to) };
        for (int halving = 1; halving < FanOut; halving *= 2)
            ranges = [.. ranges.SelectMany(range => IsLeaf(range.From, range.To) ? [range] : Halve(range.From, range.To))];
        _nodes[node] = [.. ranges.Select(range => new Part(range.From, range.To, IsLeaf(range.From, range.To) ? -1 : AddNode(range.From, range.To)))];
        return node;
    }

    private bool IsLeaf(int from, int to) => to - from <= _leafBlocks * PointBlocks.Lanes;

    private (int From, int To)[] Halve(int from, int to)
    {
        int blocks = (to - from + PointBlocks.Lanes - 1) / PointBlocks.Lanes;
        int middle = from + blocks / 2 * PointBlocks.Lanes;
        Select(WidestDimension(from, to), from, to - 1, middle);
        return [(from, middle), (middle, to)];
    }

    private int WidestDimension(int from, int to)
    {
        Span<double> low = _dimensions <= 256 ? stackalloc double[_dimensions] : new double[_dimensions];
        Span<double> high = _dimensions <= 256 ? stackalloc double[_dimensions] : new double[_dimensions];
        low.Fill(double.PositiveInfinity);
        high.Fill(double.NegativeInfinity);
        for (int at = from; at < to; at++)
        {
            var row = _rows.AsSpan(Order[at] * _dimensions, _dimensions);
            for (int j = 0; j < row.Length; j++)
            {
                low[j] = Math.Min(low[j], row[j]);
                high[j] = Math.Max(high[j], row[j]);
            }
        }
        int widest = 0;
        for (int j = 1; j < _dimensions; j++)
        {
            if (high[j] - low[j] > high[widest] - low[widest])
                widest = j;
        }
        return widest;
    }

    /// <summary>Puts the row of rank <paramref name="rank"/> in its place, smaller ones before it (Hoare's selection, middle of three).</summary>
    private void Select(int dimension, int left, int right, int rank)
    {
        while (left < right)
        {
            double pivot = Median(Key(left), Key((left + right) / 2), Key(right));
            int i = left, j = right;
            while (i <= j)
            {
                while (Key(i) < pivot)
                    i++;
                while (Key(j) > pivot)
                    j--;
                if (i <= j)
                {
                    (Order[i], Order[j]) = (Order[j], Order[i]);
                    i++;
                    j--;
                }
            }
            if (rank <= j)
                right = j;
            else if (rank >= i)
                left = i;
            else
                return;
        }

        double Key(int at) => _rows[Order[at] * _dimensions + dimension];
    }

    private static double Median(double a, double b, double c) => Math.Max(Math.Min(a, b), Math.Min(Math.Max(a, b), c));
}
