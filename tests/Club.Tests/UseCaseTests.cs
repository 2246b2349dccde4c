using Dapper;
using Rialto.Fixtures;
using Rialto.Simulators.Machinery;

namespace Rialto.Club.Tests;

/// <summary>Every use case over HTTP, each with its alternative flows.</summary>
public class UseCaseTests(PostgresFixture postgres)
{
    [Fact]
    public async Task A_member_signs_in_with_the_password_that_Memberson_knows()
    {
        await using var world = await World.StartAsync(postgres);
        var wrong = await World.PostAsync(world.App.Client(), "/api/club/sign-in", new { name = "jun@example.test", password = "not-it" });
        (wrong.Status, wrong.Code).ShouldBe((401, "wrong-credentials"));
        var stranger = await World.PostAsync(world.App.Client(), "/api/club/sign-in", new { name = "nobody@example.test", password = "not-it" });
        (stranger.Status, stranger.Text("detail")).ShouldBe((401, wrong.Text("detail")));
        var ended = await World.PostAsync(world.App.Client(), "/api/club/sign-in", new { name = "oskar@example.test", password = "orchid-lantern-7" });
        (ended.Status, ended.Code).ShouldBe((403, "membership-not-active"));

        var me = await World.GetAsync(await world.MemberAsync("camille@example.test"), "/api/club/me");
        // Of two memberships the active one counts.
        (me.Text("memberNo"), me.Text("points", "available"), me.Text("points", "state")).ShouldBe(("M1007", "22000", "fresh"));
        (await World.GetAsync(world.App.Client(), "/api/club/me")).Status.ShouldBe(401);

        await world.BreakAsync("memberson", new Fault(Kind: FaultKind.Refuse));
        var away = await World.PostAsync(world.App.Client(), "/api/club/sign-in", new { name = "jun@example.test", password = "orchid-lantern-7" });
        (away.Status, away.Code).ShouldBe((503, "sign-in-unavailable"));
    }

    [Fact]
    public async Task An_experience_shows_each_part_with_its_freshness()
    {
        await using var world = await World.StartAsync(postgres);
        var member = await world.MemberAsync();
        var list = await World.GetAsync(member, "/api/club/experiences");
        list.Body.GetProperty("items").GetArrayLength().ShouldBe(8);
        var path = $"/api/club/experiences/{await world.ExperienceAsync(World.Rooftop)}?date={world.Day:yyyy-MM-dd}";
        var fresh = await World.GetAsync(member, path);
        (fresh.Text("parts", "slots", "state"), fresh.Text("parts", "points", "state")).ShouldBe(("fresh", "fresh"));
        fresh.Body.GetProperty("parts").GetProperty("slots").GetProperty("data").GetProperty("times").GetArrayLength().ShouldBeGreaterThan(3);

        await world.BreakAsync("sevenrooms", new Fault(Kind: FaultKind.Refuse));
        await world.Time.AdvanceAsync(TimeSpan.FromMinutes(2));
        var half = await World.GetAsync(member, path);
        (half.Status, half.Text("parts", "slots", "state"), half.Text("parts", "points", "state")).ShouldBe((200, "stale", "stale"), "what is two minutes old is shown at once");
        await Eventually.TrueAsync(async () => (half = await World.GetAsync(member, path)).Text("parts", "points", "state") == "fresh", "Memberson has told them anew meanwhile");
        half.Text("parts", "slots", "state").ShouldBe("stale");
        half.Text("parts", "slots", "asOf").ShouldBe(fresh.Text("parts", "slots", "asOf"));
        var unknown = await World.GetAsync(member, $"/api/club/experiences/{await world.ExperienceAsync(World.Rooftop)}?date={world.Day.AddDays(1):yyyy-MM-dd}");
        (unknown.Status, unknown.Text("parts", "slots", "state")).ShouldBe((200, "missing"));
        (await World.GetAsync(member, $"/api/club/experiences/{Guid.CreateVersion7()}")).Code.ShouldBe("no-such-experience");
    }

    [Fact]
    public async Task A_booking_by_points_is_confirmed_and_told()
    {
        await using var world = await World.StartAsync(postgres);
        var member = await world.MemberAsync();
        var booked = await world.BookAsync(member, World.Rooftop, "points", tickets: 2);
        (booked.Status, booked.State, booked.Text("points")).ShouldBe((201, "confirmed", "600"));
        booked.Location.ShouldBe($"/api/club/bookings/{booked.Id}");
        await world.Time.QuietAsync();
        var mails = await world.MailsAsync(booked.Id);
        mails.Count.ShouldBe(1);
        mails[0].ShouldContain("is confirmed under");
        var me = await World.GetAsync(member, "/api/club/me");
        (me.Text("points", "available"), me.Text("points", "held")).ShouldBe(("47650", "0"));
        await world.JudgeAsync(booked.Id, "confirmed");
    }

    [Fact]
    public async Task Not_enough_points_offers_the_card()
    {
        await using var world = await World.StartAsync(postgres);
        var member = await world.MemberAsync("priya@example.test");
        var told = await world.BookAsync(member, World.Rooftop, "points");
        (told.Status, told.Code, told.Text("offer", "pay"), told.Text("offer", "amount")).ShouldBe((409, "not-enough-points", "card", "6000"));
        (await World.GetAsync(member, "/api/club/bookings")).Body.GetProperty("items").GetArrayLength().ShouldBe(0);
        (await world.BookAsync(member, "Galleria", "card")).Code.ShouldBe("payment-not-offered");
    }

    [Fact]
    public async Task A_booking_by_card_takes_the_money_after_the_seat()
    {
        await using var world = await World.StartAsync(postgres);
        var member = await world.MemberAsync("priya@example.test");
        var booked = await world.BookAsync(member, World.Rooftop, "card");
        (booked.Status, booked.State).ShouldBe((201, "awaiting-payment"));
        booked.Text("payUrl").ShouldNotBeNull();
        world.Pay(booked.Id);
        await world.Time.QuietAsync(world.Time.GetUtcNow().AddMinutes(5));
        (await world.StateAsync(booked.Id)).ShouldBe("confirmed");
        await world.JudgeAsync(booked.Id, "confirmed");

        var left = await world.BookAsync(member, World.Rooftop, "card");
        await world.Time.QuietAsync(world.Time.GetUtcNow().AddHours(2));
        await world.JudgeAsync(left.Id, "expired");
    }

    [Fact]
    public async Task A_price_has_its_currencys_own_digits_and_the_card_page_leads_back_here()
    {
        await using var world = await World.StartAsync(postgres);
        var booked = await world.BookAsync(await world.MemberAsync(), World.Kumo, "card");
        booked.Text("amount").ShouldBe("42000");
        using var browser = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false });
        (await browser.GetStringAsync(booked.Text("payUrl"))).ShouldContain("JPY 42,000<");
        using var back = await browser.PostAsync(booked.Text("payUrl"), new FormUrlEncodedContent([KeyValuePair.Create("do", "back")]));
        back.Headers.Location.ShouldBe(new Uri($"http://localhost:{world.App.Address.Port}/club/bookings/{booked.Id}?back=1"));
        world.Pay(booked.Id);
        await world.Time.QuietAsync(world.Time.GetUtcNow().AddMinutes(5));
        await world.JudgeAsync(booked.Id, "confirmed");
        (await world.MailsAsync(booked.Id)).ShouldHaveSingleItem().ShouldContain("JPY 42,000 were charged");
    }

    [Theory]
    [InlineData(42_000, "JPY", "JPY 42,000")]
    [InlineData(6_000, "EUR", "EUR 60.00")]
    [InlineData(1_234_567, "KWD", "KWD 1,234.567")]
    public void Money_is_written_with_its_currencys_digits(long minor, string currency, string text) => Money.Text(minor, currency).ShouldBe(text);

    [Fact]
    public async Task An_item_is_redeemed_by_points_and_by_card_and_its_stock_is_kept()
    {
        await using var world = await World.StartAsync(postgres);
        var member = await world.MemberAsync();
        var item = await World.GetAsync(member, $"/api/club/items/{await world.ItemAsync(World.Tea)}");
        (item.Text("item", "stock"), item.Text("member", "points", "available")).ShouldBe(("in", "48250"));
        var redeemed = await world.RedeemAsync(member, World.Tea, "points", quantity: 3);
        (redeemed.Status, redeemed.State, redeemed.Text("points")).ShouldBe((201, "confirmed", "750"));
        await world.Time.QuietAsync(world.Time.GetUtcNow().AddMinutes(5));
        await world.JudgeAsync(redeemed.Id, "confirmed");

        var bought = await world.RedeemAsync(member, World.Tea, "card", quantity: 2);
        world.Pay(bought.Id);
        await world.Time.QuietAsync(world.Time.GetUtcNow().AddMinutes(5));
        await world.JudgeAsync(bought.Id, "confirmed");
        var left = await world.RedeemAsync(member, "Weekender", "card", quantity: 4);
        (await world.RedeemAsync(member, "Weekender", "card")).Code.ShouldBe("out-of-stock");
        (await World.PostAsync(member, $"/api/club/redemptions/{left.Id}/cancel")).Status.ShouldBe(202);
        await world.Time.QuietAsync(world.Time.GetUtcNow().AddMinutes(5));
        await world.JudgeAsync(left.Id, "cancelled");
        (await world.RedeemAsync(member, "Weekender", "card")).Status.ShouldBe(201);
    }

    [Fact]
    public async Task A_member_sees_only_his_own()
    {
        await using var world = await World.StartAsync(postgres);
        var booked = await world.BookAsync(await world.MemberAsync(), World.Rooftop, "points");
        var other = await world.MemberAsync("jun@example.test");
        (await World.GetAsync(other, $"/api/club/bookings/{booked.Id}")).Code.ShouldBe("no-such-booking");
        (await World.PostAsync(other, $"/api/club/bookings/{booked.Id}/cancel")).Code.ShouldBe("no-such-booking");
        (await World.PostAsync(other, $"/api/club/bookings/{booked.Id}/keep-waiting")).Code.ShouldBe("no-such-booking");
        (await World.GetAsync(other, "/api/club/bookings")).Body.GetProperty("items").GetArrayLength().ShouldBe(0);
        (await World.GetAsync(other, "/api/club/messages")).Body.GetProperty("items").GetArrayLength().ShouldBe(0);
        (await World.GetAsync(other, "/api/club/desk/bookings")).Status.ShouldBe(403);
        (await World.GetAsync(other, "/api/club/curation/experiences")).Status.ShouldBe(403);
        (await World.GetAsync(await world.StaffAsync(), "/api/club/me")).Code.ShouldBe("not-a-member");
        (await world.StateAsync(booked.Id)).ShouldBe("confirmed");
    }

    [Fact]
    public async Task The_same_key_books_once_and_another_request_under_it_is_refused()
    {
        await using var world = await World.StartAsync(postgres);
        var member = await world.MemberAsync();
        var all = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => world.BookAsync(member, World.Rooftop, "points", key: "one")));
        all.Select(told => (told.Status, told.Id)).Distinct().Count().ShouldBe(1);
        (await world.BookAsync(member, World.Rooftop, "points", tickets: 2, key: "one")).ShouldSatisfyAllConditions(
            told => told.Status.ShouldBe(422), told => told.Code.ShouldBe("idempotency-key-reused"));
        (await world.BookAsync(await world.MemberAsync("jun@example.test"), World.Rooftop, "points", key: "one")).Id.ShouldNotBe(all[0].Id);
        (await World.PostAsync(member, "/api/club/bookings", new { })).Code.ShouldBe("idempotency-key-missing");
        await world.Time.QuietAsync(world.Time.GetUtcNow().AddMinutes(5));
        await world.JudgeAsync(all[0].Id, "confirmed");
    }

    [Fact]
    public async Task What_is_wrong_with_a_request_is_said_by_code_and_field_and_nothing_is_booked()
    {
        await using var world = await World.StartAsync(postgres);
        var member = await world.MemberAsync();
        var (experience, item) = (await world.ExperienceAsync(World.Rooftop), await world.ItemAsync(World.Tea));
        string Booking(string startsAt, string tickets, string pay) => $$"""{"experienceId":"{{experience}}","startsAt":"{{startsAt}}","tickets":{{tickets}},"pay":"{{pay}}"}""";
        (string Path, string Body, int Status, string Code, string? Field)[] wrong =
        [
            ("bookings", Booking(world.At(), "1", "cash"), 400, "field-wrong", "pay"),
            ("bookings", Booking(world.At(), "0", "points"), 400, "field-wrong", "tickets"),
            ("bookings", Booking(world.At(), "99", "points"), 400, "field-wrong", "tickets"),
            ("bookings", Booking(world.At(), "1.5", "points"), 400, "json-unreadable", "tickets"),
            ("bookings", Booking("soon", "1", "points"), 400, "field-wrong", "startsAt"),
            ("bookings", Booking("2020-01-01T19:00", "1", "points"), 422, "too-late-to-book", "startsAt"),
            ("bookings", Booking("2099-01-01T19:00", "1", "points"), 422, "too-early-to-book", "startsAt"),
            ("bookings", Booking(world.At(), "1", "points").Replace($"{experience}", $"{item}", StringComparison.Ordinal), 404, "no-such-experience", null),
            ("bookings", """{"pay":""", 400, "json-unreadable", "pay"),
            ("bookings", "[]", 400, "json-unreadable", null),
            ("bookings", "", 400, "body-missing", null),
            ("redemptions", $$"""{"itemId":"{{item}}","quantity":0,"pay":"points"}""", 400, "field-wrong", "quantity"),
            ("redemptions", $$"""{"itemId":"{{experience}}","quantity":1,"pay":"points"}""", 404, "no-such-item", null),
        ];
        foreach (var one in wrong)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/api/club/" + one.Path) { Content = new StringContent(one.Body, System.Text.Encoding.UTF8, "application/json") };
            request.Headers.Add("Idempotency-Key", "wrong");
            using var answer = await member.SendAsync(request);
            var told = await Told.ReadAsync(answer);
            (told.Status, told.Code, told.Text("field")).ShouldBe((one.Status, one.Code, one.Field), one.Body);
            told.Text("detail")!.ShouldNotContain("Rialto.", customMessage: "names of the program's own types mean nothing to a caller");
        }
        (await World.PostAsync(member, "/api/club/redemptions", new { })).Code.ShouldBe("idempotency-key-missing");
        foreach (var path in (string[])["bookings", "redemptions", "experiences", "items"]) (await World.GetAsync(member, $"/api/club/{path}/{Guid.CreateVersion7()}")).Status.ShouldBe(404, path);
        await using var connection = await world.Database.DataSource.OpenConnectionAsync();
        (await connection.QuerySingleAsync<long>("SELECT count(*) FROM club.booking")).ShouldBe(0);
    }

    [Fact]
    public async Task A_confirmed_booking_is_cancelled_money_goes_back_and_points_take_two_people()
    {
        await using var world = await World.StartAsync(postgres);
        var member = await world.MemberAsync();
        var card = await world.BookAsync(member, World.Rooftop, "card");
        world.Pay(card.Id);
        var points = await world.BookAsync(member, World.Kumo, "points");
        await world.Time.QuietAsync(world.Time.GetUtcNow().AddMinutes(5));
        foreach (var booked in new[] { card, points }) (await World.PostAsync(member, $"/api/club/bookings/{booked.Id}/cancel")).State.ShouldBe("cancelled");
        await world.Time.QuietAsync(world.Time.GetUtcNow().AddMinutes(5));
        await world.JudgeAsync(card.Id, "cancelled");
        await world.JudgeAsync(points.Id, "cancelled");
        await using var connection = await world.Database.DataSource.OpenConnectionAsync();
        (await connection.QuerySingleAsync<(Guid?, long, string)>("SELECT booking, amount, state FROM club.point_change")).ShouldBe((points.Id, 1_800, "proposed"));
    }

    [Fact]
    public async Task A_place_that_must_approve_is_waited_for()
    {
        await using var world = await World.StartAsync(postgres, answerWithinMs: 0);
        var member = await world.MemberAsync();
        var yes = await world.BookAsync(member, World.Terrace, "points");
        var no = await world.BookAsync(member, World.Terrace, "points");
        await world.Time.QuietAsync(world.Time.GetUtcNow().AddMinutes(1));
        (await world.StateAsync(yes.Id)).ShouldBe("awaiting-venue");
        await world.DecideAsync(yes.Id, "CONFIRMED");
        await world.DecideAsync(no.Id, "DECLINED");
        await world.Time.QuietAsync(world.Time.GetUtcNow().AddMinutes(10));
        await world.JudgeAsync(yes.Id, "confirmed");
        await world.JudgeAsync(no.Id, "declined");
    }
}
