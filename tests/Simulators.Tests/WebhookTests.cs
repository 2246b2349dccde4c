using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Rialto.Simulators.Stripe;

namespace Rialto.Simulators.Tests;

public sealed class WebhookTests : Rig
{
    [Fact]
    public async Task A_webhook_carries_stripes_signature_over_the_raw_body()
    {
        await using var ear = await Ear.StartAsync();
        await Listen("stripe", ear, StripeVendor.WebhookSecret);
        await Pay((await OpenSession("b-1")).At("id").GetString()!);
        await Eventually(() => Task.FromResult(ear.Heard.Count == 2), "both events came");
        foreach (var (body, signature) in ear.Heard)
            IsSigned(body, signature, StripeVendor.WebhookSecret).ShouldBeTrue();
        ear.Types.ShouldBe(["payment_intent.amount_capturable_updated", "checkout.session.completed"]);
    }

    [Fact]
    public async Task A_webhook_is_tried_again_until_it_is_taken()
    {
        await using var ear = await Ear.StartAsync();
        ear.Refuse = 2;
        await Listen("stripe", ear, StripeVendor.WebhookSecret);
        await Stripe(HttpMethod.Post, $"/checkout/sessions/{(await OpenSession("b-1")).At("id").GetString()}/expire");
        await Eventually(() =>
        {
            World.Clock.Advance(TimeSpan.FromSeconds(6));
            return Task.FromResult(ear.Heard.Count == 1);
        }, "the third attempt was taken");
        ear.Attempts.ShouldBe(3);
    }

    [Theory]
    [InlineData("duplicate-webhook", 2)]
    [InlineData("lost-webhook", 0)]
    public async Task A_webhook_comes_as_often_as_its_fault_says(string kind, int times)
    {
        await using var ear = await Ear.StartAsync();
        await Listen("stripe", ear, StripeVendor.WebhookSecret);
        await SetFaults("stripe", $$"""{"op":"checkout.session.expired","kind":"{{kind}}","times":1}""");
        await Expired("b-1");
        await Expired("b-2");
        await Eventually(() => Task.FromResult(ear.Heard.Count == times + 1), "the events came");
    }

    [Fact]
    public async Task A_forged_webhook_comes_with_a_wrong_signature_before_the_true_one()
    {
        await using var ear = await Ear.StartAsync();
        await Listen("stripe", ear, StripeVendor.WebhookSecret);
        await SetFaults("stripe", """{"kind":"forged-webhook","times":1}""");
        await Expired("b-1");
        await Eventually(() => Task.FromResult(ear.Heard.Count == 2), "both came");
        ear.Heard.Select(heard => IsSigned(heard.Body, heard.Signature, StripeVendor.WebhookSecret)).ShouldBe([false, true]);
    }

    [Fact]
    public async Task A_reordered_webhook_is_overtaken_and_a_late_one_waits_for_its_time()
    {
        await using var ear = await Ear.StartAsync();
        await Listen("stripe", ear, StripeVendor.WebhookSecret);
        await SetFaults("stripe", """[{"op":"payment_intent.amount_capturable_updated","kind":"reordered-webhook"},{"op":"checkout.session.expired","kind":"late-webhook","milliseconds":3600000}]""");
        await Expired("b-0");
        await Pay((await OpenSession("b-1")).At("id").GetString()!);
        await Eventually(() => Task.FromResult(ear.Heard.Count == 1), "the second event came first");
        World.Clock.Advance(TimeSpan.FromSeconds(3));
        await Eventually(() => Task.FromResult(ear.Heard.Count == 2), "the first event came");
        ear.Types.ShouldBe(["checkout.session.completed", "payment_intent.amount_capturable_updated"]);
        World.Clock.Advance(TimeSpan.FromHours(1));
        await Eventually(() => Task.FromResult(ear.Heard.Count == 3), "the late event came");
    }

    [Fact]
    public async Task A_skewed_clock_shows_in_the_signatures_time()
    {
        await using var ear = await Ear.StartAsync();
        await Listen("stripe", ear, StripeVendor.WebhookSecret);
        await SetFaults("stripe", """{"kind":"clock-skew","milliseconds":-400000}""");
        await Expired("b-1");
        await Eventually(() => Task.FromResult(ear.Heard.Count == 1), "it came");
        ear.Heard[0].Signature.ShouldStartWith($"t={(Start - TimeSpan.FromSeconds(400)).ToUnixTimeSeconds()},");
    }

    [Fact]
    public async Task SevenRooms_sends_an_array_without_a_signature()
    {
        await using var ear = await Ear.StartAsync();
        await Listen("sevenrooms", ear, null);
        await Book(await SeatToken(), "b-1");
        await Eventually(() => Task.FromResult(ear.Heard.Count == 1), "it came");
        var first = JsonSerializer.Deserialize<JsonElement>(ear.Heard[0].Body)[0];
        first.GetProperty("entity_type").GetString().ShouldBe("reservation");
        first.GetProperty("entity").GetProperty("external_id").GetString().ShouldBe("b-1");
    }

    [Fact]
    public async Task A_delivery_can_be_sent_again()
    {
        await using var ear = await Ear.StartAsync();
        await Listen("stripe", ear, StripeVendor.WebhookSecret);
        await Expired("b-1");
        await Eventually(() => Task.FromResult(ear.Heard.Count == 1), "it came");
        var id = (await Send(HttpMethod.Get, $"{Url("stripe")}/_sim/webhooks")).At("deliveries")[0].GetProperty("id").GetString();
        (await Send(HttpMethod.Post, $"{Url("stripe")}/_sim/webhooks/{id}/replay")).Status.ShouldBe(200);
        await Eventually(() => Task.FromResult(ear.Heard.Count == 2), "it came again");
        ear.Heard[1].Body.ShouldBe(ear.Heard[0].Body);
    }

    private async Task Expired(string reference) => await Stripe(HttpMethod.Post, $"/checkout/sessions/{(await OpenSession(reference)).At("id").GetString()}/expire");

    private async Task Listen(string vendor, Ear ear, string? secret) =>
        (await Send(HttpMethod.Put, $"{Url(vendor)}/_sim/webhooks", Text(JsonSerializer.Serialize(new { url = ear.Url, secret })))).Status.ShouldBe(200);

    private static bool IsSigned(string body, string signature, string secret)
    {
        var at = signature[2..signature.IndexOf(',')];
        var expected = Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes($"{at}.{body}")));
        return signature == $"t={at},v1={expected}";
    }
}
