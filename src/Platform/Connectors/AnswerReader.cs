using System.Net.Http.Headers;
using System.Text.Json;

namespace Rialto.Platform.Connectors;

/// <summary>Turns what came back, or did not, into what is known of the effect. This is the one place where that is decided.</summary>
internal static class AnswerReader
{
    private const int DetailLengthMax = 300;

    public static VendorAnswer Read(Vendor vendor, int httpStatus, string? mediaType, ReadOnlyMemory<byte> bytes, TimeSpan? retryAfter)
    {
        if (!TryParse(mediaType, bytes, out var body))
        {
            // A proxy's page may hide any answer of the vendor.
            return httpStatus == 429
                ? VendorAnswer.NotSent("429", retryAfter)
                : VendorAnswer.Unknown($"status {httpStatus} with an unreadable body", httpStatus, malformed: httpStatus < 500);
        }
        var (status, reason) = vendor.Judge(httpStatus, body);
        if (vendor.IsTokenRefused(status, body)) return new VendorAnswer(Outcome.NotSent, 401, body, Short(reason) ?? "credentials refused");
        return status switch
        {
            >= 200 and < 300 => new VendorAnswer(Outcome.Ok, status, body, "ok"),
            // Turned away unread.
            425 or 429 => new VendorAnswer(Outcome.NotSent, status, body, $"status {status}", retryAfter),
            408 => new VendorAnswer(Outcome.Unknown, status, body, "status 408"),
            >= 400 and < 500 => new VendorAnswer(Outcome.Refused, status, body, Short(reason) ?? $"status {status}"),
            _ => new VendorAnswer(Outcome.Unknown, status, body, $"status {status}", retryAfter),
        };
    }

    /// <summary>No answer at all. Only a connection that was never made is known to have had no effect.</summary>
    public static VendorAnswer Read(HttpRequestException exception) => exception.HttpRequestError switch
    {
        HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError or HttpRequestError.SecureConnectionError or HttpRequestError.ProxyTunnelError =>
            VendorAnswer.NotSent($"not connected: {exception.HttpRequestError}"),
        _ => VendorAnswer.Unknown($"no answer: {exception.HttpRequestError}"),
    };

    public static TimeSpan? RetryAfter(HttpResponseHeaders headers, DateTimeOffset now) => headers.RetryAfter switch
    {
        { Delta: { } delta } => delta,
        { Date: { } date } when date > now => date - now,
        _ => null,
    };

    private static bool TryParse(string? mediaType, ReadOnlyMemory<byte> bytes, out JsonElement body)
    {
        body = default;
        if (bytes.IsEmpty) return true;
        if (mediaType is null || !mediaType.EndsWith("json", StringComparison.OrdinalIgnoreCase)) return false;
        try
        {
            body = JsonSerializer.Deserialize<JsonElement>(bytes.Span);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static string? Short(string? text) => text is { Length: > DetailLengthMax } ? text[..DetailLengthMax] : text;
}
