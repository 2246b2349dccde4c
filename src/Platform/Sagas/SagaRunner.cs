using System.Diagnostics;
using Dapper;
using Npgsql;
using Rialto.Platform.Jobs;
using Rialto.Platform.Outbox;

namespace Rialto.Platform.Sagas;

/// <summary>
/// Carries a saga out, under the job that owns it. Round by round: one transaction records what the last call told, does every step that needs nothing
/// outside, and commits the next call as "sent"; then the call. Locks are taken in the order subject, job, saga; whoever touches a subject's saga does so too.
/// </summary>
internal sealed partial class SagaRunner<T>(Saga<T> saga, SagaContext context) : ISagaRunner
    where T : class
{
    /// <summary>A job that failed so often by exceptions meets a bug: a person has to look, and its lane goes on.</summary>
    private const int FailuresMax = 8;

    /// <summary>What is left to do outside of the transaction.</summary>
    private abstract record Outside
    {
        public sealed record Send(CallStep<T> Step, Direction Direction, CallScope Scope) : Outside;

        public sealed record Look(CallStep<T> Step, Direction Direction, CallScope Scope) : Outside;

        public sealed record Check(WaitStep<T> Step, CallScope Scope) : Outside;

        public sealed record Wait(string Lane, TimeSpan Delay, string For) : Outside;

        public sealed record Move(string Lane) : Outside;

        public sealed record End : Outside;
    }

    /// <summary>What the last call told, to be recorded by the next transaction.</summary>
    private sealed record Told(Outside Of, object Result);

    public Task<JobOutcome> RunAsync(RunRow run, JobRun job, CancellationToken stop) => RunAsync(run, job, null, null, stop);

    /// <param name="before">The rows as the round before has left them.</param>
    private async Task<JobOutcome> RunAsync(RunRow run, JobRun job, RunRows? before, Told? told, CancellationToken stop)
    {
        while (true)
        {
            Outside outside;
            T subject;
            await using (var connection = await context.Postgres.OpenConnectionAsync(stop))
            await using (var transaction = await connection.BeginTransactionAsync(stop))
            {
                (subject, var read) = await RunRows.ReadAsync<T>(transaction, saga.Lock, run, job, before, context.Clock.GetUtcNow(), stop);
                var rows = read ?? throw new UnreachableException("a saga is never deleted while it runs");
                // Another job has it, or an operator ended it.
                if (rows.Run.Job != job.Id || rows.Run.IsOver) return JobOutcome.Done();
                outside = job.Attempt > FailuresMax
                    ? await CallOperatorAsync(transaction, rows, subject, $"failed {FailuresMax} times by an error of the program; see the job", stop)
                    : await ProgressAsync(transaction, rows, subject, job.Lane, told, stop);
                var handedOver = await HandOverAsync(transaction, rows, job, outside, stop);
                var hasLeft = LeaveLane(rows, subject, job, outside);
                var next = await rows.FlushAsync(stop);
                await context.Failpoints.At("before commit");
                await transaction.CommitAsync(stop);
                before = rows;
                if (next is not null) context.Runner.Start(next);
                // Somebody may have come into the lane in this very moment.
                else if (hasLeft) context.Runner.Wake();
                if (outside is Outside.End or Outside.Wait) context.Signals.Rests(run.Subject);
                await context.Failpoints.At("after commit");
                if (handedOver) return JobOutcome.Done();
            }
            if (outside is Outside.Wait wait) return JobOutcome.Later(wait.Delay, "waits for " + wait.For);
            told = await CallAsync(outside, subject, stop);
        }
    }

    public async Task<SagaStart> BeginAsync(NpgsqlTransaction transaction, RunRow run, Beginning how, CancellationToken stop)
    {
        var subject = (T?)how.Subject ?? await transaction.Connection!.QuerySingleAsync<T>(new CommandDefinition(saga.Lock, new { subject = run.Subject }, transaction, cancellationToken: stop));
        var rows = RunRows.New(transaction, run, context.Clock.GetUtcNow());
        rows.WriteOfSteps(how.Writes);
        // No lane is the right one yet: a step that needs one moves there.
        var outside = await ProgressAsync(transaction, rows, subject, "", null, stop);
        if (rows.Run.State != "running")
        {
            await rows.FlushAsync(stop);
            return new SagaStart(rows.Run.State == "done" ? null : rows.Run.Reason ?? "refused", null);
        }
        var lane = outside is Outside.Move move ? move.Lane : PrivateLane(run.Id);
        var job = await EnqueueAsync(transaction, rows, lane, TimeSpan.Zero, how.Here && context.Runner.HasRoom, stop);
        // Nobody is before it in its lane: what it does first is written down with its beginning.
        if (job.Fence != 0) outside = await ProgressAsync(transaction, rows, subject, lane, null, stop);
        await rows.FlushAsync(stop);
        return new SagaStart(null, job.Fence == 0 ? context.Runner.Wake : () => context.Runner.Start(
            new JobClaim { Id = job.Id, Kind = SagaWork.Kind, Lane = lane, Organization = run.Organization, Attempts = 1, Fence = job.Fence, TraceParent = Activity.Current?.Id },
            async (claimed, cancelled) => await RunAsync(run, claimed, rows, await CallAsync(outside, subject, cancelled), cancelled)));
    }

    /// <summary>Records what was told and goes on until something outside is to be done.</summary>
    private async Task<Outside> ProgressAsync(NpgsqlTransaction transaction, RunRows rows, T subject, string lane, Told? told, CancellationToken stop)
    {
        var wait = told is null ? null : Record(transaction, rows, subject, told);
        // Whoever hurried it after the vendor was asked may know more than the vendor told.
        var isHurried = rows.Run.Hurried;
        if (isHurried)
        {
            rows.Run.Hurried = false;
            rows.WriteRun();
        }
        if (wait is not null && !isHurried) return wait;
        while (true)
        {
            var steps = saga.Steps;
            var scope = Scope(rows, "");
            var decision = Plan.Next([.. steps.Select(step => View(rows, step, scope, subject))], rows.Run.IsUndoing, rows.Run.UndoReason is not null);
            switch (decision.Move)
            {
                case Move.EndDone:
                    return await EndAsync(transaction, rows, subject, SagaEnding.Done, stop);
                case Move.EndUndone:
                    return await EndAsync(transaction, rows, subject, SagaEnding.Undone, stop);
                case Move.CallOperator:
                    return await CallOperatorAsync(transaction, rows, subject, rows.Find(steps[decision.Step].Name, decision.Direction)?.Detail ?? "refused", stop);
                case Move.TurnBack:
                    TurnBack(transaction, rows, subject, rows.Run.UndoReason ?? rows.Find(steps[decision.Step].Name, Direction.Do)?.Detail);
                    continue;
                case Move.Look:
                    return Lookup(rows, StepOf(steps[decision.Step], decision.Direction), decision);
                case Move.Take when await TakeAsync(transaction, rows, subject, lane, decision, stop) is { } outside:
                    return outside;
            }
        }
    }

    private Outside.Look Lookup(RunRows rows, Step<T> step, Decision decision)
    {
        var name = saga.Steps[decision.Step].Name;
        return new Outside.Look((CallStep<T>)step, decision.Direction, Scope(rows, rows.Find(name, decision.Direction)!.ExternalKey ?? ""));
    }

    /// <summary>Does a step that needs nothing outside, or says what is to be done outside; null: the plan goes on.</summary>
    private async Task<Outside?> TakeAsync(NpgsqlTransaction transaction, RunRows rows, T subject, string lane, Decision decision, CancellationToken stop)
    {
        var owner = saga.Steps[decision.Step];
        var step = StepOf(owner, decision.Direction);
        var row = rows.Find(owner.Name, decision.Direction) ?? new StepRow { Step = owner.Name, Direction = RunRows.Word(decision.Direction), State = "planned" };
        switch (step)
        {
            case LocalStep<T> local:
                var result = await local.Run(Scope(transaction, rows), subject, stop);
                (row.State, row.Detail) = result is LocalResult.RefusedResult refused ? ("refused", refused.Reason) : ("done", null);
                rows.Write(row);
                return null;
            case WaitStep<T> wait:
                return lane.Length > 0 ? new Outside.Check(wait, Scope(rows, "")) : new Outside.Move(PrivateLane(rows.Run.Id));
            case CallStep<T> call:
                var needed = call.Lane?.Invoke(subject);
                if (lane.Length == 0 || needed is not null && needed != lane) return new Outside.Move(needed ?? PrivateLane(rows.Run.Id));
                if (row.Attempts >= call.AttemptsMax) return await CallOperatorAsync(transaction, rows, subject, $"{owner.Name}: no known outcome after {row.Attempts} sendings", stop);
                row.Attempts++;
                row.State = "sent";
                row.Connector = call.Connector(subject);
                row.ExternalKey = call.Key(subject, row.Attempts);
                row.SentAt = context.Clock.GetUtcNow();
                rows.Write(row);
                return new Outside.Send(call, decision.Direction, Scope(rows, row.ExternalKey));
            default:
                throw new UnreachableException();
        }
    }

    private async Task<Told> CallAsync(Outside outside, T subject, CancellationToken stop)
    {
        await context.Failpoints.At("before call");
        object result = outside switch
        {
            Outside.Send send => await send.Step.Send(send.Scope, subject, stop),
            Outside.Look look => await look.Step.Look(look.Scope, subject, stop),
            Outside.Check check => await check.Step.Check(check.Scope, subject, stop),
            _ => throw new UnreachableException(),
        };
        await context.Failpoints.At("after call");
        return new Told(outside, result);
    }

    /// <summary>When what is next needs no order, the lane is left to those behind, and the first of them claimed in the same transaction. True: it was left.</summary>
    private bool LeaveLane(RunRows rows, T subject, JobRun job, Outside outside)
    {
        var needed = outside switch
        {
            Outside.Send send => send.Step.Lane,
            Outside.Look look => look.Step.Lane,
            Outside.Check => null,
            _ => static _ => "",
        };
        var (lane, scope) = (job.Lane, Scope(rows, ""));
        if (needed is not null || !saga.Steps.Any(step => IsOrderedBy(step, scope, subject, lane) || IsOrderedBy(step.Undo, scope, subject, lane))) return false;
        rows.Write(job.Leaving(PrivateLane(rows.Run.Id)), context.Runner.HasRoom ? context.Runner.OldestOf(lane) : null);
        return true;
    }

    private static bool IsOrderedBy(Step<T>? step, CallScope scope, T subject, string lane) =>
        step is CallStep<T> { Lane: { } laneOf } && step.Concerns(scope, subject) && laneOf(subject) == lane;

    /// <summary>Moves the saga to the job or lane where it goes on, and ends this job with it. False: this job goes on.</summary>
    private async Task<bool> HandOverAsync(NpgsqlTransaction transaction, RunRows rows, JobRun job, Outside outside, CancellationToken stop)
    {
        switch (outside)
        {
            case Outside.End:
                rows.Write(job.Completing());
                return true;
            case Outside.Wait wait:
                rows.Run.WaitingOn = wait.For;
                if (wait.Lane == job.Lane)
                {
                    rows.Run.Lane = wait.Lane;
                    rows.WriteRun(context.Clock.GetUtcNow() + wait.Delay);
                    return false;
                }
                await EnqueueAsync(transaction, rows, wait.Lane, wait.Delay, here: false, stop);
                rows.Write(job.Completing());
                return true;
            case Outside.Move move:
                await EnqueueAsync(transaction, rows, move.Lane, TimeSpan.Zero, here: false, stop);
                rows.Write(job.Completing());
                return true;
            default:
                return false;
        }
    }

    /// <param name="here">Claimed for this node, if its lane is free.</param>
    private async Task<AddedJob> EnqueueAsync(NpgsqlTransaction transaction, RunRows rows, string lane, TimeSpan delay, bool here, CancellationToken stop)
    {
        var due = context.Clock.GetUtcNow() + delay;
        var job = await context.Jobs.AddAsync(
            transaction, new Origin((uint)rows.Run.Organization, rows.Run.Actor), new SagaWork(rows.Run.Id),
            new JobOptions { Lane = lane, DueAt = delay > TimeSpan.Zero ? due : null }, here ? context.Runner.Node : null, stop);
        (rows.Run.Lane, rows.Run.Job) = (lane, job.Id);
        rows.WriteRun(delay > TimeSpan.Zero ? due : null);
        return job;
    }

    private async Task<Outside> EndAsync(NpgsqlTransaction transaction, RunRows rows, T subject, SagaEnding ending, CancellationToken stop)
    {
        rows.Run.State = ending switch
        {
            SagaEnding.Done => "done",
            SagaEnding.Undone => "undone",
            _ => "operator",
        };
        rows.Run.WaitingOn = null;
        rows.WriteRun();
        await saga.EndAsync(Scope(transaction, rows), subject, ending, rows.Run.Reason, stop);
        return new Outside.End();
    }

    private Task<Outside> CallOperatorAsync(NpgsqlTransaction transaction, RunRows rows, T subject, string reason, CancellationToken stop)
    {
        rows.Run.Reason = reason;
        return EndAsync(transaction, rows, subject, SagaEnding.Operator, stop);
    }

    private static StepView View(RunRows rows, Step<T> step, CallScope scope, T subject) =>
        new(step.Undo is not null, step.IsPivot, StateOf(rows, step.Name, Direction.Do, step, scope, subject),
            step.Undo is null ? StepState.Planned : StateOf(rows, step.Name, Direction.Undo, step.Undo, scope, subject));

    /// <summary>That a step concerns nobody follows from the subject and the steps before it, so it is not written.</summary>
    private static StepState StateOf(RunRows rows, string name, Direction direction, Step<T> step, CallScope scope, T subject) =>
        rows.Find(name, direction)?.Known ?? (step.Concerns(scope, subject) ? StepState.Planned : StepState.Skipped);

    private static Step<T> StepOf(Step<T> owner, Direction direction) => direction == Direction.Do ? owner : owner.Undo!;

    private static string PrivateLane(Guid saga) => $"saga:{saga}";

    private static CallScope Scope(RunRows rows, string key) => new(rows.Run.Id, key, rows.Facts());

    private SagaScope Scope(NpgsqlTransaction transaction, RunRows rows) => new(transaction, rows, context.Clock.GetUtcNow());
}
