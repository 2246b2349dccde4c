using System.Collections.Concurrent;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;
using Rialto.Platform.Gateway.Forwarding;

namespace Rialto.Platform.Identity.SingleSignOn;

/// <summary>Why a provider cannot be used, for the administrator's eyes.</summary>
internal sealed class ProviderException(string step, string message, Exception? cause = null) : Exception(message, cause)
{
    public string Step { get; } = step;
}

/// <summary>
/// What providers publish of themselves: endpoints and keys. Kept for an hour; asked again at once, but at most every ten seconds, when a token is signed
/// by a key that is not among them, because providers change their keys. All calls go through the guard of addresses: an issuer is text that an
/// administrator typed, and must not lead into this machine.
/// </summary>
internal sealed class ProviderMetadata : IDisposable
{
    private static readonly TimeSpan KeptFor = TimeSpan.FromHours(1);
    private static readonly TimeSpan AskedAtMostEvery = TimeSpan.FromSeconds(10);
    private const int DocumentBytesMax = 256 * 1024;

    private readonly TimeProvider _clock;
    private readonly ConcurrentDictionary<string, Known> _known = new(StringComparer.Ordinal);

    public ProviderMetadata(AddressGuard guard, TimeProvider clock)
    {
        _clock = clock;
        Http = new HttpClient(new SocketsHttpHandler
        {
            ConnectCallback = guard.ConnectAsync,
            // A redirect would be another address that nobody has checked.
            AllowAutoRedirect = false,
            UseProxy = false,
            UseCookies = false,
            ConnectTimeout = TimeSpan.FromSeconds(5),
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        })
        { Timeout = TimeSpan.FromSeconds(10), MaxResponseContentBufferSize = DocumentBytesMax };
    }

    /// <summary>For everything that is said to a provider.</summary>
    public HttpClient Http { get; }

    private sealed record Known(OpenIdConnectConfiguration Configuration, long ReadAt);

    /// <exception cref="ProviderException">It cannot be read, or is not what it says.</exception>
    public async Task<OpenIdConnectConfiguration> GetAsync(string issuer, CancellationToken stop) =>
        _known.TryGetValue(issuer, out var known) && _clock.GetElapsedTime(known.ReadAt) < KeptFor ? known.Configuration : await ReadAsync(issuer, stop);

    /// <summary>After a token was signed by an unknown key; null when this was asked a moment ago.</summary>
    public async Task<OpenIdConnectConfiguration?> RefreshAsync(string issuer, CancellationToken stop) =>
        _known.TryGetValue(issuer, out var known) && _clock.GetElapsedTime(known.ReadAt) < AskedAtMostEvery ? null : await ReadAsync(issuer, stop);

    public async Task<OpenIdConnectConfiguration> ReadAsync(string issuer, CancellationToken stop)
    {
        var configuration = OpenIdConnectConfiguration.Create(await DocumentAsync("discovery", issuer.TrimEnd('/') + "/.well-known/openid-configuration", stop));
        // Without this a provider could speak for another one (mix-up).
        if (configuration.Issuer != issuer) throw new ProviderException("issuer", $"The provider calls itself {configuration.Issuer}, not {issuer}.");
        foreach (var (name, address) in new[]
                 {
                     ("authorization_endpoint", configuration.AuthorizationEndpoint), ("token_endpoint", configuration.TokenEndpoint), ("jwks_uri", configuration.JwksUri),
                 })
        {
            if (!IsSafe(address)) throw new ProviderException("discovery", $"The provider's {name} is not an https address.");
        }
        var keys = new JsonWebKeySet(await DocumentAsync("keys", configuration.JwksUri, stop));
        foreach (var key in keys.GetSigningKeys()) configuration.SigningKeys.Add(key);
        if (configuration.SigningKeys.Count == 0) throw new ProviderException("keys", "The provider publishes no key that tokens could be checked with.");
        _known[issuer] = new Known(configuration, _clock.GetTimestamp());
        return configuration;
    }

    /// <summary>TLS, or the same machine: what goes over a wire in the clear could be anybody's. Whether this machine may be reached at all, the guard decides.</summary>
    public static bool IsSafe(string? address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri) && (uri.Scheme == Uri.UriSchemeHttps || (uri.Scheme == Uri.UriSchemeHttp && uri.IsLoopback)) && uri.UserInfo.Length == 0;

    private async Task<string> DocumentAsync(string step, string address, CancellationToken stop)
    {
        if (!IsSafe(address)) throw new ProviderException(step, $"{address} is not an https address.");
        try
        {
            using var answer = await Http.GetAsync(new Uri(address), stop);
            return answer.IsSuccessStatusCode
                ? await answer.Content.ReadAsStringAsync(stop)
                : throw new ProviderException(step, $"{address} answered {(int)answer.StatusCode}.");
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException || (exception is TaskCanceledException && !stop.IsCancellationRequested))
        {
            throw new ProviderException(step, $"{address} cannot be read: {exception.GetBaseException().Message}", exception);
        }
    }

    public void Dispose() => Http.Dispose();
}
