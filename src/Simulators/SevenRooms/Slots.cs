using System.Globalization;
using Rialto.Simulators.Machinery;

namespace Rialto.Simulators.SevenRooms;

/// <summary>Which seats a venue still has.</summary>
internal sealed partial class SevenRoomsVendor
{
    private const int StayMinutes = 120;

    private Reply ListVenues(Request request)
    {
        var group = request.Query("venue_group_id");
        return Answer(new
        {
            results = venues.Rows.Where(venue => group is null || venue.GroupId == group)
                .Select(venue => new { venue.Id, venue_group_id = venue.GroupId, venue.Name, time_zone = venue.TimeZone }),
        });
    }

    private Reply Availability(Request request)
    {
        if (venues.Find(request.Route("venueId")) is not { } venue)
            return Refuse(404, "Venue not found");
        if (!TryDay(request.Query("date"), out var day) || !int.TryParse(request.Query("party_size"), out var party) || party < 1)
            return Refuse(400, "date and party_size are required");
        var from = request.Query("start_time") ?? "00:00";
        var to = request.Query("end_time") ?? "23:59";
        return Answer(new
        {
            availability = venue.Shifts.Select(shift => new
            {
                shift.Name,
                shift_category = shift.Category,
                shift_persistent_id = shift.PersistentId,
                is_closed = IsClosed(shift, day),
                times = IsClosed(shift, day)
                    ? []
                    : Times(shift)
                        .Where(time => string.CompareOrdinal(time, from) >= 0 && string.CompareOrdinal(time, to) <= 0)
                        .Select(time => (Time: time, Left: Left(venue, shift, request.Query("date")!, time)))
                        .Where(slot => slot.Left >= party && !IsPast(venue, day, slot.Time))
                        .Select(slot => (object)new
                        {
                            slot.Time,
                            time_iso = $"{request.Query("date")} {slot.Time}:00",
                            type = shift.Type,
                            access_persistent_id = $"access-{shift.PersistentId}",
                            duration = StayMinutes,
                            require_credit_card = false,
                            cancellation_policy = "Free until 24 hours before.",
                            pacing_covers_remaining = slot.Left,
                            public_time_slot_description = shift.Name,
                        })
                        .ToArray(),
            }),
        });
    }

    private Reply AddHold(Request request)
    {
        var (venueId, date, time) = (request.Field("venue_id") ?? request.Field("venue"), request.Field("date"), request.Field("time"));
        if (venues.Find(venueId) is not { } venue || !TryDay(date, out var day) || time is null || !int.TryParse(request.Field("party_size"), out var party))
            return Refuse(400, "venue_id, date, time and party_size are required");
        if (ShiftAt(venue, day, time) is not { } shift || Left(venue, shift, date!, time) < party)
            return Refuse(409, "The time is no longer available");
        var hold = holds.Put(new Hold(SevenRoomsSeed.Id("Hold", Guid.CreateVersion7().ToString("N")), venue.Id, date!, time, party, Now.AddSeconds(options.HoldSeconds)));
        return Answer(new { reservation_hold_id = hold.Id });
    }

    private int Left(Venue venue, Shift shift, string date, string time)
    {
        var taken = (byDay.GetValueOrDefault((venue.Id, date)) ?? [])
            .Select(id => reservations.Find(id)!)
            .Where(row => row.IsLive && row.ArrivalTime == time && row.ShiftPersistentId == shift.PersistentId)
            .Sum(row => row.MaxGuests);
        var held = holds.Rows.Where(hold => hold.VenueId == venue.Id && hold.Date == date && hold.Time == time && hold.Until > Now).Sum(hold => hold.Party);
        return shift.Covers - taken - held;
    }

    private static Shift? ShiftAt(Venue venue, DateOnly day, string time) =>
        venue.Shifts.FirstOrDefault(shift => !IsClosed(shift, day) && Times(shift).Contains(time));

    private static bool IsClosed(Shift shift, DateOnly day) => shift.ClosedOn == (int)day.DayOfWeek;

    private bool IsPast(Venue venue, DateOnly day, string time) =>
        day.ToDateTime(TimeOnly.Parse(time, CultureInfo.InvariantCulture)) <= TimeZoneInfo.ConvertTime(Now, TimeZoneInfo.FindSystemTimeZoneById(venue.TimeZone)).DateTime;

    private static IEnumerable<string> Times(Shift shift)
    {
        for (var at = Minute(shift.From); at <= Minute(shift.To); at += shift.EveryMinutes)
            yield return $"{at / 60:D2}:{at % 60:D2}";
    }

    private static int Minute(string time) => (int)TimeOnly.Parse(time, CultureInfo.InvariantCulture).ToTimeSpan().TotalMinutes;

    private static bool TryDay(string? text, out DateOnly day) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out day);
}
