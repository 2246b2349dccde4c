using System.Collections.Concurrent;
using System.Diagnostics;
using Rialto.Bench.Load.Target;
using Rialto.Bench.Load.Work;

namespace Rialto.Bench.Load.Scenarios;

/// <summary>
/// Many senders at a low rate, each with a connection and a key of its own, one record a request. "Kept" compares what was acknowledged with what the engine has.
/// </summary>
internal static class SendersScenario
{
    private const int ConnectAtATime = 200;

    public static async Task<int> RunAsync(Arguments arguments)
    {
        Report.Begin("senders");
        if (arguments.Url is not null)
            throw new InvalidOperationException("Keys are written straight into the database of a host that is started here.");
        await using var host = await HostUnderTest.StartAsync(arguments);
        var senders = arguments.Number("--senders", 10_000);
        var rate = arguments.Number("--rate", senders);
        var seconds = arguments.Number("--seconds", 20);
        var keys = await ManyKeys.MakeAsync(host, senders, "logs.write");
        var clock = Stopwatch.StartNew();
        var connections = await ConnectAsync(host, senders);
        Report.Print($"{senders:N0} senders connected in {clock.Elapsed.TotalSeconds:F1} s, each with its own key; {rate:N0} requests/s together for {seconds} s, one record each");
        var (warmUp, _, _) = await FloodAsync(host, connections, keys, rate, 5);
        await IngestScenario.SearchableAsync(host, warmUp);
        var before = await host.Engine.NumberAsync("SELECT count() FROM logs WHERE ServiceName LIKE 'app-%'");
        var (hostBefore, engineBefore) = host.ProcessorSeconds();
        clock.Restart();
        var (acknowledged, failed, latencies) = await FloodAsync(host, connections, keys, rate, seconds);
        var wall = clock.Elapsed.TotalSeconds;
        var (hostThen, engineThen) = host.ProcessorSeconds();
        await IngestScenario.SearchableAsync(host, before + acknowledged);
        var kept = await host.Engine.NumberAsync("SELECT count() FROM logs WHERE ServiceName LIKE 'app-%'") - before;
        Report.Print($"  acknowledged   {acknowledged:N0} of {acknowledged + failed:N0} in {wall:F1} s ({acknowledged / wall:N0}/s), {failed} failed; kept {100.0 * kept / acknowledged:F2}% of the acknowledged");
        Report.Print($"  latency        p50 {latencies.At(0.5):F1} ms, p99 {latencies.At(0.99):F1} ms, p99.9 {latencies.At(0.999):F1} ms, longest {latencies[^1]:F0} ms");
        Report.Print($"  processor      host {(hostThen - hostBefore) / wall:F2} + engine {(engineThen - engineBefore) / wall:F2} cores");
        Report.Print($"  memory         host {host.ResidentMegabytes(host.HostPid):F0} MiB, engine {host.ResidentMegabytes(host.EnginePid):F0} MiB");
        foreach (var warning in host.Warnings().Take(10))
            Console.WriteLine($"  host: {warning}");
        foreach (var connection in connections)
            connection.Dispose();
        return failed == 0 && kept == acknowledged ? 0 : 1;
    }

    private static async Task<RawSender[]> ConnectAsync(HostUnderTest host, int count)
    {
        var connections = new RawSender[count];
        await Parallel.ForEachAsync(Enumerable.Range(0, count), new ParallelOptions { MaxDegreeOfParallelism = ConnectAtATime }, async (i, _) => connections[i] = await RawSender.ConnectAsync(host.Url));
        return connections;
    }

    private static async Task<(long Acknowledged, long Failed, double[] Latencies)> FloodAsync(HostUnderTest host, RawSender[] connections, string[] keys, int rate, int seconds)
    {
        var requests = rate * seconds;
        var work = new RecordWork(3, TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds() * 1_000_000, 1_000_000_000L / rate);
        var latencies = new ConcurrentBag<double>();
        var failed = 0L;
        var start = Stopwatch.GetTimestamp();
        var last = new Task[connections.Length];
        Array.Fill(last, Task.CompletedTask);
        for (var request = 0; request < requests; request++)
        {
            var due = start + (long)((double)request / rate * Stopwatch.Frequency);
            if (Stopwatch.GetElapsedTime(Stopwatch.GetTimestamp(), due) is { TotalMilliseconds: > 1 } early)
                await Task.Delay(early);
            var sender = request % connections.Length;
            var bytes = Request(host, work, keys[sender], request);
            // A connection has one request at a time: one that is late makes the next one late, and both count it.
            last[sender] = last[sender].IsCompleted ? OneAsync(connections[sender], bytes, due) : AfterAsync(last[sender], connections[sender], bytes, due);
        }

        await Task.WhenAll(last);
        return (requests - failed, failed, [.. latencies.Order()]);

        async Task AfterAsync(Task before, RawSender sender, byte[] bytes, long due)
        {
            await before;
            await OneAsync(sender, bytes, due);
        }

        async Task OneAsync(RawSender sender, byte[] bytes, long due)
        {
            try
            {
                if (await sender.SendAsync(bytes) != 200)
                    Interlocked.Increment(ref failed);
                latencies.Add(Stopwatch.GetElapsedTime(due).TotalMilliseconds);
            }
            catch (IOException)
            {
                Interlocked.Increment(ref failed);
            }
        }
    }

    private static byte[] Request(HostUnderTest host, RecordWork work, string key, int line)
    {
        Span<byte> body = stackalloc byte[640];
        var length = work.WriteJson(line, body);
        return [.. RawSender.Head(host.Url, "/api/logs/records", key, "application/x-ndjson", length), .. body[..length]];
    }
}
