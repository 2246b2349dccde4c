using System.Globalization;
using Rialto.Simulators.Machinery;

namespace Rialto.Simulators.SevenRooms;

/// <summary>Booking, finding and cancelling.</summary>
internal sealed partial class SevenRoomsVendor
{
    private const int PageMax = 400;

    private Reply Book(Request request)
    {
        if (venues.Find(request.Route("venueId")) is not { } venue)
            return Refuse(404, "Venue not found");
        if (!request.IsForm)
            return Refuse(400, "Content type must be application/x-www-form-urlencoded");
        var (date, time, first, last) = (request.Field("date"), request.Field("time"), request.Field("first_name"), request.Field("last_name"));
        if (!TryDay(date, out var day) || time is null || !int.TryParse(request.Field("party_size"), out var party) || party < 1 || first is null || last is null
            || (request.Field("email") ?? request.Field("phone")) is null)
            return Refuse(400, "date, time, party_size, first_name, last_name and email or phone are required");
        if (options.DedupesExternalId && request.Field("external_id") is { } known && reservations.Rows.FirstOrDefault(row => row.ExternalId == known && row.IsLive) is { } found)
            return Answer(Booked(found));
        if (ShiftAt(venue, day, time) is not { } shift || IsPast(venue, day, time))
            return Refuse(400, "The time is not bookable");
        if (Left(venue, shift, date!, time) < party)
            return Refuse(409, "The time is no longer available");

        var number = reservations.Count + 1;
        var client = clients.Put(new Client(SevenRoomsSeed.Id("Client", number.ToString(CultureInfo.InvariantCulture)), first, last, request.Field("email"), request.Field("phone"), Now));
        var row = new Reservation(
            SevenRoomsSeed.Id("Reservation", number.ToString(CultureInfo.InvariantCulture)), Reference(number), venue.Id, venue.GroupId, client.Id, date!, time, party,
            shift.Type == "request" ? "REQUESTED" : "CONFIRMED", shift.Category, shift.PersistentId, request.Field("access_persistent_id"), first, last,
            request.Field("email"), request.Field("phone"), request.Field("external_id"), request.Field("external_user_id"), request.Field("loyalty_id"),
            request.Field("notes"), Now, Now, number);
        Index(row);
        return Answer(Booked(Change(row, "created")));
    }

    private Reply Find(Request request)
    {
        IEnumerable<Reservation> found;
        if (request.Query("reference_code") is { } reference)
        {
            found = reservations.Rows.Where(row => row.ReferenceCode == reference);
        }
        else
        {
            var (venue, group) = (request.Query("venue_id"), request.Query("venue_group_id"));
            if ((venue ?? group) is null || !TryDay(request.Query("from_date"), out var from) || !TryDay(request.Query("to_date"), out var to))
                return Refuse(400, "venue_id or venue_group_id, from_date and to_date are required");
            found = Days(venue, group, from, to);
        }
        var limit = int.TryParse(request.Query("limit"), out var wanted) ? Math.Clamp(wanted, 1, PageMax) : PageMax;
        var after = long.TryParse(request.Query("cursor"), out var cursor) ? cursor : 0;
        var page = found.Where(row => row.Number > after).OrderBy(row => row.Number).Take(limit + 1).ToList();
        return Answer(new
        {
            results = page.Take(limit).Select(Entity),
            cursor = page.Count > limit ? page[limit - 1].Number.ToString(CultureInfo.InvariantCulture) : null,
        });
    }

    private IEnumerable<Reservation> Days(string? venue, string? group, DateOnly from, DateOnly to)
    {
        foreach (var one in venues.Rows.Where(row => venue is not null ? row.Id == venue : row.GroupId == group))
        for (var day = from; day <= to && day.DayNumber - from.DayNumber <= 400; day = day.AddDays(1))
        foreach (var id in byDay.GetValueOrDefault((one.Id, day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture))) ?? [])
            yield return reservations.Find(id)!;
    }

    private Reply Cancel(Request request)
    {
        if (reservations.Find(request.Route("reservationId")) is not { } row)
            return Refuse(404, "Reservation not found");
        if (!row.IsLive)
            return Refuse(400, "Reservation is already canceled");
        return Answer(Entity(Change(row with { Status = "CANCELED" }, "updated")));
    }

    private Reply GetClient(Request request) => clients.Find(request.Route("clientId")) is { } client
        ? Answer(new { client.Id, first_name = client.FirstName, last_name = client.LastName, client.Email, phone_number = client.Phone, created = Stamp(client.Created) })
        : Refuse(404, "Client not found");

    private static object Booked(Reservation row) => new { reservation_reference_code = row.ReferenceCode, reservation_id = row.Id, id = row.Id, status = row.Status };

    private static object Entity(Reservation row) => new
    {
        row.Id,
        created = Stamp(row.Created),
        updated = Stamp(row.Updated),
        deleted = (string?)null,
        client_id = row.ClientId,
        venue_id = row.VenueId,
        venue_group_id = row.GroupId,
        row.Date,
        arrival_time = row.ArrivalTime,
        real_datetime_of_slot = $"{row.Date} {row.ArrivalTime}:00",
        duration = StayMinutes,
        shift_category = row.ShiftCategory,
        shift_persistent_id = row.ShiftPersistentId,
        access_persistent_id = row.AccessPersistentId,
        max_guests = row.MaxGuests,
        arrived_guests = row.Status is "ARRIVED" or "SEATED" or "COMPLETE" or "PAID" ? row.MaxGuests : 0,
        row.Status,
        status_display = row.Status[..1] + row.Status[1..].ToLowerInvariant().Replace('_', ' '),
        first_name = row.FirstName,
        last_name = row.LastName,
        row.Email,
        phone_number = row.Phone,
        loyalty_id = row.LoyaltyId,
        row.Notes,
        external_id = row.ExternalId,
        external_user_id = row.ExternalUserId,
        reference_code = row.ReferenceCode,
        tags = Array.Empty<string>(),
        table_numbers = Array.Empty<string>(),
        custom_fields = Array.Empty<object>(),
    };

    private static string Stamp(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.ffffff", CultureInfo.InvariantCulture);

    /// <summary>Ten capital letters and digits that look like the vendor's and never repeat.</summary>
    private static string Reference(int number)
    {
        const string letters = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789";
        var mixed = (ulong)number * 0x9E3779B97F4A7C15UL;
        return string.Create(10, mixed, static (span, value) =>
        {
            for (var at = 0; at < span.Length; at++, value >>= 5)
                span[at] = letters[(int)(value & 31)];
        });
    }
}
