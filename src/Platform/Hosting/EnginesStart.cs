using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using Rialto.Platform.Engines;
using Rialto.Platform.Health;

namespace Rialto.Platform.Hosting;

/// <summary>Starts the engines that are children of this process, both at once; they stop after everything that uses them.</summary>
internal sealed class EnginesStart(Settings settings, NpgsqlDataSource postgres, TimeProvider clock, ILoggerFactory loggers) : IHostedService, IHealthPart, IAsyncDisposable
{
    private DataDirectory? _directory;
    private Supervisor[] _supervisors = [];

    public IReadOnlyList<Supervisor> Supervisors => _supervisors;

    public string Name => "engines";

    /// <summary>What their supervisors do. Whether the engines answer is told by the parts of their clients, so this one is never down by itself.</summary>
    public async ValueTask<PartHealth> CheckAsync(CancellationToken stop)
    {
        var told = new List<string>();
        var isWell = true;
        foreach (var supervisor in _supervisors)
        {
            var health = await supervisor.CheckAsync(stop);
            isWell &= health.Status == PartStatus.Ready;
            told.Add($"{supervisor.Name} {health.Detail}");
        }
        var detail = told.Count == 0 ? "None is a child of this host." : string.Join("; ", told) + ".";
        return isWell ? PartHealth.Ready(detail) : PartHealth.Degraded(detail);
    }

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        _directory = DataDirectory.Open(settings.DataDirectory);
        var log = loggers.CreateLogger("Rialto.Engines");
        List<ChildEngine> engines = [];
        if (settings.Postgres is null) engines.Add(new PostgresEngine(settings.DataDirectory, clock, log));
        if (settings.ClickHouse is null) engines.Add(new ClickHouseEngine(settings.DataDirectory, clock));
        _supervisors = [.. engines.Select(engine => new Supervisor(engine, clock, log))];
        await Task.WhenAll(_supervisors.Select(supervisor => supervisor.StartAsync(cancellationToken)));
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        // Everybody who used it has stopped; the pool says goodbye while the server still listens.
        await postgres.DisposeAsync();
        await Task.WhenAll(_supervisors.Select(supervisor => supervisor.StopAsync()));
    }

    /// <summary>Also after a start that failed further on, when the framework stops nobody.</summary>
    public async ValueTask DisposeAsync()
    {
        await StopAsync(CancellationToken.None);
        _directory?.Dispose();
    }
}
