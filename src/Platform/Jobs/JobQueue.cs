using System.Diagnostics;
using System.Text.Json;
using Dapper;
using Npgsql;
using Rialto.Platform.Outbox;

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
}

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
        if (!_kinds.TryGetValue(arguments.GetType(), out var kind)) throw new ArgumentException($"No kind of job takes {arguments.GetType()}; see AddJob.", nameof(arguments));
        var now = _clock.GetUtcNow();
        var id = Guid.CreateVersion7(now);
        var lane = options?.Lane ?? id.ToString();
        // A lane of one needs no order.
        if (options?.Lane is not null)
            await transaction.Connection!.ExecuteAsync(new CommandDefinition("SELECT pg_advisory_xact_lock(hashtextextended(@lane, 8))", new { lane }, transaction, cancellationToken: stop));
        var added = await transaction.Connection!.QuerySingleOrDefaultAsync<Guid?>(new CommandDefinition(
            """
            WITH added AS (
                INSERT INTO platform.job (id, kind, lane, key, organization, actor, arguments, due_at, trace_parent, created_at)
                VALUES (@id, @Name, @lane, @Key, @organization, @Actor, @arguments::jsonb, @dueAt, @trace, @now)
                ON CONFLICT (kind, key) WHERE key IS NOT NULL DO NOTHING
                RETURNING id
            ), told AS (
                SELECT pg_notify('rialto_jobs', '')
            )
            SELECT id FROM added, told
            """,
            new
            {
                id, kind.Name, lane, options?.Key, organization = (int)by.Organization, by.Actor, arguments = JsonSerializer.Serialize(arguments, arguments.GetType(), Json),
                dueAt = options?.DueAt ?? now, trace = Activity.Current?.Id, now,
            },
            transaction, cancellationToken: stop));
        return added ?? await transaction.Connection!.QuerySingleAsync<Guid>(new CommandDefinition(
            "SELECT id FROM platform.job WHERE kind = @Name AND key = @Key", new { kind.Name, options?.Key }, transaction, cancellationToken: stop));
    }

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
         WHERE id = @id AND state IN ('waiting', 'running', 'parked')
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
