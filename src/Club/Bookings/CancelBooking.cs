using System.Globalization;
using System.Text.Json;
using Dapper;
using Rialto.Club.Vendors;
using Rialto.Contracts.Club;
using Rialto.Platform.Connectors;
using Rialto.Platform.Connectors.Stripe;
using Rialto.Platform.Sagas;

namespace Rialto.Club.Bookings;

/// <summary>
/// Undoes what is confirmed: seat, then money or points. The seat's cancellation goes through its booking's own lane, so it overtakes nothing. Points cannot
/// be given back by a call: staff does it, two of them.
/// </summary>
internal sealed class CancelBooking(SeatVendors seats, StripeClient stripe, Telling telling, IServiceProvider services) : BookingSaga(seats, telling, services)
{
    public const string Word = "club.cancel";

    public override string Kind => Word;

    protected override IReadOnlyList<Step<Booking>> Define() =>
    [
        new LocalStep<Booking>("begin", (scope, booking, _) =>
        {
            scope.Write(Booking.StateIs(booking.Id, "cancelling", scope.Now));
            return Task.FromResult(LocalResult.Done);
        }),
        // Without its seat it cannot be confirmed again: from here on only forward.
        CancelSeat(booking => $"{booking.Id}:cancel-confirmed:{booking.Version}", booking => booking.Seat.Lane) with { IsPivot = true },
        Refund(),
        new LocalStep<Booking>("restock", async (scope, booking, stop) =>
        {
            await MoveStockAsync(scope, booking, "sold", "free", stop);
            return LocalResult.Done;
        })
        { Concerns = (_, booking) => !booking.IsExperience },
        new LocalStep<Booking>("end", FinishAsync),
    ];

    public override async Task EndAsync(SagaScope scope, Booking subject, SagaEnding ending, string? reason, CancellationToken stop)
    {
        switch (ending)
        {
            case SagaEnding.Undone:
                // The vendor would not: it stands as it was.
                await scope.Connection.ExecuteAsync(new CommandDefinition(
                    "UPDATE club.booking SET state = 'confirmed', undo_wish = NULL, version = version + 1, updated_at = @Now WHERE id = @Id", new { scope.Now, subject.Id }, scope.Transaction, cancellationToken: stop));
                Telling.Tell(scope, subject, "cancel-refused", reason);
                break;
            case SagaEnding.Operator:
                await base.EndAsync(scope, subject, ending, reason, stop);
                break;
        }
    }

    public override void TurnedBack(SagaScope scope, Booking subject)
    {
        // It stands as it was until its end.
    }

    private CallStep<Booking> Refund() => new("refund")
    {
        Connector = _ => StripeVendor.Word,
        Key = (booking, attempt) => $"{booking.Id}:refund:{attempt}",
        WaitLane = booking => $"{StripeVendor.Word}:{booking.Id}",
        Concerns = (_, booking) => booking.Pay == "card",
        Send = async (scope, booking, stop) => CallResult.Of(
            await stripe.RefundAsync(booking.IntentId!, booking.AmountMinor!.Value, booking.Id.ToString(), scope.Key, stop), 
            answer => answer.Text("id") is { } id ? [("refund", id)] : null),
        Look = async (_, booking, stop) =>
        {
            var answer = await stripe.RefundsAsync(booking.IntentId!, stop);
            if (!answer.IsOk || answer.Body.At("data") is not { ValueKind: JsonValueKind.Array } refunds) return LookResult.Impossible(answer);
            var ours = refunds.EnumerateArray().FirstOrDefault(refund => refund.At("metadata", "reference")?.GetString() == booking.Id.ToString());
            return ours.At("id")?.GetString() is { } id ? LookResult.Found(("refund", id)) : LookResult.NotFound;
        },
        Done = (scope, booking) => scope.Write(Booking.PaymentIs(booking.Id, "refunded", scope.Now)),
    };

    private async Task<LocalResult> FinishAsync(SagaScope scope, Booking booking, CancellationToken stop)
    {
        scope.Write(Booking.StateIs(booking.Id, "cancelled", scope.Now));
        if (booking.Pay == "points")
        {
            await scope.Connection.ExecuteAsync(new CommandDefinition(
                """
                INSERT INTO club.point_change (id, organization, member, booking, amount, reason, state, proposed_name, proposed_at)
                VALUES (@change, @Organization, @Member, @Id, @AmountPoints, @reason, 'proposed', 'Cancellation', @Now)
                ON CONFLICT DO NOTHING
                """,
                new
                {
                    change = Guid.CreateVersion7(scope.Now), booking.Organization, booking.Member, booking.Id, booking.AmountPoints, scope.Now,
                    reason = string.Create(CultureInfo.InvariantCulture, $"Booking {booking.Number} was cancelled by its member"),
                }, scope.Transaction, cancellationToken: stop));
        }
        Telling.Tell(scope, booking, "cancelled", null);
        Telling.Publish(scope, new BookingCancelled(booking.Id, booking.Member, booking.What, booking.Pay, booking.Unit,
            booking.Pay == "points" ? -(booking.AmountPoints ?? 0) : 0, booking.Pay == "card" ? -(booking.AmountMinor ?? 0) : 0, booking.Currency ?? ""));
        return LocalResult.Done;
    }
}
