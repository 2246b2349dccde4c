using Polly.CircuitBreaker;
using Rialto.Fixtures;
using Rialto.Platform.Connectors;
using Rialto.Simulators.SevenRooms;

namespace Rialto.Platform.Tests.Connectors;

public class ConnectorTests(PostgresFixture postgres)
{
    [Fact]
    public async Task One_token_is_fetched_for_many_calls_at_once_and_a_new_one_when_it_is_refused()
    {
        await using var rig = await ConnectorRig.StartAsync(postgres);
        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => rig.VenuesAsync()));
        rig.CallsOf(rig.SeatTruth, "auth").ShouldBe(1);
        rig.SeatTruth.ForgetTokens();
        (await rig.BookAsync("b-1")).IsOk.ShouldBeTrue();
        rig.CallsOf(rig.SeatTruth, "auth").ShouldBe(2);
        rig.Reservations.ShouldBe(1);
    }

    [Fact]
    public async Task A_write_is_not_sent_when_no_token_can_be_had_however_that_failed()
    {
        await using var rig = await ConnectorRig.StartAsync(postgres);
        rig.Fault(rig.SeatTruth, """{"op":"auth","kind":"timeout-after-effect"}""");
        (await rig.BookAsync("b-1")).Outcome.ShouldBe(Outcome.NotSent);
        rig.CallsOf(rig.SeatTruth, "book").ShouldBe(0);
    }

    [Fact]
    public async Task Breaker_opens_after_failures_lets_nothing_through_and_closes_after_a_good_probe()
    {
        await using var rig = await ConnectorRig.StartAsync(postgres);
        await rig.VenuesAsync();
        rig.Fault(rig.SeatTruth, """{"op":"book","kind":"500-before"}""");
        for (var number = 0; number < 12; number++) await rig.BookAsync($"b-{number}");
        rig.Seats.Breaker.ShouldBe(CircuitState.Open);
        var before = rig.CallsOf(rig.SeatTruth, "book");
        var turnedAway = await rig.BookAsync("b-100");
        turnedAway.Outcome.ShouldBe(Outcome.NotSent);
        turnedAway.RetryAfter.ShouldNotBeNull().ShouldBeLessThanOrEqualTo(TimeSpan.FromSeconds(5));
        rig.CallsOf(rig.SeatTruth, "book").ShouldBe(before);

        rig.SeatTruth.Faults.Replace([], null);
        rig.Clock.Advance(TimeSpan.FromSeconds(6));
        (await rig.BookAsync("b-101")).IsOk.ShouldBeTrue();
        rig.Seats.Breaker.ShouldBe(CircuitState.Closed);
    }

    [Fact]
    public async Task Refusals_do_not_open_the_breaker()
    {
        await using var rig = await ConnectorRig.StartAsync(postgres);
        for (var number = 0; number < 30; number++) (await rig.BookAsync($"b-{number}", "19:07")).Outcome.ShouldBe(Outcome.Refused);
        rig.Seats.Breaker.ShouldBe(CircuitState.Closed);
    }

    [Fact]
    public async Task More_calls_than_the_bulkhead_holds_are_not_sent()
    {
        await using var rig = await ConnectorRig.StartAsync(postgres);
        await rig.ConfigureAsync("connectors/seats", new SeatVendor().Initial with { Concurrency = 2, TimeoutMs = 5_000 });
        await rig.VenuesAsync();
        rig.Fault(rig.SeatTruth, """{"op":"book","kind":"latency","milliseconds":300}""");
        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(number => rig.BookAsync($"b-{number}")));
        answers.Count(answer => answer.IsOk).ShouldBe(4);
        answers.Count(answer => answer is { Outcome: Outcome.NotSent, Detail: "too many calls at once" }).ShouldBe(6);
        rig.Reservations.ShouldBe(4);
    }

    [Fact]
    public async Task A_new_revision_moves_calls_without_a_restart_and_a_rollback_moves_them_back()
    {
        await using var rig = await ConnectorRig.StartAsync(postgres);
        var first = rig.Seats.Revision;
        first.ShouldBeGreaterThan(0);
        await rig.ConfigureAsync("connectors/seats", new SeatVendor().Initial with { BaseUrl = "simulator:nowhere" });
        rig.Seats.Revision.ShouldBeGreaterThan(first);
        (await rig.VenuesAsync()).Detail.ShouldContain("no address");
        (await rig.Revisions.RollBackAsync("connectors/seats", "test", CancellationToken.None))!.Id.ShouldBe(first);
        (await rig.VenuesAsync()).IsOk.ShouldBeTrue();
    }

    [Fact]
    public async Task A_rotated_secret_is_used_at_the_next_refusal_without_a_restart()
    {
        await using var rig = await ConnectorRig.StartAsync(postgres);
        await rig.VenuesAsync();
        await rig.Secrets.PutAsync("seats/client-secret", "wrong", "test", CancellationToken.None);
        rig.SeatTruth.ForgetTokens();
        (await rig.BookAsync("b-1")).Outcome.ShouldBe(Outcome.NotSent);
        await rig.Secrets.PutAsync("seats/client-secret", SevenRoomsVendor.ClientSecret, "test", CancellationToken.None);
        (await rig.BookAsync("b-1")).IsOk.ShouldBeTrue();
    }

    [Fact]
    public async Task Every_attempt_is_written_down_with_its_outcome_and_key()
    {
        await using var rig = await ConnectorRig.StartAsync(postgres);
        await rig.VenuesAsync();
        await rig.BookAsync("b-1");
        await rig.BookAsync("b-2", "19:07");
        rig.Fault(rig.SeatTruth, """{"op":"book","kind":"malformed-json"}""");
        await rig.BookAsync("b-3");
        (await rig.RecordedAsync(5)).ShouldBe(
        [
            ("auth", "ok", null, 200), ("venues", "ok", null, 200), ("book", "ok", "b-1", 200), ("book", "refused", "b-2", 400), ("book", "malformed", "b-3", 200),
        ]);
    }
}
