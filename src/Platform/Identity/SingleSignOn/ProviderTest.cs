using Rialto.Platform.Identity.Administration;

namespace Rialto.Platform.Identity.SingleSignOn;

/// <summary>Tries a provider without a person, step by step, so that an administrator sees what is wrong before people do.</summary>
internal sealed class ProviderTest(ProviderMetadata metadata, ProviderCalls calls)
{
    public async Task<ProviderAdministration.Tested> RunAsync(Provider provider, CancellationToken stop)
    {
        var steps = new List<ProviderAdministration.Step>();
        try
        {
            var configuration = await metadata.ReadAsync(provider.Issuer, stop);
            steps.Add(new("discovery", true, $"{provider.Issuer} answers and calls itself so."));
            steps.Add(new("keys", true, $"{configuration.SigningKeys.Count} keys to check tokens with."));
            var pkce = configuration.CodeChallengeMethodsSupported;
            steps.Add(new("pkce", pkce.Count == 0 || pkce.Contains("S256"), pkce.Count == 0 ? "The provider does not say whether it knows PKCE; it is sent all the same." : $"The provider knows {string.Join(", ", pkce)}."));
            var unknown = provider.Scopes.Where(scope => configuration.ScopesSupported.Count > 0 && !configuration.ScopesSupported.Contains(scope)).ToArray();
            steps.Add(new("scopes", unknown.Length == 0, unknown.Length == 0 ? "The provider knows the scopes." : $"The provider does not name {string.Join(", ", unknown)}."));
            steps.Add(await ClientAsync(provider, stop));
            steps.Add(new("sign-out", true, configuration.EndSessionEndpoint is { Length: > 0 } ? "Signing out here signs out there too." : "The provider offers no sign-out; signing out here ends the session here only."));
        }
        catch (ProviderException exception)
        {
            steps.Add(new(exception.Step, false, exception.Message));
        }
        return new(steps.TrueForAll(step => step.Ok), steps);
    }

    /// <summary>A code that nobody has given: a provider that knows us complains of the code, one that does not complains of us.</summary>
    private async Task<ProviderAdministration.Step> ClientAsync(Provider provider, CancellationToken stop)
    {
        var configuration = await metadata.GetAsync(provider.Issuer, stop);
        var (_, error) = await calls.ExchangeAsync(provider, configuration, "a-code-that-nobody-gave", "https://rialto.invalid/", "a-verifier-that-belongs-to-no-code-0123456789abc", stop);
        return error switch
        {
            "invalid_grant" => new("client", true, "The provider knows our client id and secret."),
            "invalid_client" or "unauthorized_client" => new("client", false, "The provider does not know this client id with this secret."),
            _ => new("client", true, $"The provider answered {error}, which says nothing of our credentials."),
        };
    }
}
