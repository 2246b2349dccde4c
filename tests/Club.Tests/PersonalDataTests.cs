using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Rialto.Fixtures;
using Rialto.Platform.Audit;

namespace Rialto.Club.Tests;

/// <summary>All that is kept of a member, and forgetting him, across the platform and the club.</summary>
public class PersonalDataTests(PostgresFixture postgres)
{
    [Fact]
    public async Task A_member_sees_all_that_is_kept_and_is_forgotten_when_nothing_of_his_is_under_way()
    {
        await using var world = await World.StartAsync(postgres);
        var member = await world.MemberAsync();
        var staff = await world.StaffAsync();
        var booked = await world.BookAsync(member, World.Rooftop, "points");
        await world.Time.QuietAsync(world.Time.GetUtcNow().AddMinutes(5));
        var id = (await World.GetAsync(member, "/api/identity/me")).Body.GetProperty("user").GetProperty("id").GetGuid();

        JsonElement own = default;
        await Eventually.TrueAsync(async () =>
        {
            own = (await World.GetAsync(member, "/api/identity/account/personal-data")).Body;
            return own.GetProperty("state").GetString() == "ready";
        }, "every part has told what it keeps");
        var club = own.GetProperty("parts").EnumerateArray().Single(part => part.GetProperty("part").GetString() == "club").GetProperty("data");
        club.GetProperty("member").GetProperty("email").GetString().ShouldBe("amara@example.test");
        club.GetProperty("bookings").EnumerateArray().Single().GetProperty("title").GetString()!.ShouldContain(World.Rooftop);
        club.GetProperty("points").GetArrayLength().ShouldBeGreaterThan(0);
        StaysOf(own, "club").ShouldBe(["bookings", "vendor-copy memberson", "vendor-copy sevenrooms"], "what would stay is told with what is kept");

        async Task<(HttpStatusCode Status, JsonElement Body)> EraseAsync()
        {
            using var request = new HttpRequestMessage(HttpMethod.Delete, $"/api/admin/users/{id}/personal-data") { Content = JsonContent.Create(new { reason = "left the club" }) };
            using var answer = await staff.SendAsync(request);
            return (answer.StatusCode, await answer.Content.ReadFromJsonAsync<JsonElement>());
        }
        (await EraseAsync()).Status.ShouldBe(HttpStatusCode.Accepted);
        (await World.GetAsync(member, "/api/identity/me")).Status.ShouldBe(401);
        JsonElement waits = default;
        await Eventually.TrueAsync(async () => (await EraseAsync()).Body.GetProperty("missing").EnumerateArray().ToArray() is [var only] && (waits = only).GetProperty("waits").ValueKind == JsonValueKind.Object, "only one waits");
        (waits.GetProperty("part").GetString()!, waits.GetProperty("waits").GetProperty("code").GetString()!).ShouldBe(("club", "open-bookings"), "for the evening that is booked");
        waits.GetProperty("waits").GetProperty("until").GetDateTimeOffset().ShouldBeGreaterThan(world.Time.GetUtcNow());
        (await World.GetAsync(staff, "/api/club/desk/members?q=amara")).Body.GetProperty("items").GetArrayLength().ShouldBe(1);

        await world.Time.AdvanceAsync(TimeSpan.FromDays(60));
        // The session of two months ago is over.
        staff = await world.StaffAsync();
        await Eventually.TrueAsync(async () => (await EraseAsync()).Status == HttpStatusCode.OK, "the club has forgotten him");
        (await TextsOfAsync(world, "Amara")).ShouldBeEmpty();
        (await TextsOfAsync(world, "amara@example.test")).ShouldBeEmpty();
        StaysOf((await EraseAsync()).Body, "club").ShouldBe(["bookings", "vendor-copy memberson", "vendor-copy sevenrooms"], "what has stayed is told too");
        (await World.GetAsync(staff, "/api/club/desk/members?q=amara")).Body.GetProperty("items").GetArrayLength().ShouldBe(0, "nor is he found");
        await VendorsAreAskedAsync(world, staff, booked.Body.GetProperty("number").GetInt64());
        await using var connection = await world.Database.DataSource.OpenConnectionAsync();
        (await connection.QuerySingleAsync<string>("SELECT state FROM club.booking WHERE id = @Id", new { booked.Id })).ShouldBe("confirmed", "the books stay");
        (await connection.QuerySingleAsync<long>("SELECT count(*) FROM club.member WHERE id = @id AND (sealed IS NOT NULL OR search <> '{}')", new { id })).ShouldBe(0);
        (await world.Services.GetRequiredService<AuditLog>().VerifyAsync()).Intact.ShouldBeTrue();
    }

    /// <summary>The desk has a task for each vendor, with what the vendor finds him by, until somebody notes that it is done.</summary>
    private static async Task VendorsAreAskedAsync(World world, HttpClient staff, long booking)
    {
        async Task<JsonElement[]> TasksAsync() => [.. (await World.GetAsync(staff, "/api/club/desk/erasures")).Body.GetProperty("items").EnumerateArray()];
        var tasks = await TasksAsync();
        tasks.Select(task => task.GetProperty("connector").GetString()!).ShouldBe(["memberson", "sevenrooms"]);
        tasks[0].GetProperty("foundBy").EnumerateArray().Single().GetString()!.ShouldStartWith("customer ");
        tasks[1].GetProperty("foundBy").EnumerateArray().Single().GetString()!.ShouldStartWith($"booking {booking}, reference ");

        var path = $"/api/club/desk/erasures/{tasks[0].GetProperty("id").GetString()!}/done";
        (await World.PostAsync(await world.StrangerAsync(), path, new { })).Status.ShouldBe(404, "another house has nothing to do with it");
        (await World.PostAsync(staff, path, new { })).Status.ShouldBe(204);
        (await World.PostAsync(staff, path, new { })).Status.ShouldBe(404, "it is done once");
        tasks = await TasksAsync();
        tasks.Select(task => task.GetProperty("connector").GetString()!).ShouldBe(["sevenrooms", "memberson"], "what is to be done comes first");
        tasks[1].GetProperty("foundBy").GetArrayLength().ShouldBe(0, "what he was found by is forgotten with it");
        tasks[1].GetProperty("doneBy").GetString()!.ShouldNotBeEmpty();
    }

    private static IEnumerable<string> StaysOf(JsonElement answer, string part) =>
        answer.GetProperty("parts").EnumerateArray().Single(one => one.GetProperty("part").GetString()! == part).GetProperty("stays").EnumerateArray()
            .Select(stays => stays.GetProperty("code").GetString()! + (stays.GetProperty("code").GetString()! == "vendor-copy" ? " " + stays.GetProperty("values").GetProperty("vendor").GetString()! : ""));

    /// <summary>Tables that still have the text anywhere. What was sent to vendors is theirs, its record lives for a time; finished jobs go after a month.</summary>
    private static async Task<List<string>> TextsOfAsync(World world, string text)
    {
        await using var connection = await world.Database.DataSource.OpenConnectionAsync();
        var found = new List<string>();
        foreach (var table in await connection.QueryAsync<string>("SELECT format('%I.%I', schemaname, tablename) FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema') ORDER BY 1"))
        {
            if (await connection.QuerySingleAsync<bool>($"SELECT EXISTS (SELECT 1 FROM {table} AS row WHERE strpos(lower(row::text), lower(@text)) > 0)", new { text })) found.Add(table);
        }
        return found;
    }
}
