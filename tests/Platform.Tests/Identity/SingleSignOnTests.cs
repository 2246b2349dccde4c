using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Dapper;
using Microsoft.AspNetCore.WebUtilities;
using Rialto.Fixtures;
using Rialto.Platform.Identity;

namespace Rialto.Platform.Tests.Identity;

/// <summary>Whole sign-ons against the certified provider, as a browser does them.</summary>
public sealed class SingleSignOnTests(PostgresFixture server) : IAsyncLifetime
{
    private IdentityHost _host = null!;
    private OpenIdProvider _provider = null!;
    private HttpClient _ada = null!;

    public async ValueTask InitializeAsync()
    {
        _host = await IdentityHost.StartAsync(server, new Settings { UpstreamAllow = "127.0.0.1/32" });
        _provider = await OpenIdProvider.StartAsync(_host.Address);
        _ada = await _host.SignedInAsync();
        await ConnectAsync(new { });
    }

    public async ValueTask DisposeAsync()
    {
        _ada.Dispose();
        await _provider.DisposeAsync();
        await _host.DisposeAsync();
    }

    private async Task ConnectAsync(object changes)
    {
        await _ada.PostAsJsonAsync("/api/admin/providers", new
        {
            name = "test", title = "Test provider", issuer = _provider.Issuer, clientId = "rialto", clientSecret = OpenIdProvider.Secret, scopes = new[] { "openid", "email", "profile", "groups" },
            groupRoles = new[] { new { group = "staff", role = "viewer" }, new { group = "sellers", role = "sales" }, new { group = "bosses", role = "admin" } },
        }).ShouldBeAsync(HttpStatusCode.Created);
        await _ada.PatchAsJsonAsync("/api/admin/providers/test", changes).ShouldBeAsync(HttpStatusCode.OK);
    }

    /// <summary>Follows every redirect until the page of the provider, signs in there as <paramref name="person"/>, and follows on until Rialto's callback.</summary>
    private async Task<Uri> ReachCallbackAsync(HttpClient browser, string person, string path = "/api/identity/providers/test/start?return=/logs%3Fq%3Derror")
    {
        var address = new Uri(_host.Address, path);
        for (var i = 0; i < 12; i++)
        {
            if (address.AbsolutePath.EndsWith("/callback", StringComparison.Ordinal)) return address;
            using var answer = await browser.GetAsync(address);
            if (answer.Headers.Location is { } next)
            {
                address = new Uri(address, next);
                continue;
            }
            answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.Content.ReadAsStringAsync());
            var choice = person.Length == 0 ? new Dictionary<string, string> { ["cancel"] = "1" } : new() { ["login"] = person };
            using var submitted = await browser.PostAsync(address, new FormUrlEncodedContent(choice));
            address = new Uri(address, submitted.Headers.Location.ShouldNotBeNull(await submitted.Content.ReadAsStringAsync()));
        }
        throw new InvalidOperationException("The sign-on goes in circles.");
    }

    private async Task<string> SignOnAsync(HttpClient browser, string person)
    {
        using var answer = await browser.GetAsync(await ReachCallbackAsync(browser, person));
        return answer.Headers.Location.ShouldNotBeNull(await answer.Content.ReadAsStringAsync()).OriginalString;
    }

    [Fact]
    public async Task A_first_sign_on_makes_the_account_with_the_roles_of_the_groups()
    {
        using var browser = _host.Browser();
        (await SignOnAsync(browser, "olga")).ShouldBe("/logs?q=error");
        var me = await browser.GetAsync("/api/identity/me").ShouldBeAsync(HttpStatusCode.OK);
        me.GetProperty("user").Text("name").ShouldBe("Olga Outside");
        me.GetProperty("permissions").EnumerateArray().Select(permission => permission.GetString()).ShouldContain(Permission.StoreWrite);
        var person = (await _ada.GetAsync("/api/admin/users?search=olga").ShouldBeAsync(HttpStatusCode.OK)).Items().Single();
        person.Text("provider").ShouldBe("test");
        person.GetProperty("roles").EnumerateArray().Select(role => role.GetString()).ShouldBe(["viewer", "sales"]);
        (await browser.GetAsync("/api/identity/account").ShouldBeAsync(HttpStatusCode.OK)).GetProperty("hasPassword").GetBoolean().ShouldBeFalse();
        (await _host.AuditAsync())[0].Action.ShouldBe("identity.sign-on.create");
        // The second time it is the same account, and its roles follow what the mapping says now.
        await _ada.PatchAsJsonAsync("/api/admin/providers/test", new { groupRoles = new[] { new { group = "staff", role = "clerk" } } }).ShouldBeAsync(HttpStatusCode.OK);
        using var again = _host.Browser();
        await SignOnAsync(again, "olga");
        (await again.GetAsync("/api/identity/me").ShouldBeAsync(HttpStatusCode.OK)).GetProperty("user").Text("id").ShouldBe(me.GetProperty("user").Text("id"));
        (await _ada.GetAsync("/api/admin/users?search=olga").ShouldBeAsync(HttpStatusCode.OK)).Items().Single().GetProperty("roles").EnumerateArray().Single().GetString().ShouldBe("clerk");
    }

    [Fact]
    public async Task Only_a_verified_mail_address_leads_to_an_account_that_is_there()
    {
        var ivan = await _host.PersonAsync("one", "ivan@one.example", "Ivan", "clerk");
        var bob = await _host.PersonAsync("one", "bob@one.example", "Bob", "clerk");
        using var browser = _host.Browser();
        (await SignOnAsync(browser, "ivan")).ShouldBe("/sign-in?problem=mail-not-verified");
        await browser.GetAsync("/api/identity/me").ShouldBeAsync(HttpStatusCode.Unauthorized);
        using var other = _host.Browser();
        await SignOnAsync(other, "bob");
        var me = await other.GetAsync("/api/identity/me").ShouldBeAsync(HttpStatusCode.OK);
        me.GetProperty("user").Text("id").ShouldBe(bob.ToString());
        // An account that was there keeps its roles, whatever the groups say.
        me.GetProperty("permissions").EnumerateArray().Select(permission => permission.GetString()).ShouldNotContain(Permission.PlatformManage);
        await using var connection = await _host.Postgres.OpenConnectionAsync();
        (await connection.QueryAsync<Guid>("SELECT user_id FROM identity.external_login")).ShouldBe([bob]);
        ivan.ShouldNotBe(bob);
    }

    [Fact]
    public async Task Who_has_no_role_here_or_comes_from_elsewhere_or_is_disabled_stays_outside()
    {
        using var browser = _host.Browser();
        (await SignOnAsync(browser, "nora")).ShouldBe("/sign-in?problem=no-role");
        await _ada.PatchAsJsonAsync("/api/admin/providers/test", new { emailDomains = new[] { "one.example" } }).ShouldBeAsync(HttpStatusCode.OK);
        using var stranger = _host.Browser();
        (await SignOnAsync(stranger, "eve")).ShouldBe("/sign-in?problem=mail-domain");
        using var cancelled = _host.Browser();
        (await SignOnAsync(cancelled, "")).ShouldBe("/sign-in?problem=sign-on-cancelled");
        using var olga = _host.Browser();
        await SignOnAsync(olga, "olga");
        var id = (await olga.GetAsync("/api/identity/me").ShouldBeAsync(HttpStatusCode.OK)).GetProperty("user").Text("id");
        await _ada.PatchAsJsonAsync($"/api/admin/users/{id}", new { disabled = true }).ShouldBeAsync(HttpStatusCode.OK);
        await olga.GetAsync("/api/identity/me").ShouldBeAsync(HttpStatusCode.Unauthorized);
        using var again = _host.Browser();
        (await SignOnAsync(again, "olga")).ShouldBe("/sign-in?problem=account-disabled");
    }

    [Fact]
    public async Task A_provider_opens_no_account_above_those_who_connected_it()
    {
        await _ada.DeleteAsync("/api/admin/providers/test").ShouldBeAsync(HttpStatusCode.NoContent);
        await _host.PersonAsync("one", "greta@one.example", "Greta", Role.OrganizationAdmin);
        using var greta = await _host.SignedInAsync("greta@one.example");
        var body = new
        {
            name = "test", title = "Mine", issuer = _provider.Issuer, clientId = "rialto", clientSecret = OpenIdProvider.Secret, scopes = new[] { "openid", "email", "profile", "groups" },
            groupRoles = new[] { new { group = "staff", role = "admin" } },
        };
        await greta.PostAsJsonAsync("/api/admin/providers", body).ShouldRefuseAsync(HttpStatusCode.Forbidden, "permission-missing");
        await greta.PostAsJsonAsync("/api/admin/providers", body with { groupRoles = [new { group = "staff", role = "clerk" }] }).ShouldBeAsync(HttpStatusCode.Created);
        // Her provider says that somebody is Ada, who may more than she.
        using var browser = _host.Browser();
        (await SignOnAsync(browser, "ada")).ShouldBe("/sign-in?problem=provider-overreaches");
        await browser.GetAsync("/api/identity/me").ShouldBeAsync(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task An_answer_counts_once_in_the_browser_that_asked_with_the_state_it_was_given()
    {
        var cookies = new CookieContainer();
        using var browser = _host.Browser(cookies);
        var callback = await ReachCallbackAsync(browser, "olga");
        var tampered = new Uri(callback.AbsoluteUri.Replace("state=", "state=x", StringComparison.Ordinal));
        (await browser.GetAsync(tampered)).Headers.Location!.OriginalString.ShouldBe("/sign-in?problem=sign-on-over");
        // The same sign-on by its cookie, and still not the state it was given.
        var state = QueryHelpers.ParseQuery(callback.Query)["state"].ToString();
        var changed = new Uri(callback.AbsoluteUri.Replace(state, state[..^2] + (state[^2] == 'A' ? 'B' : 'A') + state[^1], StringComparison.Ordinal));
        using var thief = _host.Browser();
        (await thief.GetAsync(callback)).Headers.Location!.OriginalString.ShouldBe("/sign-in?problem=sign-on-over", "the link was sent to somebody else");
        var cookie = cookies.GetCookieHeader(callback);
        (await browser.GetAsync(callback)).Headers.Location!.OriginalString.ShouldBe("/logs?q=error");
        (await browser.GetAsync(callback)).Headers.Location!.OriginalString.ShouldBe("/sign-in?problem=sign-on-over", "the cookie is gone");
        // Whoever kept the cookie has the same code and the same state again.
        using var replay = new HttpClient(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false });
        replay.DefaultRequestHeaders.Add("Cookie", cookie);
        (await replay.GetAsync(changed)).Headers.Location!.OriginalString.ShouldBe("/sign-in?problem=sign-on-over", "the state is another");
        (await replay.GetAsync(callback)).Headers.Location!.OriginalString.ShouldBe("/sign-in?problem=sign-on-over");
    }

    [Fact]
    public async Task A_code_that_was_used_elsewhere_is_worth_nothing()
    {
        using var browser = _host.Browser();
        var used = await ReachCallbackAsync(browser, "olga");
        (await browser.GetAsync(used)).Headers.Location!.OriginalString.ShouldBe("/logs?q=error");
        // The same code with the state of a new sign-on: the provider has seen it, and its verifier is another.
        using var thief = _host.Browser();
        using var start = await thief.GetAsync("/api/identity/providers/test/start");
        var state = QueryHelpers.ParseQuery(start.Headers.Location!.Query)["state"].ToString();
        var code = QueryHelpers.ParseQuery(used.Query)["code"].ToString();
        (await thief.GetAsync($"/api/identity/providers/test/callback?code={code}&state={state}")).Headers.Location!.OriginalString.ShouldBe("/sign-in?problem=sign-on-refused");
    }

    /// <summary>The proof of PKCE and the nonce each refuse it: the code was given for another sign-on than the thief's.</summary>
    [Fact]
    public async Task A_code_that_was_stolen_before_it_was_used_opens_nothing_either()
    {
        using var victim = _host.Browser();
        var code = QueryHelpers.ParseQuery((await ReachCallbackAsync(victim, "olga")).Query)["code"].ToString();
        using var thief = _host.Browser();
        using var start = await thief.GetAsync("/api/identity/providers/test/start");
        var state = QueryHelpers.ParseQuery(start.Headers.Location!.Query)["state"].ToString();
        (await thief.GetAsync($"/api/identity/providers/test/callback?code={code}&state={state}")).Headers.Location!.OriginalString.ShouldBe("/sign-in?problem=sign-on-refused");
    }

    [Fact]
    public async Task New_signing_keys_are_found_without_a_restart()
    {
        using var before = _host.Browser();
        await SignOnAsync(before, "olga");
        using (var direct = new HttpClient()) await direct.PostAsync(_provider.Issuer + "/_test/rotate", null);
        _host.Clock.Ahead += TimeSpan.FromSeconds(11);
        using var after = _host.Browser();
        (await SignOnAsync(after, "olga")).ShouldBe("/logs?q=error");
    }

    [Fact]
    public async Task Signing_out_leads_on_to_the_end_of_the_providers_session()
    {
        using var browser = _host.Browser();
        await SignOnAsync(browser, "olga");
        var next = (await browser.PostAsync("/api/identity/sign-out", null).ShouldBeAsync(HttpStatusCode.OK)).Text("continueAt");
        next.ShouldStartWith(_provider.Issuer + "/session/end?");
        next.ShouldContain("id_token_hint=");
        using var page = await browser.GetAsync(next);
        page.StatusCode.ShouldBe(HttpStatusCode.OK, await page.Content.ReadAsStringAsync());
        await browser.GetAsync("/api/identity/me").ShouldBeAsync(HttpStatusCode.Unauthorized);
        await _ada.PostAsync("/api/identity/sign-out", null).ShouldBeAsync(HttpStatusCode.NoContent);
    }

    [Fact]
    public async Task The_test_of_a_provider_says_what_is_wrong()
    {
        var good = await _ada.PostAsync("/api/admin/providers/test/test", null).ShouldBeAsync(HttpStatusCode.OK);
        good.GetProperty("ok").GetBoolean().ShouldBeTrue(good.ToString());
        await _ada.PatchAsJsonAsync("/api/admin/providers/test", new { clientSecret = "not it" }).ShouldBeAsync(HttpStatusCode.OK);
        Failed(await _ada.PostAsync("/api/admin/providers/test/test", null).ShouldBeAsync(HttpStatusCode.OK)).ShouldBe("client");
        await _ada.PatchAsJsonAsync("/api/admin/providers/test", new { issuer = _provider.Issuer.Replace("127.0.0.1", "localhost", StringComparison.Ordinal) }).ShouldBeAsync(HttpStatusCode.OK);
        Failed(await _ada.PostAsync("/api/admin/providers/test/test", null).ShouldBeAsync(HttpStatusCode.OK)).ShouldBe("issuer");
        (await _ada.GetStringAsync("/api/admin/providers")).ShouldNotContain("not it");
        (await _ada.GetStringAsync("/api/admin/audit")).ShouldNotContain(OpenIdProvider.Secret);
        // The issuer is another one now: nobody gets in by it.
        using var browser = _host.Browser();
        (await browser.GetAsync("/api/identity/providers/test/start")).Headers.Location!.OriginalString.ShouldBe("/sign-in?problem=provider-away");
    }

    private static string Failed(JsonElement tested) => tested.GetProperty("steps").EnumerateArray().Single(step => !step.GetProperty("ok").GetBoolean()).Text("name");

    [Theory]
    [InlineData("/logs?q=a", "/logs?q=a")]
    [InlineData("https://evil.example/", "/")]
    [InlineData("//evil.example/", "/")]
    [InlineData("/\\evil.example/", "/")]
    [InlineData("/a\\b", "/")]
    [InlineData("javascript:alert(1)", "/")]
    [InlineData("/\r\nSet-Cookie: a=b", "/")]
    [InlineData("/\t/evil.example", "/")]
    [InlineData(null, "/")]
    public void The_way_back_stays_in_this_installation(string? asked, string path) => Rialto.Platform.Identity.SingleSignOn.SingleSignOnEndpoints.LocalPath(asked).ShouldBe(path);
}
