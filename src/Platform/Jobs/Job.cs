using Microsoft.Extensions.DependencyInjection;
using System.Text.Json;

namespace Rialto.Platform.Jobs;

/// <summary>
/// Does one kind of durable work: what must reach outside, take long, or happen later. It may be run again after a crash at any point, so each outside
/// effect needs an idempotency key of its own; what it writes to the database belongs into <see cref="JobRun.CompleteAsync"/>'s transaction or behind <see cref="JobRun.GuardAsync"/>.
/// </summary>
public interface IJob<in TArguments>
{
    /// <summary>Expected outcomes are returned; an exception is a failed attempt, tried again as <see cref="JobPolicy"/> says.</summary>
    Task<JobOutcome> RunAsync(TArguments arguments, JobRun run, CancellationToken stop);
}

/// <summary>How a kind of job is tried.</summary>
public sealed record JobPolicy
{
    /// <summary>After so many failed attempts it is parked and waits for an operator; its lane waits with it.</summary>
    public int AttemptsMax { get; init; } = 10;

    public TimeSpan FirstDelay { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Each delay is twice the one before, up to this.</summary>
    public TimeSpan LongestDelay { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>A runner that does not renew its lease for this long is taken for dead, and another runs the job.</summary>
    public TimeSpan Lease { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Longest time of one attempt; then its token is cancelled and the attempt counts as failed.</summary>
    public TimeSpan AttemptTime { get; init; } = TimeSpan.FromMinutes(30);

    internal TimeSpan DelayAfter(int attempts) => TimeSpan.FromTicks((long)Math.Min(FirstDelay.Ticks * Math.Pow(2, attempts - 1), LongestDelay.Ticks));
}

/// <summary>How an attempt ended.</summary>
public abstract record JobOutcome
{
    private JobOutcome()
    {
    }

    /// <summary>Done; <paramref name="result"/> is stored as JSON. Also the answer after <see cref="JobRun.CompleteAsync"/>.</summary>
    public static JobOutcome Done(object? result = null) => new DoneOutcome(result);

    /// <summary>Not now, for example because the vendor is down: again after <paramref name="delay"/>, and it does not count as an attempt.</summary>
    public static JobOutcome Later(TimeSpan delay, string reason) => new LaterOutcome(delay, reason);

    /// <summary>More attempts will not help; an operator has to look.</summary>
    public static JobOutcome Park(string reason) => new ParkOutcome(reason);

    internal sealed record DoneOutcome(object? Result) : JobOutcome;

    internal sealed record LaterOutcome(TimeSpan Delay, string Reason) : JobOutcome;

    internal sealed record ParkOutcome(string Reason) : JobOutcome;
}

/// <summary>Another runner has taken the job over, because this one was slow or cut off. Nothing it still writes counts.</summary>
public sealed class LeaseLostException(Guid job) : Exception($"The lease of job {job} is lost; another runner has it.");

/// <summary>A kind of job as the runner knows it.</summary>
internal sealed record JobKind(string Name, Type Arguments, JobPolicy Policy, Func<IServiceProvider, string, JobRun, CancellationToken, Task<JobOutcome>> RunAsync);

public static class JobRegistration
{
    /// <summary>
    /// Registers a kind of job; its arguments' type names it when it is enqueued. <paramref name="name"/>, for example <c>club.book-table</c>,
    /// stays the same for ever: stored jobs carry it.
    /// </summary>
    public static IServiceCollection AddJob<TArguments, TJob>(this IServiceCollection services, string name, JobPolicy? policy = null)
        where TArguments : notnull
        where TJob : class, IJob<TArguments>
    {
        services.AddScoped<TJob>();
        return services.AddSingleton(new JobKind(name, typeof(TArguments), policy ?? new JobPolicy(), (scope, arguments, run, stop) =>
            scope.GetRequiredService<TJob>().RunAsync(JsonSerializer.Deserialize<TArguments>(arguments, JobQueue.Json)!, run, stop)));
    }

    /// <summary>Runs a job again and again, one at a time on all nodes together. Occurrences missed while no node ran become one.</summary>
    public static IServiceCollection AddSchedule<TArguments>(this IServiceCollection services, string name, Recurrence recurrence, TArguments arguments)
        where TArguments : notnull =>
        services.AddSingleton(new Schedule(name, recurrence, arguments));
}
