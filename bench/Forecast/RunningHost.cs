using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Rialto.Bench.Forecast;

/// <summary>The real binary in demo mode with this module alone, on an empty temporary directory and a free port; ended with everything it left. Calls are an administrator's.</summary>
internal sealed partial class RunningHost : IAsyncDisposable
{
    private const string Password = "bench-bench-0123456789";
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    /// <summary>Of times in /proc: a hundredth of a second on every Linux there is.</summary>
    private const double Ticks = 100;

    private readonly Process _process;
    private readonly string _data = Directory.CreateTempSubdirectory("rialto-forecast-").FullName;

    private RunningHost(bool busy)
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(root!.FullName, "Rialto.slnx")))
            root = root.Parent ?? throw new InvalidOperationException("Run it from the checkout.");
        File.SetUnixFileMode(_data, File.GetUnixFileMode(_data) | UnixFileMode.OtherExecute | UnixFileMode.GroupExecute);
        var start = new ProcessStartInfo(Path.Combine(root.FullName, "artifacts/bin/Host/release/rialto")) { WorkingDirectory = root.FullName, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in new (string, string)[]
        {
            ("PORT", "0"), ("SYSLOG_PORT", "0"), ("DATA", _data), ("DEMO", "on"), ("DEMO_PASSWORD", Password), ("DEMO_SENDER", busy ? "on" : "off"), ("MODULES", busy ? "all" : "forecast"),
        })
            start.Environment["RIALTO_" + name] = value;
        _process = Process.Start(start)!;
        _process.ErrorDataReceived += (_, _) => { };
        _process.BeginErrorReadLine();
    }

    public HttpClient Http { get; } = new(new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.FromHours(1) }) { Timeout = TimeSpan.FromMinutes(10) };

    /// <param name="busy">With all modules and what keeps the demo busy.</param>
    public static async Task<RunningHost> StartAsync(bool busy = false)
    {
        var host = new RunningHost(busy);
        var output = host._process.StandardOutput;
        while (await output.ReadLineAsync() is { } line)
        {
            if (Ready().Match(line) is not { Success: true } ready)
                continue;
            _ = output.ReadToEndAsync();
            host.Http.BaseAddress = new Uri(ready.Groups[1].Value);
            using var signedIn = await host.Http.PostAsJsonAsync("api/identity/sign-in", new { email = "admin@rialto.example", password = Password });
            signedIn.EnsureSuccessStatusCode();
            return host;
        }
        await host.DisposeAsync();
        throw new InvalidOperationException("The host did not start: build it first, dotnet build -c Release src/Host.");
    }

    /// <summary>Waits until of these (loads or jobs) there is one and for two seconds none has gone on or come up, and gives the newest.</summary>
    public async Task<JsonElement> EndedAsync(string kind)
    {
        long since = Stopwatch.GetTimestamp();
        while (true)
        {
            var items = (await Http.GetFromJsonAsync<JsonElement>($"api/forecast/{kind}")).GetProperty("items").EnumerateArray().ToArray();
            if (items.Length == 0 || items.Any(one => one.GetProperty("state").GetString() is "waiting" or "running"))
                since = Stopwatch.GetTimestamp();
            else if (Stopwatch.GetElapsedTime(since) > Rest)
                return items[0];
            await Task.Delay(Pause);
        }
    }

    /// <summary>Megabytes that the host and the engines it started hold.</summary>
    public (long Host, long Engines) Resident() => (Resident(_process.Id), Children().Sum(Resident));

    /// <summary>Seconds of processor that the host and its engines have used.</summary>
    public (double Host, double Engines) Used() => (Used(_process.Id), Children().Sum(Used));

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        if (!_process.HasExited)
        {
            using var terminate = Process.Start("kill", ["-TERM", _process.Id.ToString(CultureInfo.InvariantCulture)]);
            await _process.WaitForExitAsync();
        }
        _process.Dispose();
        Directory.Delete(_data, recursive: true);
    }

    /// <summary>With theirs: PostgreSQL works in processes of its own.</summary>
    private List<int> Children()
    {
        var all = new List<int> { _process.Id };
        for (int i = 0; i < all.Count; i++)
        {
            try
            {
                all.AddRange(Directory.GetDirectories($"/proc/{all[i]}/task").SelectMany(task => File.ReadAllText(Path.Combine(task, "children")).Split(' ', StringSplitOptions.RemoveEmptyEntries)).Select(int.Parse));
            }
            catch (IOException)
            {
                // It ended while we looked.
            }
        }
        return all[1..];
    }

    private static long Resident(int process)
    {
        // Pages that PostgreSQL's processes share would count in each of them.
        string[] cells = Read(process, "statm");
        return cells.Length < 3 ? 0 : (long.Parse(cells[1], CultureInfo.InvariantCulture) - long.Parse(cells[2], CultureInfo.InvariantCulture)) * Environment.SystemPageSize >> 20;
    }

    private static double Used(int process)
    {
        string[] cells = Read(process, "stat");
        return cells.Length < 15 ? 0 : (long.Parse(cells[13], CultureInfo.InvariantCulture) + long.Parse(cells[14], CultureInfo.InvariantCulture)) / Ticks;
    }

    private static string[] Read(int process, string name)
    {
        try
        {
            // A program's name may hold blanks; none of ours does.
            return File.ReadAllText($"/proc/{process}/{name}").Split(' ');
        }
        catch (IOException)
        {
            return [];
        }
    }

    [GeneratedRegex(@"Rialto is ready: (http://\S+)")]
    private static partial Regex Ready();
}
