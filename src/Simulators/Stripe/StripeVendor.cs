using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Rialto.Simulators.Machinery;

namespace Rialto.Simulators.Stripe;

/// <summary>
/// Cards: Checkout Sessions, PaymentIntents with manual capture, refunds, disputes, events and signed webhooks. Bodies in are forms with
/// bracketed names; an Idempotency-Key's first answer is told again, a 500 included.
/// </summary>
internal sealed partial class StripeVendor : Vendor
{
    public const string Word = "stripe";
    public const string ApiKey = "sk_test_simulated";
    public const string WebhookSecret = "whsec_simulated";

    private static readonly JsonSerializerOptions Wire = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    private readonly Table<Session> sessions;
    private readonly Table<Intent> intents;
    private readonly Table<Refund> refunds;
    private readonly Table<Dispute> disputes;
    private readonly Table<Event> events;
    private readonly Table<RememberedAnswer> answers;
    private StripeOptions options = new();
    private DateTimeOffset nextDue = DateTimeOffset.MinValue;

    public StripeVendor(Simulation simulation)
        : base(simulation, Word)
    {
        sessions = Table<Session>("sessions", TableKind.Effect, row => row.Id);
        intents = Table<Intent>("paymentIntents", TableKind.Effect, row => row.Id);
        refunds = Table<Refund>("refunds", TableKind.Effect, row => row.Id);
        disputes = Table<Dispute>("disputes", TableKind.Effect, row => row.Id);
        events = Table<Event>("events", TableKind.Effect, row => row.Id);
        answers = Table<RememberedAnswer>("answers", TableKind.Seed, row => row.Key);
        MapSessions();
        MapIntents();
    }

    public override IReadOnlyDictionary<string, string> Credentials { get; } = new Dictionary<string, string>
    {
        ["stripe/key"] = ApiKey, ["stripe/webhook"] = WebhookSecret,
    };

    public override object Options => options;

    public override void Configure(JsonElement patch) => options = Merge(options, patch);

    public override void Seed()
    {
    }

    public override Reply Refuse(int status, string message) => Error(status, status switch
    {
        429 => "rate_limit_error",
        >= 500 => "api_error",
        _ => "invalid_request_error",
    }, null, message);

    public override Reply? Authorize(Request request) =>
        request.Operation is "checkout-page" or "checkout-pay" || request.Header("Authorization") == "Bearer " + ApiKey ? null : Error(401, "invalid_request_error", null, "Invalid API Key provided.");

    public override Reply? Remembered(Request request)
    {
        if (request.Method != "POST" || request.Header("Idempotency-Key") is not { } key || answers.Find(key) is not { } known || known.At.AddHours(options.KeyLifeHours) < Now)
            return null;
        return known.Digest == Digest(request)
            ? new Reply(known.Status, Encoding.UTF8.GetBytes(known.Body), "application/json")
            : Error(400, "idempotency_error", null, "Keys for idempotent requests can only be used with the same parameters they were first used with.");
    }

    public override void Remember(Request request, Reply reply)
    {
        // What failed before it began to run is not remembered.
        if (request.Method != "POST" || request.Header("Idempotency-Key") is not { } key || reply.Status is 400 or 401 or 404 or 409 or 429)
            return;
        lock (Gate)
        {
            if (answers.Find(key) is not { } known || known.At.AddHours(options.KeyLifeHours) < Now)
                answers.Put(new RememberedAnswer(key, Digest(request), reply.Status, Encoding.UTF8.GetString(reply.Body), Now));
        }
    }

    public override IEnumerable<(string Name, string Value)> Sign(string body, string? secret, bool forged)
    {
        var at = Now.ToUnixTimeSeconds();
        var key = Encoding.UTF8.GetBytes((secret ?? WebhookSecret) + (forged ? "forged" : ""));
        var signature = Convert.ToHexStringLower(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes($"{at}.{body}")));
        yield return ("Stripe-Signature", $"t={at},v1={signature}");
    }

    public override void Tick(DateTimeOffset now)
    {
        if (now < nextDue)
            return;
        foreach (var session in sessions.Rows.Where(session => session.Status == "open" && session.ExpiresAt <= now).ToArray())
            Expire(session);
        foreach (var intent in intents.Rows.Where(intent => intent.Status == "requires_capture" && intent.AuthorisedUntil <= now).ToArray())
            Change(intent with { Status = "canceled", AmountCapturable = 0, CancellationReason = "automatic" }, "payment_intent.canceled");
        nextDue = DateTimeOffset.MaxValue;
        foreach (var session in sessions.Rows.Where(session => session.Status == "open"))
            Await(session.ExpiresAt);
        foreach (var intent in intents.Rows.Where(intent => intent.Status == "requires_capture"))
            Await(intent.AuthorisedUntil!.Value);
    }

    /// <summary>Something falls due at that time. All rows are looked at only when the earliest of these has come.</summary>
    private void Await(DateTimeOffset due) => nextDue = due < nextDue ? due : nextDue;

    public override void MapControl(IEndpointRouteBuilder routes, string prefix)
    {
        routes.MapPost($"{prefix}/sessions/{{id}}/pay", context => Control.Take(context, this, body =>
        {
            lock (Gate)
            {
                var id = context.Request.RouteValues["id"]?.ToString();
                var session = sessions.Find(id) ?? sessions.Rows.LastOrDefault(row => row.ClientReferenceId == id) ?? throw new JsonException("There is no such session.");
                return Pay(session, body.ValueKind == JsonValueKind.Object && body.TryGetProperty("card", out var card) ? card.GetString()! : "visa");
            }
        }));
        routes.MapPost($"{prefix}/disputes", context => Control.Take(context, this, body =>
        {
            lock (Gate)
            {
                var intent = intents.Find(body.GetProperty("paymentIntent").GetString()) ?? throw new JsonException("There is no such payment intent.");
                var dispute = disputes.Put(new Dispute(NewId("dp"), intent.Id, intent.AmountReceived, intent.Currency, "needs_response", "fraudulent", Now));
                Raise("charge.dispute.created", new
                {
                    dispute.Id, @object = "dispute", dispute.Amount, dispute.Currency, dispute.Status, dispute.Reason, payment_intent = dispute.PaymentIntent,
                    charge = intent.LatestCharge, created = dispute.Created.ToUnixTimeSeconds(),
                });
                return dispute;
            }
        }));
    }

    private static Reply Answer(object body) => Reply.Json(200, body, Wire);

    private static Reply Error(int status, string type, string? code, string message, string? param = null, string? declineCode = null) =>
        Reply.Json(status, new { error = new { type, code, decline_code = declineCode, message, param } }, Wire);

    private static Reply Missing(string what, string id) => Error(404, "invalid_request_error", "resource_missing", $"No such {what}: '{id}'", "id");

    private static string Digest(Request request) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(request.Path + "\n" + request.Text)));

    private static string NewId(string prefix) => $"{prefix}_{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(12))}";

    private static IReadOnlyDictionary<string, string> Nested(Request request, string name) => request.Form
        .Where(pair => pair.Key.StartsWith(name + "[", StringComparison.Ordinal) && pair.Key.EndsWith(']'))
        .ToDictionary(pair => pair.Key[(name.Length + 1)..^1], pair => pair.Value);

    private void Raise(string type, object @object)
    {
        var row = events.Put(new Event(NewId("evt"), events.Count + 1, type, Now, JsonSerializer.SerializeToElement(@object, Wire)));
        Webhooks.Raise(type, JsonSerializer.Serialize(View(row), Wire));
    }

    private object View(Event row) => new
    {
        row.Id, @object = "event", api_version = options.ApiVersion, created = row.Created.ToUnixTimeSeconds(), livemode = false, row.Type,
        data = new { @object = row.Object }, pending_webhooks = 1, request = new { id = (string?)null, idempotency_key = (string?)null },
    };
}
