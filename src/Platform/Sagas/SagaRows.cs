using Dapper;
using Npgsql;

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

/// <summary>The rows of one run within one transaction, read once and written where changed.</summary>
internal sealed class RunRows(NpgsqlTransaction transaction, RunRow run, List<StepRow> steps, DateTimeOffset now)
{
    public RunRow Run { get; } = run;
    public IReadOnlyList<StepRow> Steps => steps;

    public static async Task<RunRows?> ReadAsync(NpgsqlTransaction transaction, Guid saga, DateTimeOffset now, CancellationToken stop)
    {
        await using var read = await transaction.Connection!.QueryMultipleAsync(new CommandDefinition(
            $"""
             SELECT {RunRow.Columns} FROM sagas.run WHERE id = @saga;
             SELECT step, direction, state, connector, external_key, attempts, waits, facts, detail, sent_at FROM sagas.step WHERE run = @saga;
             """,
            new { saga }, transaction, cancellationToken: stop));
        var run = await read.ReadSingleOrDefaultAsync<RunRow>();
        return run is null ? null : new RunRows(transaction, run, (await read.ReadAsync<StepRow>()).AsList(), now);
    }

    public StepRow? Find(string step, Direction direction) => steps.Find(row => row.Step == step && row.Direction == Word(direction));

    public StepState StateOf(string step, Direction direction) => Find(step, direction)?.Known ?? StepState.Planned;

    public Dictionary<string, Facts> Facts() =>
        steps.Where(row => row.Direction == "do").ToDictionary(row => row.Step, row => Sagas.Facts.Of(row.Facts), StringComparer.Ordinal);

    public async Task WriteAsync(StepRow row, CancellationToken stop)
    {
        if (!steps.Contains(row)) steps.Add(row);
        await transaction.Connection!.ExecuteAsync(new CommandDefinition(
            """
            INSERT INTO sagas.step (run, step, direction, state, connector, external_key, attempts, waits, facts, detail, sent_at, updated_at)
            VALUES (@Id, @Step, @Direction, @State, @Connector, @ExternalKey, @Attempts, @Waits, @Facts::jsonb, @Detail, @SentAt, @now)
            ON CONFLICT (run, step, direction) DO UPDATE
               SET state = excluded.state, connector = excluded.connector, external_key = excluded.external_key, attempts = excluded.attempts, waits = excluded.waits,
                   facts = excluded.facts, detail = excluded.detail, sent_at = excluded.sent_at, updated_at = excluded.updated_at
            """,
            new { Run.Id, row.Step, row.Direction, row.State, row.Connector, row.ExternalKey, row.Attempts, row.Waits, row.Facts, row.Detail, row.SentAt, now },
            transaction, cancellationToken: stop));
    }

    public Task WriteRunAsync(CancellationToken stop, DateTimeOffset? retryAt = null) => transaction.Connection!.ExecuteAsync(new CommandDefinition(
        """
        UPDATE sagas.run
           SET state = @State, undo_reason = @UndoReason, reason = @Reason, job = @Job, lane = @Lane, retry_at = @retryAt, updated_at = @now,
               was = CASE WHEN @State IN ('running', 'undoing') THEN @State ELSE was END,
               waiting_since = CASE WHEN @WaitingOn IS NULL THEN NULL WHEN waiting_on IS NULL THEN @now ELSE waiting_since END,
               waiting_on = @WaitingOn, hurried = @Hurried
         WHERE id = @Id
        """,
        new { Run.Id, Run.State, Run.UndoReason, Run.Reason, Run.Job, Run.Lane, Run.WaitingOn, Run.Hurried, retryAt, now }, transaction, cancellationToken: stop));

    public static string Word(Direction direction) => direction == Direction.Do ? "do" : "undo";
}
