using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Rialto.Simulators.Machinery;

namespace Rialto.Simulators.Mail;

/// <param name="Key">The sender's idempotency key.</param>
internal sealed record MailRow(
    string Id, string? Key, string From, IReadOnlyList<string> To, string Subject, string? Text, string? Html, IReadOnlyList<MailAttachment> Attachments, DateTimeOffset At);

internal sealed record MailAttachment(string Filename, int Bytes, string Sha256);

internal sealed record RememberedMail(string Key, string Digest, string Id, DateTimeOffset At);

internal sealed record MailOptions(int KeyLifeHours = 24);

/// <summary>
/// A mail provider's HTTP interface: <c>POST /emails</c> with a bearer key and an optional <c>Idempotency-Key</c>. Nothing leaves the
/// machine; every mail is kept and shown at <c>/</c>.
/// </summary>
internal sealed class MailVendor : Vendor
{
    public const string Word = "mail";
    public const string ApiKey = "re_simulated_key";

    private static readonly JsonSerializerOptions Wire = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    private readonly Table<MailRow> mails;
    private readonly Table<RememberedMail> keys;
    private MailOptions options = new();

    public MailVendor(Simulation simulation)
        : base(simulation, Word)
    {
        mails = Table<MailRow>("mails", TableKind.Effect, row => row.Id);
        keys = Table<RememberedMail>("keys", TableKind.Seed, row => row.Key);
        On("POST", "/emails", "send", OperationKind.Write, Send, request => request.Header("Idempotency-Key"));
        On("GET", "/emails/{id}", "get", OperationKind.Read, Get);
        On("GET", "/", "inbox", OperationKind.Page, Inbox);
        On("GET", "/mails/{id}", "mail", OperationKind.Page, Show);
    }

    public override IReadOnlyDictionary<string, string> Credentials { get; } = new Dictionary<string, string>
    {
        ["mail/key"] = ApiKey,
    };

    public override object Options => options;

    public override void Configure(JsonElement patch) => options = Merge(options, patch);

    public override void Seed()
    {
    }

    public override Reply Refuse(int status, string message) =>
        Reply.Json(status, new { status_code = status, name = status == 429 ? "rate_limit_exceeded" : "application_error", message }, Wire);

    public override Reply? Authorize(Request request) => request.Operation is "inbox" or "mail" || request.Header("Authorization") == "Bearer " + ApiKey
        ? null
        : Reply.Json(401, new { status_code = 401, name = "missing_api_key", message = "Missing API key" }, Wire);

    private Reply Send(Request request)
    {
        var from = request.JsonText("from");
        var subject = request.JsonText("subject");
        if (from is null || subject is null || (request.JsonText("text") ?? request.JsonText("html")) is null || Recipients(request.Json) is not { Count: > 0 } to)
            return Reply.Json(422, new { status_code = 422, name = "validation_error", message = "from, to, subject and text or html are needed" }, Wire);
        var key = request.Header("Idempotency-Key");
        var digest = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(request.Text)));
        if (keys.Find(key) is { } known && known.At.AddHours(options.KeyLifeHours) > Now)
        {
            return known.Digest == digest
                ? Reply.Json(200, new { id = known.Id }, Wire)
                : Reply.Json(409, new { status_code = 409, name = "invalid_idempotent_request", message = "Same key, different payload" }, Wire);
        }
        var mail = mails.Put(new MailRow(
            Guid.CreateVersion7().ToString(), key, from, to, subject, request.JsonText("text"), request.JsonText("html"), Attachments(request.Json), Now));
        if (key is not null)
            keys.Put(new RememberedMail(key, digest, mail.Id, Now));
        return Reply.Json(200, new { id = mail.Id }, Wire);
    }

    private Reply Get(Request request) => mails.Find(request.Route("id")) is { } mail
        ? Reply.Json(200, new { @object = "email", mail.Id, mail.From, mail.To, mail.Subject, mail.Text, mail.Html, created_at = mail.At, last_event = "delivered" }, Wire)
        : Reply.Json(404, new { status_code = 404, name = "not_found", message = "Email not found" }, Wire);

    private Reply Inbox(Request request)
    {
        var rows = mails.Rows.Reverse().Take(200).Select(mail =>
            $"<tr><td>{mail.At:yyyy-MM-dd HH:mm:ss}<td>{Safe(string.Join(", ", mail.To))}<td><a href=\"/mails/{Safe(mail.Id)}\">{Safe(mail.Subject)}</a>");
        return Reply.Html(200, Page("Mail", $"<h1>{mails.Count} mails</h1><table><tr><th>At (UTC)<th>To<th>Subject{string.Concat(rows)}</table>"));
    }

    private Reply Show(Request request)
    {
        if (mails.Find(request.Route("id")) is not { } mail)
            return Reply.Html(404, Page("Mail", "<p>There is no such mail."));
        var files = string.Concat(mail.Attachments.Select(file => $"<li>{Safe(file.Filename)}, {file.Bytes} bytes"));
        return Reply.Html(200, Page(mail.Subject,
            $"<p><a href=\"/\">All mails</a><h1>{Safe(mail.Subject)}</h1><p>From {Safe(mail.From)} to {Safe(string.Join(", ", mail.To))}<pre>{Safe(mail.Text ?? mail.Html ?? "")}</pre><ul>{files}</ul>"));
    }

    private static IReadOnlyList<string> Recipients(JsonElement body) => !body.TryGetProperty("to", out var to) ? [] : to.ValueKind switch
    {
        JsonValueKind.String => [to.GetString()!],
        JsonValueKind.Array => [.. to.EnumerateArray().Where(one => one.ValueKind == JsonValueKind.String).Select(one => one.GetString()!)],
        _ => [],
    };

    private static IReadOnlyList<MailAttachment> Attachments(JsonElement body)
    {
        if (!body.TryGetProperty("attachments", out var list) || list.ValueKind != JsonValueKind.Array)
            return [];
        return [.. list.EnumerateArray().Select(file =>
        {
            var bytes = Decode(file.GetProperty("content").GetString() ?? "");
            return new MailAttachment(file.GetProperty("filename").GetString() ?? "file", bytes.Length, Convert.ToHexStringLower(SHA256.HashData(bytes)));
        })];
    }

    private static byte[] Decode(string base64)
    {
        var buffer = new byte[base64.Length];
        return Convert.TryFromBase64String(base64, buffer, out var written) ? buffer[..written] : [];
    }

    private static string Safe(string text) => WebUtility.HtmlEncode(text);

    private static string Page(string title, string body) =>
        $"<!doctype html><html lang=en><meta charset=utf-8><title>{Safe(title)}</title><style>body{{font:16px/1.5 system-ui;margin:2rem auto;max-width:60rem;padding:0 1rem}}"
        + "table{border-collapse:collapse;width:100%}td,th{text-align:left;padding:.35rem .75rem .35rem 0;border-bottom:1px solid #ddd}pre{white-space:pre-wrap}</style>" + body;
}
