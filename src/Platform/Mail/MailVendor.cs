using System.Text.Json;
using Rialto.Platform.Connectors;
using Rialto.Platform.Secrets;

namespace Rialto.Platform.Mail;

/// <summary>A mail provider's HTTP interface; its idempotency key lives for a day, so the same mail may be sent again and arrives once.</summary>
internal sealed class MailVendor : Vendor
{
    public const string Word = "mail";

    public override string Name => Word;

    public override ConnectorSettings Initial => new()
    {
        BaseUrl = "simulator:mail",
        Secrets = new Dictionary<string, string> { ["key"] = "secret:mail/key" },
        Values = new Dictionary<string, string> { ["from"] = "Rialto <no-reply@rialto.example>" },
    };

    public override VendorCall Probe => VendorCall.Get("get", "/emails/probe");

    public override void Authorize(HttpRequestMessage request, ConnectorSettings settings, IReadOnlyDictionary<string, SecretText> secrets, string? token) =>
        request.Headers.TryAddWithoutValidation("Authorization", "Bearer " + secrets["key"].Reveal());

    public override (int Status, string? Reason) Judge(int httpStatus, JsonElement body) =>
        // The mail of the probe does not exist, and the vendor that says so works.
        body.At("name")?.GetString() == "not_found" ? (200, null) : (httpStatus, body.At("message")?.GetString());
}
