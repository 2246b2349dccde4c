namespace Rialto.Forecast.Intervals;

/// <summary>
/// The interval of one place and one step ahead. Signed errors divided by the neighbours' spread, those of the last 180 days in order of size,
/// say how far below and above the next value may lie; each side's rate is steered by what was missed (adaptive conformal inference), so
/// that coverage holds when the world drifts. Not safe for several threads: a backtest or the recalibration owns it.
/// </summary>
internal sealed class Band(int capacity)
{
    /// <summary>The levels whose rates are steered; others lie between.</summary>
    public static readonly double[] Levels = [0.5, 0.8, 0.9, 0.95, 0.99];

    /// <summary>How fast a side's rate follows its misses.</summary>
    private const double Gain = 0.01;

    private readonly List<double> _sorted = [];
    private readonly Queue<double> _inOrder = new();
    private readonly double[] _below = Array.ConvertAll(Levels, level => (1 - level) / 2);
    private readonly double[] _above = Array.ConvertAll(Levels, level => (1 - level) / 2);

    public int Count => _sorted.Count;

    /// <summary>Smallest first.</summary>
    public IReadOnlyList<double> Scores => _sorted;

    public void Add(double score)
    {
        if (_inOrder.Count == capacity)
            _sorted.RemoveAt(_sorted.BinarySearch(_inOrder.Dequeue()));
        _inOrder.Enqueue(score);
        int at = _sorted.BinarySearch(score);
        _sorted.Insert(at < 0 ? ~at : at, score);
    }

    /// <summary>Tells the band how its interval at one of the steered levels fared.</summary>
    public void Steer(int level, bool missedBelow, bool missedAbove)
    {
        double nominal = (1 - Levels[level]) / 2;
        _below[level] = Math.Clamp(_below[level] + Gain * (nominal - (missedBelow ? 1 : 0)), 0, 0.5);
        _above[level] = Math.Clamp(_above[level] + Gain * (nominal - (missedAbove ? 1 : 0)), 0, 0.5);
    }

    /// <summary>The rates at which the sides may be missed for an interval of this level, as steered so far.</summary>
    public (double Below, double Above) Rates(double level) => (Between(_below, level), Between(_above, level));

    /// <summary>How many spreads below (negative) and above the prediction the interval ends, from scores in order of size.</summary>
    public static (double Lower, double Upper) Ends(IReadOnlyList<double> sorted, double below, double above)
    {
        int count = sorted.Count;
        // The finite-sample ranks: with n scores the new one is as likely to fall into each of the n + 1 gaps.
        int lower = (int)Math.Floor((count + 1) * below), upper = (int)Math.Ceiling((count + 1) * (1 - above));
        return (sorted[Math.Clamp(lower, 1, count) - 1], sorted[Math.Clamp(upper, 1, count) - 1]);
    }

    private static double Between(double[] rates, double level)
    {
        if (level <= Levels[0])
            return Math.Min(0.5, rates[0] + (Levels[0] - level) / 2);
        for (int i = 1; i < Levels.Length; i++)
        {
            if (level > Levels[i])
                continue;
            double share = (level - Levels[i - 1]) / (Levels[i] - Levels[i - 1]);
            return rates[i - 1] + share * (rates[i] - rates[i - 1]);
        }
        return rates[^1] * (1 - level) / (1 - Levels[^1]);
    }

    public BandState Save() => new([.. _inOrder.Select(score => (float)score)], [.. _below], [.. _above]);

    public static Band Restore(BandState state, int capacity)
    {
        var band = new Band(capacity);
        foreach (float score in state.Scores)
            band.Add(score);
        state.Below.CopyTo(band._below, 0);
        state.Above.CopyTo(band._above, 0);
        return band;
    }
}

/// <summary>A band as it is stored with its model: scores in order of time, steered rates by level.</summary>
internal sealed record BandState(float[] Scores, double[] Below, double[] Above);
