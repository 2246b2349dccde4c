using Rialto.Forecast.Backtests;

namespace Rialto.Forecast.Intervals;

/// <summary>The intervals a service would have given at each moment of a backtest, in the units of the series.</summary>
internal sealed class RollingIntervals
{
    /// <summary>Days after which widths are learned again, and days of outcomes they are learned from.</summary>
    private const int RelearnDays = 30, LearnDays = 365;

    private readonly BacktestRun _run;
    private readonly double[] _values;
    private readonly double[] _scales;
    private Calibration _calibration;

    private RollingIntervals(BacktestRun run, double[] values, double[] scales, Calibration calibration)
    {
        (_run, _values, _scales, _calibration) = (run, values, scales, calibration);
        (Lower, Upper) = (new double[values.Length], new double[values.Length]);
    }

    public double[] Lower { get; }
    public double[] Upper { get; }

    /// <summary>As it stands after the last moment: what a service goes on with.</summary>
    public Calibration Calibration => _calibration;

    /// <summary>Those that the calibration stands on; null when too little was known to learn any.</summary>
    public Widths? Widths { get; private set; }

    /// <param name="values">The predictions to put an interval around, in the model's space.</param>
    /// <param name="scales">See <see cref="Score.SeasonalScales"/>.</param>
    /// <param name="capacity">Scores a band keeps.</param>
    /// <param name="scored">First origin that is scored. Widths are learned there for the first time; outcomes from this step on count in <see cref="Calibration.Tested"/>.</param>
    public static RollingIntervals Of(BacktestRun run, double[] values, double[] scales, double level, int capacity, int scored)
    {
        var samples = run.Samples;
        Calibration Fresh() => new(samples.Source.Panels.Count, samples.Horizon, capacity) { TestedFrom = scored };
        var rolling = new RollingIntervals(run, values, scales, Fresh());
        int day = samples.Source.Panels[0].Grid.StepsPerDay, origin = -1, learnAt = scored;
        for (int i = 0; i < samples.Count; i++)
        {
            if (samples.Moments[i].Origin != origin)
            {
                origin = samples.Moments[i].Origin;
                if (origin >= learnAt)
                {
                    rolling.Learn(origin, LearnDays * day, first: learnAt == scored, i, Fresh);
                    learnAt = origin + RelearnDays * day;
                }
                rolling._calibration.LearnBefore(origin);
            }
            rolling.Take(i, level);
        }
        rolling._calibration.LearnBefore(int.MaxValue);
        return rolling;
    }

    /// <summary>Only where the scored part begins: what lies before is then brought to the same measure once more, so that bands do not mix two.</summary>
    private void Learn(int now, int window, bool first, int next, Func<Calibration> fresh)
    {
        var samples = _run.Samples;
        if (!first && Widths is null)
            return;
        int[] known = [.. Enumerable.Range(0, next).Where(i => samples.Moments[i].Origin + samples.Horizon <= now && samples.Moments[i].Origin >= now - window)];
        Widths = Widths.Learn(_run, _values, _scales, known) ?? Widths;
        if (!first || Widths is null)
            return;
        _calibration = fresh();
        int origin = -1;
        for (int i = 0; i < next; i++)
        {
            if (samples.Moments[i].Origin != origin)
                _calibration.LearnBefore(origin = samples.Moments[i].Origin);
            Remember(i);
        }
    }

    private void Take(int i, double level)
    {
        var samples = _run.Samples;
        var transform = samples.Source.Transform;
        for (int h = 0; h < samples.Horizon; h++)
        {
            int at = i * samples.Horizon + h;
            (Lower[at], Upper[at]) = _calibration.Interval(samples.Moments[i].Panel, h, level, transform.Back(_values[at], samples.Levels[i]), ReachOf(i, h)) is var (low, high)
                ? (transform.AtLeast(low), transform.AtLeast(high))
                : (double.NaN, double.NaN);
        }
        Remember(i);
    }

    private void Remember(int i)
    {
        var samples = _run.Samples;
        var (panel, origin) = samples.Moments[i];
        double[] measured = samples.Source.Panels[panel].Target;
        for (int h = 0; h < samples.Horizon; h++)
        {
            double value = samples.Source.Transform.Back(_values[i * samples.Horizon + h], samples.Levels[i]);
            double outcome = origin + h < measured.Length ? measured[origin + h] : double.NaN;
            _calibration.Predicted(panel, h, origin, value, ReachOf(i, h), outcome);
        }
    }

    private Reach ReachOf(int i, int step)
    {
        var samples = _run.Samples;
        int at = i * samples.Horizon + step;
        return Uncertainty.Of(Widths, samples.Source.Transform, step, _values[at], samples.Levels[i], _run.Spread[at], _scales[samples.Moments[i].Panel]);
    }
}
