using System.Text.Json;

namespace Rialto.Simulators.Machinery;

/// <summary>What a table of a vendor's truth is for.</summary>
internal enum TableKind
{
    /// <summary>Given: members, venues. Not part of the effects.</summary>
    Seed,

    /// <summary>What calls have done: reservations, redemptions, charges.</summary>
    Effect,
}

internal interface ITable
{
    string Name { get; }
    TableKind Kind { get; }
    IEnumerable<object> All { get; }
    void Put(JsonElement row);
    void Clear();
}

/// <summary>Rows of one kind by key, kept in the journal. Touched only under its vendor's gate.</summary>
internal sealed class Table<T> : ITable
    where T : class
{
    private readonly Journal journal;
    private readonly string path;
    private readonly Func<T, string> keyOf;
    private readonly Dictionary<string, T> rows = [];

    public Table(Journal journal, string vendor, string name, TableKind kind, Func<T, string> keyOf)
    {
        this.journal = journal;
        this.keyOf = keyOf;
        path = $"{vendor}.{name}";
        Name = name;
        Kind = kind;
        foreach (var (key, row) in journal.Rows(path))
            rows[key] = row.Deserialize<T>(Journal.Json)!;
    }

    public string Name { get; }
    public TableKind Kind { get; }
    public int Count => rows.Count;
    public IReadOnlyCollection<T> Rows => rows.Values;
    IEnumerable<object> ITable.All => rows.Values;

    public T? Find(string? key) => key is not null && rows.TryGetValue(key, out var row) ? row : null;

    public T Put(T row)
    {
        var key = keyOf(row);
        rows[key] = row;
        journal.Put(path, key, row);
        return row;
    }

    public void Remove(string key)
    {
        if (rows.Remove(key))
            journal.Remove(path, key);
    }

    public void Clear()
    {
        foreach (var key in rows.Keys.ToArray())
            Remove(key);
    }

    void ITable.Put(JsonElement row) => Put(row.Deserialize<T>(Journal.Json) ?? throw new JsonException($"A row of {Name} is null."));
}
