using System.Diagnostics;
using System.Text.Json;
using Dapper;
using Npgsql;
using NpgsqlTypes;
using Rialto.Platform.Outbox;
using static Rialto.Platform.Postgres.Parameter;

namespace Rialto.Platform.Jobs;

/// <summary>What a job is enqueued with.</summary>
public sealed record JobOptions
{
    /// <summary>Jobs of one lane run in the order in which they were enqueued (their transactions committed), one at a time. Null: in no order.</summary>
    public string? Lane { get; init; }

    /// <summary>Not before this moment. An earlier job of the lane holds the later ones back even so.</summary>
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>A second job of the same kind with the same key is not enqueued.</summary>
    public string? Key { get; init; }

    /// <summary>Nobody waits for it: it is found at the next look, within a second, and not told.</summary>
    public bool CanWait { get; init; }
}

/// <param name="Fence">Zero: it waits for a runner. Otherwise it is claimed, and must be run as soon as its transaction has committed.</param>
internal sealed record AddedJob(Guid Id, long Fence);

/// <summary>Enqueues durable work and lets operators act on it. All of it is visible on every node.</summary>
public sealed class JobQueue
{
    internal static readonly JsonSerializerOptions Json = new(JsonSerializerOptions.Web);

    private readonly NpgsqlDataSource _postgres;
    private readonly TimeProvider _clock;
    private readonly Dictionary<Type, JobKind> _kinds;

    internal JobQueue(NpgsqlDataSource postgres, TimeProvider clock, IEnumerable<JobKind> kinds) =>
        (_postgres, _clock, _kinds) = (postgres, clock, kinds.ToDictionary(kind => kind.Arguments));

    /// <summary>Enqueues a job in the transaction that makes it necessary. Call it late: other transactions that enqueue into the same lane wait until this one ends.</summary>
    /// <returns>Its id; that of the job already there when <see cref="JobOptions.Key"/> is taken.</returns>
    public async Task<Guid> EnqueueAsync<TArguments>(NpgsqlTransaction transaction, Origin by, TArguments arguments, JobOptions? options = null, CancellationToken stop = default)
        where TArguments : notnull
    {
        var added = await AddAsync(transaction, by, arguments, options ?? new JobOptions(), null, stop);
        return added.Id;
    }

    /// <summary>Enqueues a job, and claims it for a node at once when nothing else is open in its lane.</summary>
    /// <param name="node">Null: whoever comes may have it.</param>
    internal async Task<AddedJob> AddAsync<TArguments>(NpgsqlTransaction transaction, Origin by, TArguments arguments, JobOptions options, string? node, CancellationToken stop)
        where TArguments : notnull
    {
        await using var batch = new NpgsqlBatch(transaction.Connection, transaction);
        foreach (var command in Adding(by, arguments, options, node)) batch.BatchCommands.Add(command);
        await using (var read = await batch.ExecuteReaderAsync(stop))
        {
            // The lane's lock answers too.
            if (options.Lane is not null) await read.NextResultAsync(stop);
            if (await read.ReadAsync(stop)) return new AddedJob(read.GetGuid(0), read.GetInt64(1));
        }
        return await transaction.Connection!.QuerySingleAsync<AddedJob>(new CommandDefinition(
            "SELECT id, 0::bigint AS fence FROM platform.job WHERE kind = @Name AND key = @Key", new { KindOf(arguments).Name, options.Key }, transaction, cancellationToken: stop));
    }

    /// <summary>What <see cref="EnqueueAsync"/> does, for who writes more in the same round trip and does not need the job's id.</summary>
    public IReadOnlyList<NpgsqlBatchCommand> Enqueuing<TArguments>(Origin by, TArguments arguments, JobOptions? options = null)
        where TArguments : notnull =>
        Adding(by, arguments, options ?? new JobOptions(), null);

    /// <summary>The last command answers with id and fence, or with nothing when the key is taken.</summary>
    private IReadOnlyList<NpgsqlBatchCommand> Adding<TArguments>(Origin by, TArguments arguments, JobOptions options, string? node)
        where TArguments : notnull
    {
        var kind = KindOf(arguments);
        var now = _clock.GetUtcNow();
        var id = Guid.CreateVersion7(now);
        // A lane of one needs no order.
        var lane = options.Lane ?? id.ToString();
        var add = new NpgsqlBatchCommand(node is not null ? InsertHere : options.CanWait || options.DueAt > now ? Insert : Insert + Told)
        {
            Parameters =
            {
                new() { Value = id }, new() { Value = kind.Name }, new() { Value = lane }, Text(options.Key), new() { Value = (int)by.Organization }, new() { Value = by.Actor },
                new() { Value = JsonSerializer.Serialize(arguments, arguments.GetType(), Json), NpgsqlDbType = NpgsqlDbType.Jsonb }, Time(options.DueAt ?? now), Text(Activity.Current?.Id), Time(now),
            },
        };
        if (node is not null)
        {
            add.Parameters.Add(new() { Value = node });
            add.Parameters.Add(new() { Value = kind.Policy.Lease });
        }
        return options.Lane is null ? [add] : [new NpgsqlBatchCommand(LockLane) { Parameters = { new() { Value = lane } } }, add];
    }

    private JobKind KindOf<TArguments>(TArguments arguments)
        where TArguments : notnull =>
        _kinds.TryGetValue(arguments.GetType(), out var kind) ? kind : throw new ArgumentException($"No kind of job takes {arguments.GetType()}; see AddJob.", nameof(arguments));

    private const string LockLane = "SELECT pg_advisory_xact_lock(hashtextextended($1, 8))";

    private const string Insert =
        """
        INSERT INTO platform.job (id, kind, lane, key, organization, actor, arguments, due_at, trace_parent, created_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
        ON CONFLICT (kind, key) WHERE key IS NOT NULL DO NOTHING
        RETURNING id, fence
        """;

    /// <summary>A notification makes commits wait for each other, so there is none for what is due later or is claimed already.</summary>
    private const string Told = ", (SELECT pg_notify('rialto_jobs', ''))";

    /// <summary>Claimed for node $11 when nothing else is open in its lane.</summary>
    private const string InsertHere =
        """
        INSERT INTO platform.job (id, kind, lane, key, organization, actor, arguments, due_at, trace_parent, created_at, state, attempts, fence, node, lease_until)
        SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, CASE WHEN is_free THEN 'running' ELSE 'waiting' END, is_free::int,
               CASE WHEN is_free THEN nextval('platform.fence') ELSE 0 END, CASE WHEN is_free THEN $11 END, CASE WHEN is_free THEN clock_timestamp() + $12 END
          FROM (SELECT NOT EXISTS (SELECT 1 FROM platform.job WHERE lane = $3 AND finished_at IS NULL)
                       AND NOT EXISTS (SELECT 1 FROM platform.lane_pause WHERE lane = $3) AS is_free
                OFFSET 0) AS place
        ON CONFLICT (kind, key) WHERE key IS NOT NULL DO NOTHING
        RETURNING id, fence
        """;

    /// <summary>Takes the waiting jobs of a lane away that nobody needs any more, when the transaction commits; one that runs just now finds that out by itself.</summary>
    public static NpgsqlBatchCommand Dropping(string lane) => new("DELETE FROM platform.job WHERE id IN (SELECT id FROM platform.job WHERE lane = $1 AND finished_at IS NULL AND state = 'waiting' FOR UPDATE SKIP LOCKED)")
    {
        Parameters = { new() { Value = lane } },
    };

    /// <summary>Makes a waiting job due now, when the transaction commits.</summary>
    public Task HurryAsync(NpgsqlTransaction transaction, Guid id, CancellationToken stop = default) => transaction.Connection!.ExecuteAsync(new CommandDefinition(
        """
        UPDATE platform.job SET due_at = least(due_at, now()) WHERE id = @id AND state = 'waiting';
        SELECT pg_notify('rialto_jobs', '');
        """,
        new { id }, transaction, cancellationToken: stop));

    /// <summary>Gives a parked job all its attempts again.</summary>
    public Task<bool> RetryAsync(Guid id, CancellationToken stop = default) => ChangeAsync(
        "UPDATE platform.job SET state = 'waiting', attempts = 0, due_at = now() WHERE id = @id AND state = 'parked'", new { id }, stop);

    /// <summary>Takes a job that has not begun out of the way, for a reason that stays with it. Its lane goes on.</summary>
    public Task<bool> DiscardAsync(Guid id, string actor, string reason, CancellationToken stop = default) => ChangeAsync(
        """
        UPDATE platform.job SET state = 'discarded', reason = @reason || ' (' || @actor || ')', finished_at = now()
         WHERE id = @id AND state IN ('waiting', 'parked')
        """,
        new { id, actor, reason }, stop);

    /// <summary>Cancels a job: at once when it waits; when it runs, its token is cancelled and it decides what that means.</summary>
    public Task<bool> CancelAsync(Guid id, string reason, CancellationToken stop = default) => ChangeAsync(
        """
        UPDATE platform.job
           SET state = CASE WHEN state = 'running' THEN 'running' ELSE 'cancelled' END,
               cancel_requested = true, reason = @reason,
               finished_at = CASE WHEN state = 'running' THEN NULL ELSE now() END
         WHERE id = @id AND state IN ('waiting', 'running', 'parked');
        SELECT pg_notify('rialto_cancelled_jobs', '');
        """,
        new { id, reason }, stop);

    /// <summary>Holds a lane back; a job that runs is finished first.</summary>
    public Task PauseAsync(string lane, string actor, string reason, CancellationToken stop = default) => ChangeAsync(
        "INSERT INTO platform.lane_pause (lane, actor, reason, at) VALUES (@lane, @actor, @reason, now()) ON CONFLICT (lane) DO UPDATE SET actor = @actor, reason = @reason, at = now()",
        new { lane, actor, reason }, stop);

    public Task<bool> ResumeAsync(string lane, CancellationToken stop = default) => ChangeAsync("DELETE FROM platform.lane_pause WHERE lane = @lane", new { lane }, stop);

    private async Task<bool> ChangeAsync(string sql, object parameters, CancellationToken stop)
    {
        await using var connection = await _postgres.OpenConnectionAsync(stop);
        var changed = await connection.ExecuteAsync(new CommandDefinition(sql, parameters, cancellationToken: stop)) > 0;
        await connection.ExecuteAsync(new CommandDefinition("SELECT pg_notify('rialto_jobs', '')", cancellationToken: stop));
        return changed;
    }
}
