using System.Globalization;
using System.Net;
using Rialto.Simulators.Machinery;

namespace Rialto.Simulators.Stripe;

/// <summary>Checkout Sessions and the page a person pays on.</summary>
internal sealed partial class StripeVendor
{
    private static readonly TimeSpan LifeMin = TimeSpan.FromMinutes(30);
    private static readonly TimeSpan LifeMax = TimeSpan.FromHours(24);

    private void MapSessions()
    {
        On("POST", "/v1/checkout/sessions", "create-session", OperationKind.Write, CreateSession, request => request.Field("client_reference_id"));
        On("GET", "/v1/checkout/sessions/{id}", "session", OperationKind.Read, request =>
            sessions.Find(request.Route("id")) is { } session ? Answer(View(session)) : Missing("checkout.session", request.Route("id")));
        On("GET", "/v1/checkout/sessions", "sessions", OperationKind.Read, ListSessions);
        On("POST", "/v1/checkout/sessions/{id}/expire", "expire-session", OperationKind.Write, ExpireSession,
            request => sessions.Find(request.Route("id"))?.ClientReferenceId);
        On("GET", "/pay/{id}", "checkout-page", OperationKind.Page, CheckoutPage);
        On("POST", "/pay/{id}", "checkout-pay", OperationKind.Page, CheckoutPay);
    }

    private Reply CreateSession(Request request)
    {
        if (request.Field("mode") != "payment")
            return Error(400, "invalid_request_error", "parameter_missing", "Missing required param: mode.", "mode");
        if (request.Field("success_url") is not { } success)
            return Error(400, "invalid_request_error", "parameter_missing", "Missing required param: success_url.", "success_url");
        long total = 0;
        string? currency = null;
        for (var line = 0; request.Field($"line_items[{line}][quantity]") is { } quantity; line++)
        {
            var price = $"line_items[{line}][price_data]";
            if (!long.TryParse(request.Field($"{price}[unit_amount]"), CultureInfo.InvariantCulture, out var unit) || unit < 0
                || !long.TryParse(quantity, CultureInfo.InvariantCulture, out var count) || count < 1 || request.Field($"{price}[currency]") is not { } one)
                return Error(400, "invalid_request_error", "parameter_invalid_integer", "Invalid line item.", $"line_items[{line}]");
            if (currency is not null && currency != one)
                return Error(400, "invalid_request_error", null, "All line items must have one currency.", "line_items");
            currency = one;
            total += unit * count;
        }
        if (currency is null || total <= 0)
            return Error(400, "invalid_request_error", "parameter_missing", "Missing required param: line_items.", "line_items");
        var expires = Now + LifeMax;
        if (request.Field("expires_at") is { } wanted)
        {
            if (!long.TryParse(wanted, CultureInfo.InvariantCulture, out var unix))
                return Error(400, "invalid_request_error", "parameter_invalid_integer", "Invalid integer: expires_at.", "expires_at");
            expires = DateTimeOffset.FromUnixTimeSeconds(unix);
            // Ten seconds of grace: the caller computed it a moment ago.
            if (expires < Now + LifeMin - TimeSpan.FromSeconds(10) || expires > Now + LifeMax + TimeSpan.FromSeconds(10))
                return Error(400, "invalid_request_error", null, "The `expires_at` timestamp must be between 30 minutes and 24 hours from now.", "expires_at");
        }
        Await(expires);
        return Answer(View(sessions.Put(new Session(
            NewId("cs_test"), "open", "unpaid", null, total, currency, expires, request.Field("client_reference_id"), request.Field("customer_email"), success,
            request.Field("cancel_url"), request.Field("payment_intent_data[capture_method]") ?? "automatic", request.Field("line_items[0][price_data][product_data][name]") ?? "Payment",
            Nested(request, "metadata"), Nested(request, "payment_intent_data[metadata]"), Now, request.BaseAddress))));
    }

    private Reply ListSessions(Request request)
    {
        var intent = request.Query("payment_intent");
        return Answer(new
        {
            @object = "list",
            url = "/v1/checkout/sessions",
            has_more = false,
            data = sessions.Rows.Where(session => intent is null || session.PaymentIntent == intent).Reverse().Take(100).Select(View),
        });
    }

    private Reply ExpireSession(Request request)
    {
        if (sessions.Find(request.Route("id")) is not { } session)
            return Missing("checkout.session", request.Route("id"));
        return session.Status == "open"
            ? Answer(View(Expire(session)))
            : Error(400, "invalid_request_error", null, $"Only Checkout Sessions with a status in [\"open\"] can be expired. This one is {session.Status}.");
    }

    private Session Expire(Session session)
    {
        var expired = sessions.Put(session with { Status = "expired" });
        Raise("checkout.session.expired", View(expired));
        return expired;
    }

    /// <summary>A person pays an open session with a good card (visa) or a bad one (declined).</summary>
    private Session Pay(Session session, string card)
    {
        if (session.Status != "open")
            return session;
        var manual = session.CaptureMethod == "manual";
        var metadata = session.IntentMetadata.Count > 0 ? session.IntentMetadata : session.Metadata;
        var intent = new Intent(NewId("pi"), "requires_payment_method", session.AmountTotal, 0, 0, 0, session.Currency, session.CaptureMethod, null, null, null, null,
            session.CustomerEmail, metadata, Now, null, session.Id);
        if (card == "declined")
        {
            Change(intent with { FailureCode = "card_declined", DeclineCode = "insufficient_funds" }, "payment_intent.payment_failed");
            return session;
        }
        intent = Authorise(intent);
        var paid = sessions.Put(session with { Status = "complete", PaymentStatus = manual ? "unpaid" : "paid", PaymentIntent = intent.Id });
        Raise("checkout.session.completed", View(paid));
        return paid;
    }

    private Reply CheckoutPage(Request request)
    {
        if (sessions.Find(request.Route("id")) is not { } session)
            return Reply.Html(404, CheckoutHtml("Not found", "<p>This payment page does not exist.</p>"));
        if (session.Status != "open")
            return Reply.Html(200, CheckoutHtml("Closed", $"<p>This payment is {WebUtility.HtmlEncode(session.Status)}.</p>"));
        var amount = Currencies.Text(session.AmountTotal, session.Currency);
        var declined = request.Query("declined") is null ? "" : "<p role=alert><b>Your card was declined.</b> Try another one.</p>";
        return Reply.Html(200, CheckoutHtml(session.Title,
            $"<h1>{WebUtility.HtmlEncode(session.Title)}</h1><p class=sum>{amount}</p>{declined}<form method=post>"
            + "<label><input type=radio name=card value=visa checked> Visa ending 4242</label><label><input type=radio name=card value=declined> Visa ending 0002, declined</label>"
            + "<button name=do value=pay>Pay</button> <button name=do value=back class=plain>Back</button></form><p>A simulated card page. No card is charged.</p>"));
    }

    private Reply CheckoutPay(Request request)
    {
        if (sessions.Find(request.Route("id")) is not { } session)
            return Missing("checkout.session", request.Route("id"));
        if (request.Field("do") == "back")
            return Reply.RedirectTo(session.CancelUrl ?? session.SuccessUrl);
        var paid = Pay(session, request.Field("card") ?? "visa");
        return paid.Status == "complete"
            ? Reply.RedirectTo(session.SuccessUrl.Replace("{CHECKOUT_SESSION_ID}", session.Id, StringComparison.Ordinal))
            : Reply.RedirectTo($"/pay/{session.Id}?declined=1");
    }

    private object View(Session session) => new
    {
        session.Id,
        @object = "checkout.session",
        url = session.Status == "open" ? $"{session.BaseAddress}/pay/{session.Id}" : null,
        session.Status,
        payment_status = session.PaymentStatus,
        payment_intent = session.PaymentIntent,
        mode = "payment",
        amount_total = session.AmountTotal,
        session.Currency,
        expires_at = session.ExpiresAt.ToUnixTimeSeconds(),
        created = session.Created.ToUnixTimeSeconds(),
        client_reference_id = session.ClientReferenceId,
        customer_email = session.CustomerEmail,
        success_url = session.SuccessUrl,
        cancel_url = session.CancelUrl,
        metadata = session.Metadata,
        livemode = false,
    };

    private static string CheckoutHtml(string title, string body) =>
        $"<!doctype html><html lang=en><meta charset=utf-8><meta name=viewport content=\"width=device-width\"><title>{WebUtility.HtmlEncode(title)}</title><style>"
        + "body{font:17px/1.5 system-ui;margin:10vh auto;max-width:26rem;padding:0 1rem}.sum{font-size:2rem;margin:.5rem 0}label{display:block;padding:.75rem 0}"
        + "button{font:inherit;padding:.7rem 1.6rem;border:0;border-radius:6px;background:#222;color:#fff}.plain{background:#eee;color:#222}</style>" + body;
}
