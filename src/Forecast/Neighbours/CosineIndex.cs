namespace Rialto.Forecast.Neighbours;

/// <summary>Cosine distance: rows and queries are brought to length 1 first (a row of zeros stays as it is, at distance 1 of everything).</summary>
internal sealed class CosineIndex(ReadOnlySpan<double> rows, int dimensions) : NeighbourIndex
{
    private readonly BlockIndex<CosineKernel> _index = new(UnitRows(rows, dimensions), dimensions, default, Algorithm.Brute, LeafSizeDefault);

    public override int Count => _index.Count;
    public override int Dimensions => _index.Dimensions;
    public override Algorithm Algorithm => Algorithm.Brute;

    public override Neighbour[][] Find(ReadOnlySpan<double> queries, int k, ReadOnlySpan<RowRange> excluded = default) =>
        _index.Find(UnitRows(queries, Dimensions), k, excluded);

    private static double[] UnitRows(ReadOnlySpan<double> rows, int dimensions)
    {
        var unit = rows.ToArray();
        for (int from = 0; from < unit.Length; from += dimensions)
        {
            var row = unit.AsSpan(from, dimensions);
            double squares = 0;
            foreach (double value in row)
                squares += value * value;
            double length = squares > 0 ? Math.Sqrt(squares) : 1;
            for (int j = 0; j < dimensions; j++)
                row[j] /= length;
        }
        return unit;
    }
}
