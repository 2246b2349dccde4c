using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Rialto.Platform.Hosting;
using Rialto.Platform.Identity;

namespace Rialto.Platform.Tests.Gateway;

/// <summary>Walks the real endpoints of the platform; composing the application opens no connection.</summary>
public class PolicyTests
{
    private static List<RouteEndpoint> Endpoints()
    {
        var app = RialtoApp.Build(new Settings { Port = 0 }, []);
        return ((IEndpointRouteBuilder)app).DataSources.SelectMany(source => source.Endpoints).OfType<RouteEndpoint>().ToList();
    }

    [Fact]
    public void Every_endpoint_says_who_may_call_it()
    {
        var endpoints = Endpoints();
        endpoints.Count.ShouldBeGreaterThan(20);
        endpoints.Where(endpoint => endpoint.Metadata.GetMetadata<IAuthorizeData>() is null && endpoint.Metadata.GetMetadata<AnonymousReason>() is null)
            .Select(endpoint => endpoint.DisplayName).ShouldBeEmpty();
    }

    [Fact]
    public void Nobody_changes_anything_under_admin_or_platform_without_a_permission()
    {
        var administrative = Endpoints().Where(endpoint => endpoint.RoutePattern.RawText!.StartsWith("/api/admin/", StringComparison.Ordinal)
            || endpoint.RoutePattern.RawText.StartsWith("/api/platform/", StringComparison.Ordinal)).ToList();
        administrative.Count.ShouldBeGreaterThan(10);
        administrative.Where(endpoint => endpoint.Metadata.GetMetadata<PermissionRequirement>() is null).Select(endpoint => endpoint.DisplayName).ShouldBeEmpty();
    }
}
