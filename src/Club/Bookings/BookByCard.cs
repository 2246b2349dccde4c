using Microsoft.Extensions.DependencyInjection;
using Rialto.Club.Vendors;
using Rialto.Platform.Configuration;
using Rialto.Platform.Connectors;
using Rialto.Platform.Connectors.Stripe;
using Rialto.Platform.Hosting;
using Rialto.Platform.Sagas;

namespace Rialto.Club.Bookings;

/// <summary>
/// reserve → session → paid → book → approval → capture (pivot) → confirm. The card is authorised before the seat is asked for, because a seat can be
/// held for minutes and a person may take an hour to pay; money is taken only for a seat that is there.
/// </summary>
internal sealed class BookByCard(
    SeatVendors seats, StripeClient stripe, Telling telling, IServiceProvider services, OwnAddress address, TimeProvider clock, [FromKeyedServices(Rules.Document)] Configured<Rules> rules)
    : BookingSaga(seats, telling, services)
{
    public const string Word = "club.book-by-card";

    /// <summary>How often the card vendor is asked whether a person has paid; its webhook is quicker.</summary>
    private static readonly TimeSpan AskEvery = TimeSpan.FromSeconds(30);

    public override string Kind => Word;

    protected override IReadOnlyList<Step<Booking>> Define() =>
    [
        Reserve,
        Session(),
        Paid(),
        Book(),
        Approval(),
        Capture(),
        new LocalStep<Booking>("confirm", async (scope, booking, stop) =>
        {
            scope.Write(Booking.PaymentIs(booking.Id, "captured", scope.Now));
            await ConfirmAsync(scope, booking, stop);
            return LocalResult.Done;
        }),
    ];

    private CallStep<Booking> Session() => new("session")
    {
        Connector = _ => StripeVendor.Word,
        // A failed answer would be told again under the same key; a second page that nobody has seen harms nobody.
        Key = (booking, attempt) => $"{booking.Id}:session:{attempt}",
        Settle = TimeSpan.Zero,
        Send = async (scope, booking, stop) =>
        {
            var page = $"{rules.Value.PublicUrl?.TrimEnd('/') ?? address.Public}/club/bookings/{booking.Id}";
            var answer = await stripe.CreateSessionAsync(
                new CheckoutRequest(booking.Id.ToString(), booking.Title, booking.AmountMinor!.Value, booking.Currency!, PersonOf(booking).Email, page + "?paid={CHECKOUT_SESSION_ID}", page + "?back=1",
                    clock.GetUtcNow().AddMinutes(rules.Value.CheckoutMinutes), CaptureLater: true),
                scope.Key, stop);
            return CallResult.Of(answer, good => CheckoutSession.Read(good.Body) is { Url: not null } session ? [("id", session.Id), ("url", session.Url)] : null);
        },
        Look = (_, _, _) => Task.FromResult(LookResult.NotFound),
        Done = (scope, booking) =>
        {
            scope.Write(Booking.PaymentIs(booking.Id, "open", scope.Now, scope.Fact("session", "id"), scope.Fact("session", "url")));
            scope.Write(Booking.StateIs(booking.Id, "awaiting-payment", scope.Now));
        },
        Undo = LetGo(),
    };

    private WaitStep<Booking> Paid() => new("paid", async (scope, booking, stop) =>
    {
        var answer = await stripe.SessionAsync(scope.Fact("session", "id")!, stop);
        if (!answer.IsOk || CheckoutSession.Read(answer.Body) is not { } session) return WaitResult.NotYet(AskEvery);
        // Coming back from the page proves nothing; the session says who paid.
        return session.Status switch
        {
            "complete" when session.Intent is not null => WaitResult.Ready(("intent", session.Intent)),
            "expired" => WaitResult.Over("payment-expired"),
            _ => WaitResult.NotYet(AskEvery),
        };
    })
    {
        For = "payment",
        Done = (scope, booking) =>
        {
            scope.Write(Booking.PaymentIs(booking.Id, "authorised", scope.Now, intent: scope.Fact("paid", "intent")));
            scope.Write(Booking.StateIs(booking.Id, "authorised", scope.Now));
        },
    };

    private CallStep<Booking> Capture() => new("capture")
    {
        IsPivot = true,
        Connector = _ => StripeVendor.Word,
        Key = (booking, attempt) => $"{booking.Id}:capture:{attempt}",
        WaitLane = booking => $"{StripeVendor.Word}:{booking.Id}",
        Send = async (scope, booking, stop) => CallResult.Of(
            await stripe.CaptureAsync(scope.Fact("paid", "intent")!, booking.AmountMinor!.Value, scope.Key, stop),
            good => PaymentIntent.Read(good.Body) is { Status: "succeeded" } ? [] : null),
        Look = async (scope, _, stop) =>
        {
            var answer = await stripe.IntentAsync(scope.Fact("paid", "intent")!, stop);
            if (!answer.IsOk || PaymentIntent.Read(answer.Body) is not { } intent) return LookResult.Impossible(answer);
            return intent.Status switch
            {
                "succeeded" => LookResult.Found(),
                "requires_capture" => LookResult.NotFound,
                _ => LookResult.Refused($"the authorisation is {intent.Status}"),
            };
        },
    };

    /// <summary>Closes the page, or lets the authorised card go: whatever the session has come to meanwhile.</summary>
    private CallStep<Booking> LetGo() => new("let-go")
    {
        Connector = _ => StripeVendor.Word,
        Key = (booking, attempt) => $"{booking.Id}:let-go:{attempt}",
        WaitLane = booking => $"{StripeVendor.Word}:{booking.Id}",
        Send = async (scope, booking, stop) =>
        {
            var id = scope.Fact("session", "id")!;
            var answer = await stripe.SessionAsync(id, stop);
            if (!answer.IsOk || CheckoutSession.Read(answer.Body) is not { } session) return CallResult.NotSent(answer.Detail, answer.RetryAfter);
            if (session.Status == "expired") return CallResult.Done();
            if (session.Status == "complete")
                return CallResult.Of(await stripe.CancelAsync(session.Intent!, scope.Key, stop), good => PaymentIntent.Read(good.Body) is { Status: "canceled" } ? [] : null);
            var closed = await stripe.ExpireSessionAsync(id, scope.Key, stop);
            // Paid in this very moment: then there is an authorisation to let go, which the next look finds.
            return closed.Outcome == Outcome.Refused ? CallResult.Unknown(closed.Detail) : CallResult.Of(closed, good => CheckoutSession.Read(good.Body) is { Status: "expired" } ? [] : null);
        },
        Look = async (scope, _, stop) =>
        {
            var answer = await stripe.SessionAsync(scope.Fact("session", "id")!, stop);
            if (!answer.IsOk || CheckoutSession.Read(answer.Body) is not { } session) return LookResult.Impossible(answer);
            if (session.Status == "expired") return LookResult.Found();
            if (session.Status != "complete" || session.Intent is null) return LookResult.NotFound;
            var payment = await stripe.IntentAsync(session.Intent, stop);
            if (!payment.IsOk || PaymentIntent.Read(payment.Body) is not { } intent) return LookResult.Impossible(payment);
            return intent.Status == "canceled" ? LookResult.Found() : LookResult.NotFound;
        },
        Settle = TimeSpan.FromSeconds(5),
        Done = (scope, booking) => scope.Write(Booking.PaymentIs(booking.Id, booking.IntentId is null ? "expired" : "cancelled", scope.Now)),
    };
}
