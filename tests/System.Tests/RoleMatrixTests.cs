using System.Net;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Rialto.Fixtures;
using Rialto.Platform;
using Rialto.Platform.Hosting;
using Rialto.Platform.Identity;

namespace Rialto.System.Tests;

/// <summary>
/// Tries every route of every module as every built-in role, and as nobody, through the real authorization. The handlers are taken out: whether somebody may
/// call one is decided before it, and what it would do is tested elsewhere. What is expected stands in <c>routes.txt</c>, written by hand: a route that is not there fails.
/// </summary>
public sealed class RoleMatrixTests : IAsyncLifetime
{
    private const string Anonymous = "anybody";
    private const string SignedIn = "signed-in";

    private readonly Dictionary<string, string> _table = [];
    private WebApplication _app = null!;
    private HttpClient _client = null!;
    private List<RouteEndpoint> _routes = [];

    public async ValueTask InitializeAsync()
    {
        foreach (var line in await File.ReadAllLinesAsync(Path.Combine(Checkout.Root, "tests/System.Tests/routes.txt")))
        {
            if (line.Length == 0 || line[0] == '#') continue;
            var parts = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            _table.Add($"{parts[0]} {parts[1]}", parts[2]);
        }
        await using var real = RialtoApp.Build(new Settings { Port = 0 }, Host.Modules.All);
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
            context.User = new CallerPrincipal(new Caller
            {
                Kind = CallerKind.User, Id = Guid.Empty, Name = role, Organization = 1, Permissions = Role.PermissionsOf([role], []),
            });
        }
        return next(context);
    }

    private static string AddressOf(RouteEndpoint route) => "/" + string.Join('/', route.RoutePattern.PathSegments.Select(segment => string.Concat(segment.Parts.Select(part => part switch
    {
        RoutePatternLiteralPart literal => literal.Content,
        RoutePatternSeparatorPart separator => separator.Content,
        RoutePatternParameterPart parameter when parameter.ParameterPolicies.Any(policy => policy.Content is "guid") => Guid.Empty.ToString(),
        RoutePatternParameterPart parameter when parameter.ParameterPolicies.Any(policy => policy.Content is "long" or "int") => "1",
        RoutePatternParameterPart => "x",
        _ => "",
    }))));

    private static IEnumerable<string> NamesOf(RouteEndpoint route) =>
        (route.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods is { Count: > 0 } methods ? methods : ["ANY"]).Select(method => $"{method} /{route.RoutePattern.RawText?.Trim('/')}");

    private static string PolicyOf(RouteEndpoint route) =>
        route.Metadata.GetMetadata<IAllowAnonymous>() is not null ? Anonymous
        : route.Metadata.GetOrderedMetadata<PermissionRequirement>() is { Count: > 0 } needed ? string.Join('+', needed.Select(requirement => requirement.Permission).Order(StringComparer.Ordinal))
        : SignedIn;

    private HttpStatusCode Expected(string name, string? role)
    {
        var policy = _table[name];
        if (policy == Anonymous) return HttpStatusCode.NoContent;
        if (role is null) return HttpStatusCode.Unauthorized;
        return policy == SignedIn || policy.Split('+').All(Role.BuiltIn[role].Contains) ? HttpStatusCode.NoContent : HttpStatusCode.Forbidden;
    }

    [Fact]
    public void Every_route_of_every_module_is_in_the_table_and_every_line_of_it_is_a_route()
    {
        var real = _routes.SelectMany(route => NamesOf(route).Select(name => (Name: name, Policy: PolicyOf(route)))).DistinctBy(route => route.Name).ToDictionary(route => route.Name, route => route.Policy);
        real.Where(route => !_table.ContainsKey(route.Key)).Select(route => $"{route.Key} {route.Value}").Order(StringComparer.Ordinal)
            .ShouldBeEmpty("Decide who may call these, and write them into tests/System.Tests/routes.txt:");
        _table.Keys.Where(name => !real.ContainsKey(name)).ShouldBeEmpty("These are no routes any more:");
        // Two permissions that the same roles have look alike to the walk below, and are not alike for roles that an organization makes itself.
        real.Where(route => _table[route.Key] != route.Value).Select(route => $"{route.Key} is {route.Value}, decided was {_table[route.Key]}").ShouldBeEmpty();
    }

    [Fact]
    public async Task Every_route_answers_every_role_as_its_policy_says()
    {
        var wrong = new List<string>();
        var outcomes = new Dictionary<HttpStatusCode, int>();
        foreach (var route in _routes)
        {
            foreach (var name in NamesOf(route).Where(_table.ContainsKey))
            {
                var method = name.Split(' ')[0];
                foreach (var role in Role.BuiltIn.Keys.Prepend(null))
                {
                    using var request = new HttpRequestMessage(new HttpMethod(method == "ANY" ? "GET" : method), AddressOf(route));
                    if (role is not null) request.Headers.Add("X-Role", role);
                    using var answer = await _client.SendAsync(request);
                    outcomes[answer.StatusCode] = outcomes.GetValueOrDefault(answer.StatusCode) + 1;
                    if (answer.StatusCode != Expected(name, role)) wrong.Add($"{role ?? "nobody"}: {name} answered {(int)answer.StatusCode}, expected {(int)Expected(name, role)}");
                }
            }
        }
        wrong.ShouldBeEmpty();
        // Enough of each kind, or the walk has missed something.
        outcomes[HttpStatusCode.NoContent].ShouldBeGreaterThan(500);
        outcomes[HttpStatusCode.Forbidden].ShouldBeGreaterThan(1000);
        outcomes[HttpStatusCode.Unauthorized].ShouldBeGreaterThan(150);
    }
}
