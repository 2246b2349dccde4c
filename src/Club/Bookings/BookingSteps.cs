using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Rialto.Club.Members;
using Rialto.Club.Vendors;
using Rialto.Contracts.Club;
using Rialto.Platform.Sagas;

namespace Rialto.Club.Bookings;

/// <summary>The steps that both ways of paying share, and how a booking ends.</summary>
internal abstract class BookingSaga(SeatVendors seats, Telling telling, IServiceProvider services) : Saga<Booking>
{
    /// <summary>How often a venue is asked whether it has approved; its webhook is quicker.</summary>
    private static readonly TimeSpan AskVenueEvery = TimeSpan.FromMinutes(2);

    protected Telling Telling => telling;

    /// <summary>Opened where a vendor is told it, and nowhere before.</summary>
    protected PersonName PersonOf(Booking booking) => services.GetRequiredService<MemberNames>().Open(booking.Member, booking.Sealed);

    public override string Lock => Booking.Lock;

    /// <summary>What was promised earliest comes first.</summary>
    public override async Task<IReadOnlyDictionary<Guid, DateTimeOffset>> DeadlinesAsync(NpgsqlTransaction transaction, Guid[] subjects, CancellationToken stop) =>
        (await transaction.Connection!.QueryAsync<(Guid Id, DateTimeOffset By)>(new CommandDefinition(
            "SELECT id, promise_by FROM club.booking WHERE id = ANY(@subjects) AND promise_by IS NOT NULL", new { subjects }, transaction, cancellationToken: stop)))
        .ToDictionary(row => row.Id, row => row.By);

    public override void TurnedBack(SagaScope scope, Booking subject) => scope.Write(Booking.StateIs(subject.Id, "undoing", scope.Now));

    public override async Task EndAsync(SagaScope scope, Booking subject, SagaEnding ending, string? reason, CancellationToken stop)
    {
        switch (ending)
        {
            case SagaEnding.Done when subject.UndoWish == "member":
                // The wish came while the last word was being said: what is confirmed is cancelled in its own way. It begins with what this saga has written.
                await scope.FlushAsync(stop);
                await services.GetRequiredService<SagaSet>().BeginAsync(scope.Transaction, scope.Origin, CancelBooking.Word, subject.Id, stop);
                break;
            case SagaEnding.Undone:
                var state = subject.UndoWish switch
                {
                    "member" => "cancelled",
                    "expired" => "expired",
                    _ => reason == "payment-expired" ? "expired" : "declined",
                };
                scope.Write(Booking.StateIs(subject.Id, state, scope.Now, reason));
                telling.Tell(scope, subject, state, reason);
                scope.Write(Promise.Ending(subject.Id));
                telling.Publish(scope, new BookingEnded(subject.Id, subject.Member, subject.What, subject.Pay, subject.Unit, state));
                break;
            case SagaEnding.Operator:
                scope.Write(Booking.StateIs(subject.Id, "needs-operator", scope.Now, reason));
                telling.Tell(scope, subject, "operator", reason);
                break;
        }
    }

    /// <summary>The club's own stock.</summary>
    protected static LocalStep<Booking> Reserve { get; } = new("reserve", async (scope, booking, stop) => await MoveStockAsync(scope, booking, "free", "reserved", stop) ? LocalResult.Done : LocalResult.Refused("out-of-stock"))
    {
        Concerns = (_, booking) => !booking.IsExperience,
        Undo = new LocalStep<Booking>("reserve", async (scope, booking, stop) =>
        {
            await MoveStockAsync(scope, booking, "reserved", "free", stop);
            return LocalResult.Done;
        }),
    };

    /// <summary>The seat at the vendor, under the booking's own id.</summary>
    protected CallStep<Booking> Book() => new("book")
    {
        Connector = booking => booking.Connector ?? "",
        Key = (booking, _) => booking.Id.ToString(),
        Lane = booking => booking.Seat.Lane,
        Concerns = (_, booking) => booking.IsExperience,
        Send = async (scope, booking, stop) =>
        {
            var person = PersonOf(booking);
            var (answer, made) = await seats.BookAsync(
                booking.Seat, new Guest(person.FirstName, person.LastName, person.Email, booking.CustomerNumber, booking.MemberNo), scope.Key, null, stop);
            return CallResult.Of(answer, _ => made is null ? null : FactsOf(made));
        },
        Look = async (scope, booking, stop) =>
        {
            var (answer, found) = await seats.FindAsync(booking.Seat, scope.Key, stop);
            if (!answer.IsOk) return LookResult.Impossible(answer);
            return found switch
            {
                [] => LookResult.NotFound,
                [{ State: "dead" }, ..] => LookResult.Refused("venue-cancelled"),
                [var live, ..] => LookResult.Found(FactsOf(live)),
            };
        },
        Done = (scope, booking) => scope.Write(Booking.StateIs(
            booking.Id, scope.Fact("book", "state") == "requested" ? "awaiting-venue" : "seated", scope.Now, reference: scope.Fact("book", "reference"))),
        Undo = CancelSeat(booking => $"{booking.Id}:cancel", null),
    };

    /// <summary>Where the venue must approve, its word is waited for.</summary>
    protected WaitStep<Booking> Approval() => new("approval", async (scope, booking, stop) =>
    {
        var (answer, found) = await seats.FindAsync(booking.Seat, booking.Id.ToString(), stop);
        if (!answer.IsOk) return WaitResult.NotYet(AskVenueEvery);
        return found switch
        {
            [{ State: "booked" }, ..] => WaitResult.Ready(),
            [{ State: "requested" }, ..] => WaitResult.NotYet(AskVenueEvery),
            _ => WaitResult.Over("venue-declined"),
        };
    })
    {
        For = "venue",
        Concerns = (scope, booking) => booking.IsExperience && scope.Fact("book", "state") == "requested",
        Done = (scope, booking) => scope.Write(Booking.StateIs(booking.Id, "seated", scope.Now)),
    };

    /// <summary>Gives a seat back. It is gone when the vendor knows no live reservation under the booking's id.</summary>
    protected CallStep<Booking> CancelSeat(Func<Booking, string> key, Func<Booking, string>? lane) => new("cancel-seat")
    {
        Connector = booking => booking.Connector ?? "",
        Key = (booking, _) => key(booking),
        Lane = lane,
        Concerns = (_, booking) => booking.IsExperience,
        Send = async (scope, booking, stop) =>
        {
            // Looked for and not remembered: a cancelling saga of its own does not know what the booking's saga has learned.
            var (answer, found) = await seats.FindAsync(booking.Seat, booking.Id.ToString(), stop);
            if (!answer.IsOk) return CallResult.NotSent(answer.Detail, answer.RetryAfter);
            if (found is not [{ State: not "dead" } live, ..]) return CallResult.Done();
            var cancelled = await seats.CancelAsync(booking.Seat, live.Id, scope.Key, stop);
            // What a vendor answers to a cancellation differs; whether the seat is gone is asked, and not read out of it.
            return CallResult.Of(cancelled, _ => null);
        },
        Look = async (_, booking, stop) =>
        {
            var (answer, found) = await seats.FindAsync(booking.Seat, booking.Id.ToString(), stop);
            if (!answer.IsOk) return LookResult.Impossible(answer);
            return found is [{ State: not "dead" }, ..] ? LookResult.NotFound : LookResult.Found();
        },
    };

    /// <summary>What makes it confirmed, beside the way of paying.</summary>
    protected async Task ConfirmAsync(SagaScope scope, Booking booking, CancellationToken stop)
    {
        if (!booking.IsExperience) await MoveStockAsync(scope, booking, "reserved", "sold", stop);
        booking.Reference ??= CollectCode(booking.Id);
        scope.Write(Booking.StateIs(booking.Id, "confirmed", scope.Now, reference: booking.Reference));
        telling.Tell(scope, booking, "confirmed", null);
        scope.Write(Promise.Ending(booking.Id));
        telling.Publish(scope, new BookingConfirmed(booking.Id, booking.Member, booking.What, booking.Pay, booking.Unit, booking.Title, booking.Quantity,
            booking.Pay == "points" ? booking.AmountPoints ?? 0 : 0, booking.Pay == "card" ? booking.AmountMinor ?? 0 : 0, booking.Currency ?? ""));
    }

    /// <param name="from">free, reserved or sold: names of columns, never a caller's text.</param>
    public static async Task<bool> MoveStockAsync(SagaScope scope, Booking booking, string from, string to, CancellationToken stop) =>
        await scope.Connection.ExecuteAsync(new CommandDefinition(
            $"UPDATE club.item SET {from} = {from} - @Quantity, {to} = {to} + @Quantity WHERE id = @Item AND {from} >= @Quantity",
            new { booking.Quantity, booking.Item }, scope.Transaction, cancellationToken: stop)) == 1;

    private static (string, string?)[] FactsOf(Reservation made) => [("id", made.Id), ("reference", made.Reference), ("state", made.State)];

    /// <summary>The code with which an item is collected: 10 letters and digits that cannot be mistaken for each other.</summary>
    private static string CollectCode(Guid booking)
    {
        const string letters = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";
        var hash = System.Security.Cryptography.SHA256.HashData(booking.ToByteArray());
        return string.Create(10, hash, (span, bytes) =>
        {
            for (var at = 0; at < span.Length; at++) span[at] = letters[bytes[at] & 31];
        });
    }
}
