using System.Net.Http.Headers;
using System.Text;
using Dapper;
using Rialto.Fixtures;

namespace Rialto.Club.Tests;

/// <summary>Events of vendors: whoever cannot prove himself is not heard, and an event is a reason to look and no truth.</summary>
public class WebhookTests(PostgresFixture postgres)
{
    [Fact]
    public async Task A_forged_event_is_refused_and_a_true_one_that_lies_changes_nothing()
    {
        await using var world = await World.StartAsync(postgres, answerWithinMs: 5_000);
        var member = await world.MemberAsync();
        var booked = await world.BookAsync(member, World.Rooftop, "card");
        var body = $$"""{"id":"evt_1","type":"checkout.session.completed","data":{"object":{"client_reference_id":"{{booked.Id}}","payment_status":"paid"} } }""";
        (await SendAsync(world, "/api/club/webhooks/stripe", body)).ShouldBe(400);
        (await SendAsync(world, "/api/club/webhooks/stripe", body, ("Stripe-Signature", "t=1,v1=00"))).ShouldBe(400);
        var headers = world.Vendor("stripe").Sign(body, world.Outside.Credentials["stripe/webhook"], forged: false).ToArray();
        // Signed as it should be, a hundred times: whoever holds the secret can still not make a payment out of words.
        for (var time = 0; time < 3; time++) (await SendAsync(world, "/api/club/webhooks/stripe", body, headers)).ShouldBe(200);
        (await SendAsync(world, "/api/club/webhooks/stripe", body + " ", headers)).ShouldBe(400);
        var old = (Name: "Stripe-Signature", Value: headers[0].Value.Replace("t=", "t=1", StringComparison.Ordinal));
        (await SendAsync(world, "/api/club/webhooks/stripe", body, old)).ShouldBe(400);
        await world.Time.QuietAsync(world.Time.GetUtcNow().AddMinutes(2));
        (await world.StateAsync(booked.Id)).ShouldBe("awaiting-payment");
        await using var connection = await world.Database.DataSource.OpenConnectionAsync();
        (await connection.QuerySingleAsync<long>("SELECT count(*) FROM platform.inbox WHERE source = 'club/stripe'")).ShouldBe(1);
    }

    [Fact]
    public async Task A_booking_vendors_event_needs_its_secret_or_its_signature()
    {
        await using var world = await World.StartAsync(postgres, answerWithinMs: 5_000);
        var booked = await world.BookAsync(await world.MemberAsync(), World.Lawn, "points");
        var body = $$"""{"id":"e1","booking":{"merchantReference":"{{booked.Id}}","state":"cancelled"} }""";
        (await SendAsync(world, "/api/club/webhooks/seats/quaybook", body)).ShouldBe(404);
        (await SendAsync(world, "/api/club/webhooks/seats/sevenrooms", "[]")).ShouldBe(404);
        (await SendAsync(world, "/api/club/webhooks/seats/sevenrooms/guessed", "[]")).ShouldBe(404);
        (await SendAsync(world, "/api/club/webhooks/seats/nobody", body)).ShouldBe(404);
        var headers = world.Vendor("quaybook").Sign(body, world.Outside.Credentials["quaybook/webhook"], forged: false).ToArray();
        (await SendAsync(world, "/api/club/webhooks/seats/quaybook", body, headers)).ShouldBe(200);
        await world.Time.QuietAsync(world.Time.GetUtcNow().AddMinutes(5));
        await world.JudgeAsync(booked.Id, "confirmed");
    }

    [Fact]
    public async Task An_event_that_is_told_again_is_taken_once()
    {
        await using var world = await World.StartAsync(postgres, answerWithinMs: 5_000);
        var booked = await world.BookAsync(await world.MemberAsync(), World.Rooftop, "card");
        world.Pay(booked.Id);
        await world.Time.QuietAsync(world.Time.GetUtcNow().AddMinutes(5));
        var dispute = $$"""{"id":"evt_dispute","type":"charge.dispute.created","data":{"object":{"metadata":{"reference":"{{booked.Id}}"} } } }""";
        async Task TellAsync() => (await SendAsync(world, "/api/club/webhooks/stripe", dispute, world.Vendor("stripe").Sign(dispute, world.Outside.Credentials["stripe/webhook"], forged: false).ToArray())).ShouldBe(200);
        await TellAsync();
        await using var connection = await world.Database.DataSource.OpenConnectionAsync();
        // Won and settled since: what happened before must not begin anew.
        (await connection.ExecuteAsync("UPDATE club.payment SET state = 'captured' WHERE booking = @Id AND state = 'disputed'", new { booked.Id })).ShouldBe(1);
        await TellAsync();
        (await connection.QuerySingleAsync<string>("SELECT state FROM club.payment WHERE booking = @Id", new { booked.Id })).ShouldBe("captured");

        var seat = await world.BookAsync(await world.MemberAsync(), World.Lawn, "points");
        await world.Time.QuietAsync(world.Time.GetUtcNow().AddMinutes(5));
        async Task<long> LooksAsync() => await connection.QuerySingleAsync<long>("SELECT count(*) FROM platform.job WHERE kind = 'club.check-seat'");
        var before = await LooksAsync();
        var changed = $$"""{"id":"e7","booking":{"merchantReference":"{{seat.Id}}","state":"changed"} }""";
        var headers = world.Vendor("quaybook").Sign(changed, world.Outside.Credentials["quaybook/webhook"], forged: false).ToArray();
        for (var time = 0; time < 3; time++) (await SendAsync(world, "/api/club/webhooks/seats/quaybook", changed, headers)).ShouldBe(200);
        (await LooksAsync()).ShouldBe(before + 1);
    }

    [Fact]
    public async Task A_venue_that_cancels_a_confirmed_booking_calls_an_operator()
    {
        await using var world = await World.StartAsync(postgres, answerWithinMs: 5_000);
        var booked = await world.BookAsync(await world.MemberAsync(), World.Rooftop, "points");
        booked.State.ShouldBe("confirmed");
        await world.DecideAsync(booked.Id, "CANCELED");
        await Eventually.TrueAsync(async () => await world.StateAsync(booked.Id) == "needs-operator", "an operator is called");
    }

    private static async Task<int> SendAsync(World world, string path, string body, params (string Name, string Value)[] headers)
    {
        using var client = world.App.Client();
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(body, Encoding.UTF8, new MediaTypeHeaderValue("application/json")) };
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        using var answer = await client.SendAsync(request);
        return (int)answer.StatusCode;
    }
}
