using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.RegularExpressions;
using Rialto.Platform.Engines;

namespace Rialto.Fixtures;

/// <summary>The real host binary with its engines as children, in demo mode, on a free port and a data directory of its own.</summary>
public sealed partial class RialtoProcess : IAsyncDisposable
{
    public const string Password = "correct horse";
    public const string Key = "rk_demo_0123456789abcdef";
    public const string Administrator = "admin@rialto.example";
    public const string Viewer = "viewer@rialto.example";

    /// <summary>A start takes two seconds; on a machine that does ten other things it may take a minute.</summary>
    private static readonly TimeSpan StartPatience = TimeSpan.FromMinutes(3);

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    private readonly Process _process;
    private readonly List<string> _lines = [];

    private RialtoProcess(Process process) => _process = process;

    public int ProcessId => _process.Id;

    public int ExitCode => _process.ExitCode;

    /// <summary>Where it listens; known when it is ready.</summary>
    public Uri Address { get; private set; } = new("http://localhost/");

    public string Output
    {
        get
        {
            lock (_lines) return string.Join('\n', _lines);
        }
    }

    /// <summary>A directory for one test's data, which a child of another user may enter.</summary>
    public static string NewDirectory()
    {
        var directory = Directory.CreateTempSubdirectory("rialto-host-").FullName;
        File.SetUnixFileMode(directory, File.GetUnixFileMode(directory) | UnixFileMode.OtherExecute | UnixFileMode.GroupExecute);
        return directory;
    }

    /// <summary>Starts the host and waits until it is ready.</summary>
    public static async Task<RialtoProcess> StartAsync(string data, params string[] arguments)
    {
        var host = Launch(data, arguments);
        var beganAt = TimeProvider.System.GetTimestamp();
        while (!ReadyLine().IsMatch(host.Output) && !host._process.HasExited && TimeProvider.System.GetElapsedTime(beganAt) < StartPatience) await Task.Delay(Pause);
        if (!ReadyLine().IsMatch(host.Output))
        {
            // Nobody else would end it.
            if (!host._process.HasExited) host.Kill();
            await host.EndedAsync();
            throw new InvalidOperationException($"The host did not become ready and ended with {host.ExitCode}:\n{host.Output}");
        }
        host.Address = new Uri(ReadyLine().Match(host.Output).Groups[1].Value);
        return host;
    }

    /// <summary>Starts the host without waiting, to see how it ends. Options given here win over those of the fixture.</summary>
    public static RialtoProcess Launch(string data, params string[] arguments)
    {
        var start = new ProcessStartInfo(Path.Combine(Checkout.Artifact("Host"), "rialto"), arguments) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = Checkout.Root };
        foreach (var variable in start.Environment.Keys.Where(name => name.StartsWith("RIALTO_", StringComparison.Ordinal)).ToArray()) start.Environment.Remove(variable);
        start.Environment["RIALTO_PORT"] = "0";
        start.Environment["RIALTO_SYSLOG_PORT"] = "0";
        start.Environment["RIALTO_DATA"] = data;
        start.Environment["RIALTO_DEMO"] = "on";
        start.Environment["RIALTO_DEMO_SENDER"] = "off";
        start.Environment["RIALTO_DEMO_PASSWORD"] = Password;
        start.Environment["RIALTO_DEMO_KEY"] = Key;
        var host = new RialtoProcess(Process.Start(start)!);
        host._process.OutputDataReceived += host.Note;
        host._process.ErrorDataReceived += host.Note;
        host._process.BeginOutputReadLine();
        host._process.BeginErrorReadLine();
        return host;
    }

    /// <summary>A client without cookies of another. It asks before it sends a body, when the request says so, and waits for the answer as long as a test waits.</summary>
    public HttpClient Client() => new(new SocketsHttpHandler { UseCookies = true, Expect100ContinueTimeout = TimeSpan.FromSeconds(60) }) { BaseAddress = Address };

    /// <summary>A client that presents the demo key.</summary>
    public HttpClient KeyClient(string key = Key)
    {
        var client = Client();
        client.DefaultRequestHeaders.Authorization = new("Bearer", key);
        return client;
    }

    /// <summary>A client with the session of an account.</summary>
    public async Task<HttpClient> SignInAsync(string email = Administrator)
    {
        var client = Client();
        using var answer = await client.PostAsJsonAsync("api/identity/sign-in", new { email, password = Password });
        answer.EnsureSuccessStatusCode();
        return client;
    }

    /// <summary>Ids of its child processes, the engines.</summary>
    public int[] Children() =>
    [
        .. from entry in Directory.GetDirectories("/proc")
           where int.TryParse(Path.GetFileName(entry), out _)
           let status = ReadOrNull(Path.Combine(entry, "status"))
           where status is not null && status.Contains($"\nPPid:\t{ProcessId}\n", StringComparison.Ordinal)
           select int.Parse(Path.GetFileName(entry)),
    ];

    /// <summary>Id of the child of this name, <c>rialto-engine</c> or <c>postgres</c>; null while there is none.</summary>
    public int? Child(string name) => Children().Cast<int?>().FirstOrDefault(child => ReadOrNull($"/proc/{child}/comm")?.TrimEnd() == name);

    /// <summary>False also for a process that has ended and that nobody has asked about yet.</summary>
    public static bool IsAlive(int process) => ReadOrNull($"/proc/{process}/status") is { } status && !status.Contains("State:\tZ", StringComparison.Ordinal);

    public void Kill() => _process.Kill();

    public async Task<int> StopAsync()
    {
        Unix.Send(ProcessId, Signal.Terminate);
        await _process.WaitForExitAsync();
        return ExitCode;
    }

    public Task EndedAsync() => _process.WaitForExitAsync();

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited) await StopAsync();
        _process.Dispose();
    }

    private static string? ReadOrNull(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (IOException)
        {
            // It ended while we looked.
            return null;
        }
    }

    private void Note(object sender, DataReceivedEventArgs line)
    {
        if (line.Data is null) return;
        lock (_lines) _lines.Add(line.Data);
    }

    [GeneratedRegex(@"Rialto is ready: (http://\S+)")]
    private static partial Regex ReadyLine();
}
