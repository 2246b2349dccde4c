using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net.WebSockets;
using System.Text;
using Rialto.Bench.Load.Target;
using Rialto.Bench.Load.Work;

namespace Rialto.Bench.Load.Scenarios;

/// <summary>
/// A fixed rate, as many senders would make it together. One record of each request is a beacon that carries the time at which its request was due: when a live
/// subscriber gets it, and when a search first finds it, are compared with that. A request that is late because the one before it was slow counts its waiting.
/// </summary>
internal static class LiveScenario
{
    private const string Beacon = "beacon";

    // Of its own, so that asking for it costs the engine little: what is measured is how soon, not how fast.
    private const string BeaconService = "beacons";
    private const int WarmUpSeconds = 5;

    // More than work at a time: a late answer to one sender must not keep the others from sending.
    private const int ConnectionsDefault = 16;
    private static readonly TimeSpan SearchEvery = TimeSpan.FromMilliseconds(100);

    public static async Task<int> RunAsync(Arguments arguments)
    {
        Report.Begin("live");
        await using var host = await HostUnderTest.StartAsync(arguments);
        var rate = arguments.Number("--rate", 80_000);
        var seconds = arguments.Number("--seconds", 20);
        await new LiveRun(host, arguments, rate, WarmUpSeconds).RunAsync();
        var (hostBefore, engineBefore) = host.ProcessorSeconds();
        var run = new LiveRun(host, arguments, rate, seconds);
        var wall = await run.RunAsync();
        var (hostThen, engineThen) = host.ProcessorSeconds();
        Report.Print($"{rate:N0} records/s for {seconds} s over {arguments.Number("--connections", ConnectionsDefault)} connections, requests of {arguments.LinesPerRequest} records, one live subscriber, a search for the beacons every {SearchEvery.TotalMilliseconds:F0} ms and its answer");
        Report.Print($"  sent                {run.Sent:N0} records in {wall:F1} s, {run.Failed} requests failed, {host.SegmentsAside()} segments set aside");
        Print("acknowledged", run.Acknowledged, run.Requests);
        Print("at the subscriber", run.Pushed, run.Requests);
        Print("searchable", run.Found, run.Requests);
        Report.Print($"  processor           host {(hostThen - hostBefore) / wall:F2} + engine {(engineThen - engineBefore) / wall:F2} cores");
        foreach (var warning in host.Warnings().Take(10))
            Console.WriteLine($"  host: {warning}");
        return run.Failed == 0 && run.Pushed.Count == run.Requests && run.Found.Count == run.Requests ? 0 : 1;
    }

    private static void Print(string what, ConcurrentBag<double> milliseconds, int of)
    {
        double[] sorted = [.. milliseconds.Order()];
        Report.Print($"  {what,-19} p50 {sorted.At(0.5):F0} ms, p99 {sorted.At(0.99):F0} ms, longest {(sorted.Length == 0 ? double.NaN : sorted[^1]):F0} ms ({sorted.Length:N0} of {of:N0})");
    }

    private sealed class LiveRun(HostUnderTest host, Arguments arguments, int rate, int seconds)
    {
        private readonly ConcurrentDictionary<int, long> _due = new();
        private readonly ConcurrentDictionary<int, bool> _seen = new();
        private readonly string _run = Guid.CreateVersion7().ToString("N")[^8..];
        private int _failed;

        public int Requests { get; } = rate * seconds / arguments.LinesPerRequest;

        public long Sent { get; private set; }

        public int Failed => _failed;

        public ConcurrentBag<double> Acknowledged { get; } = [];

        public ConcurrentBag<double> Pushed { get; } = [];

        public ConcurrentBag<double> Found { get; } = [];

        public async Task<double> RunAsync()
        {
            using var stop = new CancellationTokenSource();
            using var socket = new ClientWebSocket();
            await SubscribeAsync(socket);
            var listening = Task.Run(() => ListenAsync(socket, stop.Token));
            var searching = Task.Run(() => SearchAsync(stop.Token));
            var clock = Stopwatch.StartNew();
            await SendAsync();
            var wall = clock.Elapsed.TotalSeconds;
            var patience = Stopwatch.StartNew();
            while ((Pushed.Count < Requests || Found.Count < Requests) && patience.Elapsed < TimeSpan.FromSeconds(20))
                await Task.Delay(50);
            await stop.CancelAsync();
            await Task.WhenAll(listening, searching);
            return wall;
        }

        // Bodies are made before; the beacon's line is written in when it is due, because its time is in it.
        private async Task SendAsync()
        {
            var lines = arguments.LinesPerRequest;
            var work = new RecordWork(7, (TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds() + 500) * 1_000_000, 1_000_000_000L / rate);
            var bodies = new byte[Requests][];
            Parallel.For(0, Requests, request => bodies[request] = Body(work, request, lines));
            var start = Stopwatch.GetTimestamp() + (Stopwatch.Frequency / 20);
            var next = -1;
            await Task.WhenAll(Enumerable.Range(0, arguments.Number("--connections", ConnectionsDefault)).Select(_ => Task.Run(async () =>
            {
                using var sender = await RawSender.ConnectAsync(host.Url);
                for (var request = Interlocked.Increment(ref next); request < Requests; request = Interlocked.Increment(ref next))
                {
                    var due = start + (long)((double)request * lines / rate * Stopwatch.Frequency);
                    if (Stopwatch.GetElapsedTime(Stopwatch.GetTimestamp(), due) is { Ticks: > 0 } early)
                        await Task.Delay(early);
                    _due[request] = due;
                    if (await sender.SendAsync(bodies[request]) != 200)
                        Interlocked.Increment(ref _failed);
                    Acknowledged.Add(Stopwatch.GetElapsedTime(due).TotalMilliseconds);
                }
            })));
            Sent = (long)(Requests - _failed) * lines;
        }

        private byte[] Body(RecordWork work, int request, int lines)
        {
            var body = new byte[lines * 640];
            var length = 0;
            for (var line = 1; line < lines; line++)
                length += work.WriteJson(((long)request * lines) + line, body.AsSpan(length));
            length += Encoding.ASCII.GetBytes($"{{\"service\":\"{BeaconService}\",\"level\":\"info\",\"message\":\"{Beacon} {_run} n{request}\"}}\n", body.AsSpan(length));
            return [.. RawSender.Head(host.Url, "/api/logs/records", host.Key, "application/x-ndjson", length), .. body.AsSpan(0, length)];
        }

        private async Task SubscribeAsync(ClientWebSocket socket)
        {
            socket.Options.SetRequestHeader("X-Api-Key", host.Key);
            await socket.ConnectAsync(new UriBuilder(host.Url) { Scheme = "ws", Path = "/hubs/live" }.Uri, CancellationToken.None);
            await SayAsync(socket, """{"protocol":"json","version":1}""");
            await SayAsync(socket, $$"""{"type":1,"target":"Watch","arguments":[{"generation":1,"query":"{{Beacon}} {{_run}}","resumeAfter":null}]}""");
            var buffer = new byte[4096];
            var heard = "";
            while (!heard.Contains("watching", StringComparison.Ordinal))
                heard += Encoding.UTF8.GetString(buffer, 0, (await socket.ReceiveAsync(buffer.AsMemory(), CancellationToken.None)).Count);
        }

        private static Task SayAsync(ClientWebSocket socket, string message) =>
            socket.SendAsync(Encoding.UTF8.GetBytes(message + '\u001e'), WebSocketMessageType.Text, true, CancellationToken.None);

        private async Task ListenAsync(ClientWebSocket socket, CancellationToken stop)
        {
            var buffer = new byte[256 * 1024];
            var filled = 0;
            try
            {
                while (true)
                {
                    filled += (await socket.ReceiveAsync(buffer.AsMemory(filled), stop)).Count;
                    var end = buffer.AsSpan(0, filled).LastIndexOf((byte)'\u001e');
                    if (end < 0)
                        continue;
                    Note(Encoding.UTF8.GetString(buffer, 0, end), Pushed, null);
                    buffer.AsSpan(end + 1, filled - end - 1).CopyTo(buffer);
                    filled -= end + 1;
                }
            }
            catch (OperationCanceledException)
            {
            }
        }

        private async Task SearchAsync(CancellationToken stop)
        {
            using var client = new HttpClient { BaseAddress = host.Url };
            client.DefaultRequestHeaders.Add("X-Api-Key", host.Key);
            try
            {
                while (!stop.IsCancellationRequested)
                {
                    Note(await client.GetStringAsync($"/api/logs/search?q=service:{BeaconService}&from=-15s&to=now&limit=1000", stop), Found, _seen);
                    await Task.Delay(SearchEvery, stop);
                }
            }
            catch (OperationCanceledException)
            {
            }
        }

        private void Note(string text, ConcurrentBag<double> latencies, ConcurrentDictionary<int, bool>? once)
        {
            var now = Stopwatch.GetTimestamp();
            var marker = $"{Beacon} {_run} n";
            for (var at = text.IndexOf(marker, StringComparison.Ordinal); at >= 0; at = text.IndexOf(marker, at + 1, StringComparison.Ordinal))
            {
                var digits = text.AsSpan(at + marker.Length);
                var request = int.Parse(digits[..digits.IndexOfAnyExceptInRange('0', '9')], CultureInfo.InvariantCulture);
                if (once is null || once.TryAdd(request, true))
                    latencies.Add(Stopwatch.GetElapsedTime(_due[request], now).TotalMilliseconds);
            }
        }
    }
}
