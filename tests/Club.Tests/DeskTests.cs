using System.Net.Http.Json;
using System.Text.Json;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Rialto.Fixtures;
using Rialto.Platform.Audit;
using Rialto.Simulators.Machinery;

namespace Rialto.Club.Tests;

/// <summary>What operators and ops managers see and do.</summary>
public class DeskTests(PostgresFixture postgres)
{
    [Fact]
    public async Task An_operator_sees_what_waits_and_why_and_asks_again_or_sends_it_back()
    {
        await using var world = await World.StartAsync(postgres, answerWithinMs: 0);
        var member = await world.MemberAsync();
        var staff = await world.StaffAsync();
        await world.BreakAsync("sevenrooms", new Fault(Kind: FaultKind.Refuse));
        var booked = await world.BookAsync(member, World.Rooftop, "points");
        await world.Time.QuietAsync(world.Time.GetUtcNow().AddMinutes(5));
        var row = (await World.GetAsync(staff, "/api/club/desk/bookings")).Body.GetProperty("items").EnumerateArray().Single();
        (row.GetProperty("waitingOn").GetString(), row.GetProperty("state").GetString()).ShouldBe(("sevenrooms", "held"));
        (await World.GetAsync(staff, "/api/club/desk/lanes")).Body.GetProperty("items").EnumerateArray().Single().GetProperty("waiting").GetInt64().ShouldBe(1);
        var open = await World.GetAsync(staff, $"/api/club/desk/bookings/{booked.Id}");
        open.Body.GetProperty("sagas").GetProperty("steps").EnumerateArray().Select(step => step.GetProperty("name").GetString()).ShouldContain("book");
        open.Body.GetProperty("messages").GetArrayLength().ShouldBe(1);

        (await World.PostAsync(staff, $"/api/club/desk/bookings/{booked.Id}/retry", new { reason = "why not" })).Code.ShouldBe("not-with-operator");
        (await World.PostAsync(staff, $"/api/club/desk/bookings/{booked.Id}/undo", new { })).Code.ShouldBe("field-missing");
        var later = world.Time.GetUtcNow().AddHours(5);
        (await World.PostAsync(staff, $"/api/club/desk/bookings/{booked.Id}/promise", new { by = later, reason = "the venue rang" })).Status.ShouldBe(204);
        (await World.GetAsync(member, $"/api/club/bookings/{booked.Id}")).Body.GetProperty("promise").GetProperty("by").GetDateTimeOffset().ShouldBe(later, TimeSpan.FromMilliseconds(1));
        (await World.PostAsync(staff, $"/api/club/desk/bookings/{booked.Id}/undo", new { reason = "the venue burnt down" })).Status.ShouldBe(204);
        await world.HealAsync();
        (await World.PostAsync(staff, $"/api/club/desk/bookings/{booked.Id}/look")).Status.ShouldBe(204);
        await world.Time.QuietAsync(world.Time.GetUtcNow().AddHours(1));
        await world.JudgeAsync(booked.Id, "declined");
        (await world.Services.GetRequiredService<AuditLog>().VerifyAsync()).Intact.ShouldBeTrue();
        await using var connection = await world.Database.DataSource.OpenConnectionAsync();
        (await connection.QueryAsync<string>("SELECT action FROM audit.entry WHERE target = @target ORDER BY sequence", new { target = $"booking:{booked.Id}" }))
            .ShouldBe(["club.promise", "club.undo", "club.look"]);
    }

    [Fact]
    public async Task Club_operators_see_the_vendors_and_members_and_hold_lanes_of_bookings_without_the_platforms_permissions()
    {
        await using var world = await World.StartAsync(postgres, answerWithinMs: 0);
        var operations = await world.SecondManagerAsync();
        await world.BreakAsync("sevenrooms", new Fault(Kind: FaultKind.Refuse));
        var booked = await world.BookAsync(await world.MemberAsync(), World.Rooftop, "points");
        await world.Time.QuietAsync(world.Time.GetUtcNow().AddMinutes(1));
        var vendor = (await World.GetAsync(operations, "/api/club/desk/vendors")).Body.GetProperty("items").EnumerateArray().Single(one => one.GetProperty("name").GetString() == "sevenrooms");
        vendor.GetProperty("waiting").GetInt64().ShouldBe(1);
        (await World.GetAsync(operations, "/api/platform/connectors")).Status.ShouldBe(403);

        var lane = (await World.GetAsync(operations, "/api/club/desk/lanes")).Body.GetProperty("items")[0].GetProperty("lane").GetString()!;
        var path = $"/api/club/desk/lanes/{Uri.EscapeDataString(lane)}";
        (await World.PostAsync(operations, path + "/pause", new { })).Code.ShouldBe("field-missing");
        (await World.PostAsync(operations, path + "/resume")).Code.ShouldBe("not-paused");
        (await World.PostAsync(operations, "/api/club/desk/lanes/outbox/pause", new { reason = "not ours" })).Code.ShouldBe("no-such-lane");
        (await World.PostAsync(await world.StaffAsync(TestApp.Viewer), path + "/pause", new { reason = "may not" })).Status.ShouldBe(403);
        (await World.PostAsync(operations, path + "/pause", new { reason = "the venue rang" })).Status.ShouldBe(204);
        // Another day is another lane: when that one is through, this one has been passed over.
        var after = await world.BookAsync(await world.MemberAsync(), World.Rooftop, "points", at: world.At(plusDays: 1));
        await world.HealAsync();
        await world.Time.AdvanceAsync(TimeSpan.FromMinutes(30));
        await world.Time.QuietAsync(world.Time.GetUtcNow().AddMinutes(30));
        (await world.StateAsync(after.Id)).ShouldBe("confirmed");
        (await world.StateAsync(booked.Id)).ShouldBe("held");
        (await World.GetAsync(operations, "/api/club/desk/lanes")).Body.GetProperty("items")[0].GetProperty("pausedBecause").GetString().ShouldBe("the venue rang");
        (await World.PostAsync(operations, path + "/resume")).Status.ShouldBe(204);
        await world.Time.QuietAsync(world.Time.GetUtcNow().AddHours(1));
        await world.JudgeAsync(booked.Id, "confirmed");

        await world.MemberAsync("noah@example.test");
        foreach (var (q, found) in new[] { ("", 2), ("noah@example.test", 1), ("M1001", 1), ("amara", 1), ("nobody", 0) })
        {
            var members = (await World.GetAsync(operations, $"/api/club/desk/members?q={q}")).Body.GetProperty("items");
            members.GetArrayLength().ShouldBe(found, q);
        }
        var amara = (await World.GetAsync(operations, "/api/club/desk/members?q=amara")).Body.GetProperty("items")[0];
        (amara.GetProperty("available").GetInt64(), amara.GetProperty("held").GetInt64()).ShouldBe((47_650, 0));
        var open = (await World.GetAsync(operations, $"/api/club/desk/bookings/{booked.Id}")).Body;
        (open.GetProperty("memberId").GetGuid(), open.GetProperty("memberNo").GetString()).ShouldBe((amara.GetProperty("id").GetGuid(), amara.GetProperty("memberNo").GetString()));
        var row = (await World.GetAsync(operations, "/api/club/desk/bookings?state=confirmed")).Body.GetProperty("items")[0];
        row.GetProperty("memberId").GetGuid().ShouldBe(amara.GetProperty("id").GetGuid());
    }

    [Fact]
    public async Task The_desk_tells_when_a_lane_is_tried_next_and_who_stands_in_it()
    {
        await using var world = await World.StartAsync(postgres, answerWithinMs: 0);
        var (member, staff) = (await world.MemberAsync(), await world.StaffAsync());
        await world.BreakAsync("sevenrooms", new Fault(Kind: FaultKind.Refuse));
        var first = await world.BookAsync(member, World.Rooftop, "points");
        for (var more = 0; more < 2; more++) await world.BookAsync(member, World.Rooftop, "points");
        await world.BookAsync(member, World.Rooftop, "points", at: world.At(plusDays: 1));
        await world.Time.QuietAsync(world.Time.GetUtcNow().AddMinutes(2));
        await using var connection = await world.Database.DataSource.OpenConnectionAsync();
        async Task<JsonElement[]> LanesAsync() => [.. (await World.GetAsync(staff, "/api/club/desk/lanes")).Body.GetProperty("items").EnumerateArray()];

        var lanes = await LanesAsync();
        lanes.Select(lane => lane.GetProperty("waiting").GetInt64()).ShouldBe([3, 1]);
        foreach (var lane in lanes)
        {
            var due = await connection.QuerySingleAsync<DateTimeOffset>(
                "SELECT due_at FROM platform.job WHERE lane = @lane AND state = 'waiting' ORDER BY position LIMIT 1", new { lane = lane.GetProperty("lane").GetString() });
            lane.GetProperty("nextAt").GetDateTimeOffset().ShouldBe(due, TimeSpan.FromMilliseconds(1));
            due.ShouldBeGreaterThan(world.Time.GetUtcNow(), "the vendor is away");
        }

        // It is asked to look now, and held back: that it would be tried at once is told, and why it is not.
        var path = $"/api/club/desk/lanes/{Uri.EscapeDataString(lanes[0].GetProperty("lane").GetString()!)}";
        (await World.PostAsync(staff, path + "/pause", new { reason = "the venue rang" })).Status.ShouldBe(204);
        (await World.PostAsync(staff, $"/api/club/desk/bookings/{first.Id}/look")).Status.ShouldBe(204);
        var held = (await LanesAsync())[0];
        (held.GetProperty("nextAt").GetDateTimeOffset() <= world.Time.GetUtcNow(), held.GetProperty("pausedBecause").GetString()).ShouldBe((true, "the venue rang"));

        // The vendor is back: the lane that is not held goes through and is no longer told.
        await world.HealAsync();
        await world.Time.QuietAsync(world.Time.GetUtcNow().AddMinutes(30));
        (await LanesAsync()).ShouldHaveSingleItem().GetProperty("waiting").GetInt64().ShouldBe(3);
        // They have their seats and wait for somebody else: a lane that nobody is in any more can still be held back and let go.
        await world.BreakAsync("memberson", new Fault(Kind: FaultKind.Refuse));
        (await World.PostAsync(staff, path + "/resume")).Status.ShouldBe(204);
        await world.Time.QuietAsync(world.Time.GetUtcNow().AddMinutes(10));
        (await world.StateAsync(first.Id)).ShouldBe("seated");
        (await connection.QuerySingleAsync<long>("SELECT count(*) FROM sagas.run WHERE lane = @lane", new { lane = lanes[0].GetProperty("lane").GetString() })).ShouldBe(0);
        (await World.PostAsync(staff, path + "/pause", new { reason = "closed" })).Status.ShouldBe(204);
        (await World.PostAsync(staff, path + "/resume")).Status.ShouldBe(204);
        await world.HealAsync();
        await world.Time.QuietAsync(world.Time.GetUtcNow().AddHours(1));
        (await LanesAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Staff_of_another_house_sees_and_touches_nothing_of_this_one()
    {
        await using var world = await World.StartAsync(postgres);
        var member = await world.MemberAsync();
        var booked = await world.BookAsync(member, World.Rooftop, "points");
        var memberId = (await World.GetAsync(member, "/api/club/me")).Id;
        var lane = (await World.GetAsync(await world.StaffAsync(), $"/api/club/desk/bookings/{booked.Id}")).Body.GetProperty("sagas").GetProperty("runs")[0].GetProperty("lane").GetString()!;
        var stranger = await world.StrangerAsync();
        foreach (var list in new[] { "bookings?q=1", "bookings?state=confirmed", "members", "lanes", "point-changes" })
            (await World.GetAsync(stranger, "/api/club/desk/" + list)).Body.GetProperty("items").GetArrayLength().ShouldBe(0, list);
        (await World.GetAsync(stranger, $"/api/club/desk/bookings/{booked.Id}")).Code.ShouldBe("no-such-booking");
        (await World.PostAsync(stranger, $"/api/club/desk/bookings/{booked.Id}/look")).Code.ShouldBe("no-such-booking");
        (await World.PostAsync(stranger, $"/api/club/desk/bookings/{booked.Id}/undo", new { reason = "no" })).Code.ShouldBe("no-such-booking");
        (await World.PostAsync(stranger, $"/api/club/desk/lanes/{Uri.EscapeDataString(lane)}/pause", new { reason = "no" })).Code.ShouldBe("no-such-lane");
        (await World.PostAsync(stranger, "/api/club/desk/point-changes", new { member = memberId, amount = 5, reason = "no" })).Code.ShouldBe("no-such-member");
        (await world.StateAsync(booked.Id)).ShouldBe("confirmed");
    }

    [Fact]
    public async Task A_refund_that_is_refused_calls_an_operator_who_sends_it_on()
    {
        await using var world = await World.StartAsync(postgres, answerWithinMs: 0);
        var member = await world.MemberAsync();
        await world.BreakAsync("stripe", new Fault("create-refund", FaultKind.StatusBefore, Status: 400));
        var booked = await world.BookAsync(member, World.Rooftop, "card");
        await Path.CancelCard.GoAsync(world, member, booked.Id);
        (await world.StateAsync(booked.Id)).ShouldBe("needs-operator");
        (await World.GetAsync(await world.SignInAsync("amara@example.test"), "/api/club/messages")).Body.GetProperty("items")[0].GetProperty("text").GetString()!.ShouldContain("needs a person's eye");
        var staff = await world.StaffAsync();
        // Its seat is given back already: only forward.
        (await World.PostAsync(staff, $"/api/club/desk/bookings/{booked.Id}/undo", new { reason = "no" })).Code.ShouldBe("only-forward");
        await world.HealAsync();
        (await World.PostAsync(staff, $"/api/club/desk/bookings/{booked.Id}/retry", new { reason = "the account was topped up" })).Status.ShouldBe(204);
        await world.Time.QuietAsync(world.Time.GetUtcNow().AddHours(1));
        await world.JudgeAsync(booked.Id, "cancelled");
    }

    [Fact]
    public async Task Points_are_changed_by_two_people()
    {
        await using var world = await World.StartAsync(postgres);
        var memberId = (await World.GetAsync(await world.MemberAsync(), "/api/club/me")).Id;
        var first = await world.StaffAsync();
        var second = await world.SecondManagerAsync();
        var viewer = await world.StaffAsync(TestApp.Viewer);
        (await World.PostAsync(viewer, "/api/club/desk/point-changes", new { member = memberId, amount = 500, reason = "a gift" })).Status.ShouldBe(403);
        var proposed = await World.PostAsync(first, "/api/club/desk/point-changes", new { member = memberId, amount = 500, reason = "the tea was cold" });
        (proposed.Status, proposed.State, proposed.Text("proposedByMe")).ShouldBe((201, "proposed", "True"));
        (await World.GetAsync(second, "/api/club/desk/point-changes")).Body.GetProperty("items")[0].GetProperty("proposedByMe").GetBoolean().ShouldBeFalse();
        (await World.PostAsync(first, $"/api/club/desk/point-changes/{proposed.Id}/approve")).Code.ShouldBe("second-person-required");
        (await World.PostAsync(first, $"/api/club/desk/point-changes/{proposed.Id}/entered", new { transactionNo = "T1" })).Code.ShouldBe("not-approved");
        (await World.PostAsync(second, $"/api/club/desk/point-changes/{proposed.Id}/approve")).State.ShouldBe("approved");
        (await World.PostAsync(second, $"/api/club/desk/point-changes/{proposed.Id}/approve")).Code.ShouldBe("decided-before");
        (await World.PostAsync(first, $"/api/club/desk/point-changes/{proposed.Id}/entered", new { transactionNo = "T1" })).State.ShouldBe("entered");

        // What the system proposes takes two people as well.
        var member = await world.MemberAsync();
        var booked = await world.BookAsync(member, World.Rooftop, "points");
        await World.PostAsync(member, $"/api/club/bookings/{booked.Id}/cancel");
        await world.Time.QuietAsync(world.Time.GetUtcNow().AddHours(1));
        var refund = (await World.GetAsync(first, "/api/club/desk/point-changes")).Body.GetProperty("items")[0].GetProperty("id").GetGuid();
        (await World.PostAsync(first, $"/api/club/desk/point-changes/{refund}/approve")).State.ShouldBe("approved");
        (await World.PostAsync(first, $"/api/club/desk/point-changes/{refund}/entered", new { transactionNo = "T2" })).Code.ShouldBe("second-person-required");
        (await World.PostAsync(second, $"/api/club/desk/point-changes/{refund}/entered", new { transactionNo = "T2" })).State.ShouldBe("entered");

        // Nor is there a way round the program.
        await using var connection = await world.Database.DataSource.OpenConnectionAsync();
        await Should.ThrowAsync<Npgsql.PostgresException>(() => connection.ExecuteAsync("UPDATE club.point_change SET approved_by = proposed_by WHERE proposed_by IS NOT NULL"));
        await Should.ThrowAsync<Npgsql.PostgresException>(() => connection.ExecuteAsync("UPDATE club.point_change SET entered_by = approved_by WHERE proposed_by IS NULL"));
    }

    [Fact]
    public async Task Ops_managers_curate_and_members_see_what_is_published_in_its_order_and_time()
    {
        await using var world = await World.StartAsync(postgres);
        var (staff, member) = (await world.StaffAsync(), await world.MemberAsync());
        var venues = (await World.GetAsync(staff, "/api/club/curation/venues")).Body.GetProperty("items").EnumerateArray().ToList();
        venues.Select(venue => venue.GetProperty("connector").GetString()).Distinct().ShouldBe(["quaybook", "sevenrooms"], ignoreOrder: true);
        var picture = await SendAsync(staff, "", 512, 256);
        (picture.Status, picture.Text("mediaType"), picture.Text("width")).ShouldBe((201, "image/png", "512"));
        using var wrong = await staff.PostAsync("/api/club/curation/pictures", new ByteArrayContent("<svg/>"u8.ToArray()));
        ((int)wrong.StatusCode).ShouldBe(415);
        var draft = new
        {
            title = "Tea on the roof", description = "Quiet.", unit = "Hotels", connector = "sevenrooms", venue = venues.First(venue => venue.GetProperty("name").GetString() == "Altana Rooftop").GetProperty("venue").GetString(),
            timeZone = "Europe/Rome", pricePoints = 100, currency = "EUR", state = "draft", pictures = new[] { picture.Id }, shownFrom = world.Time.GetUtcNow().AddHours(1), version = 1,
        };
        (await World.PostAsync(staff, "/api/club/curation/experiences", draft with { timeZone = "Mars/Olympus" })).Body.GetProperty("field").GetString().ShouldBe("timeZone");
        var made = await World.PostAsync(staff, "/api/club/curation/experiences", draft);
        made.Status.ShouldBe(201);
        using var published = await staff.PutAsJsonAsync($"/api/club/curation/experiences/{made.Id}", draft with { state = "published" });
        ((int)published.StatusCode).ShouldBe(200);
        using var stale = await staff.PutAsJsonAsync($"/api/club/curation/experiences/{made.Id}", draft with { title = "Overwritten" });
        ((int)stale.StatusCode).ShouldBe(409);
        var ids = (await World.GetAsync(staff, "/api/club/curation/experiences")).Body.GetProperty("items").EnumerateArray().Select(one => one.GetProperty("id").GetGuid()).Reverse().ToArray();
        (await World.PostAsync(staff, "/api/club/curation/experiences/order", new { ids })).Status.ShouldBe(204);
        async Task<List<Guid>> SeenAsync() => [.. (await World.GetAsync(member, "/api/club/experiences")).Body.GetProperty("items").EnumerateArray().Select(one => one.GetProperty("id").GetGuid())];
        (await SeenAsync()).ShouldBe(ids.Where(id => id != made.Id));
        await world.Time.AdvanceAsync(TimeSpan.FromHours(2));
        (await SeenAsync()).ShouldBe(ids);
        (await World.GetAsync(await world.StaffAsync(TestApp.Viewer), "/api/club/curation/experiences")).Status.ShouldBe(403);
    }

    [Fact]
    public async Task A_picture_is_served_in_the_narrowest_width_that_is_wide_enough()
    {
        await using var world = await World.StartAsync(postgres);
        var staff = await world.StaffAsync();
        var id = (await SendAsync(staff, "", 900, 600)).Id;
        foreach (var (width, height) in ((int, int)[])[(300, 200), (600, 405)])
            (await SendAsync(staff, $"?of={id}", width, height)).ShouldSatisfyAllConditions(told => told.Status.ShouldBe(201), told => told.Id.ShouldBe(id));
        // Another picture, no narrower one, one of nobody, and one of another house.
        (await SendAsync(staff, $"?of={id}", 300, 300)).Code.ShouldBe("other-picture");
        (await SendAsync(staff, $"?of={id}", 900, 600)).Code.ShouldBe("other-picture");
        (await SendAsync(staff, $"?of={Guid.CreateVersion7()}", 300, 200)).Code.ShouldBe("no-such-picture");
        (await SendAsync(await world.StrangerAsync(), $"?of={id}", 300, 200)).Code.ShouldBe("no-such-picture");

        var shown = new List<int>();
        foreach (var asked in (string[])["?width=1", "?width=300", "?width=301", "?width=601", "?width=5000", ""])
        {
            var bytes = await staff.GetByteArrayAsync($"/api/club/pictures/{id}{asked}");
            shown.Add(bytes[18] << 8 | bytes[19]);
        }
        shown.ShouldBe([300, 300, 600, 900, 900, 900]);
    }

    private static async Task<Told> SendAsync(HttpClient staff, string query, int width, int height)
    {
        byte[] png = [0x89, .. "PNG\r\n\u001a\n"u8, 0, 0, 0, 13, .. "IHDR"u8, 0, 0, (byte)(width >> 8), (byte)width, 0, 0, (byte)(height >> 8), (byte)height, 8, 2, 0, 0, 0, 0, 0, 0, 0];
        using var body = new ByteArrayContent(png);
        using var answer = await staff.PostAsync("/api/club/curation/pictures" + query, body);
        return await Told.ReadAsync(answer);
    }
}
