using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Rialto.Platform.Engines;
using Rialto.Platform.Hosting;
using Rialto.Platform.Secrets;

namespace Rialto.Platform.Connectors;

/// <summary>Where a simulated vendor sends its events: a path of ours, with <c>{secret}</c> for the text of the secret it is given.</summary>
/// <param name="Secret">Name of the secret by which the vendor signs, or that stands in the path.</param>
public sealed record SimulatorWebhook(string Vendor, string Path, string Secret);

/// <summary>
/// In demo mode: the outside world as a child process. Every connector whose address says <c>simulator:</c> finds its vendor there, with credentials that the
/// simulators tell. Outside of demo mode nothing of this runs.
/// </summary>
internal sealed partial class SimulatorsStart(
    Settings settings, ConnectorSet connectors, SimulatorAddresses addresses, SecretStore secrets, IEnumerable<SimulatorWebhook> webhooks, StartBanner banner, OwnAddress address,
    IHostApplicationLifetime lifetime, TimeProvider clock, ILoggerFactory loggers) : IHostedService, IAsyncDisposable
{
    private readonly ILogger _log = loggers.CreateLogger("Rialto.Simulators");
    private Supervisor? _supervisor;
    private SimulatorsChild? _child;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (!settings.Demo || SimulatorsChild.FindProgram() is not { } program) return;
        var names = connectors.All.Select(connector => connector.Settings.BaseUrl).Where(url => url.StartsWith("simulator:", StringComparison.Ordinal))
            .Select(url => url["simulator:".Length..].Split('/')[0]).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToArray();
        if (names.Length == 0) return;
        _child = new SimulatorsChild(program, settings.DataDirectory, names, banner.Demo?.Password, clock);
        _supervisor = new Supervisor(_child, clock, _log);
        await _supervisor.StartAsync(cancellationToken);
        addresses.Set(_child.Addresses);
        foreach (var (name, text) in await _child.Credentials.WaitAsync(cancellationToken))
        {
            if (await secrets.FindAsync(SecretReference.Parse("secret:" + name)!.Value, cancellationToken) is null) await secrets.PutAsync(name, text, "demo", cancellationToken);
        }
        banner.Notes.Add($"simulators  {string.Join("  ", _child.Addresses.Select(pair => $"{pair.Key} {pair.Value}"))}");
        if (names.Contains("memberson")) banner.Notes.Add($"club        sign in as jun@example.test with the same password; card pages and mails are on the simulators");
        lifetime.ApplicationStarted.Register(() => _ = TellWebhooksAsync());
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (_supervisor is not null) await _supervisor.StopAsync();
    }

    public async ValueTask DisposeAsync() => await StopAsync(CancellationToken.None);

    private async Task TellWebhooksAsync()
    {
        try
        {
            using var http = new HttpClient();
            foreach (var vendor in webhooks.Where(hook => _child!.Addresses.ContainsKey(hook.Vendor)).GroupBy(hook => hook.Vendor))
            {
                var endpoints = new List<object>();
                foreach (var hook in vendor)
                {
                    var secret = (await secrets.FindAsync(SecretReference.Parse("secret:" + hook.Secret)!.Value, CancellationToken.None))?.Reveal() ?? "";
                    endpoints.Add(new { url = $"http://127.0.0.1:{address.Port}{hook.Path.Replace("{secret}", Uri.EscapeDataString(secret), StringComparison.Ordinal)}", secret });
                }
                (await http.PutAsJsonAsync($"{_child!.Addresses[vendor.Key]}/_sim/webhooks", new { endpoints })).EnsureSuccessStatusCode();
            }
        }
        catch (Exception exception) when (exception is HttpRequestException or OperationCanceledException)
        {
            LogNoWebhooks(exception.Message);
        }
    }

    [LoggerMessage(LogLevel.Warning, "The simulators do not know where to send their events: {Reason}")]
    private partial void LogNoWebhooks(string reason);
}

/// <summary>The simulators as a supervised child; what they have done survives their restart.</summary>
internal sealed class SimulatorsChild : ChildEngine
{
    /// <summary>Tried first, so that a person finds them again; any free one when taken.</summary>
    private const int FirstPort = 9100;

    private readonly string _program;
    private readonly string _data;
    private readonly string[] _arguments;
    private readonly TimeProvider _clock;
    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(2) };
    private readonly TaskCompletionSource<IReadOnlyDictionary<string, string>> _credentials = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public SimulatorsChild(string program, string root, IReadOnlyList<string> vendors, string? memberPassword, TimeProvider clock)
    {
        (_program, _clock) = (program, clock);
        _data = Path.Combine(root, "simulators");
        var ports = FreePorts(vendors.Count + 1);
        var addresses = new Dictionary<string, string>(StringComparer.Ordinal) { ["control"] = $"http://127.0.0.1:{ports[0]}" };
        var arguments = new List<string> { "--exit-with-parent", "--state", Path.Combine(_data, "state.jsonl"), "--control", $"{ports[0]}" };
        for (var at = 0; at < vendors.Count; at++)
        {
            addresses[vendors[at]] = $"http://127.0.0.1:{ports[at + 1]}";
            arguments.AddRange(["--" + vendors[at], $"{ports[at + 1]}"]);
        }
        if (memberPassword is not null) arguments.AddRange(["--member-password", memberPassword]);
        Addresses = addresses;
        _arguments = [.. arguments];
    }

    public IReadOnlyDictionary<string, string> Addresses { get; }

    /// <summary>What the simulated vendors take as credentials, by the secret's name.</summary>
    public Task<IReadOnlyDictionary<string, string>> Credentials => _credentials.Task;

    public override string Name => "simulators";

    public override Signal StopSignal => Signal.Terminate;

    public static string? FindProgram()
    {
        const string Name = "rialto-simulators";
        var configuration = Path.GetFileName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory));
        string[] candidates =
        [
            Path.Combine(AppContext.BaseDirectory, Name),
            Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "..", "..", "Simulators", configuration, Name)),
        ];
        return candidates.FirstOrDefault(candidate => File.Exists(candidate) && File.Exists(candidate + ".dll"));
    }

    public override async Task<ChildCommand> PrepareAsync(CancellationToken stop)
    {
        Directory.CreateDirectory(_data);
        await Orphans.EndAsync(_data, Signal.Terminate, TimeSpan.FromSeconds(5), _clock, stop);
        return new ChildCommand(_program, _arguments, _data);
    }

    public override async Task<bool> ProbeAsync(CancellationToken stop)
    {
        using var answer = await _http.GetAsync($"{Addresses["control"]}/_sim/clock", stop);
        return answer.IsSuccessStatusCode;
    }

    public override (LogLevel Level, string Text) Read(string line)
    {
        if (!line.StartsWith("{\"event\":\"ready\"", StringComparison.Ordinal)) return (LogLevel.Warning, line);
        var credentials = JsonSerializer.Deserialize<JsonElement>(line).At("credentials")?.Deserialize<Dictionary<string, string>>();
        _credentials.TrySetResult(credentials ?? []);
        // The line holds credentials: it is not logged.
        return (LogLevel.Debug, "ready");
    }

    private static List<int> FreePorts(int count)
    {
        var ports = new List<int>(count);
        for (var preferred = FirstPort; ports.Count < count; preferred++) ports.Add(Bindable(preferred) ? preferred : Bindable(0, ports));
        return ports;
    }

    private static bool Bindable(int port)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            listener.Start();
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private static int Bindable(int port, List<int> taken)
    {
        while (true)
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            listener.Start();
            var found = ((IPEndPoint)listener.LocalEndpoint).Port;
            if (!taken.Contains(found)) return found;
        }
    }
}
