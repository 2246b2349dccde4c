namespace Rialto.Forecast.Series;

/// <summary>
/// A column made ready for features: gaps carry the last value forward (never backward: that would know the future), running sums give
/// means of any window in one subtraction. A question about origin o reads steps before o only.
/// </summary>
internal sealed class CausalColumn
{
    private readonly double[] _filled;
    private readonly double[] _sums;
    private readonly int[] _age;
    private readonly int[] _missing;
    private readonly int _first;

    public CausalColumn(ReadOnlySpan<double> values, Func<double, double> transform)
    {
        _filled = new double[values.Length];
        _sums = new double[values.Length + 1];
        _age = new int[values.Length];
        _missing = new int[values.Length + 1];
        double last = double.NaN;
        int age = 0;
        _first = values.Length;
        for (int i = 0; i < values.Length; i++)
        {
            bool measured = !double.IsNaN(values[i]);
            if (measured && _first == values.Length)
                _first = i;
            (last, age) = measured ? (transform(values[i]), 0) : (last, age + 1);
            (_filled[i], _age[i]) = (last, age);
            _sums[i + 1] = _sums[i] + (double.IsNaN(last) ? 0 : last);
            _missing[i + 1] = _missing[i] + (measured ? 0 : 1);
        }
    }

    /// <summary>The value of the step <paramref name="lag"/> before the origin (1 = the last one known); NaN before the first measurement.</summary>
    public double Lag(int origin, int lag) => origin - lag >= 0 ? _filled[origin - lag] : double.NaN;

    /// <summary>Mean of the last steps before the origin.</summary>
    public double Mean(int origin, int steps)
    {
        int from = Math.Max(_first, origin - steps);
        return origin <= from ? double.NaN : (_sums[origin] - _sums[from]) / (origin - from);
    }

    public double Max(int origin, int steps)
    {
        double max = double.NaN;
        for (int i = Math.Max(0, origin - steps); i < origin; i++)
            max = double.IsNaN(max) || _filled[i] > max ? _filled[i] : max;
        return max;
    }

    /// <summary>How many steps ago the last value was measured.</summary>
    public int Age(int origin) => origin > 0 ? _age[origin - 1] : 0;

    public double ShareMissing(int origin, int steps)
    {
        int from = Math.Max(0, origin - steps);
        return origin == from ? 0 : (double)(_missing[origin] - _missing[from]) / (origin - from);
    }
}
