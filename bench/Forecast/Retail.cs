using System.Globalization;
using System.IO.Compression;
using Rialto.Forecast.Backtests;
using Rialto.Forecast.Features;
using Rialto.Forecast.Models;
using Rialto.Forecast.Neighbours;
using Rialto.Forecast.Registry;
using Rialto.Forecast.Series;

namespace Rialto.Bench.Forecast;

/// <summary>
/// Daily revenue of the UCI Online Retail set, 14 days ahead: no cancellations, prices above zero, closed days are zeros. Every day of the last 90 whose 14 days are known is
/// an origin; the models are fitted again each week on what was known by then. The 13 weeks before are predicted too and not scored, so that an ensemble has something to learn its
/// weights from. All but the last row is what the service makes of a request without parameters, or of one that differs in the words named. The last row is a search over 14 days and
/// the weekday alone, chosen among lags of 7, 14, 21 and 28 days on the 63 origins before the tested days. Word <c>validation</c>: the 90 days before, on which defaults are chosen.
/// </summary>
internal static class Retail
{
    private const int Horizon = 14, TestDays = 90, WarmDays = 91;

    public static void Run(string[] args)
    {
        var panel = Daily();
        if (args.Contains("validation"))
            panel = panel.Before(panel.Length - TestDays);
        int end = panel.Length, from = end - TestDays;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"daily revenue, {end} days to {panel.Grid.At(end - 1):yyyy-MM-dd}, origins from {panel.Grid.At(from):yyyy-MM-dd}, {Horizon} days ahead, mean of these days {panel.Target[from..].Average():N0}"));
        var run = Backtest(panel, from, new ModelRequest());
        foreach (string name in run.Names)
            Print(run, from, name == "neighbours" ? "KNN, the service's default" : name, run.Values[name]);
        Print(run, from, "ensemble, the service's default", RollingBlend.Of(run, ModelSet.Mixed(7), 30, 365).Values);
        foreach (var (name, request) in new (string, ModelRequest)[]
        {
            ("KNN, mean", new ModelRequest { Combine = "mean" }), ("KNN, mean, k 5", new ModelRequest { Combine = "mean", K = 5 }), ("KNN, transform none", new ModelRequest { Transform = "none" }),
            ("KNN, transform log", new ModelRequest { Transform = "log" }), ("KNN, transform level-additive", new ModelRequest { Transform = "level-additive" }),
        })
        {
            var other = Backtest(panel, from, request);
            Print(other, from, name, other.Values["neighbours"]);
        }
        Print(run, from, "KNN k15, 14 days, weekday", WindowAndWeekday(panel.Target, panel.Grid, run.Samples));
    }

    private static BacktestRun Backtest(Panel panel, int from, ModelRequest request)
    {
        var setup = ModelParsing.SetupOf(ModelParsing.Fill(request, "day").Parameters!, [panel]);
        var source = new SampleSource([panel], setup.Features, setup.Transform, Horizon);
        int to = panel.Length - Horizon + 1;
        var origins = source.Moments(0, to, 1).ToArray();
        return RollingBacktest.Run(source, new RollingPlan(from - WarmDays, to, 7), origins, origins, samples => ModelSet.Fit(samples, setup).All);
    }

    private static void Print(BacktestRun run, int from, string name, double[] values)
    {
        var score = Score.Of(run.Samples, values, Score.SeasonalScales(run.Samples.Source, from), (i, _) => run.Samples.Moments[i].Origin >= from);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {name,-34} MAE {score.Mae,8:N0}   RMSE {score.Rmse,8:N0}   MASE {score.Mase:F3}   {score.Count / Horizon} origins"));
    }

    /// <summary>In the model's space: divided by the level, as the others.</summary>
    private static double[] WindowAndWeekday(double[] revenue, Grid grid, Samples samples)
    {
        const int Window = 14, LevelDays = 28, Dimensions = Window + 2;
        double weekdayWeight = Math.Sqrt(5);
        double Level(int origin) => revenue[(origin - LevelDays)..origin].Average();
        double[] Row(int origin)
        {
            double level = Level(origin), angle = 2 * Math.PI * (int)grid.At(origin).DayOfWeek / 7;
            return [.. revenue[(origin - Window)..origin].Select(value => value / level), weekdayWeight * Math.Cos(angle), weekdayWeight * Math.Sin(angle)];
        }
        var values = new List<double>();
        foreach (var (_, origin) in samples.Moments)
        {
            int[] known = [.. Enumerable.Range(LevelDays, origin - Horizon + 1 - LevelDays)];
            double[] rows = [.. known.SelectMany(Row)], targets = [.. known.SelectMany(past => revenue[past..(past + Horizon)].Select(value => value / Level(past)))];
            values.AddRange(new NeighbourRegressor(rows, Dimensions, targets, Horizon, new NeighbourOptions { K = 15, Weights = Weighting.Distance }).Predict(Row(origin)));
        }
        return [.. values];
    }

    private static Panel Daily()
    {
        var days = new SortedDictionary<DateTime, double>();
        foreach (string path in Directory.GetFiles(Path.Combine(AirFiles.Data, "retail"), "online_retail_*.csv.gz").Order())
        {
            using var text = new StreamReader(new GZipStream(File.OpenRead(path), CompressionMode.Decompress));
            _ = text.ReadLine();
            while (text.ReadLine() is { } line)
            {
                // A description may hold commas; the columns before and after it do not.
                string[] cells = line.Split(',');
                int right = cells.Length - 5;
                double price = double.Parse(cells[right + 2], CultureInfo.InvariantCulture);
                if (line[0] == 'C' || price <= 0)
                    continue;
                var day = DateTime.Parse(cells[right + 1], CultureInfo.InvariantCulture).Date;
                days[day] = days.GetValueOrDefault(day) + price * double.Parse(cells[right], CultureInfo.InvariantCulture);
            }
        }
        var first = DateTime.SpecifyKind(days.Keys.First(), DateTimeKind.Utc);
        double[] revenue = new double[(int)(days.Keys.Last() - days.Keys.First()).TotalDays + 1];
        foreach (var (day, sum) in days)
            revenue[(int)(day - days.Keys.First()).TotalDays] = sum;
        return new Panel("all", new Grid(first, Grid.Day, TimeZoneInfo.Utc), "revenue", new Dictionary<string, double[]> { ["revenue"] = revenue });
    }
}
