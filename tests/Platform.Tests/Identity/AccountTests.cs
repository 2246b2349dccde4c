using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Dapper;
using Rialto.Fixtures;
using Rialto.Platform.Identity;
using Rialto.Platform.Identity.SecondFactor;

namespace Rialto.Platform.Tests.Identity;

/// <summary>One's own account: password, second factor, lockout.</summary>
public sealed class AccountTests(PostgresFixture server) : IAsyncLifetime
{
    private IdentityHost _host = null!;
    private HttpClient _ada = null!;

    public async ValueTask InitializeAsync()
    {
        _host = await IdentityHost.StartAsync(server);
        _ada = await _host.SignedInAsync();
    }

    public async ValueTask DisposeAsync()
    {
        _ada.Dispose();
        await _host.DisposeAsync();
    }

    private static byte[] FromBase32(string text)
    {
        var bits = string.Concat(text.Select(c => Convert.ToString("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".IndexOf(c, StringComparison.Ordinal), 2).PadLeft(5, '0')));
        return [.. Enumerable.Range(0, bits.Length / 8).Select(i => Convert.ToByte(bits.Substring(i * 8, 8), 2))];
    }

    /// <summary>A code that was not used yet: time goes on by a step.</summary>
    private string NextCode(byte[] secret)
    {
        _host.Clock.Ahead += TimeSpan.FromSeconds(30);
        return Totp.CodeAt(secret, Totp.StepAt(_host.Clock.GetUtcNow()));
    }

    private async Task<(byte[] Secret, string[] RecoveryCodes)> WithSecondFactorAsync()
    {
        var begun = await _ada.PostAsync("/api/identity/account/totp/begin", null).ShouldBeAsync(HttpStatusCode.OK);
        var secret = FromBase32(begun.Text("secret"));
        begun.Text("uri").ShouldContain(begun.Text("secret"));
        var confirmed = await _ada.PostAsJsonAsync("/api/identity/account/totp/confirm", new { code = NextCode(secret) }).ShouldBeAsync(HttpStatusCode.OK);
        return (secret, [.. confirmed.GetProperty("recoveryCodes").EnumerateArray().Select(code => code.GetString()!)]);
    }

    private async Task<string> ChallengeAsync(HttpClient browser)
    {
        var answer = await browser.PostAsJsonAsync("/api/identity/sign-in", new { email = IdentityHost.Ada, password = IdentityHost.Password }).ShouldBeAsync(HttpStatusCode.OK);
        answer.TryGetProperty("user", out _).ShouldBeFalse();
        return answer.GetProperty("secondFactor").Text("challenge");
    }

    [Fact]
    public async Task With_a_second_factor_the_password_alone_opens_nothing()
    {
        var (secret, _) = await WithSecondFactorAsync();
        using var browser = _host.Browser();
        var challenge = await ChallengeAsync(browser);
        await browser.GetAsync("/api/identity/me").ShouldBeAsync(HttpStatusCode.Unauthorized);
        await browser.PostAsJsonAsync("/api/identity/sign-in/second-factor", new { challenge, code = "000000" }).ShouldRefuseAsync(HttpStatusCode.Unauthorized, "wrong-code");
        var code = NextCode(secret);
        (await browser.PostAsJsonAsync("/api/identity/sign-in/second-factor", new { challenge, code }).ShouldBeAsync(HttpStatusCode.OK)).GetProperty("user").Text("email").ShouldBe(IdentityHost.Ada);
        await browser.GetAsync("/api/identity/me").ShouldBeAsync(HttpStatusCode.OK);
        await browser.PostAsJsonAsync("/api/identity/sign-in/second-factor", new { challenge, code = NextCode(secret) }).ShouldRefuseAsync(HttpStatusCode.Unauthorized, "challenge-over");
        // The same code again, in the same half minute, over the same shoulder.
        using var thief = _host.Browser();
        await thief.PostAsJsonAsync("/api/identity/sign-in/second-factor", new { challenge = await ChallengeAsync(thief), code }).ShouldRefuseAsync(HttpStatusCode.Unauthorized, "wrong-code");
    }

    [Fact]
    public async Task A_recovery_code_opens_once_and_new_ones_end_the_old()
    {
        var (secret, codes) = await WithSecondFactorAsync();
        codes.Length.ShouldBe(10);
        using var browser = _host.Browser();
        await browser.PostAsJsonAsync("/api/identity/sign-in/second-factor", new { challenge = await ChallengeAsync(browser), recoveryCode = codes[0].ToLowerInvariant() }).ShouldBeAsync(HttpStatusCode.OK);
        await browser.PostAsJsonAsync("/api/identity/sign-in/second-factor", new { challenge = await ChallengeAsync(browser), recoveryCode = codes[0] }).ShouldRefuseAsync(HttpStatusCode.Unauthorized, "wrong-code");
        (await _ada.GetFromJsonAsync<JsonElement>("/api/identity/account")).GetProperty("recoveryCodesLeft").GetInt32().ShouldBe(9);
        await _ada.PostAsJsonAsync("/api/identity/account/recovery-codes", new { code = NextCode(secret) }).ShouldBeAsync(HttpStatusCode.OK);
        await browser.PostAsJsonAsync("/api/identity/sign-in/second-factor", new { challenge = await ChallengeAsync(browser), recoveryCode = codes[1] }).ShouldRefuseAsync(HttpStatusCode.Unauthorized, "wrong-code");
    }

    [Fact]
    public async Task Codes_cannot_be_guessed_even_with_the_password()
    {
        var (secret, _) = await WithSecondFactorAsync();
        using var browser = _host.Browser();
        var codes = new List<string>();
        async Task TryAsync(string challenge)
        {
            using var answer = await browser.PostAsJsonAsync("/api/identity/sign-in/second-factor", new { challenge, code = "123456" });
            codes.Add((await answer.Content.ReadFromJsonAsync<JsonElement>()).Text("code"));
        }
        var first = await ChallengeAsync(browser);
        for (var i = 0; i < 6; i++) await TryAsync(first);
        codes.ShouldBe(["wrong-code", "wrong-code", "wrong-code", "wrong-code", "wrong-code", "challenge-over"], "a challenge takes five");
        codes.RemoveAt(5);
        while (codes.LastOrDefault() != "too-many-attempts" && codes.Count < 40)
        {
            var challenge = await ChallengeAsync(browser);
            for (var i = 0; i < 5 && codes.LastOrDefault() != "too-many-attempts"; i++) await TryAsync(challenge);
        }
        codes.Count.ShouldBe(SignInThrottle.FailuresOfFactorMax + 1);
        await browser.PostAsJsonAsync("/api/identity/sign-in/second-factor", new { challenge = await ChallengeAsync(browser), code = NextCode(secret) }).ShouldRefuseAsync(HttpStatusCode.TooManyRequests, "too-many-attempts");
        (await _ada.GetAsync("/api/admin/users?state=locked").ShouldBeAsync(HttpStatusCode.OK)).Items().Single().Text("email").ShouldBe(IdentityHost.Ada);
        var id = (await _ada.GetFromJsonAsync<JsonElement>("/api/identity/me")).GetProperty("user").Text("id");
        await _ada.PostAsync($"/api/admin/users/{id}/unlock", null).ShouldBeAsync(HttpStatusCode.NoContent);
        await browser.PostAsJsonAsync("/api/identity/sign-in/second-factor", new { challenge = await ChallengeAsync(browser), code = NextCode(secret) }).ShouldBeAsync(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Wrong_passwords_lock_the_account_from_that_address_until_unlocked_or_forgotten()
    {
        using var browser = _host.Browser();
        for (var i = 0; i < SignInThrottle.FailuresOfPairMax; i++)
            await browser.PostAsJsonAsync("/api/identity/sign-in", new { email = IdentityHost.Ada, password = "wrong " + i }).ShouldRefuseAsync(HttpStatusCode.Unauthorized, "wrong-credentials");
        await browser.PostAsJsonAsync("/api/identity/sign-in", new { email = IdentityHost.Ada, password = IdentityHost.Password }).ShouldRefuseAsync(HttpStatusCode.TooManyRequests, "too-many-attempts");
        var person = (await _ada.GetAsync("/api/admin/users").ShouldBeAsync(HttpStatusCode.OK)).Items().Single();
        person.Text("state").ShouldBe("locked");
        await _ada.PostAsync($"/api/admin/users/{person.Text("id")}/unlock", null).ShouldBeAsync(HttpStatusCode.NoContent);
        (await _host.SignedInAsync()).Dispose();
    }

    [Fact]
    public async Task The_second_factor_goes_only_with_a_proof_or_by_an_administrator()
    {
        var (secret, _) = await WithSecondFactorAsync();
        await _ada.PostAsync("/api/identity/account/totp/begin", null).ShouldRefuseAsync(HttpStatusCode.Conflict, "second-factor-on");
        await _ada.PostAsJsonAsync("/api/identity/account/totp/disable", new { }).ShouldRefuseAsync(HttpStatusCode.BadRequest, "field-missing");
        await _ada.PostAsJsonAsync("/api/identity/account/totp/disable", new { password = "not it at all" }).ShouldRefuseAsync(HttpStatusCode.Forbidden, "wrong-password");
        await _ada.PostAsJsonAsync("/api/identity/account/totp/disable", new { code = "000000" }).ShouldRefuseAsync(HttpStatusCode.Forbidden, "wrong-code");
        await _ada.PostAsJsonAsync("/api/identity/account/totp/disable", new { code = NextCode(secret) }).ShouldBeAsync(HttpStatusCode.NoContent);
        await WithSecondFactorAsync();
        var id = (await _ada.GetFromJsonAsync<JsonElement>("/api/identity/me")).GetProperty("user").Text("id");
        await _ada.PostAsync($"/api/admin/users/{id}/reset-second-factor", null).ShouldBeAsync(HttpStatusCode.NoContent);
        await _ada.GetAsync("/api/identity/me").ShouldBeAsync(HttpStatusCode.Unauthorized);
        (await _host.SignedInAsync()).Dispose();
    }

    [Fact]
    public async Task A_new_password_ends_the_other_sessions_and_must_be_a_good_one()
    {
        using var other = await _host.SignedInAsync();
        const string next = "an umbrella for the fish";
        await _ada.PostAsJsonAsync("/api/identity/account/password", new { current = "not this one", next }).ShouldRefuseAsync(HttpStatusCode.Forbidden, "wrong-password");
        await _ada.PostAsJsonAsync("/api/identity/account/password", new { current = IdentityHost.Password, next = "short" }).ShouldRefuseAsync(HttpStatusCode.BadRequest, "password-too-short");
        await _ada.PostAsJsonAsync("/api/identity/account/password", new { current = IdentityHost.Password, next = "password123" }).ShouldRefuseAsync(HttpStatusCode.BadRequest, "password-common");
        await _ada.PostAsJsonAsync("/api/identity/account/password", new { current = IdentityHost.Password, next }).ShouldBeAsync(HttpStatusCode.NoContent);
        await other.GetAsync("/api/identity/me").ShouldBeAsync(HttpStatusCode.Unauthorized);
        await _ada.GetAsync("/api/identity/me").ShouldBeAsync(HttpStatusCode.OK);
        (await _host.SignedInAsync(password: next)).Dispose();
        (await _host.AuditAsync())[0].ShouldBe(("identity.account.password", (await _host.AuditAsync())[0].Target, null, null));
    }

    [Fact]
    public async Task The_secret_of_the_authenticator_is_nowhere_in_the_clear()
    {
        var (secret, codes) = await WithSecondFactorAsync();
        await using var connection = await _host.Postgres.OpenConnectionAsync();
        var bytes = await connection.QuerySingleAsync<byte[]>("SELECT sealed FROM identity.totp");
        bytes.AsSpan().IndexOf(secret).ShouldBe(-1);
        (await connection.QueryAsync<byte[]>("SELECT hash FROM identity.recovery_code")).Any(hash => System.Text.Encoding.ASCII.GetString(hash).Contains(codes[0], StringComparison.Ordinal)).ShouldBeFalse();
    }
}
