namespace Rialto.Contracts;

/// <summary>
/// What one module tells the others has happened: a past-tense record in <c>Rialto.Contracts.&lt;Module&gt;</c>, one file a module.
/// Its wire name comes from its own: <c>Rialto.Contracts.Store.OrderPaid</c> is <c>store.order-paid</c> in every table, so a renamed record is another event.
/// Properties may be added when they have a default; none may change its meaning. Its top-level texts, numbers and flags are kept for years for statistics,
/// so it names persons by id only.
/// </summary>
public interface IBusinessEvent
{
    /// <summary>
    /// What the event is about, for example <c>order:0192f0c1-...</c>. A handler sees the events of one key in the order in which they were committed.
    /// At most 200 characters.
    /// </summary>
    string Key { get; }
}

/// <summary>An event that moved money. Insights adds it up.</summary>
public interface IMoneyEvent : IBusinessEvent
{
    /// <summary>Minor units, for example cents; negative when money went out.</summary>
    long Amount { get; }

    /// <summary>ISO 4217, for example <c>EUR</c>.</summary>
    string Currency { get; }
}
