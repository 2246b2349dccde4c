using Dapper;
using Npgsql;
using NpgsqlTypes;
using Rialto.Platform.Jobs;

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
}

/// <summary>The rows of one run within one transaction: read once, changed here, and written together at its end.</summary>
internal sealed class RunRows
{
    private readonly NpgsqlTransaction _transaction;
    private readonly List<StepRow> _steps;
    private readonly DateTimeOffset _now;
    private readonly HashSet<StepRow> _changed = [];
    private readonly List<NpgsqlBatchCommand> _ofJob = [];
    private bool _isNew;
    private bool _runChanged;
    private DateTimeOffset? _retryAt;

    private RunRows(NpgsqlTransaction transaction, RunRow run, List<StepRow> steps, DateTimeOffset now) => (_transaction, Run, _steps, _now) = (transaction, run, steps, now);

    public RunRow Run { get; }

    public static RunRows New(NpgsqlTransaction transaction, RunRow run, DateTimeOffset now) => new(transaction, run, [], now) { _isNew = true };

    /// <summary>Also makes the transaction valid only while <paramref name="job"/> holds its lease.</summary>
    /// <exception cref="LeaseLostException">It does not.</exception>
    public static async Task<RunRows?> ReadAsync(NpgsqlTransaction transaction, Guid saga, JobRun job, DateTimeOffset now, CancellationToken stop)
    {
        await using var read = await transaction.Connection!.QueryMultipleAsync(new CommandDefinition(
            $"""
             {JobRun.Guard};
             SELECT {RunRow.Columns} FROM sagas.run WHERE id = @saga;
             SELECT step, direction, state, connector, external_key, attempts, waits, facts, detail, sent_at FROM sagas.step WHERE run = @saga;
             """,
            new { job.Id, job.Fence, saga }, transaction, cancellationToken: stop));
        job.Guarded(await read.ReadSingleOrDefaultAsync<int?>());
        var run = await read.ReadSingleOrDefaultAsync<RunRow>();
        return run is null ? null : new RunRows(transaction, run, (await read.ReadAsync<StepRow>()).AsList(), now);
    }

    public StepRow? Find(string step, Direction direction) => _steps.Find(row => row.Step == step && row.Direction == Word(direction));

    public StepState StateOf(string step, Direction direction) => Find(step, direction)?.Known ?? StepState.Planned;

    public Dictionary<string, Facts> Facts() =>
        _steps.Where(row => row.Direction == "do").ToDictionary(row => row.Step, row => Sagas.Facts.Of(row.Facts), StringComparer.Ordinal);

    public void Write(StepRow row)
    {
        if (!_steps.Contains(row)) _steps.Add(row);
        _changed.Add(row);
    }

    public void WriteRun(DateTimeOffset? retryAt = null)
    {
        (_runChanged, _retryAt) = (true, retryAt);
        if (!Run.IsOver) Run.Was = Run.State;
        if (Run.WaitingOn is null) Run.HasResumed = true;
    }

    /// <summary>What becomes of the job that runs it, in the same round trip.</summary>
    public void Write(NpgsqlBatchCommand ofJob) => _ofJob.Add(ofJob);

    /// <summary>Call it last: what was changed is in the table only then.</summary>
    public async Task FlushAsync(CancellationToken stop)
    {
        if (!_isNew && !_runChanged && _changed.Count == 0 && _ofJob.Count == 0) return;
        await using var batch = new NpgsqlBatch(_transaction.Connection, _transaction);
        if (_isNew) batch.BatchCommands.Add(InsertRun());
        if (_runChanged) batch.BatchCommands.Add(UpdateRun());
        foreach (var row in _changed) batch.BatchCommands.Add(Upsert(row));
        foreach (var command in _ofJob) batch.BatchCommands.Add(command);
        await batch.ExecuteNonQueryAsync(stop);
        (_isNew, _runChanged) = (false, false);
        _changed.Clear();
        _ofJob.Clear();
    }

    public static string Word(Direction direction) => direction == Direction.Do ? "do" : "undo";

    private NpgsqlBatchCommand InsertRun() => new(
        """
        INSERT INTO sagas.run (id, kind, subject, organization, actor, state, was, created_at, updated_at) VALUES ($1, $2, $3, $4, $5, 'running', 'running', $6, $6)
        """)
    {
        Parameters = { new() { Value = Run.Id }, new() { Value = Run.Kind }, new() { Value = Run.Subject }, new() { Value = Run.Organization }, new() { Value = Run.Actor }, new() { Value = _now } },
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
            new() { Value = Run.Id }, new() { Value = Run.State }, Text(Run.UndoReason), Text(Run.Reason), new() { Value = (object?)Run.Job ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Uuid },
            Text(Run.Lane), Time(_retryAt), Time(_now), Text(Run.Was), Text(Run.WaitingOn), new() { Value = Run.HasResumed }, new() { Value = Run.Hurried },
        },
    };

    private NpgsqlBatchCommand Upsert(StepRow row) => new(
        """
        INSERT INTO sagas.step (run, step, direction, state, connector, external_key, attempts, waits, facts, detail, sent_at, updated_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
        ON CONFLICT (run, step, direction) DO UPDATE
           SET state = excluded.state, connector = excluded.connector, external_key = excluded.external_key, attempts = excluded.attempts, waits = excluded.waits,
               facts = excluded.facts, detail = excluded.detail, sent_at = excluded.sent_at, updated_at = excluded.updated_at
        """)
    {
        Parameters =
        {
            new() { Value = Run.Id }, new() { Value = row.Step }, new() { Value = row.Direction }, new() { Value = row.State }, Text(row.Connector), Text(row.ExternalKey),
            new() { Value = row.Attempts }, new() { Value = row.Waits }, new() { Value = row.Facts, NpgsqlDbType = NpgsqlDbType.Jsonb }, Text(row.Detail), Time(row.SentAt), Time(_now),
        },
    };

    private static NpgsqlParameter Text(string? value) => new() { Value = (object?)value ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text };

    private static NpgsqlParameter Time(DateTimeOffset? value) => new() { Value = value is { } at ? at.UtcDateTime : DBNull.Value, NpgsqlDbType = NpgsqlDbType.TimestampTz };
}
