using Polly.CircuitBreaker;
using Rialto.Fixtures;
using Rialto.Platform.Connectors;

namespace Rialto.Platform.Tests.Connectors;

/// <summary>A vendor that is back after an outage is not overrun by what was queued.</summary>
public class SlowStartTests(PostgresFixture postgres)
{
    [Fact]
    public void Turns_come_at_the_first_rate_and_twice_as_often_every_two_seconds_and_end()
    {
        var clock = new VirtualClock(new DateTimeOffset(2026, 11, 21, 2, 0, 0, TimeSpan.Zero));
        var slow = new SlowStart(clock, perSecond: 10, seconds: 10);
        slow.TakeTurn().ShouldBe(TimeSpan.Zero, "no vendor has been away");
        slow.Begin();
        slow.TakeTurn().ShouldBe(TimeSpan.Zero);
        slow.TakeTurn().ShouldBe(TimeSpan.FromMilliseconds(100), TimeSpan.FromMilliseconds(1));
        var secondsOfTurns = new List<double>();
        while (secondsOfTurns.Count < 2_000) secondsOfTurns.Add(slow.TakeTurn().TotalSeconds);
        secondsOfTurns.ShouldBeInOrder();
        secondsOfTurns.Count(turn => turn < 2).ShouldBeInRange(25, 32);
        secondsOfTurns.Count(turn => turn is >= 6 and < 8).ShouldBeInRange(215, 245);
        clock.Advance(TimeSpan.FromSeconds(10));
        slow.TakeTurn().ShouldBe(TimeSpan.Zero, "it is over");
        slow.TakeTurn().ShouldBe(TimeSpan.Zero);
    }

    [Fact]
    public async Task After_an_outage_writes_take_turns_and_reads_do_not()
    {
        await using var rig = await ConnectorRig.StartAsync(postgres);
        // The second turn comes after ten seconds of real time: nothing here takes so long.
        await rig.ConfigureAsync("connectors/seats", new SeatVendor().Initial with { TimeoutMs = 20_000, SlowStartPerSecond = 0.1, SlowStartSeconds = 600 });
        rig.Fault(rig.SeatTruth, """{"op":"book","kind":"500-before"}""");
        for (var number = 0; number < 100 && rig.Seats.Breaker != CircuitState.Open; number++) await rig.BookAsync($"a-{number}");
        rig.Seats.Breaker.ShouldBe(CircuitState.Open);
        rig.SeatTruth.Faults.Replace([], null);
        rig.Clock.Advance(TimeSpan.FromSeconds(6));
        (await rig.VenuesAsync()).IsOk.ShouldBeTrue();
        rig.Seats.Breaker.ShouldBe(CircuitState.Closed);

        var sent = rig.CallsOf(rig.SeatTruth, "book");
        (await rig.BookAsync("b-1")).IsOk.ShouldBeTrue();
        using var impatient = new CancellationTokenSource();
        var waits = rig.Seats.CallAsync(SeatVendor.Book("b-2", "19:00"), impatient.Token);
        (await rig.VenuesAsync()).IsOk.ShouldBeTrue();
        await impatient.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(waits);
        rig.CallsOf(rig.SeatTruth, "book").ShouldBe(sent + 1);

        rig.Clock.Advance(TimeSpan.FromMinutes(10));
        (await rig.BookAsync("b-3")).IsOk.ShouldBeTrue();
    }
}
