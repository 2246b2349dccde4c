using System.Text;
using Dapper;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Logging;
using Npgsql;
using Rialto.Platform.Identity.Accounts;
using Rialto.Platform.Problems;

namespace Rialto.Platform.Identity.SingleSignOn;

/// <summary>Signing in by a provider: <c>/api/identity/providers</c>. What goes wrong on the way back is shown by the sign-in page: <c>/sign-in?problem=code</c>.</summary>
internal static partial class SingleSignOnEndpoints
{
    /// <param name="Title">For the button.</param>
    public sealed record Offered(string Name, string Title);

    /// <summary>What the provider sends the browser back with.</summary>
    public sealed record Answer(string? Code, string? State, string? Error, string? Iss);

    public static void MapSingleSignOn(this IEndpointRouteBuilder routes)
    {
        var providers = routes.MapGroup("/api/identity/providers").WithTags("Identity");
        providers.MapGet("/", ListAsync).AllowAnonymousBecause("The sign-in page shows a button for each.").WithSummary("Providers by which people can sign in.");
        providers.MapGet("/{name}/start", StartAsync).AllowAnonymousBecause("Whoever signs in is not signed in yet.").WithSummary("Leads the browser to the provider.");
        providers.MapGet("/{name}/callback", CallbackAsync).AllowAnonymousBecause("The provider's answer is the proof.").WithSummary("Where the provider leads the browser back to.");
    }

    private static async Task<IEnumerable<Offered>> ListAsync(NpgsqlDataSource postgres, CancellationToken stop)
    {
        await using var connection = await postgres.OpenConnectionAsync(stop);
        return (await connection.QueryAsync<(string Name, string Title)>(
            "SELECT p.name, p.title FROM identity.provider p JOIN identity.organization o ON o.id = p.organization_id WHERE p.enabled AND o.disabled_at IS NULL ORDER BY p.title"))
            .Select(row => new Offered(row.Name, row.Title));
    }

    private static async Task<Results<RedirectHttpResult, Problem>> StartAsync(
        string name, string? @return, HttpContext context, NpgsqlDataSource postgres, ProviderMetadata metadata, SignOnState states, Settings settings, ILoggerFactory loggers, CancellationToken stop)
    {
        await using var connection = await postgres.OpenConnectionAsync(stop);
        if (await Provider.FindEnabledAsync(connection, name) is not { } provider) return Problem.Of(404, "no-such-provider", "There is no such provider.");
        try
        {
            var configuration = await metadata.GetAsync(provider.Issuer, stop);
            var signOn = states.Begin(context, name, LocalPath(@return), $"{Invitations.AddressOf(context, settings)}/api/identity/providers/{name}/callback");
            context.Response.Headers.CacheControl = "no-store";
            return TypedResults.Redirect(QueryHelpers.AddQueryString(configuration.AuthorizationEndpoint, new Dictionary<string, string?>
            {
                ["response_type"] = "code",
                ["client_id"] = provider.ClientId,
                ["redirect_uri"] = signOn.RedirectUri,
                ["scope"] = string.Join(' ', provider.Scopes),
                ["state"] = signOn.State,
                ["nonce"] = signOn.Nonce,
                ["code_challenge"] = SignOnState.ChallengeOf(signOn.Verifier),
                ["code_challenge_method"] = "S256",
            }));
        }
        catch (ProviderException exception)
        {
            LogUnusable(loggers.CreateLogger("Rialto.Identity"), name, exception.Message);
            return ToSignIn("provider-away");
        }
    }

    private static async Task<RedirectHttpResult> CallbackAsync(
        string name, [AsParameters] Answer answer, HttpContext context, NpgsqlDataSource postgres, ProviderMetadata metadata, ProviderCalls calls, IdToken tokens, SignOnState states,
        SignOnAccounts accounts, Entrance entrance, Sessions sessions, ILoggerFactory loggers, CancellationToken stop)
    {
        context.Response.Headers.CacheControl = "no-store";
        var log = loggers.CreateLogger("Rialto.Identity");
        if (await states.TakeAsync(context, name, answer.State, stop) is not { } signOn) return ToSignIn("sign-on-over");
        await using var connection = await postgres.OpenConnectionAsync(stop);
        if (await Provider.FindEnabledAsync(connection, name) is not { } provider) return ToSignIn("no-such-provider");
        if (answer.Error is not null || answer.Code is not { Length: > 0 } code) return ToSignIn(answer.Error == "access_denied" ? "sign-on-cancelled" : "sign-on-refused");
        // RFC 9207: the answer of another provider must not be taken for this one's.
        if (answer.Iss is not null && answer.Iss != provider.Issuer) return ToSignIn("sign-on-refused");
        try
        {
            var configuration = await metadata.GetAsync(provider.Issuer, stop);
            var (given, error) = await calls.ExchangeAsync(provider, configuration, code, signOn.RedirectUri, signOn.Verifier, stop);
            if (given is not { } granted || IdToken.TextOf(granted, "id_token") is not { } idToken)
            {
                LogRefused(log, name, error ?? "no id_token");
                return ToSignIn("sign-on-refused");
            }
            var (checkedClaims, reason) = await tokens.CheckAsync(idToken, provider, signOn.Nonce, stop);
            if (checkedClaims is not { } found)
            {
                LogRefused(log, name, reason!);
                return ToSignIn("sign-on-refused");
            }
            var claims = Claims.Of(provider, found);
            // Many providers tell the mail address and the groups only when asked with the access token.
            if ((claims.Email is null || claims.Groups.Count == 0) && IdToken.TextOf(granted, "access_token") is { } access && await calls.UserInfoAsync(configuration, access, claims.Subject, stop) is { } more)
                claims = Merged(claims, Claims.Of(provider, more));
            var (user, refusal) = await accounts.FindAsync(provider, claims, context.Connection.RemoteIpAddress?.ToString(), stop);
            if (refusal is not null || await entrance.FindAsync(user!.Value, stop) is not { } account)
            {
                LogRefused(log, name, refusal ?? "account-disabled");
                return ToSignIn(refusal ?? "account-disabled");
            }
            // No second factor here: asking for it is the provider's part.
            await entrance.OpenAsync(context, account, stop, new ProviderSession(provider.Id, Encoding.UTF8.GetBytes(idToken)));
            return TypedResults.LocalRedirect("~" + signOn.Return);
        }
        catch (ProviderException exception)
        {
            LogUnusable(log, name, exception.Message);
            return ToSignIn("provider-away");
        }
    }

    /// <summary>The token's claims are signed; those of the second source only fill in.</summary>
    private static Claims Merged(Claims token, Claims info) => token with
    {
        Email = token.Email ?? info.Email,
        EmailIsVerified = token.Email is null ? info.EmailIsVerified : token.EmailIsVerified || (info.EmailIsVerified && info.Email == token.Email),
        Name = token.Name ?? info.Name,
        Groups = token.Groups.Count > 0 ? token.Groups : info.Groups,
    };

    /// <summary>A path of this installation and nothing else: the sign-in must not lead to another site.</summary>
    internal static string LocalPath(string? path) =>
        path is ['/', ..] && (path.Length == 1 || path[1] is not ('/' or '\\')) && path.Length <= 2000 && !path.Any(c => char.IsControl(c) || c == '\\') && Uri.IsWellFormedUriString(path, UriKind.Relative)
            ? path
            : "/";

    private static RedirectHttpResult ToSignIn(string problem) => TypedResults.LocalRedirect("~/sign-in?problem=" + problem);

    [LoggerMessage(LogLevel.Warning, "Provider {Name} cannot be used: {Reason}")]
    private static partial void LogUnusable(ILogger log, string name, string reason);

    [LoggerMessage(LogLevel.Warning, "A sign-on by provider {Name} was refused: {Reason}")]
    private static partial void LogRefused(ILogger log, string name, string reason);
}
