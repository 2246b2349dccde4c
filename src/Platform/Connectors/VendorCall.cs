using System.Text;
using System.Text.Json;

namespace Rialto.Platform.Connectors;

public enum CallKind
{
    /// <summary>Changes nothing at the vendor: may be retried, and answered from a snapshot when it fails.</summary>
    Read,

    /// <summary>Changes something at the vendor: sent once. Only a saga sends it again, after it has looked for the effect.</summary>
    Write,
}

/// <summary>One call of a vendor's operation.</summary>
/// <param name="Operation">The vendor's operation by the name operators know, for example <c>book</c>.</param>
/// <param name="Path">Below the base address, with its query, already escaped.</param>
public sealed record VendorCall(string Operation, CallKind Kind, HttpMethod Method, string Path)
{
    /// <summary>The caller's own key by which the effect is found again; every write has one.</summary>
    public string? Key { get; init; }

    /// <summary>Makes the body; called once an attempt, because a body can be sent only once.</summary>
    public Func<HttpContent>? Body { get; init; }

    public IReadOnlyList<(string Name, string Value)> Headers { get; init; } = [];

    /// <summary>For the call that fetches the token itself.</summary>
    public bool WithoutToken { get; init; }

    public static VendorCall Get(string operation, string path) => new(operation, CallKind.Read, HttpMethod.Get, path);

    /// <param name="kind">A POST is a read when it only asks, as a search does.</param>
    public static VendorCall Json(string operation, CallKind kind, HttpMethod method, string path, object body) => new(operation, kind, method, path)
    {
        Body = () => new StringContent(JsonSerializer.Serialize(body, PlainJson), Encoding.UTF8, "application/json"),
    };

    public static VendorCall Form(string operation, CallKind kind, HttpMethod method, string path, IEnumerable<(string Name, string? Value)> fields)
    {
        var given = fields.Where(field => field.Value is not null).Select(field => KeyValuePair.Create(field.Name, field.Value!)).ToArray();
        return new VendorCall(operation, kind, method, path) { Body = () => new FormUrlEncodedContent(given) };
    }

    // Names are written as the caller spells them: vendors differ.
    private static readonly JsonSerializerOptions PlainJson = new();
}

/// <summary>What is known of a call's effect.</summary>
public enum Outcome
{
    /// <summary>The vendor did it, and said so readably.</summary>
    Ok,

    /// <summary>The vendor said no: nothing happened, and sending it again would get the same answer.</summary>
    Refused,

    /// <summary>The call did not reach the vendor, or the vendor turned it away unread: nothing happened, send it again freely.</summary>
    NotSent,

    /// <summary>No readable answer: it may have happened. Look for the effect before anything else.</summary>
    Unknown,
}

/// <param name="Status">HTTP status, or the truer one inside the body; null when there was none.</param>
/// <param name="Body">The answer's JSON; undefined when there was none.</param>
/// <param name="Detail">For operators: what went wrong, never a secret or a person's data.</param>
/// <param name="RetryAfter">How long the vendor, or the open breaker, asks to wait.</param>
/// <param name="IsMalformed">The vendor answered something unreadable.</param>
public sealed record VendorAnswer(Outcome Outcome, int? Status, JsonElement Body, string Detail, TimeSpan? RetryAfter = null, bool IsMalformed = false)
{
    public bool IsOk => Outcome == Outcome.Ok;

    public static VendorAnswer NotSent(string detail, TimeSpan? retryAfter = null) => new(Outcome.NotSent, null, default, detail, retryAfter);

    public static VendorAnswer Unknown(string detail, int? status = null, bool malformed = false) => new(Outcome.Unknown, status, default, detail, null, malformed);

    /// <summary>The text at a path of members, or null.</summary>
    public string? Text(params string[] path) => Body.At(path) is { } found
        ? found.ValueKind switch
        {
            JsonValueKind.String => found.GetString(),
            JsonValueKind.Number => found.GetRawText(),
            _ => null,
        }
        : null;
}

public static class JsonPaths
{
    /// <summary>The element at a path of members; null when a member is missing or null on the way.</summary>
    public static JsonElement? At(this JsonElement element, params ReadOnlySpan<string> path)
    {
        foreach (var name in path)
        {
            if (element.ValueKind != JsonValueKind.Object || !element.TryGetProperty(name, out element)) return null;
        }
        return element.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null ? null : element;
    }
}
