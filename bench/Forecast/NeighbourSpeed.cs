using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using Rialto.Forecast.Neighbours;

namespace Rialto.Bench.Forecast;

/// <summary>
/// k = 10 nearest of 35,000 rows of 24: windows of log(1 + PM2.5) at Aotizhongxin with queries from Dongsi, and Gaussian noise, the worst case
/// of a tree. Both sides use one thread and answer the same queries; the rows go to scikit-learn as files so that both see the same bits.
/// </summary>
internal static class NeighbourSpeed
{
    private const int Rows = 35000, Dimensions = 24, K = 10, Seed = 1;
    private static readonly (string Name, Metric Metric)[] Metrics =
        [("euclidean", Metric.Euclidean), ("manhattan", Metric.Manhattan), ("chebyshev", Metric.Chebyshev), ("minkowski3", Metric.Minkowski(3)), ("cosine", Metric.Cosine)];

    public static void Run()
    {
        string folder = Directory.CreateTempSubdirectory("rialto-neighbours-").FullName;
        try
        {
            Write(folder, "air", Windows(AirFiles.Pm25("Aotizhongxin"), 0, 1, Rows), Windows(AirFiles.Pm25("Dongsi"), 5, 35, 1000));
            var random = new Random(Seed);
            Write(folder, "noise", Noise(random, Rows), Noise(random, 200));
            var theirs = Scikit.Ask<Timing[]>("neighbour_speed.py", folder);
            Console.WriteLine($"{Rows:N0} x {Dimensions}, k = {K}, one thread, milliseconds a query (best of 3); scikit-learn on the left, Rialto on the right");
            Console.WriteLine("rows   algorithm metric      many queries at once     one query a call     build      same neighbours");
            foreach (var one in theirs)
                Compare(folder, one);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void Compare(string folder, Timing theirs)
    {
        double[] rows = Read(folder, theirs.Set, "rows"), queries = Read(folder, theirs.Set, "queries");
        queries = queries[..(theirs.Queries * Dimensions)];
        var metric = Metrics.Single(pair => pair.Name == theirs.Metric).Metric;
        var algorithm = Enum.Parse<Algorithm>(theirs.Algorithm.Replace("_", ""), ignoreCase: true);
        var clock = Stopwatch.StartNew();
        var index = NeighbourIndex.Build(rows, Dimensions, metric, algorithm);
        double build = clock.Elapsed.TotalMilliseconds;
        for (int warm = 0; warm < 40; warm++)
            _ = index.FindOne(queries.AsSpan(warm * Dimensions, Dimensions), K);

        double many = double.PositiveInfinity, single = double.PositiveInfinity;
        Neighbour[][] found = [];
        for (int run = 0; run < 3; run++)
        {
            clock.Restart();
            found = index.Find(queries, K);
            many = Math.Min(many, clock.Elapsed.TotalMilliseconds / theirs.Queries);
            clock.Restart();
            for (int i = 0; i < 40; i++)
                _ = index.FindOne(queries.AsSpan(i * Dimensions, Dimensions), K);
            single = Math.Min(single, clock.Elapsed.TotalMilliseconds / 40);
        }
        // Ties at the edge of the k make the rows an accident; the k-th distances must agree.
        bool same = found.Zip(theirs.Farthest, (ours, distance) => Math.Abs(ours[^1].Distance - distance) < 1e-9).All(equal => equal);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{theirs.Set,-6} {theirs.Algorithm,-9} {theirs.Metric,-10} {theirs.Many,8:F3} {many,8:F3} ({theirs.Many / many,5:F1}x) {theirs.Single,8:F3} {single,8:F3} ({theirs.Single / single,5:F1}x) {theirs.Build,6:F0} {build,5:F0}   {(same ? "yes" : "NO")}"));
    }

    private static double[] Windows(double[] series, int first, int step, int count)
    {
        double[] logs = Array.ConvertAll(series, value => Math.Log(1 + value));
        return [.. Enumerable.Range(0, count).SelectMany(i => logs[(first + i * step)..(first + i * step + Dimensions)])];
    }

    private static double[] Noise(Random random, int count) =>
        [.. Enumerable.Range(0, count * Dimensions).Select(_ => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()))];

    private static void Write(string folder, string set, double[] rows, double[] queries)
    {
        Scikit.Write(folder, $"{set}.rows", rows);
        Scikit.Write(folder, $"{set}.queries", queries);
    }

    private static double[] Read(string folder, string set, string kind) =>
        MemoryMarshal.Cast<byte, double>(File.ReadAllBytes(Path.Combine(folder, $"{set}.{kind}"))).ToArray();

    private sealed record Timing(string Set, string Algorithm, string Metric, int Queries, double Many, double Single, double Build, double[] Farthest);
}
