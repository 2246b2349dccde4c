using System.Text.Json;
using Rialto.Platform.Connectors;
using Rialto.Platform.Secrets;
using Rialto.Simulators.SevenRooms;

namespace Rialto.Platform.Tests.Connectors;

/// <summary>A vendor with a token, an envelope and form bodies.</summary>
internal sealed class SeatVendor : Vendor
{
    public override string Name => "seats";

    public override ConnectorSettings Initial => new()
    {
        BaseUrl = "simulator:sevenrooms/2_4",
        TimeoutMs = 400,
        Secrets = new Dictionary<string, string> { ["clientId"] = "secret:seats/client-id", ["clientSecret"] = "secret:seats/client-secret" },
    };

    public override bool UsesToken => true;

    public override VendorCall Probe => VendorCall.Get("venues", "/venues");

    public override VendorCall TokenCall(ConnectorSettings settings, IReadOnlyDictionary<string, SecretText> secrets) =>
        VendorCall.Form("auth", CallKind.Read, HttpMethod.Post, "/auth", [("client_id", secrets["clientId"].Reveal()), ("client_secret", secrets["clientSecret"].Reveal())]);

    public override IssuedToken? ReadToken(JsonElement body) => body.At("data", "token") is { } token ? new IssuedToken(token.GetString()!, null) : null;

    public override void Authorize(HttpRequestMessage request, ConnectorSettings settings, IReadOnlyDictionary<string, SecretText> secrets, string? token)
    {
        if (token is not null) request.Headers.TryAddWithoutValidation("Authorization", token);
    }

    public override (int Status, string? Reason) Judge(int httpStatus, JsonElement body) =>
        (body.At("status") is { ValueKind: JsonValueKind.Number } status ? status.GetInt32() : httpStatus, body.At("msg")?.GetString());

    public static VendorCall Book(string key, string time) =>
        VendorCall.Form("book", CallKind.Write, HttpMethod.Put, $"/venues/{SevenRoomsSeed.Id("Venue", "verlaine")}/book",
        [
            ("date", "2026-11-24"), ("time", time), ("party_size", "2"), ("first_name", "Jun"), ("last_name", "Watanabe"), ("phone", "1"), ("external_id", key),
        ]) with { Key = key };
}

/// <summary>A vendor with a key in every call, whose writes may have no body.</summary>
internal sealed class CardVendor : Vendor
{
    public override string Name => "cards";

    public override ConnectorSettings Initial => new()
    {
        BaseUrl = "simulator:stripe/v1", TimeoutMs = 400, Secrets = new Dictionary<string, string> { ["key"] = "secret:cards/key" },
    };

    public override VendorCall Probe => VendorCall.Get("events", "/events?limit=1");

    public override void Authorize(HttpRequestMessage request, ConnectorSettings settings, IReadOnlyDictionary<string, SecretText> secrets, string? token) =>
        request.Headers.TryAddWithoutValidation("Authorization", "Bearer " + secrets["key"].Reveal());
}
