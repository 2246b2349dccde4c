using System.Diagnostics;
using Npgsql;

namespace Rialto.Platform.Sagas;

/// <summary>How a saga ended.</summary>
public enum SagaEnding
{
    Done,
    Undone,

    /// <summary>Not an end: it waits for an operator and can go on.</summary>
    Operator,
}

/// <summary>
/// A kind of saga: its steps in order, and what its subject has to know. One instance serves all runs; it holds no state.
/// See "How to add a saga" in ARCHITECTURE.md.
/// </summary>
public abstract class Saga<T> : ISaga
    where T : class
{
    private IReadOnlyList<Step<T>>? _steps;

    /// <summary>For example <c>club.book-by-points</c>; stored, so it stays the same for ever.</summary>
    public abstract string Kind { get; }

    /// <summary>The steps in order; called once. Names are stored: a running saga must still find its steps in a newer binary.</summary>
    protected abstract IReadOnlyList<Step<T>> Define();

    /// <summary>Selects the subject with the id <c>@subject</c> and locks it (<c>SELECT ... FOR UPDATE</c>): whoever changes it or its saga takes this lock first.</summary>
    public abstract string Lock { get; }

    /// <summary>What becomes true with the end, in its transaction. <paramref name="reason"/> is why, for an end that is not "done".</summary>
    public abstract Task EndAsync(SagaScope scope, T subject, SagaEnding ending, string? reason, CancellationToken stop);

    /// <summary>What becomes true when it turns back, in that transaction: written by <see cref="SagaScope.Write"/>.</summary>
    public virtual void TurnedBack(SagaScope scope, T subject)
    {
    }

    /// <summary>
    /// Until when each of these subjects should be settled: when a vendor is back after an outage, the earliest comes first. Without an entry it comes
    /// after those that have one, in the order in which they began.
    /// </summary>
    public virtual Task<IReadOnlyDictionary<Guid, DateTimeOffset>> DeadlinesAsync(NpgsqlTransaction transaction, Guid[] subjects, CancellationToken stop) =>
        Task.FromResult<IReadOnlyDictionary<Guid, DateTimeOffset>>(new Dictionary<Guid, DateTimeOffset>());

    internal IReadOnlyList<Step<T>> Steps => _steps ??= Checked(Define());

    IReadOnlyList<string> ISaga.StepNames => [.. Steps.Select(step => step.Name)];

    string? ISaga.Pivot => Steps.FirstOrDefault(step => step.IsPivot)?.Name;

    ISagaRunner ISaga.MakeRunner(SagaContext context) => new SagaRunner<T>(this, context);

    private static IReadOnlyList<Step<T>> Checked(IReadOnlyList<Step<T>> steps)
    {
        Debug.Assert(steps.Select(step => step.Name).Distinct(StringComparer.Ordinal).Count() == steps.Count, "step names are unique");
        Debug.Assert(steps.Count(step => step.IsPivot) <= 1, "one pivot");
        return steps;
    }
}

/// <summary>A kind of saga without its subject's type.</summary>
internal interface ISaga
{
    string Kind { get; }
    IReadOnlyList<string> StepNames { get; }
    string? Pivot { get; }
    ISagaRunner MakeRunner(SagaContext context);
    Task<IReadOnlyDictionary<Guid, DateTimeOffset>> DeadlinesAsync(NpgsqlTransaction transaction, Guid[] subjects, CancellationToken stop);
}
