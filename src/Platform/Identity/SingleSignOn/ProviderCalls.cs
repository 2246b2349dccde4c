using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Rialto.Platform.Secrets;

namespace Rialto.Platform.Identity.SingleSignOn;

/// <summary>What is said to a provider from here, not through the browser.</summary>
internal sealed class ProviderCalls(ProviderMetadata metadata, SecretStore secrets)
{
    /// <summary>Exchanges the code. Not tried again: a code is good once.</summary>
    /// <returns>The answer's body, or the provider's error code.</returns>
    public async Task<(JsonElement? Tokens, string? Error)> ExchangeAsync(Provider provider, OpenIdConnectConfiguration configuration, string code, string redirectUri, string verifier, CancellationToken stop)
    {
        var form = new Dictionary<string, string> { ["grant_type"] = "authorization_code", ["code"] = code, ["redirect_uri"] = redirectUri, ["code_verifier"] = verifier };
        using var request = new HttpRequestMessage(HttpMethod.Post, configuration.TokenEndpoint);
        Authenticate(request, form, provider, configuration);
        request.Content = new FormUrlEncodedContent(form);
        using var answer = await SendAsync(request, "token", stop);
        var body = await ReadAsync(answer, stop);
        if (answer.IsSuccessStatusCode && body is { } tokens) return (tokens, null);
        return (null, (body is { } problem ? IdToken.TextOf(problem, "error") : null) ?? "status-" + (int)answer.StatusCode);
    }

    /// <summary>More claims of the person; null when the provider does not give them. Those of another person do not count.</summary>
    public async Task<JsonElement?> UserInfoAsync(OpenIdConnectConfiguration configuration, string accessToken, string subject, CancellationToken stop)
    {
        if (!ProviderMetadata.IsSafe(configuration.UserInfoEndpoint)) return null;
        using var request = new HttpRequestMessage(HttpMethod.Get, configuration.UserInfoEndpoint) { Headers = { Authorization = new AuthenticationHeaderValue("Bearer", accessToken) } };
        using var answer = await SendAsync(request, "userinfo", stop);
        return answer.IsSuccessStatusCode && await ReadAsync(answer, stop) is { } claims && IdToken.TextOf(claims, "sub") == subject ? claims : null;
    }

    private void Authenticate(HttpRequestMessage request, Dictionary<string, string> form, Provider provider, OpenIdConnectConfiguration configuration)
    {
        if (provider.SecretOf(secrets) is not { } secret)
        {
            form["client_id"] = provider.ClientId;
            return;
        }
        var methods = configuration.TokenEndpointAuthMethodsSupported;
        if (methods.Contains("client_secret_post") && !methods.Contains("client_secret_basic"))
        {
            form["client_id"] = provider.ClientId;
            form["client_secret"] = secret;
            return;
        }
        // RFC 6749 2.3.1: each part is form-encoded before.
        var pair = $"{Uri.EscapeDataString(provider.ClientId)}:{Uri.EscapeDataString(secret)}";
        request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(pair)));
    }

    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, string step, CancellationToken stop)
    {
        try
        {
            return await metadata.Http.SendAsync(request, stop);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException || (exception is TaskCanceledException && !stop.IsCancellationRequested))
        {
            throw new ProviderException(step, $"{request.RequestUri} cannot be reached: {exception.GetBaseException().Message}", exception);
        }
    }

    private static async Task<JsonElement?> ReadAsync(HttpResponseMessage answer, CancellationToken stop)
    {
        try
        {
            return JsonSerializer.Deserialize<JsonElement>(await answer.Content.ReadAsStringAsync(stop));
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
