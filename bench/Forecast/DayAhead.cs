using System.Diagnostics;
using Rialto.Forecast.Backtests;
using Rialto.Forecast.Features;
using Rialto.Forecast.Intervals;
using Rialto.Forecast.Models;
using Rialto.Forecast.Neighbours;
using Rialto.Forecast.Series;

namespace Rialto.Bench.Forecast;

internal static class DayAhead
{
    public static void Run(string[] args)
    {
        var clock = Stopwatch.StartNew();
        var panels = AirPanels.Load();
        Console.WriteLine($"load {clock.ElapsedMilliseconds} ms");
        bool perfect = args.Contains("weather");
        bool test = args.Contains("test");
        var recipe = new FeatureRecipe
        {
            Lags = 24, OlderLags = [48, 168], Means = [24, 72, 168], Companions = [.. AirPanels.Pollutants.Skip(1), Region.Column],
            Weather = ["TEMP", "PRES", "DEWP", "RAIN", "WSPM", "WIND_E", "WIND_N"],
            Outlook = perfect ? ["TEMP", "PRES", "DEWP", "RAIN", "WSPM", "WIND_E", "WIND_N"] : [],
        };
        var source = new SampleSource(panels, recipe, Transform.Log, 24, perfect);
        int fitEnd = test ? AirPanels.At(2015, 6, 30) : AirPanels.At(2014, 6, 30);
        int from = test ? AirPanels.At(2015, 7, 1) : AirPanels.At(2014, 7, 1), to = test ? AirPanels.At(2017, 2, 28) : AirPanels.At(2015, 7, 1);
        int scored = test ? AirPanels.At(2016, 1, 1) : AirPanels.At(2015, 1, 1);
        int refit = args.Contains("fixed") ? 0 : 30 * 24;
        var train = source.Moments(0, to, 6);
        if (refit == 0) train = train.Where(m => m.Origin + 24 <= fitEnd);
        double[] scales = Score.SeasonalScales(source, fitEnd);
        var setup = new NeighbourSetup() { Combination = Combination.Median, Strategy = Strategy.Direct, Search = new() { K = 100, Weights = Weighting.Distance } };
        var plain = new NeighbourSetup() { FeatureWeights = FeatureWeighting.None };
        var run = RollingBacktest.Run(source, new RollingPlan(from, to, refit), train, source.Moments(from, to, 6), samples =>
        {
            var ridge = Ridge.Fit(samples, 100, Loss.Squared);
            return [new Persistence(), new SeasonalNaive(24), new SeasonalNaive(168), Ridge.Fit(samples, 100, Loss.Absolute), NeighbourForecaster.Fit(samples, setup, ridge)];
        });
        Console.WriteLine($"{run.Samples.Count} origins {clock.ElapsedMilliseconds} ms");
        var blend = RollingBlend.Of(run, ["persistence", "seasonal naive 24", "ridge", "neighbours"], 30 * 24, 365 * 24);
        Console.WriteLine($"blend {clock.ElapsedMilliseconds} ms");
        foreach (var w in blend.Latest) Console.Write($"[{string.Join(" ", w.Select(x => $"{x:F2}"))}] ");
        Console.WriteLine();
        foreach (string name in run.Names)
            Print(name, run, run.Values[name], scales, scored);
        Print("50/50", run, run.Values["ridge"].Zip(run.Values["neighbours"], (a, b) => (a + b) / 2).ToArray(), scales, scored);
        Print("blend", run, blend.Values, scales, scored);
        var intervals = RollingIntervals.Of(run, blend.Values, scales, 0.9, 720);
        var all = IntervalScore.Of(run, intervals, 0.9, (i, _) => run.Samples.Moments[i].Origin >= scored);
        var high = IntervalScore.Of(run, intervals, 0.9, (i, h) => run.Samples.Moments[i].Origin >= scored && panels[run.Samples.Moments[i].Panel].Target[run.Samples.Moments[i].Origin + h] > 150);
        Console.WriteLine($"cover {all.Coverage:F3} ({all.MissedBelow:F3} {all.MissedAbove:F3}) width {all.Width:F1} winkler {all.Winkler:F1} >150: {high.Coverage:F3} {high.Winkler:F1} worst30 {IntervalScore.WorstSpan(run, intervals, 0.9, scored, 720):F3}");
        for (int p = 0; p < panels.Length; p++)
            Console.Write($"{IntervalScore.Of(run, intervals, 0.9, (i, _) => run.Samples.Moments[i].Panel == p && run.Samples.Moments[i].Origin >= scored).Coverage:F3} ");
        Console.WriteLine();
        for (int s = 0; s < 24; s++)
            Console.Write($"{IntervalScore.Of(run, intervals, 0.9, (i, h) => h == s && run.Samples.Moments[i].Origin >= scored).Coverage:F3} ");
        Console.WriteLine();
    }

    private static void Print(string name, BacktestRun run, double[] values, double[] scales, int scored)
    {
        var all = Score.Of(run.Samples, values, scales, (i, _) => run.Samples.Moments[i].Origin >= scored);
        string steps = string.Join(" ", new[] { 1, 6, 12, 24 }.Select(h => $"{Score.Of(run.Samples, values, scales, (i, step) => step == h - 1 && run.Samples.Moments[i].Origin >= scored).Mae,6:F2}"));
        Console.WriteLine($"{name,-20} n {all.Count} MAE {all.Mae,6:F2} RMSE {all.Rmse,6:F2} bias {all.Bias,6:F2} MASE {all.Mase:F3}  h1/6/12/24 {steps}");
    }
}
