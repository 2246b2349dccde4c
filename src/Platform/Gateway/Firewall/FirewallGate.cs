using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;
using Rialto.Platform.Problems;

namespace Rialto.Platform.Gateway.Firewall;

/// <summary>The rule a request met, for the metrics.</summary>
internal sealed record FirewallHit(string Rule, bool Blocked);

/// <summary>
/// Turns away who is blocked and what meets a rule, before anything else looks at the request. The answer does not say which rule: it is in the log and
/// the metrics, under the same trace.
/// </summary>
internal sealed partial class FirewallGate(RequestDelegate next, FirewallRules firewall, ILogger<FirewallGate> log)
{
    private readonly ILogger _log = log;

    public Task InvokeAsync(HttpContext context)
    {
        if (firewall.IsEmpty || Hit(context) is not { } hit) return next(context);
        context.Features.Set(hit);
        LogHit(hit.Blocked ? "Blocked" : "Detected", hit.Rule, context.Connection.RemoteIpAddress);
        return hit.Blocked
            ? Problem.Of(StatusCodes.Status403Forbidden, "request-blocked", "This request was blocked by a rule of the operator.").ExecuteAsync(context)
            : next(context);
    }

    private FirewallHit? Hit(HttpContext context)
    {
        var address = context.Connection.RemoteIpAddress is { IsIPv4MappedToIPv6: true } mapped ? mapped.MapToIPv4() : context.Connection.RemoteIpAddress;
        if (address is not null && firewall.IsBlocked(address)) return new("blocked-network", Blocked: true);
        if (firewall.Rules.Length == 0) return null;
        var target = WebUtility.UrlDecode(context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget);
        FirewallHit? detected = null;
        foreach (var rule in firewall.Rules)
        {
            if (!rule.Meets(context, address, target)) continue;
            if (rule.Blocks) return new(rule.Name, Blocked: true);
            detected ??= new(rule.Name, Blocked: false);
        }
        return detected;
    }

    [LoggerMessage(LogLevel.Warning, "{What} by firewall rule {Rule}: a request from {Address}")]
    private partial void LogHit(string what, string rule, IPAddress? address);
}
