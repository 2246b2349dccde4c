using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Rialto.Fixtures;
using Rialto.Platform.Identity;

namespace Rialto.Platform.Tests.Identity;

/// <summary>OAuth clients, personal tokens, apps and their refresh tokens.</summary>
public sealed class ProgramTests(PostgresFixture server) : IAsyncLifetime
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

    private async Task<(string Id, string Secret)> ClientAsync(params string[] permissions)
    {
        var shop = (await _ada.PostAsJsonAsync("/api/admin/applications", new { name = "shop" }).ShouldBeAsync(HttpStatusCode.Created)).Text("id");
        var client = await _ada.PostAsJsonAsync("/api/admin/clients", new { name = "c", applicationId = shop, permissions }).ShouldBeAsync(HttpStatusCode.Created);
        return (client.Text("id"), client.Text("secret"));
    }

    private async Task<JsonElement> TokenAsync(HttpStatusCode status, params (string, string)[] form)
    {
        using var program = _host.Browser();
        return await program.PostAsync("/oauth/token", new FormUrlEncodedContent(form.Select(pair => KeyValuePair.Create(pair.Item1, pair.Item2)))).ShouldBeAsync(status);
    }

    private async Task<HttpStatusCode> TryAsync(string token, string address = "/api/admin/users")
    {
        using var program = _host.Browser();
        program.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var answer = await program.GetAsync(address);
        return answer.StatusCode;
    }

    [Fact]
    public async Task A_client_gets_a_token_for_its_scopes_and_no_others()
    {
        var (id, secret) = await ClientAsync("identity.read", "logs.read");
        var granted = await TokenAsync(HttpStatusCode.OK, ("grant_type", "client_credentials"), ("client_id", id), ("client_secret", secret));
        granted.Text("token_type").ShouldBe("Bearer");
        granted.Text("scope").ShouldBe("identity.read logs.read");
        granted.TryGetProperty("refresh_token", out _).ShouldBeFalse("a client has its secret");
        (await TryAsync(granted.Text("access_token"))).ShouldBe(HttpStatusCode.OK);
        var narrow = await TokenAsync(HttpStatusCode.OK, ("grant_type", "client_credentials"), ("client_id", id), ("client_secret", secret), ("scope", "logs.read"));
        (await TryAsync(narrow.Text("access_token"))).ShouldBe(HttpStatusCode.Forbidden);
        (await TokenAsync(HttpStatusCode.BadRequest, ("grant_type", "client_credentials"), ("client_id", id), ("client_secret", secret), ("scope", "logs.read identity.manage"))).Text("error").ShouldBe("invalid_scope");
        _host.Clock.Ahead += TimeSpan.FromHours(1.1);
        (await TryAsync(granted.Text("access_token"))).ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_client_shows_who_it_is_by_basic_or_in_the_body_and_errors_are_those_of_the_standard()
    {
        var (id, secret) = await ClientAsync("logs.read");
        using var program = _host.Browser();
        program.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.ASCII.GetBytes($"{id}:{secret}")));
        await program.PostAsync("/oauth/token", new FormUrlEncodedContent([KeyValuePair.Create("grant_type", "client_credentials")])).ShouldBeAsync(HttpStatusCode.OK);
        program.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.ASCII.GetBytes($"{id}:wrong")));
        using var refused = await program.PostAsync("/oauth/token", new FormUrlEncodedContent([KeyValuePair.Create("grant_type", "client_credentials")]));
        refused.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        refused.Headers.WwwAuthenticate.ToString().ShouldStartWith("Basic");
        refused.Headers.CacheControl!.NoStore.ShouldBeTrue();
        (await TokenAsync(HttpStatusCode.Unauthorized, ("grant_type", "client_credentials"), ("client_id", "nobody"), ("client_secret", secret))).Text("error").ShouldBe("invalid_client");
        (await TokenAsync(HttpStatusCode.BadRequest, ("grant_type", "password"), ("username", IdentityHost.Ada), ("password", IdentityHost.Password))).Text("error").ShouldBe("unsupported_grant_type");
        (await TokenAsync(HttpStatusCode.BadRequest, ("client_id", id))).Text("error").ShouldBe("invalid_request");
        (await TokenAsync(HttpStatusCode.BadRequest, ("grant_type", "client_credentials"), ("grant_type", "refresh_token"))).Text("error").ShouldBe("invalid_request");
    }

    [Fact]
    public async Task A_revoked_client_and_its_tokens_are_dead_and_a_rotated_secret_replaces_the_old()
    {
        var (id, secret) = await ClientAsync("identity.read");
        var granted = await TokenAsync(HttpStatusCode.OK, ("grant_type", "client_credentials"), ("client_id", id), ("client_secret", secret));
        var next = (await _ada.PostAsync($"/api/admin/clients/{id}/rotate", null).ShouldBeAsync(HttpStatusCode.OK)).Text("secret");
        await TokenAsync(HttpStatusCode.Unauthorized, ("grant_type", "client_credentials"), ("client_id", id), ("client_secret", secret));
        await TokenAsync(HttpStatusCode.OK, ("grant_type", "client_credentials"), ("client_id", id), ("client_secret", next));
        (await TryAsync(granted.Text("access_token"))).ShouldBe(HttpStatusCode.OK);
        (await _ada.GetStringAsync("/api/admin/clients")).ShouldNotContain(next);
        await _ada.DeleteAsync($"/api/admin/clients/{id}").ShouldBeAsync(HttpStatusCode.NoContent);
        (await TryAsync(granted.Text("access_token"))).ShouldBe(HttpStatusCode.Unauthorized);
        await TokenAsync(HttpStatusCode.Unauthorized, ("grant_type", "client_credentials"), ("client_id", id), ("client_secret", next));
    }

    [Fact]
    public async Task A_personal_token_may_at_most_what_its_person_may_now()
    {
        var bob = await _host.PersonAsync("one", "bob@one.example", "Bob", Role.OrganizationAdmin);
        using var browser = await _host.SignedInAsync("bob@one.example");
        var expiresAt = _host.Clock.GetUtcNow().AddDays(30);
        await browser.PostAsJsonAsync("/api/identity/tokens", new { name = "t", permissions = new[] { "platform.manage" }, expiresAt }).ShouldRefuseAsync(HttpStatusCode.Forbidden, "permission-missing");
        await browser.PostAsJsonAsync("/api/identity/tokens", new { name = "t", permissions = new[] { "identity.read" }, expiresAt = expiresAt.AddYears(2) }).ShouldRefuseAsync(HttpStatusCode.BadRequest, "expiry-out-of-range");
        var made = await browser.PostAsJsonAsync("/api/identity/tokens", new { name = "t", permissions = new[] { "identity.read" }, expiresAt }).ShouldBeAsync(HttpStatusCode.Created);
        var token = made.Text("secret");
        (await TryAsync(token)).ShouldBe(HttpStatusCode.OK);
        (await TryAsync(token, "/api/identity/tokens")).ShouldBe(HttpStatusCode.Forbidden, "a token makes no tokens");
        (await browser.GetStringAsync("/api/identity/tokens")).ShouldNotContain(token.Split('_')[2]);
        await _ada.PatchAsJsonAsync($"/api/admin/users/{bob}", new { roles = new[] { "clerk" } }).ShouldBeAsync(HttpStatusCode.OK);
        await Eventually.TrueAsync(async () => await TryAsync(token) == HttpStatusCode.Forbidden, "the token loses what Bob lost");
        await browser.DeleteAsync($"/api/identity/tokens/{made.Text("id")}").ShouldBeAsync(HttpStatusCode.NoContent);
        await _ada.DeleteAsync($"/api/identity/tokens/{made.Text("id")}").ShouldRefuseAsync(HttpStatusCode.NotFound, "no-such-token");
        (await TryAsync(token)).ShouldBe(HttpStatusCode.Unauthorized);
    }

    private Task<JsonElement> RefreshAsync(HttpStatusCode status, string token) => TokenAsync(status, ("grant_type", "refresh_token"), ("refresh_token", token));

    [Fact]
    public async Task A_refresh_token_works_once_and_a_second_use_ends_the_whole_family()
    {
        var first = await _ada.PostAsJsonAsync("/api/identity/tokens/app", new { name = "phone", permissions = new[] { "identity.read" } }).ShouldBeAsync(HttpStatusCode.OK);
        (await TryAsync(first.Text("access_token"))).ShouldBe(HttpStatusCode.OK);
        (await TryAsync(first.Text("refresh_token"))).ShouldBe(HttpStatusCode.Unauthorized, "a refresh token is no bearer token");
        var second = await RefreshAsync(HttpStatusCode.OK, first.Text("refresh_token"));
        (await TryAsync(second.Text("access_token"))).ShouldBe(HttpStatusCode.OK);
        var third = await RefreshAsync(HttpStatusCode.OK, second.Text("refresh_token"));
        (await _ada.GetAsync("/api/identity/tokens").ShouldBeAsync(HttpStatusCode.OK)).Items().Length.ShouldBe(1);
        // Somebody had copied the first one.
        (await RefreshAsync(HttpStatusCode.BadRequest, first.Text("refresh_token"))).Text("error").ShouldBe("invalid_grant");
        (await TryAsync(third.Text("access_token"))).ShouldBe(HttpStatusCode.Unauthorized);
        await RefreshAsync(HttpStatusCode.BadRequest, third.Text("refresh_token"));
        (await _ada.GetAsync("/api/identity/tokens").ShouldBeAsync(HttpStatusCode.OK)).Items().ShouldBeEmpty();
    }

    [Fact]
    public async Task Two_refreshes_at_once_are_a_reuse()
    {
        var first = await _ada.PostAsJsonAsync("/api/identity/tokens/app", new { name = "phone" }).ShouldBeAsync(HttpStatusCode.OK);
        using var program = _host.Browser();
        var answers = await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => program.PostAsync("/oauth/token",
            new FormUrlEncodedContent([KeyValuePair.Create("grant_type", "refresh_token"), KeyValuePair.Create("refresh_token", first.Text("refresh_token"))]))));
        answers.Count(answer => answer.IsSuccessStatusCode).ShouldBe(1);
        (await TryAsync(first.Text("access_token"))).ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_disabled_person_has_no_app_left()
    {
        var bob = await _host.PersonAsync("one", "bob@one.example", "Bob", Role.OrganizationAdmin);
        using var browser = await _host.SignedInAsync("bob@one.example");
        var app = await browser.PostAsJsonAsync("/api/identity/tokens/app", new { name = "phone" }).ShouldBeAsync(HttpStatusCode.OK);
        await _ada.PatchAsJsonAsync($"/api/admin/users/{bob}", new { disabled = true }).ShouldBeAsync(HttpStatusCode.OK);
        await Eventually.TrueAsync(async () => await TryAsync(app.Text("access_token")) == HttpStatusCode.Unauthorized, "the token ends");
        await RefreshAsync(HttpStatusCode.BadRequest, app.Text("refresh_token"));
    }

    [Fact]
    public async Task A_refresh_narrows_and_never_widens_and_ends_with_its_time()
    {
        var first = await _ada.PostAsJsonAsync("/api/identity/tokens/app", new { name = "phone", permissions = new[] { "identity.read", "logs.read" } }).ShouldBeAsync(HttpStatusCode.OK);
        Task<JsonElement> Scoped(HttpStatusCode status, string scope) => TokenAsync(status, ("grant_type", "refresh_token"), ("refresh_token", first.Text("refresh_token")), ("scope", scope));
        (await Scoped(HttpStatusCode.BadRequest, "identity.manage")).Text("error").ShouldBe("invalid_scope");
        var narrow = await Scoped(HttpStatusCode.OK, "logs.read");
        narrow.Text("scope").ShouldBe("logs.read");
        (await TryAsync(narrow.Text("access_token"))).ShouldBe(HttpStatusCode.Forbidden);
        // A bearer token, a made-up text and nothing are no refresh tokens.
        foreach (var wrong in new[] { narrow.Text("access_token"), "rr_aaaaaaaaaaaa_" + new string('b', 40), "" })
            (await RefreshAsync(HttpStatusCode.BadRequest, wrong)).Text("error").ShouldBe("invalid_grant");
        _host.Clock.Ahead += TimeSpan.FromDays(400);
        (await RefreshAsync(HttpStatusCode.BadRequest, narrow.Text("refresh_token"))).Text("error").ShouldBe("invalid_grant");
    }
}
