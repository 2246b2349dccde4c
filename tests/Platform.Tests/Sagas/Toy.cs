using System.Collections.Concurrent;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Rialto.Platform.Sagas;

namespace Rialto.Platform.Tests.Sagas;

/// <summary>How the toy vendor takes a call.</summary>
public enum Manner
{
    Fine,
    Refuses,
    NotReached,
    SilentWithoutEffect,
    SilentWithEffect,

    /// <summary>It takes effect, and is not yet seen when it is first looked for.</summary>
    SilentAndSeenLate,
}

internal sealed class Thing
{
    public required Guid Id { get; init; }
    public required string State { get; init; }
    public required bool Reserved { get; init; }
}

/// <summary>A vendor in memory that keeps what it has really done.</summary>
internal sealed class ToyVendor
{
    private readonly ConcurrentDictionary<string, ConcurrentQueue<Manner>> _scripts = new();
    private readonly ConcurrentDictionary<string, int> _effects = new();
    private readonly ConcurrentDictionary<string, bool> _unseen = new();

    /// <summary>How often this very key had an effect.</summary>
    public int Effects(string key) => _effects.GetValueOrDefault(key);

    public ConcurrentQueue<string> Sent { get; } = new();

    public void Script(string key, params Manner[] manners) => _scripts[key] = new ConcurrentQueue<Manner>(manners);

    public CallResult Send(string key)
    {
        Sent.Enqueue(key);
        var manner = _scripts.TryGetValue(key, out var script) && script.TryDequeue(out var next) ? next : Manner.Fine;
        if (manner == Manner.SilentAndSeenLate) _unseen[key] = true;
        if (manner is Manner.Fine or Manner.SilentWithEffect or Manner.SilentAndSeenLate) _effects.AddOrUpdate(key, 1, (_, count) => count + 1);
        return manner switch
        {
            Manner.Fine => CallResult.Done(("id", "id of " + key)),
            Manner.Refuses => CallResult.Refused("no"),
            Manner.NotReached => CallResult.NotSent("away"),
            _ => CallResult.Unknown("silence"),
        };
    }

    public LookResult Look(string key) => Effects(key) > 0 && !_unseen.TryRemove(key, out _) ? LookResult.Found(("id", "id of " + key)) : LookResult.NotFound;
}

/// <summary>reserve (local) → first (call, can be undone) → second (call, pivot) → finish (local).</summary>
internal sealed class ToySaga(ToyVendor vendor) : Saga<Thing>
{
    public override string Kind => "toy";

    protected override IReadOnlyList<Step<Thing>> Define() =>
    [
        new LocalStep<Thing>("reserve", (scope, thing, _) => SetAsync(scope, thing, "reserved = true"))
        {
            Undo = new LocalStep<Thing>("reserve", (scope, thing, _) => SetAsync(scope, thing, "reserved = false")),
        },
        Call("first", thing => $"lane-{thing.Id.ToByteArray()[15] % 3}") with { Undo = Call("undo-first", null) },
        Call("second", null) with { IsPivot = true },
        new LocalStep<Thing>("finish", (scope, thing, _) => SetAsync(scope, thing, "reserved = true")),
    ];

    public override string Lock => "SELECT id, state, reserved FROM toy.thing WHERE id = @subject FOR UPDATE";

    public override Task EndAsync(SagaScope scope, Thing subject, SagaEnding ending, string? reason, CancellationToken stop) =>
        SetAsync(scope, subject, $"state = '{ending.ToString().ToLowerInvariant()}', reason = coalesce(@reason, reason)", reason);

    private CallStep<Thing> Call(string name, Func<Thing, string>? lane) => new(name)
    {
        Connector = _ => "toy",
        Key = (thing, _) => $"{thing.Id}:{name}",
        Lane = lane,
        Send = (scope, _, _) => Task.FromResult(vendor.Send(scope.Key)),
        Look = (scope, _, _) => Task.FromResult(vendor.Look(scope.Key)),
    };

    private static async Task<LocalResult> SetAsync(SagaScope scope, Thing thing, string set, string? reason = null)
    {
        await scope.Connection.ExecuteAsync($"UPDATE toy.thing SET {set} WHERE id = @Id", new { thing.Id, reason }, scope.Transaction);
        return LocalResult.Done;
    }
}

internal sealed class ToyModule(ToyVendor vendor) : Module
{
    public override string Name => "toy";

    public override void AddServices(IHostApplicationBuilder builder)
    {
        builder.Services.AddSingleton(vendor);
        builder.Services.AddSaga<ToySaga, Thing>();
    }
}
