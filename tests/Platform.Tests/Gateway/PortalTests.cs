using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Rialto.Fixtures;
using Rialto.Platform.ClickHouse;
using Rialto.Platform.Gateway.Requests;
using Rialto.Platform.Identity;
using Rialto.Platform.Tests.Identity;

namespace Rialto.Platform.Tests.Gateway;

/// <summary>A person's own keys, their use and the administrators' statistics, on both engines.</summary>
public sealed class PortalTests(PostgresFixture server, ClickHouseFixture engine) : IClassFixture<ClickHouseFixture>, IAsyncLifetime
{
    private ClickHouseClient _clickHouse = null!;
    private IdentityHost _host = null!;
    private HttpClient _ada = null!;

    public async ValueTask InitializeAsync()
    {
        _clickHouse = await engine.CreateDatabaseAsync();
        await new ClickHouseMigrations(_clickHouse, ClickHouseSchema.Plain).ApplyAsync("platform", typeof(ClickHouseClient).Assembly, CancellationToken.None);
        _host = await IdentityHost.StartAsync(server, clickHouse: _clickHouse);
        _ada = await _host.SignedInAsync();
    }

    public async ValueTask DisposeAsync()
    {
        _ada.Dispose();
        await _host.DisposeAsync();
        _clickHouse.Dispose();
    }

    private async Task<Guid> ApplicationAsync(string name = "shop") =>
        (await _ada.PostAsJsonAsync("/api/admin/applications", new { name }).ShouldBeAsync(HttpStatusCode.Created)).GetProperty("id").GetGuid();

    private async Task<(string Id, HttpClient Client)> KeyAsync(HttpClient browser, Guid application, params string[] permissions)
    {
        var key = await browser.PostAsJsonAsync("/api/portal/keys", new { name = "mine", applicationId = application, permissions, expiresAt = TimeProvider.System.GetUtcNow().AddDays(30) }).ShouldBeAsync(HttpStatusCode.Created);
        var client = _host.Browser();
        client.DefaultRequestHeaders.Add("X-Api-Key", key.Text("text"));
        return (key.Text("id"), client);
    }

    /// <summary>Requests are measured after their answer; this waits until so many of the credential are in the table.</summary>
    private Task MeasuredAsync(string credential, int count) => Forwarding.ForwarderTests.Eventually(async () =>
    {
        await _host.Services.GetRequiredService<RequestRecords>().WriteAsync(CancellationToken.None);
        await foreach (var row in _clickHouse.ReadJsonAsync<JsonElement>(
            "SELECT toInt32(count()) AS n FROM requests WHERE Credential = {credential:String}", JsonSerializerOptions.Default, QueryOptions.With(("credential", credential))))
            return row.GetProperty("n").GetInt32() == count;
        return false;
    });

    [Fact]
    public async Task A_person_makes_a_key_that_does_what_he_may_and_loses_what_he_loses()
    {
        var application = await ApplicationAsync();
        var dev = await _host.PersonAsync("one", "dev@one.example", "Dev", "developer");
        using var browser = await _host.SignedInAsync("dev@one.example");
        var portal = await browser.GetAsync("/api/portal/keys").ShouldBeAsync(HttpStatusCode.OK);
        portal.GetProperty("applications").EnumerateArray().Single().GetProperty("id").GetGuid().ShouldBe(application);
        await browser.PostAsJsonAsync("/api/portal/keys", new { name = "k", applicationId = application, permissions = new[] { "identity.manage" }, expiresAt = TimeProvider.System.GetUtcNow().AddDays(1) })
            .ShouldRefuseAsync(HttpStatusCode.Forbidden, "permission-missing");
        await browser.PostAsJsonAsync("/api/portal/keys", new { name = "k", applicationId = application, permissions = new[] { "platform.read" } }).ShouldRefuseAsync(HttpStatusCode.BadRequest, "expiry-out-of-range");
        await browser.PostAsJsonAsync("/api/portal/keys", new { name = "k", applicationId = Guid.CreateVersion7(), permissions = new[] { "platform.read" }, expiresAt = TimeProvider.System.GetUtcNow().AddDays(1) })
            .ShouldRefuseAsync(HttpStatusCode.NotFound, "no-such-application");

        var (id, program) = await KeyAsync(browser, application, "platform.read");
        using (program)
        {
            await program.GetAsync("/api/admin/requests").ShouldBeAsync(HttpStatusCode.OK);
            await program.PostAsJsonAsync("/api/portal/keys", new { name = "k", applicationId = application, permissions = new[] { "platform.read" }, expiresAt = TimeProvider.System.GetUtcNow().AddDays(1) })
                .ShouldRefuseAsync(HttpStatusCode.Forbidden, "person-required");
            (await browser.GetAsync("/api/portal/keys").ShouldBeAsync(HttpStatusCode.OK)).Items().Single().Text("plan").ShouldBe("portal");
            (await _ada.GetFromJsonAsync<JsonElement>("/api/admin/keys")).EnumerateArray().Single().Text("ownerName").ShouldBe("Dev");

            await _ada.PatchAsJsonAsync($"/api/admin/users/{dev}", new { roles = new[] { "clerk" } }).ShouldBeAsync(HttpStatusCode.OK);
            await program.GetAsync("/api/admin/requests").ShouldRefuseAsync(HttpStatusCode.Forbidden, "permission-missing");
            await _ada.PatchAsJsonAsync($"/api/admin/users/{dev}", new { roles = new[] { "developer" }, disabled = true }).ShouldBeAsync(HttpStatusCode.OK);
            await program.GetAsync("/api/admin/requests").ShouldRefuseAsync(HttpStatusCode.Unauthorized, "wrong-key");
        }
        await _ada.DeleteAsync($"/api/portal/keys/{id}").ShouldRefuseAsync(HttpStatusCode.NotFound, "no-such-key");
    }

    [Fact]
    public async Task An_owned_key_is_ended_by_its_owner_stays_his_when_rotated_and_there_are_at_most_ten()
    {
        var application = await ApplicationAsync();
        var (first, program) = await KeyAsync(_ada, application, "platform.read");
        program.Dispose();
        await _ada.PostAsJsonAsync($"/api/admin/keys/{first}/rotate", new { overlapHours = 0 }).ShouldBeAsync(HttpStatusCode.Created);
        var next = (await _ada.GetAsync("/api/portal/keys").ShouldBeAsync(HttpStatusCode.OK)).Items().Single().Text("id");
        next.ShouldNotBe(first);
        for (var i = 0; i < 9; i++) (await KeyAsync(_ada, application, "platform.read")).Client.Dispose();
        await _ada.PostAsJsonAsync("/api/portal/keys", new { name = "k", applicationId = application, permissions = new[] { "platform.read" }, expiresAt = TimeProvider.System.GetUtcNow().AddDays(1) })
            .ShouldRefuseAsync(HttpStatusCode.Conflict, "keys-enough");
        await _ada.DeleteAsync($"/api/portal/keys/{next}").ShouldBeAsync(HttpStatusCode.NoContent);
        (await _ada.GetAsync("/api/portal/keys").ShouldBeAsync(HttpStatusCode.OK)).Items().Length.ShouldBe(9);
    }

    [Fact]
    public async Task The_portals_plan_is_changed_and_never_deleted()
    {
        await _ada.PutAsJsonAsync("/api/admin/plans/portal", new { ratePerSecond = 5, burst = 5, dailyQuota = 100 }).ShouldBeAsync(HttpStatusCode.NoContent);
        await _ada.DeleteAsync("/api/admin/plans/portal").ShouldRefuseAsync(HttpStatusCode.Conflict, "plan-in-use");
    }

    [Fact]
    public async Task Usage_says_by_day_what_my_keys_did_and_what_their_plan_leaves()
    {
        var application = await ApplicationAsync();
        var (id, program) = await KeyAsync(_ada, application, "platform.read");
        using var _ = program;
        for (var i = 0; i < 3; i++) await program.GetAsync("/api/admin/requests").ShouldBeAsync(HttpStatusCode.OK);
        await program.GetAsync("/api/admin/users").ShouldRefuseAsync(HttpStatusCode.Forbidden, "permission-missing");
        await MeasuredAsync(id, 4);
        var usage = await _ada.GetAsync("/api/portal/usage?days=7").ShouldBeAsync(HttpStatusCode.OK);
        var mine = usage.Items().Single();
        mine.Text("key").ShouldBe(id);
        mine.GetProperty("plan").GetProperty("dailyQuota").GetInt64().ShouldBe(50_000);
        var used = mine.GetProperty("usedToday").GetInt64();
        used.ShouldBeInRange(3, 50, "each request and at most what the node holds ready");
        mine.GetProperty("leftToday").GetInt64().ShouldBe(50_000 - used);
        // The clock may pass midnight in the middle of it.
        var days = mine.GetProperty("days").EnumerateArray().ToArray();
        days.Sum(day => day.GetProperty("count").GetInt64()).ShouldBe(4);
        days.Sum(day => day.GetProperty("refused").GetInt64()).ShouldBe(1);
        days.Sum(day => day.GetProperty("bytesOut").GetInt64()).ShouldBeGreaterThan(100);

        (await program.GetAsync("/api/portal/usage").ShouldBeAsync(HttpStatusCode.OK)).Items().Single().Text("key").ShouldBe(id);
        await _host.PersonAsync("one", "bob@one.example", "Bob", Role.Admin);
        using var bob = await _host.SignedInAsync("bob@one.example");
        (await bob.GetAsync("/api/portal/usage").ShouldBeAsync(HttpStatusCode.OK)).Items().ShouldBeEmpty("what is another person's is his");
        await bob.GetAsync("/api/portal/usage?days=91").ShouldRefuseAsync(HttpStatusCode.BadRequest, "range-too-long");
    }

    [Fact]
    public async Task Statistics_count_by_route_and_over_time_and_filter_by_route_and_key()
    {
        var application = await ApplicationAsync();
        var (id, program) = await KeyAsync(_ada, application, "platform.read");
        using var _ = program;
        for (var i = 0; i < 5; i++) await program.GetAsync("/api/admin/requests").ShouldBeAsync(HttpStatusCode.OK);
        await program.GetAsync($"/api/admin/users/{Guid.CreateVersion7()}").ShouldRefuseAsync(HttpStatusCode.Forbidden, "permission-missing");
        await MeasuredAsync(id, 6);
        var all = await _ada.GetAsync($"/api/admin/requests?key={id}").ShouldBeAsync(HttpStatusCode.OK);
        var routes = all.GetProperty("routes").EnumerateArray().ToArray();
        routes.Select(route => (route.Text("route"), route.Text("method"), route.GetProperty("count").GetInt32(), route.GetProperty("refused").GetInt32(), route.GetProperty("errors").GetInt32()))
            .ShouldBe([("/api/admin/requests", "GET", 5, 0, 0), ("/api/admin/users/{id:guid}", "GET", 1, 1, 0)]);
        routes[0].GetProperty("p50Ms").GetDouble().ShouldBeInRange(0.0001, routes[0].GetProperty("p99Ms").GetDouble());
        var series = all.GetProperty("series").EnumerateArray().ToArray();
        series.Sum(moment => moment.GetProperty("count").GetInt32()).ShouldBe(6);
        series.Length.ShouldBeInRange(120, 122, "an hour in steps of 30 seconds, the empty ones too");
        all.GetProperty("stepSeconds").GetInt32().ShouldBe(30);

        var one = await _ada.GetAsync($"/api/admin/requests?key={id}&route={Uri.EscapeDataString("/api/admin/users/{id:guid}")}").ShouldBeAsync(HttpStatusCode.OK);
        one.GetProperty("routes").EnumerateArray().Single().GetProperty("count").GetInt32().ShouldBe(1);
        (await _ada.GetAsync("/api/admin/requests?key=nobody").ShouldBeAsync(HttpStatusCode.OK)).GetProperty("routes").GetArrayLength().ShouldBe(0);
        await _ada.GetAsync("/api/admin/requests?from=2026-01-02T00:00:00Z&to=2026-01-01T00:00:00Z").ShouldRefuseAsync(HttpStatusCode.BadRequest, "range-empty");
        await _ada.GetAsync("/api/admin/requests?from=2026-01-01T00:00:00Z&to=2026-06-01T00:00:00Z").ShouldRefuseAsync(HttpStatusCode.BadRequest, "range-too-long");
    }

    [Fact]
    public async Task Another_organization_and_who_was_not_signed_in_are_seen_by_who_manages_the_platform_only()
    {
        await _host.OrganizationAsync("two");
        await _host.PersonAsync("two", "vic@two.example", "Vic", Role.Viewer);
        using var vic = await _host.SignedInAsync("vic@two.example");
        using var nobody = _host.Browser();
        await nobody.GetAsync("/api/identity/me").ShouldBeAsync(HttpStatusCode.Unauthorized);
        await vic.GetAsync("/api/identity/me").ShouldBeAsync(HttpStatusCode.OK);
        static int Count(JsonElement answer, string route) => answer.GetProperty("routes").EnumerateArray().Where(one => one.Text("route") == route).Sum(one => one.GetProperty("count").GetInt32());
        // Ada's and Vic's sign-in, and the two that asked who they are: people have no credential.
        await MeasuredAsync("", 4);
        Count(await _ada.GetAsync("/api/admin/requests").ShouldBeAsync(HttpStatusCode.OK), "/api/identity/me").ShouldBe(2);
        var own = await vic.GetAsync("/api/admin/requests").ShouldBeAsync(HttpStatusCode.OK);
        Count(own, "/api/identity/me").ShouldBe(1);
        Count(own, "/api/identity/sign-in").ShouldBe(0, "nobody was signed in yet");
    }
}
