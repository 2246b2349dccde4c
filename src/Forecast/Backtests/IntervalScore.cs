using Rialto.Forecast.Intervals;

namespace Rialto.Forecast.Backtests;

/// <summary>How intervals fared. Coverage alone flatters wide ones, so width and Winkler score stand beside it.</summary>
/// <param name="Winkler">Mean width plus 2/(1 - level) times the distance of each miss.</param>
/// <param name="MissedBelow">Share of outcomes below the interval.</param>
internal sealed record IntervalScore(int Count, double Coverage, double MissedBelow, double MissedAbove, double Width, double Winkler)
{
    public static IntervalScore Of(BacktestRun run, RollingIntervals intervals, double level, Func<int, int, bool>? counts = null)
    {
        var samples = run.Samples;
        int count = 0, below = 0, above = 0;
        double width = 0, winkler = 0;
        for (int i = 0; i < samples.Count; i++)
        {
            double[] measured = samples.Source.Panels[samples.Moments[i].Panel].Target;
            for (int h = 0; h < samples.Horizon; h++)
            {
                int at = i * samples.Horizon + h;
                if (double.IsNaN(samples.Targets[at]) || double.IsNaN(intervals.Lower[at]) || counts?.Invoke(i, h) == false)
                    continue;
                double outcome = measured[samples.Moments[i].Origin + h], lower = intervals.Lower[at], upper = intervals.Upper[at];
                count++;
                width += upper - lower;
                winkler += upper - lower;
                if (outcome < lower)
                {
                    below++;
                    winkler += 2 / (1 - level) * (lower - outcome);
                }
                else if (outcome > upper)
                {
                    above++;
                    winkler += 2 / (1 - level) * (outcome - upper);
                }
            }
        }
        return new IntervalScore(
            count, 1 - (double)(below + above) / count, (double)below / count, (double)above / count, width / count, winkler / count);
    }

    /// <summary>The worst coverage over any of the consecutive spans of so many steps.</summary>
    public static double WorstSpan(BacktestRun run, RollingIntervals intervals, double level, int from, int steps)
    {
        int last = run.Samples.Moments[^1].Origin;
        double worst = 1;
        for (int start = from; start + steps <= last; start += steps)
        {
            var span = Of(run, intervals, level, (i, _) => run.Samples.Moments[i].Origin >= start && run.Samples.Moments[i].Origin < start + steps);
            if (span.Count > 0)
                worst = Math.Min(worst, span.Coverage);
        }
        return worst;
    }
}
