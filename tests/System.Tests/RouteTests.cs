using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Rialto.Platform;
using Rialto.Platform.Hosting;
using Rialto.Platform.Identity;

namespace Rialto.System.Tests;

/// <summary>Walks the real routes of the product. Composing it touches no file and opens no connection.</summary>
public class RouteTests
{
    private static List<RouteEndpoint> Routes(IEnumerable<string>? modules = null)
    {
        var app = RialtoApp.Build(new Settings { Port = 0, Modules = modules?.ToHashSet() is { } names ? [.. names] : null }, Host.Modules.All);
        return ((IEndpointRouteBuilder)app).DataSources.SelectMany(source => source.Endpoints).OfType<RouteEndpoint>().ToList();
    }

    [Fact]
    public void Every_route_of_every_module_says_who_may_call_it()
    {
        var routes = Routes();
        routes.Count.ShouldBeGreaterThan(50);
        routes.Where(route => !SaysWho(route)).Select(route => route.DisplayName).ShouldBeEmpty("call RequirePermission, RequireSignedIn or AllowAnonymousBecause:");
    }

    [Fact]
    public void Whoever_may_be_anonymous_has_a_reason()
    {
        var open = Routes().Where(route => route.Metadata.GetMetadata<IAllowAnonymous>() is not null).ToList();
        open.ShouldNotBeEmpty();
        open.Where(route => route.Metadata.GetMetadata<AnonymousReason>() is not { Reason.Length: > 20 }).Select(route => route.DisplayName).ShouldBeEmpty("call AllowAnonymousBecause with the reason:");
    }

    [Fact]
    public void Every_subset_of_modules_can_be_composed()
    {
        var names = Host.Modules.All.Select(module => module.Name).ToArray();
        var alone = Routes([]).Count;
        for (var subset = 0; subset < 1 << names.Length; subset++)
        {
            var chosen = names.Where((_, bit) => (subset >> bit & 1) == 1).ToArray();
            Routes(chosen).Count.ShouldBeGreaterThan(chosen.Length == 0 ? alone - 1 : alone, string.Join(',', chosen));
        }
    }

    private static bool SaysWho(RouteEndpoint route) =>
        route.Metadata.GetMetadata<PermissionRequirement>() is not null
        || route.Metadata.GetMetadata<AnonymousReason>() is not null
        || route.Metadata.GetOrderedMetadata<AuthorizationPolicy>().Any(policy => policy.Requirements.Count > 0);
}
