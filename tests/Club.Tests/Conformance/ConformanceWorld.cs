using System.Collections.Concurrent;
using Rialto.Fixtures;

namespace Rialto.Club.Tests.Conformance;

/// <summary>One world for all connectors, in which only the kit calls vendors.</summary>
public sealed class ConformanceWorld(PostgresFixture postgres) : IAsyncLifetime
{
    private readonly ConcurrentDictionary<(string Connector, string Member), string> _atVendor = new();

    internal World World { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        World = await World.StartAsync(postgres, timeoutMs: 20_000);
        // What the club would do about an event is no matter of the kit.
        foreach (var vendor in World.Outside.Vendors) vendor.Webhooks.Endpoints = [];
    }

    public async ValueTask DisposeAsync() => await World.DisposeAsync();

    /// <summary>The vendor's own name of an operation; null while it has not been played.</summary>
    internal string? OperationAtVendor(string connector, string member) => _atVendor.GetValueOrDefault((connector, member));

    internal void Remember(string connector, string member, string operation) => _atVendor[(connector, member)] = operation;
}

/// <summary>The connectors share a world, so they take turns.</summary>
[CollectionDefinition(Name)]
public sealed class ConformanceGroup : ICollectionFixture<ConformanceWorld>
{
    public const string Name = "conformance";
}
