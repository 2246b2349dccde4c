using System.Globalization;
using Rialto.Simulators.Machinery;

namespace Rialto.Simulators.Stripe;

/// <summary>PaymentIntents, refunds and events.</summary>
internal sealed partial class StripeVendor
{
    private void MapIntents()
    {
        On("POST", "/v1/payment_intents", "create-intent", OperationKind.Write, CreateIntent, Key);
        On("GET", "/v1/payment_intents/{id}", "intent", OperationKind.Read, request =>
            intents.Find(request.Route("id")) is { } intent ? Answer(View(intent)) : Missing("payment_intent", request.Route("id")));
        On("POST", "/v1/payment_intents/{id}/confirm", "confirm-intent", OperationKind.Write, ConfirmIntent, Key);
        On("POST", "/v1/payment_intents/{id}/capture", "capture-intent", OperationKind.Write, CaptureIntent, Key);
        On("POST", "/v1/payment_intents/{id}/cancel", "cancel-intent", OperationKind.Write, CancelIntent, Key);
        On("POST", "/v1/refunds", "create-refund", OperationKind.Write, CreateRefund, Key);
        On("GET", "/v1/refunds", "refunds", OperationKind.Read, request => Answer(new
        {
            @object = "list", has_more = false,
            data = refunds.Rows.Where(refund => request.Query("payment_intent") is not { } intent || refund.PaymentIntent == intent).Reverse().Take(100).Select(View),
        }));
        On("GET", "/v1/refunds/{id}", "refund", OperationKind.Read, request =>
            refunds.Find(request.Route("id")) is { } refund ? Answer(View(refund)) : Missing("refund", request.Route("id")));
        On("GET", "/v1/events", "events", OperationKind.Read, ListEvents);
        On("GET", "/v1/events/{id}", "event", OperationKind.Read, request =>
            events.Find(request.Route("id")) is { } row ? Answer(View(row)) : Missing("event", request.Route("id")));
    }

    private static string? Key(Request request) => request.Header("Idempotency-Key");

    private Reply CreateIntent(Request request)
    {
        if (!long.TryParse(request.Field("amount"), CultureInfo.InvariantCulture, out var amount) || amount < 1)
            return Error(400, "invalid_request_error", "parameter_invalid_integer", "Invalid integer: amount.", "amount");
        if (request.Field("currency") is not { Length: 3 } currency)
            return Error(400, "invalid_request_error", "parameter_missing", "Missing required param: currency.", "currency");
        var intent = new Intent(NewId("pi"), "requires_payment_method", amount, 0, 0, 0, currency, request.Field("capture_method") ?? "automatic", null, null, null, null,
            request.Field("receipt_email"), Nested(request, "metadata"), Now, null);
        intents.Put(intent);
        return request.Field("confirm") == "true" ? Confirm(intent, request) : Answer(View(intent));
    }

    private Reply ConfirmIntent(Request request)
    {
        if (intents.Find(request.Route("id")) is not { } intent)
            return Missing("payment_intent", request.Route("id"));
        return intent.Status is "requires_payment_method" or "requires_confirmation" or "requires_action" ? Confirm(intent, request) : Unexpected(intent, "confirm");
    }

    private Reply Confirm(Intent intent, Request request)
    {
        var card = request.Field("payment_method") ?? request.Field("confirmation_token") ?? "pm_card_visa";
        if (card.Contains("threeDSecure", StringComparison.OrdinalIgnoreCase))
            return Answer(View(Change(intent with { Status = "requires_action" }, "payment_intent.requires_action")));
        if (!card.Contains("Declined", StringComparison.OrdinalIgnoreCase))
            return Answer(View(Authorise(intent)));
        Change(intent with { Status = "requires_payment_method", FailureCode = "card_declined", DeclineCode = "generic_decline" }, "payment_intent.payment_failed");
        return Error(402, "card_error", "card_declined", "Your card was declined.", null, "generic_decline");
    }

    private Intent Authorise(Intent intent) => intent.CaptureMethod == "manual"
        ? Change(intent with { Status = "requires_capture", AmountCapturable = intent.Amount, LatestCharge = NewId("ch"), AuthorisedUntil = Now.AddDays(options.AuthorisationDays) },
            "payment_intent.amount_capturable_updated")
        : Change(intent with { Status = "succeeded", AmountReceived = intent.Amount, LatestCharge = NewId("ch") }, "payment_intent.succeeded");

    private Reply CaptureIntent(Request request)
    {
        if (intents.Find(request.Route("id")) is not { } intent)
            return Missing("payment_intent", request.Route("id"));
        if (intent.Status != "requires_capture")
            return Unexpected(intent, "capture");
        var amount = long.TryParse(request.Field("amount_to_capture"), CultureInfo.InvariantCulture, out var part) ? part : intent.AmountCapturable;
        if (amount < 1 || amount > intent.AmountCapturable)
            return Error(400, "invalid_request_error", "amount_too_large", "The amount to capture is too large.", "amount_to_capture");
        var captured = Change(intent with { Status = "succeeded", AmountReceived = amount, AmountCapturable = 0 }, "payment_intent.succeeded");
        if (captured.Session is { } id && sessions.Find(id) is { } session)
            sessions.Put(session with { PaymentStatus = "paid" });
        return Answer(View(captured));
    }

    private Reply CancelIntent(Request request)
    {
        if (intents.Find(request.Route("id")) is not { } intent)
            return Missing("payment_intent", request.Route("id"));
        if (intent.Status is "succeeded" or "canceled")
            return Unexpected(intent, "cancel");
        return Answer(View(Change(intent with { Status = "canceled", AmountCapturable = 0, CancellationReason = request.Field("cancellation_reason") }, "payment_intent.canceled")));
    }

    private Reply CreateRefund(Request request)
    {
        if (intents.Find(request.Field("payment_intent")) is not { } intent)
            return Missing("payment_intent", request.Field("payment_intent") ?? "");
        if (intent.Status != "succeeded")
            return Error(400, "invalid_request_error", "charge_not_captured", "This PaymentIntent has no captured charge.");
        var left = intent.AmountReceived - intent.AmountRefunded;
        var amount = long.TryParse(request.Field("amount"), CultureInfo.InvariantCulture, out var part) ? part : left;
        if (left == 0)
            return Error(400, "invalid_request_error", "charge_already_refunded", "The charge has already been refunded.");
        if (amount < 1 || amount > left)
            return Error(400, "invalid_request_error", "amount_too_large", "The refund is greater than what is left.", "amount");
        var refund = refunds.Put(new Refund(NewId("re"), intent.Id, intent.LatestCharge, amount, intent.Currency, "succeeded", request.Field("reason"), Nested(request, "metadata"), Now));
        var changed = intents.Put(intent with { AmountRefunded = intent.AmountRefunded + amount });
        Raise("refund.created", View(refund));
        Raise("charge.refunded", Charge(changed));
        return Answer(View(refund));
    }

    private Reply ListEvents(Request request)
    {
        // Newest first; ending_before asks for what came after an event the caller knows.
        var after = request.Query("ending_before") is { } known && events.Find(known) is { } row ? row.Number : 0;
        var types = request.Query("types[]") ?? request.Query("type");
        var limit = int.TryParse(request.Query("limit"), out var wanted) ? Math.Clamp(wanted, 1, 100) : 10;
        var found = events.Rows.Where(one => one.Number > after && (types is null || one.Type == types)).OrderBy(one => one.Number).ToList();
        var page = after > 0 ? found.Take(limit).Reverse() : Enumerable.Reverse(found).Take(limit);
        return Answer(new { @object = "list", url = "/v1/events", has_more = found.Count > limit, data = page.Select(View) });
    }

    private Intent Change(Intent intent, string eventType)
    {
        intents.Put(intent);
        if (intent is { Status: "requires_capture", AuthorisedUntil: { } until })
            Await(until);
        Raise(eventType, View(intent));
        return intent;
    }

    private static Reply Unexpected(Intent intent, string action) => Error(400, "invalid_request_error", "payment_intent_unexpected_state",
        $"You cannot {action} this PaymentIntent because it has a status of {intent.Status}.");

    private static object View(Intent intent) => new
    {
        intent.Id,
        @object = "payment_intent",
        intent.Amount,
        amount_capturable = intent.AmountCapturable,
        amount_received = intent.AmountReceived,
        intent.Currency,
        intent.Status,
        capture_method = intent.CaptureMethod,
        client_secret = $"{intent.Id}_secret_simulated",
        latest_charge = intent.LatestCharge,
        cancellation_reason = intent.CancellationReason,
        receipt_email = intent.ReceiptEmail,
        last_payment_error = intent.FailureCode is null ? null : new { type = "card_error", code = intent.FailureCode, decline_code = intent.DeclineCode, message = "Your card was declined." },
        next_action = intent.Status == "requires_action" ? new { type = "use_stripe_sdk" } : null,
        metadata = intent.Metadata,
        created = intent.Created.ToUnixTimeSeconds(),
        livemode = false,
    };

    private static object View(Refund refund) => new
    {
        refund.Id, @object = "refund", refund.Amount, refund.Currency, refund.Status, refund.Reason, payment_intent = refund.PaymentIntent, refund.Charge,
        metadata = refund.Metadata, created = refund.Created.ToUnixTimeSeconds(),
    };

    private static object Charge(Intent intent) => new
    {
        id = intent.LatestCharge, @object = "charge", intent.Amount, amount_captured = intent.AmountReceived, amount_refunded = intent.AmountRefunded, intent.Currency,
        refunded = intent.AmountRefunded == intent.AmountReceived, payment_intent = intent.Id, metadata = intent.Metadata,
    };
}
