using System.Diagnostics;
using Npgsql;

namespace Rialto.Platform.Sagas;

/// <summary>What a call told becomes a state of its step.</summary>
internal sealed partial class SagaRunner<T>
{
    /// <summary>Records it. Not null: the saga has to wait.</summary>
    private async Task<Outside.Wait?> RecordAsync(NpgsqlTransaction transaction, RunRows rows, T subject, Told told, CancellationToken stop)
    {
        switch (told)
        {
            case { Of: Outside.Send send, Result: CallResult result }:
                return await RecordAsync(transaction, rows, subject, send.Step, send.Direction, result, stop);
            case { Of: Outside.Look look, Result: LookResult result }:
                return await RecordAsync(transaction, rows, subject, look.Step, look.Direction, result, stop);
            case { Of: Outside.Check check, Result: WaitResult result }:
                return await RecordAsync(transaction, rows, subject, check.Step, result, stop);
            default:
                throw new UnreachableException();
        }
    }

    private async Task<Outside.Wait?> RecordAsync(
        NpgsqlTransaction transaction, RunRows rows, T subject, CallStep<T> step, Direction direction, CallResult result, CancellationToken stop)
    {
        var row = RowOf(rows, step, direction);
        switch (result)
        {
            case CallResult.DoneResult done:
                await FinishAsync(transaction, rows, subject, step, row, done.Facts, stop);
                return null;
            case CallResult.RefusedResult refused:
                await RefuseAsync(rows, row, refused.Reason, stop);
                return null;
            case CallResult.NotSentResult notSent:
                // Nothing happened: the same attempt again.
                row.Attempts--;
                if (direction == Direction.Do && rows.Run is { IsUndoing: false, UndoReason: not null })
                {
                    row.State = "planned";
                    await rows.WriteAsync(row, stop);
                    return null;
                }
                return await WaitAsync(rows, row, "planned", notSent.Detail, Patience.Next(row.Waits, notSent.RetryAfter), step, subject, stop);
            case CallResult.UnknownResult unknown:
                (row.State, row.Detail) = ("unknown", unknown.Detail);
                await rows.WriteAsync(row, stop);
                return null;
            default:
                throw new UnreachableException();
        }
    }

    private async Task<Outside.Wait?> RecordAsync(
        NpgsqlTransaction transaction, RunRows rows, T subject, CallStep<T> step, Direction direction, LookResult result, CancellationToken stop)
    {
        var row = RowOf(rows, step, direction);
        switch (result)
        {
            case LookResult.FoundResult found:
                await FinishAsync(transaction, rows, subject, step, row, found.Facts, stop);
                return null;
            case LookResult.RefusedResult refused:
                await RefuseAsync(rows, row, refused.Reason, stop);
                return null;
            case LookResult.ImpossibleResult impossible:
                return await WaitAsync(rows, row, "unknown", impossible.Detail, Patience.Next(row.Waits, impossible.RetryAfter), step, subject, stop);
            case LookResult.NotFoundResult:
                var settled = row.SentAt!.Value + step.Settle - context.Clock.GetUtcNow();
                if (settled > TimeSpan.Zero) return await WaitAsync(rows, row, "unknown", "not found yet", settled, step, subject, stop);
                // It did not happen. On the way back nothing is sent that would have to be undone.
                row.State = direction == Direction.Do && (rows.Run.IsUndoing || rows.Run.UndoReason is not null) ? "skipped" : "planned";
                row.Detail = "not found after it should have settled";
                await rows.WriteAsync(row, stop);
                // A skipped step must not be passed as done on the way forward.
                if (row.State == "skipped" && !rows.Run.IsUndoing) await TurnBackAsync(transaction, rows, subject, rows.Run.UndoReason, stop);
                return null;
            default:
                throw new UnreachableException();
        }
    }

    private async Task<Outside.Wait?> RecordAsync(NpgsqlTransaction transaction, RunRows rows, T subject, WaitStep<T> step, WaitResult result, CancellationToken stop)
    {
        var row = rows.Find(step.Name, Direction.Do) ?? new StepRow { Step = step.Name, Direction = "do", State = "planned" };
        switch (result)
        {
            case WaitResult.ReadyResult ready:
                (row.State, row.Facts, row.Detail) = ("done", ready.Facts.Json(), null);
                await rows.WriteAsync(row, stop);
                await ResumeAsync(rows, stop);
                if (step.Done is not null) await step.Done(Scope(transaction, rows), subject, stop);
                return null;
            case WaitResult.OverResult over:
                await RefuseAsync(rows, row, over.Reason, stop);
                return null;
            case WaitResult.NotYetResult notYet:
                row.Waits++;
                await rows.WriteAsync(row, stop);
                // A person is waited for in a lane of its own: nobody else stands behind. He may have asked for the way back while it was checked.
                return rows.Run.UndoReason is null ? new Outside.Wait(PrivateLane(rows.Run.Id), notYet.Delay, step.For) : null;
            default:
                throw new UnreachableException();
        }
    }

    private async Task FinishAsync(NpgsqlTransaction transaction, RunRows rows, T subject, CallStep<T> step, StepRow row, Facts facts, CancellationToken stop)
    {
        (row.State, row.Facts, row.Detail, row.Waits) = ("done", facts.Json(), null, 0);
        await rows.WriteAsync(row, stop);
        await ResumeAsync(rows, stop);
        if (step.Done is not null) await step.Done(Scope(transaction, rows), subject, stop);
    }

    private static async Task RefuseAsync(RunRows rows, StepRow row, string reason, CancellationToken stop)
    {
        (row.State, row.Detail, row.Waits) = ("refused", reason, 0);
        await rows.WriteAsync(row, stop);
        await ResumeAsync(rows, stop);
    }

    private static async Task ResumeAsync(RunRows rows, CancellationToken stop)
    {
        if (rows.Run.WaitingOn is null) return;
        rows.Run.WaitingOn = null;
        await rows.WriteRunAsync(stop);
    }

    private async Task TurnBackAsync(NpgsqlTransaction transaction, RunRows rows, T subject, string? reason, CancellationToken stop)
    {
        rows.Run.State = "undoing";
        rows.Run.Reason ??= reason;
        await rows.WriteRunAsync(stop);
        await saga.TurnedBackAsync(Scope(transaction, rows), subject, stop);
    }

    private static async Task<Outside.Wait> WaitAsync(
        RunRows rows, StepRow row, string state, string detail, TimeSpan delay, CallStep<T> step, T subject, CancellationToken stop)
    {
        (row.State, row.Detail) = (state, detail);
        row.Waits++;
        await rows.WriteAsync(row, stop);
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
