using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Rialto.Fixtures;
using Rialto.Platform.Identity.SingleSignOn;

namespace Rialto.Platform.Tests.Identity;

/// <summary>A provider that lies: what its tokens say, and how they are signed, is up to each test.</summary>
public sealed class ForgedTokenTests(PostgresFixture server) : IAsyncLifetime
{
    private readonly RSA _published = RSA.Create(2048);
    private readonly RSA _other = RSA.Create(2048);
    private RSA _inTheDocument = null!;
    private IdentityHost _host = null!;
    private WebApplication _provider = null!;
    private string _issuer = "";
    private string _calledItself = "";
    private string _keysAt = "";
    private string _token = "";
    private HttpClient _ada = null!;

    public async ValueTask InitializeAsync()
    {
        _inTheDocument = _published;
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrel().UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Services.AddRouting();
        _provider = builder.Build();
        _provider.UseRouting();
        _provider.MapGet("/.well-known/openid-configuration", () => new
        {
            issuer = _calledItself, authorization_endpoint = _issuer + "/auth", token_endpoint = _issuer + "/token", jwks_uri = _keysAt,
        });
        _provider.MapGet("/jwks", () => new { keys = new[] { KeyOf(_inTheDocument) } });
        _provider.MapPost("/token", () => new { access_token = "a", token_type = "Bearer", id_token = _token });
        await _provider.StartAsync();
        _issuer = _calledItself = _provider.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        _keysAt = _issuer + "/jwks";
        _host = await IdentityHost.StartAsync(server, new Settings { UpstreamAllow = "127.0.0.1/32" });
        _ada = await _host.SignedInAsync();
        await _ada.PostAsJsonAsync("/api/admin/providers", Body(_issuer)).ShouldBeAsync(HttpStatusCode.Created);
    }

    private static object Body(string issuer) => new { name = "liar", title = "Liar", issuer, clientId = "rialto", clientSecret = "s", defaultRoles = new[] { "viewer" } };

    public async ValueTask DisposeAsync()
    {
        _ada.Dispose();
        await _host.DisposeAsync();
        await _provider.DisposeAsync();
        _published.Dispose();
        _other.Dispose();
    }

    private static object KeyOf(RSA key)
    {
        var parameters = key.ExportParameters(false);
        return new { kty = "RSA", use = "sig", kid = KidOf(key), alg = "RS256", n = Base64UrlEncoder.Encode(parameters.Modulus), e = Base64UrlEncoder.Encode(parameters.Exponent) };
    }

    private static string KidOf(RSA key) => Convert.ToHexStringLower(SHA256.HashData(key.ExportParameters(false).Modulus!))[..8];

    /// <summary>A good token of now, but for the changes.</summary>
    private Dictionary<string, object> Claims(string nonce, params (string Name, object? Value)[] changes)
    {
        var now = _host.Clock.GetUtcNow().ToUnixTimeSeconds();
        var claims = new Dictionary<string, object>
        {
            ["iss"] = _issuer, ["aud"] = "rialto", ["sub"] = "s-1", ["nonce"] = nonce, ["iat"] = now, ["exp"] = now + 300, ["email"] = "lea@one.example", ["email_verified"] = true, ["name"] = "Lea",
        };
        foreach (var (name, value) in changes)
        {
            if (value is null) claims.Remove(name);
            else claims[name] = value;
        }
        return claims;
    }

    private static string Signed(Dictionary<string, object> claims, RSA key) => new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(
        JsonSerializer.Serialize(claims), new SigningCredentials(new RsaSecurityKey(key) { KeyId = KidOf(key) }, SecurityAlgorithms.RsaSha256));

    private static string ByHand(string algorithm, Dictionary<string, object> claims, Func<string, byte[]> sign)
    {
        var content = Base64UrlEncoder.Encode(JsonSerializer.Serialize(new { alg = algorithm, typ = "JWT" })) + "." + Base64UrlEncoder.Encode(JsonSerializer.Serialize(claims));
        return content + "." + Base64UrlEncoder.Encode(sign(content));
    }

    /// <summary>A whole sign-on whose token is made by the test; where the browser ends.</summary>
    private async Task<string> SignOnAsync(Func<string, string> tokenForNonce, string more = "")
    {
        using var browser = _host.Browser();
        using var start = await browser.GetAsync("/api/identity/providers/liar/start?return=/in");
        if (start.Headers.Location!.OriginalString.StartsWith('/')) return start.Headers.Location.OriginalString;
        var asked = QueryHelpers.ParseQuery(start.Headers.Location.Query);
        asked["code_challenge_method"].ToString().ShouldBe("S256");
        _token = tokenForNonce(asked["nonce"].ToString());
        using var end = await browser.GetAsync($"/api/identity/providers/liar/callback?code=c&state={asked["state"]}{more}");
        return end.Headers.Location!.OriginalString;
    }

    private const string Refused = "/sign-in?problem=sign-on-refused";

    [Fact]
    public async Task A_good_token_opens()
    {
        (await SignOnAsync(nonce => Signed(Claims(nonce), _published))).ShouldBe("/in");
        (await SignOnAsync(nonce => Signed(Claims(nonce), _published), "&iss=" + Uri.EscapeDataString(_issuer))).ShouldBe("/in");
    }

    [Fact]
    public async Task What_a_token_says_must_be_right()
    {
        var now = _host.Clock.GetUtcNow().ToUnixTimeSeconds();
        (string, object?)[] wrongs =
        [
            ("iss", "https://other.example"), ("iss", null), ("aud", "somebody-else"), ("aud", null), ("aud", new[] { "rialto", "other" }), ("nonce", "another"), ("nonce", null), ("sub", null), ("sub", ""),
            ("exp", now - 300), ("exp", null), ("nbf", now + 600),
        ];
        foreach (var wrong in wrongs) (await SignOnAsync(nonce => Signed(Claims(nonce, wrong), _published))).ShouldBe(Refused, wrong.ToString());
        (await SignOnAsync(nonce => Signed(Claims(nonce), _published), "&iss=https%3A%2F%2Fother.example")).ShouldBe(Refused);
        (await SignOnAsync(nonce => Signed(Claims(nonce, ("email_verified", "yes")), _published))).ShouldBe("/sign-in?problem=mail-not-verified");
    }

    [Fact]
    public async Task Clocks_may_differ_by_two_minutes()
    {
        var now = _host.Clock.GetUtcNow().ToUnixTimeSeconds();
        var skew = (long)IdToken.ClockSkew.TotalSeconds;
        (await SignOnAsync(nonce => Signed(Claims(nonce, ("exp", now - skew + 60)), _published))).ShouldBe("/in");
        (await SignOnAsync(nonce => Signed(Claims(nonce, ("nbf", now + skew - 60)), _published))).ShouldBe("/in");
        (await SignOnAsync(nonce => Signed(Claims(nonce, ("exp", now - skew - 1)), _published))).ShouldBe(Refused);
    }

    [Fact]
    public async Task Only_the_providers_private_key_signs()
    {
        (await SignOnAsync(nonce => Signed(Claims(nonce), _other))).ShouldBe(Refused);
        (await SignOnAsync(nonce => ByHand("none", Claims(nonce), _ => []))).ShouldBe(Refused);
        (await SignOnAsync(nonce => ByHand("None", Claims(nonce), _ => []))).ShouldBe(Refused);
        // The public key, which everybody knows, as the secret of a symmetric signature.
        var publicKey = _published.ExportSubjectPublicKeyInfoPem();
        (await SignOnAsync(nonce => ByHand("HS256", Claims(nonce), content => HMACSHA256.HashData(Encoding.ASCII.GetBytes(publicKey), Encoding.ASCII.GetBytes(content))))).ShouldBe(Refused);
        (await SignOnAsync(nonce => ByHand("HS256", Claims(nonce), content => HMACSHA256.HashData(_published.ExportParameters(false).Modulus!, Encoding.ASCII.GetBytes(content))))).ShouldBe(Refused);
        (await SignOnAsync(nonce => ByHand("HS256", Claims(nonce), content => HMACSHA256.HashData("s"u8, Encoding.ASCII.GetBytes(content))))).ShouldBe(Refused);
        (await SignOnAsync(nonce =>
        {
            var parts = Signed(Claims(nonce), _published).Split('.');
            return $"{parts[0]}.{Base64UrlEncoder.Encode(JsonSerializer.Serialize(Claims(nonce, ("sub", "admin"))))}.{parts[2]}";
        })).ShouldBe(Refused);
        (await SignOnAsync(_ => "not.a.token")).ShouldBe(Refused);
        (await SignOnAsync(_ => "")).ShouldBe(Refused);
    }

    [Fact]
    public async Task A_new_key_is_asked_for_at_most_every_ten_seconds()
    {
        (await SignOnAsync(nonce => Signed(Claims(nonce), _published))).ShouldBe("/in");
        _inTheDocument = _other;
        (await SignOnAsync(nonce => Signed(Claims(nonce), _other))).ShouldBe(Refused, "it was asked a moment ago");
        _host.Clock.Ahead += TimeSpan.FromSeconds(11);
        (await SignOnAsync(nonce => Signed(Claims(nonce), _other))).ShouldBe("/in");
        (await SignOnAsync(nonce => Signed(Claims(nonce), _published))).ShouldBe(Refused, "the provider has dropped it");
    }

    [Fact]
    public async Task A_provider_that_calls_itself_something_else_is_no_provider()
    {
        _calledItself = "https://accounts.example";
        (await SignOnAsync(nonce => Signed(Claims(nonce), _published))).ShouldBe("/sign-in?problem=provider-away");
    }

    [Theory]
    [InlineData("http://169.254.169.254/latest/meta-data")]
    [InlineData("http://10.0.0.8/jwks")]
    [InlineData("file:///etc/passwd")]
    [InlineData("gopher://127.0.0.1/")]
    public async Task Metadata_leads_nowhere_but_to_encrypted_addresses(string keysAt)
    {
        _keysAt = keysAt;
        (await SignOnAsync(nonce => Signed(Claims(nonce), _published))).ShouldBe("/sign-in?problem=provider-away");
    }

    [Theory]
    [InlineData("http://169.254.169.254")]
    [InlineData("http://accounts.example")]
    [InlineData("https://user:password@accounts.example")]
    [InlineData("https://accounts.example/?a=b")]
    [InlineData("ftp://accounts.example")]
    public async Task An_issuer_is_an_encrypted_address(string issuer) =>
        await _ada.PatchAsJsonAsync("/api/admin/providers/liar", new { issuer }).ShouldRefuseAsync(HttpStatusCode.BadRequest, "issuer-wrong");

    [Theory]
    [InlineData("https://169.254.169.254")]
    [InlineData("https://[fd00:ec2::254]")]
    [InlineData("https://[::ffff:169.254.169.254]")]
    public async Task An_issuer_inside_of_this_machine_or_its_cloud_is_never_reached(string issuer)
    {
        await _ada.PatchAsJsonAsync("/api/admin/providers/liar", new { issuer }).ShouldBeAsync(HttpStatusCode.OK);
        var tested = await _ada.PostAsync("/api/admin/providers/liar/test", null).ShouldBeAsync(HttpStatusCode.OK);
        tested.GetProperty("ok").GetBoolean().ShouldBeFalse();
        tested.GetProperty("steps")[0].Text("detail").ShouldContain("RIALTO_UPSTREAM_ALLOW");
    }

    [Fact]
    public async Task This_machine_is_reached_only_when_the_operator_allows_it()
    {
        await using var strict = await IdentityHost.StartAsync(server);
        using var ada = await strict.SignedInAsync();
        await ada.PostAsJsonAsync("/api/admin/providers", Body(_issuer)).ShouldBeAsync(HttpStatusCode.Created);
        using var browser = strict.Browser();
        (await browser.GetAsync("/api/identity/providers/liar/start")).Headers.Location!.OriginalString.ShouldBe("/sign-in?problem=provider-away");
    }
}
