using System.Collections.Concurrent;
using Npgsql;
using Rialto.Platform.Jobs;

namespace Rialto.Platform.Sagas;

/// <summary>The one job that works on a saga.</summary>
internal sealed record SagaWork(Guid Saga);

/// <summary>What every saga's runner shares.</summary>
internal sealed record SagaContext(NpgsqlDataSource Postgres, TimeProvider Clock, JobQueue Jobs, SagaFailpoints Failpoints, SagaSignals Signals);

/// <summary>Tells who waits in this process that a saga of a subject has made progress. A hint: another node may have made it.</summary>
internal sealed class SagaSignals
{
    private readonly ConcurrentDictionary<Guid, TaskCompletionSource> _waiting = new();

    public void Tell(Guid subject)
    {
        if (_waiting.TryRemove(subject, out var waiting)) waiting.TrySetResult();
    }

    /// <summary>Ends at the next progress, or after <paramref name="longest"/>. Take it before looking at the subject, or progress may be missed.</summary>
    public Task NextAsync(Guid subject, TimeSpan longest)
    {
        var waiting = _waiting.GetOrAdd(subject, _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
        return Task.WhenAny(waiting, Task.Delay(longest));
    }

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

internal interface ISagaRunner
{
    /// <summary>Runs the steps that need nothing outside, then hands the rest to a job. The reason of a refusal, or null.</summary>
    Task<string?> BeginAsync(NpgsqlTransaction transaction, RunRow run, CancellationToken stop);

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
