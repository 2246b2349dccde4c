using Dapper;
using Rialto.Simulators.Machinery;

namespace Rialto.Club.Tests;

/// <summary>A member's way through the club, told as what he books and what he does when.</summary>
/// <param name="Book">An experience, or an item.</param>
/// <param name="Pays">At the card page, when it is open.</param>
/// <param name="Cancels">The state in which he cancels; null when he does not.</param>
/// <param name="Ends">How it ends when nothing goes wrong.</param>
/// <param name="Refusing">A vendor that says no, and to what.</param>
internal sealed record Path(string Name, string Book, string Pay, string Ends, bool Pays = true, string? Cancels = null, (string Vendor, string Operation)? Refusing = null)
{
    public static readonly Path Points = new("points", World.Rooftop, "points", "confirmed");
    public static readonly Path Card = new("card", World.Rooftop, "card", "confirmed");
    public static readonly Path Approval = new("approval", World.Terrace, "points", "confirmed");
    public static readonly Path Quay = new("second vendor", World.Lawn, "points", "confirmed");
    public static readonly Path ItemByPoints = new("item by points", World.Tea, "points", "confirmed");
    public static readonly Path ItemByCard = new("item by card", World.Tea, "card", "confirmed");
    public static readonly Path CancelCard = new("cancel card", World.Rooftop, "card", "cancelled", Cancels: "confirmed");
    public static readonly Path CancelPoints = new("cancel points", World.Rooftop, "points", "cancelled", Cancels: "confirmed");
    public static readonly Path CancelQuay = new("cancel second vendor", World.Lawn, "points", "cancelled", Cancels: "confirmed");
    public static readonly Path GiveUp = new("give up at the card page", World.Rooftop, "card", "cancelled", Pays: false, Cancels: "awaiting-payment");
    public static readonly Path Leave = new("leave the card page", World.Rooftop, "card", "expired", Pays: false);
    public static readonly Path SeatGone = new("no seat for the card", World.Rooftop, "card", "declined", Refusing: ("sevenrooms", "book"));
    public static readonly Path PointsGone = new("points spent elsewhere", World.Rooftop, "points", "declined", Refusing: ("memberson", "redeem-point"));

    public static readonly Path[] All =
        [Points, Card, Approval, Quay, ItemByPoints, ItemByCard, CancelCard, CancelPoints, CancelQuay, GiveUp, Leave, SeatGone, PointsGone];

    public override string ToString() => Name;

    /// <summary>What this way needs of the vendors beside a fault of a case.</summary>
    public async Task PrepareAsync(World world)
    {
        if (Refusing is { } no) await world.BreakAsync(no.Vendor, new Fault(no.Operation, FaultKind.StatusBefore, Status: 400));
    }

    /// <summary>Books; the way may end here, when the vendor refuses at once.</summary>
    public async Task<Guid> BeginAsync(World world, HttpClient member)
    {
        var key = Guid.CreateVersion7().ToString();
        var told = Book == World.Tea ? await world.RedeemAsync(member, Book, Pay, key: key) : await world.BookAsync(member, Book, Pay, at: world.Soon, key: key);
        if (told.Status is 201 or 202) return told.Id;
        told.Code.ShouldBe("declined", told.Body.ToString());
        return told.Body.GetProperty("booking").GetProperty("id").GetGuid();
    }

    /// <summary>Goes the whole way: lets time pass, and does what the member does when it is time to.</summary>
    public async Task GoAsync(World world, HttpClient member, Guid booking, CancellationToken stop = default)
    {
        var (paid, cancelled) = (!Pays, Cancels is null);
        for (var round = 0; round < 6; round++)
        {
            await world.Time.QuietAsync(world.Time.GetUtcNow().AddHours(12), enough: async () =>
                await world.StateAsync(booking) is var now && (now == "awaiting-payment" && !paid || now == Cancels && !cancelled), stop: stop);
            var state = await world.StateAsync(booking);
            if (!cancelled && state == Cancels)
            {
                cancelled = true;
                (await World.PostAsync(member, $"/api/club/bookings/{booking}/cancel")).Status.ShouldBe(202);
            }
            else if (!paid && state == "awaiting-payment")
            {
                paid = true;
                await PayAsync(world, booking);
            }
            else return;
        }
        throw new InvalidOperationException($"{booking} does not come to an end");
    }

    private static async Task PayAsync(World world, Guid booking)
    {
        await using var connection = await world.Database.DataSource.OpenConnectionAsync();
        // The page that the member was shown, of however many there are; he pays it once.
        var page = await connection.QuerySingleAsync<string>("SELECT session_id FROM club.payment WHERE booking = @booking", new { booking });
        if (world.Effects("stripe", "sessions").Any(row => row!["id"]!.GetValue<string>() == page && row["status"]!.GetValue<string>() == "open")) world.PayPage(page);
    }
}
