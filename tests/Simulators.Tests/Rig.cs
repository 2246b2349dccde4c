using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Rialto.Simulators.Machinery;
using Rialto.Simulators.Mail;
using Rialto.Simulators.Memberson;
using Rialto.Simulators.Quaybook;
using Rialto.Simulators.SevenRooms;
using Rialto.Simulators.Stripe;

namespace Rialto.Simulators.Tests;

/// <summary>All vendors on free ports, the clock standing still on a Saturday morning, and a caller who knows each one's manners.</summary>
public abstract class Rig : IAsyncLifetime
{
    protected static readonly DateTimeOffset Start = new(2026, 11, 21, 2, 0, 0, TimeSpan.Zero);

    private protected Simulation World { get; } = new(SimulationOptions.AllOnFreePorts);

    /// <summary>One pool of connections, so that a fault meets a warm connection as it would in life.</summary>
    protected HttpClient Http { get; } = new() { Timeout = TimeSpan.FromSeconds(60) };

    public async ValueTask InitializeAsync()
    {
        World.Clock.Set(Start, frozen: true);
        await World.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await World.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    protected string Url(string vendor) => World.Urls[vendor];

    protected async Task<JsonElement> Effects(string vendor) => await Http.GetFromJsonAsync<JsonElement>($"{Url(vendor)}/_sim/effects");

    protected async Task<int> Count(string vendor, string table) => (await Effects(vendor)).GetProperty(table).GetArrayLength();

    protected async Task SetFaults(string vendor, string json)
    {
        using var answer = await Http.PutAsync($"{Url("control")}/_sim/{vendor}/faults", Text(json));
        answer.StatusCode.ShouldBe(System.Net.HttpStatusCode.OK, await answer.Content.ReadAsStringAsync());
    }

    protected async Task Options(string vendor, string json)
    {
        using var answer = await Http.PutAsync($"{Url(vendor)}/_sim/options", Text(json));
        answer.StatusCode.ShouldBe(System.Net.HttpStatusCode.OK, await answer.Content.ReadAsStringAsync());
    }

    protected async Task<Told> Send(HttpMethod method, string url, HttpContent? body = null, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, url) { Content = body };
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        using var answer = await Http.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        return new Told((int)answer.StatusCode, text, answer.Headers);
    }

    protected static StringContent Text(string json) => new(json, Encoding.UTF8, "application/json");

    protected static FormUrlEncodedContent Form(params (string Name, string Value)[] fields) =>
        new(fields.Select(field => KeyValuePair.Create(field.Name, field.Value)));

    // Memberson

    protected async Task<string> ServiceToken() =>
        (await Send(HttpMethod.Post, $"{Url("memberson")}/api/user/authenticate",
            Text($$"""{"UserName":"{{MembersonVendor.ServiceUser}}","Password":"{{MembersonVendor.ServicePassword}}"}"""), ("SvcAuth", MembersonVendor.SvcAuth)))
        .Json.GetString()!;

    protected Task<Told> Memberson(HttpMethod method, string path, string token, string? json = null) =>
        Send(method, $"{Url("memberson")}/api{path}", json is null ? null : Text(json), ("SvcAuth", MembersonVendor.SvcAuth), ("Token", token));

    protected Task<Told> Redeem(string token, string receipt, double amount, string memberNo = "M1002") => Memberson(HttpMethod.Post, "/transaction/redeem-point", token,
        $$"""{"MemberNo":"{{memberNo}}","PointType":"Lumen Points","TransactionDate":"2026-11-21T10:00:00+08:00","Location":"APP","Amount":{{amount}},"RedemptionCode":"C-{{receipt}}","Description":"x","ReceiptNo":"{{receipt}}"}""");

    // SevenRooms

    protected static string Verlaine { get; } = SevenRoomsSeed.Id("Venue", "verlaine");

    protected async Task<string> SeatToken() =>
        (await Send(HttpMethod.Post, $"{Url("sevenrooms")}/2_4/auth", Form(("client_id", SevenRoomsVendor.ClientId), ("client_secret", SevenRoomsVendor.ClientSecret))))
        .Json.GetProperty("data").GetProperty("token").GetString()!;

    protected Task<Told> Book(string token, string externalId, int party = 2, string? venue = null, string time = "19:00", string date = "2026-11-24") =>
        Send(HttpMethod.Put, $"{Url("sevenrooms")}/2_4/venues/{venue ?? Verlaine}/book",
            Form(("date", date), ("time", time), ("party_size", $"{party}"), ("first_name", "Jun"), ("last_name", "Watanabe"), ("email", "jun@example.test"), ("external_id", externalId)),
            ("Authorization", token));

    // Quaybook

    protected async Task<string> QuayToken() =>
        (await Send(HttpMethod.Post, $"{Url("quaybook")}/oauth/token", Form(("grant_type", "client_credentials")),
            ("Authorization", "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{QuaybookVendor.ClientId}:{QuaybookVendor.ClientSecret}")))))
        .Json.GetProperty("access_token").GetString()!;

    // Stripe and mail

    protected Task<Told> Stripe(HttpMethod method, string path, string? key = null, params (string Name, string Value)[] fields) => Send(
        method, $"{Url("stripe")}/v1{path}", method == HttpMethod.Post ? Form(fields) : null,
        [("Authorization", "Bearer " + StripeVendor.ApiKey), .. key is null ? [] : new[] { ("Idempotency-Key", key) }]);

    protected Task<Told> OpenSession(string reference, string? key = null) => Stripe(HttpMethod.Post, "/checkout/sessions", key,
        ("mode", "payment"), ("success_url", "http://localhost/back?sid={CHECKOUT_SESSION_ID}"), ("cancel_url", "http://localhost/cancel"), ("client_reference_id", reference),
        ("line_items[0][quantity]", "2"), ("line_items[0][price_data][currency]", "sgd"), ("line_items[0][price_data][unit_amount]", "12500"),
        ("line_items[0][price_data][product_data][name]", "Sunset dinner"), ("payment_intent_data[capture_method]", "manual"), ("payment_intent_data[metadata][booking_id]", reference));

    protected Task<Told> Pay(string session, string card = "visa") => Send(HttpMethod.Post, $"{Url("stripe")}/_sim/sessions/{session}/pay", Text($$"""{"card":"{{card}}"}"""));

    protected Task<Told> Mail(string key, string subject = "Hello") => Send(HttpMethod.Post, $"{Url("mail")}/emails",
        Text($$"""{"from":"club@example.test","to":["jun@example.test"],"subject":"{{subject}}","text":"Body"}"""), ("Authorization", "Bearer " + MailVendor.ApiKey), ("Idempotency-Key", key));

    protected static async Task Eventually(Func<Task<bool>> condition, string what)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (!await condition())
        {
            deadline.IsCancellationRequested.ShouldBeFalse($"It never came true that {what}.");
            await Task.Delay(20);
        }
    }
}

/// <summary>An answer, read whole.</summary>
public sealed record Told(int Status, string Text, HttpResponseHeaders Headers)
{
    public JsonElement Json => JsonSerializer.Deserialize<JsonElement>(Text);

    public JsonElement At(params string[] path) => path.Aggregate(Json, (element, name) => element.GetProperty(name));
}
