using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Rialto.Platform.Identity;

namespace Rialto.Platform.Audit;

/// <summary>
/// No administrative action without an entry: whatever changes something under a <c>.manage</c> permission and did not write its own entry, with before
/// and after, gets one here with what was called. It is written after the action; one that dies in between is in the request log only, so actions that
/// matter write their own in their transaction.
/// </summary>
internal sealed class AuditGate(RequestDelegate next, AuditLog audit)
{
    public Task InvokeAsync(HttpContext context)
    {
        var method = context.Request.Method;
        if (HttpMethods.IsGet(method) || HttpMethods.IsHead(method) || HttpMethods.IsOptions(method)) return next(context);
        return context.GetEndpoint() is RouteEndpoint endpoint && endpoint.Metadata.GetMetadata<PermissionRequirement>()?.Permission.EndsWith(".manage", StringComparison.Ordinal) == true
            ? WatchAsync(context, endpoint)
            : next(context);
    }

    private async Task WatchAsync(HttpContext context, RouteEndpoint endpoint)
    {
        await next(context);
        if (context.Response.StatusCode >= StatusCodes.Status400BadRequest || context.Features.Get<AuditWritten>() is not null) return;
        await audit.AppendAloneAsync(context, $"{context.Request.Method.ToLowerInvariant()} {endpoint.RoutePattern.RawText}", "path:" + context.Request.Path, stop: CancellationToken.None);
    }
}

/// <summary>The endpoint has seen to its entry.</summary>
internal sealed class AuditWritten
{
    /// <summary>It wrote its own.</summary>
    public static readonly AuditWritten Done = new();

    /// <summary>It changed nothing: the request repeated one that has its entry.</summary>
    public static readonly AuditWritten Nothing = new();
}
