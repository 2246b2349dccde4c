namespace Rialto.Simulators.Tests;

public sealed class QuaybookTests : Rig
{
    [Fact]
    public async Task Openings_are_instants_and_need_a_bearer_token()
    {
        var url = $"{Url("quaybook")}/v1/places/12/openings?from=2026-11-24T00:00:00Z&to=2026-11-25T00:00:00Z&guests=2";
        (await Send(HttpMethod.Get, url)).Status.ShouldBe(401);
        var openings = (await Send(HttpMethod.Get, url, null, ("Authorization", "Bearer " + await QuayToken()))).At("openings");
        openings.EnumerateArray().Select(one => one.GetProperty("startsAt").GetString())
            .ShouldBe(["2026-11-24T09:00:00Z", "2026-11-24T10:00:00Z", "2026-11-24T11:00:00Z"]);
    }

    [Fact]
    public async Task A_key_sent_twice_books_once_and_another_body_under_it_is_refused()
    {
        var token = await QuayToken();
        var first = await Create(token, "k-1", "b-1", 2);
        var second = await Create(token, "k-1", "b-1", 2);
        first.Status.ShouldBe(201);
        second.Text.ShouldBe(first.Text);
        (await Create(token, "k-1", "b-1", 3)).Status.ShouldBe(422);
        (await Count("quaybook", "bookings")).ShouldBe(1);
    }

    [Fact]
    public async Task Full_slots_are_refused_and_cancelled_ones_are_free_again()
    {
        var token = await QuayToken();
        var id = (await Create(token, "k-2", "b-2", 12)).At("id").GetInt32();
        (await Create(token, "k-3", "b-3", 1)).Status.ShouldBe(422);
        (await Send(HttpMethod.Delete, $"{Url("quaybook")}/v1/bookings/{id}", null, ("Authorization", "Bearer " + token))).At("state").GetString().ShouldBe("cancelled");
        (await Create(token, "k-4", "b-3", 1)).Status.ShouldBe(201);
        var found = await Send(HttpMethod.Get, $"{Url("quaybook")}/v1/bookings?merchantReference=b-2", null, ("Authorization", "Bearer " + token));
        found.At("items")[0].GetProperty("state").GetString().ShouldBe("cancelled");
    }

    [Fact]
    public async Task Token_expires()
    {
        var token = await QuayToken();
        World.Clock.Advance(TimeSpan.FromMinutes(16));
        (await Send(HttpMethod.Get, $"{Url("quaybook")}/v1/places", null, ("Authorization", "Bearer " + token))).Status.ShouldBe(401);
    }

    private Task<Told> Create(string token, string key, string reference, int guests) => Send(HttpMethod.Post, $"{Url("quaybook")}/v1/bookings",
        Text($$"""{"placeId":12,"startsAt":"2026-11-24T10:00:00Z","guests":{{guests}},"leadName":"Jun Watanabe","contact":"jun@example.test","merchantReference":"{{reference}}"}"""),
        ("Authorization", "Bearer " + token), ("Idempotency-Key", key));
}
