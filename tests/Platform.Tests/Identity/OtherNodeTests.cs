using System.Net;
using System.Net.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Rialto.Fixtures;
using Rialto.Platform.Identity;
using Rialto.Platform.Identity.Programs;
using Rialto.Platform.Postgres;
using Rialto.Platform.Secrets;
using Rialto.Platform.Tests.Connectors;

namespace Rialto.Platform.Tests.Identity;

/// <summary>
/// A second node on the same database that never hears a notification: its listener is not started. Its clock stands still until the test moves it, so
/// what it knows is as old as the test says, however slow the machine is.
/// </summary>
public sealed class OtherNodeTests(PostgresFixture server) : IAsyncLifetime
{
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(5);

    private readonly VirtualClock _clock = new(TimeProvider.System.GetUtcNow());
    private IdentityHost _host = null!;
    private HttpClient _ada = null!;
    private Notifications _deaf = null!;

    public async ValueTask InitializeAsync()
    {
        _host = await IdentityHost.StartAsync(server);
        _ada = await _host.SignedInAsync();
        _deaf = new Notifications(_host.Postgres, _clock, NullLogger<Notifications>.Instance);
    }

    public async ValueTask DisposeAsync()
    {
        _ada.Dispose();
        _deaf.Dispose();
        await _host.DisposeAsync();
    }

    /// <summary>The other node goes on with what it knew, which shows that it heard nothing, and lets go of it when five seconds are over.</summary>
    private async Task EndsWithinTheBoundAsync<T>(Func<ValueTask<T?>> find, Func<Task> revoke)
        where T : class
    {
        (await find()).ShouldNotBeNull();
        await revoke();
        (await find()).ShouldNotBeNull("the notification was to be lost");
        _clock.Advance(Bound);
        (await find()).ShouldBeNull();
    }

    private async Task<Guid> ShopAsync() => (await _ada.PostAsJsonAsync("/api/admin/applications", new { name = "shop" }).ShouldBeAsync(HttpStatusCode.Created)).GetProperty("id").GetGuid();

    [Fact]
    public async Task A_revoked_client_takes_its_tokens_along_on_a_node_that_was_not_told()
    {
        var client = await _ada.PostAsJsonAsync("/api/admin/clients", new { name = "c", applicationId = await ShopAsync(), permissions = new[] { "logs.read" } }).ShouldBeAsync(HttpStatusCode.Created);
        var granted = await _ada.PostAsync("/oauth/token", new FormUrlEncodedContent(
            [KeyValuePair.Create("grant_type", "client_credentials"), KeyValuePair.Create("client_id", client.Text("id")), KeyValuePair.Create("client_secret", client.Text("secret"))])).ShouldBeAsync(HttpStatusCode.OK);
        using var other = new AccessTokens(_host.Postgres, _clock, _deaf);
        await EndsWithinTheBoundAsync(() => other.FindAsync(granted.Text("access_token")), () => _ada.DeleteAsync($"/api/admin/clients/{client.Text("id")}").ShouldBeAsync(HttpStatusCode.NoContent));
    }

    [Fact]
    public async Task A_session_that_an_administrator_ends_ends_on_a_node_that_was_not_told()
    {
        var bob = await _host.PersonAsync("one", "bob@one.example", "Bob", Role.Viewer);
        var cookies = new CookieContainer();
        using var browser = _host.Browser(cookies);
        await browser.PostAsJsonAsync("/api/identity/sign-in", new { email = "bob@one.example", password = IdentityHost.Password }).ShouldBeAsync(HttpStatusCode.OK);
        var token = cookies.GetCookies(_host.Address)[Sessions.Cookie]!.Value;
        using var other = new Sessions(_host.Postgres, _clock, _deaf, _host.Services.GetRequiredService<SecretStore>());
        await EndsWithinTheBoundAsync(() => other.FindAsync(token), () => _ada.PostAsync($"/api/admin/users/{bob}/sign-out", null).ShouldBeAsync(HttpStatusCode.NoContent));
    }

    /// <summary>A node that listens. Its clock stands still, so what it forgets it forgets because it was told.</summary>
    [Fact]
    public async Task Who_signs_out_is_forgotten_at_once_and_nobody_else_is()
    {
        using var listening = new Notifications(_host.Postgres, _clock, NullLogger<Notifications>.Instance);
        var told = new System.Collections.Concurrent.ConcurrentQueue<string>();
        using var heard = listening.Subscribe(Notifications.Identity, told.Enqueue);
        using var other = new Sessions(_host.Postgres, _clock, listening, _host.Services.GetRequiredService<SecretStore>());
        await listening.StartAsync(CancellationToken.None);
        // The first thing it hears is its own beginning.
        await Eventually.TrueAsync(() => !told.IsEmpty, "the node listens");
        await _host.PersonAsync("one", "bob@one.example", "Bob", Role.Viewer);
        var (bobs, adas) = (new CookieContainer(), new CookieContainer());
        using var bob = _host.Browser(bobs);
        using var ada = _host.Browser(adas);
        await bob.PostAsJsonAsync("/api/identity/sign-in", new { email = "bob@one.example", password = IdentityHost.Password }).ShouldBeAsync(HttpStatusCode.OK);
        await ada.PostAsJsonAsync("/api/identity/sign-in", new { email = IdentityHost.Ada, password = IdentityHost.Password }).ShouldBeAsync(HttpStatusCode.OK);
        string TokenOf(CookieContainer cookies) => cookies.GetCookies(_host.Address)[Sessions.Cookie]!.Value;
        var (his, hers) = (TokenOf(bobs), TokenOf(adas));
        (await other.FindAsync(his)).ShouldNotBeNull();
        (await other.FindAsync(hers)).ShouldNotBeNull();

        await bob.PostAsync("/api/identity/sign-out", null).ShouldBeAsync(HttpStatusCode.NoContent);
        await Eventually.TrueAsync(async () => await other.FindAsync(his) is null, "the node has heard of it");
        other.FindAsync(hers).IsCompletedSuccessfully.ShouldBeTrue("the node asked about a session that nothing happened to");
        told.ShouldAllBe(what => what.Length == 0 || what.StartsWith("session:", StringComparison.Ordinal));
        await listening.StopAsync(CancellationToken.None);
    }

    [Fact]
    public async Task A_disabled_person_loses_session_and_token_on_a_node_that_was_not_told()
    {
        var bob = await _host.PersonAsync("one", "bob@one.example", "Bob", Role.Viewer);
        using var browser = await _host.SignedInAsync("bob@one.example");
        var token = (await browser.PostAsJsonAsync("/api/identity/tokens", new { name = "t", permissions = new[] { "logs.read" }, expiresAt = TimeProvider.System.GetUtcNow().AddDays(1) })
            .ShouldBeAsync(HttpStatusCode.Created)).Text("secret");
        using var other = new AccessTokens(_host.Postgres, _clock, _deaf);
        await EndsWithinTheBoundAsync(() => other.FindAsync(token), () => _ada.PatchAsJsonAsync($"/api/admin/users/{bob}", new { disabled = true }).ShouldBeAsync(HttpStatusCode.OK));
    }
}
