using System.Text.Json;
using Rialto.Platform.Secrets;

namespace Rialto.Platform.Connectors.Stripe;

/// <summary>Cards. Every write carries an Idempotency-Key; card data never touches us.</summary>
public sealed class StripeVendor : Vendor
{
    public const string Word = "stripe";

    /// <summary>Name of the webhook's secret in the connector's settings.</summary>
    public const string WebhookSecret = "webhook";

    public override string Name => Word;

    public override ConnectorSettings Initial => new()
    {
        BaseUrl = "simulator:stripe/v1",
        Secrets = new Dictionary<string, string> { ["key"] = "secret:stripe/key", [WebhookSecret] = "secret:stripe/webhook" },
        Values = new Dictionary<string, string> { ["version"] = "2026-07-29.dahlia" },
    };

    public override VendorCall Probe => VendorCall.Get("events", "/events?limit=1");

    public override void Authorize(HttpRequestMessage request, ConnectorSettings settings, IReadOnlyDictionary<string, SecretText> secrets, string? token)
    {
        request.Headers.TryAddWithoutValidation("Authorization", "Bearer " + secrets["key"].Reveal());
        if (settings.Values.TryGetValue("version", out var version)) request.Headers.TryAddWithoutValidation("Stripe-Version", version);
    }

    public override (int Status, string? Reason) Judge(int httpStatus, JsonElement body)
    {
        var reason = body.At("error", "code")?.GetString() ?? body.At("error", "message")?.GetString();
        // The key is being used by a call that is still under way: nothing is known yet.
        return httpStatus == 409 ? (500, reason) : (httpStatus, reason);
    }
}
