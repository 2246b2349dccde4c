using System.Diagnostics;
using System.Globalization;
using Rialto.Forecast.Backtests;
using Rialto.Forecast.Features;
using Rialto.Forecast.Intervals;
using Rialto.Forecast.Models;
using Rialto.Forecast.Neighbours;
using Rialto.Forecast.Series;

namespace Rialto.Bench.Forecast;

/// <summary>
/// Day-ahead PM2.5 at the nine Beijing stations: origins every six hours, the next 24 hours, inputs only from before the origin. Tested on 2016-01-01 to
/// 2017-02-27; intervals are warmed up on July to December 2015. Word <c>fixed</c>: fitted once on what was known by 2015-06-30; without it models
/// are fitted again every 30 days on all that is known by then, as a service would. Word <c>weather</c>: the weather that came is handed in as if it had been
/// forecast without error, an upper bound. Word <c>validation</c>: January to June 2015, on which parameters were chosen.
/// </summary>
internal static class DayAhead
{
    private const int Horizon = 24, High = 150;
    private const double Level = 0.9;

    public static void Run(string[] args)
    {
        var clock = Stopwatch.StartNew();
        bool perfect = args.Contains("weather"), validation = args.Contains("validation"), refit = !args.Contains("fixed");
        var panels = AirPanels.Load();
        var source = new SampleSource(panels, Recipe(perfect), Transform.Log, Horizon, perfect);
        int fitEnd = validation ? AirPanels.At(2014, 6, 30) : AirPanels.At(2015, 6, 30);
        int from = validation ? AirPanels.At(2014, 7, 1) : AirPanels.At(2015, 7, 1), to = validation ? AirPanels.At(2015, 7, 1) : AirPanels.At(2017, 2, 28);
        int scored = validation ? AirPanels.At(2015, 1, 1) : AirPanels.At(2016, 1, 1);
        var train = source.Moments(0, to, 6);
        if (!refit)
            train = train.Where(moment => moment.Origin + Horizon <= fitEnd);
        double[] scales = Score.SeasonalScales(source, fitEnd);
        var run = RollingBacktest.Run(source, new RollingPlan(from, to, refit ? 30 * 24 : 0), train, source.Moments(from, to, 6), Models);
        var blend = RollingBlend.Of(run, ["persistence", "seasonal naive 24", "ridge", "KNN"], 30 * 24, 365 * 24);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{(validation ? "validation January-June 2015" : "test 2016-01-01 to 2017-02-27")}, {panels.Length} stations, {(refit ? "refitted every 30 days" : "fitted once")}{(perfect ? ", PERFECT FUTURE WEATHER: an upper bound" : "")}, seed none needed, {clock.Elapsed.TotalSeconds:F0} s"));
        PrintErrors(run, blend.Values, scales, scored);
        PrintIntervals(run, RollingIntervals.Of(run, blend.Values, scales, Level, 720, scored), scored);
    }

    private static FeatureRecipe Recipe(bool perfect) => new()
    {
        Lags = 24, OlderLags = [48, 168], Means = [24, 72, 168], Companions = [.. AirPanels.Pollutants.Skip(1), Region.Column],
        Weather = [.. AirPanels.Weather, "WIND_E", "WIND_N"],
        Outlook = perfect ? [.. AirPanels.Weather, "WIND_E", "WIND_N"] : [],
    };

    private static IReadOnlyList<Forecaster> Models(Samples samples)
    {
        var squared = Ridge.Fit(samples, 100, Loss.Squared);
        var search = new NeighbourOptions { K = 100, Weights = Weighting.Distance };
        return
        [
            new Persistence(), new SeasonalNaive(24), new SeasonalNaive(168),
            new Renamed("plain KNN k5", NeighbourForecaster.Fit(samples, new NeighbourSetup { FeatureWeights = FeatureWeighting.None }, null)),
            new Renamed("ridge, squares", squared), Ridge.Fit(samples, 100, Loss.Absolute),
            new Renamed("KNN", NeighbourForecaster.Fit(samples, new NeighbourSetup { Combination = Combination.Median, Strategy = Strategy.Direct, Search = search }, squared)),
        ];
    }

    private static void PrintErrors(BacktestRun run, double[] blend, double[] scales, int scored)
    {
        Console.WriteLine("model                  MAE    RMSE   bias   MASE    MAE at h=1    3     6    12    18    24   targets");
        foreach (string name in run.Names.Append("blend"))
        {
            double[] values = name == "blend" ? blend : run.Values[name];
            var all = Score.Of(run.Samples, values, scales, (i, _) => run.Samples.Moments[i].Origin >= scored);
            string steps = string.Join(" ", new[] { 1, 3, 6, 12, 18, 24 }.Select(h => Score.Of(run.Samples, values, scales, (i, step) => step == h - 1 && run.Samples.Moments[i].Origin >= scored).Mae.ToString("F2", CultureInfo.InvariantCulture).PadLeft(5)));
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name,-19} {all.Mae,6:F2} {all.Rmse,7:F2} {all.Bias,6:F2} {all.Mase,6:F3}         {steps}   {all.Count}"));
        }
        Console.WriteLine("MAE by station");
        var panels = run.Samples.Source.Panels;
        for (int p = 0; p < panels.Count; p++)
        {
            var parts = run.Names.Append("blend").Select(name => $"{name} " + Score.Of(
                run.Samples, name == "blend" ? blend : run.Values[name], scales, (i, _) => run.Samples.Moments[i].Panel == p && run.Samples.Moments[i].Origin >= scored).Mae.ToString("F2", CultureInfo.InvariantCulture));
            Console.WriteLine($"{panels[p].Name,-15} {string.Join("  ", parts)}");
        }
    }

    private static void PrintIntervals(BacktestRun run, RollingIntervals intervals, int scored)
    {
        var samples = run.Samples;
        var panels = samples.Source.Panels;
        IntervalScore Where(Func<int, int, bool> also) => IntervalScore.Of(run, intervals, Level, (i, h) => samples.Moments[i].Origin >= scored && also(i, h));
        string Share(double value) => value.ToString("F3", CultureInfo.InvariantCulture);
        var all = Where((_, _) => true);
        var high = Where((i, h) => panels[samples.Moments[i].Panel].Target[samples.Moments[i].Origin + h] > High);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"90 % interval of the blend: coverage {all.Coverage:F3} (missed below {all.MissedBelow:F3}, above {all.MissedAbove:F3}), above {High} ug/m3 {high.Coverage:F3}, width {all.Width:F1}, Winkler {all.Winkler:F1}, worst 30 days {IntervalScore.WorstSpan(run, intervals, Level, scored, 720):F3}"));
        Console.WriteLine("coverage by hour ahead: " + string.Join(" ", Enumerable.Range(0, Horizon).Select(step => Share(Where((_, h) => h == step).Coverage))));
        Console.WriteLine("coverage by station:    " + string.Join(" ", Enumerable.Range(0, panels.Count).Select(p => Share(Where((i, _) => samples.Moments[i].Panel == p).Coverage))));
    }

    /// <summary>Two forecasters of one kind need two names.</summary>
    private sealed class Renamed(string name, Forecaster inner) : Forecaster
    {
        public override string Name => name;

        public override Prediction Predict(Samples samples) => name == "KNN" ? inner.Predict(samples) : inner.Predict(samples) with { Spread = null };
    }
}
