using System.Collections.Concurrent;
using Npgsql;
using Rialto.Platform.Jobs;

namespace Rialto.Platform.Sagas;

/// <summary>The one job that works on a saga.</summary>
internal sealed record SagaWork(Guid Saga)
{
    public const string Kind = "platform.saga";
}

/// <summary>What every saga's runner shares.</summary>
internal sealed record SagaContext(NpgsqlDataSource Postgres, TimeProvider Clock, JobQueue Jobs, JobRunner Runner, SagaFailpoints Failpoints, SagaSignals Signals);

/// <summary>Tells who waits in this process that a saga of a subject rests: it has ended, or waits for somebody. A hint: another node may have run it.</summary>
internal sealed class SagaSignals
{
    private readonly ConcurrentDictionary<Guid, TaskCompletionSource> _waiting = new();

    public void Rests(Guid subject)
    {
        if (_waiting.TryRemove(subject, out var waiting)) waiting.TrySetResult();
    }

    /// <summary>Take it before looking at the subject, or the moment may be missed.</summary>
    public Task NextAsync(Guid subject) => _waiting.GetOrAdd(subject, _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

    public void Forget(Guid subject) => _waiting.TryRemove(subject, out _);
}

/// <summary>
/// Places where a test stops a run for good, as a crash would: around every commit and every call. Empty in production.
/// </summary>
internal sealed class SagaFailpoints
{
    public Func<string, Task>? Hit { get; set; }

    public Task At(string place) => Hit?.Invoke(place) ?? Task.CompletedTask;
}

/// <param name="Here">The job may begin in this process as soon as the transaction has committed.</param>
/// <param name="Subject">As the caller has just written it in this transaction; null: it is read.</param>
/// <param name="Writes">What the caller writes with it, in the same round trip.</param>
internal sealed record Beginning(bool Here, object? Subject, IReadOnlyList<NpgsqlBatchCommand> Writes)
{
    public static readonly Beginning Later = new(false, null, []);
}

internal interface ISagaRunner
{
    /// <summary>Runs the steps that need nothing outside, then hands the rest to a job.</summary>
    Task<SagaStart> BeginAsync(NpgsqlTransaction transaction, RunRow run, Beginning how, CancellationToken stop);

    Task<JobOutcome> RunAsync(RunRow run, JobRun job, CancellationToken stop);
}

/// <summary>How long to wait for a vendor that does not answer, when it does not say itself.</summary>
internal static class Patience
{
    // Whoever finds the vendor back wakes all others (SagaRecovery), so the later steps cost nobody time.
    private static readonly TimeSpan[] Ladder = [TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(15), TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(3)];
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(30);

    /// <param name="waits">How often in a row before this time.</param>
    /// <param name="asked">What the vendor or the open breaker asks for.</param>
    public static TimeSpan Next(int waits, TimeSpan? asked)
    {
        // Those who wait for the same vendor must not all come at once: up to a tenth more.
        var own = Ladder[Math.Min(waits, Ladder.Length - 1)];
        var wait = asked > own ? asked.Value : own;
        if (wait > Longest) wait = Longest;
        return wait * (1 + 0.1 * Random.Shared.NextDouble());
    }
}
