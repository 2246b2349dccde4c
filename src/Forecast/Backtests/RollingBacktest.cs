using Rialto.Forecast.Features;
using Rialto.Forecast.Models;

namespace Rialto.Forecast.Backtests;

/// <summary>When a backtest looks, and when it learns again. Steps of the grid.</summary>
/// <param name="From">The first origin that is predicted; models are first fitted on what was known then.</param>
/// <param name="To">Origins are before this.</param>
/// <param name="RefitEvery">Steps after which the models are fitted again on all that is known by then; 0 = never.</param>
/// <param name="Window">Steps of the past to learn from; 0 = all of it.</param>
internal sealed record RollingPlan(int From, int To, int RefitEvery = 0, int Window = 0);

/// <summary>The predictions of several models at the same moments, each made from what was known at its moment only.</summary>
internal sealed class BacktestRun(Samples samples, IReadOnlyList<string> names)
{
    public Samples Samples { get; } = samples;
    public IReadOnlyList<string> Names { get; } = names;
    public Dictionary<string, double[]> Values { get; } = names.ToDictionary(name => name, _ => new double[samples.Targets.Length]);

    /// <summary>How far apart the neighbours' outcomes lie; NaN without neighbours.</summary>
    public double[] Spread { get; } = Enumerable.Repeat(double.NaN, samples.Targets.Length).ToArray();
}

internal static class RollingBacktest
{
    /// <param name="test">Moments to predict; only those of the plan's span count.</param>
    /// <param name="fit">Fits the models on samples of the past.</param>
    /// <param name="train">Moments to learn from, in any order; those not yet fully known are left out at each fit.</param>
    /// <param name="progress">Told the share that is done.</param>
    public static BacktestRun Run(
        SampleSource source, RollingPlan plan, IEnumerable<Moment> train, IEnumerable<Moment> test, Func<Samples, IReadOnlyList<Forecaster>> fit,
        Action<double>? progress = null, CancellationToken stop = default)
    {
        var past = Samples.Take(source, train);
        var tested = Samples.Take(source, test.Where(moment => moment.Origin >= plan.From && moment.Origin < plan.To));
        BacktestRun? run = null;
        int next = 0;
        while (next < tested.Count)
        {
            stop.ThrowIfCancellationRequested();
            int begin = tested.Moments[next].Origin;
            int end = plan.RefitEvery == 0 ? plan.To : begin + plan.RefitEvery;
            int first = next;
            while (next < tested.Count && tested.Moments[next].Origin < end)
                next++;
            var known = past.Subset(i => past.Moments[i].Origin + source.Horizon <= begin && (plan.Window == 0 || past.Moments[i].Origin >= begin - plan.Window));
            var models = fit(known);
            run ??= new BacktestRun(tested, [.. models.Select(model => model.Name)]);
            PredictBlock(run, models, first, next, stop);
            progress?.Invoke((double)next / tested.Count);
        }
        return run ?? throw new ArgumentException("The plan holds no origin with enough past before it.");
    }

    private static void PredictBlock(BacktestRun run, IReadOnlyList<Forecaster> models, int first, int next, CancellationToken stop)
    {
        var block = run.Samples.Subset(i => i >= first && i < next);
        foreach (var model in models)
        {
            stop.ThrowIfCancellationRequested();
            var predicted = model.Predict(block);
            predicted.Values.CopyTo(run.Values[model.Name], first * run.Samples.Horizon);
            predicted.Spread?.CopyTo(run.Spread, first * run.Samples.Horizon);
        }
    }
}
