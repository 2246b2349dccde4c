using System.Diagnostics;
using Npgsql;

namespace Rialto.Platform.Sagas;

/// <summary>What a call told becomes a state of its step.</summary>
internal sealed partial class SagaRunner<T>
{
    /// <summary>Records it. Not null: the saga has to wait.</summary>
    private Outside.Wait? Record(NpgsqlTransaction transaction, RunRows rows, T subject, Told told)
    {
        switch (told)
        {
            case { Of: Outside.Send send, Result: CallResult result }:
                return Record(transaction, rows, subject, send.Step, send.Direction, result);
            case { Of: Outside.Look look, Result: LookResult result }:
                return Record(transaction, rows, subject, look.Step, look.Direction, result);
            case { Of: Outside.Check check, Result: WaitResult result }:
                return Record(transaction, rows, subject, check.Step, result);
            default:
                throw new UnreachableException();
        }
    }

    private Outside.Wait? Record(NpgsqlTransaction transaction, RunRows rows, T subject, CallStep<T> step, Direction direction, CallResult result)
    {
        var row = RowOf(rows, step, direction);
        switch (result)
        {
            case CallResult.DoneResult done:
                Finish(transaction, rows, subject, step, row, done.Facts);
                return null;
            case CallResult.RefusedResult refused:
                Refuse(rows, row, refused.Reason);
                return null;
            case CallResult.NotSentResult notSent:
                // Nothing happened: the same attempt again.
                row.Attempts--;
                if (direction == Direction.Do && rows.Run is { IsUndoing: false, UndoReason: not null })
                {
                    row.State = "planned";
                    rows.Write(row);
                    return null;
                }
                return Wait(rows, row, "planned", notSent.Detail, Patience.Next(row.Waits, notSent.RetryAfter), step, subject);
            case CallResult.UnknownResult unknown:
                (row.State, row.Detail) = ("unknown", unknown.Detail);
                rows.Write(row);
                return null;
            default:
                throw new UnreachableException();
        }
    }

    private Outside.Wait? Record(NpgsqlTransaction transaction, RunRows rows, T subject, CallStep<T> step, Direction direction, LookResult result)
    {
        var row = RowOf(rows, step, direction);
        switch (result)
        {
            case LookResult.FoundResult found:
                Finish(transaction, rows, subject, step, row, found.Facts);
                return null;
            case LookResult.RefusedResult refused:
                Refuse(rows, row, refused.Reason);
                return null;
            case LookResult.ImpossibleResult impossible:
                return Wait(rows, row, "unknown", impossible.Detail, Patience.Next(row.Waits, impossible.RetryAfter), step, subject);
            case LookResult.NotFoundResult:
                var settled = row.SentAt!.Value + step.Settle - context.Clock.GetUtcNow();
                if (settled > TimeSpan.Zero) return Wait(rows, row, "unknown", "not found yet", settled, step, subject);
                // It did not happen. On the way back nothing is sent that would have to be undone.
                row.State = direction == Direction.Do && (rows.Run.IsUndoing || rows.Run.UndoReason is not null) ? "skipped" : "planned";
                row.Detail = "not found after it should have settled";
                rows.Write(row);
                // A skipped step must not be passed as done on the way forward.
                if (row.State == "skipped" && !rows.Run.IsUndoing) TurnBack(transaction, rows, subject, rows.Run.UndoReason);
                return null;
            default:
                throw new UnreachableException();
        }
    }

    private Outside.Wait? Record(NpgsqlTransaction transaction, RunRows rows, T subject, WaitStep<T> step, WaitResult result)
    {
        var row = rows.Find(step.Name, Direction.Do) ?? new StepRow { Step = step.Name, Direction = "do", State = "planned" };
        switch (result)
        {
            case WaitResult.ReadyResult ready:
                (row.State, row.Facts, row.Detail) = ("done", ready.Facts.Json(), null);
                rows.Write(row);
                Resume(rows);
                step.Done?.Invoke(Scope(transaction, rows), subject);
                return null;
            case WaitResult.OverResult over:
                Refuse(rows, row, over.Reason);
                return null;
            case WaitResult.NotYetResult notYet:
                row.Waits++;
                rows.Write(row);
                // A person is waited for in a lane of its own: nobody else stands behind. He may have asked for the way back while it was checked.
                return rows.Run.UndoReason is null ? new Outside.Wait(PrivateLane(rows.Run.Id), notYet.Delay, step.For) : null;
            default:
                throw new UnreachableException();
        }
    }

    private void Finish(NpgsqlTransaction transaction, RunRows rows, T subject, CallStep<T> step, StepRow row, Facts facts)
    {
        (row.State, row.Facts, row.Detail, row.Waits) = ("done", facts.Json(), null, 0);
        rows.Write(row);
        Resume(rows);
        step.Done?.Invoke(Scope(transaction, rows), subject);
    }

    private static void Refuse(RunRows rows, StepRow row, string reason)
    {
        (row.State, row.Detail, row.Waits) = ("refused", reason, 0);
        rows.Write(row);
        Resume(rows);
    }

    private static void Resume(RunRows rows)
    {
        if (rows.Run.WaitingOn is null) return;
        rows.Run.WaitingOn = null;
        rows.WriteRun();
    }

    private void TurnBack(NpgsqlTransaction transaction, RunRows rows, T subject, string? reason)
    {
        rows.Run.State = "undoing";
        rows.Run.Reason ??= reason;
        rows.WriteRun();
        saga.TurnedBack(Scope(transaction, rows), subject);
    }

    private static Outside.Wait Wait(RunRows rows, StepRow row, string state, string detail, TimeSpan delay, CallStep<T> step, T subject)
    {
        (row.State, row.Detail) = (state, detail);
        row.Waits++;
        rows.Write(row);
        var lane = step.WaitLane?.Invoke(subject) ?? step.Lane?.Invoke(subject) ?? PrivateLane(rows.Run.Id);
        return new Outside.Wait(lane, delay, step.Connector(subject));
    }

    private StepRow RowOf(RunRows rows, CallStep<T> step, Direction direction)
    {
        // An undo carries its owner's name in the table.
        var owner = direction == Direction.Do ? step : saga.Steps.Single(one => ReferenceEquals(one.Undo, step));
        return rows.Find(owner.Name, direction)!;
    }
}
