using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Rialto.Fixtures;
using Rialto.Platform.Sagas;
using Rialto.Simulators.Machinery;

namespace Rialto.Club.Tests;

/// <summary>While a vendor is away requests wait in their order; then they are done in it, once; and whoever waits is told.</summary>
public class OutageTests(PostgresFixture postgres)
{
    [Fact]
    public async Task What_is_asked_for_during_an_outage_is_done_in_its_order_within_a_lane_and_once()
    {
        await using var world = await World.StartAsync(postgres, answerWithinMs: 0, members: 6);
        await world.BreakAsync("sevenrooms", new Fault(Kind: FaultKind.Refuse));
        var asked = new List<(Guid Id, int Lane)>();
        for (var number = 0; number < 36; number++)
        {
            var told = await world.BookAsync(await world.MemberAsync($"member{number % 6 + 1}@example.test"), World.Rooftop, "points", at: world.At(plusDays: number % 3));
            told.Status.ShouldBe(202);
            told.Text("promise", "text")!.ShouldContain("Your 300 points are set aside, not spent.");
            asked.Add((told.Id, number % 3));
        }
        await world.Time.QuietAsync(world.Time.GetUtcNow().AddMinutes(50));
        world.Effects("sevenrooms", "reservations").Count.ShouldBe(0);
        var me = await World.GetAsync(await world.MemberAsync("member1@example.test"), "/api/club/me");
        (me.Text("points", "available"), me.Text("points", "held")).ShouldBe(("48200", "1800"));

        await world.HealAsync();
        // The first that is sent is turned away once and has to wait: nobody of its lane may overtake it.
        await world.BreakAsync("sevenrooms", new Fault("book", FaultKind.TooMany, Times: 1));
        await world.Time.QuietAsync(world.Time.GetUtcNow().AddHours(2));
        var arrived = world.Vendor("sevenrooms").Calls.All.Where(call => call is { Operation: "book", HasEffect: true }).Select(call => Guid.Parse(call.Key!)).ToList();
        for (var lane = 0; lane < 3; lane++)
        {
            var inLane = asked.Where(one => one.Lane == lane).Select(one => one.Id).ToList();
            arrived.Where(inLane.Contains).ShouldBe(inLane);
        }
        foreach (var (id, _) in asked) await world.JudgeAsync(id, "confirmed");
    }

    [Fact]
    public async Task Nobody_of_a_lane_is_sent_to_the_vendor_while_the_outcome_of_the_one_before_is_not_known()
    {
        await using var world = await World.StartAsync(postgres, answerWithinMs: 0, timeoutMs: 2_000);
        var member = await world.MemberAsync();
        // Nothing happens, and that is known only when it must have settled: time stands still until then.
        await world.BreakAsync("sevenrooms", new Fault("book", FaultKind.TimeoutBeforeEffect, Times: 1));
        var first = await world.BookAsync(member, World.Rooftop, "points");
        await Eventually.TrueAsync(() => Task.FromResult(BooksOf(world, first.Id).Count == 1), "the first has been sent");
        var second = await world.BookAsync(member, World.Rooftop, "points");
        var elsewhere = await world.BookAsync(member, World.Rooftop, "points", at: world.At(plusDays: 1));
        await Eventually.TrueAsync(async () => await world.StateAsync(elsewhere.Id) == "confirmed", "another lane goes on");
        BooksOf(world, second.Id).ShouldBeEmpty();
        (await world.StateAsync(second.Id)).ShouldBe("held");

        await world.HealAsync();
        await world.Time.QuietAsync(world.Time.GetUtcNow().AddHours(1));
        var effects = world.Vendor("sevenrooms").Calls.All.Where(call => call is { Operation: "book", HasEffect: true }).Select(call => Guid.Parse(call.Key!)).Where(id => id != elsewhere.Id);
        effects.ShouldBe([first.Id, second.Id]);
        foreach (var one in new[] { first, second, elsewhere }) await world.JudgeAsync(one.Id, "confirmed");
    }

    [Fact]
    public async Task Who_keeps_waiting_has_the_vendor_asked_again_at_once()
    {
        await using var world = await World.StartAsync(postgres, answerWithinMs: 0);
        var member = await world.MemberAsync();
        await world.BreakAsync("sevenrooms", new Fault("book", FaultKind.TooMany));
        var booked = await world.BookAsync(member, World.Rooftop, "points");
        await Eventually.TrueAsync(
            async () =>
            {
                await using var connection = await world.Database.DataSource.OpenConnectionAsync();
                return await connection.ExecuteAsync(
                    "UPDATE platform.job j SET due_at = now() + interval '1 hour' FROM sagas.run r WHERE r.subject = @Id AND r.job = j.id AND j.state = 'waiting'", new { booked.Id }) == 1;
            },
            "it was turned away, and its next try is an hour away");
        await world.HealAsync();
        (await World.PostAsync(member, $"/api/club/bookings/{booked.Id}/keep-waiting")).Status.ShouldBe(200);
        await Eventually.TrueAsync(async () => await world.StateAsync(booked.Id) == "confirmed", "it was asked again");
        (await World.PostAsync(member, $"/api/club/bookings/{booked.Id}/keep-waiting")).Code.ShouldBe("not-waiting");
        await world.Time.QuietAsync(world.Time.GetUtcNow().AddMinutes(5));
        await world.JudgeAsync(booked.Id, "confirmed");
    }

    private static List<Call> BooksOf(World world, Guid booking) =>
        [.. world.Vendor("sevenrooms").Calls.All.Where(call => call.Operation == "book" && call.Key == booking.ToString())];

    [Fact]
    public async Task A_promise_that_cannot_be_kept_is_renewed_with_a_message_or_given_up_in_time()
    {
        await using var world = await World.StartAsync(postgres, answerWithinMs: 0);
        // Its venue's last moment comes five hours from now, within the outage.
        var start = TimeZoneInfo.ConvertTime(world.Time.GetUtcNow(), TimeZoneInfo.FindSystemTimeZoneById("Europe/Rome"));
        await world.Time.AdvanceAsync(start.Date.AddDays(start.Hour >= 13 ? 1 : 0).AddHours(13) - start.DateTime);
        var member = await world.MemberAsync();
        await world.BreakAsync("sevenrooms", new Fault(Kind: FaultKind.Refuse));
        var noon = TimeZoneInfo.ConvertTime(world.Time.GetUtcNow(), TimeZoneInfo.FindSystemTimeZoneById("Europe/Rome"));
        var soon = await world.BookAsync(member, World.Rooftop, "points", at: $"{noon:yyyy-MM-dd}T19:00");
        var later = await world.BookAsync(member, World.Rooftop, "points", at: world.At());
        (soon.Status, later.Status).ShouldBe((202, 202));
        for (var half = 0; half < 12; half++)
        {
            await world.Time.QuietAsync(world.Time.GetUtcNow().AddMinutes(30));
            (await world.BreachesAsync()).ShouldBeEmpty();
        }
        await world.JudgeAsync(soon.Id, "expired");
        (await TemplatesAsync(world, soon.Id)).ShouldBe(["requested", "renewed", "renewed", "expired"]);
        (await TemplatesAsync(world, later.Id)).Distinct().ShouldBe(["requested", "renewed"]);
        // Nobody asks a member to wait past what was told without telling him anew.
        (await World.GetAsync(member, $"/api/club/bookings/{later.Id}")).Body.GetProperty("promise").GetProperty("by").GetDateTimeOffset().ShouldBeGreaterThan(world.Time.GetUtcNow());

        await world.HealAsync();
        await world.Time.QuietAsync(world.Time.GetUtcNow().AddHours(1));
        await world.JudgeAsync(later.Id, "confirmed");
        var mails = await world.MailsAsync(later.Id);
        mails.Count.ShouldBe((await TemplatesAsync(world, later.Id)).Count);
    }

    [Fact]
    public async Task One_sick_vendor_stops_no_other()
    {
        await using var world = await World.StartAsync(postgres, answerWithinMs: 0, timeoutMs: 2_000);
        var member = await world.MemberAsync();
        await world.BreakAsync("sevenrooms", new Fault(Kind: FaultKind.TimeoutBeforeEffect));
        var waits = await world.BookAsync(member, World.Rooftop, "points");
        var second = await world.BookAsync(member, World.Lawn, "points");
        var item = await world.RedeemAsync(member, World.Tea, "points");
        await Eventually.TrueAsync(async () => await world.StateAsync(second.Id) == "confirmed" && await world.StateAsync(item.Id) == "confirmed", "the others are confirmed");
        (await world.StateAsync(waits.Id)).ShouldBe("held");

        // The member does not want to wait: his points are his again, whatever the vendor does.
        await world.BreakAsync("sevenrooms", new Fault(Kind: FaultKind.Refuse));
        await World.PostAsync(member, $"/api/club/bookings/{waits.Id}/cancel");
        await world.HealAsync();
        await world.Time.QuietAsync(world.Time.GetUtcNow().AddHours(1));
        await world.JudgeAsync(waits.Id, "cancelled");
    }

    [Fact]
    public async Task Memberson_away_lets_members_spend_up_to_a_cap_and_holds_nobody_elses_seat_up()
    {
        await using var world = await World.StartAsync(postgres, answerWithinMs: 0);
        var member = await world.MemberAsync("noah@example.test");
        await world.BreakAsync("memberson", new Fault(Kind: FaultKind.Refuse));
        await world.Time.AdvanceAsync(TimeSpan.FromMinutes(5));
        (await World.GetAsync(member, "/api/club/me")).Text("points", "state").ShouldBe("stale");
        // Silver: 1,000 points; he has 1,250.
        (await world.BookAsync(member, World.Rooftop, "points", tickets: 4)).Code.ShouldBe("points-limited");
        var small = await world.BookAsync(member, World.Rooftop, "points", tickets: 2);
        var card = await world.BookAsync(member, World.Rooftop, "card");
        await Eventually.TrueAsync(async () => await world.StateAsync(card.Id) == "awaiting-payment", "the card page is there");
        await Eventually.TrueAsync(async () => await world.StateAsync(small.Id) == "seated", "the seat is there");
        await world.HealAsync();
        await world.Time.QuietAsync(world.Time.GetUtcNow().AddMinutes(31), enough: async () => await world.StateAsync(small.Id) == "confirmed");
        await world.Time.QuietAsync(world.Time.GetUtcNow().AddHours(1));
        await world.JudgeAsync(small.Id, "confirmed");
        await world.JudgeAsync(card.Id, "expired");
    }

    [Fact]
    public async Task When_a_vendor_is_back_the_earliest_promise_comes_first()
    {
        await using var world = await World.StartAsync(postgres, answerWithinMs: 0);
        // An afternoon: a promise runs for two hours, unless the place's own last moment is sooner.
        var rome = TimeZoneInfo.FindSystemTimeZoneById("Europe/Rome");
        var start = TimeZoneInfo.ConvertTime(world.Time.GetUtcNow(), rome);
        await world.Time.AdvanceAsync(start.Date.AddDays(start.Hour >= 17 ? 1 : 0).AddHours(17) - start.DateTime);
        // Not before: a session does not last a night.
        var member = await world.MemberAsync();
        await world.BreakAsync("sevenrooms", new Fault(Kind: FaultKind.Refuse));
        var today = TimeZoneInfo.ConvertTime(world.Time.GetUtcNow(), rome);
        // Asked for first, promised last.
        var later = await world.BookAsync(member, World.Rooftop, "points", at: world.At());
        var sooner = await world.BookAsync(member, World.Rooftop, "points", at: $"{today:yyyy-MM-dd}T19:00");
        await world.Time.QuietAsync(world.Time.GetUtcNow().AddMinutes(3));
        await using var connection = await world.Database.DataSource.OpenConnectionAsync();
        // Held back, so that the order can be looked at.
        await connection.ExecuteAsync("INSERT INTO platform.lane_pause (lane, actor, reason, at) SELECT DISTINCT lane, 'test', 'test', now() FROM sagas.run");
        (await world.Services.GetRequiredService<SagaSet>().HurryConnectorAsync("sevenrooms", CancellationToken.None)).ShouldBe(2);
        (await connection.QueryAsync<Guid>("SELECT r.subject FROM sagas.run r JOIN platform.job j ON j.id = r.job ORDER BY j.due_at")).ShouldBe([sooner.Id, later.Id]);
        await connection.ExecuteAsync("DELETE FROM platform.lane_pause");
        await world.HealAsync();
        await world.Time.QuietAsync(world.Time.GetUtcNow().AddMinutes(30));
        await world.JudgeAsync(sooner.Id, "confirmed");
        await world.JudgeAsync(later.Id, "confirmed");
    }

    private static async Task<IReadOnlyList<string>> TemplatesAsync(World world, Guid booking)
    {
        await using var connection = await world.Database.DataSource.OpenConnectionAsync();
        return (await connection.QueryAsync<string>("SELECT template FROM club.message WHERE booking = @booking ORDER BY at", new { booking })).AsList();
    }
}
