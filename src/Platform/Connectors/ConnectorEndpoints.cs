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

    private static async Task<Ok<IReadOnlyList<ConnectorView>>> ListAsync(ConnectorReport report, CancellationToken stop) => TypedResults.Ok(await report.ReadAsync(stop));

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
}
