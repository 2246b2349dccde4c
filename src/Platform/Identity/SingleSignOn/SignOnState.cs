using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Dapper;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Npgsql;

namespace Rialto.Platform.Identity.SingleSignOn;

/// <summary>One sign-on between leaving for the provider and coming back.</summary>
/// <param name="Verifier">Proof of PKCE: whoever steals the code has not this.</param>
internal sealed record SignOn(string Provider, string State, string Nonce, string Verifier, string Return, string RedirectUri, DateTimeOffset Until);

/// <summary>
/// Keeps a sign-on in a protected cookie of the browser that began it: another browser cannot finish it (login CSRF), and whoever begins many fills no table.
/// Lax, because the way back begins at the provider. Each is taken once.
/// </summary>
internal sealed class SignOnState(IDataProtectionProvider protection, NpgsqlDataSource postgres, TimeProvider clock)
{
    private static readonly TimeSpan Life = TimeSpan.FromMinutes(10);
    private const string Path = "/api/identity/providers";
    private const int StateInNameLength = 12;

    private readonly IDataProtector _protector = protection.CreateProtector("rialto.sign-on");

    public SignOn Begin(HttpContext context, string provider, string returnPath, string redirectUri)
    {
        var signOn = new SignOn(provider, Random(), Random(), Random(), returnPath, redirectUri, clock.GetUtcNow() + Life);
        context.Response.Cookies.Append(NameOf(signOn.State), _protector.Protect(JsonSerializer.Serialize(signOn)), Options(context, Life));
        return signOn;
    }

    /// <summary>The sign-on that this browser began with this state, if it is still good; it cannot be taken again.</summary>
    public async Task<SignOn?> TakeAsync(HttpContext context, string provider, string? state, CancellationToken stop)
    {
        if (state is null || state.Length != Base64Url.GetEncodedLength(32) || !state.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_') || context.Request.Cookies[NameOf(state)] is not { } cookie) return null;
        context.Response.Cookies.Delete(NameOf(state), Options(context, null));
        if (Open(cookie) is not { } signOn) return null;
        var now = clock.GetUtcNow();
        if (signOn.Provider != provider || signOn.Until < now || !IdToken.Equal(state, signOn.State)) return null;
        await using var connection = await postgres.OpenConnectionAsync(stop);
        return await connection.ExecuteAsync(
            "INSERT INTO identity.sign_on_used (state_hash, expires_at) VALUES (@hash, @Until) ON CONFLICT DO NOTHING", new { hash = SHA256.HashData(Encoding.ASCII.GetBytes(state)), signOn.Until }) == 1
            && await connection.ExecuteAsync("DELETE FROM identity.sign_on_used WHERE expires_at < @now", new { now }) >= 0 ? signOn : null;
    }

    private SignOn? Open(string cookie)
    {
        try
        {
            return JsonSerializer.Deserialize<SignOn>(_protector.Unprotect(cookie));
        }
        catch (Exception exception) when (exception is CryptographicException or FormatException or JsonException)
        {
            return null;
        }
    }

    public static string ChallengeOf(string verifier) => Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(verifier)));

    // Several tabs may be on their way at once.
    private static string NameOf(string state) => "rialto.sign-on." + state[..StateInNameLength];

    private static string Random() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    private static CookieOptions Options(HttpContext context, TimeSpan? age) =>
        new() { HttpOnly = true, Secure = context.Request.IsHttps, SameSite = SameSiteMode.Lax, Path = Path, MaxAge = age, IsEssential = true };
}
