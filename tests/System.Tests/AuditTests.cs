using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json;

namespace Rialto.System.Tests;

/// <summary>What operators change of the installation is in the audit with how it was before and how it is after, and no secret with it.</summary>
public class AuditTests(HostFixture fixture)
{
    private static async Task<JsonElement> DoneAsync(Task<HttpResponseMessage> asking)
    {
        using var answer = await asking;
        var text = await answer.Content.ReadAsStringAsync();
        answer.IsSuccessStatusCode.ShouldBeTrue(text);
        return text.Length == 0 ? default : JsonSerializer.Deserialize<JsonElement>(text);
    }

    /// <summary>Newest first.</summary>
    private static async Task<(string Action, JsonElement? Before, JsonElement? After)[]> EntriesAsync(HttpClient admin, string target)
    {
        static JsonElement? Json(JsonElement entry, string name) => entry.GetProperty(name) is { ValueKind: JsonValueKind.String } text ? JsonSerializer.Deserialize<JsonElement>(text.GetString()!) : null;
        var audit = await admin.GetFromJsonAsync<JsonElement>($"api/admin/audit?target={target}&limit=100");
        return [.. audit.GetProperty("entries").EnumerateArray().Where(entry => entry.GetProperty("target").GetString() == target && entry.GetProperty("actorName").GetString() == "Ada Admin" && entry.GetProperty("address").GetString() is { Length: > 0 })
            .Select(entry => (entry.GetProperty("action").GetString()!, Json(entry, "before"), Json(entry, "after")))];
    }

    [Fact]
    public async Task Configuration_put_into_force_is_audited_with_the_document_before_and_after()
    {
        const string Document = "api/platform/configuration/connectors/mail";
        using var admin = await fixture.Host.SignInAsync();
        var first = (await admin.GetFromJsonAsync<JsonElement>(Document)).EnumerateArray().Single(revision => revision.GetProperty("state").GetString() == "active");
        var changed = JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(first.GetProperty("body").GetRawText())!;
        changed["timeoutMs"] = JsonSerializer.SerializeToElement(7_777);
        var draft = (await DoneAsync(admin.PostAsJsonAsync(Document + "/revisions", new { body = changed }))).GetProperty("id").GetInt64();
        await DoneAsync(admin.PostAsync($"{Document}/revisions/{draft}/activate", null));
        await DoneAsync(admin.PostAsync(Document + "/rollback", null));

        var entries = await EntriesAsync(admin, "configuration:connectors/mail");
        entries.Select(entry => entry.Action).ShouldBe(["configuration.revision.rollback", "configuration.revision.activate", "configuration.revision.draft"]);
        entries[1].Before!.Value.GetProperty("revision").GetInt64().ShouldBe(first.GetProperty("id").GetInt64());
        entries[1].Before!.Value.GetProperty("body").GetProperty("timeoutMs").GetInt32().ShouldNotBe(7_777);
        entries[1].After!.Value.GetProperty("body").GetProperty("timeoutMs").GetInt32().ShouldBe(7_777);
        entries[0].Before!.Value.GetProperty("revision").GetInt64().ShouldBe(draft);
        entries[0].After!.Value.GetProperty("revision").GetInt64().ShouldBe(first.GetProperty("id").GetInt64());
    }

    [Fact]
    public async Task A_secret_is_in_no_answer_no_record_and_no_entry_of_the_audit_though_every_change_of_it_is()
    {
        var (one, two) = ("sesame-" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8)), "sesame-" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8)));
        using var admin = await fixture.Host.SignInAsync();
        await DoneAsync(admin.PutAsJsonAsync("api/platform/secrets", new { name = "audit/trial", value = one }));
        await DoneAsync(admin.PutAsJsonAsync("api/platform/secrets", new { name = "audit/trial", value = two }));
        await DoneAsync(admin.PostAsJsonAsync("api/platform/secrets/rollback", new { name = "audit/trial" }));
        using (var refused = await admin.PutAsJsonAsync("api/platform/secrets", new { name = "audit/trial", value = 5, wrong = one })) refused.StatusCode.ShouldBe(HttpStatusCode.BadRequest);

        var entries = await EntriesAsync(admin, "secret:audit/trial");
        entries.Select(entry => (entry.Action, entry.Before?.GetProperty("version").GetInt32(), entry.After!.Value.GetProperty("version").GetInt32()))
            .ShouldBe([("secret.rollback", 2, 1), ("secret.put", 1, 2), ("secret.put", null, 1)]);
        var told = await admin.GetStringAsync("api/platform/secrets") + await admin.GetStringAsync("api/admin/audit?limit=500") + await admin.GetStringAsync("api/admin/audit/export") + fixture.Host.Output;
        told.ShouldContain("audit/trial");
        told.ShouldNotContain("sesame-");
        // What the host said of it is among its own records by now: those of the requests that came after it are.
        using var clickHouse = fixture.ClickHouse();
        foreach (var table in (await clickHouse.TextAsync("SELECT name FROM system.tables WHERE database = currentDatabase() AND engine LIKE '%MergeTree' FORMAT TSV")).Split('\n', StringSplitOptions.RemoveEmptyEntries))
            (await clickHouse.TextAsync($"SELECT count() FROM {table} AS t WHERE position(toString(tuple(t.*)), 'sesame-') > 0 FORMAT TSV")).ShouldBe("0", table);
    }
}
