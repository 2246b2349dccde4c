using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Rialto.Fixtures;
using Rialto.Platform.Identity;

namespace Rialto.Platform.Tests.Identity;

/// <summary>Administration of people, roles, organizations and applications.</summary>
public sealed class PeopleTests(PostgresFixture server) : IAsyncLifetime
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

    private static Task<HttpResponseMessage> Patch(HttpClient client, string address, object body) => client.PatchAsJsonAsync(address, body);

    [Fact]
    public async Task A_person_is_changed_by_who_administers_and_the_audit_has_before_and_after()
    {
        var vic = await _host.PersonAsync("one", "vic@one.example", "Vic", Role.Viewer);
        var changed = await Patch(_ada, $"/api/admin/users/{vic}", new { name = "Victor", roles = new[] { "clerk", "viewer" } }).ShouldBeAsync(HttpStatusCode.OK);
        changed.Text("name").ShouldBe("Victor");
        changed.GetProperty("roles").EnumerateArray().Select(role => role.GetString()).ShouldBe(["clerk", "viewer"]);
        var entry = (await _host.AuditAsync())[0];
        entry.Action.ShouldBe("identity.user.change");
        entry.Target.ShouldBe("user:" + vic);
        entry.Before!.ShouldContain("\"Vic\"");
        entry.After!.ShouldContain("\"Victor\"");
    }

    [Fact]
    public async Task Changed_roles_and_a_disabled_account_hold_for_sessions_that_are_open()
    {
        var vic = await _host.PersonAsync("one", "vic@one.example", "Vic", Role.Viewer);
        using var browser = await _host.SignedInAsync("vic@one.example");
        await browser.GetAsync("/api/admin/users").ShouldRefuseAsync(HttpStatusCode.Forbidden, "permission-missing");
        await Patch(_ada, $"/api/admin/users/{vic}", new { roles = new[] { "organization-admin" } }).ShouldBeAsync(HttpStatusCode.OK);
        await browser.GetAsync("/api/admin/users").ShouldBeAsync(HttpStatusCode.OK);
        await Patch(_ada, $"/api/admin/users/{vic}", new { disabled = true }).ShouldBeAsync(HttpStatusCode.OK);
        await browser.GetAsync("/api/identity/me").ShouldBeAsync(HttpStatusCode.Unauthorized);
        using var again = _host.Browser();
        await again.PostAsJsonAsync("/api/identity/sign-in", new { email = "vic@one.example", password = IdentityHost.Password }).ShouldRefuseAsync(HttpStatusCode.Unauthorized, "wrong-credentials");
        await Patch(_ada, $"/api/admin/users/{vic}", new { disabled = false }).ShouldBeAsync(HttpStatusCode.OK);
        (await _host.SignedInAsync("vic@one.example")).Dispose();
    }

    [Fact]
    public async Task Nobody_gives_what_he_does_not_hold_and_nobody_touches_who_holds_more()
    {
        var bob = await _host.PersonAsync("one", "bob@one.example", "Bob", Role.OrganizationAdmin);
        var vic = await _host.PersonAsync("one", "vic@one.example", "Vic", Role.Viewer);
        var cleo = await _host.PersonAsync("one", "cleo@one.example", "Cleo", "clerk");
        var ada = (await _ada.GetFromJsonAsync<JsonElement>("/api/identity/me")).GetProperty("user").Text("id");
        using var browser = await _host.SignedInAsync("bob@one.example");
        await Patch(browser, $"/api/admin/users/{bob}", new { roles = new[] { "admin" } }).ShouldRefuseAsync(HttpStatusCode.Forbidden, "permission-missing");
        await Patch(browser, $"/api/admin/users/{cleo}", new { roles = new[] { "viewer" } }).ShouldRefuseAsync(HttpStatusCode.Forbidden, "permission-missing");
        await browser.PutAsJsonAsync("/api/admin/roles/mine", new { title = "Mine", permissions = new[] { "platform.manage" } }).ShouldRefuseAsync(HttpStatusCode.Forbidden, "permission-missing");
        await browser.PostAsJsonAsync("/api/admin/invitations", new { email = "eve@one.example", roles = new[] { "admin" } }).ShouldRefuseAsync(HttpStatusCode.Forbidden, "permission-missing");
        // Each of these would be a way to take the account of somebody who may more.
        foreach (var act in new[] { "unlock", "sign-out", "reset-second-factor", "reset-password" })
            await browser.PostAsync($"/api/admin/users/{ada}/{act}", null).ShouldRefuseAsync(HttpStatusCode.Forbidden, "permission-missing");
        await Patch(browser, $"/api/admin/users/{ada}", new { disabled = true }).ShouldRefuseAsync(HttpStatusCode.Forbidden, "permission-missing");
        await Patch(browser, $"/api/admin/users/{vic}", new { name = "X" }).ShouldRefuseAsync(HttpStatusCode.Forbidden, "permission-missing");
        await Patch(browser, $"/api/admin/users/{cleo}", new { roles = new[] { "sales" } }).ShouldBeAsync(HttpStatusCode.OK);
    }

    [Fact]
    public async Task The_last_administrator_stays_whatever_way_it_is_tried()
    {
        var ada = (await _ada.GetFromJsonAsync<JsonElement>("/api/identity/me")).GetProperty("user").Text("id");
        await Patch(_ada, $"/api/admin/users/{ada}", new { roles = new[] { "viewer" } }).ShouldRefuseAsync(HttpStatusCode.Conflict, "last-administrator");
        await Patch(_ada, $"/api/admin/users/{ada}", new { disabled = true }).ShouldRefuseAsync(HttpStatusCode.Conflict, "not-yourself");
        // By a role of their own: Bob administers through it, Ada steps down, and then the role must not lose what makes it one.
        var everything = Permission.All.ToArray();
        await _ada.PutAsJsonAsync("/api/admin/roles/boss", new { title = "Boss", permissions = everything }).ShouldBeAsync(HttpStatusCode.NoContent);
        await _host.PersonAsync("one", "bob@one.example", "Bob", "boss");
        await Patch(_ada, $"/api/admin/users/{ada}", new { roles = new[] { "viewer" } }).ShouldBeAsync(HttpStatusCode.OK);
        using var bob = await _host.SignedInAsync("bob@one.example");
        await bob.PutAsJsonAsync("/api/admin/roles/boss", new { title = "Boss", permissions = new[] { "logs.read", "identity.read" } }).ShouldRefuseAsync(HttpStatusCode.Conflict, "last-administrator");
        await bob.DeleteAsync("/api/admin/roles/boss").ShouldRefuseAsync(HttpStatusCode.Conflict, "role-in-use");
    }

    [Fact]
    public async Task Two_administrators_cannot_remove_each_other_at_once()
    {
        var ada = (await _ada.GetFromJsonAsync<JsonElement>("/api/identity/me")).GetProperty("user").Text("id");
        var bob = await _host.PersonAsync("one", "bob@one.example", "Bob", Role.Admin);
        using var other = await _host.SignedInAsync("bob@one.example");
        var answers = await Task.WhenAll(
            Patch(_ada, $"/api/admin/users/{bob}", new { roles = new[] { "viewer" } }), Patch(other, $"/api/admin/users/{ada}", new { roles = new[] { "viewer" } }));
        answers.Count(answer => answer.IsSuccessStatusCode).ShouldBe(1);
    }

    [Fact]
    public async Task People_are_found_by_page_text_role_and_state()
    {
        for (var i = 0; i < 5; i++) await _host.PersonAsync("one", $"p{i}@one.example", $"Person {i}", i % 2 == 0 ? "clerk" : "sales");
        var seen = new List<string>();
        string? cursor = null;
        do
        {
            var page = await _ada.GetAsync($"/api/admin/users?limit=2&cursor={cursor}").ShouldBeAsync(HttpStatusCode.OK);
            page.Items().Length.ShouldBeLessThanOrEqualTo(2);
            seen.AddRange(page.Items().Select(item => item.Text("email")));
            cursor = page.GetProperty("nextCursor").GetString();
        }
        while (cursor is not null);
        seen.Count.ShouldBe(6);
        seen.Distinct().Count().ShouldBe(6);
        (await _ada.GetAsync("/api/admin/users?search=PERSON+3").ShouldBeAsync(HttpStatusCode.OK)).Items().Single().Text("email").ShouldBe("p3@one.example");
        (await _ada.GetAsync("/api/admin/users?role=clerk").ShouldBeAsync(HttpStatusCode.OK)).Items().Length.ShouldBe(3);
        (await _ada.GetAsync("/api/admin/users?state=disabled").ShouldBeAsync(HttpStatusCode.OK)).Items().ShouldBeEmpty();
        await _ada.GetAsync("/api/admin/users?state=odd").ShouldRefuseAsync(HttpStatusCode.BadRequest, "state-unknown");
    }

    [Fact]
    public async Task Another_organization_is_invisible()
    {
        await _host.OrganizationAsync("two");
        var eve = await _host.PersonAsync("two", "eve@two.example", "Eve", Role.OrganizationAdmin);
        using var browser = await _host.SignedInAsync("eve@two.example");
        var ada = (await _ada.GetFromJsonAsync<JsonElement>("/api/identity/me")).GetProperty("user").Text("id");
        (await browser.GetAsync("/api/admin/users").ShouldBeAsync(HttpStatusCode.OK)).Items().Single().Text("id").ShouldBe(eve.ToString());
        await Patch(browser, $"/api/admin/users/{ada}", new { name = "X" }).ShouldRefuseAsync(HttpStatusCode.NotFound, "no-such-user");
        foreach (var act in new[] { "unlock", "sign-out", "reset-second-factor", "reset-password" })
            await browser.PostAsync($"/api/admin/users/{ada}/{act}", null).ShouldRefuseAsync(HttpStatusCode.NotFound, "no-such-user");
        var shop = (await _ada.PostAsJsonAsync("/api/admin/applications", new { name = "shop" }).ShouldBeAsync(HttpStatusCode.Created)).Text("id");
        (await browser.GetAsync("/api/admin/applications").ShouldBeAsync(HttpStatusCode.OK)).Items().ShouldBeEmpty();
        await Patch(browser, $"/api/admin/applications/{shop}", new { name = "stolen" }).ShouldRefuseAsync(HttpStatusCode.NotFound, "no-such-application");
        await browser.DeleteAsync($"/api/admin/applications/{shop}").ShouldRefuseAsync(HttpStatusCode.NotFound, "no-such-application");
        (await browser.GetAsync("/api/admin/organizations").ShouldBeAsync(HttpStatusCode.OK)).Items().Single().Text("name").ShouldBe("two");
        await browser.PostAsJsonAsync("/api/admin/organizations", new { name = "three" }).ShouldRefuseAsync(HttpStatusCode.Forbidden, "permission-missing");
        await _ada.PutAsJsonAsync("/api/admin/roles/auditor", new { title = "Auditor", permissions = new[] { "identity.read" } }).ShouldBeAsync(HttpStatusCode.NoContent);
        (await browser.GetStringAsync("/api/admin/roles")).ShouldNotContain("auditor");
        await Patch(browser, $"/api/admin/users/{eve}", new { roles = new[] { "organization-admin", "auditor" } }).ShouldRefuseAsync(HttpStatusCode.BadRequest, "role-unknown");
        (await _ada.GetStringAsync("/api/admin/audit")).ShouldContain("role:auditor");
        foreach (var address in new[] { "/api/admin/audit", "/api/admin/audit/export" }) (await browser.GetStringAsync(address)).ShouldNotContain("role:auditor");
    }

    [Fact]
    public async Task A_disabled_organization_is_closed_for_people_and_keys()
    {
        var two = await _host.OrganizationAsync("two");
        await _host.PersonAsync("two", "eve@two.example", "Eve", Role.OrganizationAdmin);
        using var browser = await _host.SignedInAsync("eve@two.example");
        var shop = (await browser.PostAsJsonAsync("/api/admin/applications", new { name = "shop" }).ShouldBeAsync(HttpStatusCode.Created)).Text("id");
        var key = (await browser.PostAsJsonAsync("/api/admin/keys", new { applicationId = shop, name = "k", permissions = new[] { "identity.read" } }).ShouldBeAsync(HttpStatusCode.Created)).Text("text");
        using var program = _host.Browser();
        program.DefaultRequestHeaders.Add("X-Api-Key", key);
        await program.GetAsync("/api/admin/users").ShouldBeAsync(HttpStatusCode.OK);
        await Patch(browser, $"/api/admin/organizations/{two}", new { disabled = true }).ShouldRefuseAsync(HttpStatusCode.Forbidden, "permission-missing");
        await Patch(_ada, $"/api/admin/organizations/{two}", new { disabled = true }).ShouldBeAsync(HttpStatusCode.OK);
        await program.GetAsync("/api/admin/users").ShouldBeAsync(HttpStatusCode.Unauthorized);
        await browser.GetAsync("/api/identity/me").ShouldBeAsync(HttpStatusCode.Unauthorized);
        await Patch(_ada, $"/api/admin/organizations/{two}", new { disabled = false, name = "two!" }).ShouldBeAsync(HttpStatusCode.OK);
        await program.GetAsync("/api/admin/users").ShouldBeAsync(HttpStatusCode.OK);
        await Patch(_ada, $"/api/admin/organizations/{two}", new { name = "one" }).ShouldRefuseAsync(HttpStatusCode.Conflict, "name-taken");
    }

    [Fact]
    public async Task An_application_with_keys_in_force_is_kept()
    {
        var shop = (await _ada.PostAsJsonAsync("/api/admin/applications", new { name = "shop" }).ShouldBeAsync(HttpStatusCode.Created)).Text("id");
        await _ada.PostAsJsonAsync("/api/admin/applications", new { name = "shop" }).ShouldRefuseAsync(HttpStatusCode.Conflict, "name-taken");
        (await Patch(_ada, $"/api/admin/applications/{shop}", new { retentionDays = 30 }).ShouldBeAsync(HttpStatusCode.OK)).GetProperty("retentionDays").GetInt32().ShouldBe(30);
        (await Patch(_ada, $"/api/admin/applications/{shop}", new { retentionDays = 0 }).ShouldBeAsync(HttpStatusCode.OK)).GetProperty("retentionDays").ValueKind.ShouldBe(JsonValueKind.Null);
        var key = (await _ada.PostAsJsonAsync("/api/admin/keys", new { applicationId = shop, name = "k", permissions = new[] { "logs.write" } }).ShouldBeAsync(HttpStatusCode.Created)).Text("id");
        await _ada.DeleteAsync($"/api/admin/applications/{shop}").ShouldRefuseAsync(HttpStatusCode.Conflict, "application-in-use");
        await _ada.DeleteAsync($"/api/admin/keys/{key}").ShouldBeAsync(HttpStatusCode.NoContent);
        await _ada.DeleteAsync($"/api/admin/applications/{shop}").ShouldBeAsync(HttpStatusCode.NoContent);
    }

    [Fact]
    public async Task A_key_with_more_than_the_caller_has_cannot_be_rotated_by_him()
    {
        var shop = (await _ada.PostAsJsonAsync("/api/admin/applications", new { name = "shop" }).ShouldBeAsync(HttpStatusCode.Created)).Text("id");
        var key = (await _ada.PostAsJsonAsync("/api/admin/keys", new { applicationId = shop, name = "k", permissions = new[] { "platform.manage" } }).ShouldBeAsync(HttpStatusCode.Created)).Text("id");
        await _host.PersonAsync("one", "bob@one.example", "Bob", Role.OrganizationAdmin);
        using var bob = await _host.SignedInAsync("bob@one.example");
        await bob.PostAsJsonAsync($"/api/admin/keys/{key}/rotate", new { overlapHours = 1 }).ShouldRefuseAsync(HttpStatusCode.Forbidden, "permission-missing");
    }

    [Fact]
    public async Task Every_permission_is_described_and_a_role_counts_its_people()
    {
        var names = (await _ada.GetFromJsonAsync<JsonElement>("/api/admin/permissions")).EnumerateArray().Select(permission => permission.Text("name")).ToList();
        names.ShouldBe(Permission.All.Order(StringComparer.Ordinal));
        await _ada.PutAsJsonAsync("/api/admin/roles/auditor", new { title = "Auditor", permissions = new[] { "identity.read" } }).ShouldBeAsync(HttpStatusCode.NoContent);
        await _ada.PutAsJsonAsync("/api/admin/roles/viewer", new { title = "V", permissions = new[] { "identity.read" } }).ShouldRefuseAsync(HttpStatusCode.Conflict, "role-built-in");
        await _host.PersonAsync("one", "aud@one.example", "Aud", "auditor");
        var roles = (await _ada.GetAsync("/api/admin/roles").ShouldBeAsync(HttpStatusCode.OK)).Items();
        roles.Single(role => role.Text("name") == "auditor").GetProperty("users").GetInt32().ShouldBe(1);
        roles.Single(role => role.Text("name") == "admin").GetProperty("builtIn").GetBoolean().ShouldBeTrue();
        using var auditor = await _host.SignedInAsync("aud@one.example");
        await auditor.GetAsync("/api/admin/users").ShouldBeAsync(HttpStatusCode.OK);
        await auditor.PostAsJsonAsync("/api/admin/applications", new { name = "x" }).ShouldRefuseAsync(HttpStatusCode.Forbidden, "permission-missing");
    }
}
