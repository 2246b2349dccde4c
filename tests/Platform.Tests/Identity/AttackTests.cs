using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using Rialto.Fixtures;
using Rialto.Platform.Identity;
using Rialto.Platform.Identity.Programs;

namespace Rialto.Platform.Tests.Identity;

/// <summary>What somebody tries who is not let in.</summary>
public sealed class AttackTests(PostgresFixture server) : IAsyncLifetime
{
    private IdentityHost _host = null!;

    public async ValueTask InitializeAsync() => _host = await IdentityHost.StartAsync(server);

    public async ValueTask DisposeAsync() => await _host.DisposeAsync();

    private static Task<HttpResponseMessage> SignInAsync(HttpClient browser, string email, string password) => browser.PostAsJsonAsync("/api/identity/sign-in", new { email, password });

    [Fact]
    public async Task Stuffing_stolen_passwords_from_one_address_ends_after_a_hundred()
    {
        using var browser = _host.Browser();
        var codes = new List<HttpStatusCode>();
        for (var i = 0; i < SignInThrottle.FailuresOfAddressMax + 5; i++)
        {
            using var answer = await SignInAsync(browser, $"person{i}@one.example", "a password from a leak");
            codes.Add(answer.StatusCode);
        }
        codes.Take(SignInThrottle.FailuresOfAddressMax).ShouldAllBe(code => code == HttpStatusCode.Unauthorized);
        codes.Skip(SignInThrottle.FailuresOfAddressMax).ShouldAllBe(code => code == HttpStatusCode.TooManyRequests);
        using var blocked = await SignInAsync(browser, IdentityHost.Ada, IdentityHost.Password);
        blocked.StatusCode.ShouldBe(HttpStatusCode.TooManyRequests);
        blocked.Headers.RetryAfter.ShouldNotBeNull();
        _host.Clock.Ahead += SignInThrottle.Window + TimeSpan.FromSeconds(1);
        (await SignInAsync(browser, IdentityHost.Ada, IdentityHost.Password)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Guesses_sent_at_once_do_not_slip_through_together()
    {
        using var browser = _host.Browser();
        var answers = await Task.WhenAll(Enumerable.Range(0, 3 * SignInThrottle.FailuresOfPairMax).Select(i => SignInAsync(browser, IdentityHost.Ada, "guess number " + i)));
        answers.Count(answer => answer.StatusCode == HttpStatusCode.Unauthorized).ShouldBe(SignInThrottle.FailuresOfPairMax);
    }

    [Fact]
    public async Task Neither_the_answer_nor_the_work_tells_which_accounts_exist()
    {
        await _host.PersonAsync("one", "gone@one.example", "Gone");
        await using (var connection = await _host.Postgres.OpenConnectionAsync())
            await Dapper.SqlMapper.ExecuteAsync(connection, "UPDATE identity.app_user SET disabled_at = now() WHERE email = 'gone@one.example'; UPDATE identity.app_user SET password_hash = NULL WHERE email = 'none'");
        using var browser = _host.Browser();
        string? expected = null;
        foreach (var email in new[] { IdentityHost.Ada, "gone@one.example", "nobody@one.example" })
        {
            using var answer = await SignInAsync(browser, email, "certainly not it");
            answer.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
            var body = await answer.Content.ReadFromJsonAsync<Dictionary<string, object>>();
            var shown = $"{body!["code"]} {body["detail"]} {body["title"]}";
            (expected ??= shown).ShouldBe(shown);
        }
        // The hash costs a hundred thousand rounds; who does not exist costs as many. A factor apart, not a hundred: the machine may be busy.
        var hashes = new PasswordHashes(_host.Postgres);
        var hash = hashes.Hash(IdentityHost.Password);
        await hashes.VerifyAsync(null, null, "warm", CancellationToken.None);
        var (known, unknown) = (await BestOfAsync(() => hashes.VerifyAsync(Guid.Empty, hash, "x", CancellationToken.None)), await BestOfAsync(() => hashes.VerifyAsync(null, null, "x", CancellationToken.None)));
        (Math.Max(known, unknown) / Math.Min(known, unknown)).ShouldBeLessThan(10);
    }

    private static async Task<double> BestOfAsync(Func<Task> act)
    {
        var best = double.MaxValue;
        for (var i = 0; i < 7; i++)
        {
            var began = Stopwatch.GetTimestamp();
            await act();
            best = Math.Min(best, Stopwatch.GetElapsedTime(began).TotalMilliseconds);
        }
        return best;
    }

    [Fact]
    public async Task A_session_that_was_planted_before_the_sign_in_is_not_taken_over()
    {
        using var thief = await _host.SignedInAsync();
        var planted = (await CookieOfAsync(_host)).Split('=', 2)[1];
        using var victim = new HttpClient(new SocketsHttpHandler { UseCookies = false }) { BaseAddress = _host.Address };
        victim.DefaultRequestHeaders.Add("Cookie", $"{Sessions.Cookie}={planted}");
        using var answer = await SignInAsync(victim, IdentityHost.Ada, IdentityHost.Password);
        var cookie = answer.Headers.GetValues("Set-Cookie").Single();
        cookie.ShouldNotContain(planted);
        cookie.ShouldContain("httponly", Case.Insensitive);
        cookie.ShouldContain("samesite=strict", Case.Insensitive);
        await victim.GetAsync("/api/identity/me").ShouldBeAsync(HttpStatusCode.Unauthorized);
    }

    private static async Task<string> CookieOfAsync(IdentityHost host)
    {
        using var client = new HttpClient(new SocketsHttpHandler { UseCookies = false }) { BaseAddress = host.Address };
        using var answer = await SignInAsync(client, IdentityHost.Ada, IdentityHost.Password);
        return answer.Headers.GetValues("Set-Cookie").Single().Split(';')[0];
    }

    [Theory]
    [InlineData("Sec-Fetch-Site", "cross-site", HttpStatusCode.Forbidden)]
    [InlineData("Sec-Fetch-Site", "same-site", HttpStatusCode.Forbidden)]
    [InlineData("Origin", "https://evil.example", HttpStatusCode.Forbidden)]
    [InlineData("Origin", "null", HttpStatusCode.Forbidden)]
    [InlineData("Sec-Fetch-Site", "same-origin", HttpStatusCode.NoContent)]
    public async Task Another_site_cannot_act_with_the_cookie(string header, string value, HttpStatusCode expected)
    {
        using var client = new HttpClient(new SocketsHttpHandler { UseCookies = false }) { BaseAddress = _host.Address };
        client.DefaultRequestHeaders.Add("Cookie", await CookieOfAsync(_host));
        client.DefaultRequestHeaders.Add(header, value);
        await client.DeleteAsync("/api/identity/sessions").ShouldBeAsync(expected);
    }

    [Fact]
    public async Task A_form_of_another_site_signs_nobody_in()
    {
        using var browser = _host.Browser();
        using var form = await browser.PostAsync("/api/identity/sign-in", new FormUrlEncodedContent([KeyValuePair.Create("email", IdentityHost.Ada), KeyValuePair.Create("password", IdentityHost.Password)]));
        form.IsSuccessStatusCode.ShouldBeFalse();
        form.Headers.Contains("Set-Cookie").ShouldBeFalse();
        using var text = await browser.PostAsync("/api/identity/sign-in", new StringContent($$"""{"email":"{{IdentityHost.Ada}}","password":"{{IdentityHost.Password}}"}"""));
        text.IsSuccessStatusCode.ShouldBeFalse();
        text.Headers.Contains("Set-Cookie").ShouldBeFalse();
    }

    [Fact]
    public async Task Cookies_and_keys_of_absurd_size_or_shape_are_refused_quickly()
    {
        using var client = new HttpClient(new SocketsHttpHandler { UseCookies = false }) { BaseAddress = _host.Address };
        foreach (var cookie in new[] { new string('a', 20_000), "", "=", new string('-', 43), "%00%00", "\"", Convert.ToBase64String(new byte[32]) })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/api/identity/me");
            request.Headers.TryAddWithoutValidation("Cookie", $"{Sessions.Cookie}={cookie}");
            using var answer = await client.SendAsync(request);
            answer.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        }
        using var huge = new HttpRequestMessage(HttpMethod.Get, "/api/identity/me");
        huge.Headers.TryAddWithoutValidation("Cookie", new string('c', 40_000));
        (await client.SendAsync(huge)).StatusCode.ShouldBe(HttpStatusCode.RequestHeaderFieldsTooLarge);
        foreach (var key in new[] { new string('k', 5_000), "rk__", "rk_a_", "rt_", "rt_short_x", "rr_" + new string('a', 53), "eyJhbGciOiJub25lIn0.eyJzdWIiOiJhZG1pbiJ9.", "' OR 1=1 --" })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/api/admin/users");
            request.Headers.TryAddWithoutValidation("Authorization", "Bearer " + key);
            using var answer = await client.SendAsync(request);
            answer.StatusCode.ShouldBe(HttpStatusCode.Unauthorized, key);
        }
    }

    [Fact]
    public async Task A_wrong_key_beside_a_good_cookie_is_still_wrong()
    {
        using var client = new HttpClient(new SocketsHttpHandler { UseCookies = false }) { BaseAddress = _host.Address };
        client.DefaultRequestHeaders.Add("Cookie", await CookieOfAsync(_host));
        client.DefaultRequestHeaders.Add("X-Api-Key", "rk_unknown_key");
        await client.GetAsync("/api/identity/me").ShouldRefuseAsync(HttpStatusCode.Unauthorized, "wrong-key");
    }

    /// <summary>Times on a busy machine prove nothing; that every secret is compared by the one function made for it does.</summary>
    [Fact]
    public void Secrets_are_compared_in_fixed_time()
    {
        var secret = ProgramSecret.New(ProgramSecret.TokenPrefix);
        var read = ProgramSecret.Read(secret.Text, ProgramSecret.TokenPrefix).ShouldNotBeNull();
        read.Matches(secret.Hash).ShouldBeTrue();
        ProgramSecret.Read(secret.Text[..^1] + (secret.Text[^1] == 'a' ? 'b' : 'a'), ProgramSecret.TokenPrefix)!.Value.Matches(secret.Hash).ShouldBeFalse();
        ProgramSecret.Read(secret.Text, ProgramSecret.RefreshPrefix).ShouldBeNull();
        var compared = new[] { "src/Platform/Identity/ApiKeys.cs", "src/Platform/Identity/Programs/ProgramSecret.cs", "src/Platform/Identity/SecondFactor/Totp.cs", "src/Platform/Identity/SingleSignOn/IdToken.cs" };
        foreach (var file in compared)
        {
            var text = File.ReadAllText(Path.Combine(Checkout.Root, file));
            text.ShouldContain("CryptographicOperations.FixedTimeEquals");
            text.ShouldNotContain("SequenceEqual");
        }
    }
}
