using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.OutputCaching;
using Microsoft.Extensions.Primitives;
using Rialto.Platform.Identity;

namespace Rialto.Platform.Gateway.Forwarding;

/// <summary>
/// Keeps good answers to GET and HEAD for a while. The framework's own rule never keeps an answer to a request with credentials; here each caller has
/// his own copy, unless the route is open to all. What the upstream says about keeping wins: no-store, no-cache, a Vary we do not know, a cookie.
/// </summary>
internal sealed class RouteCache(TimeSpan keep, bool shared) : IOutputCachePolicy
{
    private static readonly string[] VariesBy = ["Accept", "Accept-Encoding", "Accept-Language", "Origin", "Range"];

    public ValueTask CacheRequestAsync(OutputCacheContext context, CancellationToken cancellation)
    {
        var request = context.HttpContext.Request;
        var reads = (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method)) && request.Headers.Upgrade.Count == 0 && request.Headers.Range.Count == 0;
        context.EnableOutputCaching = reads;
        context.AllowCacheLookup = reads;
        context.AllowCacheStorage = reads;
        context.AllowLocking = reads;
        context.ResponseExpirationTimeSpan = keep;
        context.CacheVaryByRules.QueryKeys = "*";
        context.CacheVaryByRules.HeaderNames = VariesBy;
        if (!shared) context.CacheVaryByRules.VaryByValues["caller"] = CallerKey(context.HttpContext);
        return ValueTask.CompletedTask;
    }

    public ValueTask ServeFromCacheAsync(OutputCacheContext context, CancellationToken cancellation) => ValueTask.CompletedTask;

    public ValueTask ServeResponseAsync(OutputCacheContext context, CancellationToken cancellation)
    {
        var response = context.HttpContext.Response;
        var control = response.Headers.CacheControl.ToString();
        context.AllowCacheStorage = response.StatusCode == StatusCodes.Status200OK
            && StringValues.IsNullOrEmpty(response.Headers.SetCookie)
            && !control.Contains("no-store", StringComparison.OrdinalIgnoreCase) && !control.Contains("no-cache", StringComparison.OrdinalIgnoreCase)
            && !(shared && control.Contains("private", StringComparison.OrdinalIgnoreCase))
            && response.Headers.Vary.ToString().Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).All(name => VariesBy.Contains(name, StringComparer.OrdinalIgnoreCase));
        return ValueTask.CompletedTask;
    }

    private static string CallerKey(HttpContext context) => context.CallerOrNull() is { } caller ? $"{caller.Kind}:{caller.Id}:{string.Join(',', caller.Permissions.Order(StringComparer.Ordinal))}" : "";
}
