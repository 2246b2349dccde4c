using Rialto.Forecast.Backtests;

namespace Rialto.Forecast.Intervals;

/// <summary>The intervals a service would have given at each moment of a backtest, in the units of the series.</summary>
internal sealed class RollingIntervals
{
    public required double[] Lower { get; init; }
    public required double[] Upper { get; init; }

    /// <summary>As it stands after the last moment: what a service goes on with.</summary>
    public required Calibration Calibration { get; init; }

    /// <param name="values">The predictions to put an interval around, in the model's space.</param>
    /// <param name="scales">See <see cref="Score.SeasonalScales"/>.</param>
    /// <param name="capacity">Scores a band keeps.</param>
    /// <param name="testedFrom">Outcomes from this step on count in <see cref="Calibration.Tested"/>.</param>
    public static RollingIntervals Of(BacktestRun run, double[] values, double[] scales, double level, int capacity, int testedFrom = 0)
    {
        var samples = run.Samples;
        int horizon = samples.Horizon;
        var transform = samples.Source.Transform;
        var calibration = new Calibration(samples.Source.Panels.Count, horizon, capacity) { TestedFrom = testedFrom };
        double[] lower = new double[values.Length], upper = new double[values.Length];
        int origin = -1;
        for (int i = 0; i < samples.Count; i++)
        {
            var moment = samples.Moments[i];
            double[] measured = samples.Source.Panels[moment.Panel].Target;
            if (moment.Origin != origin)
                calibration.LearnBefore(origin = moment.Origin);
            for (int h = 0; h < horizon; h++)
            {
                int at = i * horizon + h;
                double value = transform.Back(values[at], samples.Levels[i]);
                double unit = Uncertainty.Of(transform, values[at], samples.Levels[i], run.Spread[at], scales[moment.Panel]);
                (lower[at], upper[at]) = calibration.Interval(moment.Panel, h, level, value, unit) is var (low, high)
                    ? (transform.AtLeast(low), transform.AtLeast(high))
                    : (double.NaN, double.NaN);
                double outcome = moment.Origin + h < measured.Length ? measured[moment.Origin + h] : double.NaN;
                calibration.Predicted(moment.Panel, h, moment.Origin, value, unit, outcome);
            }
        }
        calibration.LearnBefore(int.MaxValue);
        return new RollingIntervals { Lower = lower, Upper = upper, Calibration = calibration };
    }
}
