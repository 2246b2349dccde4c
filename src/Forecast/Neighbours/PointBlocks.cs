namespace Rialto.Forecast.Neighbours;

/// <summary>
/// The training rows twice: exact in double precision, and centred, scaled to at most 1 and transposed in blocks of sixteen rows in single
/// precision, so that one vector instruction handles one dimension of sixteen rows.
/// </summary>
internal sealed class PointBlocks
{
    public const int Lanes = 16;

    /// <summary>The sixteenth power of this still fits a double; no measured quantity comes near.</summary>
    public const double ValueMax = 1e15;

    private readonly double[] _rows;
    private readonly double[] _mean;
    private readonly double _scale;
    private readonly double _radius;
    private readonly double _largest;

    /// <param name="rows">Row-major; the array is not kept.</param>
    /// <param name="order">Which row stands at each position.</param>
    public PointBlocks(ReadOnlySpan<double> rows, int dimensions, int[] order)
    {
        Count = order.Length;
        Dimensions = dimensions;
        RowAt = order;
        Blocks = (Count + Lanes - 1) / Lanes;
        _rows = new double[rows.Length];
        for (int at = 0; at < Count; at++)
            rows.Slice(order[at] * dimensions, dimensions).CopyTo(_rows.AsSpan(at * dimensions));
        _mean = MeanOf(_rows, dimensions);
        (_scale, _largest) = ScaleOf(_rows, _mean);
        Values = new float[Blocks * dimensions * Lanes];
        for (int at = 0; at < Count; at++)
        {
            double length = 0;
            for (int j = 0; j < dimensions; j++)
            {
                float value = (float)((_rows[at * dimensions + j] - _mean[j]) * _scale);
                Values[((at / Lanes * dimensions) + j) * Lanes + at % Lanes] = value;
                length += Math.Abs(value);
            }
            _radius = Math.Max(_radius, length);
        }
    }

    public int Count { get; }
    public int Dimensions { get; }
    public int Blocks { get; }

    /// <summary>Block, then dimension, then row.</summary>
    public float[] Values { get; }

    public int[] RowAt { get; }

    public ReadOnlySpan<double> Exact(int at) => _rows.AsSpan(at * Dimensions, Dimensions);

    public float Value(int at, int dimension) => Values[((at / Lanes * Dimensions) + dimension) * Lanes + at % Lanes];

    /// <summary>Writes the query in the filter's space; returns by how much the filter distance to any row may differ from the true one times the scale.</summary>
    public double Project(ReadOnlySpan<double> query, Span<float> filtered, out double scale)
    {
        scale = _scale;
        double length = 0, largest = _largest;
        for (int j = 0; j < Dimensions; j++)
        {
            double value = query[j];
            largest = Math.Max(largest, Math.Abs(value));
            filtered[j] = (float)((value - _mean[j]) * _scale);
            length += Math.Abs(filtered[j]);
        }
        // Each side was moved by rounding: at most half a unit of its own size in single precision (the sum of sizes bounds every
        // Minkowski length), plus the rounding of the subtraction of the mean in double precision.
        double single = Probe.SingleUnit * (length + _radius);
        double centring = Probe.DoubleUnit * 8 * Dimensions * largest * _scale;
        return single + centring;
    }

    private static double[] MeanOf(double[] rows, int dimensions)
    {
        var mean = new double[dimensions];
        for (int i = 0; i < rows.Length; i++)
        {
            if (!(Math.Abs(rows[i]) <= ValueMax))
                throw new ArgumentException($"Row {i / dimensions} holds {rows[i]}: a row must be filled and finite before it is indexed.");
            mean[i % dimensions] += rows[i];
        }
        int count = rows.Length / dimensions;
        for (int j = 0; j < dimensions; j++)
            mean[j] /= Math.Max(count, 1);
        return mean;
    }

    private static (double Scale, double Largest) ScaleOf(double[] rows, double[] mean)
    {
        double spread = 0, largest = 0;
        for (int i = 0; i < rows.Length; i++)
        {
            spread = Math.Max(spread, Math.Abs(rows[i] - mean[i % mean.Length]));
            largest = Math.Max(largest, Math.Abs(rows[i]));
        }
        return (spread > 0 ? 1 / spread : 1, largest);
    }
}
