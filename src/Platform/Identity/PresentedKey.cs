using System.Text;
using Microsoft.AspNetCore.Http;

namespace Rialto.Platform.Identity;

/// <summary>
/// The key in a request, in every form that programs have for it: <c>Authorization: Bearer</c>, <c>X-Api-Key</c>, and for the shippers of Elasticsearch, which
/// know no other, <c>ApiKey base64(id:key)</c> and <c>Basic base64(user:password)</c>.
/// </summary>
internal static class PresentedKey
{
    private const int EncodedMax = 400;

    /// <summary>Null when the request presents none. What is presented and cannot be read is a wrong key, not none.</summary>
    public static string? Of(HttpRequest request)
    {
        if (request.Headers.Authorization is [{ Length: > 0 } header, ..])
        {
            if (After(header, "Bearer ") is { } bearer) return bearer;
            if ((After(header, "ApiKey ") ?? After(header, "Basic ")) is { } pair) return OfPair(pair);
        }
        return request.Headers["X-Api-Key"] is [{ Length: > 0 } key] ? key : null;
    }

    private static string? After(string header, string scheme) => header.StartsWith(scheme, StringComparison.OrdinalIgnoreCase) ? header[scheme.Length..].Trim() : null;

    /// <summary>
    /// The whole key as the second half, whatever is before it; or as the first half with nothing behind it; or cut into its id and its secret, without
    /// <c>rk_</c>. Some programs leave the encoding to the person who configures them, so a key may also stand there as it is.
    /// </summary>
    private static string OfPair(string encoded)
    {
        if (encoded.StartsWith("rk_", StringComparison.Ordinal)) return encoded;
        Span<byte> decoded = stackalloc byte[EncodedMax];
        if (encoded.Length > EncodedMax || !Convert.TryFromBase64String(encoded, decoded, out var length)) return encoded;
        var text = Encoding.UTF8.GetString(decoded[..length]);
        return text.Split(':', 2) switch
        {
            [var whole] => whole,
            [var whole, ""] => whole,
            [_, var whole] when whole.StartsWith("rk_", StringComparison.Ordinal) => whole,
            [var id, var secret] => $"{(id.StartsWith("rk_", StringComparison.Ordinal) ? "" : "rk_")}{id}_{secret}",
            _ => text,
        };
    }
}
