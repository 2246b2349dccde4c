using Dapper;
using Rialto.Club.Members;
using Rialto.Club.Vendors;
using Rialto.Fixtures;
using Rialto.Simulators.Machinery;

namespace Rialto.Club.Tests;

/// <summary>What two want at once, only as many get as there is.</summary>
public class RaceTests(PostgresFixture postgres)
{
    [Fact]
    public async Task The_last_seats_go_to_those_who_came_first()
    {
        await using var world = await World.StartAsync(postgres, answerWithinMs: 0, members: 6);
        var asked = new List<Guid>();
        // Eight seats at the counter, two each.
        for (var number = 1; number <= 6; number++) asked.Add((await world.BookAsync(await world.MemberAsync($"member{number}@example.test"), World.Kumo, "points", tickets: 2)).Id);
        await world.Time.QuietAsync(world.Time.GetUtcNow().AddHours(1));
        foreach (var (id, at) in asked.Select((id, at) => (id, at))) await world.JudgeAsync(id, at < 4 ? "confirmed" : "declined");
    }

    [Fact]
    public async Task One_member_on_many_phones_never_spends_a_point_twice()
    {
        await using var world = await World.StartAsync(postgres, answerWithinMs: 0);
        var member = await world.MemberAsync("noah@example.test");
        var told = await Task.WhenAll(Enumerable.Range(0, 12).Select(number => world.BookAsync(member, World.Rooftop, "points", at: world.At(plusDays: number))));
        // 1,250 points, 300 each.
        told.Count(one => one.Status is 201 or 202).ShouldBe(4);
        told.Count(one => one.Status == 409 && one.Code == "not-enough-points").ShouldBe(8);
        await world.Time.QuietAsync(world.Time.GetUtcNow().AddHours(1));
        foreach (var one in told.Where(one => one.Status is 201 or 202)) await world.JudgeAsync(one.Id, "confirmed");
        world.Effects("memberson", "transactions").Count.ShouldBe(4);
    }

    [Fact]
    public async Task Cancelling_at_any_moment_ends_whole()
    {
        await using var world = await World.StartAsync(postgres, answerWithinMs: 0, members: 40);
        for (var number = 1; number <= 40; number++)
        {
            var member = await world.MemberAsync($"member{number}@example.test");
            var booked = await world.BookAsync(member, number % 2 == 0 ? World.Rooftop : World.Lawn, "points");
            // Not a wait for anything: the moments differ, and any of them must do.
            for (var spin = 0; spin < number; spin++) await Task.Yield();
            (await World.PostAsync(member, $"/api/club/bookings/{booked.Id}/cancel")).Status.ShouldBe(202);
            await world.Time.QuietAsync(world.Time.GetUtcNow().AddHours(1));
            await world.JudgeAsync(booked.Id, "cancelled");
        }
    }

    [Fact]
    public async Task Whoever_cancels_while_his_points_are_being_taken_gets_them_back_by_hand_and_not_twice()
    {
        await using var world = await World.StartAsync(postgres, answerWithinMs: 0, timeoutMs: 2_000);
        var member = await world.MemberAsync();
        await world.BreakAsync("memberson", new Fault("redeem-point", FaultKind.TimeoutAfterEffect, Times: 1), new Fault("transactions", FaultKind.StatusBefore));
        var booked = await world.BookAsync(member, World.Rooftop, "points");
        await Eventually.TrueAsync(() => world.Vendor("memberson").Calls.All.Any(call => call.Operation == "transactions"), "it is not known whether they were taken");
        (await World.PostAsync(member, $"/api/club/bookings/{booked.Id}/cancel")).Status.ShouldBe(202);
        await world.HealAsync();
        await world.Time.QuietAsync(world.Time.GetUtcNow().AddHours(1));
        await world.JudgeAsync(booked.Id, "cancelled");
        await using var connection = await world.Database.DataSource.OpenConnectionAsync();
        (await connection.QuerySingleAsync<(Guid, long, string)>("SELECT booking, amount, state FROM club.point_change")).ShouldBe((booked.Id, 300, "proposed"));
    }

    [Fact]
    public async Task A_balance_that_was_told_before_points_were_taken_does_not_give_them_back()
    {
        await using var world = await World.StartAsync(postgres);
        var member = await world.MemberAsync();
        var askedAt = world.Time.GetUtcNow();
        (await world.BookAsync(member, World.Rooftop, "points")).State.ShouldBe("confirmed");
        var id = (await World.GetAsync(member, "/api/club/me")).Id;
        await using var connection = await world.Database.DataSource.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        // An answer of Memberson that was long on its way: it knows nothing of the redemption.
        await PointsLedger.SyncAsync(transaction, id, new Membership("M1001", "Sapphire", 48_250, "Lumen Points"), askedAt, world.Time.GetUtcNow(), CancellationToken.None);
        (await PointsLedger.AvailableAsync(transaction, id, CancellationToken.None)).ShouldBe(47_950);
    }

    [Fact]
    public async Task Points_spent_at_a_till_meanwhile_are_found_out_before_they_are_promised()
    {
        await using var world = await World.StartAsync(postgres, answerWithinMs: 0);
        var member = await world.MemberAsync("noah@example.test");
        await world.BreakAsync("memberson", new Fault("redeem-point", FaultKind.StatusBefore, Status: 400));
        var booked = await world.BookAsync(member, World.Rooftop, "points");
        await world.Time.QuietAsync(world.Time.GetUtcNow().AddHours(1));
        await world.JudgeAsync(booked.Id, "declined");
        await using var connection = await world.Database.DataSource.OpenConnectionAsync();
        (await connection.QuerySingleAsync<string>("SELECT state FROM club.points_hold")).ShouldBe("released");
    }
}
