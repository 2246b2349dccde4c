using System.Text.Json;
using Rialto.Forecast.Neighbours;

namespace Rialto.Forecast.Tests.Neighbours;

/// <summary>The committed vector of cases made with scikit-learn by bench/Forecast/scikit/make_cases.py.</summary>
public class ScikitTests
{
    private const double Tolerance = 1e-9;
    private static readonly CaseFile File = Read();

    [Fact]
    public void Predictions_on_generated_rows_equal_scikit_learn_for_every_algorithm_metric_and_weighting()
    {
        var (rows, targets, queries) = Generated();
        var cases = File.Cases.Where(one => one.Set == "generated").ToArray();
        cases.Length.ShouldBe((5 * 4 + 2) * 4 * 3);
        foreach (var one in cases)
            Compare(one, rows, 6, targets, 2, queries);
    }

    [Fact]
    public void Predictions_on_the_air_quality_set_equal_scikit_learn_for_every_algorithm_metric_and_weighting()
    {
        Assert.SkipWhen(AirData.Folder is null, AirData.Absent);
        double[] series = Array.ConvertAll(AirData.Pm25("Aotizhongxin"), value => Math.Log(1 + value));
        double[] other = Array.ConvertAll(AirData.Pm25("Dongsi"), value => Math.Log(1 + value));
        double[] rows = [.. Enumerable.Range(0, 35000).SelectMany(i => series[i..(i + 24)])];
        double[] queries = [.. File.AirQueries.SelectMany(i => other[i..(i + 24)])];
        var cases = File.Cases.Where(one => one.Set == "air").ToArray();
        cases.Length.ShouldBe((5 * 4 + 2) * 4 * 2);
        foreach (var one in cases)
            Compare(one, rows, 24, series[24..35024], 1, queries);
    }

    private static void Compare(Case one, double[] rows, int dimensions, double[] targets, int outputs, double[] queries)
    {
        var options = new NeighbourOptions
        {
            K = one.K,
            Algorithm = Enum.Parse<Algorithm>(one.Algorithm.Replace("_", ""), ignoreCase: true),
            Metric = one.Metric == "cosine" ? Metric.Cosine : Metric.Minkowski(one.P ?? double.PositiveInfinity),
            Weights = new Weighting(Enum.Parse<WeightKind>(one.Weights, ignoreCase: true)),
        };
        var model = new NeighbourRegressor(rows, dimensions, targets, outputs, options);
        double[] predicted = model.Predict(queries);
        predicted.Length.ShouldBe(one.Predictions.Length);
        for (int i = 0; i < predicted.Length; i++)
            predicted[i].ShouldBe(one.Predictions[i], Tolerance * Math.Max(1, Math.Abs(one.Predictions[i])), $"{one} prediction {i}");
        if (one.Rows is null)
            return;
        var found = model.Index.Find(queries, one.K);
        for (int i = 0; i < found.Length; i++)
        {
            found[i].Select(n => n.Row).ShouldBe(one.Rows[i], ignoreOrder: true, one.ToString());
            found[i][^1].Distance.ShouldBe(one.Farthest![i], Tolerance * Math.Max(1, one.Farthest[i]), one.ToString());
        }
    }

    private static (double[] Rows, double[] Targets, double[] Queries) Generated()
    {
        long state = 20130301;
        double[] rows = Draw(400 * 6), targets = Draw(400 * 2), queries = Draw(12 * 6);
        rows.AsSpan(7 * 6, 6).CopyTo(queries);
        return (rows, targets, queries);

        double[] Draw(int count)
        {
            var drawn = new double[count];
            for (int i = 0; i < count; i++)
            {
                state = (1103515245 * state + 12345) % (1L << 31);
                drawn[i] = state / (double)(1L << 31) * 10 - 5;
            }
            return drawn;
        }
    }

    private static CaseFile Read()
    {
        using var stream = typeof(ScikitTests).Assembly.GetManifestResourceStream("scikit_cases.json")!;
        return JsonSerializer.Deserialize<CaseFile>(stream, JsonSerializerOptions.Web)!;
    }

    internal sealed record CaseFile(string Scikit, int[] AirQueries, Case[] Cases);

    internal sealed record Case(
        string Set, string Metric, double? P, string Algorithm, string Weights, int K, int[][]? Rows, double[]? Farthest, double[] Predictions)
    {
        public override string ToString() => $"{Set} {Algorithm} {Metric} p={P} {Weights} k={K}";
    }
}
