using System.Diagnostics;
using System.Globalization;
using Rialto.Forecast.Neighbours;

namespace Rialto.Bench.Forecast;

/// <summary>
/// k = 60 nearest of 40,000 rows of 50, one query a call, one thread. Gaussian noise, the worst case of any search that wants to leave rows out. A round is 12 stations by 24
/// hours, as if each hour were searched for by itself; the service searches once for a path, or once for each of its six parts.
/// </summary>
internal static class SearchBar
{
    private const int Rows = 40_000, Dimensions = 50, K = 60, Queries = 12 * 24, Seed = 1;

    public static void Run()
    {
        var random = new Random(Seed);
        double[] rows = Noise(random, Rows), queries = Noise(random, Queries);
        foreach (var algorithm in new[] { Algorithm.Auto, Algorithm.Brute, Algorithm.KdTree, Algorithm.BallTree })
        {
            var index = NeighbourIndex.Build(rows, Dimensions, Metric.Euclidean, algorithm);
            double best = double.PositiveInfinity;
            for (int run = 0; run < 4; run++)
            {
                var clock = Stopwatch.StartNew();
                for (int i = 0; i < Queries; i++)
                    _ = index.FindOne(queries.AsSpan(i * Dimensions, Dimensions), K);
                best = Math.Min(best, clock.Elapsed.TotalMilliseconds / Queries);
            }
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Rows:N0} x {Dimensions}, k = {K}, {algorithm}: {best:F3} ms a query, {best * Queries:F0} ms for 12 stations x 24 hours (best of four rounds)"));
        }
    }

    private static double[] Noise(Random random, int count) =>
        [.. Enumerable.Range(0, count * Dimensions).Select(_ => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()))];
}
