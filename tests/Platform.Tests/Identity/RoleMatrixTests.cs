using System.Net;
using System.Security.Claims;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Rialto.Platform.Hosting;
using Rialto.Platform.Identity;

namespace Rialto.Platform.Tests.Identity;

/// <summary>
/// Tries every route of the platform as every built-in role, and as nobody, through the real authorization. The handlers are taken out: whether
/// somebody may call one is decided before it, and what it would do is tested elsewhere. What is expected comes from the roles' permissions and the routes' metadata.
/// </summary>
public sealed class RoleMatrixTests : IAsyncLifetime
{
    private WebApplication _app = null!;
    private HttpClient _client = null!;
    private List<RouteEndpoint> _routes = [];

    public async ValueTask InitializeAsync()
    {
        await using var real = RialtoApp.Build(new Settings { Port = 0 }, []);
        _routes = [.. ((IEndpointRouteBuilder)real).DataSources.SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()];
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrel().UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Services.AddRouting();
        builder.Services.AddRialtoAuthorization();
        builder.Services.AddAuthentication();
        _app = builder.Build();
        _app.Use(BecomeWhoTheHeaderSays);
        _app.UseRouting();
        _app.UseAuthorization();
        ((IEndpointRouteBuilder)_app).DataSources.Add(new DefaultEndpointDataSource(_routes.Select(WithoutHandler)));
        await _app.StartAsync();
        _client = new HttpClient { BaseAddress = new Uri(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()) };
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _app.DisposeAsync();
    }

    private static Endpoint WithoutHandler(RouteEndpoint route) => new RouteEndpoint(
        context =>
        {
            context.Response.StatusCode = StatusCodes.Status204NoContent;
            return Task.CompletedTask;
        },
        route.RoutePattern, route.Order, route.Metadata, route.DisplayName);

    private static Task BecomeWhoTheHeaderSays(HttpContext context, RequestDelegate next)
    {
        if (context.Request.Headers["X-Role"] is [{ Length: > 0 } role])
        {
            context.User = new ClaimsPrincipal(new CallerIdentity(new Caller
            {
                Kind = CallerKind.User, Id = Guid.Empty, Name = role, Organization = 1, Permissions = Role.PermissionsOf([role], []),
            }));
        }
        return next(context);
    }

    private static string AddressOf(RouteEndpoint route) => "/" + string.Join('/', route.RoutePattern.PathSegments.Select(segment => string.Concat(segment.Parts.Select(part => part switch
    {
        Microsoft.AspNetCore.Routing.Patterns.RoutePatternLiteralPart literal => literal.Content,
        Microsoft.AspNetCore.Routing.Patterns.RoutePatternParameterPart parameter when parameter.ParameterPolicies.Any(policy => policy.Content is "guid") => Guid.Empty.ToString(),
        Microsoft.AspNetCore.Routing.Patterns.RoutePatternParameterPart parameter when parameter.ParameterPolicies.Any(policy => policy.Content is "long" or "int") => "1",
        Microsoft.AspNetCore.Routing.Patterns.RoutePatternParameterPart => "x",
        _ => "",
    }))));

    private static HttpStatusCode Expected(RouteEndpoint route, string? role)
    {
        if (route.Metadata.GetMetadata<IAllowAnonymous>() is not null) return HttpStatusCode.NoContent;
        if (role is null) return HttpStatusCode.Unauthorized;
        var needed = route.Metadata.GetOrderedMetadata<PermissionRequirement>();
        return needed.All(requirement => Role.BuiltIn[role].Contains(requirement.Permission)) ? HttpStatusCode.NoContent : HttpStatusCode.Forbidden;
    }

    [Fact]
    public async Task Every_route_answers_every_role_as_its_policy_says()
    {
        var wrong = new List<string>();
        var outcomes = new Dictionary<HttpStatusCode, int>();
        foreach (var route in _routes)
        {
            foreach (var method in route.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? ["GET"])
            {
                foreach (var role in Role.BuiltIn.Keys.Prepend(null))
                {
                    using var request = new HttpRequestMessage(new HttpMethod(method), AddressOf(route));
                    if (role is not null) request.Headers.Add("X-Role", role);
                    using var answer = await _client.SendAsync(request);
                    outcomes[answer.StatusCode] = outcomes.GetValueOrDefault(answer.StatusCode) + 1;
                    if (answer.StatusCode != Expected(route, role)) wrong.Add($"{role ?? "nobody"}: {method} {AddressOf(route)} answered {(int)answer.StatusCode}, expected {(int)Expected(route, role)}");
                }
            }
        }
        wrong.ShouldBeEmpty();
        // Enough of each kind, or the walk has missed something.
        outcomes[HttpStatusCode.NoContent].ShouldBeGreaterThan(100);
        outcomes[HttpStatusCode.Forbidden].ShouldBeGreaterThan(300);
        outcomes[HttpStatusCode.Unauthorized].ShouldBeGreaterThan(50);
    }

    /// <summary>The metadata is what the expectation comes from, so this says by hand what must never be open.</summary>
    [Theory]
    [InlineData("viewer", "GET", "/api/admin/users", HttpStatusCode.Forbidden)]
    [InlineData("developer", "GET", "/api/platform/secrets", HttpStatusCode.Forbidden)]
    [InlineData("organization-admin", "POST", "/api/admin/organizations", HttpStatusCode.Forbidden)]
    [InlineData("organization-admin", "POST", "/api/admin/users/00000000-0000-0000-0000-000000000000/unlock", HttpStatusCode.NoContent)]
    [InlineData("organization-admin", "PUT", "/api/platform/secrets", HttpStatusCode.Forbidden)]
    [InlineData("support", "POST", "/api/admin/keys", HttpStatusCode.Forbidden)]
    [InlineData("customer", "GET", "/api/admin/audit", HttpStatusCode.Forbidden)]
    [InlineData("customer", "GET", "/api/identity/account", HttpStatusCode.NoContent)]
    [InlineData("", "GET", "/api/identity/account", HttpStatusCode.Unauthorized)]
    [InlineData("", "POST", "/oauth/token", HttpStatusCode.NoContent)]
    public async Task What_counts_most_is_said_by_hand(string role, string method, string address, HttpStatusCode expected)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), address);
        if (role.Length > 0) request.Headers.Add("X-Role", role);
        using var answer = await _client.SendAsync(request);
        answer.StatusCode.ShouldBe(expected);
    }
}
