using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Rialto.Platform.Audit;
using Rialto.Platform.Configuration;
using Rialto.Platform.Gateway.Firewall;
using Rialto.Platform.Gateway.Forwarding;
using Rialto.Platform.Gateway.Idempotency;
using Rialto.Platform.Gateway.Plans;
using Rialto.Platform.Gateway.Requests;

namespace Rialto.Platform.Gateway;

/// <summary>The gateway's parts, and their places in the way of a request.</summary>
internal static class GatewayServices
{
    private const long CacheBytesMax = 64 << 20;
    private const long CachedBodyBytesMax = 1 << 20;

    public static void AddGateway(this IServiceCollection services, Settings settings)
    {
        services.AddSingleton<AuditLog>();
        services.AddSingleton(_ => AddressGuard.Allowing(settings.UpstreamAllow));
        services.AddConfigured(RouteSet.Document, new RouteSet(), RouteSet.Check);
        services.AddConfigured(FirewallDefinition.Document, new FirewallDefinition(), FirewallDefinition.Check);
        services.AddSingleton<RouteEndpoints>();
        services.AddSingleton(provider => new RouteTable(
            provider.GetRequiredKeyedService<Configured<RouteSet>>(RouteSet.Document), provider.GetRequiredService<RouteEndpoints>(),
            provider.GetRequiredService<AddressGuard>(), provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton(provider => new FirewallRules(
            provider.GetRequiredKeyedService<Configured<FirewallDefinition>>(FirewallDefinition.Document), provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<PlanLimiter>();
        services.AddSingleton<UsagePlans>();
        services.AddHostedService(provider => provider.GetRequiredService<UsagePlans>());
        services.AddSingleton<IdempotencyKeys>();
        services.AddHostedService<IdempotencyExpiry>();
        services.AddSingleton<RequestRecords>();
        services.AddHostedService(provider => provider.GetRequiredService<RequestRecords>());
        services.AddCors();
        services.AddOutputCache(cache => (cache.SizeLimit, cache.MaximumBodySize) = (CacheBytesMax, CachedBodyBytesMax));
    }

    /// <summary>Before everything: what comes in is measured, and looked at by the firewall.</summary>
    public static void UseGatewayEntrance(this IApplicationBuilder app)
    {
        app.UseMiddleware<RequestMeter>();
        app.UseMiddleware<FirewallGate>();
    }

    /// <summary>After the caller is known and allowed: his plan, his idempotency key, kept answers.</summary>
    public static void UseGatewayPolicies(this IApplicationBuilder app)
    {
        app.UseMiddleware<AuditGate>();
        app.UseMiddleware<PlanGate>();
        app.UseMiddleware<IdempotencyGate>();
        app.UseOutputCache();
    }

    public static void MapGatewayRoutes(this IEndpointRouteBuilder routes)
    {
        // Made here, so that the routes follow the configuration from the start.
        _ = routes.ServiceProvider.GetRequiredService<RouteTable>();
        _ = routes.ServiceProvider.GetRequiredService<FirewallRules>();
        routes.DataSources.Add(routes.ServiceProvider.GetRequiredService<RouteEndpoints>());
    }
}
