using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Sockets;
using Rialto.Bench.Load.Work;

namespace Rialto.Bench.Load;

/// <summary>
/// Sends the work in requests of 1,000 lines over a few connections, and waits until the engine has every record. Payloads are made before the clock starts.
/// </summary>
internal static class IngestScenario
{
    private const int LinesPerRequest = 1000;

    public static async Task<int> RunAsync(Arguments arguments)
    {
        using var engine = EngineClient(arguments.EngineSocket);
        var requests = arguments.Records / LinesPerRequest;
        var payloads = Payloads(requests);
        var before = await CountAsync(engine);
        var hostBefore = ProcessorSeconds(arguments.HostPid);
        var engineBefore = ProcessorSeconds(arguments.EnginePid);
        var clock = Stopwatch.StartNew();
        var next = -1;
        var failed = 0;
        var latencies = new double[requests];
        await Task.WhenAll(Enumerable.Range(0, arguments.Connections).Select(async _ =>
        {
            using var client = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = 1, UseProxy = false }) { BaseAddress = arguments.Url };
            client.DefaultRequestHeaders.Add("X-Api-Key", arguments.Key);
            for (var request = Interlocked.Increment(ref next); request < requests; request = Interlocked.Increment(ref next))
            {
                var started = Stopwatch.GetTimestamp();
                using var content = new ByteArrayContent(payloads[request]);
                content.Headers.ContentType = new MediaTypeHeaderValue("application/x-ndjson");
                using var answer = await client.PostAsync("/api/logs/records", content);
                if (!answer.IsSuccessStatusCode)
                    Interlocked.Increment(ref failed);
                latencies[request] = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
            }
        }));
        var accepted = clock.Elapsed.TotalSeconds;
        var wanted = before + ((long)(requests - failed) * LinesPerRequest);
        while (await CountAsync(engine) < wanted && clock.Elapsed < TimeSpan.FromMinutes(5))
            await Task.Delay(50);
        var searchable = clock.Elapsed.TotalSeconds;
        var records = (double)(requests - failed) * LinesPerRequest;
        Array.Sort(latencies);
        var host = ProcessorSeconds(arguments.HostPid) - hostBefore;
        var engineTime = ProcessorSeconds(arguments.EnginePid) - engineBefore;
        Print($"records        {records:N0} of {payloads.Average(payload => payload.Length) / LinesPerRequest:F0} bytes, {failed} requests failed");
        Print($"acknowledged   {records / accepted:N0} records/s, p50 {latencies[requests / 2]:F1} ms, p99 {latencies[(int)(requests * 0.99)]:F1} ms");
        Print($"searchable     {records / searchable:N0} records/s");
        Print($"processor      host {host:F1} s, engine {engineTime:F1} s, {(host + engineTime) * 1e6 / records:F2} us a record until searchable");
        return failed == 0 ? 0 : 1;
    }

    private static void Print(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));

    private static byte[][] Payloads(int requests)
    {
        var end = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds() * 1_000_000;
        var work = new RecordWork(1, end - 3_600_000_000_000, 3_600_000_000_000 / ((long)requests * LinesPerRequest));
        var buffer = new byte[LinesPerRequest * 600];
        var payloads = new byte[requests][];
        for (var request = 0; request < requests; request++)
        {
            var length = 0;
            for (var line = 0; line < LinesPerRequest; line++)
                length += work.WriteJson(((long)request * LinesPerRequest) + line, buffer.AsSpan(length));
            payloads[request] = buffer[..length];
        }

        return payloads;
    }

    private static HttpClient EngineClient(string socketPath) => new(new SocketsHttpHandler
    {
        ConnectCallback = async (_, stop) =>
        {
            var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(socketPath), stop);
            return new NetworkStream(socket, ownsSocket: true);
        },
    });

    private static async Task<long> CountAsync(HttpClient engine)
    {
        using var answer = await engine.PostAsync("http://engine/?database=rialto", new StringContent("SELECT count() FROM logs FORMAT TabSeparated"));
        return long.Parse((await answer.EnsureSuccessStatusCode().Content.ReadAsStringAsync()).Trim(), CultureInfo.InvariantCulture);
    }

    /// <summary>Of a process of this machine; 0 when none was named.</summary>
    private static double ProcessorSeconds(int pid)
    {
        if (pid == 0)
            return 0;
        using var process = Process.GetProcessById(pid);
        return process.TotalProcessorTime.TotalSeconds;
    }
}
