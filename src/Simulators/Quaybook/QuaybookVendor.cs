using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Rialto.Simulators.Machinery;

namespace Rialto.Simulators.Quaybook;

/// <summary>
/// A second booking vendor, invented to differ from the first in everything: OAuth 2 client credentials, JSON both ways, number ids,
/// instants in UTC, plain HTTP statuses without an envelope, a native idempotency key, signed webhooks of one object each.
/// </summary>
internal sealed partial class QuaybookVendor : Vendor
{
    public const string Word = "quaybook";
    public const string ClientId = "rialto";
    public const string ClientSecret = "simulated-quay-secret";
    public const string WebhookSecret = "simulated-quay-webhook";

    private static readonly JsonSerializerOptions Wire = new(JsonSerializerDefaults.Web);

    private readonly Table<Place> places;
    private readonly Table<Booking> bookings;
    private readonly Table<RememberedAnswer> answers;
    private readonly Dictionary<string, DateTimeOffset> tokens = [];
    private readonly Dictionary<(int Place, DateTimeOffset StartsAt), List<int>> bySlot = [];
    private QuaybookOptions options = new();

    public QuaybookVendor(Simulation simulation)
        : base(simulation, Word)
    {
        places = Table<Place>("places", TableKind.Seed, row => row.Id.ToString());
        bookings = Table<Booking>("bookings", TableKind.Effect, row => row.Id.ToString());
        answers = Table<RememberedAnswer>("answers", TableKind.Seed, row => row.Key);
        foreach (var row in bookings.Rows)
            Index(row);

        On("POST", "/oauth/token", "token", OperationKind.Read, Authenticate);
        On("GET", "/v1/places", "places", OperationKind.Read, ListPlaces);
        On("GET", "/v1/places/{placeId:int}/openings", "openings", OperationKind.Read, Openings);
        On("POST", "/v1/bookings", "create-booking", OperationKind.Write, Create, request => request.JsonText("merchantReference"));
        On("GET", "/v1/bookings", "find-bookings", OperationKind.Read, Find);
        On("GET", "/v1/bookings/{bookingId:int}", "booking", OperationKind.Read, Get);
        On("DELETE", "/v1/bookings/{bookingId:int}", "cancel-booking", OperationKind.Write, Cancel, request => bookings.Find(request.Route("bookingId"))?.MerchantReference);
    }

    public override IReadOnlyDictionary<string, string> Credentials { get; } = new Dictionary<string, string>
    {
        ["quaybook/client-id"] = ClientId, ["quaybook/client-secret"] = ClientSecret, ["quaybook/webhook"] = WebhookSecret,
    };

    public override object Options => options;

    public override void Configure(JsonElement patch) => options = Merge(options, patch);

    public override void Seed()
    {
        bySlot.Clear();
        places.Put(new Place(11, "onsen-atelier", "Onsen Atelier", "Asia/Tokyo", "01:00", 10, 60, 6));
        places.Put(new Place(12, "quay-one", "Quay One Sunset Sail", "Asia/Singapore", "09:00", 3, 60, 12));
        places.Put(new Place(13, "galleria-night", "Galleria Private View", "Europe/Rome", "17:00", 4, 30, 20, Mode: "on_request"));
        places.Put(new Place(14, "open-lawn", "Open Lawn Concert", "Europe/Rome", "16:00", 24, 15, 2_000));
    }

    public override Reply Refuse(int status, string message) => Error(status, status == 401 ? "invalid_token" : "refused", message);

    public override void ForgetTokens()
    {
        lock (Gate)
            tokens.Clear();
    }

    public override IReadOnlyCollection<string> Tokens
    {
        get
        {
            lock (Gate)
                return [.. tokens.Keys];
        }
    }

    public override Reply? Authorize(Request request)
    {
        if (request.Operation == "token")
            return null;
        var token = request.Header("Authorization") is { } header && header.StartsWith("Bearer ", StringComparison.Ordinal) ? header[7..] : "";
        return tokens.TryGetValue(token, out var until) && until > Now ? null : Error(401, "invalid_token", "The access token is missing or expired.");
    }

    public override Reply? Remembered(Request request)
    {
        if (request.Method != "POST" || request.Operation == "token" || request.Header("Idempotency-Key") is not { } key || answers.Find(key) is not { } known)
            return null;
        if (known.At.AddHours(options.KeyLifeHours) < Now)
            return null;
        return known.Digest == Digest(request)
            ? new Reply(known.Status, Encoding.UTF8.GetBytes(known.Body), "application/json; charset=utf-8")
            : Error(422, "idempotency_key_reused", "This key was used with another body.");
    }

    public override void Remember(Request request, Reply reply)
    {
        if (request.Method != "POST" || request.Operation == "token" || request.Header("Idempotency-Key") is not { } key || reply.Status is 401 or >= 500)
            return;
        lock (Gate)
        {
            if (answers.Find(key) is null)
                answers.Put(new RememberedAnswer(key, Digest(request), reply.Status, Encoding.UTF8.GetString(reply.Body), Now));
        }
    }

    public override IEnumerable<(string Name, string Value)> Sign(string body, string? secret, bool forged)
    {
        var key = Encoding.UTF8.GetBytes((secret ?? "") + (forged ? "forged" : ""));
        yield return ("Quay-Signature", "sha256=" + Convert.ToHexStringLower(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(body))));
    }

    public override void MapControl(IEndpointRouteBuilder routes, string prefix) =>
        routes.MapPost($"{prefix}/bookings/{{id}}/state", context => Control.Take(context, this, body =>
        {
            lock (Gate)
            {
                var id = context.Request.RouteValues["id"]?.ToString();
                var row = bookings.Find(id) ?? bookings.Rows.LastOrDefault(row => row.MerchantReference == id) ?? throw new JsonException("There is no such booking.");
                return Change(row with { State = body.GetProperty("state").GetString()! });
            }
        }));

    private static Reply Answer(int status, object? body) => Reply.Json(status, body, Wire);

    private static Reply Error(int status, string code, string detail) => Answer(status, new { errors = new[] { new { code, detail } } });

    private static string Digest(Request request) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(request.Method + request.Path + request.Text)));

    private Reply Authenticate(Request request)
    {
        var expected = "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{ClientId}:{ClientSecret}"));
        if (request.Header("Authorization") != expected || request.Field("grant_type") != "client_credentials")
            return Answer(401, new { error = "invalid_client" });
        var token = Convert.ToBase64String(RandomNumberGenerator.GetBytes(30)).Replace('+', '-').Replace('/', '_');
        tokens[token] = Now.AddSeconds(options.TokenLifeSeconds);
        return Answer(200, new { access_token = token, token_type = "Bearer", expires_in = options.TokenLifeSeconds });
    }

    private void Index(Booking row)
    {
        if (!bySlot.TryGetValue((row.PlaceId, row.StartsAt), out var list))
            bySlot[(row.PlaceId, row.StartsAt)] = list = [];
        list.Add(row.Id);
    }
}
