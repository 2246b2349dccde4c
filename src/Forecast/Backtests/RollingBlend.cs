using Rialto.Forecast.Features;

namespace Rialto.Forecast.Backtests;

/// <summary>
/// Weights that mix several models, one set for each part of the horizon, learned from the models' own rolling backtest: at each date from
/// outcomes known by then, never once and for all (a gain on one half-year does not carry over to the next by itself).
/// </summary>
internal sealed class RollingBlend
{
    private const int Rounds = 120;
    private const double Step = 0.6;

    /// <summary>The fitted weights keep this share; the rest is spread evenly over the good models, which equal weights rarely lose to by much.</summary>
    private const double Trust = 0.3;

    /// <summary>A model within this factor of the best counts as good.</summary>
    private const double GoodFactor = 1.1;

    /// <summary>
    /// Fewer known targets of a part than this, and the whole horizon teaches its weights; fewer of that too, and all models are mixed evenly. Chosen on 90 days of daily sales before
    /// those that docs/forecast-accuracy.md reports.
    /// </summary>
    private const int TargetsMin = 300;

    public static readonly int[] PartEnds = [1, 3, 6, 12, 18];

    /// <summary>Weights by horizon step and model as last learned: what a service goes on with.</summary>
    public required double[][] Latest { get; init; }

    public required double[] Values { get; init; }

    /// <param name="models">Names of the run's models to mix.</param>
    /// <param name="relearnEvery">Steps after which weights are learned again.</param>
    /// <param name="window">Steps of past outcomes to learn from.</param>
    public static RollingBlend Of(BacktestRun run, IReadOnlyList<string> models, int relearnEvery, int window)
    {
        var samples = run.Samples;
        var values = new double[samples.Targets.Length];
        double[][] components = [.. models.Select(name => run.Values[name])];
        double[][] weights = [];
        int learned = int.MinValue;
        for (int i = 0; i < samples.Count; i++)
        {
            int origin = samples.Moments[i].Origin;
            if (learned == int.MinValue || origin >= learned + relearnEvery)
            {
                weights = Learn(samples, components, origin, window);
                learned = origin;
            }
            Mix(samples.Horizon, i, components, weights, values);
        }
        int end = samples.Count == 0 ? 0 : samples.Moments[^1].Origin + samples.Horizon;
        return new RollingBlend { Values = values, Latest = Learn(samples, components, end, window) };
    }

    /// <summary>The weighted mean of the models at one sample; a model without an answer leaves its weight to the others.</summary>
    public static void Mix(int horizon, int sample, double[][] components, double[][] weights, double[] into)
    {
        for (int h = 0; h < horizon; h++)
        {
            double sum = 0, total = 0;
            for (int m = 0; m < components.Length; m++)
            {
                double value = components[m][sample * horizon + h];
                if (double.IsNaN(value))
                    continue;
                sum += weights[h][m] * value;
                total += weights[h][m];
            }
            into[sample * horizon + h] = total > 0 ? sum / total : double.NaN;
        }
    }

    private static double[][] Learn(Samples samples, double[][] components, int now, int window)
    {
        int[] known = [.. Enumerable.Range(0, samples.Count).Where(i => samples.Moments[i].Origin + samples.Horizon <= now && samples.Moments[i].Origin >= now - window)];
        var weights = new double[samples.Horizon][];
        var whole = new Lazy<double[]>(() => LearnPart(samples, components, known, 0, samples.Horizon) ?? Even(components.Length, Enumerable.Range(0, components.Length)));
        int from = 0;
        foreach (int end in PartEnds.Where(end => end < samples.Horizon).Append(samples.Horizon))
        {
            double[] part = LearnPart(samples, components, known, from, end) ?? whole.Value;
            for (int h = from; h < end; h++)
                weights[h] = part;
            from = end;
        }
        return weights;
    }

    /// <summary>Null when too little is known.</summary>
    private static double[]? LearnPart(Samples samples, double[][] components, int[] known, int from, int to)
    {
        var targets = new List<(int At, double Outcome, double Level)>();
        foreach (int i in known)
        {
            double[] measured = samples.Source.Panels[samples.Moments[i].Panel].Target;
            for (int h = from; h < to; h++)
            {
                int at = i * samples.Horizon + h;
                if (!double.IsNaN(samples.Targets[at]) && components.All(values => !double.IsNaN(values[at])))
                    targets.Add((at, measured[samples.Moments[i].Origin + h], samples.Levels[i]));
            }
        }
        if (targets.Count < TargetsMin)
            return null;
        var transform = samples.Source.Transform;
        double[] errors = [.. components.Select(values => targets.Average(one => Math.Abs(transform.Back(values[one.At], one.Level) - one.Outcome)))];
        double best = errors.Min();
        double[] good = Even(components.Length, Enumerable.Range(0, errors.Length).Where(m => errors[m] <= best * GoodFactor));
        double[] fitted = Descend(transform, components, targets, good);
        return [.. fitted.Select((weight, m) => Trust * weight + (1 - Trust) * good[m])];
    }

    /// <summary>Exponentiated gradient on the mean absolute error in the units of the series: weights stay positive and sum to 1.</summary>
    private static double[] Descend(Transform transform, double[][] components, List<(int At, double Outcome, double Level)> targets, double[] start)
    {
        double[] weights = [.. start.Select(weight => 0.9 * weight + 0.1 / start.Length)];
        // The steps suit logarithms and shares of a level, where forecasts lie about one apart; weights of raw units would run to infinity.
        bool raw = transform is { Curve: Curve.None, Leveling: not Leveling.Multiplicative };
        double apart = raw ? Math.Max(1e-12, targets.Average(one => components.Max(values => values[one.At]) - components.Min(values => values[one.At]))) : 1;
        var gradient = new double[weights.Length];
        for (int round = 0; round < Rounds; round++)
        {
            Array.Clear(gradient);
            double size = 0;
            foreach (var (at, outcome, level) in targets)
            {
                double mixed = 0;
                for (int m = 0; m < weights.Length; m++)
                    mixed += weights[m] * components[m][at];
                double value = transform.Back(mixed, level), slope = transform.Slope(mixed, level) * Math.Sign(value - outcome);
                for (int m = 0; m < weights.Length; m++)
                    gradient[m] += slope * (components[m][at] - mixed);
                size += Math.Abs(slope);
            }
            double sum = 0;
            for (int m = 0; m < weights.Length; m++)
            {
                weights[m] *= Math.Exp(-Step * 20 / (20 + round) * gradient[m] / (Math.Max(size, 1e-12) * apart) * 10);
                sum += weights[m];
            }
            for (int m = 0; m < weights.Length; m++)
                weights[m] /= sum;
        }
        return weights;
    }

    private static double[] Even(int length, IEnumerable<int> members)
    {
        int[] all = [.. members];
        var even = new double[length];
        foreach (int m in all)
            even[m] = 1.0 / all.Length;
        return even;
    }
}
