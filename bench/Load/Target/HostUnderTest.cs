using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Rialto.Bench.Load.Target;

/// <summary>
/// The real binary: started here on an empty temporary directory and a free port, and ended with everything it left, or one that runs already.
/// </summary>
internal sealed partial class HostUnderTest : IAsyncDisposable
{
    public const string DemoPassword = "load-load-0123456789";
    private const string DemoKey = "rk_demo_loadload0123456789";
    private static readonly TimeSpan ReadyWithin = TimeSpan.FromMinutes(2);

    private readonly Process? _process;
    private readonly List<string> _output = [];
    private readonly bool _kept;

    private HostUnderTest(Arguments given)
    {
        Url = new Uri(given.Url!);
        (Key, HostPid, EnginePid) = (given.Key, given.HostPid, given.EnginePid);
        Engine = new EngineSql(given.EngineSocket);
    }

    private HostUnderTest(string root, Arguments arguments)
    {
        _kept = arguments.Kept is not null;
        DataDirectory = arguments.Kept ?? Path.Combine(arguments.Directory, $"rl{Environment.ProcessId:x}");
        Key = DemoKey;
        var start = new ProcessStartInfo(Path.Combine(root, "artifacts", "bin", "Host", "release", "rialto"))
        {
            WorkingDirectory = root,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in new Dictionary<string, string>
        {
            ["RIALTO_PORT"] = "0",
            ["RIALTO_DATA"] = DataDirectory,
            ["RIALTO_DEMO"] = "on",
            ["RIALTO_DEMO_KEY"] = DemoKey,
            ["RIALTO_DEMO_PASSWORD"] = DemoPassword,
            ["RIALTO_DEMO_SENDER"] = "off",
            ["RIALTO_UPSTREAM_ALLOW"] = "127.0.0.0/8",
            ["RIALTO_SYSLOG_PORT"] = "0",
            ["RIALTO_MODULES"] = "logs",
        })
            start.Environment[name] = value;
        _process = new Process { StartInfo = start };
        _process.OutputDataReceived += (_, line) => Keep(line.Data);
        _process.ErrorDataReceived += (_, line) => Keep(line.Data);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        HostPid = _process.Id;
        Engine = new EngineSql(Path.Combine(DataDirectory, "clickhouse.run", "engine.sock"));
    }

    public Uri Url { get; private set; } = null!;

    public string Key { get; }

    /// <summary>Empty when the host was not started here.</summary>
    public string DataDirectory { get; } = "";

    public EngineSql Engine { get; }

    public int HostPid { get; }

    public int EnginePid { get; private set; }

    public string PostgresConnection => $"Host={Path.Combine(DataDirectory, "postgres.run")};Username=rialto;Database=rialto";

    public static async Task<HostUnderTest> StartAsync(Arguments arguments)
    {
        if (arguments.Url is not null)
            return new HostUnderTest(arguments);
        var host = new HostUnderTest(RepositoryRoot(), arguments);
        try
        {
            await host.WaitUntilReadyAsync();
            return host;
        }
        catch
        {
            await host.DisposeAsync();
            throw;
        }
    }

    /// <summary>Processor time that host and engine have used so far, in seconds.</summary>
    public (double Host, double Engine) ProcessorSeconds() => (SecondsOf(HostPid), SecondsOf(EnginePid));

    public double ResidentMegabytes(int pid) => pid == 0 ? 0
        : long.Parse(File.ReadAllText($"/proc/{pid}/statm").Split(' ')[1], CultureInfo.InvariantCulture) * (double)Environment.SystemPageSize / (1 << 20);

    /// <summary>Segments that ClickHouse refused. There is no reason for one.</summary>
    public int SegmentsAside()
    {
        var aside = Path.Combine(DataDirectory, "logs", "spool", "aside");
        return DataDirectory.Length > 0 && Directory.Exists(aside) ? Directory.GetFiles(aside).Length : 0;
    }

    /// <summary>What host and engine warned of.</summary>
    public IReadOnlyList<string> Warnings()
    {
        lock (_output)
            return [.. _output.Where(line => line.Contains(" warn", StringComparison.OrdinalIgnoreCase) || line.Contains("error", StringComparison.OrdinalIgnoreCase) || line.Contains("crit", StringComparison.OrdinalIgnoreCase))];
    }

    public async ValueTask DisposeAsync()
    {
        Engine.Dispose();
        if (_process is null)
            return;
        if (!_process.HasExited)
        {
            using var terminate = Process.Start("kill", ["-TERM", HostPid.ToString(CultureInfo.InvariantCulture)]);
            using var late = new CancellationTokenSource(TimeSpan.FromSeconds(40));
            try
            {
                await _process.WaitForExitAsync(late.Token);
            }
            catch (OperationCanceledException)
            {
                _process.Kill(entireProcessTree: true);
                await _process.WaitForExitAsync(CancellationToken.None);
            }
        }

        _process.Dispose();
        if (!_kept && Directory.Exists(DataDirectory))
            Directory.Delete(DataDirectory, recursive: true);
    }

    private async Task WaitUntilReadyAsync()
    {
        var began = Stopwatch.GetTimestamp();
        while (Url is null)
        {
            if (_process!.HasExited || Stopwatch.GetElapsedTime(began) > ReadyWithin)
                throw new InvalidOperationException($"The host did not start:\n{string.Join('\n', _output)}");
            await Task.Delay(50);
            lock (_output)
            {
                if (_output.Select(line => ReadyLine().Match(line)).FirstOrDefault(match => match.Success) is { } ready)
                    Url = new Uri(ready.Groups[1].Value);
            }
        }

        EnginePid = ChildOf(HostPid, "rialto-engine");
    }

    private void Keep(string? line)
    {
        lock (_output)
        {
            if (line is not null)
                _output.Add(line);
        }
    }

    private static int ChildOf(int parent, string name)
    {
        foreach (var directory in Directory.GetDirectories("/proc"))
        {
            if (!int.TryParse(Path.GetFileName(directory), CultureInfo.InvariantCulture, out var pid) || !File.Exists($"{directory}/stat"))
                continue;
            var (comm, fields) = Stat(pid);
            if (comm == name[..Math.Min(name.Length, 15)] && int.Parse(fields[1], CultureInfo.InvariantCulture) == parent)
                return pid;
        }

        return 0;
    }

    /// <summary>Processor time of a process so far.</summary>
    public static double SecondsOf(int pid)
    {
        if (pid == 0)
            return 0;
        const double TicksPerSecond = 100;
        var (_, fields) = Stat(pid);
        return (long.Parse(fields[11], CultureInfo.InvariantCulture) + long.Parse(fields[12], CultureInfo.InvariantCulture)) / TicksPerSecond;
    }

    // The name stands in parentheses and may hold anything; the fields begin behind the last one.
    private static (string Name, string[] Fields) Stat(int pid)
    {
        try
        {
            var text = File.ReadAllText($"/proc/{pid}/stat");
            var end = text.LastIndexOf(')');
            return (text[(text.IndexOf('(') + 1)..end], text[(end + 2)..].Split(' '));
        }
        catch (IOException)
        {
            return ("", ["", "0"]);
        }
    }

    private static string RepositoryRoot()
    {
        for (var directory = new DirectoryInfo(AppContext.BaseDirectory); directory is not null; directory = directory.Parent)
        {
            if (File.Exists(Path.Combine(directory.FullName, "Rialto.slnx")))
                return directory.FullName;
        }

        throw new InvalidOperationException("Run it from a clone, or name a host with --url.");
    }

    [GeneratedRegex("Rialto is ready: (http://[^ ]+)")]
    private static partial Regex ReadyLine();
}
