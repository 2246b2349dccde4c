using System.Collections.Concurrent;
using System.Threading.Channels;
using Dapper;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Rialto.Platform.Connectors;

/// <param name="Breaker">closed, open or half-open.</param>
/// <param name="ProbeAt">When an open breaker lets one call through.</param>
public sealed record ConnectorState(string Breaker, DateTimeOffset Since, DateTimeOffset? ProbeAt);

/// <summary>How each vendor is, seen from this node; written to the database for operators of all nodes.</summary>
internal sealed partial class ConnectorStates(NpgsqlDataSource postgres, Settings settings, ILogger<ConnectorStates> log) : BackgroundService
{
    private readonly ILogger _log = log;
    private readonly ConcurrentDictionary<string, ConnectorState> _states = new();
    private readonly Channel<string> _changed = Channel.CreateBounded<string>(new BoundedChannelOptions(1_000) { FullMode = BoundedChannelFullMode.DropOldest });

    /// <summary>A vendor that was away answers again. Called on the path of a call: return at once.</summary>
    public event Action<string>? Recovered;

    public ConnectorState? Find(string connector) => _states.GetValueOrDefault(connector);

    /// <summary>Called by the breaker, on the path of a call: it must not wait.</summary>
    public void Set(string connector, string breaker, DateTimeOffset now, DateTimeOffset? probeAt)
    {
        _states[connector] = new ConnectorState(breaker, now, probeAt);
        LogBreaker(connector, breaker);
        if (breaker == "closed") Recovered?.Invoke(connector);
        _changed.Writer.TryWrite(connector);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await foreach (var connector in _changed.Reader.ReadAllAsync(stoppingToken)) await WriteAsync(connector, _states[connector], stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The end.
        }
    }

    private async Task WriteAsync(string connector, ConnectorState state, CancellationToken stop)
    {
        try
        {
            await using var connection = await postgres.OpenConnectionAsync(stop);
            await connection.ExecuteAsync(
                """
                INSERT INTO connectors.connector_state (connector, node, breaker, since, probe_at)
                VALUES (@connector, @NodeId, @Breaker, @Since, @ProbeAt)
                ON CONFLICT (connector, node) DO UPDATE SET breaker = excluded.breaker, since = excluded.since, probe_at = excluded.probe_at
                """,
                new { connector, settings.NodeId, state.Breaker, state.Since, state.ProbeAt });
        }
        catch (Exception exception) when (exception is NpgsqlException or IOException or TimeoutException)
        {
            LogLost(connector, exception.Message);
        }
    }

    [LoggerMessage(LogLevel.Warning, "Breaker of {Connector} is {Breaker}")]
    private partial void LogBreaker(string connector, string breaker);

    [LoggerMessage(LogLevel.Warning, "The state of {Connector} was not written down: {Reason}")]
    private partial void LogLost(string connector, string reason);
}
