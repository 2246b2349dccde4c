using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Polly.CircuitBreaker;
using Rialto.Platform.Configuration;
using Rialto.Platform.Health;

namespace Rialto.Platform.Connectors;

/// <summary>Every connector of this process by its name.</summary>
public sealed class ConnectorSet : IDisposable
{
    private readonly Dictionary<string, Connector> _connectors = new(StringComparer.Ordinal);

    internal ConnectorSet(IEnumerable<Vendor> vendors, ConnectorContext context, Func<string, Configured<ConnectorSettings>> settingsOf)
    {
        foreach (var vendor in vendors)
        {
            settingsOf(DocumentOf(vendor.Name)).Follow((settings, revision) =>
            {
                if (_connectors.TryGetValue(vendor.Name, out var connector)) connector.Use(settings, revision);
                else _connectors.Add(vendor.Name, new Connector(vendor, context, settings, revision));
            });
        }
    }

    public IReadOnlyCollection<Connector> All => _connectors.Values;

    /// <exception cref="KeyNotFoundException">Nobody added such a connector.</exception>
    public Connector this[string name] => _connectors[name];

    public Connector? Find(string name) => _connectors.GetValueOrDefault(name);

    public void Dispose()
    {
        foreach (var connector in _connectors.Values) connector.Dispose();
    }

    internal static string DocumentOf(string vendor) => "connectors/" + vendor;
}

public static class ConnectorServices
{
    /// <summary>Adds a vendor: its connector, its configuration document <c>connectors/{name}</c>, its breaker, its record of calls.</summary>
    public static IServiceCollection AddConnector(this IServiceCollection services, Vendor vendor)
    {
        // Two modules may use one vendor; it is one connector.
        if (services.Any(service => service.ImplementationInstance is Vendor known && known.Name == vendor.Name)) return services;
        return services.AddSingleton(vendor).AddConfigured(ConnectorSet.DocumentOf(vendor.Name), vendor.Initial, settings => settings.Problems());
    }

    internal static void AddConnectors(this IServiceCollection services)
    {
        services.AddSingleton<SimulatorAddresses>();
        services.AddSingleton<ExternalCalls>();
        services.AddHostedService(provider => provider.GetRequiredService<ExternalCalls>());
        services.AddSingleton<ConnectorStates>();
        services.AddHostedService(provider => provider.GetRequiredService<ConnectorStates>());
        services.AddSingleton<ConnectorContext>();
        services.AddSingleton(provider => new ConnectorSet(
            provider.GetServices<Vendor>(), provider.GetRequiredService<ConnectorContext>(),
            name => provider.GetRequiredKeyedService<Configured<ConnectorSettings>>(name)));
        services.AddSingleton(provider => new ConnectorReport(
            provider.GetRequiredService<ConnectorSet>(), provider.GetRequiredService<ConnectorStates>(), provider.GetRequiredService<NpgsqlDataSource>(), provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<IHealthPart, ConnectorsHealth>();
    }
}

/// <summary>A vendor that is down degrades what needs it; the node goes on serving.</summary>
internal sealed class ConnectorsHealth(ConnectorSet connectors) : IHealthPart
{
    public string Name => "connectors";

    public ValueTask<PartHealth> CheckAsync(CancellationToken stop)
    {
        var open = connectors.All.Where(connector => connector.Breaker is CircuitState.Open or CircuitState.HalfOpen).Select(connector => connector.Name).ToArray();
        return ValueTask.FromResult(open.Length == 0
            ? PartHealth.Ready($"{connectors.All.Count} vendors, no breaker open")
            : PartHealth.Degraded($"breaker open: {string.Join(", ", open)}"));
    }
}
