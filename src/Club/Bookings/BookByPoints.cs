using Rialto.Club.Members;
using Rialto.Club.Vendors;
using Rialto.Platform.Sagas;

namespace Rialto.Club.Bookings;

/// <summary>
/// reserve → hold → book → approval → redeem (pivot) → confirm. Points are set aside first and taken last, because a seat can be given back
/// and points at Memberson cannot.
/// </summary>
internal sealed class BookByPoints(SeatVendors seats, Memberson memberson, Telling telling, IServiceProvider services) : BookingSaga(seats, telling, services)
{
    public const string Word = "club.book-by-points";

    public override string Kind => Word;

    protected override IReadOnlyList<Step<Booking>> Define() =>
    [
        Reserve,
        Hold(),
        Book(),
        Approval(),
        Redeem(),
        new LocalStep<Booking>("confirm", async (scope, booking, stop) =>
        {
            PointsLedger.Capture(scope, booking.Member, booking.Id);
            await ConfirmAsync(scope, booking, stop);
            return LocalResult.Done;
        }),
    ];

    /// <summary>Runs with the beginning, whose booking is stored as held.</summary>
    private static LocalStep<Booking> Hold() => new("hold", async (scope, booking, stop) =>
        await PointsLedger.HoldAsync(scope, booking.Member, booking.Id, booking.AmountPoints!.Value, stop) ? LocalResult.Done : LocalResult.Refused("not-enough-points"))
    {
        Undo = new LocalStep<Booking>("hold", (scope, booking, _) =>
        {
            PointsLedger.Release(scope, booking.Member, booking.Id);
            return Task.FromResult(LocalResult.Done);
        }),
    };

    private CallStep<Booking> Redeem() => new("redeem")
    {
        IsPivot = true,
        Connector = _ => MembersonVendor.Word,
        Key = (booking, _) => booking.Receipt,
        // Memberson away must hold nobody back but this member.
        WaitLane = booking => $"{MembersonVendor.Word}:{booking.CustomerNumber}",
        Send = async (scope, booking, stop) => CallResult.Of(
            await memberson.RedeemAsync(booking.MemberNo ?? "", booking.PointType ?? "", booking.AmountPoints!.Value, scope.Key, booking.Title, stop),
            // What a good answer carries is not documented: one without a transaction proves nothing, and the transactions are looked through.
            answer => answer.Text("TransactionNo") is { } transaction ? [("transaction", transaction)] : null),
        Look = async (scope, booking, stop) =>
        {
            var (answer, transaction) = await memberson.FindRedemptionAsync(booking.MemberNo ?? "", scope.Key, stop);
            if (!answer.IsOk) return LookResult.Impossible(answer);
            return transaction is null ? LookResult.NotFound : LookResult.Found(("transaction", transaction));
        },
    };
}
