using Dapper;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Rialto.Club.Experiences;
using Rialto.Club.Items;
using Rialto.Club.Members;
using Rialto.Platform.Configuration;
using Rialto.Platform.Identity;
using Rialto.Platform.Outbox;
using Rialto.Platform.Problems;
using Rialto.Platform.Sagas;

namespace Rialto.Club.Bookings;

/// <summary>Booking, redeeming, cancelling, and waiting on.</summary>
internal static class BookingEndpoints
{
    /// <param name="StartsAt">Local to the venue (2026-11-24T19:00), or with an offset.</param>
    /// <param name="Pay">points or card.</param>
    public sealed record BookingRequest(Guid? ExperienceId, string? StartsAt, int? Tickets, string? Pay);

    /// <param name="Pay">points or card.</param>
    public sealed record RedemptionRequest(Guid? ItemId, int? Quantity, string? Pay);

    private static readonly TimeSpan FarthestAhead = TimeSpan.FromDays(366);

    public static void MapBookings(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/bookings", BookAsync).RequireSignedIn()
            .Produces<ViewBooking.BookingView>(StatusCodes.Status201Created).Produces<ViewBooking.BookingView>(StatusCodes.Status202Accepted)
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status409Conflict).ProducesProblem(StatusCodes.Status422UnprocessableEntity)
            .WithSummary("Books an experience, once for an Idempotency-Key: 201 when it is settled or waits for the member's payment, 202 with a promise otherwise.");
        routes.MapPost("/redemptions", RedeemAsync).RequireSignedIn()
            .Produces<ViewBooking.BookingView>(StatusCodes.Status201Created).Produces<ViewBooking.BookingView>(StatusCodes.Status202Accepted)
            .ProducesProblem(StatusCodes.Status400BadRequest).ProducesProblem(StatusCodes.Status409Conflict).ProducesProblem(StatusCodes.Status422UnprocessableEntity)
            .WithSummary("Redeems an item, once for an Idempotency-Key; answers as a booking does.");
        routes.MapPost("/bookings/{id:guid}/cancel", CancelAsync).RequireSignedIn().WithSummary("Cancels: at once while it is being arranged, by the venue's rules when it is confirmed.");
        routes.MapPost("/redemptions/{id:guid}/cancel", CancelAsync).RequireSignedIn().WithSummary("Cancels a redemption that is not confirmed yet.");
        routes.MapPost("/bookings/{id:guid}/keep-waiting", KeepWaitingAsync).RequireSignedIn().WithSummary("The member waits on: the vendor is asked again now.");
    }

    private static async Task<IResult> BookAsync(BookingRequest request, HttpContext context, SignedInMember members, PlaceBooking place, NpgsqlDataSource postgres, TimeProvider clock, CancellationToken stop)
    {
        if (await members.FindAsync(context, stop) is not { } member) return Errors.NotAMember;
        if (PlaceBooking.KeyOf(context) is not { } key) return Errors.KeyMissing;
        if (request.Pay is not ("points" or "card")) return Errors.PayWrong;
        var now = clock.GetUtcNow();
        if (request.ExperienceId is not { } id || await BrowseExperiences.FindAsync(postgres, member.Organization, id, stop) is not { } experience || !experience.IsShown(now))
            return Errors.NoSuchExperience;
        if (request.Tickets is not { } tickets || tickets < 1 || tickets > experience.TicketsMax) return Errors.Tickets("tickets", experience.TicketsMax);
        if ((request.Pay == "points" ? experience.PricePoints : experience.PriceMinor) is null) return Errors.NotForPoints(request.Pay);
        if (experience.ReadStart(request.StartsAt) is not { } startsAt) return Errors.StartWrong;
        if (startsAt.AddMinutes(-experience.LeadMinutes) <= now) return Errors.StartTooSoon;
        if (startsAt > now + FarthestAhead) return Errors.StartTooFar;
        return await place.RunAsync(context, member, key, new Order(
            "experience", experience.Id, null, experience.Title, experience.Unit, experience.Connector, experience.Venue, experience.TimeZone, startsAt, experience.LeadMinutes, tickets,
            request.Pay, experience.PricePoints * tickets, experience.PriceMinor * tickets, experience.Currency), stop);
    }

    private static async Task<IResult> RedeemAsync(RedemptionRequest request, HttpContext context, SignedInMember members, PlaceBooking place, NpgsqlDataSource postgres, CancellationToken stop)
    {
        if (await members.FindAsync(context, stop) is not { } member) return Errors.NotAMember;
        if (PlaceBooking.KeyOf(context) is not { } key) return Errors.KeyMissing;
        if (request.Pay is not ("points" or "card")) return Errors.PayWrong;
        if (request.ItemId is not { } id || await Item.FindAsync(postgres, member.Organization, id, stop) is not { State: "published" } item) return Errors.NoSuchItem;
        if (request.Quantity is not { } quantity || quantity is < 1 or > Item.QuantityMax) return Errors.Tickets("quantity", Item.QuantityMax);
        if ((request.Pay == "points" ? item.PricePoints : item.PriceMinor) is null) return Errors.NotForPoints(request.Pay);
        return await place.RunAsync(context, member, key, new Order(
            "item", null, item.Id, item.Title, item.Unit, null, null, null, null, 0, quantity, request.Pay, item.PricePoints * quantity, item.PriceMinor * quantity, item.Currency), stop);
    }

    private static async Task<Results<Accepted<ViewBooking.BookingView>, Problem>> CancelAsync(
        Guid id, HttpContext context, SignedInMember members, NpgsqlDataSource postgres, SagaSet sagas, TimeProvider clock,
        [FromKeyedServices(Rules.Document)] Configured<Rules> rules, CancellationToken stop)
    {
        if (await members.FindAsync(context, stop) is not { } member) return Errors.NotAMember;
        if (await ViewBooking.FindOwnAsync(postgres, member, id, stop) is null) return Errors.NoSuchBooking;
        await using (var connection = await postgres.OpenConnectionAsync(stop))
        await using (var transaction = await connection.BeginTransactionAsync(stop))
        {
            var booking = await Booking.LockAsync(transaction, id, stop);
            switch (booking.State)
            {
                case "cancelled" or "cancelling":
                    break;
                case "declined" or "expired" or "needs-operator":
                    return Errors.CannotCancel;
                case "confirmed" when !booking.IsExperience:
                    return Errors.CannotCancel;
                case "confirmed" when booking.StartsAt!.Value.AddHours(-rules.Value.CancelHours) <= clock.GetUtcNow():
                    return Errors.TooLateToCancel;
                default:
                    await WishAsync(transaction, sagas, booking, member, stop);
                    break;
            }
            await transaction.CommitAsync(stop);
        }
        var after = await sagas.WatchAsync(id, TimeSpan.FromMilliseconds(rules.Value.AnswerWithinMs),
            async () => await Booking.FindAsync(postgres, id, stop) is { State: "cancelled" } found ? found : null, stop);
        return TypedResults.Accepted($"/api/club/bookings/{id}", ViewBooking.Of(after ?? (await Booking.FindAsync(postgres, id, stop))!));
    }

    private static async Task WishAsync(NpgsqlTransaction transaction, SagaSet sagas, Booking booking, Member member, CancellationToken stop)
    {
        await transaction.Connection!.ExecuteAsync(new CommandDefinition(
            "UPDATE club.booking SET undo_wish = 'member', version = version + 1 WHERE id = @Id AND undo_wish IS DISTINCT FROM 'member'", new { booking.Id }, transaction, cancellationToken: stop));
        if (booking.State == "confirmed") await sagas.BeginAsync(transaction, new Origin((uint)member.Organization, $"user:{member.Id}"), CancelBooking.Word, booking.Id, stop);
        // When the last word is just being said, the saga's end sees the wish and cancels what is confirmed.
        else await sagas.UndoAsync(transaction, booking.Saga, booking.Id, "cancelled-by-member", stop);
    }

    private static async Task<Results<Ok<ViewBooking.BookingView>, Problem>> KeepWaitingAsync(
        Guid id, HttpContext context, SignedInMember members, NpgsqlDataSource postgres, SagaSet sagas, CancellationToken stop)
    {
        if (await members.FindAsync(context, stop) is not { } member) return Errors.NotAMember;
        if (await ViewBooking.FindOwnAsync(postgres, member, id, stop) is null) return Errors.NoSuchBooking;
        await using var connection = await postgres.OpenConnectionAsync(stop);
        await using var transaction = await connection.BeginTransactionAsync(stop);
        var booking = await Booking.LockAsync(transaction, id, stop);
        if (booking.IsFinal || booking.UndoWish is not null) return Errors.NotWaiting;
        await sagas.HurryAsync(transaction, booking.Saga, booking.Id, stop);
        await transaction.CommitAsync(stop);
        return TypedResults.Ok(ViewBooking.Of(booking));
    }
}
