using System.Diagnostics;
using Rialto.Bench.Load.Target;
using Rialto.Bench.Load.Work;

namespace Rialto.Bench.Load.Scenarios;

/// <summary>
/// How many records a second are acknowledged and become searchable, and what that costs: as JSON, as OTLP, and, for comparison, the same rows inserted
/// straight into the engine in its own format, which is what the host's part can at best disappear beside.
/// </summary>
internal static class IngestScenario
{
    // Enough for the host's code to be compiled for good: a host runs for weeks, and its first seconds are not what it costs.
    private const int WarmUpRecords = 400_000;
    private const long HourNanos = 3_600_000_000_000;

    public static async Task<int> RunAsync(Arguments arguments)
    {
        Report.Begin("ingest");
        await using var host = await HostUnderTest.StartAsync(arguments);
        var lines = arguments.LinesPerRequest;
        var requests = arguments.Number("--records", 5_000_000) / lines;
        var failed = 0;
        foreach (var format in Enum.GetValues<Format>())
        {
            if (arguments.Only is { } only && !only.Equals(format.ToString(), StringComparison.OrdinalIgnoreCase))
                continue;
            await WarmUpAsync(host, arguments, format);
            failed += await MeasureAsync(host, arguments, format, requests);
        }

        if (!arguments.SkipBaseline)
            await BaselineAsync(host, Math.Min(20, (int)((long)requests * lines / DirectInsert.RowsPerInsert)));
        foreach (var warning in host.Warnings().Take(10))
            Console.WriteLine($"  host: {warning}");
        return failed == 0 && host.SegmentsAside() == 0 ? 0 : 1;
    }

    private static async Task WarmUpAsync(HostUnderTest host, Arguments arguments, Format format)
    {
        var work = Work(WarmUpRecords, (ulong)format + 10);
        var before = await CountAsync(host);
        var sent = await Flood.SendAsync(
            host, Flood.Prepare(work, host, format, 0, WarmUpRecords / arguments.LinesPerRequest, arguments.LinesPerRequest), arguments.LinesPerRequest, arguments.Number("--connections", Flood.Connections));
        await SearchableAsync(host, before + sent.Records);
        await host.Engine.MergesQuietAsync();
    }

    private static async Task<int> MeasureAsync(HostUnderTest host, Arguments arguments, Format format, int requests)
    {
        var lines = arguments.LinesPerRequest;
        var payloads = Flood.Prepare(Work((long)requests * lines, (ulong)format), host, format, 0, requests, lines);
        GC.Collect();
        var before = await CountAsync(host);
        var (hostBefore, engineBefore) = host.ProcessorSeconds();
        var ownBefore = Environment.CpuUsage.TotalTime;
        var clock = Stopwatch.StartNew();
        var sent = await Flood.SendAsync(host, payloads, lines, arguments.Number("--connections", Flood.Connections));
        await SearchableAsync(host, before + sent.Records);
        var searchable = clock.Elapsed.TotalSeconds;
        var (hostThen, engineThen) = host.ProcessorSeconds();
        var own = (Environment.CpuUsage.TotalTime - ownBefore).TotalSeconds;
        await host.Engine.MergesQuietAsync();
        var (hostAtEnd, engineAtEnd) = host.ProcessorSeconds();
        // A record that came twice would show here: the engine has exactly what was acknowledged.
        var surplus = await CountAsync(host) - before - sent.Records;
        var twice = await host.Engine.NumberAsync("SELECT count() - uniqExact(Seq) FROM logs");
        var each = 1e6 / sent.Records;

        Console.WriteLine($"{format}: {arguments.Number("--connections", Flood.Connections)} connections, requests of {lines} records");
        Report.Print($"  sent           {sent.Records:N0} records of {(double)sent.Bytes / requests / lines:F0} bytes; {sent.Failed} requests failed, {surplus} too many, {twice} twice, {host.SegmentsAside()} segments set aside");
        Report.Print($"  acknowledged   {sent.Records / sent.Seconds:N0} records/s after fsync, p50 {sent.LatenciesMs.At(0.5):F1} ms, p99 {sent.LatenciesMs.At(0.99):F1} ms, longest {sent.LatenciesMs[^1]:F0} ms");
        Report.Print($"  searchable     {sent.Records / searchable:N0} records/s");
        Report.Print($"  processor      until searchable: host {(hostThen - hostBefore) * each:F2} + engine {(engineThen - engineBefore) * each:F2} us a record, generator {own * each:F2}; until merges rest, {clock.Elapsed.TotalSeconds - searchable:F0} s later: {(hostAtEnd - hostBefore) * each:F2} + {(engineAtEnd - engineBefore) * each:F2} us");
        Report.Print($"  memory         host {host.ResidentMegabytes(host.HostPid):F0} MiB, engine {host.ResidentMegabytes(host.EnginePid):F0} MiB");
        return sent.Failed + (surplus == 0 && twice == 0 ? 0 : 1);
    }

    private static async Task BaselineAsync(HostUnderTest host, int inserts)
    {
        if (inserts == 0)
            return;
        var direct = await DirectInsert.PrepareAsync(host.Engine, inserts);
        var (_, before) = host.ProcessorSeconds();
        var clock = Stopwatch.StartNew();
        await direct.RunAsync();
        var seconds = clock.Elapsed.TotalSeconds;
        var (_, then) = host.ProcessorSeconds();
        await host.Engine.MergesQuietAsync();
        var (_, atEnd) = host.ProcessorSeconds();
        var each = 1e6 / direct.Rows;
        Console.WriteLine("Baseline: the same rows straight into the engine, Native in inserts of 100,000 rows, one at a time, nobody else working");
        Report.Print($"  searchable     {direct.Rows / seconds:N0} records/s");
        Report.Print($"  processor      until searchable: engine {(then - before) * each:F2} us a record; until merges rest: {(atEnd - before) * each:F2} us");
    }

    private static RecordWork Work(long records, ulong seed)
    {
        var end = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds() * 1_000_000;
        return new RecordWork(seed + 1, end - HourNanos, HourNanos / records);
    }

    private static Task<long> CountAsync(HostUnderTest host) => host.Engine.NumberAsync("SELECT count() FROM logs WHERE ServiceName LIKE 'app-%'");

    internal static async Task SearchableAsync(HostUnderTest host, long wanted)
    {
        var progress = Stopwatch.StartNew();
        var before = -1L;
        for (var now = await CountAsync(host); now < wanted; now = await CountAsync(host))
        {
            if (now > before)
                progress.Restart();
            else if (progress.Elapsed > TimeSpan.FromMinutes(5))
                throw new InvalidOperationException($"After five minutes without progress {wanted - now} acknowledged records are not searchable.");
            before = now;
            await Task.Delay(20);
        }
    }
}
