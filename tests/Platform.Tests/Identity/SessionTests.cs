using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Rialto.Fixtures;
using Rialto.Platform.Identity;

namespace Rialto.Platform.Tests.Identity;

/// <summary>Where a person is signed in, ending one of these, and signing out everywhere.</summary>
public sealed class SessionTests(PostgresFixture server) : IAsyncLifetime
{
    private IdentityHost _host = null!;

    public async ValueTask InitializeAsync()
    {
        _host = await IdentityHost.StartAsync(server);
        await _host.PersonAsync("one", "bob@one.example", "Bob", Role.Viewer);
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    private static async Task<JsonElement[]> SessionsAsync(HttpClient browser) => [.. (await browser.GetAsync("/api/identity/sessions").ShouldBeAsync(HttpStatusCode.OK)).EnumerateArray()];

    private static Task<JsonElement> MeAsync(HttpClient browser, HttpStatusCode expected) => browser.GetAsync("/api/identity/me").ShouldBeAsync(expected);

    /// <summary>A token that is known is told that this is for persons; any other that it is unknown.</summary>
    private async Task<HttpStatusCode> MeByTokenAsync(string token)
    {
        using var program = _host.Browser();
        program.DefaultRequestHeaders.Authorization = new("Bearer", token);
        using var answer = await program.GetAsync("/api/identity/me");
        return answer.StatusCode;
    }

    [Fact]
    public async Task A_person_sees_his_own_sessions_and_ends_one_of_them()
    {
        using var ada = await _host.SignedInAsync();
        using var laptop = await _host.SignedInAsync("bob@one.example");
        using var phone = await _host.SignedInAsync("bob@one.example");
        var his = await SessionsAsync(laptop);
        his.Length.ShouldBe(2);
        his.Count(session => session.GetProperty("isCurrent").GetBoolean()).ShouldBe(1);
        var other = his.Single(session => !session.GetProperty("isCurrent").GetBoolean()).Text("id");

        await ada.DeleteAsync($"/api/identity/sessions/{other}").ShouldRefuseAsync(HttpStatusCode.NotFound, "no-such-session");
        await MeAsync(phone, HttpStatusCode.OK);
        await laptop.DeleteAsync($"/api/identity/sessions/{other}").ShouldBeAsync(HttpStatusCode.NoContent);
        await MeAsync(phone, HttpStatusCode.Unauthorized);
        await laptop.DeleteAsync($"/api/identity/sessions/{other}").ShouldRefuseAsync(HttpStatusCode.NotFound, "no-such-session");
        (await SessionsAsync(laptop)).Length.ShouldBe(1);
        (await _host.AuditAsync()).ShouldContain(entry => entry.Action == "identity.session.end" && entry.Target == "session:" + other);
    }

    [Fact]
    public async Task Signing_out_everywhere_ends_every_session_and_app_of_the_person_and_nothing_else()
    {
        using var ada = await _host.SignedInAsync();
        using var laptop = await _host.SignedInAsync("bob@one.example");
        using var phone = await _host.SignedInAsync("bob@one.example");
        var app = await phone.PostAsJsonAsync("/api/identity/tokens/app", new { name = "app", permissions = new[] { "logs.read" } }).ShouldBeAsync(HttpStatusCode.OK);
        var script = (await phone.PostAsJsonAsync("/api/identity/tokens", new { name = "script", permissions = new[] { "logs.read" }, expiresAt = TimeProvider.System.GetUtcNow().AddDays(1) })
            .ShouldBeAsync(HttpStatusCode.Created)).Text("secret");
        (await MeByTokenAsync(app.Text("access_token"))).ShouldBe(HttpStatusCode.Forbidden);

        await laptop.DeleteAsync("/api/identity/sessions").ShouldBeAsync(HttpStatusCode.NoContent);
        await MeAsync(laptop, HttpStatusCode.Unauthorized);
        await MeAsync(phone, HttpStatusCode.Unauthorized);
        (await MeByTokenAsync(app.Text("access_token"))).ShouldBe(HttpStatusCode.Unauthorized, "a stolen phone is out too");
        using (var refresh = await laptop.PostAsync("/oauth/token", new FormUrlEncodedContent([KeyValuePair.Create("grant_type", "refresh_token"), KeyValuePair.Create("refresh_token", app.Text("refresh_token"))])))
            refresh.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await MeByTokenAsync(script)).ShouldBe(HttpStatusCode.Forbidden, "he made it for a program, which signs in nowhere");
        await MeAsync(ada, HttpStatusCode.OK);
    }
}
