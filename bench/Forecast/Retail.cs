using System.Globalization;
using System.IO.Compression;
using Rialto.Forecast.Backtests;
using Rialto.Forecast.Features;
using Rialto.Forecast.Models;
using Rialto.Forecast.Neighbours;
using Rialto.Forecast.Series;

namespace Rialto.Bench.Forecast;

/// <summary>
/// Daily revenue of the UCI Online Retail set, 14 days ahead: no cancellations, prices above zero, closed days are zeros. Every day of the last 90 whose 14 days are known is
/// an origin; the models are fitted again each week on what was known by then. Window and target are divided by the mean of the last 28 days. "KNN k15" is the service's default for days.
/// The last row is the same search over 14 days and the weekday alone, chosen among lags of 7, 14, 21 and 28 days on the 63 origins before the tested days.
/// </summary>
internal static class Retail
{
    private const int Horizon = 14, TestDays = 90;

    public static void Run()
    {
        var panel = Daily();
        int end = panel.Length, from = end - TestDays;
        var recipe = new FeatureRecipe { Lags = 14, OlderLags = [21, 28], Means = [7, 28], LevelSteps = 28 };
        var source = new SampleSource([panel], recipe, new Transform(Curve.None, Leveling.Multiplicative), Horizon);
        var origins = source.Moments(0, end - Horizon + 1, 1).ToArray();
        var run = RollingBacktest.Run(source, new RollingPlan(from, end - Horizon + 1, 7), origins, origins, Models);
        double[] blend = RollingBlend.Of(run, ["ridge", "KNN k15"], 7, 365).Values;
        double[] scales = Score.SeasonalScales(source, from);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"daily revenue, {end} days to {panel.Grid.At(end - 1):yyyy-MM-dd}, {run.Samples.Count} origins from {panel.Grid.At(from):yyyy-MM-dd}, {Horizon} days ahead, mean of these days {panel.Target[from..].Average():N0}"));
        double[] few = WindowAndWeekday(panel.Target, panel.Grid, run.Samples);
        foreach (string name in run.Names.Append("blend").Append("KNN k15, 14 days, weekday"))
        {
            var score = Score.Of(run.Samples, name == "blend" ? blend : run.Values.GetValueOrDefault(name) ?? few, scales);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {name,-26} MAE {score.Mae,8:N0}   RMSE {score.Rmse,8:N0}   MASE {score.Mase:F3}"));
        }
    }

    private static IReadOnlyList<Forecaster> Models(Samples samples)
    {
        var ridge = Ridge.Fit(samples, 20, Loss.Squared);
        Forecaster Knn(int k, Weighting weights, FeatureWeighting learned) => new Named(
            $"KNN k{k}", NeighbourForecaster.Fit(samples, new NeighbourSetup { FeatureWeights = learned, Exclusion = 7, Search = new NeighbourOptions { K = k, Weights = weights } }, ridge));
        return
        [
            new Persistence(), new SeasonalNaive(7), new SeasonalNaive(7, 4), ExponentialSmoothing.Fit(samples), ridge,
            Knn(5, Weighting.Uniform, FeatureWeighting.None), Knn(15, Weighting.Distance, FeatureWeighting.Learned),
        ];
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

    internal static Panel Daily()
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

    private sealed class Named(string name, Forecaster inner) : Forecaster
    {
        public override string Name => name;

        public override Prediction Predict(Samples samples) => inner.Predict(samples);
    }
}
