using Rialto.Forecast.Intervals;

namespace Rialto.Forecast.Unusual;

/// <summary>What a step usually is; NaN while too little is known.</summary>
/// <param name="IsOut">Outside of the band, and so was the step before it or is the one after it.</param>
internal readonly record struct Usual(double Expected, double Lower, double Upper, bool IsOut);

/// <summary>
/// Bands of volume: expected is the median of the same slot in the last four weeks (in the last seven days, where a series is short), on a scale of square roots where no value is
/// negative; the band ends at a conformal quantile of the last four weeks' errors. One step outside is chance, two in a row are unusual. Of an unusual stretch no more is learned than its
/// first error, and that when it is over, until it has lasted a week: then it is what is usual now. Each step is judged by what came before it, the first of a stretch together with its second.
/// </summary>
internal sealed class UsualBand
{
    /// <summary>Series of so many days or more are compared week by week.</summary>
    private const int WeeklyDays = 42;

    private const int Weeks = 4, WeekDays = 7, MemoryDays = 28;

    /// <summary>Errors that are needed for a band; of daily series there is no more than this to remember either.</summary>
    private const int ErrorsMin = 28, ErrorsMax = 180;

    /// <summary>What is learned of one error, in reaches of the band: where few are remembered one outlier would else be the band for weeks.</summary>
    private const double ErrorMost = 1.5;

    private readonly double[] _roots, _clean;
    private readonly Usual[] _usual;
    private readonly int _day;
    private readonly bool _counts;
    private readonly double _quantile;
    private readonly Band _errors;

    /// <summary>Steps in a row that lay outside, the first of them, and what is to be learned of it when it is over.</summary>
    private int _outside, _first;
    private double _firstError = double.NaN;

    private UsualBand(double[] values, int day, double quantile)
    {
        (_usual, _day, _counts, _quantile) = (new Usual[values.Length], day, !values.Any(value => value < 0), quantile);
        _roots = Array.ConvertAll(values, value => _counts ? Math.Sqrt(value) : value);
        _clean = [.. _roots];
        _errors = new Band(Math.Max(MemoryDays * day, ErrorsMax));
    }

    /// <param name="values">NaN = not measured.</param>
    /// <param name="day">Steps a day.</param>
    /// <param name="quantile">Share of the errors that the band holds.</param>
    public static Usual[] Of(double[] values, int day, double quantile)
    {
        var band = new UsualBand(values, day, quantile);
        bool weekly = values.Length >= WeeklyDays * day;
        for (int i = 0; i < values.Length; i++)
            band.Take(i, Same(band._clean, i, weekly ? WeekDays * day : day, weekly ? Weeks : WeekDays));
        return band._usual;
    }

    private void Take(int i, double expected)
    {
        double reach = _errors.Count >= Math.Max(_day, ErrorsMin) ? Band.Ends(_errors.Scores, 0, 1 - _quantile).Upper : double.NaN;
        _usual[i] = new Usual(Back(expected), Back(expected - reach), Back(expected + reach), false);
        double error = Math.Abs(_roots[i] - expected);
        // Where nothing was measured, or nothing is expected yet, nothing begins or ends.
        if (double.IsNaN(error))
            return;
        double learned = double.IsNaN(reach) ? error : Math.Min(error, ErrorMost * reach);
        if (!(error > reach))
        {
            Learn(_firstError);
            Learn(learned);
            (_outside, _firstError) = (0, double.NaN);
            return;
        }
        if (++_outside == 1)
        {
            (_first, _firstError) = (i, learned);
            return;
        }
        _usual[i] = _usual[i] with { IsOut = true };
        if (_outside == 2)
            Forget(_first);
        if (_outside > WeekDays * _day)
            Learn(learned);
        else
            _clean[i] = expected;
    }

    /// <summary>The first step of a stretch is known to be of it only by its second.</summary>
    private void Forget(int first)
    {
        _usual[first] = _usual[first] with { IsOut = true };
        _clean[first] = _counts ? Math.Sqrt(_usual[first].Expected) : _usual[first].Expected;
    }

    private void Learn(double error)
    {
        if (!double.IsNaN(error))
            _errors.Add(error);
    }

    private static double Same(double[] clean, int at, int season, int back)
    {
        Span<double> same = stackalloc double[WeekDays];
        int count = 0;
        for (int n = 1; n <= back && at - n * season >= 0; n++)
        {
            if (!double.IsNaN(clean[at - n * season]))
                same[count++] = clean[at - n * season];
        }
        if (count == 0)
            return double.NaN;
        same = same[..count];
        same.Sort();
        return (same[(count - 1) / 2] + same[count / 2]) / 2;
    }

    private double Back(double root) => _counts ? Math.Max(root, 0) * Math.Max(root, 0) : root;
}
