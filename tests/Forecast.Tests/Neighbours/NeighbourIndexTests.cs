using FsCheck;
using FsCheck.Fluent;
using Rialto.Forecast.Neighbours;

namespace Rialto.Forecast.Tests.Neighbours;

public class NeighbourIndexTests
{
    private static readonly Metric[] TreeMetrics =
        [Metric.Euclidean, Metric.Manhattan, Metric.Chebyshev, Metric.Minkowski(3), Metric.Minkowski(1.5), Metric.Minkowski(16)];

    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 60)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Every_algorithm_finds_what_sorting_all_rows_by_exact_distance_finds(int seed)
    {
        var random = new Random(seed);
        int dimensions = random.Next(1, 40), count = random.Next(1, 700), k = random.Next(1, 80);
        // Few distinct values make many rows equal and many distances tie; a far offset and tiny or huge spreads strain the single-precision filter.
        int levels = random.Next(0, 3) == 0 ? random.Next(2, 5) : 1 << 30;
        double spread = Math.Pow(10, random.Next(-9, 10)), offset = random.Next(0, 2) * Math.Pow(10, random.Next(0, 7));
        double[] rows = Draw(random, count * dimensions, levels, spread, offset);
        double[] queries = Draw(random, 9 * dimensions, levels, spread * (seed % 4 == 0 ? 1000 : 1), offset);
        rows.AsSpan(0, dimensions).CopyTo(queries);
        var excluded = new RowRange(random.Next(0, count), random.Next(0, count + 1));

        foreach (var metric in TreeMetrics)
        {
            var expected = SortAll(rows, queries, dimensions, metric, k, excluded);
            foreach (var algorithm in new[] { Algorithm.Brute, Algorithm.KdTree, Algorithm.BallTree })
            {
                var found = NeighbourIndex.Build(rows, dimensions, metric, algorithm, random.Next(1, 100)).Find(queries, k, [excluded]);
                for (int query = 0; query < 9; query++)
                    found[query].Select(n => n.Row).ShouldBe(expected[query], $"{algorithm} {metric} {count} x {dimensions} k={k} query {query}");
            }
        }
    }

    [Fact]
    public void Trees_equal_brute_force_to_the_last_bit_for_any_rows()
    {
        var property = Prop.ForAll(
            ArbMap.Default.ArbFor<NormalFloat[]>().Filter(values => values.Length >= 6),
            ArbMap.Default.ArbFor<PositiveInt>(),
            (values, k) =>
            {
                double[] rows = [.. values.Take(values.Length / 3 * 3).Select(value => Math.Clamp(value.Get, -1e15, 1e15))];
                var brute = NeighbourIndex.Build(rows, 3, Metric.Euclidean, Algorithm.Brute).Find(rows, k.Get % 20 + 1);
                var tree = NeighbourIndex.Build(rows, 3, Metric.Euclidean, Algorithm.KdTree, 16).Find(rows, k.Get % 20 + 1);
                var balls = NeighbourIndex.Build(rows, 3, Metric.Euclidean, Algorithm.BallTree, 16).Find(rows, k.Get % 20 + 1);
                return brute.Zip(tree, balls).All(three => three.First.SequenceEqual(three.Second) && three.First.SequenceEqual(three.Third));
            });
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(300).WithEndSize(200), property);
    }

    [Fact]
    public void Of_rows_at_the_same_distance_the_later_one_comes_first()
    {
        double[] rows = [1, 0, -1, 0, 0, 1, 0, -1, 5, 5, 1, 0];
        foreach (var algorithm in new[] { Algorithm.Brute, Algorithm.KdTree, Algorithm.BallTree })
        {
            var found = NeighbourIndex.Build(rows, 2, Metric.Euclidean, algorithm).FindOne([0, 0], 3);
            found.Select(n => n.Row).ShouldBe([5, 3, 2]);
        }
    }

    [Fact]
    public void Rows_that_are_excluded_are_never_neighbours()
    {
        double[] rows = [0, 1, 2, 3, 4, 5, 6, 7];
        var index = NeighbourIndex.Build(rows, 1, Metric.Euclidean);
        index.FindOne([3], 3, new RowRange(2, 8)).Select(n => n.Row).ShouldBe([1, 0]);
    }

    [Fact]
    public void Cosine_finds_what_sorting_by_the_angle_finds_and_a_row_of_zeros_is_at_one()
    {
        var random = new Random(5);
        double[] rows = Draw(random, 300 * 9, 1 << 30, 1, 0);
        rows.AsSpan(0, 9).Clear();
        double[] query = Draw(random, 9, 1 << 30, 1, 0);
        var found = NeighbourIndex.Build(rows, 9, Metric.Cosine).FindOne(query, 300);
        double[] expected = [.. rows.Chunk(9).Select(row => 1 - Cosine(row, query)).Order()];
        for (int i = 0; i < 300; i++)
            found[i].Distance.ShouldBe(expected[i], 1e-12);
        found.Single(n => n.Row == 0).Distance.ShouldBe(1);
    }

    [Theory]
    [InlineData(-1, 1)]
    [InlineData(0, 1)]
    [InlineData(3, 1)]
    [InlineData(-1, 3)]
    [InlineData(2, 3)]
    public void Warping_finds_what_the_plain_recurrence_finds(int band, int channels)
    {
        var random = new Random(band + 10 * channels);
        double[] rows = Draw(random, 120 * 12, 6, 1, 0);
        double[] query = Draw(random, 12, 6, 1, 0);
        var found = NeighbourIndex.Build(rows, 12, Metric.Warping(band, channels)).FindOne(query, 10);
        double[] expected = [.. rows.Chunk(12).Select(row => Warp(row, query, band, channels)).Order().Take(10)];
        for (int i = 0; i < 10; i++)
            found[i].Distance.ShouldBe(expected[i], 1e-12);
    }

    [Fact]
    public void A_row_or_query_that_is_not_filled_is_refused()
    {
        Should.Throw<ArgumentException>(() => NeighbourIndex.Build([1, double.NaN], 2, Metric.Euclidean)).Message.ShouldContain("filled");
        var index = NeighbourIndex.Build([1, 2], 2, Metric.Euclidean);
        Should.Throw<ArgumentException>(() => index.FindOne([1, double.NaN], 1));
        Should.Throw<ArgumentException>(() => NeighbourIndex.Build([1, 2], 2, Metric.Cosine, Algorithm.KdTree)).Message.ShouldContain("brute");
        Should.Throw<ArgumentOutOfRangeException>(() => Metric.Minkowski(0.5));
    }

    [Fact]
    public void A_kernel_that_leaves_no_weight_counts_all_neighbours_alike()
    {
        new Weighting(WeightKind.Tricube).Of([new Neighbour(0, 2)]).ShouldBe([1.0]);
        new Weighting(WeightKind.Epanechnikov, 1).Of([new Neighbour(0, 2), new Neighbour(1, 3)]).ShouldBe([0.5, 0.5]);
        new Weighting(WeightKind.Rank).Of([new Neighbour(0, 2), new Neighbour(1, 3)]).ShouldBe([2 / 3.0, 1 / 3.0]);
        Weighting.Distance.Of([new Neighbour(0, 0), new Neighbour(1, 0), new Neighbour(2, 1)]).ShouldBe([0.5, 0.5, 0]);
    }

    private static double[] Draw(Random random, int count, int levels, double spread, double offset) =>
        [.. Enumerable.Range(0, count).Select(_ => offset + spread * random.Next(levels) / levels)];

    private static int[][] SortAll(double[] rows, double[] queries, int dimensions, Metric metric, int k, RowRange excluded)
    {
        int count = rows.Length / dimensions;
        return
        [
            .. queries.Chunk(dimensions).Select(query => Enumerable.Range(0, count)
                .Where(row => !excluded.Contains(row))
                .Select(row => (Row: row, Reduced: Reduced(metric, rows.AsSpan(row * dimensions, dimensions), query)))
                .OrderBy(one => one.Reduced).ThenByDescending(one => one.Row).Take(k).Select(one => one.Row).ToArray()),
        ];
    }

    private static double Reduced(Metric metric, ReadOnlySpan<double> a, ReadOnlySpan<double> b) => metric.Kind switch
    {
        MetricKind.Euclidean => default(EuclideanKernel).Reduced(a, b),
        MetricKind.Manhattan => default(ManhattanKernel).Reduced(a, b),
        MetricKind.Chebyshev => default(ChebyshevKernel).Reduced(a, b),
        _ => new PowerKernel(metric.P).Reduced(a, b),
    };

    private static double Cosine(double[] a, double[] b)
    {
        double dot = a.Zip(b, (x, y) => x * y).Sum(), lengths = Math.Sqrt(a.Sum(x => x * x) * b.Sum(y => y * y));
        return lengths == 0 ? 0 : dot / lengths;
    }

    private static double Warp(double[] a, double[] b, int band, int channels)
    {
        int steps = a.Length / channels;
        var path = new double[steps + 1, steps + 1];
        for (int i = 0; i <= steps; i++)
        {
            for (int j = 0; j <= steps; j++)
            {
                path[i, j] = i == 0 && j == 0 ? 0 : double.PositiveInfinity;
                if (i == 0 || j == 0 || (band >= 0 && Math.Abs(i - j) > band))
                    continue;
                double cost = Enumerable.Range(0, channels).Sum(c => Math.Pow(a[c * steps + i - 1] - b[c * steps + j - 1], 2));
                path[i, j] = cost + Math.Min(path[i - 1, j - 1], Math.Min(path[i - 1, j], path[i, j - 1]));
            }
        }
        return Math.Sqrt(path[steps, steps]);
    }
}
