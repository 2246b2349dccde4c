using System.Security.Cryptography;
using System.Text;
using Dapper;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Polly.CircuitBreaker;
using Rialto.Club.Members;
using Rialto.Club.Vendors;
using Rialto.Contracts.Club;
using Rialto.Platform.Configuration;
using Rialto.Platform.Connectors;
using Rialto.Platform.Connectors.Stripe;
using Rialto.Platform.Jobs;
using Rialto.Platform.Outbox;
using Rialto.Platform.Problems;
using Rialto.Platform.Sagas;

namespace Rialto.Club.Bookings;

/// <summary>What is asked for, checked.</summary>
internal sealed record Order(
    string What, Guid? Experience, Guid? Item, string Title, string Unit, string? Connector, string? Venue, string? TimeZone, DateTimeOffset? StartsAt, int LeadMinutes, int Quantity,
    string Pay, long? Points, long? Minor, string Currency)
{
    /// <summary>The same request has the same hash, whatever the order of its members was.</summary>
    public byte[] Hash => SHA256.HashData(Encoding.UTF8.GetBytes($"{What}|{Experience}|{Item}|{StartsAt?.UtcTicks}|{Quantity}|{Pay}"));
}

/// <summary>
/// Makes an order exactly once for a member's key: booking, points set aside, saga and promise in one transaction; then waits a moment for the outcome.
/// 201: it is settled or waits for the member alone. 202: it is promised.
/// </summary>
internal sealed class PlaceBooking(
    NpgsqlDataSource postgres, MemberPoints points, SagaSet sagas, JobQueue jobs, ConnectorSet connectors, EventOutbox outbox, TimeProvider clock, [FromKeyedServices(Rules.Document)] Configured<Rules> rules)
{
    private const int KeyLengthMax = 200;

    public static string? KeyOf(HttpContext context) =>
        context.Request.Headers["Idempotency-Key"] is [{ Length: > 0 and <= KeyLengthMax } key] ? key : null;

    public async Task<IResult> RunAsync(HttpContext context, Member member, string key, Order order, CancellationToken stop)
    {
        var (known, revision) = rules.Current;
        if (order.Pay == "points")
        {
            var balance = await points.GetAsync(member);
            // Whoever asks again while Memberson is away gets the answer of the first time.
            if (balance.State != "fresh" && await FindAsync(member, key, stop) is { } before) return await AgainAsync(context, before, order, stop);
            if (balance.State != "fresh" && order.Points > known.OfflineCapOf(member.Tier)) return Errors.OverOfflineCap(known.OfflineCapOf(member.Tier));
        }
        var (id, start, problem) = await StoreAsync(member, key, order, known, revision, stop);
        if (problem is not null) return problem;
        if (start is null) return await AgainAsync(context, (await FindAsync(member, key, stop))!, order, stop);
        // Of a vendor that is known to be away nothing comes within this request.
        return await AnswerAsync(context, id, IsAway(order) ? TimeSpan.Zero : Patience(known), start, stop);
    }

    private static TimeSpan Patience(Rules known) => TimeSpan.FromMilliseconds(known.AnswerWithinMs);

    private bool IsAway(Order order) =>
        order.Connector is { } seat && connectors[seat].Breaker == CircuitState.Open || connectors[order.Pay == "points" ? MembersonVendor.Word : StripeVendor.Word].Breaker == CircuitState.Open;

    /// <returns>The new booking's id and its saga; or a problem; or neither, when a request with the same key was there before.</returns>
    private async Task<(Guid Id, SagaStart? Start, Problem? Problem)> StoreAsync(Member member, string key, Order order, Rules known, long revision, CancellationToken stop)
    {
        var now = clock.GetUtcNow();
        var id = Guid.CreateVersion7(now);
        var by = new Origin((uint)member.Organization, $"user:{member.Id}");
        var zone = TimeZoneInfo.FindSystemTimeZoneById(order.TimeZone ?? "Etc/UTC");
        await using var connection = await postgres.OpenConnectionAsync(stop);
        await using var transaction = await connection.BeginTransactionAsync(stop);
        var booking = NewBooking(id, member, order, known.PromiseFrom(now, zone, order.StartsAt?.AddMinutes(-order.LeadMinutes)), now);
        var stored = await connection.ExecuteAsync(new CommandDefinition(
            """
            INSERT INTO club.booking (id, organization, member, what, experience, item, title, unit, connector, venue, time_zone, starts_at, lead_minutes, quantity, pay,
                                      amount_points, amount_minor, currency, state, idem_key, request_hash, config_revision, promise_by, created_at, updated_at)
            VALUES (@Id, @Organization, @Member, @What, @Experience, @Item, @Title, @Unit, @Connector, @Venue, @TimeZone, @StartsAt, @LeadMinutes, @Quantity, @Pay,
                    @AmountPoints, @AmountMinor, @Currency, @State, @key, @RequestHash, @revision, @PromiseBy, @now, @now)
            ON CONFLICT (member, idem_key) DO NOTHING
            """,
            new
            {
                booking.Id, booking.Organization, booking.Member, booking.What, booking.Experience, booking.Item, booking.Title, booking.Unit, booking.Connector, booking.Venue, booking.TimeZone,
                booking.StartsAt, booking.LeadMinutes, booking.Quantity, booking.Pay, booking.AmountPoints, booking.AmountMinor, booking.Currency, booking.State, key, booking.RequestHash, revision,
                booking.PromiseBy, now,
            }, transaction, cancellationToken: stop));
        if (stored == 0) return (id, null, null);
        if (order.Pay == "card")
        {
            await connection.ExecuteAsync(new CommandDefinition(
                "INSERT INTO club.payment (booking, state, amount, currency, updated_at) VALUES (@id, 'creating', @Minor, @Currency, @now)",
                new { id, order.Minor, order.Currency, now }, transaction, cancellationToken: stop));
        }
        // Last: it takes the lane's lock, by which the order of bookings is the order of commits.
        var start = await sagas.BeginHereAsync(transaction, by, booking.Saga, id, booking,
            [
                .. outbox.Publishing(by, new BookingRequested(id, member.Id, order.What, order.Pay, order.Unit, order.Title, order.Quantity)),
                .. Promise.Beginning(jobs, by, id, now.AddSeconds(known.TellAfterSeconds)),
            ], stop);
        switch (start.Refusal)
        {
            case null:
                await transaction.CommitAsync(stop);
                return (id, start, null);
            case "not-enough-points":
                var available = await PointsLedger.AvailableAsync(transaction, member.Id, stop);
                return (id, null, Errors.NotEnoughPoints(available, order.Points!.Value, order.Minor, order.Currency));
            default:
                return (id, null, Errors.OutOfStock);
        }
    }

    /// <summary>As it is stored: points are set aside in the same transaction, or it is not stored.</summary>
    private static Booking NewBooking(Guid id, Member member, Order order, DateTimeOffset promiseBy, DateTimeOffset now) => new()
    {
        Id = id, Organization = member.Organization, Member = member.Id, What = order.What, Experience = order.Experience, Item = order.Item, Title = order.Title, Unit = order.Unit,
        Connector = order.Connector, Venue = order.Venue, TimeZone = order.TimeZone, StartsAt = order.StartsAt?.ToUniversalTime(), LeadMinutes = order.LeadMinutes, Quantity = order.Quantity,
        Pay = order.Pay, AmountPoints = order.Pay == "points" ? order.Points : null, AmountMinor = order.Pay == "card" ? order.Minor : null, Currency = order.Currency,
        State = order.Pay == "points" ? "held" : "requested", RequestHash = order.Hash, PromiseBy = promiseBy, PromiseTold = false, Version = 1, CreatedAt = now, UpdatedAt = now,
        CustomerNumber = member.CustomerNumber, MemberNo = member.MemberNo, PointType = member.PointType, Sealed = member.Sealed,
    };

    private async Task<Booking?> FindAsync(Member member, string key, CancellationToken stop)
    {
        await using var connection = await postgres.OpenConnectionAsync(stop);
        return await connection.QuerySingleOrDefaultAsync<Booking>(new CommandDefinition(
            $"{Booking.Select} WHERE b.member = @Id AND b.idem_key = @key", new { member.Id, key }, cancellationToken: stop));
    }

    private async Task<IResult> AgainAsync(HttpContext context, Booking before, Order order, CancellationToken stop) =>
        before.RequestHash.AsSpan().SequenceEqual(order.Hash) ? await AnswerAsync(context, before.Id, Patience(rules.Value), null, stop) : Errors.KeyReused;

    private async Task<IResult> AnswerAsync(HttpContext context, Guid id, TimeSpan patience, SagaStart? start, CancellationToken stop)
    {
        Booking? seen = null;
        await sagas.WatchAsync(id, patience, async () =>
        {
            seen = await Booking.FindAsync(postgres, id, stop);
            return seen is { IsFinal: true } or { State: "awaiting-payment" or "needs-operator" } ? seen : null;
        }, stop, start);
        var booking = seen ?? (await Booking.FindAsync(postgres, id, stop))!;
        var view = ViewBooking.Of(booking);
        var address = $"/api/club/bookings/{id}";
        switch (booking.State)
        {
            case "declined" or "expired":
                return Problem.Of(409, "declined", $"We could not confirm {booking.Title}: {view.Reason}. Nothing was taken.", extra: new { booking = view });
            case "confirmed" or "awaiting-payment" or "cancelled":
                return TypedResults.Created(address, view);
            default:
                context.Response.Headers.RetryAfter = "5";
                return TypedResults.Accepted(address, view);
        }
    }
}
