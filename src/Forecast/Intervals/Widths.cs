using Rialto.Forecast.Backtests;

namespace Rialto.Forecast.Intervals;

/// <summary>One side of one part of the horizon: the logarithm of a width is linear in a few signs of uncertainty.</summary>
/// <param name="To">One past the last step of the part.</param>
internal sealed record WidthPart(int To, double[] Mean, double[] Deviation, double[] Below, double[] Above);

/// <summary>
/// Widths learned from past errors, each side for itself: smog leaves more slowly than it comes, so a day that looks bad is wrong by more above than below. They are fitted by
/// the Winkler score of the 90 % interval, and the conformal bands stand on them: these make the coverage right, the widths make it cheap. On the first half
/// of 2015 of the Beijing set they took the Winkler score from 204.6 to 189 at the same coverage.
/// </summary>
internal sealed class Widths(IReadOnlyList<WidthPart> parts)
{
    /// <summary>Fewer outcomes of a part of the horizon say too little; nothing is learned.</summary>
    public const int OutcomesMin = 240;

    /// <summary>More outcomes of one part say nothing new and cost time; every so-and-so-many-th is taken.</summary>
    private const int OutcomesMax = 8000;

    private const double Level = 0.9;
    private const int Signs = 5, Rounds = 200;

    /// <summary>Of a descent by moments (Adam), falling with the rounds.</summary>
    private const double StepSize = 0.05;

    private const double Penalty = 1e-3;

    /// <summary>Beyond e to this of the scale nothing was ever learned.</summary>
    private const double ExponentMax = 6;

    public IReadOnlyList<WidthPart> Parts => parts;

    /// <param name="apart">See <see cref="Uncertainty.Spread"/>.</param>
    /// <param name="value">In the model's space.</param>
    public Reach Of(int step, double apart, double value, double scale)
    {
        var part = parts[0];
        for (int i = 1; part.To <= step; i++)
            part = parts[i];
        Span<double> signs = stackalloc double[Signs];
        Fill(apart, value, signs);
        for (int j = 0; j < Signs; j++)
            signs[j] = (signs[j] - part.Mean[j]) / part.Deviation[j];
        return new Reach(scale * Width(signs, part.Below), scale * Width(signs, part.Above));
    }

    /// <summary>Learns from the outcomes of these samples; null when there are too few.</summary>
    /// <param name="known">Numbers of samples whose outcomes are all measured by now, or never will be.</param>
    public static Widths? Learn(BacktestRun run, double[] values, double[] scales, IReadOnlyList<int> known)
    {
        var parts = new List<WidthPart>();
        int from = 0, horizon = run.Samples.Horizon;
        foreach (int to in RollingBlend.PartEnds.Where(end => end < horizon).Append(horizon))
        {
            var (signs, errors) = Take(run, values, scales, known, from, to);
            if (errors.Length < OutcomesMin)
                return null;
            var (mean, deviation) = Standardise(signs);
            parts.Add(new WidthPart(to, mean, deviation, Fit(signs, Array.ConvertAll(errors, error => -error)), Fit(signs, errors)));
            from = to;
        }
        return new Widths(parts);
    }

    private static void Fill(double apart, double value, Span<double> signs)
    {
        signs[0] = 1;
        signs[1] = Math.Log(Math.Max(apart, 0) + 0.02);
        signs[2] = Math.Log(Math.Max(apart, 0) + 0.5);
        signs[3] = value;
        signs[4] = value * value;
    }

    private static (double[] Signs, double[] Errors) Take(BacktestRun run, double[] values, double[] scales, IReadOnlyList<int> known, int from, int to)
    {
        var samples = run.Samples;
        var transform = samples.Source.Transform;
        int every = Math.Max(1, (int)Math.Ceiling((double)known.Count * (to - from) / OutcomesMax)), place = 0;
        List<double> signs = [], errors = [];
        Span<double> row = stackalloc double[Signs];
        foreach (int i in known)
        {
            var (panel, origin) = samples.Moments[i];
            for (int h = from; h < to; h++)
            {
                int at = i * samples.Horizon + h;
                if (place++ % every != 0 || double.IsNaN(samples.Targets[at]) || double.IsNaN(values[at]))
                    continue;
                Fill(Uncertainty.Spread(transform, values[at], samples.Levels[i], run.Spread[at], scales[panel]), values[at], row);
                signs.AddRange(row);
                errors.Add((samples.Source.Panels[panel].Target[origin + h] - transform.Back(values[at], samples.Levels[i])) / Uncertainty.Usable(scales[panel]));
            }
        }
        return ([.. signs], [.. errors]);
    }

    /// <summary>Brings each sign to mean 0 and deviation 1; the constant stays.</summary>
    private static (double[] Mean, double[] Deviation) Standardise(double[] signs)
    {
        double[] mean = new double[Signs], deviation = [1, 1, 1, 1, 1];
        int count = signs.Length / Signs;
        for (int j = 1; j < Signs; j++)
        {
            double sum = 0, squares = 0;
            for (int i = j; i < signs.Length; i += Signs)
                sum += signs[i];
            mean[j] = sum / count;
            for (int i = j; i < signs.Length; i += Signs)
                squares += (signs[i] - mean[j]) * (signs[i] - mean[j]);
            deviation[j] = Math.Max(Math.Sqrt(squares / count), 1e-9);
            for (int i = j; i < signs.Length; i += Signs)
                signs[i] = (signs[i] - mean[j]) / deviation[j];
        }
        return (mean, deviation);
    }

    /// <summary>Least mean of: the width, plus 2/(1 - level) times how far the errors lie beyond it.</summary>
    private static double[] Fit(double[] signs, double[] errors)
    {
        const double Miss = 2 / (1 - Level);
        double[] sorted = [.. errors];
        Array.Sort(sorted);
        double[] weights = [Math.Log(Math.Max(sorted[(int)((1 + Level) / 2 * (sorted.Length - 1))], 1e-3)), 0, 0.3, 0, 0];
        double[] slopes = new double[Signs], moment = new double[Signs], size = new double[Signs];
        for (int round = 1; round <= Rounds; round++)
        {
            Array.Clear(slopes);
            for (int i = 0; i < errors.Length; i++)
            {
                var row = signs.AsSpan(i * Signs, Signs);
                double width = Width(row, weights), slope = errors[i] > width ? width * (1 - Miss) : width;
                for (int j = 0; j < Signs; j++)
                    slopes[j] += slope * row[j];
            }
            double step = StepSize * 20 / (20 + round) * Math.Sqrt(Signs), early = 1 - Math.Pow(0.9, round), late = 1 - Math.Pow(0.99, round);
            for (int j = 0; j < Signs; j++)
            {
                double slope = slopes[j] / errors.Length + (j == 0 ? 0 : 2 * Penalty * weights[j]);
                moment[j] = 0.9 * moment[j] + 0.1 * slope;
                size[j] = 0.99 * size[j] + 0.01 * slope * slope;
                weights[j] -= step * (moment[j] / early) / (Math.Sqrt(size[j] / late) + 1e-9);
            }
        }
        return weights;
    }

    private static double Width(ReadOnlySpan<double> signs, double[] weights)
    {
        double sum = 0;
        for (int j = 0; j < Signs; j++)
            sum += signs[j] * weights[j];
        return Math.Exp(Math.Clamp(sum, -ExponentMax, ExponentMax));
    }
}
