using System.Globalization;
using Rialto.Forecast.Models;
using Rialto.Forecast.Neighbours;
using Rialto.Forecast.Series;

namespace Rialto.Bench.Forecast;

/// <summary>
/// The split of the TSER archive (doi 10.1007/s10618-021-00745-9), rebuilt from the files for the stations that are there: from a day's 24 hourly values of
/// nine series estimate that day's maximum of PM2.5 or PM10. Same-day estimation, not a forecast. Train to 2015-12-31, test 2016-01-01 to 2017-02-28;
/// missing values carry the last one forward. Metric RMSE; beside each plain search scikit-learn's figure on the same rows.
/// </summary>
internal static class PublishedSplit
{
    private static readonly string[] Inputs = ["SO2", "NO2", "CO", "O3", "TEMP", "PRES", "DEWP", "RAIN", "WSPM"];

    public static void Run()
    {
        foreach (string target in new[] { "PM2.5", "PM10" })
        {
            var panels = AirPanels.Load(target);
            int cut = AirPanels.At(2016, 1, 1), end = AirPanels.At(2017, 3, 1);
            var (train, trainTargets) = Days(panels, target, 0, cut);
            var (test, testTargets) = Days(panels, target, cut, end);
            int dimensions = Inputs.Length * 24;
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{target}: {trainTargets.Length} train, {testTargets.Length} test days of {panels.Length} stations; RMSE"));
            var (z, zTest) = Scaled(train, test, dimensions);
            var theirs = Theirs(train, trainTargets, test, testTargets, z, zTest);
            Print("mean of train", [.. testTargets.Select(_ => trainTargets.Average())], testTargets);
            Neighbours("1-NN euclidean, raw", train, trainTargets, test, testTargets, dimensions, new NeighbourOptions { K = 1 }, theirs);
            Neighbours("5-NN euclidean, raw", train, trainTargets, test, testTargets, dimensions, new NeighbourOptions { K = 5 }, theirs);
            Neighbours("5-NN manhattan, raw", train, trainTargets, test, testTargets, dimensions, new NeighbourOptions { K = 5, Metric = Metric.Manhattan }, theirs);
            Neighbours("30-NN manhattan, raw, distance", train, trainTargets, test, testTargets, dimensions, new NeighbourOptions { K = 30, Metric = Metric.Manhattan, Weights = Weighting.Distance }, theirs);
            Neighbours("15-NN euclidean, z, distance", z, trainTargets, zTest, testTargets, dimensions, new NeighbourOptions { K = 15, Weights = Weighting.Distance }, theirs);
            Neighbours("30-NN euclidean, z, distance", z, trainTargets, zTest, testTargets, dimensions, new NeighbourOptions { K = 30, Weights = Weighting.Distance }, theirs);
            var (linear, importance) = Linear(z, trainTargets, zTest, dimensions);
            Print("ridge, z", linear, testTargets);
            Blend(z, trainTargets, zTest, testTargets, dimensions, importance, linear);
        }
    }

    /// <summary>Neighbours by what the ridge finds important, neighbours by the day's summaries and their products, and blends of them.</summary>
    private static void Blend(double[] z, double[] targets, double[] zTest, double[] outcomes, int dimensions, double[] importance, double[] linear)
    {
        double[] Weighted(double[] rows) => [.. rows.Select((value, i) => value * importance[i % dimensions])];
        var options = new NeighbourOptions { K = 20, Weights = Weighting.Distance };
        double[] knn = new NeighbourRegressor(Weighted(z), dimensions, targets, 1, options).Predict(Weighted(zTest));
        Print("20-NN, learned feature weights", knn, outcomes);
        var (summary, width) = Summaries(z, dimensions);
        var (summaryTest, _) = Summaries(zTest, dimensions);
        double[] near = new NeighbourRegressor(summary, width, targets, 1, options).Predict(summaryTest);
        Print("20-NN on squares of summaries", near, outcomes);
        Print("blend: half each of the two", [.. knn.Select((value, i) => (value + near[i]) / 2)], outcomes);
        Print("blend: a third each, with ridge", [.. knn.Select((value, i) => (value + near[i] + linear[i]) / 3)], outcomes);
        double[] local = LocalRegression.Predict(Weighted(z), targets, Weighted(zTest), dimensions);
        Print("ridge on the 200 nearest", local, outcomes);
        Print("half each: that and the ridge of all", [.. local.Select((value, i) => (value + linear[i]) / 2)], outcomes);
    }

    /// <summary>Mean, least and most of each series over the day, and all their products.</summary>
    private static (double[] Rows, int Width) Summaries(double[] rows, int dimensions)
    {
        int count = rows.Length / dimensions, basics = Inputs.Length * 3, width = basics + basics * (basics + 1) / 2;
        var all = new double[count * width];
        for (int i = 0; i < count; i++)
        {
            var into = all.AsSpan(i * width, width);
            for (int s = 0; s < Inputs.Length; s++)
            {
                var day = rows.AsSpan(i * dimensions + s * 24, 24);
                double sum = 0, min = double.PositiveInfinity, max = double.NegativeInfinity;
                foreach (double value in day)
                    (sum, min, max) = (sum + value, Math.Min(min, value), Math.Max(max, value));
                (into[3 * s], into[3 * s + 1], into[3 * s + 2]) = (sum / 24, min, max);
            }
            int at = basics;
            for (int a = 0; a < basics; a++)
            {
                for (int b = a; b < basics; b++)
                    into[at++] = Math.Clamp(into[a] * into[b], -10, 10);
            }
        }
        return (all, width);
    }

    private static void Neighbours(
        string name, double[] train, double[] targets, double[] test, double[] outcomes, int dimensions, NeighbourOptions options, Dictionary<string, double> theirs) =>
        Print(name, new NeighbourRegressor(train, dimensions, targets, 1, options).Predict(test), outcomes, string.Create(CultureInfo.InvariantCulture, $"   scikit-learn {theirs[name]:F2}"));

    private static Dictionary<string, double> Theirs(double[] train, double[] targets, double[] test, double[] outcomes, double[] z, double[] zTest)
    {
        string folder = Directory.CreateTempSubdirectory("rialto-split-").FullName;
        try
        {
            foreach (var (name, values) in new[] { ("train.raw", train), ("test.raw", test), ("train.z", z), ("test.z", zTest), ("train.targets", targets), ("test.targets", outcomes) })
                Scikit.Write(folder, name, values);
            return Scikit.Ask<Dictionary<string, double>>("published_split.py", folder);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static (double[] Predicted, double[] Importance) Linear(double[] rows, double[] targets, double[] queries, int dimensions)
    {
        int width = dimensions + 1, count = targets.Length;
        var system = new double[width * width];
        var right = new double[width];
        var row = new double[width];
        row[^1] = 1;
        for (int i = 0; i < count; i++)
        {
            rows.AsSpan(i * dimensions, dimensions).CopyTo(row);
            for (int j = 0; j < width; j++)
                Cholesky.AddScaled(system.AsSpan(j * width, j + 1), row.AsSpan(0, j + 1), row[j]);
            Cholesky.AddScaled(right, row, targets[i]);
        }
        for (int j = 0; j < dimensions; j++)
            system[j * width + j] += 0.02 * count;
        if (!Cholesky.Factor(system, width))
            throw new InvalidOperationException("The regression cannot be solved.");
        Cholesky.Solve(system, width, right);
        double[] predicted = [.. Enumerable.Range(0, queries.Length / dimensions).Select(i => Math.Max(0, right[^1] + Cholesky.Dot(queries.AsSpan(i * dimensions, dimensions), right.AsSpan(0, dimensions))))];
        return (predicted, [.. right.Take(dimensions).Select(value => Math.Sqrt(Math.Abs(value)))]);
    }

    private static (double[] Train, double[] Test) Scaled(double[] train, double[] test, int dimensions)
    {
        double[] z = [.. train], zTest = [.. test];
        int hours = 24;
        // Of a series as a whole, not of each hour: what differs between hours of a day is part of its shape.
        for (int s = 0; s < dimensions / hours; s++)
        {
            double sum = 0, squares = 0;
            int count = train.Length / dimensions * hours;
            for (int i = 0; i < train.Length / dimensions; i++)
            {
                foreach (double value in train.AsSpan(i * dimensions + s * hours, hours))
                    (sum, squares) = (sum + value, squares + value * value);
            }
            double mean = sum / count, deviation = Math.Sqrt(Math.Max(squares / count - mean * mean, 1e-12));
            foreach (double[] rows in new[] { z, zTest })
            {
                for (int i = 0; i < rows.Length / dimensions; i++)
                {
                    foreach (ref double value in rows.AsSpan(i * dimensions + s * hours, hours))
                        value = (value - mean) / deviation;
                }
            }
        }
        return (z, zTest);
    }

    private static (double[] Rows, double[] Targets) Days(Panel[] panels, string target, int from, int to)
    {
        var rows = new List<double>();
        var targets = new List<double>();
        foreach (var panel in panels)
        {
            var columns = Inputs.Select(name => Carried(panel.Column(name))).ToArray();
            double last = 0;
            for (int day = 0; day + 24 <= panel.Length; day += 24)
            {
                double[] measured = [.. panel.Target[day..(day + 24)].Where(value => !double.IsNaN(value))];
                last = measured.Length > 0 ? measured.Max() : last;
                if (day < from || day >= to)
                    continue;
                foreach (double[] column in columns)
                    rows.AddRange(column[day..(day + 24)]);
                targets.Add(last);
            }
        }
        return ([.. rows], [.. targets]);
    }

    private static double[] Carried(double[] values)
    {
        var carried = new double[values.Length];
        double last = values.First(value => !double.IsNaN(value));
        for (int i = 0; i < values.Length; i++)
            carried[i] = last = double.IsNaN(values[i]) ? last : values[i];
        return carried;
    }

    private static void Print(string name, double[] predicted, double[] outcomes, string beside = "") =>
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {name,-36} {Math.Sqrt(predicted.Zip(outcomes, (p, o) => (p - o) * (p - o)).Average()),8:F2}{beside}"));
}
