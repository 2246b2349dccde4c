using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Rialto.Platform.Identity.Accounts;

namespace Rialto.Platform.Identity.SingleSignOn;

/// <summary>Signing out at the provider too, where it offers that (OpenID Connect RP-Initiated Logout).</summary>
internal sealed class ProviderSignOut(Sessions sessions, ProviderMetadata metadata, Settings settings)
{
    /// <summary>Where the browser ends the provider's session and comes back from; null when there is none.</summary>
    public async Task<string?> AddressAsync(HttpContext context, Guid session, CancellationToken stop)
    {
        if (await sessions.ProviderOfAsync(session, stop) is not { } provider) return null;
        try
        {
            var configuration = await metadata.GetAsync(provider.Issuer, stop);
            return ProviderMetadata.IsSafe(configuration.EndSessionEndpoint)
                ? QueryHelpers.AddQueryString(configuration.EndSessionEndpoint, new Dictionary<string, string?>
                {
                    ["client_id"] = provider.ClientId,
                    ["id_token_hint"] = provider.Token,
                    ["post_logout_redirect_uri"] = Invitations.AddressOf(context, settings) + "/sign-in",
                })
                : null;
        }
        catch (ProviderException)
        {
            // A provider that is away must not keep anybody signed in here.
            return null;
        }
    }
}
