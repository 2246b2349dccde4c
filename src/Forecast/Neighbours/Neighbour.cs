namespace Rialto.Forecast.Neighbours;

/// <summary>A row that was found, and how far it is.</summary>
internal readonly record struct Neighbour(int Row, double Distance);

/// <summary>Rows a search leaves out, [From, To): in a backtest all that is not strictly earlier, otherwise the query's own episode.</summary>
internal readonly record struct RowRange(int From, int To)
{
    public static readonly RowRange None;

    public bool Contains(int row) => row >= From && row < To;

    public bool Covers(int from, int to) => from >= From && to <= To;
}

/// <summary>
/// The k best rows so far, worst on top. Rows at the same distance are ordered by row, the later one first: callers keep rows
/// in order of time, so that of two equal situations the newer counts, and every algorithm gives the same answer.
/// </summary>
internal sealed class NeighbourHeap(int capacity)
{
    private readonly double[] _reduced = new double[capacity];
    private readonly int[] _rows = new int[capacity];

    public int Count { get; private set; }

    public bool IsFull => Count == capacity;

    /// <summary>The reduced distance a row may have at most to be taken.</summary>
    public double Limit => IsFull ? _reduced[0] : double.PositiveInfinity;

    public void Clear() => Count = 0;

    public void Offer(double reduced, int row)
    {
        if (!IsFull)
        {
            Rise(Count++, reduced, row);
            return;
        }
        if (!Worse(_reduced[0], _rows[0], reduced, row))
            return;
        Sink(Count, reduced, row);
    }

    /// <summary>Empties the heap into the span, nearest first.</summary>
    public int Drain(Span<(double Reduced, int Row)> into)
    {
        int count = Count;
        for (int i = count - 1; i >= 0; i--)
        {
            into[i] = (_reduced[0], _rows[0]);
            Count--;
            Sink(Count, _reduced[Count], _rows[Count]);
        }
        return count;
    }

    private static bool Worse(double reduced, int row, double otherReduced, int otherRow) =>
        reduced > otherReduced || (reduced == otherReduced && row < otherRow);

    private void Rise(int at, double reduced, int row)
    {
        while (at > 0)
        {
            int parent = (at - 1) / 2;
            if (!Worse(reduced, row, _reduced[parent], _rows[parent]))
                break;
            (_reduced[at], _rows[at]) = (_reduced[parent], _rows[parent]);
            at = parent;
        }
        (_reduced[at], _rows[at]) = (reduced, row);
    }

    private void Sink(int count, double reduced, int row)
    {
        int at = 0;
        while (true)
        {
            int child = 2 * at + 1;
            if (child >= count)
                break;
            if (child + 1 < count && Worse(_reduced[child + 1], _rows[child + 1], _reduced[child], _rows[child]))
                child++;
            if (!Worse(_reduced[child], _rows[child], reduced, row))
                break;
            (_reduced[at], _rows[at]) = (_reduced[child], _rows[child]);
            at = child;
        }
        if (count > 0)
            (_reduced[at], _rows[at]) = (reduced, row);
    }
}
