using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Rialto.Platform.Jobs;
using Rialto.Platform.Outbox;

namespace Rialto.Platform.Sagas;

/// <summary>Begins sagas, wants them undone, hurries them, and lets operators act. One saga of a kind for a subject.</summary>
public sealed class SagaSet
{
    private readonly SagaContext _context;
    private readonly Dictionary<string, ISaga> _kinds;
    private readonly Dictionary<string, ISagaRunner> _runners;

    internal SagaSet(SagaContext context, IEnumerable<ISaga> sagas)
    {
        _context = context;
        _kinds = sagas.ToDictionary(saga => saga.Kind, StringComparer.Ordinal);
        _runners = _kinds.ToDictionary(pair => pair.Key, pair => pair.Value.MakeRunner(context), StringComparer.Ordinal);
    }

    /// <summary>
    /// Begins a saga in the transaction that made its subject. Leading local steps run at once. Call it last before the commit.
    /// </summary>
    /// <returns>Null; or why a leading step refused: then roll the transaction back.</returns>
    public async Task<string?> BeginAsync(NpgsqlTransaction transaction, Origin by, string kind, Guid subject, CancellationToken stop = default) =>
        (await _runners[kind].BeginAsync(transaction, NewRun(by, kind, subject), Beginning.Later, stop)).Refusal;

    /// <summary>
    /// Begins a saga for somebody who waits for its outcome: when its lane is free, its first call is committed as sent with this transaction, and made by this
    /// process at once. After the commit the caller must let it go (<see cref="WatchAsync"/>, <see cref="SagaStart.Go"/>); one that is never let go is found when its lease runs out.
    /// </summary>
    /// <param name="made">The subject as the caller has just written it in this transaction; null: it is read.</param>
    /// <param name="writes">What the caller writes with it, in one round trip with the saga's first rows.</param>
    public Task<SagaStart> BeginHereAsync(
        NpgsqlTransaction transaction, Origin by, string kind, Guid subject, object? made = null, IReadOnlyList<NpgsqlBatchCommand>? writes = null, CancellationToken stop = default) =>
        _runners[kind].BeginAsync(transaction, NewRun(by, kind, subject), new Beginning(true, made, writes ?? []), stop);

    private RunRow NewRun(Origin by, string kind, Guid subject) => new()
    {
        Id = Guid.CreateVersion7(_context.Clock.GetUtcNow()), Kind = kind, Subject = subject, Organization = (int)by.Organization, Actor = by.Actor, State = "running",
    };

    /// <summary>
    /// Wants a saga undone. The caller holds the subject's lock. It turns back at once when nothing is under way, and not at all when its pivot has
    /// been passed or is found to have been: then it ends done, and its subject has to deal with that.
    /// </summary>
    /// <returns>False when it is over already, or past its pivot.</returns>
    public async Task<bool> UndoAsync(NpgsqlTransaction transaction, string kind, Guid subject, string reason, CancellationToken stop = default)
    {
        var job = await transaction.Connection!.QuerySingleOrDefaultAsync<Guid?>(new CommandDefinition(
            """
            UPDATE sagas.run r SET undo_reason = coalesce(undo_reason, @reason), updated_at = @now
             WHERE kind = @kind AND subject = @subject AND state = 'running'
               AND NOT EXISTS (SELECT 1 FROM sagas.step s WHERE s.run = r.id AND s.direction = 'do' AND s.state = 'done' AND s.step = @pivot)
            RETURNING job
            """,
            new { kind, subject, reason, pivot = _kinds[kind].Pivot, now = _context.Clock.GetUtcNow() }, transaction, cancellationToken: stop));
        if (job is null) return false;
        await _context.Jobs.HurryAsync(transaction, job.Value, stop);
        return true;
    }

    /// <summary>Something outside has happened that a saga may be waiting for: it asks now. The caller holds the subject's lock.</summary>
    public async Task HurryAsync(NpgsqlTransaction transaction, string kind, Guid subject, CancellationToken stop = default)
    {
        var job = await transaction.Connection!.QuerySingleOrDefaultAsync<Guid?>(new CommandDefinition(
            "UPDATE sagas.run SET hurried = true WHERE kind = @kind AND subject = @subject AND state IN ('running', 'undoing') RETURNING job",
            new { kind, subject }, transaction, cancellationToken: stop));
        if (job is { } waiting) await _context.Jobs.HurryAsync(transaction, waiting, stop);
    }

    /// <summary>
    /// Looks at a subject until <paramref name="look"/> finds what it wants, the time is over, or its saga waits for a vendor or a person: that will not be over soon.
    /// </summary>
    /// <param name="start">Is let go as soon as it is watched.</param>
    public async Task<TView?> WatchAsync<TView>(Guid subject, TimeSpan longest, Func<Task<TView?>> look, CancellationToken stop, SagaStart? start = null)
        where TView : class
    {
        var began = TimeProvider.System.GetTimestamp();
        var isNew = start is not null;
        var pause = FirstLook;
        try
        {
            while (true)
            {
                var rests = _context.Signals.NextAsync(subject);
                start?.Go();
                start = null;
                // What has just begun cannot be over.
                if (!isNew && await look() is { } found) return found;
                isNew = false;
                var left = longest - TimeProvider.System.GetElapsedTime(began);
                if (left <= TimeSpan.Zero) return null;
                // Another node may run it: that is seen at the next look.
                await rests.WaitAsync(left < pause ? left : pause, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                pause *= 2;
                stop.ThrowIfCancellationRequested();
                if (rests.IsCompleted) return await look();
            }
        }
        finally
        {
            _context.Signals.Forget(subject);
        }
    }

    /// <summary>Everything sagas have done for a subject, and every external call under one of their keys; for operators.</summary>
    public async Task<SagaTimeline> TimelineAsync(Guid subject, CancellationToken stop = default)
    {
        await using var connection = await _context.Postgres.OpenConnectionAsync(stop);
        await using var read = await connection.QueryMultipleAsync(new CommandDefinition(
            """
            SELECT id, kind, state, undo_reason, reason, lane, waiting_on, waiting_since, retry_at, created_at, updated_at FROM sagas.run WHERE subject = @subject ORDER BY created_at;
            SELECT s.run, s.step AS name, s.direction, s.state, s.connector, s.external_key, s.attempts, s.detail, s.sent_at, s.updated_at
              FROM sagas.step s JOIN sagas.run r ON r.id = s.run WHERE r.subject = @subject ORDER BY s.updated_at;
            SELECT c.connector, c.operation, c.external_key, c.sent_at, c.ended_at, c.outcome, c.status, c.detail
              FROM connectors.external_call c
             WHERE c.external_key IN (SELECT s.external_key FROM sagas.step s JOIN sagas.run r ON r.id = s.run WHERE r.subject = @subject AND s.external_key IS NOT NULL)
             ORDER BY c.id LIMIT 500;
            """,
            new { subject }, cancellationToken: stop));
        return new SagaTimeline((await read.ReadAsync<SagaTimeline.SagaRun>()).AsList(), (await read.ReadAsync<SagaTimeline.SagaStep>()).AsList(), (await read.ReadAsync<SagaTimeline.SagaCall>()).AsList());
    }

    /// <summary>Each pause is twice the one before: when many wait, their looks are what the others wait for.</summary>
    private static readonly TimeSpan FirstLook = TimeSpan.FromMilliseconds(250);

    internal ISagaRunner? RunnerOf(string kind) => _runners.GetValueOrDefault(kind);

    internal IReadOnlyList<string> StepNames(string kind) => _kinds.GetValueOrDefault(kind)?.StepNames ?? [];

    /// <summary>Everything that waits for a vendor asks again now, what has to be settled first before the rest: it works again, or an operator says so.</summary>
    public async Task<int> HurryConnectorAsync(string connector, CancellationToken stop)
    {
        await using var connection = await _context.Postgres.OpenConnectionAsync(stop);
        await using var transaction = await connection.BeginTransactionAsync(stop);
        var waiting = (await connection.QueryAsync<(string Kind, Guid Subject, Guid Job)>(new CommandDefinition(
            "SELECT kind, subject, job FROM sagas.run WHERE state IN ('running', 'undoing') AND waiting_on = @connector AND job IS NOT NULL ORDER BY created_at",
            new { connector }, transaction, cancellationToken: stop))).AsList();
        var deadlines = new Dictionary<Guid, DateTimeOffset>();
        foreach (var kind in waiting.GroupBy(one => one.Kind).Where(kind => _kinds.ContainsKey(kind.Key)))
        {
            foreach (var (subject, deadline) in await _kinds[kind.Key].DeadlinesAsync(transaction, [.. kind.Select(one => one.Subject)], stop)) deadlines[subject] = deadline;
        }
        var jobs = waiting.OrderBy(one => deadlines.GetValueOrDefault(one.Subject, DateTimeOffset.MaxValue)).Select(one => one.Job).ToArray();
        // Lanes begin in the order of what is due: a microsecond apart is enough.
        await connection.ExecuteAsync(new CommandDefinition(
            """
            UPDATE platform.job j SET due_at = least(j.due_at, now() - (cardinality(@jobs) - place) * interval '1 microsecond')
              FROM unnest(@jobs) WITH ORDINALITY AS one (id, place) WHERE j.id = one.id AND j.state = 'waiting';
            SELECT pg_notify('rialto_jobs', '');
            """,
            new { jobs }, transaction, cancellationToken: stop));
        await transaction.CommitAsync(stop);
        return waiting.Count;
    }

    /// <summary>
    /// An operator sends a saga on, forward or back. Counts begin anew, and what was refused is tried again; a step of unknown outcome is still looked for
    /// before anything is sent.
    /// </summary>
    /// <returns>False when it does not wait for an operator, or cannot go back because it is past its pivot.</returns>
    public async Task<bool> ResumeAsync(Guid saga, bool back, string reason, CancellationToken stop = default)
    {
        await using var connection = await _context.Postgres.OpenConnectionAsync(stop);
        await using var transaction = await connection.BeginTransactionAsync(stop);
        var run = await connection.QuerySingleOrDefaultAsync<RunRow>(new CommandDefinition(
            $"SELECT {RunRow.Columns} FROM sagas.run WHERE id = @saga AND state = 'operator' FOR UPDATE",
            new { saga }, transaction, cancellationToken: stop));
        if (run is null) return false;
        var isPastPivot = await connection.QuerySingleAsync<bool>(new CommandDefinition(
            "SELECT EXISTS (SELECT 1 FROM sagas.step WHERE run = @saga AND direction = 'do' AND state = 'done' AND step = @pivot)",
            new { saga, pivot = _kinds[run.Kind].Pivot }, transaction, cancellationToken: stop));
        if (back && isPastPivot) return false;
        var job = await _context.Jobs.EnqueueAsync(
            transaction, new Origin((uint)run.Organization, run.Actor), new SagaWork(saga), new JobOptions { Lane = run.Lane ?? $"saga:{saga}" }, stop);
        await connection.ExecuteAsync(new CommandDefinition(
            """
            UPDATE sagas.step SET attempts = 0, waits = 0, state = CASE WHEN state = 'refused' THEN 'planned' ELSE state END
             WHERE run = @saga AND state NOT IN ('done', 'skipped');
            UPDATE sagas.run
               SET state = CASE WHEN @back THEN 'undoing' ELSE was END, reason = CASE WHEN @back THEN @reason ELSE NULL END,
                   job = @job, waiting_on = NULL, updated_at = @now
             WHERE id = @saga
            """,
            new { saga, back, reason, job, now = _context.Clock.GetUtcNow() }, transaction, cancellationToken: stop));
        await transaction.CommitAsync(stop);
        return true;
    }
}

/// <summary>A saga that was begun in a transaction which is still open.</summary>
public sealed class SagaStart
{
    private readonly Action? _go;

    internal SagaStart(string? refusal, Action? go) => (Refusal, _go) = (refusal, go);

    /// <summary>Why a leading step refused: then roll the transaction back. Null: commit it, and let it go.</summary>
    public string? Refusal { get; }

    /// <summary>After the commit; once.</summary>
    public void Go() => _go?.Invoke();
}

/// <summary>Runs a saga; see <see cref="SagaRunner{T}"/>.</summary>
internal sealed class SagaJob(SagaSet sagas, NpgsqlDataSource postgres) : IJob<SagaWork>
{
    public async Task<JobOutcome> RunAsync(SagaWork arguments, JobRun run, CancellationToken stop)
    {
        RunRow? row;
        await using (var connection = await postgres.OpenConnectionAsync(stop))
        {
            row = await connection.QuerySingleOrDefaultAsync<RunRow>(new CommandDefinition(
                $"SELECT {RunRow.Columns} FROM sagas.run WHERE id = @Saga", new { arguments.Saga }, cancellationToken: stop));
        }
        if (row is null) return JobOutcome.Done();
        // Its module does not run on this node; another node has it.
        if (sagas.RunnerOf(row.Kind) is not { } runner) return JobOutcome.Later(TimeSpan.FromSeconds(5), $"no node runs {row.Kind}");
        return await runner.RunAsync(row, run, stop);
    }
}

public static class SagaServices
{
    /// <summary>Adds a kind of saga.</summary>
    public static IServiceCollection AddSaga<TSaga, TSubject>(this IServiceCollection services)
        where TSaga : Saga<TSubject>
        where TSubject : class =>
        services.AddSingleton<TSaga>().AddSingleton<ISaga>(provider => provider.GetRequiredService<TSaga>());

    internal static void AddSagas(this IServiceCollection services)
    {
        services.AddSingleton<SagaFailpoints>();
        services.AddSingleton(provider => new SagaContext(
            provider.GetRequiredService<NpgsqlDataSource>(), provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<JobQueue>(), provider.GetRequiredService<JobRunner>(),
            provider.GetRequiredService<SagaFailpoints>(), new SagaSignals()));
        services.AddSingleton(provider => new SagaSet(provider.GetRequiredService<SagaContext>(), provider.GetServices<ISaga>()));
        services.AddJob<SagaWork, SagaJob>(SagaWork.Kind, Policy);
        services.AddHostedService<SagaRecovery>();
    }

    /// <summary>The runner counts its own failures and calls an operator, so that no lane is held back for ever; the queue's limit only catches a run that kills the process.</summary>
    private static readonly JobPolicy Policy = new() { AttemptsMax = 12, FirstDelay = TimeSpan.FromSeconds(2), LongestDelay = TimeSpan.FromMinutes(1), AttemptTime = TimeSpan.FromMinutes(3) };
}
