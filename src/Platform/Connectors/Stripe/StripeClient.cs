using System.Globalization;
using System.Text.Json;

namespace Rialto.Platform.Connectors.Stripe;

/// <summary>What is asked of a page on which a person pays.</summary>
/// <param name="Reference">Ours: comes back in events and in the payment's metadata as <c>reference</c>.</param>
/// <param name="Amount">Minor units.</param>
/// <param name="Currency">ISO 4217.</param>
/// <param name="SuccessUrl">May contain <c>{CHECKOUT_SESSION_ID}</c>. Coming back to it proves no payment.</param>
/// <param name="CaptureLater">The card is authorised only; capture or cancel within seven days.</param>
public sealed record CheckoutRequest(
    string Reference, string Title, long Amount, string Currency, string? Email, string SuccessUrl, string CancelUrl, DateTimeOffset ExpiresAt, bool CaptureLater);

/// <param name="Status">open, complete or expired.</param>
/// <param name="PaymentStatus">unpaid, paid or no_payment_required.</param>
/// <param name="Intent">The payment's id once a person has paid or tried.</param>
public sealed record CheckoutSession(string Id, string? Url, string Status, string PaymentStatus, string? Intent, string? Reference)
{
    /// <summary>Null when the answer lacks what a session has.</summary>
    public static CheckoutSession? Read(JsonElement body) =>
        body.At("id")?.GetString() is { } id && body.At("status")?.GetString() is { } status
            ? new CheckoutSession(id, body.At("url")?.GetString(), status, body.At("payment_status")?.GetString() ?? "", body.At("payment_intent")?.GetString(),
                body.At("client_reference_id")?.GetString())
            : null;
}

/// <param name="Status">requires_payment_method, requires_confirmation, requires_action, processing, requires_capture, succeeded or canceled.</param>
public sealed record PaymentIntent(string Id, string Status, long Amount, long AmountReceived, string Currency, string? Reference)
{
    public static PaymentIntent? Read(JsonElement body) =>
        body.At("id")?.GetString() is { } id && body.At("status")?.GetString() is { } status
            ? new PaymentIntent(id, status, Number(body, "amount"), Number(body, "amount_received"), body.At("currency")?.GetString() ?? "", body.At("metadata", "reference")?.GetString())
            : null;

    private static long Number(JsonElement body, string name) => body.At(name) is { ValueKind: JsonValueKind.Number } number ? number.GetInt64() : 0;
}

/// <summary>The operations of Stripe that the modules use. Answers are told as they came: what an outcome means is the saga's matter.</summary>
public sealed class StripeClient(ConnectorSet connectors)
{
    private Connector Stripe => connectors[StripeVendor.Word];

    public Task<VendorAnswer> CreateSessionAsync(CheckoutRequest request, string key, CancellationToken stop) => PostAsync("create-session", "/checkout/sessions", key,
    [
        ("mode", "payment"),
        ("client_reference_id", request.Reference),
        ("customer_email", request.Email),
        ("success_url", request.SuccessUrl),
        ("cancel_url", request.CancelUrl),
        ("expires_at", request.ExpiresAt.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture)),
        ("line_items[0][quantity]", "1"),
        ("line_items[0][price_data][currency]", request.Currency.ToLowerInvariant()),
        ("line_items[0][price_data][unit_amount]", request.Amount.ToString(CultureInfo.InvariantCulture)),
        ("line_items[0][price_data][product_data][name]", request.Title),
        ("metadata[reference]", request.Reference),
        ("payment_intent_data[metadata][reference]", request.Reference),
        ("payment_intent_data[capture_method]", request.CaptureLater ? "manual" : "automatic"),
    ], stop);

    public Task<VendorAnswer> SessionAsync(string id, CancellationToken stop) => GetAsync("session", $"/checkout/sessions/{Uri.EscapeDataString(id)}", stop);

    /// <summary>Closes an open session: nobody can pay it any more.</summary>
    public Task<VendorAnswer> ExpireSessionAsync(string id, string key, CancellationToken stop) =>
        PostAsync("expire-session", $"/checkout/sessions/{Uri.EscapeDataString(id)}/expire", key, [], stop);

    public Task<VendorAnswer> IntentAsync(string id, CancellationToken stop) => GetAsync("intent", $"/payment_intents/{Uri.EscapeDataString(id)}", stop);

    public Task<VendorAnswer> CaptureAsync(string intent, long amount, string key, CancellationToken stop) =>
        PostAsync("capture-intent", $"/payment_intents/{Uri.EscapeDataString(intent)}/capture", key, [("amount_to_capture", amount.ToString(CultureInfo.InvariantCulture))], stop);

    /// <summary>Lets an authorised card go: no money moves.</summary>
    public Task<VendorAnswer> CancelAsync(string intent, string key, CancellationToken stop) =>
        PostAsync("cancel-intent", $"/payment_intents/{Uri.EscapeDataString(intent)}/cancel", key, [("cancellation_reason", "abandoned")], stop);

    public Task<VendorAnswer> RefundAsync(string intent, long amount, string reference, string key, CancellationToken stop) =>
        PostAsync("create-refund", "/refunds", key,
            [("payment_intent", intent), ("amount", amount.ToString(CultureInfo.InvariantCulture)), ("reason", "requested_by_customer"), ("metadata[reference]", reference)], stop);

    /// <summary>Refunds of a payment, newest first.</summary>
    public Task<VendorAnswer> RefundsAsync(string intent, CancellationToken stop) => GetAsync("refunds", $"/refunds?payment_intent={Uri.EscapeDataString(intent)}&limit=100", stop);

    private Task<VendorAnswer> GetAsync(string operation, string path, CancellationToken stop) => Stripe.CallAsync(VendorCall.Get(operation, path), stop);

    private Task<VendorAnswer> PostAsync(string operation, string path, string key, (string Name, string? Value)[] fields, CancellationToken stop) =>
        Stripe.CallAsync(VendorCall.Form(operation, CallKind.Write, HttpMethod.Post, path, fields) with { Key = key, Headers = [("Idempotency-Key", key)] }, stop);
}
