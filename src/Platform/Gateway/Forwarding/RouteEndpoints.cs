using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Cors;
using Microsoft.AspNetCore.Cors.Infrastructure;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Extensions.Primitives;
using Rialto.Platform.Gateway.Plans;
using Rialto.Platform.Identity;

namespace Rialto.Platform.Gateway.Forwarding;

/// <summary>
/// The active routes as endpoints of the framework, so that authorization, plans, CORS, size limits and caching work on them as on our own. The set is
/// replaced as a whole, while requests run.
/// </summary>
internal sealed class RouteEndpoints : EndpointDataSource
{
    // After every endpoint of the product: a route never shadows one.
    private const int Order = 1_000;

    private readonly Lock _lock = new();
    private CancellationTokenSource _changed = new();
    private IReadOnlyList<Endpoint> _endpoints = [];

    public override IReadOnlyList<Endpoint> Endpoints => _endpoints;

    public IReadOnlyList<ActiveRoute> Active { get; private set; } = [];

    public override IChangeToken GetChangeToken()
    {
        lock (_lock) return new CancellationChangeToken(_changed.Token);
    }

    public void Replace(IReadOnlyList<ActiveRoute> routes)
    {
        CancellationTokenSource old;
        lock (_lock)
        {
            Active = routes;
            _endpoints = [.. routes.Select(EndpointOf)];
            (old, _changed) = (_changed, new CancellationTokenSource());
        }
        old.Cancel();
        old.Dispose();
    }

    private static Endpoint EndpointOf(ActiveRoute route)
    {
        var definition = route.Definition;
        var endpoint = new RouteEndpointBuilder(context => Forwarder.ForwardAsync(context, route), RoutePatternFactory.Parse(definition.Path + "/{**rest}"), Order)
        {
            DisplayName = "route " + route.Name,
        };
        foreach (var metadata in Metadata(route, definition)) endpoint.Metadata.Add(metadata);
        return endpoint.Build();
    }

    private static IEnumerable<object> Metadata(ActiveRoute route, RouteDefinition definition)
    {
        yield return route;
        yield return new BodySize(definition.BodyBytesMax);
        if (definition.Hosts.Count > 0) yield return new HostAttribute([.. definition.Hosts]);
        if (definition.Methods.Count > 0) yield return new HttpMethodMetadata(definition.Methods, acceptCorsPreflight: definition.CorsOrigins.Count > 0);
        if (definition.Anonymous)
        {
            yield return new AllowAnonymousAttribute();
            yield return new AnonymousReason("The administrator opened this route to everybody.");
        }
        else
        {
            yield return new AuthorizeAttribute();
            var policy = new AuthorizationPolicyBuilder().RequireAuthenticatedUser();
            if (definition.Permission is { } permission)
            {
                var requirement = new PermissionRequirement(permission);
                policy.AddRequirements(requirement);
                yield return requirement;
            }
            yield return policy.Build();
        }
        if (definition.Plan is { } plan) yield return new PlanOfEndpoint(plan);
        if (definition.CorsOrigins.Count > 0)
        {
            yield return new CorsPolicyMetadata(new CorsPolicyBuilder([.. definition.CorsOrigins]).AllowAnyHeader().AllowAnyMethod()
                .WithExposedHeaders("RateLimit", "RateLimit-Policy", "Retry-After").SetPreflightMaxAge(TimeSpan.FromMinutes(10)).Build());
        }
        if (definition.CacheSeconds > 0) yield return new RouteCache(TimeSpan.FromSeconds(definition.CacheSeconds), definition.Anonymous);
    }

    private sealed record BodySize(long? MaxRequestBodySize) : Microsoft.AspNetCore.Http.Metadata.IRequestSizeLimitMetadata;
}
