using System.Text.Json;
using Rialto.Platform.Connectors;
using Rialto.Platform.Secrets;

namespace Rialto.Club.Vendors;

/// <summary>The CRM that owns members and points. SvcAuth is one opaque secret; the service's token is a bare JSON string.</summary>
internal sealed class MembersonVendor : Vendor
{
    public const string Word = "memberson";

    /// <summary>The life of the service's token is not documented; one integrator keeps it for an hour.</summary>
    private static readonly TimeSpan TokenLife = TimeSpan.FromMinutes(60);

    public override string Name => Word;

    public override ConnectorSettings Initial => new()
    {
        BaseUrl = "simulator:memberson/api",
        Secrets = new Dictionary<string, string> { ["svcAuth"] = "secret:memberson/svc-auth", ["user"] = "secret:memberson/user", ["password"] = "secret:memberson/password" },
        Values = new Dictionary<string, string> { ["location"] = "RIALTO" },
    };

    public override bool UsesToken => true;

    public override VendorCall Probe => VendorCall.Get("conversion-rate", "/type/conversion-rate");

    public override VendorCall TokenCall(ConnectorSettings settings, IReadOnlyDictionary<string, SecretText> secrets) =>
        VendorCall.Json("token", CallKind.Read, HttpMethod.Post, "/user/authenticate", new { UserName = secrets["user"].Reveal(), Password = secrets["password"].Reveal() });

    public override IssuedToken? ReadToken(JsonElement body) =>
        body is { ValueKind: JsonValueKind.String } && body.GetString() is { Length: > 0 } token ? new IssuedToken(token, TokenLife) : null;

    public override void Authorize(HttpRequestMessage request, ConnectorSettings settings, IReadOnlyDictionary<string, SecretText> secrets, string? token)
    {
        request.Headers.TryAddWithoutValidation("SvcAuth", secrets["svcAuth"].Reveal());
        if (token is not null) request.Headers.TryAddWithoutValidation("Token", token);
    }

    public override (int Status, string? Reason) Judge(int httpStatus, JsonElement body) => (httpStatus, body.At("Message")?.GetString());
}
