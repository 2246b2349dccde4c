using Microsoft.Extensions.DependencyInjection;
using Rialto.Platform.Connectors;
using Rialto.Platform.Connectors.Stripe;

namespace Rialto.Club.Tests.Conformance;

/// <summary>Cards: every write has the vendor's own key, and all but the opening of a page can be looked for as well.</summary>
[Collection(ConformanceGroup.Name)]
public sealed class StripeConformance(ConformanceWorld conformance) : ConnectorConformance(conformance)
{
    private const long Amount = 4_200;

    private protected override string Name => StripeVendor.Word;

    private protected override IEnumerable<string> Members => ClientMethods.Of<StripeClient>();

    private protected override IReadOnlyList<KitOperation> Operations =>
    [
        new KitRead("SessionAsync", async one => Session(await Client.SessionAsync(one.Made["session"], CancellationToken.None), "open")) { Before = OpenAsync },
        new KitRead("IntentAsync", async one => Intent(await Client.IntentAsync(one.Made["intent"], CancellationToken.None), "requires_capture")) { Before = PayAsync },
        new KitRead("RefundsAsync", async one => new KitAnswer(await Client.RefundsAsync(one.Made["intent"], CancellationToken.None), true)) { Before = PayAsync },
        new KitWrite("CreateSessionAsync", OpenSessionAsync, one => one.World.Effects("stripe", "sessions").Count(row => row!["clientReferenceId"]?.GetValue<string>() == one.Subject))
        {
            HasNativeKey = true, HarmlessTwice = "a page that nobody was shown is paid by nobody and ends by itself",
        },
        new KitWrite("ExpireSessionAsync", async one => Session(await Client.ExpireSessionAsync(one.Made["session"], one.AttemptKey, CancellationToken.None), "expired"),
            one => Count(one, "sessions", one.Made["session"], "expired"))
        {
            Before = OpenAsync, HasNativeKey = true, LooksBy = "SessionAsync",
            Look = async one => Is(Session(await Client.SessionAsync(one.Made["session"], CancellationToken.None), "expired")),
        },
        new KitWrite("CaptureAsync", async one => Intent(await Client.CaptureAsync(one.Made["intent"], Amount, one.AttemptKey, CancellationToken.None), "succeeded"),
            one => Count(one, "paymentIntents", one.Made["intent"], "succeeded"))
        {
            Before = PayAsync, HasNativeKey = true, KeySeen = one => one.AttemptKey, LooksBy = "IntentAsync",
            Look = async one => Is(Intent(await Client.IntentAsync(one.Made["intent"], CancellationToken.None), "succeeded")),
        },
        new KitWrite("CancelAsync", async one => Intent(await Client.CancelAsync(one.Made["intent"], one.AttemptKey, CancellationToken.None), "canceled"),
            one => Count(one, "paymentIntents", one.Made["intent"], "canceled"))
        {
            Before = PayAsync, HasNativeKey = true, KeySeen = one => one.AttemptKey, LooksBy = "IntentAsync",
            Look = async one => Is(Intent(await Client.IntentAsync(one.Made["intent"], CancellationToken.None), "canceled")),
        },
        new KitWrite("RefundAsync", async one =>
        {
            var answer = await Client.RefundAsync(one.Made["intent"], Amount, one.Subject, one.AttemptKey, CancellationToken.None);
            return new KitAnswer(answer, answer.Text("id") is not null);
        }, one => one.World.Effects("stripe", "refunds").Count(row => row!["metadata"]?["reference"]?.GetValue<string>() == one.Subject))
        {
            Before = CaptureAsync, HasNativeKey = true, KeySeen = one => one.AttemptKey, LooksBy = "RefundsAsync",
            Look = async one =>
            {
                var answer = await Client.RefundsAsync(one.Made["intent"], CancellationToken.None);
                return answer.IsOk ? answer.Body.At("data")!.Value.EnumerateArray().Any(refund => refund.At("metadata", "reference")?.GetString() == one.Subject) : null;
            },
        },
    ];

    private StripeClient Client => World.Services.GetRequiredService<StripeClient>();

    private static KitAnswer Session(VendorAnswer answer, string status) => new(answer, answer.IsOk && CheckoutSession.Read(answer.Body)?.Status == status);

    private static KitAnswer Intent(VendorAnswer answer, string status) => new(answer, answer.IsOk && PaymentIntent.Read(answer.Body)?.Status == status);

    private static bool? Is(KitAnswer looked) => looked.Answer.IsOk ? looked.Shows : null;

    private static int Count(KitCase one, string table, string id, string status) =>
        one.World.Effects("stripe", table).Count(row => row!["id"]!.GetValue<string>() == id && row["status"]!.GetValue<string>() == status);

    private async Task<KitAnswer> OpenSessionAsync(KitCase one)
    {
        var request = new CheckoutRequest(
            one.Subject, "Conformance", Amount, "SGD", null, "https://club.example/back?paid={CHECKOUT_SESSION_ID}", "https://club.example/back", one.World.Time.GetUtcNow().AddHours(12), CaptureLater: true);
        // The same words under the same key: a later attempt would tell another time.
        one.Made.TryAdd("until", request.ExpiresAt.ToString("o"));
        var answer = await Client.CreateSessionAsync(request with { ExpiresAt = DateTimeOffset.Parse(one.Made["until"]) }, one.AttemptKey, CancellationToken.None);
        return new KitAnswer(answer, answer.IsOk && CheckoutSession.Read(answer.Body) is { Url: not null });
    }

    private async Task OpenAsync(KitCase one)
    {
        var opened = await OpenSessionAsync(one);
        one.Made["session"] = CheckoutSession.Read(opened.Answer.Body).ShouldNotBeNull(opened.Answer.Detail).Id;
        one.Attempt++;
    }

    private async Task PayAsync(KitCase one)
    {
        await OpenAsync(one);
        one.World.PayPage(one.Made["session"]);
        var paid = CheckoutSession.Read((await Client.SessionAsync(one.Made["session"], CancellationToken.None)).Body);
        one.Made["intent"] = paid!.Intent.ShouldNotBeNull();
    }

    private async Task CaptureAsync(KitCase one)
    {
        await PayAsync(one);
        (await Client.CaptureAsync(one.Made["intent"], Amount, one.AttemptKey, CancellationToken.None)).IsOk.ShouldBeTrue();
        one.Attempt++;
    }
}
