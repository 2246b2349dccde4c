using Rialto.Simulators.SevenRooms;

namespace Rialto.Simulators.Tests;

public sealed class SevenRoomsTests : Rig
{
    [Fact]
    public async Task Token_comes_in_the_envelope_for_a_form_and_is_sent_bare()
    {
        var token = await SeatToken();
        token.Length.ShouldBe(128);
        var venues = await Send(HttpMethod.Get, $"{Url("sevenrooms")}/2_4/venues", null, ("Authorization", token));
        venues.At("status").GetInt32().ShouldBe(200);
        venues.At("data", "results").GetArrayLength().ShouldBe(4);
        var bearer = await Send(HttpMethod.Get, $"{Url("sevenrooms")}/2_4/venues", null, ("Authorization", "Bearer " + token));
        bearer.Status.ShouldBe(401);
        bearer.At("msg").GetString().ShouldBe("Token is not valid");
        (await Send(HttpMethod.Get, $"{Url("sevenrooms")}/2_4/venues", null, ("X-7rooms-Authorization", token))).Status.ShouldBe(200);
    }

    [Fact]
    public async Task A_booking_takes_covers_from_its_slot_and_a_cancellation_gives_them_back()
    {
        var token = await SeatToken();
        (await Left(token, Verlaine, "2026-11-24", "19:00")).ShouldBe(60);
        var id = (await Book(token, "b-1", party: 4)).At("data", "id").GetString();
        (await Left(token, Verlaine, "2026-11-24", "19:00")).ShouldBe(56);
        var cancelled = await Send(HttpMethod.Post, $"{Url("sevenrooms")}/2_4/reservations/{id}/cancel", Form(), ("Authorization", token));
        cancelled.At("data", "status").GetString().ShouldBe("CANCELED");
        (await Left(token, Verlaine, "2026-11-24", "19:00")).ShouldBe(60);
        (await Send(HttpMethod.Post, $"{Url("sevenrooms")}/2_4/reservations/{id}/cancel", Form(), ("Authorization", token))).Status.ShouldBe(400);
    }

    [Fact]
    public async Task A_full_slot_is_refused_with_409_in_status_and_body()
    {
        var token = await SeatToken();
        var kumo = SevenRoomsSeed.Id("Venue", "chefstable");
        (await Book(token, "b-2", party: 8, venue: kumo, time: "18:00")).Status.ShouldBe(200);
        var refused = await Book(token, "b-3", party: 1, venue: kumo, time: "18:00");
        refused.Status.ShouldBe(409);
        refused.At("status").GetInt32().ShouldBe(409);
    }

    [Fact]
    public async Task Closed_days_past_times_and_strange_times_are_not_bookable()
    {
        var token = await SeatToken();
        (await Book(token, "b-4", date: "2026-11-23")).Status.ShouldBe(400);
        (await Book(token, "b-5", date: "2026-11-20")).Status.ShouldBe(400);
        (await Book(token, "b-6", time: "19:07")).Status.ShouldBe(400);
    }

    [Fact]
    public async Task The_same_external_id_twice_makes_two_reservations_that_find_shows()
    {
        var token = await SeatToken();
        await Book(token, "b-7");
        await Book(token, "b-7");
        var found = await Find(token, "limit=1");
        found.At("data", "results").GetArrayLength().ShouldBe(1);
        var cursor = found.At("data", "cursor").GetString();
        var next = await Find(token, $"limit=1&cursor={cursor}");
        next.At("data", "results")[0].GetProperty("external_id").GetString().ShouldBe("b-7");
        next.At("data", "cursor").ValueKind.ShouldBe(System.Text.Json.JsonValueKind.Null);
    }

    [Fact]
    public async Task A_requested_slot_waits_for_the_venue()
    {
        var token = await SeatToken();
        var terrace = SevenRoomsSeed.Id("Venue", "terrace");
        var booked = await Book(token, "b-8", venue: terrace, time: "18:30");
        booked.At("data", "status").GetString().ShouldBe("REQUESTED");
        await Send(HttpMethod.Post, $"{Url("sevenrooms")}/_sim/reservations/b-8/status", Text("""{"status":"CONFIRMED"}"""));
        var reference = booked.At("data", "reservation_reference_code").GetString();
        var found = await Send(HttpMethod.Get, $"{Url("sevenrooms")}/2_4/reservations?reference_code={reference}", null, ("Authorization", token));
        found.At("data", "results")[0].GetProperty("status").GetString().ShouldBe("CONFIRMED");
    }

    [Fact]
    public async Task A_hold_keeps_its_seats_for_300_seconds()
    {
        var token = await SeatToken();
        var held = await Send(HttpMethod.Post, $"{Url("sevenrooms")}/api-yoa/dining/hold/add",
            Form(("venue_id", Verlaine), ("date", "2026-11-24"), ("time", "19:00"), ("party_size", "10")));
        held.At("data", "reservation_hold_id").GetString().ShouldNotBeNullOrEmpty();
        (await Left(token, Verlaine, "2026-11-24", "19:00")).ShouldBe(50);
        World.Clock.Advance(TimeSpan.FromSeconds(301));
        (await Left(token, Verlaine, "2026-11-24", "19:00")).ShouldBe(60);
    }

    private Task<Told> Find(string token, string query) =>
        Send(HttpMethod.Get, $"{Url("sevenrooms")}/2_4/reservations?venue_id={Verlaine}&from_date=2026-11-24&to_date=2026-11-24&{query}", null, ("Authorization", token));

    private async Task<int> Left(string token, string venue, string date, string time)
    {
        var told = await Send(HttpMethod.Get, $"{Url("sevenrooms")}/2_4/venues/{venue}/availability?date={date}&party_size=1&start_time={time}&end_time={time}", null, ("Authorization", token));
        return told.At("data", "availability").EnumerateArray().SelectMany(shift => shift.GetProperty("times").EnumerateArray()).Single()
            .GetProperty("pacing_covers_remaining").GetInt32();
    }
}
