using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Npgsql;
using Rialto.Bench.Load.Target;

namespace Rialto.Bench.Load.Scenarios;

/// <summary>
/// The gateway beside nginx, in turns and with the same generator (wrk): the same upstream (another nginx, an answer of 1 kB) through nginx as a proxy, through an
/// open route, and through a route that wants a permission and a plan, called with many keys. Then a fixed rate of half of what the route can, for the
/// latency that each adds. Needs nginx and wrk of the distribution.
/// </summary>
internal static class GatewayScenario
{
    private const string Plan = "bench";

    private static readonly string[] Paths = ["nginx as proxy", "open route", "key and plan"];

    public static async Task<int> RunAsync(Arguments arguments)
    {
        Report.Begin("gateway");
        if (!File.Exists("/usr/sbin/nginx") || !File.Exists("/usr/bin/wrk"))
        {
            await Console.Error.WriteLineAsync("It needs nginx and wrk: apt-get install nginx-light wrk");
            return 2;
        }

        var (rounds, seconds, connections) = (arguments.Number("--rounds", 3), arguments.Number("--seconds", 6), arguments.Number("--connections", 16));
        Report.Print(await Interruptions.ObserveAsync(TimeSpan.FromSeconds(5)));
        await using var nginx = await NginxPair.StartAsync(arguments.Directory);
        await using var host = await HostUnderTest.StartAsync(arguments);
        await PlanAsync(host);
        var keys = await ManyKeys.MakeAsync(host, arguments.Number("--senders", 10_000), "logs.read", Plan);
        await RoutesAsync(host, nginx.Upstream);
        Uri[] targets = [new(nginx.Proxy, "/"), new(host.Url, "/open/"), new(host.Url, "/keyed/")];
        var script = await ScriptAsync(nginx.Directory, keys);
        Func<double>[] processor = [nginx.ProxySeconds, () => host.ProcessorSeconds().Host, () => host.ProcessorSeconds().Host];
        Report.Print($"{rounds} rounds of {seconds} s each in turn, wrk with one thread and {connections} connections, {keys.Length:N0} keys, answers of 1 kB from nginx with one worker");
        var runs = Paths.Select(_ => new List<Run>()).ToArray();
        for (var round = -1; round < rounds; round++)
        {
            for (var path = 0; path < targets.Length; path++)
            {
                var before = processor[path]();
                var run = await WrkAsync(targets[path], path == 2 ? script : null, connections, round < 0 ? 3 : seconds);
                // The first round warms up.
                if (round >= 0)
                    runs[path].Add(run with { MicrosecondsEach = (processor[path]() - before) * 1e6 / run.Requests });
            }

            if (round < 0)
                await AnalyzeAsync(host);
        }

        for (var path = 0; path < Paths.Length; path++)
            Report.Print($"  {Paths[path],-14} {Median(runs[path], run => run.Rate),8:N0}/s  p99 {Median(runs[path], run => run.P99Ms),6:F2} ms  processor {Median(runs[path], run => run.MicrosecondsEach),5:F1} us a request  refused {runs[path].Sum(run => run.Refused)}");
        Report.Print($"  open route / nginx: {Ratio(runs[1], runs[0], run => run.Rate):F2} of its throughput (goal 0.5)");
        HalfLoad(targets, keys, processor, Median(runs[1], run => run.Rate) / 2, seconds, rounds);
        return runs.Sum(path => path.Sum(run => run.Refused)) == 0 ? 0 : 1;
    }

    private sealed record Run(double Rate, double P99Ms, long Requests, long Refused, double MicrosecondsEach);

    // At the same rate for each: what the gateway adds is the difference to nginx, and processor time a request can be compared (a busy process needs less for each).
    private static void HalfLoad(Uri[] targets, string[] keys, Func<double>[] processor, double rate, int seconds, int rounds)
    {
        const int Connections = 32;
        Report.Print($"at {rate:N0} requests/s, {Connections} connections of one generating thread:");
        var results = targets.Select(_ => new List<(double P50, double P99, double Each)>()).ToArray();
        byte[][][] requests = [[Request(targets[0], null)], [Request(targets[1], null)], [.. keys.Select(key => Request(targets[2], key))]];
        for (var round = 0; round < rounds; round++)
        {
            for (var path = 0; path < targets.Length; path++)
            {
                var before = processor[path]();
                var latencies = new PacedLoop(targets[path], requests[path], Connections, rate).Run(TimeSpan.FromSeconds(seconds));
                results[path].Add((latencies.At(0.5), latencies.At(0.99), (processor[path]() - before) * 1e6 / latencies.Length));
            }
        }

        for (var path = 0; path < targets.Length; path++)
        {
            var added = Middle(results[path].Zip(results[0], (own, nginx) => own.P99 - nginx.P99));
            Report.Print($"  {Paths[path],-14} p50 {Middle(results[path].Select(run => run.P50)):F2} ms  p99 {Middle(results[path].Select(run => run.P99)):F2} ms, {added:F2} more than nginx (goal 2)  processor {Middle(results[path].Select(run => run.Each)):F1} us a request");
        }

        Report.Print($"  key and plan / open route: {Middle(results[2].Zip(results[1], (keyed, open) => keyed.Each / open.Each)):F3} of its processor time a request (goal 1.05)");
    }

    private static double Middle(IEnumerable<double> values) => values.Order().ToArray().At(0.5);

    private static byte[] Request(Uri target, string? key) => Encoding.ASCII.GetBytes($"GET {target.AbsolutePath} HTTP/1.1\r\nHost: {target.Authority}\r\n{(key is null ? "" : $"X-Api-Key: {key}\r\n")}\r\n");

    private static async Task PlanAsync(HostUnderTest host)
    {
        await using var postgres = new NpgsqlConnection(host.PostgresConnection);
        await postgres.OpenAsync();
        await using var insert = new NpgsqlCommand("INSERT INTO gateway.usage_plan (name, rate_per_second, burst, daily_quota) VALUES (@plan, 100000, 100000, 0)", postgres);
        insert.Parameters.AddWithValue("plan", Plan);
        await insert.ExecuteNonQueryAsync();
    }

    // Autovacuum does it within a minute. Until then statements that were planned while the tables were empty read them whole.
    private static async Task AnalyzeAsync(HostUnderTest host)
    {
        await using var postgres = new NpgsqlConnection(host.PostgresConnection);
        await postgres.OpenAsync();
        await using var analyze = new NpgsqlCommand("ANALYZE", postgres);
        await analyze.ExecuteNonQueryAsync();
    }

    // As an administrator does it: a draft, put into force.
    private static async Task RoutesAsync(HostUnderTest host, Uri upstream)
    {
        using var client = new HttpClient { BaseAddress = host.Url };
        using var signedIn = await client.PostAsJsonAsync("api/identity/sign-in", new { email = "admin@rialto.example", password = HostUnderTest.DemoPassword });
        signedIn.EnsureSuccessStatusCode();
        object[] upstreams = [new { address = upstream.AbsoluteUri.TrimEnd('/') }];
        var body = new { routes = new object[] { new { name = "open", path = "/open", anonymous = true, upstreams }, new { name = "keyed", path = "/keyed", permission = "logs.read", upstreams } } };
        using var drafted = await client.PostAsJsonAsync("api/platform/configuration/gateway/routes/revisions", new { body });
        drafted.EnsureSuccessStatusCode();
        var draft = await drafted.Content.ReadFromJsonAsync<JsonElement>();
        using var activated = await client.PostAsync($"api/platform/configuration/gateway/routes/revisions/{draft.GetProperty("id").GetInt64()}/activate", null);
        activated.EnsureSuccessStatusCode();
        for (var patience = 0; patience < 200; patience++)
        {
            using var answer = await client.GetAsync("open/");
            if (answer.IsSuccessStatusCode)
                return;
            await Task.Delay(50);
        }

        throw new InvalidOperationException("The route did not come into force.");
    }

    private static async Task<string> ScriptAsync(string directory, string[] keys)
    {
        var path = Path.Combine(directory, "keys.lua");
        await File.WriteAllTextAsync(path, $$"""
            local requests, next = {}, 0
            init = function()
              for key in string.gmatch("{{string.Join(' ', keys)}}", "%S+") do requests[#requests + 1] = wrk.format(nil, nil, {["X-Api-Key"] = key, ["Host"] = wrk.headers["Host"]}) end
            end
            request = function() next = next % #requests + 1; return requests[next] end
            """);
        return path;
    }

    private static async Task<Run> WrkAsync(Uri target, string? script, int connections, int seconds)
    {
        string[] options = ["-t1", $"-c{connections}", $"-d{seconds}s", "--latency", .. script is null ? Array.Empty<string>() : ["-s", script], target.AbsoluteUri];
        using var wrk = Process.Start(new ProcessStartInfo("/usr/bin/wrk", options) { RedirectStandardOutput = true })!;
        var lines = (await wrk.StandardOutput.ReadToEndAsync()).Split('\n', StringSplitOptions.TrimEntries);
        await wrk.WaitForExitAsync();
        var total = lines.First(line => line.Contains(" requests in ", StringComparison.Ordinal));
        return new Run(
            Number(After("Requests/sec:")), Milliseconds(After("99%")), (long)Number(total.Split(' ')[0]),
            lines.FirstOrDefault(line => line.StartsWith("Non-2xx", StringComparison.Ordinal)) is { } refused ? (long)Number(refused.Split(' ')[^1]) : 0, 0);

        string After(string name) => lines.First(line => line.StartsWith(name, StringComparison.Ordinal))[name.Length..].Trim();
    }

    private static double Milliseconds(string text) => text switch
    {
        [.. var number, 'u', 's'] => Number(number) / 1000,
        [.. var number, 'm', 's'] => Number(number),
        [.. var number, 's'] => Number(number) * 1000,
        _ => double.NaN,
    };

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    private static double Median(List<Run> runs, Func<Run, double> of) => runs.Select(of).Order().ElementAt(runs.Count / 2);

    // Of each round, because the machine may change between rounds; then the median.
    private static double Ratio(List<Run> ones, List<Run> others, Func<Run, double> of) => ones.Zip(others, (one, other) => of(one) / of(other)).Order().ElementAt(ones.Count / 2);
}
