using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Matching;
using Rialto.Platform.Identity;

namespace Rialto.Logs.Ingest;

/// <summary>
/// What shippers ask an Elasticsearch before they send: its version, its licence, whether a template, policy or pipeline is there. They get the answer with which
/// they go on to <c>/_bulk</c>, and nothing is stored. Filebeat needs <c>setup.ilm.enabled: false</c> and <c>setup.template.enabled: false</c> to skip most of it.
/// </summary>
internal static class ElasticHandshake
{
    /// <summary>A version every shipper still speaks to, and whose clients check the header that <see cref="Mark"/> sets.</summary>
    private const string Version = "8.15.0";

    public static void Mark(HttpResponse response) => response.Headers["X-Elastic-Product"] = "Elasticsearch";

    public static void MapElasticHandshake(this IEndpointRouteBuilder routes)
    {
        Map(routes, "/", Info).WithMetadata(new ShippersOnly());
        Map(routes, "/_license", () => new { license = new { status = "active", uid = "rialto", type = "basic", mode = "basic", issue_date_in_millis = 0L } });
        Map(routes, "/_xpack", () => new { build = new { }, license = new { status = "active", uid = "rialto", type = "basic", mode = "basic" }, features = new { ilm = new { available = true, enabled = false } } });
        Map(routes, "/_cluster/health", () => new { cluster_name = "rialto", status = "green", timed_out = false, number_of_nodes = 1 });
        Map(routes, "/_nodes/http", () => new { cluster_name = "rialto", nodes = new { } });
        foreach (var kind in new[] { "_ilm/policy", "_index_template", "_component_template", "_template", "_ingest/pipeline", "_data_stream", "_alias" })
            MapStored(routes, $"/{kind}/{{name}}");
        MapStored(routes, "/_ilm/policy");
    }

    private static object Info() => new
    {
        name = "rialto",
        cluster_name = "rialto",
        cluster_uuid = "rialto",
        version = new
        {
            number = Version,
            build_flavor = "default",
            build_type = "rialto",
            lucene_version = "9.11.1",
            minimum_wire_compatibility_version = "7.17.0",
            minimum_index_compatibility_version = "7.0.0",
        },
        tagline = "You Know, for Search",
    };

    private static IEndpointConventionBuilder Map(IEndpointRouteBuilder routes, string address, Func<object> answer) =>
        routes.MapMethods(address, [HttpMethods.Get, HttpMethods.Head], (HttpContext context) =>
        {
            Mark(context.Response);
            return TypedResults.Json(answer());
        }).RequirePermission(Permission.LogsWrite).ExcludeFromDescription();

    /// <summary>Whatever a shipper wants to put there is acknowledged and forgotten; whatever it looks for is there.</summary>
    private static void MapStored(IEndpointRouteBuilder routes, string address)
    {
        Map(routes, address, () => new { });
        routes.MapMethods(address, [HttpMethods.Put, HttpMethods.Post], (HttpContext context) =>
        {
            Mark(context.Response);
            return TypedResults.Json(new { acknowledged = true });
        }).RequirePermission(Permission.LogsWrite).ExcludeFromDescription();
    }

    /// <summary>Marks the endpoint at the root, which otherwise is the web application's.</summary>
    internal sealed record ShippersOnly;

    /// <summary>Gives the root to shippers, who present a key, and leaves it to browsers, who ask for HTML.</summary>
    internal sealed class RootPolicy : MatcherPolicy, IEndpointSelectorPolicy
    {
        public override int Order => 0;

        public bool AppliesToEndpoints(IReadOnlyList<Endpoint> endpoints) => endpoints.Any(endpoint => endpoint.Metadata.GetMetadata<ShippersOnly>() is not null);

        public Task ApplyAsync(HttpContext httpContext, CandidateSet candidates)
        {
            var headers = httpContext.Request.Headers;
            var isShipper = (headers.Authorization.Count > 0 || headers.ContainsKey("X-Api-Key"))
                && !headers.Accept.ToString().Contains("text/html", StringComparison.OrdinalIgnoreCase);
            for (var i = 0; i < candidates.Count && !isShipper; i++)
            {
                if (candidates[i].Endpoint.Metadata.GetMetadata<ShippersOnly>() is not null)
                    candidates.SetValidity(i, false);
            }

            return Task.CompletedTask;
        }
    }
}
