using System.Text.Json;
using Npgsql;
using Rialto.Platform.Outbox;

namespace Rialto.Platform.Sagas;

/// <summary>What steps have learned, small texts by name: the vendor's ids, mostly.</summary>
public sealed class Facts
{
    private readonly Dictionary<string, string> _values;

    private Facts(Dictionary<string, string> values) => _values = values;

    public string? this[string name] => _values.GetValueOrDefault(name);

    internal static Facts Of(IEnumerable<(string Name, string? Value)> facts) =>
        new(facts.Where(fact => fact.Value is not null).ToDictionary(fact => fact.Name, fact => fact.Value!));

    internal static readonly Facts None = new([]);

    internal static Facts Of(string json) => new(JsonSerializer.Deserialize<Dictionary<string, string>>(json) ?? []);

    internal string Json() => JsonSerializer.Serialize(_values);
}

/// <summary>Outside of a transaction: a step's call or check.</summary>
/// <param name="Key">The step's key; empty for a step without one.</param>
/// <param name="Facts">What the steps before have learned, by step.</param>
public sealed record CallScope(Guid Saga, string Key, IReadOnlyDictionary<string, Facts> Facts)
{
    /// <summary>A fact of an earlier step, or null.</summary>
    public string? Fact(string step, string name) => Facts.TryGetValue(step, out var known) ? known[name] : null;
}

/// <summary>Inside the transaction in which the saga makes progress. All writes of the step belong into it; do not commit it.</summary>
public sealed class SagaScope
{
    private readonly RunRows _rows;

    internal SagaScope(NpgsqlTransaction transaction, RunRows rows, DateTimeOffset now) => (Transaction, _rows, Now, Facts) = (transaction, rows, now, rows.Facts());

    public NpgsqlTransaction Transaction { get; }

    public NpgsqlConnection Connection => Transaction.Connection!;

    public DateTimeOffset Now { get; }

    public Guid Saga => _rows.Run.Id;

    public Origin Origin => new((uint)_rows.Run.Organization, _rows.Run.Actor);

    /// <summary>On the way back: why.</summary>
    public string? Reason => _rows.Run.Reason;

    /// <summary>What the steps have learned, by step.</summary>
    public IReadOnlyDictionary<string, Facts> Facts { get; }

    /// <summary>A fact of this or an earlier step, or null.</summary>
    public string? Fact(string step, string name) => Facts.TryGetValue(step, out var known) ? known[name] : null;

    /// <summary>Writes at the end of the round, in the order of the calls and in one round trip with the saga's own progress: for what nobody waits to hear the outcome of.</summary>
    public void Write(params IEnumerable<NpgsqlBatchCommand> commands) => _rows.WriteOfSteps(commands);

    /// <summary>Writes it now: for who reads it within this transaction.</summary>
    public Task FlushAsync(CancellationToken stop) => _rows.FlushStepsAsync(stop);
}
