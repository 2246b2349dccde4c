using Microsoft.AspNetCore.Http;
using Rialto.Platform.Identity;

namespace Rialto.Platform.Gateway.Forwarding;

/// <summary>A revision of a route in force on this node.</summary>
internal sealed class ActiveRoute(string name, long revision, RouteDefinition definition, UpstreamPool pool)
{
    public string Name { get; } = name;

    public long Revision { get; } = revision;

    public RouteDefinition Definition { get; } = definition;

    public UpstreamPool Pool { get; } = pool;

    /// <summary>How many segments of the path are the route's own.</summary>
    public int Segments { get; } = definition.Path.Count(c => c == '/');

    public string? StickyKey(HttpContext context) => Definition.Sticky switch
    {
        "caller" => context.CallerOrNull()?.Id.ToString() ?? context.Connection.RemoteIpAddress?.ToString(),
        "address" => context.Connection.RemoteIpAddress?.ToString(),
        ['h', 'e', 'a', 'd', 'e', 'r', ':', .. var header] => context.Request.Headers[header].ToString() is { Length: > 0 } value ? value : null,
        _ => null,
    };
}
