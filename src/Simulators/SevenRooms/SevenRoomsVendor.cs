using System.Security.Cryptography;
using System.Text.Json;
using Rialto.Simulators.Machinery;

namespace Rialto.Simulators.SevenRooms;

/// <summary>
/// The booking vendor: <c>/2_4</c>, form-encoded writes, a bare token in the header, an envelope whose status repeats the HTTP one. No
/// idempotency key: the same booking sent twice makes two reservations, unless the option says otherwise.
/// </summary>
internal sealed partial class SevenRoomsVendor : Vendor
{
    public const string Word = "sevenrooms";
    public const string ClientId = "rialto-simulated-client";
    public const string ClientSecret = "simulated-client-secret";

    /// <summary>This vendor signs nothing: the address of its events holds a secret.</summary>
    public const string WebhookSecret = "simulated-seat-address";

    private static readonly JsonSerializerOptions Wire = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    private readonly Table<Venue> venues;
    private readonly Table<Reservation> reservations;
    private readonly Table<Client> clients;
    private readonly Table<Hold> holds;
    private readonly Dictionary<string, DateTimeOffset> tokens = [];
    private readonly Dictionary<(string Venue, string Date), List<string>> byDay = [];
    private SevenRoomsOptions options = new();

    public SevenRoomsVendor(Simulation simulation)
        : base(simulation, Word)
    {
        venues = Table<Venue>("venues", TableKind.Seed, row => row.Id);
        reservations = Table<Reservation>("reservations", TableKind.Effect, row => row.Id);
        clients = Table<Client>("clients", TableKind.Effect, row => row.Id);
        holds = Table<Hold>("holds", TableKind.Effect, row => row.Id);
        foreach (var row in reservations.Rows)
            Index(row);

        On("POST", "/2_4/auth", "auth", OperationKind.Read, Authenticate);
        On("GET", "/2_4/venues", "venues", OperationKind.Read, ListVenues);
        On("GET", "/2_4/venues/{venueId}/availability", "availability", OperationKind.Read, Availability);
        On("PUT", "/2_4/venues/{venueId}/book", "book", OperationKind.Write, Book, request => request.Field("external_id"));
        On("GET", "/2_4/reservations", "reservations", OperationKind.Read, Find);
        On("POST", "/2_4/reservations/{reservationId}/cancel", "cancel", OperationKind.Write, Cancel,
            request => reservations.Find(request.Route("reservationId"))?.ExternalId);
        On("GET", "/2_4/clients/{clientId}", "client", OperationKind.Read, GetClient);
        On("POST", "/api-yoa/dining/hold/add", "hold", OperationKind.Write, AddHold);
    }

    public override IReadOnlyDictionary<string, string> Credentials { get; } = new Dictionary<string, string>
    {
        ["sevenrooms/client-id"] = ClientId, ["sevenrooms/client-secret"] = ClientSecret, ["sevenrooms/webhook"] = WebhookSecret,
    };

    public override object Options => options;

    public override void Configure(JsonElement patch) => options = Merge(options, patch);

    public override void Seed()
    {
        byDay.Clear();
        foreach (var venue in SevenRoomsSeed.Venues())
            venues.Put(venue);
    }

    public override Reply Refuse(int status, string message) => Reply.Json(status, new { status, msg = message, data = (object?)null }, Wire);

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
        if (request.Operation is "auth" or "hold")
            return null;
        var token = request.Header("Authorization") ?? request.Header("X-7rooms-Authorization");
        return token is not null && tokens.TryGetValue(token, out var until) && until > Now ? null : Refuse(401, "Token is not valid");
    }

    public override void Tick(DateTimeOffset now)
    {
        foreach (var hold in holds.Rows.Where(hold => hold.Until <= now).ToArray())
            holds.Remove(hold.Id);
        if (options.RequestDecisionSeconds <= 0)
            return;
        foreach (var row in reservations.Rows.Where(row => row.Status == "REQUESTED" && row.Created.AddSeconds(options.RequestDecisionSeconds) <= now).ToArray())
            Change(row with { Status = "CONFIRMED" }, "updated");
    }

    /// <summary>What a host at the venue does: approve or decline a request, mark arrived, cancel.</summary>
    public override void MapControl(IEndpointRouteBuilder routes, string prefix) =>
        routes.MapPost($"{prefix}/reservations/{{id}}/status", context => Control.Take(context, this, body =>
        {
            lock (Gate)
            {
                var id = context.Request.RouteValues["id"]?.ToString();
                var row = reservations.Find(id) ?? reservations.Rows.LastOrDefault(row => row.ExternalId == id || row.ReferenceCode == id)
                    ?? throw new JsonException("There is no such reservation.");
                return Change(row with { Status = body.GetProperty("status").GetString()! }, "updated");
            }
        }));

    private Reply Answer(object data) => Reply.Json(200, new { status = 200, msg = "", data }, Wire);

    private Reply Authenticate(Request request)
    {
        if (!request.IsForm || request.Field("client_id") != ClientId || request.Field("client_secret") != ClientSecret)
            return Refuse(401, "Invalid client credentials");
        var token = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(64));
        tokens[token] = Now.AddSeconds(options.TokenLifeSeconds);
        return Reply.Json(200, new { status = 200, msg = "Successfully authenticated", data = new { token } }, Wire);
    }

    private Reservation Change(Reservation row, string eventType)
    {
        var changed = reservations.Put(row with { Updated = Now });
        var body = JsonSerializer.Serialize(
            new[] { new { entity_type = "reservation", event_type = eventType, entity = Entity(changed), updates = new { changed.Status } } }, Wire);
        Webhooks.Raise($"reservation.{eventType}", body);
        return changed;
    }

    private void Index(Reservation row)
    {
        if (!byDay.TryGetValue((row.VenueId, row.Date), out var list))
            byDay[(row.VenueId, row.Date)] = list = [];
        list.Add(row.Id);
    }
}
