using Dapper;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Npgsql;
using Rialto.Platform.Identity;
using Rialto.Platform.Problems;

namespace Rialto.Platform.Connectors;

/// <summary><c>/api/platform/connectors</c>: how each vendor is, and every call of it.</summary>
internal static class ConnectorEndpoints
{
    private const int CallsMax = 500;

    /// <param name="Breaker">closed, open or half-open, on this node.</param>
    /// <param name="Calls">In the last five minutes, on all nodes.</param>
    /// <param name="Failed">Of these: not sent, unknown or malformed.</param>
    /// <param name="P95Ms">Latency of these, in milliseconds.</param>
    public sealed record View(
        string Name, string BaseUrl, long Revision, string Breaker, DateTimeOffset? Since, DateTimeOffset? ProbeAt, long Calls, long Failed, double? P95Ms);

    public sealed class CallRow
    {
        public required long Id { get; init; }
        public required string Operation { get; init; }
        public required string Kind { get; init; }
        public string? ExternalKey { get; init; }
        public required DateTimeOffset SentAt { get; init; }
        public required DateTimeOffset EndedAt { get; init; }
        public required string Outcome { get; init; }
        public int? Status { get; init; }
        public string? Detail { get; init; }
        public required long Revision { get; init; }
        public required int Attempt { get; init; }
    }

    public sealed record Probed(bool Up, string Detail);

    public static void MapConnectors(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/platform/connectors").WithTags("Connectors");
        group.MapGet("/", ListAsync).RequirePermission(Permission.PlatformRead).WithSummary("Every vendor: address, breaker, and how the last five minutes went.");
        group.MapGet("/{name}/calls", CallsAsync).RequirePermission(Permission.PlatformRead).WithSummary("Calls of a vendor, newest first; by key or outcome.");
        group.MapPost("/{name}/probe", ProbeAsync).RequirePermission(Permission.PlatformManage).WithSummary("Asks the vendor now whether it works.");
    }

    private static async Task<Ok<List<View>>> ListAsync(ConnectorSet connectors, ConnectorStates states, NpgsqlDataSource postgres, TimeProvider clock, CancellationToken stop)
    {
        await using var connection = await postgres.OpenConnectionAsync(stop);
        var counts = (await connection.QueryAsync<Counts>(
            """
            SELECT connector, count(*) AS calls, count(*) FILTER (WHERE outcome IN ('not_sent', 'unknown', 'malformed')) AS failed,
                   percentile_cont(0.95) WITHIN GROUP (ORDER BY extract(epoch FROM ended_at - sent_at) * 1000) AS p95
              FROM connectors.external_call WHERE sent_at > @since GROUP BY connector
            """,
            new { since = clock.GetUtcNow().AddMinutes(-5) })).ToDictionary(row => row.Connector);
        return TypedResults.Ok(connectors.All.OrderBy(connector => connector.Name, StringComparer.Ordinal).Select(connector =>
        {
            var state = states.Find(connector.Name);
            var count = counts.GetValueOrDefault(connector.Name);
            return new View(connector.Name, connector.Settings.BaseUrl, connector.Revision, connector.Breaker.ToString().ToLowerInvariant(), state?.Since, state?.ProbeAt,
                count?.Calls ?? 0, count?.Failed ?? 0, count?.P95);
        }).ToList());
    }

    private static async Task<Results<Ok<IEnumerable<CallRow>>, Problem>> CallsAsync(
        string name, string? key, string? outcome, long? before, ConnectorSet connectors, NpgsqlDataSource postgres, CancellationToken stop)
    {
        if (connectors.Find(name) is null) return Problem.Of(404, "no-such-connector", $"There is no connector {name}.");
        await using var connection = await postgres.OpenConnectionAsync(stop);
        return TypedResults.Ok(await connection.QueryAsync<CallRow>(
            """
            SELECT id, operation, kind, external_key, sent_at, ended_at, outcome, status, detail, revision, attempt
              FROM connectors.external_call
             WHERE connector = @name AND (@key IS NULL OR external_key = @key) AND (@outcome IS NULL OR outcome = @outcome) AND (@before IS NULL OR id < @before)
             ORDER BY id DESC LIMIT @CallsMax
            """,
            new { name, key, outcome, before, CallsMax }));
    }

    private static async Task<Results<Ok<Probed>, Problem>> ProbeAsync(string name, ConnectorSet connectors, CancellationToken stop)
    {
        if (connectors.Find(name) is not { } connector) return Problem.Of(404, "no-such-connector", $"There is no connector {name}.");
        var answer = await connector.CallAsync(connector.Probe, stop);
        return TypedResults.Ok(new Probed(answer.IsOk, answer.Detail));
    }

    private sealed class Counts
    {
        public required string Connector { get; init; }
        public required long Calls { get; init; }
        public required long Failed { get; init; }
        public double? P95 { get; init; }
    }
}
