using System.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using Rialto.Platform.Gateway.Firewall;
using Rialto.Platform.Gateway.Forwarding;
using Rialto.Platform.Identity;

namespace Rialto.Platform.Gateway.Requests;

/// <summary>Measures every request from the first middleware to the last byte, and says under which id to ask about it.</summary>
internal sealed class RequestMeter(RequestDelegate next, RequestRecords records, TimeProvider clock)
{
    // An address that no endpoint has is counted together: its text is the caller's invention.
    private const string NoRoute = "(none)";

    public async Task InvokeAsync(HttpContext context)
    {
        var began = clock.GetTimestamp();
        var body = new CountedBody(context.Features.GetRequiredFeature<IHttpResponseBodyFeature>());
        context.Features.Set<IHttpResponseBodyFeature>(body);
        var activity = Activity.Current;
        context.Response.Headers["X-Request-Id"] = activity?.TraceId.ToHexString() ?? context.TraceIdentifier;
        // A middleware further in may replace the endpoint's answer, not the endpoint.
        try
        {
            await next(context);
        }
        finally
        {
            records.Add(Of(context, clock.GetElapsedTime(began), body.Count, activity));
        }
    }

    private RequestRecord Of(HttpContext context, TimeSpan duration, long bytes, Activity? activity)
    {
        var caller = context.CallerOrNull();
        var endpoint = context.GetEndpoint();
        var outcome = context.Features.Get<UpstreamOutcome>();
        return new RequestRecord(
            caller?.Organization ?? 0, caller?.Application ?? 0, clock.GetUtcNow() - duration, MethodOf(context.Request.Method),
            (endpoint as RouteEndpoint)?.RoutePattern.RawText ?? NoRoute,
            context.Response.StatusCode, duration, context.Request.ContentLength ?? 0, bytes, caller?.Credential ?? "",
            outcome is null ? "" : $"{outcome.Route}/{outcome.Upstream}", outcome?.Time ?? TimeSpan.Zero,
            context.Features.Get<FirewallHit>() is { } hit ? $"{(hit.Blocked ? "block" : "detect")}:{hit.Rule}" : "", activity?.TraceId ?? default);
    }

    private static string MethodOf(string method) =>
        method is "GET" or "POST" or "PUT" or "PATCH" or "DELETE" or "HEAD" or "OPTIONS" ? method : "OTHER";
}
