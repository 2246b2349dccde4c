using System.Text.Json;
using System.Text.Json.Serialization;

namespace Rialto.Platform.Gateway.Forwarding;

/// <summary>
/// One route to an external service, as an administrator writes it. Everything is optional but name, path and one upstream.
/// </summary>
internal sealed record RouteDefinition
{
    /// <summary>Shown in lists and metrics; letters, digits and dashes.</summary>
    public string Name { get; init; } = "";

    /// <summary>Prefix such as <c>/weather</c>; it takes the path itself and everything below.</summary>
    public string Path { get; init; } = "";

    /// <summary>Host names the route answers to; none = all.</summary>
    public IReadOnlyList<string> Hosts { get; init; } = [];

    /// <summary>HTTP methods; none = all.</summary>
    public IReadOnlyList<string> Methods { get; init; } = [];

    public IReadOnlyList<UpstreamDefinition> Upstreams { get; init; } = [];

    /// <summary>The upstream does not see the prefix.</summary>
    public bool StripPath { get; init; } = true;

    /// <summary>The upstream sees the host name that the client asked for, not its own.</summary>
    public bool PreserveHost { get; init; }

    /// <summary>The permission a caller needs; null = any signed-in caller or key. See <see cref="Anonymous"/>.</summary>
    public string? Permission { get; init; }

    /// <summary>Anybody may call; then no permission can be demanded.</summary>
    public bool Anonymous { get; init; }

    /// <summary>Name of a usage plan that holds for each caller of this route, besides the plan of his key.</summary>
    public string? Plan { get; init; }

    public TimeoutsDefinition Timeouts { get; init; } = new();

    /// <summary>Null = the upstream counts as healthy until calls to it fail.</summary>
    public HealthDefinition? Health { get; init; }

    /// <summary>Who keeps the same upstream: <c>none</c>, <c>caller</c>, <c>address</c> or <c>header:name</c>.</summary>
    public string Sticky { get; init; } = "none";

    /// <summary>How many other attempts a request may have where that is safe. 0 to 3.</summary>
    public int Retries { get; init; } = 1;

    /// <summary>Answers to GET are kept for this long, for each caller unless the route is anonymous; 0 = not.</summary>
    public int CacheSeconds { get; init; }

    public long BodyBytesMax { get; init; } = 10 * 1024 * 1024;

    /// <summary>WebSocket connections pass.</summary>
    public bool WebSockets { get; init; }

    /// <summary>Origins of other sites whose pages may call this route.</summary>
    public IReadOnlyList<string> CorsOrigins { get; init; } = [];

    public static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };
}

internal sealed record UpstreamDefinition
{
    /// <summary><c>http</c> or <c>https</c>, host, port and perhaps a path to put in front.</summary>
    public string Address { get; init; } = "";

    /// <summary>Share of the requests, against the sum of all weights. 0 = none, kept for later.</summary>
    public int Weight { get; init; } = 100;

    /// <summary>Shown in metrics, for example <c>v2</c>.</summary>
    public string? Label { get; init; }
}

/// <summary>In milliseconds.</summary>
internal sealed record TimeoutsDefinition
{
    public int ConnectMs { get; init; } = 2_000;

    /// <summary>From the last byte of the request that was sent to the first of the answer.</summary>
    public int FirstByteMs { get; init; } = 30_000;

    /// <summary>Between two pieces of the answer, or of a WebSocket.</summary>
    public int IdleMs { get; init; } = 60_000;
}

internal sealed record HealthDefinition
{
    public string Path { get; init; } = "/health";

    public int IntervalMs { get; init; } = 5_000;

    public int TimeoutMs { get; init; } = 2_000;
}
