using System.Collections.Concurrent;
using Dapper;
using Rialto.Contracts;
using Rialto.Platform.Jobs;
using Rialto.Platform.Outbox;

namespace Rialto.Platform.Tests.Queues;

/// <summary>Wire name: <c>queues.counted</c>.</summary>
internal sealed record Counted(string Key, int Number) : IBusinessEvent;

internal sealed record Paid(string Key, long Amount, string Currency, string Method) : IMoneyEvent;

/// <summary>Arguments of the test job.</summary>
internal sealed record Work(string Name);

/// <summary>What a node's handler and job do beside noting that they ran; tests replace it.</summary>
internal sealed class Script
{
    public Func<Counted, Delivery, CancellationToken, Task> OnEvent { get; set; } = (_, _, _) => Task.CompletedTask;

    public Func<Work, JobRun, CancellationToken, Task<JobOutcome>> OnJob { get; set; } = (_, _, _) => Task.FromResult(JobOutcome.Done());

    /// <summary>Every start of a handler or job, committed or not.</summary>
    public ConcurrentQueue<string> Starts { get; } = new();
}

/// <summary>Writes what it saw into <c>seen</c>, in the delivery's transaction.</summary>
internal sealed class Witness(Script script) : IHandle<Counted>
{
    public const string Name = "queues.witness";

    public async Task HandleAsync(Counted happened, Delivery delivery, CancellationToken stop)
    {
        script.Starts.Enqueue($"{happened.Key} {happened.Number}");
        await delivery.Connection.ExecuteAsync(
            "INSERT INTO seen (handler, key, number) VALUES (@Name, @Key, @Number)", new { Name, happened.Key, happened.Number }, delivery.Transaction);
        await script.OnEvent(happened, delivery, stop);
    }
}

/// <summary>A second handler of the same events.</summary>
internal sealed class Onlooker : IHandle<Counted>
{
    public const string Name = "queues.onlooker";

    public Task HandleAsync(Counted happened, Delivery delivery, CancellationToken stop) =>
        delivery.Connection.ExecuteAsync("INSERT INTO seen (handler, key, number) VALUES (@Name, @Key, @Number)", new { Name, happened.Key, happened.Number }, delivery.Transaction);
}

internal sealed class Worker(Script script) : IJob<Work>
{
    public const string Name = "queues.work";

    public async Task<JobOutcome> RunAsync(Work arguments, JobRun run, CancellationToken stop)
    {
        script.Starts.Enqueue(arguments.Name);
        return await script.OnJob(arguments, run, stop);
    }
}
