using Rialto.Fixtures;
using Rialto.Platform.Connectors;

namespace Rialto.Platform.Tests.Connectors;

/// <summary>What is known of a write after each fault, held against what the vendor really did.</summary>
public class OutcomeTests(PostgresFixture postgres)
{
    [Theory]
    [InlineData("timeout-before-effect", Outcome.Unknown, 0)]
    [InlineData("timeout-after-effect", Outcome.Unknown, 1)]
    [InlineData("drop-before-effect", Outcome.Unknown, 0)]
    [InlineData("drop-after-effect", Outcome.Unknown, 1)]
    [InlineData("reset-before-effect", Outcome.Unknown, 0)]
    [InlineData("reset-after-effect", Outcome.Unknown, 1)]
    [InlineData("500-before", Outcome.Unknown, 0)]
    [InlineData("500-after", Outcome.Unknown, 1)]
    [InlineData("malformed-json", Outcome.Unknown, 1)]
    [InlineData("truncated-body", Outcome.Unknown, 1)]
    [InlineData("wrong-content-type", Outcome.Unknown, 1)]
    [InlineData("slow-drip", Outcome.Unknown, 1)]
    [InlineData("429", Outcome.NotSent, 0)]
    [InlineData("ok-http-bad-status", Outcome.Refused, 0)]
    public async Task A_write_is_attempted_once_and_its_outcome_is_never_better_known_than_it_can_be(string fault, Outcome expected, int effects)
    {
        await using var rig = await ConnectorRig.StartAsync(postgres);
        (await rig.VenuesAsync()).IsOk.ShouldBeTrue();
        rig.Fault(rig.SeatTruth, $$"""{"op":"book","kind":"{{fault}}"}""");
        (await rig.BookAsync("b-1")).Outcome.ShouldBe(expected);
        rig.CallsOf(rig.SeatTruth, "book").ShouldBe(1);
        rig.Reservations.ShouldBe(effects);
    }

    [Fact]
    public async Task A_closed_port_is_known_to_have_had_no_effect()
    {
        await using var rig = await ConnectorRig.StartAsync(postgres);
        (await rig.VenuesAsync()).IsOk.ShouldBeTrue();
        await rig.World.CloseAsync(rig.SeatTruth);
        var answer = await rig.BookAsync("b-1");
        answer.Outcome.ShouldBe(Outcome.NotSent);
        answer.Detail.ShouldContain("not connected");
    }

    [Fact]
    public async Task A_refusal_says_why()
    {
        await using var rig = await ConnectorRig.StartAsync(postgres);
        var answer = await rig.BookAsync("b-1", time: "19:07");
        answer.Outcome.ShouldBe(Outcome.Refused);
        answer.Status.ShouldBe(400);
        answer.Detail.ShouldBe("The time is not bookable");
    }

    [Fact]
    public async Task A_write_without_a_body_is_not_resent_by_the_framework_when_a_warm_connection_breaks()
    {
        await using var rig = await ConnectorRig.StartAsync(postgres);
        (await rig.Cards.CallAsync(rig.Cards.Probe, CancellationToken.None)).IsOk.ShouldBeTrue();
        rig.Fault(rig.CardTruth, """{"op":"capture-intent","kind":"drop-before-effect"}""");
        var capture = new VendorCall("capture", CallKind.Write, HttpMethod.Post, "/payment_intents/pi_1/capture") { Key = "c-1" };
        (await rig.Cards.CallAsync(capture, CancellationToken.None)).Outcome.ShouldBe(Outcome.Unknown);
        rig.CallsOf(rig.CardTruth, "capture-intent").ShouldBe(1);
    }

    [Fact]
    public async Task A_429_tells_how_long_to_wait()
    {
        await using var rig = await ConnectorRig.StartAsync(postgres);
        rig.Fault(rig.SeatTruth, """{"op":"book","kind":"429","retryAfterSeconds":17}""");
        (await rig.BookAsync("b-1")).RetryAfter.ShouldBe(TimeSpan.FromSeconds(17));
    }

    [Theory]
    [InlineData("500-before")]
    [InlineData("drop-before-effect")]
    [InlineData("timeout-before-effect")]
    [InlineData("malformed-json")]
    public async Task A_read_is_tried_again_through_a_hiccup(string fault)
    {
        await using var rig = await ConnectorRig.StartAsync(postgres);
        (await rig.BookAsync("b-0")).IsOk.ShouldBeTrue();
        rig.Fault(rig.SeatTruth, $$"""{"op":"venues","kind":"{{fault}}","times":1}""");
        (await rig.VenuesAsync()).IsOk.ShouldBeTrue();
    }

    [Fact]
    public async Task A_cancelled_write_is_recorded_as_unknown()
    {
        await using var rig = await ConnectorRig.StartAsync(postgres);
        await rig.VenuesAsync();
        rig.Fault(rig.SeatTruth, """{"op":"book","kind":"timeout-after-effect"}""");
        using var impatient = new CancellationTokenSource(TimeSpan.FromMilliseconds(100));
        await Should.ThrowAsync<OperationCanceledException>(rig.Seats.CallAsync(SeatVendor.Book("b-1", "19:00"), impatient.Token));
        (await rig.RecordedAsync(3)).ShouldContain(call => call.Operation == "book" && call.Outcome == "unknown" && call.Key == "b-1");
    }
}
