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
/// <param name="Reason">On the way back: why.</param>
public sealed record SagaScope(NpgsqlTransaction Transaction, Guid Saga, Origin Origin, DateTimeOffset Now, IReadOnlyDictionary<string, Facts> Facts, string? Reason)
{
    public NpgsqlConnection Connection => Transaction.Connection!;

    /// <summary>A fact of this or an earlier step, or null.</summary>
    public string? Fact(string step, string name) => Facts.TryGetValue(step, out var known) ? known[name] : null;
}
