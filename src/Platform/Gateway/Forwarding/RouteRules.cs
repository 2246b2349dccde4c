using Rialto.Platform.Identity;

namespace Rialto.Platform.Gateway.Forwarding;

/// <summary>What is wrong with one field of a definition, in words for its author.</summary>
internal sealed record RouteMistake(string Field, string Message);

/// <summary>The checks between draft and active.</summary>
internal static class RouteRules
{
    private const int UpstreamsMax = 32;
    private const int WeightMax = 10_000;
    private const long BodyBytesLimit = 1L << 30;
    private const int TimeoutMsMax = 600_000;
    private const int CacheSecondsMax = 86_400;
    private const int RetriesMax = 3;

    /// <summary>First words of the product's own addresses, pages and files, which a route must not take over, whether or not the module behind them runs.</summary>
    private static readonly string[] Reserved =
    [
        "api", "hubs", "v1", "openapi", "health", "oauth",
        "_alias", "_bulk", "_cluster", "_component_template", "_data_stream", "_ilm", "_index_template", "_ingest", "_license", "_nodes", "_template", "_xpack",
        "assets", "index.html", "favicon.svg", "first-paint.js", "sign-in", "welcome", "account", "status", "admin", "developers",
        "logs", "store", "pos", "club", "messaging", "forecast", "insights",
    ];

    public static bool IsReserved(string segment) => Reserved.Contains(segment, StringComparer.OrdinalIgnoreCase);

    public static IEnumerable<RouteMistake> Check(RouteDefinition route)
    {
        if (route.Name.Length is 0 or > 60 || !route.Name.All(c => char.IsAsciiLetterOrDigit(c) || c == '-')) yield return new("name", "A route's name is 1 to 60 letters, digits and dashes.");
        foreach (var mistake in CheckPath(route)) yield return mistake;
        foreach (var mistake in CheckUpstreams(route)) yield return mistake;
        foreach (var mistake in CheckAccess(route)) yield return mistake;
        foreach (var mistake in CheckLimits(route)) yield return mistake;
    }

    private static IEnumerable<RouteMistake> CheckPath(RouteDefinition route)
    {
        var segments = route.Path.Split('/');
        if (segments.Length < 2 || segments[0].Length > 0 || segments[1..].Any(segment => segment.Length == 0 || !segment.All(IsPathCharacter) || segment.All(c => c == '.')))
            yield return new("path", "The path is one or more segments of letters, digits and - _ . ~, such as /weather/v1.");
        else if (IsReserved(segments[1]))
            yield return new("path", $"/{segments[1]} belongs to Rialto itself; choose another first segment.");
        foreach (var host in route.Hosts)
        {
            if (Uri.CheckHostName(host) is UriHostNameType.Unknown) yield return new("hosts", $"\"{host}\" is not a host name.");
        }
        foreach (var method in route.Methods)
        {
            if (method.Length is 0 or > 20 || !method.All(char.IsAsciiLetterUpper) || method is "CONNECT" or "TRACE") yield return new("methods", $"\"{method}\" cannot be forwarded.");
        }
    }

    private static bool IsPathCharacter(char c) => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' or '~';

    private static IEnumerable<RouteMistake> CheckUpstreams(RouteDefinition route)
    {
        if (route.Upstreams.Count is 0 or > UpstreamsMax) yield return new("upstreams", $"A route needs 1 to {UpstreamsMax} upstreams.");
        else if (route.Upstreams.All(upstream => upstream.Weight <= 0)) yield return new("upstreams", "At least one upstream needs a weight above 0.");
        foreach (var upstream in route.Upstreams)
        {
            if (upstream.Weight is < 0 or > WeightMax) yield return new("upstreams.weight", $"A weight is 0 to {WeightMax}.");
            if (!Uri.TryCreate(upstream.Address, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
                yield return new("upstreams.address", $"\"{upstream.Address}\" is not an address such as http://host:8000.");
            else if (address.UserInfo.Length > 0 || address.Query.Length > 0 || address.Fragment.Length > 0)
                yield return new("upstreams.address", "An upstream's address has no user, query or fragment.");
        }
        if (route.Upstreams.DistinctBy(upstream => upstream.Address).Count() != route.Upstreams.Count) yield return new("upstreams.address", "Two upstreams have the same address.");
    }

    private static IEnumerable<RouteMistake> CheckAccess(RouteDefinition route)
    {
        if (route.Permission is { } permission && !Permission.All.Contains(permission)) yield return new("permission", $"\"{permission}\" is not a permission.");
        if (route is { Anonymous: true, Permission: not null }) yield return new("anonymous", "A route that anybody may call cannot demand a permission.");
        if (route.Sticky is not ("none" or "caller" or "address") && !(route.Sticky.StartsWith("header:", StringComparison.Ordinal) && IsToken(route.Sticky[7..])))
            yield return new("sticky", "Sticky is none, caller, address or header:name.");
        foreach (var origin in route.CorsOrigins)
        {
            if (!Uri.TryCreate(origin, UriKind.Absolute, out var site) || site.GetLeftPart(UriPartial.Authority) != origin)
                yield return new("corsOrigins", $"\"{origin}\" is not an origin such as https://shop.example. A star is not taken: it would open the route to every site.");
        }
    }

    private static bool IsToken(string name) => name.Length is > 0 and <= 60 && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-');

    private static IEnumerable<RouteMistake> CheckLimits(RouteDefinition route)
    {
        if (route.Retries is < 0 or > RetriesMax) yield return new("retries", $"Retries is 0 to {RetriesMax}.");
        if (route.CacheSeconds is < 0 or > CacheSecondsMax) yield return new("cacheSeconds", $"Cache seconds is 0 to {CacheSecondsMax}.");
        if (route.BodyBytesMax is < 0 or > BodyBytesLimit) yield return new("bodyBytesMax", $"The largest body is 0 to {BodyBytesLimit} bytes.");
        var timeouts = route.Timeouts;
        if (IsNoTimeout(timeouts.ConnectMs) || IsNoTimeout(timeouts.FirstByteMs) || IsNoTimeout(timeouts.IdleMs)) yield return new("timeouts", $"A timeout is 1 to {TimeoutMsMax} ms.");
        if (route.Health is not { } health) yield break;
        if (IsNoTimeout(health.TimeoutMs) || health.IntervalMs is < 100 or > TimeoutMsMax) yield return new("health", $"The interval is 100 to {TimeoutMsMax} ms, the timeout 1 to {TimeoutMsMax} ms.");
        if (!health.Path.StartsWith('/') || health.Path.Length > 200) yield return new("health.path", "The health path begins with /.");
    }

    private static bool IsNoTimeout(int milliseconds) => milliseconds is < 1 or > TimeoutMsMax;

}
