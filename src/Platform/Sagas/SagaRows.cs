using System.Collections.Concurrent;
using Dapper;
using Npgsql;
using NpgsqlTypes;
using Rialto.Platform.Jobs;
using Rialto.Platform.Postgres;
using static Rialto.Platform.Postgres.Parameter;

namespace Rialto.Platform.Sagas;

internal sealed class RunRow
{
    public required Guid Id { get; init; }
    public required string Kind { get; init; }
    public required Guid Subject { get; init; }
    public required int Organization { get; init; }
    public required string Actor { get; init; }
    public required string State { get; set; }
    public string? UndoReason { get; set; }
    public string? Reason { get; set; }
    public Guid? Job { get; set; }
    public string? Lane { get; set; }
    public string? WaitingOn { get; set; }
    public bool Hurried { get; set; }

    /// <summary>What it was doing last, when that has changed.</summary>
    public string? Was { get; set; }

    /// <summary>Its waiting was over within this transaction; another one begins anew.</summary>
    public bool HasResumed { get; set; }

    public const string Columns = "id, kind, subject, organization, actor, state, undo_reason, reason, job, lane, waiting_on, hurried";

    public bool IsUndoing => State == "undoing";
    public bool IsOver => State is "done" or "undone" or "operator";
}

internal sealed class StepRow
{
    public required string Step { get; init; }
    public required string Direction { get; init; }
    public required string State { get; set; }
    public string? Connector { get; set; }
    public string? ExternalKey { get; set; }
    public int Attempts { get; set; }
    public int Waits { get; set; }
    public string Facts { get; set; } = "{}";
    public string? Detail { get; set; }
    public DateTimeOffset? SentAt { get; set; }

    public StepState Known => Enum.Parse<StepState>(State, ignoreCase: true);

    /// <summary>Each round asks for them many times, and they seldom change.</summary>
    public Facts Learned => _learned.Of == Facts ? _learned.Facts : (_learned = (Facts, Sagas.Facts.Of(Facts))).Facts;

    private (string Of, Facts Facts) _learned = ("{}", Sagas.Facts.None);
}

/// <summary>The rows of one run within one transaction: read once, changed here, and written together at its end with what the steps write themselves.</summary>
internal sealed class RunRows
{
    private readonly NpgsqlTransaction _transaction;
    private readonly List<StepRow> _steps;
    private readonly DateTimeOffset _now;
    private readonly List<StepRow> _changed = [];
    private readonly List<NpgsqlBatchCommand> _ofSteps = [];
    private readonly List<NpgsqlBatchCommand> _ofJob = [];
    private NpgsqlBatchCommand? _next;
    private bool _isNew;
    private bool _runChanged;
    private DateTimeOffset? _retryAt;

    private RunRows(NpgsqlTransaction transaction, RunRow run, List<StepRow> steps, DateTimeOffset now) => (_transaction, Run, _steps, _now) = (transaction, run, steps, now);

    public RunRow Run { get; }

    public static RunRows New(NpgsqlTransaction transaction, RunRow run, DateTimeOffset now) => new(transaction, run, [], now) { _isNew = true };

    /// <summary>Locks the subject, then makes the transaction valid only while <paramref name="job"/> holds its lease, then reads the run: all in one round trip.</summary>
    /// <param name="lockSubject">Selects the subject by <c>@subject</c> and locks it.</param>
    /// <param name="before">The rows of the round before under the same lease: nobody else changes steps meanwhile. Null: they are read.</param>
    /// <exception cref="LeaseLostException">It does not.</exception>
    public static async Task<(T Subject, RunRows? Rows)> ReadAsync<T>(
        NpgsqlTransaction transaction, string lockSubject, RunRow of, JobRun job, RunRows? before, DateTimeOffset now, CancellationToken stop)
    {
        await using var read = await transaction.Connection!.QueryMultipleAsync(new CommandDefinition(
            $"""
             {lockSubject};
             {JobRun.Guard};
             SELECT {RunRow.Columns} FROM sagas.run WHERE id = @saga;
             {(before is null ? "SELECT step, direction, state, connector, external_key, attempts, waits, facts, detail, sent_at FROM sagas.step WHERE run = @saga;" : "")}
             """,
            new { subject = of.Subject, job.Id, job.Fence, saga = of.Id }, transaction, cancellationToken: stop));
        var subject = await read.ReadSingleAsync<T>();
        job.Guarded(await read.ReadSingleOrDefaultAsync<int?>());
        var run = await read.ReadSingleOrDefaultAsync<RunRow>();
        var steps = before?._steps ?? (await read.ReadAsync<StepRow>()).AsList();
        return (subject, run is null ? null : new RunRows(transaction, run, steps, now));
    }

    public StepRow? Find(string step, Direction direction) => _steps.Find(row => row.Step == step && row.Direction == Word(direction));

    public Dictionary<string, Facts> Facts() => _steps.Where(row => row.Direction == "do").ToDictionary(row => row.Step, row => row.Learned, StringComparer.Ordinal);

    public void Write(StepRow row)
    {
        if (!_steps.Contains(row)) _steps.Add(row);
        if (!_changed.Contains(row)) _changed.Add(row);
    }

    public void WriteRun(DateTimeOffset? retryAt = null)
    {
        (_runChanged, _retryAt) = (true, retryAt);
        if (!Run.IsOver) Run.Was = Run.State;
        if (Run.WaitingOn is null) Run.HasResumed = true;
    }

    /// <summary>What becomes of the job that runs it.</summary>
    public void Write(NpgsqlBatchCommand ofJob) => _ofJob.Add(ofJob);

    /// <summary>The lane of its job is left, and then the next of that lane claimed; see <see cref="FlushAsync"/>.</summary>
    public void Write(NpgsqlBatchCommand leaving, NpgsqlBatchCommand? next)
    {
        _ofJob.Add(leaving);
        _next = next;
    }

    public void WriteOfSteps(IEnumerable<NpgsqlBatchCommand> commands) => _ofSteps.AddRange(commands);

    /// <summary>What steps write, before it would be written anyway.</summary>
    public async Task FlushStepsAsync(CancellationToken stop)
    {
        if (_ofSteps.Count == 0) return;
        await _transaction.RunAsync(_ofSteps, stop);
        _ofSteps.Clear();
    }

    /// <summary>Call it last: what was changed is in the table only then.</summary>
    /// <returns>The job that follows in the lane that was left, claimed for this node.</returns>
    public async Task<JobClaim?> FlushAsync(CancellationToken stop)
    {
        if (!_isNew && !_runChanged && _changed.Count + _ofSteps.Count + _ofJob.Count == 0) return null;
        await using var batch = new NpgsqlBatch(_transaction.Connection, _transaction);
        foreach (var command in _ofJob) batch.BatchCommands.Add(command);
        // Its answer is the first to come.
        if (_next is not null) batch.BatchCommands.Add(_next);
        foreach (var command in _ofSteps) batch.BatchCommands.Add(command);
        if (_isNew) batch.BatchCommands.Add(InsertRun());
        else if (_runChanged) batch.BatchCommands.Add(UpdateRun());
        if (_changed.Count > 0) batch.BatchCommands.Add(Upsert(_changed));
        JobClaim? next = null;
        await using (var read = await batch.ExecuteReaderAsync(stop))
        {
            if (_next is not null && await read.ReadAsync(stop)) next = JobClaims.Read(read);
            while (await read.NextResultAsync(stop))
            {
                // To the end: an error of a later command is told where its answer would be.
            }
        }
        (_isNew, _runChanged, _next) = (false, false, null);
        _changed.Clear();
        _ofSteps.Clear();
        _ofJob.Clear();
        return next;
    }

    public static string Word(Direction direction) => direction == Direction.Do ? "do" : "undo";

    private NpgsqlBatchCommand InsertRun() => new(
        """
        INSERT INTO sagas.run (id, kind, subject, organization, actor, state, was, reason, job, lane, created_at, updated_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $11)
        """)
    {
        Parameters =
        {
            new() { Value = Run.Id }, new() { Value = Run.Kind }, new() { Value = Run.Subject }, new() { Value = Run.Organization }, new() { Value = Run.Actor }, new() { Value = Run.State },
            Text(Run.Was ?? "running"), Text(Run.Reason), Uuid(Run.Job), Text(Run.Lane), Time(_now),
        },
    };

    private NpgsqlBatchCommand UpdateRun() => new(
        """
        UPDATE sagas.run
           SET state = $2, undo_reason = $3, reason = $4, job = $5, lane = $6, retry_at = $7, updated_at = $8, was = coalesce($9, was),
               waiting_since = CASE WHEN $10 IS NULL THEN NULL WHEN waiting_on IS NULL OR $11 THEN $8 ELSE waiting_since END,
               waiting_on = $10, hurried = $12
         WHERE id = $1
        """)
    {
        Parameters =
        {
            new() { Value = Run.Id }, new() { Value = Run.State }, Text(Run.UndoReason), Text(Run.Reason), Uuid(Run.Job),
            Text(Run.Lane), Time(_retryAt), Time(_now), Text(Run.Was), Text(Run.WaitingOn), new() { Value = Run.HasResumed }, new() { Value = Run.Hurried },
        },
    };

    private NpgsqlBatchCommand Upsert(List<StepRow> rows)
    {
        var command = new NpgsqlBatchCommand(UpsertOf(rows.Count)) { Parameters = { new() { Value = Run.Id }, Time(_now) } };
        foreach (var row in rows)
        {
            command.Parameters.Add(new() { Value = row.Step });
            command.Parameters.Add(new() { Value = row.Direction });
            command.Parameters.Add(new() { Value = row.State });
            command.Parameters.Add(Text(row.Connector));
            command.Parameters.Add(Text(row.ExternalKey));
            command.Parameters.Add(new() { Value = row.Attempts });
            command.Parameters.Add(new() { Value = row.Waits });
            command.Parameters.Add(new() { Value = row.Facts, NpgsqlDbType = NpgsqlDbType.Jsonb });
            command.Parameters.Add(Text(row.Detail));
            command.Parameters.Add(Time(row.SentAt));
        }
        return command;
    }

    /// <summary>One text for each number of rows, so that each is prepared.</summary>
    private static string UpsertOf(int rows) => Upserts.GetOrAdd(rows, static count => $"""
        INSERT INTO sagas.step (run, updated_at, step, direction, state, connector, external_key, attempts, waits, facts, detail, sent_at)
        VALUES {string.Join(", ", Enumerable.Range(0, count).Select(row => $"($1, $2, {string.Join(", ", Enumerable.Range(3 + 10 * row, 10).Select(number => "$" + number))})"))}
        ON CONFLICT (run, step, direction) DO UPDATE
           SET state = excluded.state, connector = excluded.connector, external_key = excluded.external_key, attempts = excluded.attempts, waits = excluded.waits,
               facts = excluded.facts, detail = excluded.detail, sent_at = excluded.sent_at, updated_at = excluded.updated_at
        """);

    private static readonly ConcurrentDictionary<int, string> Upserts = new();
}
