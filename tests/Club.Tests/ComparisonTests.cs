using System.Text.Json;
using Dapper;
using Rialto.Club.Desk;
using Rialto.Club.Vendors;
using Rialto.Fixtures;

namespace Rialto.Club.Tests;

/// <summary>I12: what was taken here against what Memberson says was taken, receipt by receipt.</summary>
public class ComparisonTests(PostgresFixture postgres)
{
    [Fact]
    public async Task What_differs_from_Memberson_is_found_and_reported_and_nothing_else()
    {
        await using var world = await World.StartAsync(postgres);
        var staff = await world.StaffAsync();
        var booked = new List<Guid>();
        for (var number = 0; number < 2; number++) booked.Add((await world.BookAsync(await world.MemberAsync(), World.Rooftop, "points", at: world.At(plusDays: number))).Id);
        await world.BookAsync(await world.MemberAsync("jun@example.test"), World.Lawn, "points");
        await world.Time.AdvanceAsync(TimeSpan.FromHours(1));
        (await CompareAsync(world, staff)).ShouldBeEmpty();

        // As if the program had thought one booking confirmed that never was, and forgotten another.
        await using var connection = await world.Database.DataSource.OpenConnectionAsync();
        var invented = Guid.CreateVersion7();
        await connection.ExecuteAsync(
            """
            CREATE TEMP TABLE one AS SELECT * FROM club.booking WHERE id = @booked;
            UPDATE one SET id = @invented, idem_key = 'invented';
            ALTER TABLE one DROP COLUMN number;
            INSERT INTO club.booking (id, organization, member, what, experience, title, unit, connector, venue, time_zone, starts_at, lead_minutes, quantity, pay, amount_points, currency, state,
                                      idem_key, request_hash, config_revision, created_at, updated_at, confirmed_at)
            SELECT id, organization, member, what, experience, title, unit, connector, venue, time_zone, starts_at, lead_minutes, quantity, pay, amount_points, currency, state,
                   idem_key, request_hash, config_revision, created_at, updated_at, confirmed_at FROM one;
            UPDATE club.booking SET confirmed_at = NULL, state = 'declined' WHERE id = @forgotten;
            """,
            new { booked = booked[0], invented, forgotten = booked[1] });
        var found = await CompareAsync(world, staff);
        found.Select(one => (one.Booking, one.Kind, one.Here, one.There)).ShouldBe([(invented, "missing-there", 300, 0), (booked[1], "missing-here", 0, 300)], ignoreOrder: true);

        await world.BreakAsync("memberson", new Simulators.Machinery.Fault("transactions", Simulators.Machinery.FaultKind.StatusBefore));
        (await CompareAsync(world, staff)).ShouldBeEmpty();
        var last = (await World.GetAsync(staff, "/api/club/desk/comparisons")).Body.GetProperty("items")[0];
        (last.GetProperty("members").GetInt32(), last.GetProperty("skipped").GetInt32()).ShouldBe((0, 2));
        (await World.PostAsync(await world.StaffAsync(TestApp.Viewer), "/api/club/desk/comparisons")).Status.ShouldBe(403);
    }

    [Fact]
    public void A_receipt_that_was_taken_twice_or_for_another_amount_differs_and_those_of_others_do_not_count()
    {
        var (twice, other, fits, open) = (Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7());
        var here = new Dictionary<string, (Guid, long, bool)>
        {
            ["RLT1"] = (twice, 300, true), ["RLT2"] = (other, 300, true), ["RLT3"] = (fits, 300, true), ["RLT4"] = (open, 0, false),
        };
        Redemption[] there = [new("RLT1", 300), new("RLT1", 300), new("RLT2", 250), new("RLT3", 300), new("RLT4", 300), new("TILL-7", 90), new("RLT9", 40)];
        CompareMembersonJob.Differences(here, there).ShouldBe(
        [
            new Difference("RLT1", "twice", twice, 300, 600), new Difference("RLT2", "amount", other, 300, 250), new Difference("RLT9", "missing-here", null, 0, 40),
        ], ignoreOrder: true);
    }

    private static async Task<IReadOnlyList<(Guid? Booking, string Kind, long Here, long There)>> CompareAsync(World world, HttpClient staff)
    {
        (await World.PostAsync(staff, "/api/club/desk/comparisons")).Status.ShouldBe(202);
        await world.Time.QuietAsync(world.Time.GetUtcNow().AddMinutes(1));
        var told = (await World.GetAsync(staff, "/api/club/desk/comparisons")).Body;
        told.GetProperty("items")[0].GetProperty("endedAt").ValueKind.ShouldBe(JsonValueKind.String);
        return [.. told.GetProperty("differences").EnumerateArray().Select(one =>
            (one.GetProperty("booking").Deserialize<Guid?>(), one.GetProperty("kind").GetString()!, one.GetProperty("here").GetInt64(), one.GetProperty("there").GetInt64()))];
    }
}
