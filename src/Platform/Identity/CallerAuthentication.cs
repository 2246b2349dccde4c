using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Rialto.Platform.Identity.Programs;
using Rialto.Platform.Problems;

namespace Rialto.Platform.Identity;

/// <summary>
/// Establishes the caller: a bearer token or an API key when one is presented, else the session cookie. A wrong one never falls back to the cookie.
/// </summary>
internal sealed class CallerAuthentication(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory loggers, UrlEncoder encoder, ApiKeys keys, AccessTokens tokens, Sessions sessions)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, loggers, encoder)
{
    private static readonly object WrongKeyPresented = new();
    private static readonly object CrossSite = new();

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        if (PresentedKey.Of(Request) is { } presented)
        {
            if (AccessTokens.IsOne(presented))
            {
                if (await tokens.FindAsync(presented) is { } bearer) return Success(bearer.Principal);
            }
            else if (await keys.FindAsync(presented) is { } key)
            {
                return Success(key.Principal);
            }
            Context.Items[WrongKeyPresented] = true;
            return AuthenticateResult.Fail("The key is wrong, expired or revoked.");
        }
        if (Request.Cookies[Sessions.Cookie] is not { Length: > 0 } token) return AuthenticateResult.NoResult();
        if (IsForgedAcrossSites())
        {
            Context.Items[CrossSite] = true;
            return AuthenticateResult.Fail("A cookie does not authenticate a request that another site made.");
        }
        if (await sessions.FindAsync(token) is not { } session) return AuthenticateResult.NoResult();
        Context.Features.Set(session);
        return Success(session.Principal);
    }

    private AuthenticateResult Success(System.Security.Claims.ClaimsPrincipal principal) => AuthenticateResult.Success(new AuthenticationTicket(principal, Scheme.Name));

    /// <summary>
    /// SameSite=Strict already keeps the cookie from such requests; this is the second wall for what changes something or opens a WebSocket.
    /// Browsers send Sec-Fetch-Site; older ones at least Origin; programs send neither and hold no cookie they were not given.
    /// </summary>
    private bool IsForgedAcrossSites()
    {
        var reads = HttpMethods.IsGet(Request.Method) || HttpMethods.IsHead(Request.Method);
        if (reads && Request.Headers.Upgrade.Count == 0) return false;
        if (Request.Headers["Sec-Fetch-Site"] is [{ Length: > 0 } site]) return site is not ("same-origin" or "none");
        return Request.Headers.Origin is [{ Length: > 0 } origin]
            && !(Uri.TryCreate(origin, UriKind.Absolute, out var from) && from.Authority.Equals(Request.Host.Value, StringComparison.OrdinalIgnoreCase));
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties) => ChallengeAsync(Context);

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
