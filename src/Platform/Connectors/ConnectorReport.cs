using Dapper;
using Npgsql;

namespace Rialto.Platform.Connectors;

/// <param name="Breaker">closed, open or half-open, on this node.</param>
/// <param name="ProbeAt">When an open breaker lets one call through.</param>
/// <param name="Calls">In the last five minutes, on all nodes.</param>
/// <param name="Failed">Of these: not sent, unknown or malformed.</param>
/// <param name="P95Ms">Latency of these, in milliseconds.</param>
public sealed record ConnectorView(
    string Name, string BaseUrl, long Revision, string Breaker, DateTimeOffset? Since, DateTimeOffset? ProbeAt, long Calls, long Failed, double? P95Ms);

/// <summary>How every vendor is now.</summary>
public sealed class ConnectorReport
{
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(5);

    private readonly ConnectorSet _connectors;
    private readonly ConnectorStates _states;
    private readonly NpgsqlDataSource _postgres;
    private readonly TimeProvider _clock;

    internal ConnectorReport(ConnectorSet connectors, ConnectorStates states, NpgsqlDataSource postgres, TimeProvider clock) =>
        (_connectors, _states, _postgres, _clock) = (connectors, states, postgres, clock);

    /// <summary>Of all vendors, by name.</summary>
    public async Task<IReadOnlyList<ConnectorView>> ReadAsync(CancellationToken stop)
    {
        await using var connection = await _postgres.OpenConnectionAsync(stop);
        var counts = (await connection.QueryAsync<Counts>(new CommandDefinition(
            """
            SELECT connector, count(*) AS calls, count(*) FILTER (WHERE outcome IN ('not_sent', 'unknown', 'malformed')) AS failed,
                   percentile_cont(0.95) WITHIN GROUP (ORDER BY extract(epoch FROM ended_at - sent_at) * 1000) AS p95
              FROM connectors.external_call WHERE sent_at > @since GROUP BY connector
            """,
            new { since = _clock.GetUtcNow() - Window }, cancellationToken: stop))).ToDictionary(row => row.Connector);
        return [.. _connectors.All.OrderBy(connector => connector.Name, StringComparer.Ordinal).Select(connector =>
        {
            var state = _states.Find(connector.Name);
            var count = counts.GetValueOrDefault(connector.Name);
            return new ConnectorView(connector.Name, connector.Settings.BaseUrl, connector.Revision, connector.Breaker.ToString().ToLowerInvariant(), state?.Since, state?.ProbeAt,
                count?.Calls ?? 0, count?.Failed ?? 0, count?.P95);
        })];
    }

    private sealed class Counts
    {
        public required string Connector { get; init; }
        public required long Calls { get; init; }
        public required long Failed { get; init; }
        public double? P95 { get; init; }
    }
}
