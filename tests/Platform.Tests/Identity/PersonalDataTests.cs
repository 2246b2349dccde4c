using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Rialto.Fixtures;
using Rialto.Platform.Audit;
using Rialto.Platform.Identity;

namespace Rialto.Platform.Tests.Identity;

/// <summary>All that is kept of a person, and forgetting him, as far as the platform itself keeps something. What the club keeps is tested with the club.</summary>
public sealed class PersonalDataTests(PostgresFixture server) : IAsyncLifetime
{
    private IdentityHost _host = null!;
    private HttpClient _ada = null!;
    private Guid _vic;

    public async ValueTask InitializeAsync()
    {
        _host = await IdentityHost.StartAsync(server);
        _ada = await _host.SignedInAsync();
        _vic = await _host.PersonAsync("one", "vic@one.example", "Victor Hale", Role.OrganizationAdmin);
    }

    public async ValueTask DisposeAsync()
    {
        _ada.Dispose();
        await _host.DisposeAsync();
    }

    private string AddressOf(Guid person) => $"/api/admin/users/{person}/personal-data";

    private static async Task<JsonElement> ReadyAsync(HttpClient client, string address)
    {
        JsonElement body = default;
        await Eventually.TrueAsync(async () =>
        {
            using var answer = await client.GetAsync(address);
            body = await answer.Content.ReadFromJsonAsync<JsonElement>();
            answer.StatusCode.ShouldBeOneOf(HttpStatusCode.OK, HttpStatusCode.Accepted);
            body.Text("state").ShouldBe(answer.StatusCode == HttpStatusCode.OK ? "ready" : "collecting");
            return answer.StatusCode == HttpStatusCode.OK;
        }, "every part has told what it keeps");
        return body;
    }

    private async Task<HttpResponseMessage> EraseAsync(HttpClient client, Guid person, string? reason = "asked for it")
    {
        using var request = new HttpRequestMessage(HttpMethod.Delete, AddressOf(person)) { Content = JsonContent.Create(new { reason }) };
        return await client.SendAsync(request);
    }

    private Task ErasedAsync(Guid person) => Eventually.TrueAsync(async () =>
    {
        using var answer = await EraseAsync(_ada, person);
        return answer.StatusCode == HttpStatusCode.OK;
    }, "every part has forgotten the person");

    private static JsonElement PartOf(JsonElement export, string part) => export.GetProperty("parts").EnumerateArray().Single(one => one.Text("part") == part).GetProperty("data");

    private static IEnumerable<string> CodesOf(JsonElement answer, string part) =>
        answer.GetProperty("parts").EnumerateArray().Single(one => one.Text("part") == part).GetProperty("stays").EnumerateArray().Select(stays => stays.Text("code"));

    [Fact]
    public async Task A_person_gets_all_that_is_kept_of_him_and_who_asked_is_in_the_audit()
    {
        using var vic = await _host.SignedInAsync("vic@one.example");
        await vic.PutAsJsonAsync("/api/admin/roles/mine", new { title = "Mine", permissions = new[] { "logs.read" } }).ShouldBeAsync(HttpStatusCode.NoContent);
        await _ada.PatchAsJsonAsync($"/api/admin/users/{_vic}", new { name = "Vic Hale" }).ShouldBeAsync(HttpStatusCode.OK);
        var export = await ReadyAsync(_ada, AddressOf(_vic));
        export.GetProperty("subject").Text("email").ShouldBe("vic@one.example");
        var identity = PartOf(export, "identity");
        identity.GetProperty("account").Text("name").ShouldBe("Vic Hale");
        identity.GetProperty("sessions").EnumerateArray().Single().Text("address").ShouldBe("127.0.0.1");
        var audit = PartOf(export, "audit");
        audit.GetProperty("done").EnumerateArray().Select(entry => entry.Text("action")).ShouldContain("identity.role.put");
        audit.GetProperty("about").EnumerateArray().Select(entry => entry.Text("action")).ShouldContain("identity.user.change");
        CodesOf(export, "identity").ShouldBe(["person-id"], "he has no key");
        CodesOf(export, "audit").ShouldBe(["audit-entries", "audit-texts"]);
        var secrets = export.GetRawText();
        secrets.ShouldNotContain("hash", Case.Insensitive);
        secrets.ShouldNotContain(IdentityHost.Password);
        (await _host.AuditAsync()).Count(entry => entry.Action == "identity.person.export" && entry.Target == "user:" + _vic).ShouldBe(1, "asking again shows the same");

        var own = await ReadyAsync(vic, "/api/identity/account/personal-data");
        PartOf(own, "identity").GetProperty("account").Text("email").ShouldBe("vic@one.example");
    }

    [Fact]
    public async Task Nobody_sees_or_erases_who_holds_more_is_of_another_organization_or_is_himself()
    {
        var ada = (await _ada.GetFromJsonAsync<JsonElement>("/api/identity/me")).GetProperty("user").GetProperty("id").GetGuid();
        using var vic = await _host.SignedInAsync("vic@one.example");
        await vic.GetAsync(AddressOf(ada)).ShouldRefuseAsync(HttpStatusCode.Forbidden, "permission-missing");
        await EraseAsync(vic, ada).ShouldRefuseAsync(HttpStatusCode.Forbidden, "permission-missing");
        await EraseAsync(vic, _vic).ShouldRefuseAsync(HttpStatusCode.Conflict, "not-yourself");
        await EraseAsync(_ada, _vic, reason: " ").ShouldRefuseAsync(HttpStatusCode.BadRequest, "field-missing");
        await _host.OrganizationAsync("two");
        await _host.PersonAsync("two", "eve@two.example", "Eve", Role.OrganizationAdmin);
        using var eve = await _host.SignedInAsync("eve@two.example");
        await eve.GetAsync(AddressOf(_vic)).ShouldRefuseAsync(HttpStatusCode.NotFound, "no-such-user");
        await EraseAsync(eve, _vic).ShouldRefuseAsync(HttpStatusCode.NotFound, "no-such-user");
        await _host.PersonAsync("one", "viv@one.example", "Viv", Role.Viewer);
        using var viewer = await _host.SignedInAsync("viv@one.example");
        await viewer.GetAsync(AddressOf(_vic)).ShouldRefuseAsync(HttpStatusCode.Forbidden, "permission-missing");
    }

    [Fact]
    public async Task The_last_administrator_of_an_organization_is_not_erased()
    {
        await _host.OrganizationAsync("two");
        var eve = await _host.PersonAsync("two", "eve@two.example", "Eve", Role.OrganizationAdmin, Role.Viewer);
        await using (var connection = await _host.Postgres.OpenConnectionAsync())
        {
            // An administrator who does not count, because he has not joined, acts nevertheless: the last who counts must stay.
            var acting = await _host.PersonAsync("two", "max@two.example", "Max", Role.Admin);
            using var max = await _host.SignedInAsync("max@two.example");
            await connection.ExecuteAsync("UPDATE identity.app_user SET joined_at = NULL WHERE id = @acting", new { acting });
            await EraseAsync(max, eve).ShouldRefuseAsync(HttpStatusCode.Conflict, "last-administrator");
        }
    }

    [Fact]
    public async Task Nothing_of_an_erased_person_is_left_in_any_table_and_the_audit_still_verifies()
    {
        using var vic = await _host.SignedInAsync("vic@one.example");
        await vic.PutAsJsonAsync("/api/admin/roles/mine", new { title = "Mine", permissions = new[] { "logs.read" } }).ShouldBeAsync(HttpStatusCode.NoContent);
        var token = (await vic.PostAsJsonAsync("/api/identity/tokens", new { name = "script", permissions = new[] { "logs.read" }, expiresAt = TimeProvider.System.GetUtcNow().AddDays(3) })
            .ShouldBeAsync(HttpStatusCode.Created)).Text("secret");
        await _ada.PatchAsJsonAsync($"/api/admin/users/{_vic}", new { name = "Victor Hale Senior" }).ShouldBeAsync(HttpStatusCode.OK);
        using (var wrong = _host.Browser())
            await wrong.PostAsJsonAsync("/api/identity/sign-in", new { email = "vic@one.example", password = "no" }).ShouldBeAsync(HttpStatusCode.Unauthorized);
        await ReadyAsync(_ada, AddressOf(_vic));
        // What he did under his first name for the whole installation, where only his name was written down.
        await using (var connection = await _host.Postgres.OpenConnectionAsync())
        {
            await connection.ExecuteAsync(
                """
                INSERT INTO configuration.revision (name, state, body, author, created_at, activated_by, activated_at) VALUES ('gateway/test', 'retired', '{}', 'Victor Hale Senior', now(), 'Victor Hale Senior', now());
                INSERT INTO secrets.secret (name, version, state, sealed, created_at, created_by) VALUES ('vendor/key', 1, 'current', 'x', now(), 'Victor Hale Senior');
                INSERT INTO platform.lane_pause (lane, actor, reason, at) VALUES ('vendor:x', 'Victor Hale Senior', 'the house is closed', now());
                INSERT INTO platform.job (id, kind, lane, organization, actor, arguments, state, reason, due_at, created_at) VALUES (gen_random_uuid(), 'test', 'test', 0, 'user:x', '{}', 'discarded', 'not needed (Victor Hale Senior)', now(), now());
                """);
        }
        (await TablesWithAsync("Victor Hale", "vic@one.example")).ShouldNotBeEmpty("otherwise this looks in the wrong places");

        await EraseAsync(_ada, _vic).ShouldBeAsync(HttpStatusCode.Accepted);
        await vic.GetAsync("/api/identity/me").ShouldBeAsync(HttpStatusCode.Unauthorized);
        using (var script = _host.Browser())
        {
            script.DefaultRequestHeaders.Authorization = new("Bearer", token);
            await script.GetAsync("/api/identity/me").ShouldBeAsync(HttpStatusCode.Unauthorized);
        }
        await ErasedAsync(_vic);
        using (var done = await EraseAsync(_ada, _vic))
        {
            var told = await done.Content.ReadFromJsonAsync<JsonElement>();
            CodesOf(told, "identity").ShouldBe(["person-id", "measured-requests"], "what has stayed is told, as it was before he was forgotten");
            CodesOf(told, "audit").ShouldBe(["audit-entries", "audit-texts"]);
        }
        (await TablesWithAsync("Victor Hale", "vic@one.example")).ShouldBeEmpty();
        // His id means nobody now. It stays where something was done by or to it, and nowhere that tells more.
        (await TablesWithAsync(_vic.ToString())).ShouldBeSubsetOf(new[] { "audit.entry", "identity.app_user", "identity.personal_data_request", "platform.envelope", "platform.job" }.Select(table => $"{table}: {_vic}"));
        await _ada.GetAsync(AddressOf(_vic)).ShouldRefuseAsync(HttpStatusCode.NotFound, "no-such-user");

        (await _host.Services.GetRequiredService<AuditLog>().VerifyAsync()).Intact.ShouldBeTrue();
        (await AuditCommand.RunAsync(new Settings { Postgres = _host.Database.ConnectionString }, new StringWriter())).ShouldBe(0);
        var entries = (await _ada.GetFromJsonAsync<JsonElement>("/api/admin/audit?limit=500")).GetProperty("entries").EnumerateArray().ToArray();
        var his = entries.Where(entry => entry.Text("actorId") == _vic.ToString()).ToArray();
        his.Select(entry => entry.Text("action")).ShouldBe(["identity.token.create", "identity.role.put"], "that it was done stays");
        his.ShouldAllBe(entry => entry.Text("actorName") == "" && entry.GetProperty("forgotten").GetBoolean());
        // He was asked about again and again until every part was done.
        entries.Count(entry => entry.Text("target").Contains(_vic.ToString(), StringComparison.Ordinal) && entry.Text("action").Contains("person", StringComparison.Ordinal)).ShouldBe(2, "exported once, erased once");
        entries.Single(entry => entry.Text("action") == "identity.person.erase").Text("after").ShouldContain("asked for it");
        entries.Single(entry => entry.Text("action") == "identity.user.change").GetProperty("after").ValueKind.ShouldBe(JsonValueKind.Null);

        // His address is free, and the person who comes with it is another one.
        var again = await _host.PersonAsync("one", "vic@one.example", "Victor", Role.Viewer);
        again.ShouldNotBe(_vic);
    }

    /// <summary>Every table of the database that has one of the texts anywhere, whatever it is called: a table that is added later is looked at too.</summary>
    private async Task<List<string>> TablesWithAsync(params string[] texts)
    {
        await using var connection = await _host.Postgres.OpenConnectionAsync();
        var found = new List<string>();
        foreach (var table in await connection.QueryAsync<string>(
            "SELECT format('%I.%I', schemaname, tablename) FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema') ORDER BY 1"))
        {
            foreach (var text in texts)
            {
                if (await connection.QuerySingleAsync<bool>($"SELECT EXISTS (SELECT 1 FROM {table} AS row WHERE strpos(lower(row::text), lower(@text)) > 0)", new { text })) found.Add($"{table}: {text}");
            }
        }
        return found;
    }
}
