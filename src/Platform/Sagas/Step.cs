using Rialto.Platform.Connectors;

namespace Rialto.Platform.Sagas;

/// <summary>
/// One step of a saga over a subject (a booking, an order). A step may have a way back, which runs when a later step is refused or somebody wants
/// the saga undone.
/// </summary>
public abstract record Step<T>(string Name)
    where T : class
{
    /// <summary>The way back from this step once it is done; null when there is nothing to undo.</summary>
    public Step<T>? Undo { get; init; }

    /// <summary>From the moment this step is done there is no way back: the saga only goes forward. At most one step of a saga.</summary>
    public bool IsPivot { get; init; }

    /// <summary>Whether the step concerns this subject, by what the steps before have learned; if not it is skipped. Asked again and again: the same in, the same out.</summary>
    public Func<CallScope, T, bool> Concerns { get; init; } = static (_, _) => true;
}

/// <summary>Changes only this database, within the saga's own transaction: it happens once, with the progress of the saga.</summary>
public sealed record LocalStep<T>(string Name, Func<SagaScope, T, CancellationToken, Task<LocalResult>> Run) : Step<T>(Name)
    where T : class;

/// <summary>
/// Writes at a vendor. "Sent" and the key are committed before the call; without a readable answer the vendor is asked for the key before anything is
/// sent again.
/// </summary>
public sealed record CallStep<T>(string Name) : Step<T>(Name)
    where T : class
{
    /// <summary>Name of the connector.</summary>
    public required Func<T, string> Connector { get; init; }

    /// <summary>
    /// The key by which the effect is found: derived from the subject, never random. The attempt (1, 2...) belongs into it only for a vendor that
    /// would tell the answer of a failed attempt again.
    /// </summary>
    public required Func<T, int, string> Key { get; init; }

    /// <summary>Sends the write. Reads before it are allowed; exactly one write.</summary>
    public required Func<CallScope, T, CancellationToken, Task<CallResult>> Send { get; init; }

    /// <summary>Looks for the effect by its key. Only reads.</summary>
    public required Func<CallScope, T, CancellationToken, Task<LookResult>> Look { get; init; }

    /// <summary>The lane in which this step must be sent, so that those of one lane are sent in order. Null: wherever the saga is.</summary>
    public Func<T, string>? Lane { get; init; }

    /// <summary>The lane in which to wait while the vendor is away, so that nobody else waits behind. Null: the step's own lane, in order.</summary>
    public Func<T, string>? WaitLane { get; init; }

    /// <summary>An effect that is not found so long after the sending did not happen: the vendor's own time-out, with room.</summary>
    public TimeSpan Settle { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>After so many sendings without a known outcome an operator looks.</summary>
    public int AttemptsMax { get; init; } = 8;

    /// <summary>What becomes true in this database with the outcome "done", in the same transaction: written by <see cref="SagaScope.Write"/>.</summary>
    public Action<SagaScope, T>? Done { get; init; }
}

/// <summary>Waits for something outside that is not a call: a person who pays, a venue that approves. It asks now and then, and whenever it is hurried.</summary>
public sealed record WaitStep<T>(string Name, Func<CallScope, T, CancellationToken, Task<WaitResult>> Check) : Step<T>(Name)
    where T : class
{
    /// <summary>What it waits for, for people: <c>payment</c>, <c>venue</c>.</summary>
    public required string For { get; init; }

    /// <summary>What becomes true in this database when the waiting is over well, in the same transaction.</summary>
    public Action<SagaScope, T>? Done { get; init; }
}

public abstract record LocalResult
{
    private LocalResult()
    {
    }

    public static readonly LocalResult Done = new DoneResult();

    /// <summary>It cannot be done; everything before is undone.</summary>
    public static LocalResult Refused(string reason) => new RefusedResult(reason);

    internal sealed record DoneResult : LocalResult;

    internal sealed record RefusedResult(string Reason) : LocalResult;
}

/// <summary>What is known after a write was sent.</summary>
public abstract record CallResult
{
    private CallResult()
    {
    }

    public static CallResult Done(params (string Name, string? Value)[] facts) => new DoneResult(Facts.Of(facts));

    public static CallResult Refused(string reason) => new RefusedResult(reason);

    public static CallResult NotSent(string detail, TimeSpan? retryAfter = null) => new NotSentResult(detail, retryAfter);

    public static CallResult Unknown(string detail) => new UnknownResult(detail);

    /// <summary>The result of an answer; <paramref name="read"/> takes the facts out of a good one, and null means that it lacks them.</summary>
    public static CallResult Of(VendorAnswer answer, Func<VendorAnswer, (string Name, string? Value)[]?> read) => answer.Outcome switch
    {
        Outcome.Ok => read(answer) is { } facts ? Done(facts) : Unknown("the answer lacks what it should carry"),
        Outcome.Refused => Refused(answer.Detail),
        Outcome.NotSent => NotSent(answer.Detail, answer.RetryAfter),
        _ => Unknown(answer.Detail),
    };

    internal sealed record DoneResult(Facts Facts) : CallResult;

    internal sealed record RefusedResult(string Reason) : CallResult;

    internal sealed record NotSentResult(string Detail, TimeSpan? RetryAfter) : CallResult;

    internal sealed record UnknownResult(string Detail) : CallResult;
}

/// <summary>What a vendor says when it is asked for an effect by its key.</summary>
public abstract record LookResult
{
    private LookResult()
    {
    }

    public static readonly LookResult NotFound = new NotFoundResult();

    public static LookResult Found(params (string Name, string? Value)[] facts) => new FoundResult(Facts.Of(facts));

    /// <summary>It is there, but dead, and will not come alive by sending again.</summary>
    public static LookResult Refused(string reason) => new RefusedResult(reason);

    /// <summary>The vendor cannot be asked now. Never guess.</summary>
    public static LookResult Impossible(VendorAnswer answer) => new ImpossibleResult(answer.Detail, answer.RetryAfter);

    internal sealed record FoundResult(Facts Facts) : LookResult;

    internal sealed record NotFoundResult : LookResult;

    internal sealed record RefusedResult(string Reason) : LookResult;

    internal sealed record ImpossibleResult(string Detail, TimeSpan? RetryAfter) : LookResult;
}

public abstract record WaitResult
{
    private WaitResult()
    {
    }

    public static WaitResult Ready(params (string Name, string? Value)[] facts) => new ReadyResult(Facts.Of(facts));

    /// <summary>It will not come any more; everything before is undone.</summary>
    public static WaitResult Over(string reason) => new OverResult(reason);

    /// <summary>Ask again after <paramref name="delay"/>, or when hurried.</summary>
    public static WaitResult NotYet(TimeSpan delay) => new NotYetResult(delay);

    internal sealed record ReadyResult(Facts Facts) : WaitResult;

    internal sealed record OverResult(string Reason) : WaitResult;

    internal sealed record NotYetResult(TimeSpan Delay) : WaitResult;
}
