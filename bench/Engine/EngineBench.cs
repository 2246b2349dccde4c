using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;

namespace Rialto.Bench.Engine;

/// <summary>The same work for each target in turn, so that both see the same machine.</summary>
internal sealed class EngineBench(IReadOnlyList<ITarget> targets)
{
    private const int BatchRows = 100_000;

    // Ten blocks of 10,000 synthetic records with the attributes of a web shop: some 270 bytes each in Native.
    private const string Batch =
        """
        SELECT toUInt32(1) AS TenantId, toUInt32(number % 20) AS AppId, now64(9, 'UTC') + number / 100000 AS Timestamp, toDateTime64(now(), 3, 'UTC') AS ObservedTimestamp,
               number AS Seq, toLowCardinality(concat('svc', toString(number % 30))) AS ServiceName, toLowCardinality('prod') AS Environment,
               toLowCardinality(concat('host', toString(number % 50))) AS Host, toUInt8(9) AS SeverityNumber, sipHash128(number) AS TraceId,
               toFixedString(substring(sipHash128(number + 1), 1, 8), 8) AS SpanId, toUInt64(number % 100) AS PatternId,
               concat('order ', toString(cityHash64(number) % 10000000), ' for user ', toString(cityHash64(number + 1) % 100000), ' paid with card in ', toString(number % 1000),
                      ' ms from ', IPv4NumToString(toUInt32(cityHash64(number))), ' path /checkout/', toString(number % 77), ' session ', hex(cityHash64(number + 7))) AS Body,
               map('service.version', '1.2.3', 'k8s.pod', concat('pod', toString(number % 50)))::Map(LowCardinality(String), String) AS Resource,
               map('http.method', 'GET', 'http.path', concat('/checkout/', toString(number % 77)), 'user', toString(cityHash64(number + 1) % 100000))::Map(LowCardinality(String), String) AS Attributes,
               map('status', 200., 'duration', toFloat64(number % 1000))::Map(LowCardinality(String), Float64) AS AttributesNumber, toUInt16(30) AS RetentionDays
        FROM numbers(100000) SETTINGS max_block_size = 10000 FORMAT Native
        """;

    private const string Columns =
        "TenantId, AppId, Timestamp, ObservedTimestamp, Seq, ServiceName, Environment, Host, SeverityNumber, TraceId, SpanId, PatternId, Body, Resource, Attributes, AttributesNumber, RetentionDays";

    private int _token;

    public async Task InsertsAsync(int count)
    {
        var batch = await targets[0].ReadAsync(Batch);
        Console.WriteLine($"insert: {count} times {BatchRows:N0} records, {batch.Length / 1e6:F1} MB of Native each, fsynced, index built on merge, merges stopped");
        foreach (var target in targets)
        {
            await target.ExecuteAsync("SYSTEM STOP MERGES logs");
            await InsertAsync(target, batch);
        }

        foreach (var parallel in (int[])[1, 2, 4])
        {
            foreach (var target in targets)
            {
                var before = target.ProcessorTime;
                var latencies = await RunAsync(count, parallel, () => InsertAsync(target, batch));
                var millions = count * BatchRows / 1e6;
                Console.WriteLine(
                    $"  {parallel} at a time, {target.Name,-18}: {count * BatchRows / latencies.Wall.TotalSeconds:N0} rows/s, p50 {latencies.At(0.5):F0} ms, "
                    + $"CPU-s per 1M rows {(target.ProcessorTime - before).TotalSeconds / millions:F2}; memory {target.ResidentBytes / 1e6:F0} MB");
            }
        }

        foreach (var target in targets)
            await target.ExecuteAsync("SYSTEM START MERGES logs");
    }

    public async Task QueriesAsync()
    {
        Console.WriteLine("queries:");
        foreach (var target in targets)
            await target.ExecuteAsync("CREATE TABLE numbers_table ENGINE = MergeTree ORDER BY number AS SELECT number, toString(number) AS text FROM numbers(1000000)");
        foreach (var parallel in (int[])[1, 2, 4, 8])
            await MeasureAsync($"SELECT 1, {parallel} at a time", 2000, parallel, target => target.ExecuteAsync("SELECT 1"));
        await MeasureAsync("last 100 rows of a table", 1000, 1, target => target.ReadAsync("SELECT * FROM numbers_table ORDER BY number DESC LIMIT 100 FORMAT JSONEachRow"));
        foreach (var target in targets)
        {
            var (began, before) = (Stopwatch.GetTimestamp(), target.ProcessorTime);
            var bytes = await target.StreamAsync("SELECT number, toString(number) AS text FROM numbers(10000000)", "JSONEachRow");
            var wall = Stopwatch.GetElapsedTime(began).TotalSeconds;
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  stream of 10M rows as JSON lines, {target.Name,-18}: {bytes / 1e6 / wall:N0} MB/s, CPU {(target.ProcessorTime - before).TotalSeconds:F2} s"));
        }
    }

    private async Task MeasureAsync(string name, int count, int parallel, Func<ITarget, Task> one)
    {
        foreach (var target in targets)
        {
            await RunAsync(count / 4, parallel, () => one(target));
            var before = target.ProcessorTime;
            var latencies = await RunAsync(count, parallel, () => one(target));
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"  {name}, {target.Name,-18}: p50 {latencies.At(0.5):F2} ms, p99 {latencies.At(0.99):F2} ms, {count / latencies.Wall.TotalSeconds:N0}/s, CPU {(target.ProcessorTime - before).TotalMilliseconds * 1000 / count:F0} us each"));
        }
    }

    private Task InsertAsync(ITarget target, byte[] batch) => target.InsertAsync(Columns, batch, $"bench-{Interlocked.Increment(ref _token)}");

    private static async Task<Latencies> RunAsync(int count, int parallel, Func<Task> one)
    {
        var milliseconds = new ConcurrentBag<double>();
        var began = Stopwatch.GetTimestamp();
        await Parallel.ForEachAsync(Enumerable.Range(0, count), new ParallelOptions { MaxDegreeOfParallelism = parallel }, async (_, _) =>
        {
            var start = Stopwatch.GetTimestamp();
            await one();
            milliseconds.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        });
        return new Latencies([.. milliseconds.Order()], Stopwatch.GetElapsedTime(began));
    }

    private sealed record Latencies(double[] Milliseconds, TimeSpan Wall)
    {
        public double At(double share) => Milliseconds[(int)(share * (Milliseconds.Length - 1))];
    }
}
