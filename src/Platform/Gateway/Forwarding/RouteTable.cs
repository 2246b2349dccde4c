using System.Text.Json;
using Rialto.Platform.Configuration;

namespace Rialto.Platform.Gateway.Forwarding;

/// <summary>The configuration document <c>gateway/routes</c>: all routes to external services, so that a revision is a whole that was tried together.</summary>
internal sealed record RouteSet
{
    public const string Document = "gateway/routes";

    public IReadOnlyList<RouteDefinition> Routes { get; init; } = [];

    public static IEnumerable<string> Check(RouteSet set)
    {
        for (var i = 0; i < set.Routes.Count; i++)
        {
            var route = set.Routes[i];
            foreach (var mistake in RouteRules.Check(route)) yield return $"{route.Name}: {mistake.Field}: {mistake.Message}";
            foreach (var other in set.Routes.Take(i))
            {
                if (other.Name == route.Name) yield return $"{route.Name}: name: Two routes have this name.";
                if (other.Path.Equals(route.Path, StringComparison.OrdinalIgnoreCase) && SharesHost(other, route)) yield return $"{route.Name}: path: The route {other.Name} has this path already.";
            }
        }
    }

    private static bool SharesHost(RouteDefinition one, RouteDefinition other) =>
        one.Hosts.Count == 0 || other.Hosts.Count == 0 || one.Hosts.Intersect(other.Hosts, StringComparer.OrdinalIgnoreCase).Any();
}

/// <summary>Brings the active revision of <see cref="RouteSet"/> to this node's endpoints. A route that did not change keeps its connections and what is known of its upstreams.</summary>
internal sealed class RouteTable
{
    private readonly RouteEndpoints _endpoints;
    private readonly AddressGuard _guard;
    private readonly TimeProvider _clock;
    private readonly Lock _lock = new();

    public RouteTable(Configured<RouteSet> configured, RouteEndpoints endpoints, AddressGuard guard, TimeProvider clock)
    {
        (_endpoints, _guard, _clock) = (endpoints, guard, clock);
        configured.Follow(Apply);
    }

    private void Apply(RouteSet set, long revision)
    {
        lock (_lock)
        {
            var before = _endpoints.Active.ToDictionary(route => Text(route.Definition));
            var next = new List<ActiveRoute>();
            foreach (var definition in set.Routes) next.Add(before.Remove(Text(definition), out var same) ? same : Begin(definition, revision));
            _endpoints.Replace(next);
            foreach (var gone in before.Values) gone.Pool.Dispose();
        }
    }

    private ActiveRoute Begin(RouteDefinition definition, long revision)
    {
        var pool = new UpstreamPool(definition, _guard, _clock);
        pool.StartProbes();
        return new ActiveRoute(definition.Name, revision, definition, pool);
    }

    private static string Text(RouteDefinition definition) => JsonSerializer.Serialize(definition, RouteDefinition.Json);
}
