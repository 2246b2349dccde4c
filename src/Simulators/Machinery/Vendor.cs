using System.Text.Json;
using System.Text.Json.Nodes;

namespace Rialto.Simulators.Machinery;

internal enum OperationKind
{
    Read,
    Write,

    /// <summary>A page for a person, such as the card form: no program calls it and no fault strikes it.</summary>
    Page,
}

/// <param name="KeyOf">The caller's own key of a call, to see the order in which work arrived.</param>
internal sealed record Operation(string Method, string Path, string Name, OperationKind Kind, Func<Request, Reply> Run, Func<Request, string?>? KeyOf);

/// <summary>
/// One vendor of the outside world: its operations, its truth, its faults. Handlers run one at a time under <see cref="Gate"/>, so each
/// call's effect is whole or absent; latency and faults happen outside of it.
/// </summary>
internal abstract class Vendor
{
    private readonly List<ITable> tables = [];
    private readonly List<Operation> operations = [];

    protected Vendor(Simulation simulation, string name)
    {
        Simulation = simulation;
        Name = name;
        Webhooks = new Webhooks(this);
    }

    public Simulation Simulation { get; }
    public string Name { get; }
    public Lock Gate { get; } = new();
    public FaultPlan Faults { get; } = new();
    public CallLog Calls { get; } = new();
    public Webhooks Webhooks { get; }
    public IReadOnlyList<Operation> Operations => operations;
    public IReadOnlyList<ITable> Tables => tables;

    /// <summary>The vendor's own time, which may be off.</summary>
    public DateTimeOffset Now => Simulation.Clock.GetUtcNow() + Faults.Skew;

    /// <summary>What this vendor takes as credentials, by the names under which a caller keeps its secrets.</summary>
    public abstract IReadOnlyDictionary<string, string> Credentials { get; }

    /// <summary>Settings that decide between the behaviours a real vendor may have.</summary>
    public abstract object Options { get; }

    public abstract void Configure(JsonElement patch);

    /// <summary>Puts the demo's rows in place; called when the journal holds none.</summary>
    public abstract void Seed();

    /// <summary>Lets what falls due by time happen: holds end, sessions expire. Called under the gate.</summary>
    public virtual void Tick(DateTimeOffset now)
    {
    }

    /// <summary>A refusal in the vendor's own words, for faults that answer in place of an operation.</summary>
    public abstract Reply Refuse(int status, string message);

    /// <summary>Null when the call may run; otherwise the vendor's answer to a missing or wrong credential.</summary>
    public abstract Reply? Authorize(Request request);

    /// <summary>All tokens issued so far stop to work.</summary>
    public virtual void ForgetTokens()
    {
    }

    /// <summary>Tokens that are taken now, so that a test can look for them where they do not belong.</summary>
    public virtual IReadOnlyCollection<string> Tokens => [];

    /// <summary>An answer given before for the same idempotency key, for vendors that have such keys.</summary>
    public virtual Reply? Remembered(Request request) => null;

    /// <summary>What is about to be told, so that a vendor with idempotency keys can tell it again.</summary>
    public virtual void Remember(Request request, Reply reply)
    {
    }

    /// <summary>Headers of one webhook delivery: the vendor's signature over the raw body.</summary>
    public virtual IEnumerable<(string Name, string Value)> Sign(string body, string? secret, bool forged) => [];

    /// <summary>Extra control routes, such as paying an open card session.</summary>
    public virtual void MapControl(IEndpointRouteBuilder routes, string prefix)
    {
    }

    public object Effects()
    {
        lock (Gate)
            return tables.Where(table => table.Kind == TableKind.Effect).ToDictionary(table => table.Name, table => table.All.ToArray());
    }

    /// <summary>Empties the truth and seeds it again.</summary>
    public void Reset()
    {
        lock (Gate)
        {
            foreach (var table in tables)
                table.Clear();
            Seed();
        }
        ForgetTokens();
        Faults.Replace([], null);
        Calls.Clear();
    }

    public void PutRows(JsonElement body)
    {
        lock (Gate)
        {
            foreach (var property in body.EnumerateObject())
            {
                var table = tables.Find(table => table.Name == property.Name)
                    ?? throw new JsonException($"{Name} has no table '{property.Name}'; it has {string.Join(", ", tables.Select(table => table.Name))}.");
                foreach (var row in property.Value.EnumerateArray())
                    table.Put(row);
            }
        }
    }

    protected Table<T> Table<T>(string name, TableKind kind, Func<T, string> keyOf)
        where T : class
    {
        var table = new Table<T>(Simulation.Journal, Name, name, kind, keyOf);
        tables.Add(table);
        return table;
    }

    protected void On(string method, string path, string name, OperationKind kind, Func<Request, Reply> run, Func<Request, string?>? keyOf = null) =>
        operations.Add(new Operation(method, path, name, kind, run, keyOf));

    /// <summary>The options with the patch's members put over them.</summary>
    protected static T Merge<T>(T options, JsonElement patch)
    {
        var merged = JsonSerializer.SerializeToNode(options, Journal.Json)!.AsObject();
        foreach (var property in patch.EnumerateObject())
        {
            if (!merged.ContainsKey(property.Name))
                throw new JsonException($"There is no option '{property.Name}'; there are {string.Join(", ", merged.Select(pair => pair.Key))}.");
            merged[property.Name] = JsonNode.Parse(property.Value.GetRawText());
        }
        return merged.Deserialize<T>(Journal.Json)!;
    }
}
