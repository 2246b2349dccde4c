using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Rialto.Fixtures;
using Rialto.Platform;
using Rialto.Platform.Gateway.Forwarding;
using Rialto.Platform.Hosting;
using Rialto.Platform.Identity;

namespace Rialto.System.Tests;

/// <summary>Walks the real routes of the product. Composing it touches no file and opens no connection.</summary>
public partial class RouteTests
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

    [Fact]
    public async Task What_is_the_products_own_cannot_be_taken_over_by_a_route_to_another_service()
    {
        var pages = Path.Combine(Checkout.Root, "web/src");
        var own = (await File.ReadAllLinesAsync(Path.Combine(Checkout.Root, "tests/System.Tests/routes.txt"))).Where(line => line.Length > 0 && line[0] != '#')
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1])
            .Concat(Directory.GetFiles(pages, "area.ts", SearchOption.AllDirectories).SelectMany(file => Page().Matches(File.ReadAllText(file)).Select(page => page.Groups[1].Value)))
            .Concat(Directory.GetFileSystemEntries(Path.Combine(Checkout.Root, "web/public")).Append("index.html").Select(file => "/" + Path.GetFileName(file)))
            .Select(path => path.Split('/')[1]).Where(word => word.Length > 0 && word[0] != '{').Distinct(StringComparer.Ordinal).ToList();
        own.ShouldContain("api");
        own.ShouldContain("developers");
        own.ShouldContain("first-paint.js");
        own.Where(word => !RouteRules.IsReserved(word)).ShouldBeEmpty("add them to RouteRules:");
        var taking = new RouteDefinition { Name = "own", Path = "/developers", Upstreams = [new UpstreamDefinition { Address = "http://service:8000" }] };
        RouteRules.Check(taking).Single().Field.ShouldBe("path");
        RouteRules.Check(taking with { Path = "/weather" }).ShouldBeEmpty();
    }

    // Not those inside of a room.
    [GeneratedRegex(@"getParentRoute: \(\) => (?!room)\w+,\s+path: '(/[^']*)'")]
    private static partial Regex Page();

    private static bool SaysWho(RouteEndpoint route) =>
        route.Metadata.GetMetadata<PermissionRequirement>() is not null
        || route.Metadata.GetMetadata<AnonymousReason>() is not null
        || route.Metadata.GetOrderedMetadata<AuthorizationPolicy>().Any(policy => policy.Requirements.Count > 0);
}
