using Dapper;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Npgsql;
using Rialto.Club.Members;
using Rialto.Platform.Identity;
using Rialto.Platform.Problems;

namespace Rialto.Club.Bookings;

/// <summary>What a member sees of his bookings and redemptions.</summary>
internal static class ViewBooking
{
    /// <param name="Text">As a person would say it.</param>
    public sealed record PromiseView(DateTimeOffset By, string Text);

    /// <param name="What">experience or item.</param>
    /// <param name="State">
    /// requested, held, awaiting-payment, authorised, awaiting-venue, seated, confirmed, undoing, declined, expired, cancelling, cancelled, needs-operator.
    /// </param>
    /// <param name="Settled">Nothing will change by itself any more.</param>
    /// <param name="Reason">Why it did not come about, in plain words.</param>
    /// <param name="PayUrl">The page on which to pay, while it is open.</param>
    public sealed record BookingView(
        Guid Id, long Number, string What, Guid? ExperienceId, Guid? ItemId, string Title, string Unit, DateTimeOffset? StartsAt, string? TimeZone, int Quantity, string Pay, long? Points,
        long? Amount, string? Currency, string State, bool Settled, string? Reason, string? Reference, PromiseView? Promise, string? PayUrl, DateTimeOffset CreatedAt, DateTimeOffset? ConfirmedAt);

    public static void MapViewBooking(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/bookings", ListAsync).RequireSignedIn().WithSummary("The member's bookings and redemptions, newest first.");
        routes.MapGet("/bookings/{id:guid}", GetAsync).RequireSignedIn().WithName("club-booking").WithSummary("One booking, with an ETag for asking again.");
        routes.MapGet("/redemptions/{id:guid}", GetAsync).RequireSignedIn().WithSummary("One redemption, with an ETag for asking again.");
    }

    public static BookingView Of(Booking booking)
    {
        var waits = !booking.IsFinal && booking.State is not ("awaiting-payment" or "needs-operator" or "cancelling" or "undoing");
        return new BookingView(
            booking.Id, booking.Number, booking.What, booking.Experience, booking.Item, booking.Title, booking.Unit,
            booking.StartsAt is { } at ? TimeZoneInfo.ConvertTime(at, booking.Zone) : null, booking.TimeZone, booking.Quantity, booking.Pay, booking.AmountPoints, booking.AmountMinor,
            booking.Currency, booking.State, booking.IsFinal, booking.State is "declined" or "expired" ? Telling.Reason(booking.Reason) : null, booking.Reference,
            waits && booking.PromiseBy is { } by ? new PromiseView(by, Telling.PromiseText(booking, by)) : null,
            booking.State == "awaiting-payment" ? booking.SessionUrl : null, booking.CreatedAt, booking.ConfirmedAt);
    }

    /// <summary>The member's own booking; null also when it is somebody else's.</summary>
    public static async Task<Booking?> FindOwnAsync(NpgsqlDataSource postgres, Member member, Guid id, CancellationToken stop) =>
        await Booking.FindAsync(postgres, id, stop) is { } booking && booking.Member == member.Id ? booking : null;

    private static async Task<Results<Ok<Listed<BookingView>>, Problem>> ListAsync(HttpContext context, SignedInMember members, NpgsqlDataSource postgres, CancellationToken stop)
    {
        if (await members.FindAsync(context, stop) is not { } member) return Errors.NotAMember;
        await using var connection = await postgres.OpenConnectionAsync(stop);
        var rows = await connection.QueryAsync<Booking>(new CommandDefinition($"{Booking.Select} WHERE b.member = @Id ORDER BY b.number DESC LIMIT 100", new { member.Id }, cancellationToken: stop));
        return TypedResults.Ok(new Listed<BookingView>(rows.Select(Of)));
    }

    private static async Task<Results<Ok<BookingView>, StatusCodeHttpResult, Problem>> GetAsync(Guid id, HttpContext context, SignedInMember members, NpgsqlDataSource postgres, CancellationToken stop)
    {
        if (await members.FindAsync(context, stop) is not { } member) return Errors.NotAMember;
        if (await FindOwnAsync(postgres, member, id, stop) is not { } booking) return Errors.NoSuchBooking;
        var tag = $"\"{booking.Version}\"";
        context.Response.Headers.ETag = tag;
        context.Response.Headers.CacheControl = "private, no-cache";
        if (context.Request.Headers.IfNoneMatch.Contains(tag)) return TypedResults.StatusCode(StatusCodes.Status304NotModified);
        if (!booking.IsFinal) context.Response.Headers.RetryAfter = "5";
        return TypedResults.Ok(Of(booking));
    }
}
