using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using Rialto.Platform.ClickHouse;

namespace Rialto.Fixtures;

/// <summary>A <c>rialto-engine</c> process on a data directory of its own. Its standard input is held open: it ends with the test process, however that ends.</summary>
public sealed class EngineChild : IAsyncDisposable
{
    private static readonly TimeSpan ReadyWithin = TimeSpan.FromSeconds(60);

    private readonly List<string> _lines = [];
    private readonly bool _ownsDirectory;
    private Process _process;

    private EngineChild(string directory, bool ownsDirectory, string[] arguments)
    {
        Directory = directory;
        _ownsDirectory = ownsDirectory;
        Arguments = arguments;
        _process = Spawn();
        Client = new ClickHouseClient(ClickHouseEndpoint.OfSocket(Socket));
    }

    public string Directory { get; }

    public string[] Arguments { get; }

    /// <summary>Short, because the path of a unix socket has at most 107 bytes.</summary>
    public string Socket => Path.Combine(Directory, "s");

    public ClickHouseClient Client { get; }

    public int ProcessId => _process.Id;

    public bool HasExited => _process.HasExited;

    public int ExitCode => _process.ExitCode;

    /// <summary>The process's resident memory in bytes.</summary>
    public long ResidentBytes => long.Parse(File.ReadAllText($"/proc/{ProcessId}/statm").Split(' ')[1], CultureInfo.InvariantCulture) * Environment.SystemPageSize;

    public TimeSpan ProcessorTime
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    public string Output
    {
        get
        {
            lock (_lines)
                return string.Join('\n', _lines);
        }
    }

    public static async Task<EngineChild> StartAsync(params string[] arguments)
    {
        var child = new EngineChild(System.IO.Directory.CreateTempSubdirectory("rt-").FullName, ownsDirectory: true, arguments);
        await child.WaitUntilReadyAsync();
        return child;
    }

    public static async Task<EngineChild> StartOnAsync(string directory, params string[] arguments)
    {
        var child = new EngineChild(directory, ownsDirectory: false, arguments);
        await child.WaitUntilReadyAsync();
        return child;
    }

    /// <summary>kill -9.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>Starts it again on the same data.</summary>
    public async Task RestartAsync()
    {
        if (!_process.HasExited)
            throw new InvalidOperationException("The engine still runs");
        _process.Dispose();
        _process = Spawn();
        await WaitUntilReadyAsync();
    }

    /// <summary>Closes its standard input, as the death of its parent does, and waits for its end.</summary>
    public async Task StopAsync()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(30));
    }

    /// <summary>Asks with SIGTERM and waits for its end.</summary>
    public async Task TerminateAsync()
    {
        using var kill = Process.Start("kill", ["-TERM", ProcessId.ToString(CultureInfo.InvariantCulture)]);
        await _process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(30));
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        if (!_process.HasExited)
        {
            // A test's data is not worth a graceful stop.
            await KillAsync();
        }

        _process.Dispose();
        if (_ownsDirectory)
            System.IO.Directory.Delete(Directory, recursive: true);
    }

    private async Task WaitUntilReadyAsync()
    {
        var began = Stopwatch.GetTimestamp();
        while (!await Client.PingAsync())
        {
            if (_process.HasExited || Stopwatch.GetElapsedTime(began) > ReadyWithin)
                throw new InvalidOperationException($"rialto-engine did not start: {Output}");
            await Task.Delay(10);
        }
    }

    private Process Spawn()
    {
        var library = Path.Combine(Checkout.Root, "node_modules", "@chdb", LibraryPackage(), "libchdb.so");
        var start = new ProcessStartInfo(Path.Combine(Checkout.Artifact("Engine"), "rialto-engine"))
        {
            RedirectStandardInput = true,
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        foreach (var argument in (string[])["--data", Path.Combine(Directory, "data"), "--socket", Socket, "--library", library, .. Arguments])
            start.ArgumentList.Add(argument);
        var process = new Process { StartInfo = start };
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
        process.OutputDataReceived += (_, line) => Keep(line.Data);
        process.Start();
        process.BeginErrorReadLine();
        process.BeginOutputReadLine();
        return process;
    }

    private void Keep(string? line)
    {
        lock (_lines)
        {
            if (line is not null)
                _lines.Add(line);
        }
    }

    private static string LibraryPackage() =>
        $"lib-{(OperatingSystem.IsMacOS() ? "darwin" : "linux")}-{RuntimeInformation.OSArchitecture.ToString().ToLowerInvariant()}{(OperatingSystem.IsMacOS() ? "" : "-gnu")}";
}
