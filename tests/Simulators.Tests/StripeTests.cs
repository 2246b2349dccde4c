namespace Rialto.Simulators.Tests;

public sealed class StripeTests : Rig
{
    [Fact]
    public async Task A_session_with_manual_capture_is_authorised_then_captured()
    {
        var session = await OpenSession("b-1");
        session.At("amount_total").GetInt64().ShouldBe(25_000);
        session.At("payment_intent").ValueKind.ShouldBe(System.Text.Json.JsonValueKind.Null);
        var id = session.At("id").GetString()!;
        await Pay(id);
        var paid = await Stripe(HttpMethod.Get, $"/checkout/sessions/{id}");
        paid.At("status").GetString().ShouldBe("complete");
        paid.At("payment_status").GetString().ShouldBe("unpaid");
        var intent = paid.At("payment_intent").GetString()!;
        (await Stripe(HttpMethod.Get, $"/payment_intents/{intent}")).At("status").GetString().ShouldBe("requires_capture");
        (await Stripe(HttpMethod.Post, $"/payment_intents/{intent}/capture", "cap-1")).At("status").GetString().ShouldBe("succeeded");
        (await Stripe(HttpMethod.Get, $"/payment_intents/{intent}")).At("metadata", "booking_id").GetString().ShouldBe("b-1");
        (await Stripe(HttpMethod.Post, $"/payment_intents/{intent}/cancel", "can-1")).At("error", "code").GetString().ShouldBe("payment_intent_unexpected_state");
    }

    [Fact]
    public async Task An_authorisation_can_be_cancelled_and_is_gone_after_seven_days()
    {
        var first = await Authorised("b-1");
        (await Stripe(HttpMethod.Post, $"/payment_intents/{first}/cancel", "can-1", ("cancellation_reason", "abandoned"))).At("status").GetString().ShouldBe("canceled");
        var second = await Authorised("b-2");
        World.Clock.Advance(TimeSpan.FromDays(7));
        (await Stripe(HttpMethod.Get, $"/payment_intents/{second}")).At("status").GetString().ShouldBe("canceled");
    }

    [Fact]
    public async Task An_idempotency_key_tells_the_first_answer_again_and_refuses_other_parameters()
    {
        var first = await OpenSession("b-1", "key-1");
        (await OpenSession("b-1", "key-1")).Text.ShouldBe(first.Text);
        (await OpenSession("b-2", "key-1")).At("error", "type").GetString().ShouldBe("idempotency_error");
        (await Count("stripe", "sessions")).ShouldBe(1);
        World.Clock.Advance(TimeSpan.FromHours(25));
        (await OpenSession("b-1", "key-1")).At("id").GetString().ShouldNotBe(first.At("id").GetString());
    }

    [Fact]
    public async Task A_stored_500_is_told_again_for_the_same_key()
    {
        await SetFaults("stripe", """{"op":"create-session","kind":"500-after","times":1}""");
        (await OpenSession("b-1", "key-1")).Status.ShouldBe(500);
        (await OpenSession("b-1", "key-1")).Status.ShouldBe(500);
        (await Count("stripe", "sessions")).ShouldBe(1);
    }

    [Fact]
    public async Task A_session_expires_by_time_and_by_call_and_only_when_open()
    {
        var first = (await OpenSession("b-1")).At("id").GetString()!;
        (await Stripe(HttpMethod.Post, $"/checkout/sessions/{first}/expire")).At("status").GetString().ShouldBe("expired");
        (await Stripe(HttpMethod.Post, $"/checkout/sessions/{first}/expire")).Status.ShouldBe(400);
        var second = (await OpenSession("b-2")).At("id").GetString()!;
        World.Clock.Advance(TimeSpan.FromHours(25));
        (await Stripe(HttpMethod.Get, $"/checkout/sessions/{second}")).At("status").GetString().ShouldBe("expired");
        (await Stripe(HttpMethod.Get, "/events?type=checkout.session.expired")).At("data").GetArrayLength().ShouldBe(2);
    }

    [Fact]
    public async Task A_declined_card_leaves_the_session_open()
    {
        var id = (await OpenSession("b-1")).At("id").GetString()!;
        await Pay(id, "declined");
        (await Stripe(HttpMethod.Get, $"/checkout/sessions/{id}")).At("status").GetString().ShouldBe("open");
        (await Stripe(HttpMethod.Get, "/events?type=payment_intent.payment_failed")).At("data").GetArrayLength().ShouldBe(1);
    }

    [Fact]
    public async Task Refunds_never_exceed_what_was_captured()
    {
        var intent = await Authorised("b-1");
        (await Stripe(HttpMethod.Post, "/refunds", "r-0", ("payment_intent", intent))).At("error", "code").GetString().ShouldBe("charge_not_captured");
        await Stripe(HttpMethod.Post, $"/payment_intents/{intent}/capture", "c-1");
        (await Stripe(HttpMethod.Post, "/refunds", "r-1", ("payment_intent", intent), ("amount", "10000"))).At("status").GetString().ShouldBe("succeeded");
        (await Stripe(HttpMethod.Post, "/refunds", "r-2", ("payment_intent", intent), ("amount", "15001"))).Status.ShouldBe(400);
        (await Stripe(HttpMethod.Post, "/refunds", "r-3", ("payment_intent", intent))).At("amount").GetInt64().ShouldBe(15_000);
        (await Stripe(HttpMethod.Get, $"/refunds?payment_intent={intent}")).At("data").GetArrayLength().ShouldBe(2);
    }

    [Fact]
    public async Task An_intent_confirmed_with_a_bad_card_is_a_402()
    {
        var declined = await Stripe(HttpMethod.Post, "/payment_intents", "p-1", ("amount", "500"), ("currency", "eur"), ("confirm", "true"), ("payment_method", "pm_card_chargeDeclined"));
        declined.Status.ShouldBe(402);
        declined.At("error", "type").GetString().ShouldBe("card_error");
        (await Stripe(HttpMethod.Post, "/payment_intents", "p-2", ("amount", "500"), ("currency", "eur"), ("confirm", "true"), ("payment_method", "pm_card_visa")))
            .At("status").GetString().ShouldBe("succeeded");
    }

    [Fact]
    public async Task The_page_pays_and_sends_the_person_back()
    {
        var session = await OpenSession("b-1");
        var page = session.At("url").GetString()!;
        (await Send(HttpMethod.Get, page)).Text.ShouldContain("Sunset dinner");
        using var browser = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false });
        using var answer = await browser.PostAsync(page, Form(("card", "visa"), ("do", "pay")));
        answer.Headers.Location!.ToString().ShouldBe($"http://localhost/back?sid={session.At("id").GetString()}");
    }

    [Fact]
    public async Task A_wrong_key_is_401() => (await Send(HttpMethod.Get, $"{Url("stripe")}/v1/events", null, ("Authorization", "Bearer sk_live_no"))).Status.ShouldBe(401);

    private async Task<string> Authorised(string reference)
    {
        var id = (await OpenSession(reference)).At("id").GetString()!;
        await Pay(id);
        return (await Stripe(HttpMethod.Get, $"/checkout/sessions/{id}")).At("payment_intent").GetString()!;
    }
}
