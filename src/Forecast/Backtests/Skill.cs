namespace Rialto.Forecast.Backtests;

/// <summary>How much smaller a model's mean absolute error is than a baseline's, with what chance could explain.</summary>
/// <param name="Share">1 - error / baseline's error; above 0 is better.</param>
/// <param name="Lower">Lower end of the 95 % interval by resampling whole days: errors within a day are not independent.</param>
internal sealed record Skill(double Share, double Lower, double Upper)
{
    private const int Resamples = 400;

    /// <param name="counts">Which targets, by sample and step.</param>
    public static Skill Of(BacktestRun run, double[] model, double[] baseline, int seed, Func<int, int, bool>? counts = null)
    {
        var days = SumByDay(run, model, baseline, counts);
        var random = new Random(seed);
        var shares = new double[Resamples];
        for (int r = 0; r < Resamples; r++)
        {
            double ours = 0, theirs = 0;
            for (int i = 0; i < days.Length; i++)
            {
                var (m, b) = days[random.Next(days.Length)];
                ours += m;
                theirs += b;
            }
            shares[r] = theirs > 0 ? 1 - ours / theirs : 0;
        }
        Array.Sort(shares);
        double total = days.Sum(day => day.Baseline);
        return new Skill(total > 0 ? 1 - days.Sum(day => day.Model) / total : 0, shares[(int)(0.025 * Resamples)], shares[(int)(0.975 * Resamples)]);
    }

    private static (double Model, double Baseline)[] SumByDay(BacktestRun run, double[] model, double[] baseline, Func<int, int, bool>? counts)
    {
        var samples = run.Samples;
        var transform = samples.Source.Transform;
        int day = samples.Source.Panels[0].Grid.StepsPerDay;
        var sums = new SortedDictionary<int, (double Model, double Baseline)>();
        for (int i = 0; i < samples.Count; i++)
        {
            var (panel, origin) = samples.Moments[i];
            double[] measured = samples.Source.Panels[panel].Target;
            for (int h = 0; h < samples.Horizon; h++)
            {
                int at = i * samples.Horizon + h;
                if (double.IsNaN(samples.Targets[at]) || double.IsNaN(model[at]) || double.IsNaN(baseline[at]) || counts?.Invoke(i, h) == false)
                    continue;
                double outcome = measured[origin + h];
                var (m, b) = sums.GetValueOrDefault(origin / day);
                sums[origin / day] = (
                    m + Math.Abs(transform.Back(model[at], samples.Levels[i]) - outcome),
                    b + Math.Abs(transform.Back(baseline[at], samples.Levels[i]) - outcome));
            }
        }
        return [.. sums.Values];
    }
}
