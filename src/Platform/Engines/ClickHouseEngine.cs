using System.Runtime.InteropServices;
using Microsoft.Extensions.Logging;
using Rialto.Platform.ClickHouse;

namespace Rialto.Platform.Engines;

/// <summary>The ClickHouse engine as a private child: <c>rialto-engine</c>, ClickHouse's HTTP interface on a unix socket.</summary>
internal sealed class ClickHouseEngine : ChildEngine
{
    private const string SocketFile = "engine.sock";

    private readonly string _data;
    private readonly string _sockets;
    private readonly TimeProvider _clock;
    private readonly ClickHouseClient _probe;

    public ClickHouseEngine(string root, TimeProvider clock)
    {
        _data = Path.Combine(root, "clickhouse");
        _sockets = DataDirectory.SocketDirectory(root, "clickhouse", SocketFile);
        _clock = clock;
        _probe = new ClickHouseClient(EndpointOf(root));
    }

    public override string Name => "clickhouse";

    public override Signal StopSignal => Signal.Terminate;

    /// <summary>Known before the engine runs, so that everything can be composed first.</summary>
    public static ClickHouseEndpoint EndpointOf(string root) =>
        ClickHouseEndpoint.OfSocket(Path.Combine(DataDirectory.SocketDirectory(root, "clickhouse", SocketFile), SocketFile), "rialto");

    public override async Task<ChildCommand> PrepareAsync(CancellationToken stop)
    {
        Directory.CreateDirectory(_data);
        await Orphans.EndAsync(_data, Signal.Terminate, TimeSpan.FromSeconds(5), _clock, stop);
        DataDirectory.MakePrivate(_sockets, null);
        return new ChildCommand(EngineFiles.ClickHouse(), ["--data", _data, "--socket", Path.Combine(_sockets, SocketFile), "--library", Library()], _data, null, Signal.Terminate);
    }

    public override Task<bool> ProbeAsync(CancellationToken stop) => _probe.PingAsync(stop);

    /// <summary>Lines are "time level text"; what does not look so comes from the library.</summary>
    public override (LogLevel Level, string Text) Read(string line) => line.Split(' ', 3) switch
    {
        [_, "info", var text] => (LogLevel.Debug, text),
        [_, "warn" or "warning", var text] => (LogLevel.Warning, text),
        [_, "error", var text] => (LogLevel.Error, text),
        _ => (LogLevel.Warning, line),
    };

    private static string Library()
    {
        var platform = OperatingSystem.IsMacOS() ? "darwin-" : "linux-";
        var suffix = OperatingSystem.IsMacOS() ? "" : "-gnu";
        var package = $"@chdb/lib-{platform}{RuntimeInformation.OSArchitecture.ToString().ToLowerInvariant()}{suffix}";
        var home = EngineFiles.FindUpwards(Path.Combine("node_modules", package), "libchdb.so")
            ?? throw new EngineException($"The ClickHouse library is not installed: node_modules/{package} is missing. Run `npm ci` (./run does), or set RIALTO_CLICKHOUSE to a server.");
        return Path.Combine(home, "libchdb.so");
    }
}
