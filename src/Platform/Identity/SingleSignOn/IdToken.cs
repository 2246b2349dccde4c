using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace Rialto.Platform.Identity.SingleSignOn;

/// <summary>Checks the token by which a provider says who somebody is (OpenID Connect Core 3.1.3.7).</summary>
internal sealed class IdToken(ProviderMetadata metadata, TimeProvider clock)
{
    /// <summary>Clocks of two machines differ by so much at most.</summary>
    public static readonly TimeSpan ClockSkew = TimeSpan.FromMinutes(2);

    // Signatures by a private key only: "none" is no signature, and with HS256 whoever knows the public key could sign.
    private static readonly string[] Algorithms =
    [
        SecurityAlgorithms.RsaSha256, SecurityAlgorithms.RsaSha384, SecurityAlgorithms.RsaSha512, SecurityAlgorithms.RsaSsaPssSha256, SecurityAlgorithms.RsaSsaPssSha384,
        SecurityAlgorithms.RsaSsaPssSha512, SecurityAlgorithms.EcdsaSha256, SecurityAlgorithms.EcdsaSha384, SecurityAlgorithms.EcdsaSha512,
    ];

    private readonly JsonWebTokenHandler _handler = new() { MapInboundClaims = false };

    /// <returns>The token's claims, or null with the reason for the log.</returns>
    public async Task<(JsonElement? Claims, string? Reason)> CheckAsync(string token, Provider provider, string nonce, CancellationToken stop)
    {
        var configuration = await metadata.GetAsync(provider.Issuer, stop);
        var result = await _handler.ValidateTokenAsync(token, Parameters(provider, configuration));
        // A key we do not know may be a new one.
        if (!result.IsValid && KeyOf(token) is { } key && configuration.SigningKeys.All(known => known.KeyId != key) && await metadata.RefreshAsync(provider.Issuer, stop) is { } fresh)
            result = await _handler.ValidateTokenAsync(token, Parameters(provider, fresh));
        // The exception's text may quote the token; its kind says enough.
        if (!result.IsValid) return (null, result.Exception?.GetType().Name ?? "invalid");
        var claims = JsonSerializer.Deserialize<JsonElement>(Base64UrlEncoder.DecodeBytes(((JsonWebToken)result.SecurityToken).EncodedPayload));
        if (!Equal(TextOf(claims, "nonce"), nonce)) return (null, "nonce");
        if (TextOf(claims, "sub") is not { Length: > 0 and <= 255 }) return (null, "sub");
        if (claims.TryGetProperty("aud", out var audience) && audience.ValueKind == JsonValueKind.Array && audience.GetArrayLength() > 1 && TextOf(claims, "azp") != provider.ClientId) return (null, "azp");
        return (claims, null);
    }

    private TokenValidationParameters Parameters(Provider provider, OpenIdConnectConfiguration configuration) => new()
    {
        ValidIssuer = provider.Issuer,
        ValidAudience = provider.ClientId,
        IssuerSigningKeys = configuration.SigningKeys,
        ValidAlgorithms = Algorithms,
        RequireSignedTokens = true,
        RequireExpirationTime = true,
        LifetimeValidator = (notBefore, expires, _, _) =>
        {
            var now = clock.GetUtcNow().UtcDateTime;
            return expires is { } end && now < end + ClockSkew && (notBefore is not { } begin || begin - ClockSkew <= now);
        },
    };

    private string? KeyOf(string token)
    {
        try
        {
            return _handler.ReadJsonWebToken(token).Kid;
        }
        catch (Exception exception) when (exception is ArgumentException or SecurityTokenException)
        {
            // No token at all, so no key either.
            return null;
        }
    }

    public static string? TextOf(JsonElement claims, string name) =>
        claims.ValueKind == JsonValueKind.Object && claims.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    internal static bool Equal(string? given, string expected) =>
        given is not null && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(given), Encoding.UTF8.GetBytes(expected));
}
