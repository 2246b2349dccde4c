using Dapper;
using Npgsql;

namespace Rialto.Fixtures;

/// <summary>
/// Real time plus an offset, in the program and in one database alike: there <c>now()</c> and <c>clock_timestamp()</c> are found in a schema
/// that stands before PostgreSQL's own. Timers run in real time. So six hours of outage pass in a moment.
/// </summary>
public sealed class VirtualTime : TimeProvider
{
    private const string Functions =
        """
        CREATE SCHEMA virtual_time;
        CREATE TABLE virtual_time.clock (offset_by interval NOT NULL);
        INSERT INTO virtual_time.clock VALUES (interval '0');
        CREATE FUNCTION virtual_time.now() RETURNS timestamptz LANGUAGE sql STABLE AS 'SELECT pg_catalog.now() + (SELECT offset_by FROM virtual_time.clock)';
        CREATE FUNCTION virtual_time.clock_timestamp() RETURNS timestamptz LANGUAGE sql VOLATILE AS 'SELECT pg_catalog.clock_timestamp() + (SELECT offset_by FROM virtual_time.clock)';
        """;

    private readonly NpgsqlDataSource _database;
    private long _offsetTicks;

    private VirtualTime(NpgsqlDataSource database) => _database = database;

    /// <summary>Connection strings get this, so that the functions above win.</summary>
    public const string SearchPath = "virtual_time,pg_catalog,public";

    public TimeSpan Offset => TimeSpan.FromTicks(Interlocked.Read(ref _offsetTicks));

    public static async Task<VirtualTime> InstallAsync(NpgsqlDataSource database)
    {
        await using var connection = await database.OpenConnectionAsync();
        await connection.ExecuteAsync(Functions);
        return new VirtualTime(database);
    }

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + Offset;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => GetUtcNow().Ticks;

    /// <summary>Moves time forward, and wakes the queues, which would notice only at their next poll.</summary>
    public async Task AdvanceAsync(TimeSpan by)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(by, TimeSpan.Zero);
        var offset = TimeSpan.FromTicks(Interlocked.Add(ref _offsetTicks, by.Ticks));
        await using var connection = await _database.OpenConnectionAsync();
        await connection.ExecuteAsync("UPDATE virtual_time.clock SET offset_by = @offset; SELECT pg_notify('rialto_jobs', ''), pg_notify('rialto_outbox', '')", new { offset });
    }

    /// <summary>
    /// Lets everything happen that will happen by itself: waits while jobs or deliveries run, and when all wait for a time, moves time to the earliest of them.
    /// Returns when nothing is left, or when <paramref name="until"/> would be passed.
    /// </summary>
    /// <param name="alsoDue">The next moment at which something outside of the queues falls due, if any.</param>
    /// <param name="enough">Looked at whenever everything waits; true ends it.</param>
    public async Task QuietAsync(DateTimeOffset? until = null, Func<DateTimeOffset?>? alsoDue = null, Func<Task<bool>>? enough = null, CancellationToken stop = default)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(stop);
        deadline.CancelAfter(TimeSpan.FromMinutes(10));
        while (true)
        {
            var (busy, next) = await LookAsync(deadline.Token);
            if (busy)
            {
                await Task.Delay(5, deadline.Token);
                continue;
            }
            if (enough is not null && await enough()) return;
            if (alsoDue?.Invoke() is { } other && !(next <= other)) next = other;
            var now = GetUtcNow();
            if (next is null) return;
            if (next > until)
            {
                if (until > now) await AdvanceAsync(until.Value - now);
                return;
            }
            await AdvanceAsync(next > now ? next.Value - now : TimeSpan.FromMilliseconds(1));
        }
    }

    private async Task<(bool Busy, DateTimeOffset? Next)> LookAsync(CancellationToken stop)
    {
        await using var connection = await _database.OpenConnectionAsync(stop);
        return await connection.QuerySingleAsync<(bool, DateTimeOffset?)>(new CommandDefinition(
            """
            WITH head AS (
                SELECT DISTINCT ON (lane) lane, state, due_at FROM platform.job WHERE state IN ('waiting', 'running', 'parked') ORDER BY lane, position
            ), open AS (
                SELECT state = 'running' OR due_at <= @now AS busy, due_at FROM head WHERE state <> 'parked' AND NOT EXISTS (SELECT 1 FROM platform.lane_pause p WHERE p.lane = head.lane)
                UNION ALL
                SELECT due_at <= @now, due_at FROM platform.delivery WHERE parked_at IS NULL
            )
            SELECT coalesce(bool_or(busy), false), min(due_at) FILTER (WHERE NOT busy) FROM open
            """,
            new { now = GetUtcNow() }, cancellationToken: stop));
    }
}
