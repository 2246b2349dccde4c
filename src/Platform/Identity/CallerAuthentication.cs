using System.Security.Claims;
using Microsoft.AspNetCore.Http;
using Rialto.Platform.Identity.Programs;
using Rialto.Platform.Problems;

namespace Rialto.Platform.Identity;

/// <summary>
/// Establishes the caller: a bearer token or an API key when one is presented, else the session cookie. A wrong one never falls back to the cookie.
/// A middleware of its own and no scheme of the framework, because it runs on every request: what a known key costs is a hash and a look-up.
/// </summary>
internal sealed class CallerAuthentication(RequestDelegate next, ApiKeys keys, AccessTokens tokens, Sessions sessions)
{
    private static readonly object WrongKeyPresented = new();
    private static readonly object CrossSite = new();

    public Task InvokeAsync(HttpContext context)
    {
        if (PresentedKey.Of(context.Request) is { } presented)
        {
            if (AccessTokens.IsOne(presented)) return WithTokenAsync(context, presented);
            var finding = keys.FindAsync(presented);
            return finding.IsCompletedSuccessfully ? GoOn(context, finding.Result?.Principal) : WithKeyAsync(context, finding);
        }
        if (context.Request.Headers.Cookie.Count == 0 || context.Request.Cookies[Sessions.Cookie] is not { Length: > 0 } token) return next(context);
        if (!IsForgedAcrossSites(context.Request)) return WithCookieAsync(context, token);
        context.Items[CrossSite] = true;
        return next(context);
    }

    private Task GoOn(HttpContext context, ClaimsPrincipal? principal)
    {
        if (principal is null) context.Items[WrongKeyPresented] = true;
        else context.User = principal;
        return next(context);
    }

    private async Task WithTokenAsync(HttpContext context, string presented) => await GoOn(context, (await tokens.FindAsync(presented))?.Principal);

    private async Task WithKeyAsync(HttpContext context, ValueTask<ApiKey?> finding) => await GoOn(context, (await finding)?.Principal);

    private async Task WithCookieAsync(HttpContext context, string token)
    {
        if (await sessions.FindAsync(token) is { } session)
        {
            context.Features.Set(session);
            context.User = session.Principal;
        }
        await next(context);
    }

    /// <summary>
    /// SameSite=Strict already keeps the cookie from such requests; this is the second wall for what changes something or opens a WebSocket.
    /// Browsers send Sec-Fetch-Site; older ones at least Origin; programs send neither and hold no cookie they were not given.
    /// </summary>
    private static bool IsForgedAcrossSites(HttpRequest request)
    {
        var reads = HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method);
        if (reads && request.Headers.Upgrade.Count == 0) return false;
        if (request.Headers["Sec-Fetch-Site"] is [{ Length: > 0 } site]) return site is not ("same-origin" or "none");
        return request.Headers.Origin is [{ Length: > 0 } origin]
            && !(Uri.TryCreate(origin, UriKind.Absolute, out var from) && from.Authority.Equals(request.Host.Value, StringComparison.OrdinalIgnoreCase));
    }

    internal static Task ChallengeAsync(HttpContext context)
    {
        context.Response.Headers.WWWAuthenticate = "Bearer realm=\"rialto\"";
        var problem =
            context.Items.ContainsKey(WrongKeyPresented) ? Problem.Of(StatusCodes.Status401Unauthorized, "wrong-key", "This key is wrong, expired or revoked.")
            : context.Items.ContainsKey(CrossSite) ? Problem.Of(StatusCodes.Status403Forbidden, "cross-site", "Another site made this request; its cookie does not count.")
            : Problem.OfStatus(StatusCodes.Status401Unauthorized);
        return problem.ExecuteAsync(context);
    }
}
