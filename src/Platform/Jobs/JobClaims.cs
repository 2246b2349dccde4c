using System.Data.Common;
using Dapper;
using Npgsql;

namespace Rialto.Platform.Jobs;

/// <summary>A job that this node has claimed: its lease runs.</summary>
internal sealed class JobClaim
{
    public required Guid Id { get; init; }
    public required string Kind { get; init; }
    public required string Lane { get; init; }
    public required int Organization { get; init; }
    public string Arguments { get; init; } = "{}";
    public required int Attempts { get; init; }
    public required long Fence { get; init; }
    public string? TraceParent { get; init; }
}

/// <summary>Claims jobs for a node: of a lane always the oldest open one, and only when it is due, or when its runner's lease has run out. Row locks let one node in.</summary>
internal sealed class JobClaims(NpgsqlDataSource postgres, string node, IReadOnlyList<JobKind> kinds)
{
    private const string Columns = "kind, lane, organization, arguments, attempts, fence, trace_parent";

    private static string Claimed(string node, string kinds, string leases) =>
        $"""
        SET state = 'running', attempts = attempts + 1, fence = nextval('platform.fence'), node = {node}, progress = NULL,
            lease_until = clock_timestamp() + ({leases})[array_position({kinds}, kind)]
        """;

    private readonly string[] _names = [.. kinds.Select(kind => kind.Name)];
    private readonly TimeSpan[] _leases = [.. kinds.Select(kind => kind.Policy.Lease)];

    /// <summary>
    /// What is most overdue, one job of each lane. Where many wait and few can be claimed, a look at the longest waiting is enough; only when all of these stand behind others in their lanes
    /// all that wait are looked at.
    /// </summary>
    public async Task<IReadOnlyList<JobClaim>> DueAsync(int most, CancellationToken stop) =>
        await DueAsync(most, 4 * most + 16, stop) is { Count: > 0 } some ? some : await DueAsync(most, int.MaxValue, stop);

    /// <param name="among">The longest waiting.</param>
    private async Task<IReadOnlyList<JobClaim>> DueAsync(int most, int among, CancellationToken stop)
    {
        await using var connection = await postgres.OpenConnectionAsync(stop);
        var claims = await connection.QueryAsync<JobClaim>(new CommandDefinition(
            $$"""
            WITH lanes AS (
                (SELECT lane FROM platform.job WHERE state = 'waiting' AND finished_at IS NULL AND lease_until IS NULL AND due_at <= now() ORDER BY due_at LIMIT @among)
                UNION
                SELECT lane FROM platform.job WHERE state = 'running' AND lease_until < now()
            ), oldest AS (
                SELECT first.id
                  FROM lanes
                 CROSS JOIN LATERAL (SELECT j.id, j.kind, j.state, j.due_at, j.lease_until
                                       FROM platform.job j
                                      WHERE j.lane = lanes.lane AND j.finished_at IS NULL
                                      ORDER BY j.position
                                      LIMIT 1) AS first
                 WHERE first.kind = ANY(@kinds)
                   AND (first.state = 'waiting' AND first.due_at <= now() OR first.state = 'running' AND first.lease_until < now())
                   AND NOT EXISTS (SELECT 1 FROM platform.lane_pause p WHERE p.lane = lanes.lane)
                 ORDER BY first.due_at
                 LIMIT @most
            ), held AS (
                SELECT id
                  FROM platform.job
                 WHERE id IN (SELECT id FROM oldest) AND (state = 'waiting' AND due_at <= now() OR state = 'running' AND lease_until < now())
                   FOR UPDATE SKIP LOCKED
            )
            UPDATE platform.job AS job
               {{Claimed("@node", "@kinds", "@leases")}}
              FROM held
             WHERE job.id = held.id
            RETURNING job.id, {{Columns}}
            """,
            new { most, among, node, kinds = _names, leases = _leases }, cancellationToken: stop));
        return claims.AsList();
    }

    public async Task<JobClaim?> OldestAsync(string lane, CancellationToken stop)
    {
        await using var connection = await postgres.OpenConnectionAsync(stop);
        await using var batch = new NpgsqlBatch(connection) { BatchCommands = { OldestOf(lane) } };
        await using var read = await batch.ExecuteReaderAsync(stop);
        return await read.ReadAsync(stop) ? Read(read) : null;
    }

    /// <summary>Claims the oldest open job of a lane, if it may run; for a transaction that makes it so. It must be run as soon as that has committed.</summary>
    /// <returns>A command that answers with what <see cref="Read"/> reads, or with nothing.</returns>
    public NpgsqlBatchCommand OldestOf(string lane) => new(
        $"""
        UPDATE platform.job
           {Claimed("$2", "$3", "$4")}
         WHERE id = (SELECT id
                       FROM platform.job
                      WHERE lane = $1 AND finished_at IS NULL
                        AND position = (SELECT min(position) FROM platform.job WHERE lane = $1 AND finished_at IS NULL)
                        AND kind = ANY($3)
                        AND (state = 'waiting' AND due_at <= clock_timestamp() OR state = 'running' AND lease_until < clock_timestamp())
                        AND NOT EXISTS (SELECT 1 FROM platform.lane_pause p WHERE p.lane = $1)
                        FOR UPDATE SKIP LOCKED)
        RETURNING id, {Columns}
        """)
    {
        Parameters = { new() { Value = lane }, new() { Value = node }, new() { Value = _names }, new() { Value = _leases } },
    };

    public static JobClaim Read(DbDataReader read) => read.GetRowParser<JobClaim>()(read);
}
