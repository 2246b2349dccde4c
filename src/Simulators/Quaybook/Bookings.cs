using System.Globalization;
using System.Text.Json;
using Rialto.Simulators.Machinery;

namespace Rialto.Simulators.Quaybook;

/// <summary>Places, openings and bookings.</summary>
internal sealed partial class QuaybookVendor
{
    private Reply ListPlaces(Request request) =>
        Answer(200, new { items = places.Rows.Select(place => new { place.Id, place.Slug, place.Name, place.TimeZone }), next = (string?)null });

    private Reply Openings(Request request)
    {
        if (places.Find(request.Route("placeId")) is not { } place)
            return Error(404, "place_not_found", "There is no such place.");
        if (!TryInstant(request.Query("from"), out var from) || !TryInstant(request.Query("to"), out var to) || to - from > TimeSpan.FromDays(31)
            || !int.TryParse(request.Query("guests"), out var guests) || guests < 1)
            return Error(422, "invalid_query", "from, to (at most 31 days) and guests are needed.");
        return Answer(200, new
        {
            openings = Starts(place, from, to).Select(at => (At: at, Left: Left(place, at)))
                .Where(slot => slot.Left >= guests && slot.At > Now)
                .Select(slot => new { startsAt = Stamp(slot.At), spacesLeft = slot.Left, place.Mode, offerId = $"{place.Slug}/{slot.At.ToUnixTimeSeconds()}" }),
        });
    }

    private Reply Create(Request request)
    {
        if (!request.IsJson || request.Json.ValueKind != JsonValueKind.Object)
            return Error(415, "json_only", "Send JSON.");
        if (request.Header("Idempotency-Key") is null)
            return Error(422, "idempotency_key_missing", "Send an Idempotency-Key.");
        if (places.Find(request.JsonText("placeId")) is not { } place)
            return Error(404, "place_not_found", "There is no such place.");
        if (!TryInstant(request.JsonText("startsAt"), out var at) || request.JsonNumber("guests") is not { } guests || guests < 1 || request.JsonText("leadName") is not { } lead)
            return Error(422, "invalid_booking", "startsAt, guests and leadName are needed.");
        if (at <= Now || !Starts(place, at, at).Any())
            return Error(422, "not_an_opening", "Nothing begins then.");
        if (Left(place, at) < guests)
            return Error(422, "slot_full", "No space is left.");
        var id = 700_000 + bookings.Count + 1;
        var row = new Booking(id, $"QB-{id:X}", place.Id, at, (int)guests, place.Mode == "instant" ? "confirmed" : "awaiting_place", lead, request.JsonText("contact"),
            request.JsonText("merchantReference"), request.JsonText("remarks"), Now, Now);
        Index(row);
        return Answer(201, View(Change(row)));
    }

    private Reply Find(Request request)
    {
        if (request.Query("merchantReference") is not { } reference)
            return Error(422, "invalid_query", "merchantReference is needed.");
        return Answer(200, new { items = bookings.Rows.Where(row => row.MerchantReference == reference).Select(View), next = (string?)null });
    }

    private Reply Get(Request request) => bookings.Find(request.Route("bookingId")) is { } row
        ? Answer(200, View(row))
        : Error(404, "booking_not_found", "There is no such booking.");

    private Reply Cancel(Request request)
    {
        if (bookings.Find(request.Route("bookingId")) is not { } row)
            return Error(404, "booking_not_found", "There is no such booking.");
        if (!row.IsLive)
            return Error(409, "already_cancelled", "The booking is not live.");
        return Answer(200, View(Change(row with { State = "cancelled" })));
    }

    private Booking Change(Booking row)
    {
        var changed = bookings.Put(row with { UpdatedAt = Now });
        Webhooks.Raise("booking.updated", JsonSerializer.Serialize(new { id = Guid.CreateVersion7(), type = "booking.updated", booking = View(changed) }, Wire));
        return changed;
    }

    private int Left(Place place, DateTimeOffset at) => place.Capacity - (bySlot.GetValueOrDefault((place.Id, at)) ?? [])
        .Select(id => bookings.Find(id.ToString())!).Where(row => row.IsLive).Sum(row => row.Guests);

    private static IEnumerable<DateTimeOffset> Starts(Place place, DateTimeOffset from, DateTimeOffset to)
    {
        var opens = TimeOnly.Parse(place.OpensAtUtc, CultureInfo.InvariantCulture).ToTimeSpan();
        for (var day = from.UtcDateTime.Date.AddDays(-1); day <= to.UtcDateTime.Date; day = day.AddDays(1))
        for (var number = 0; number < place.Starts; number++)
        {
            var at = new DateTimeOffset(day, TimeSpan.Zero) + opens + TimeSpan.FromMinutes(number * place.EveryMinutes);
            if (at >= from && at <= to)
                yield return at;
        }
    }

    private static object View(Booking row) => new
    {
        row.Id, row.Code, row.PlaceId, startsAt = Stamp(row.StartsAt), row.Guests, row.State, row.LeadName, row.Contact, row.MerchantReference, row.Remarks,
        createdAt = Stamp(row.CreatedAt), updatedAt = Stamp(row.UpdatedAt),
    };

    private static bool TryInstant(string? text, out DateTimeOffset at) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out at);

    private static string Stamp(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
