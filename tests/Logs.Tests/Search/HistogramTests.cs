using System.Text.Json;
using Rialto.Fixtures;
using Rialto.Logs.Query;
using Rialto.Logs.Search;
using Rialto.Logs.Tests.Query;

namespace Rialto.Logs.Tests.Search;

public class HistogramTests(ClickHouseFixture clickHouse)
{
    private const long Second = 1_000_000_000;

    // The first four are answered from the counts a minute where the step allows it, the others never.
    [Theory]
    [InlineData("")]
    [InlineData("level:>=warn")]
    [InlineData("service:(a OR b) -env:prod")]
    [InlineData("app:shop OR NOT level:*")]
    [InlineData("error")]
    [InlineData("NOT k:1 level:error")]
    public async Task Buckets_count_each_record_of_the_range_once(string query)
    {
        await using var app = await LogsApp.StartAsync(clickHouse);
        var random = new Random(query.Length);
        var records = Enumerable.Range(1, 600).Select(i => new SampleRecord
        {
            Application = (uint)random.Next(10, 12),
            Sequence = (ulong)i,
            Time = LogsApp.NowNanos - (long)(random.NextDouble() * 7300 * Second),
            Severity = (byte)random.Next(25),
            Service = random.Next(3) switch { 0 => "a", 1 => "b", _ => "" },
            Environment = random.Next(2) == 0 ? "prod" : "",
            Body = random.Next(2) == 0 ? "an error" : "fine",
            Attributes = random.Next(2) == 0 ? new() { ["k"] = "1" } : [],
        }).ToList();
        await SampleRecord.InsertAsync(app.ClickHouse, records);

        foreach (var (from, to, buckets) in ((long, long, int)[])[(7200, 0, 60), (7200, 0, 500), (3601, 17, 30), (125, 5, 10), (59, 1, 60), (7100, 3500, 2), (90, 89, 5)])
        {
            var (low, high) = (LogsApp.NowNanos - (from * Second) + 7, LogsApp.NowNanos - (to * Second) + 7);
            var histogram = await app.GetAsync($"/api/logs/histogram?q={Uri.EscapeDataString(query)}&from={Nanos.Format(low)}&to={Nanos.Format(high)}&buckets={buckets}");
            var found = new HashSet<ulong>(await app.SearchAllAsync($"q={Uri.EscapeDataString(query)}&from={Nanos.Format(low)}&to={Nanos.Format(high)}&limit=1000"));

            var step = (long)(histogram.GetProperty("stepSeconds").GetDouble() * Second);
            var expected = records.Where(record => found.Contains(record.Sequence))
                .GroupBy(record => (At: Nanos.Format(record.Time / step * step), Level: Severity.NameOf(record.Severity)))
                .ToDictionary(group => group.Key, group => group.LongCount());
            Counts(histogram).ShouldBe(expected, ignoreOrder: true);
            histogram.GetProperty("total").GetInt64().ShouldBe(found.Count);
            histogram.GetProperty("buckets").GetArrayLength().ShouldBeInRange(1, buckets + 1);
        }
    }

    [Theory]
    [InlineData(900, 60, 15)]
    [InlineData(900, 100, 10)]
    [InlineData(3600, 60, 60)]
    [InlineData(86_400, 60, 1800)]
    [InlineData(7 * 86_400, 60, 10_800)]
    [InlineData(180 * 86_400, 60, 604_800)]
    [InlineData(60, 60, 1)]
    [InlineData(1, 100, 0.01)]
    [InlineData(20 * 365 * 86_400, 1, 632_448_000)]
    public void Steps_are_lengths_that_people_count_in(long seconds, int buckets, double step) =>
        (ReadHistogram.StepOf(new SearchRange(0, seconds * Second), buckets) / (double)Second).ShouldBe(step);

    [Fact]
    public async Task Empty_buckets_are_there_and_begin_at_multiples_of_the_step()
    {
        await using var app = await LogsApp.StartAsync(clickHouse);
        var histogram = await app.GetAsync("/api/logs/histogram?from=2026-11-21T11:07:30Z&to=2026-11-21T11:22:30Z&buckets=3");

        histogram.GetProperty("stepSeconds").GetDouble().ShouldBe(300);
        histogram.GetProperty("buckets").EnumerateArray().Select(bucket => bucket.GetProperty("at").GetString())
            .ShouldBe(["2026-11-21T11:05:00Z", "2026-11-21T11:10:00Z", "2026-11-21T11:15:00Z", "2026-11-21T11:20:00Z"]);
    }

    private static Dictionary<(string At, string Level), long> Counts(JsonElement histogram)
    {
        var counts = new Dictionary<(string, string), long>();
        foreach (var bucket in histogram.GetProperty("buckets").EnumerateArray())
        {
            foreach (var level in bucket.GetProperty("counts").EnumerateObject())
                counts.Add((bucket.GetProperty("at").GetString()!, level.Name), level.Value.GetInt64());
        }

        return counts;
    }
}
