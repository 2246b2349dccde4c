using System.Collections.Frozen;
using System.Net.Http.Headers;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Rialto.Platform.Identity;

namespace Rialto.Platform.Gateway.Forwarding;

/// <summary>
/// Which headers pass. Both ways, those that belong to one connection do not (RFC 9110 section 7.6.1), nor, from the upstream,
/// those that <c>Connection</c> names. What a client names there we never see: Kestrel keeps only close, keep-alive and upgrade of it, so a client cannot
/// use it to take headers away from the upstream. To the upstream, Rialto's own credentials do not pass, and whatever says who the client is comes from us only.
/// </summary>
internal static class ForwardedHeaders
{
    private static readonly FrozenSet<string> OfConnection = Names(
        "Connection", "Keep-Alive", "Proxy-Connection", "TE", "Trailer", "Transfer-Encoding", "Upgrade", "Proxy-Authenticate", "Proxy-Authorization", "Proxy-Authentication-Info",
        "HTTP2-Settings", "Expect", "Content-Length");

    private static readonly FrozenSet<string> OursToSay = Names(
        "Host", "X-Api-Key", "Forwarded", "X-Forwarded-For", "X-Forwarded-Proto", "X-Forwarded-Host", "X-Forwarded-Prefix", "X-Forwarded-Port", "X-Forwarded-Server",
        "X-Original-URL", "X-Rewrite-URL", "X-Real-IP", "X-Client-IP", "True-Client-IP", "X-HTTP-Method-Override");

    private static readonly FrozenSet<string> OursToAnswer = Names("Server", "Service-Worker-Allowed", "Clear-Site-Data", "Public-Key-Pins", "Alt-Svc");

    private const string Ours = "X-Rialto-";
    private const string OurCookies = "rialto.";

    private static FrozenSet<string> Names(params string[] names) => names.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    public static void CopyRequest(HttpContext context, HttpRequestMessage outgoing, string prefix)
    {
        var request = context.Request;
        var caller = context.CallerOrNull();
        foreach (var (name, values) in request.Headers)
        {
            if (OfConnection.Contains(name) || OursToSay.Contains(name) || name.StartsWith(Ours, StringComparison.OrdinalIgnoreCase)) continue;
            // "X_Forwarded_For" becomes the same variable as "X-Forwarded-For" behind some servers.
            if (name.Contains('_') || name.StartsWith(':')) continue;
            // Whoever is known here was known by this header; the upstream must not be able to act as him here.
            if (name.Equals("Authorization", StringComparison.OrdinalIgnoreCase) && (caller is not null || values.ToString().Contains("rk_", StringComparison.Ordinal))) continue;
            var passing = name.Equals("Cookie", StringComparison.OrdinalIgnoreCase) ? WithoutOurs(values) : values;
            if (passing.Count > 0) Add(outgoing, name, passing);
        }
        var headers = outgoing.Headers;
        if (context.Connection.RemoteIpAddress is { } address) headers.TryAddWithoutValidation("X-Forwarded-For", (address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address).ToString());
        headers.TryAddWithoutValidation("X-Forwarded-Proto", request.Scheme);
        headers.TryAddWithoutValidation("X-Forwarded-Host", request.Host.Value);
        if (prefix.Length > 0) headers.TryAddWithoutValidation("X-Forwarded-Prefix", prefix);
        if (caller is null) return;
        headers.TryAddWithoutValidation("X-Rialto-Caller", caller.Id.ToString());
        headers.TryAddWithoutValidation("X-Rialto-Caller-Kind", caller.Kind == CallerKind.Key ? "key" : "user");
        headers.TryAddWithoutValidation("X-Rialto-Organization", caller.Organization.ToString());
    }

    public static void CopyResponse(HttpResponseMessage incoming, HttpResponse response)
    {
        var headers = response.Headers;
        var named = incoming.Headers.NonValidated.TryGetValues("Connection", out var connection) ? new StringValues([.. connection]) : default;
        Copy(incoming.Headers.NonValidated, headers, named);
        Copy(incoming.Content.Headers.NonValidated, headers, named);
        if (incoming.Content.Headers.ContentLength is { } length) headers.ContentLength = length;
        // The answer comes from our origin, where the browser holds our session: a document in it gets an origin of its own instead.
        headers.Append("Content-Security-Policy", "sandbox");
        headers.XContentTypeOptions = "nosniff";
    }

    private static void Copy(HttpHeadersNonValidated from, IHeaderDictionary to, StringValues named)
    {
        foreach (var (name, values) in from)
        {
            if (OfConnection.Contains(name) || OursToAnswer.Contains(name) || IsNamed(named, name) || name.StartsWith(Ours, StringComparison.OrdinalIgnoreCase)) continue;
            if (name.Equals("Set-Cookie", StringComparison.OrdinalIgnoreCase))
            {
                // An upstream that could set our cookies could give a visitor somebody else's session.
                var passing = values.Where(value => !value.TrimStart().StartsWith(OurCookies, StringComparison.OrdinalIgnoreCase)).ToArray();
                if (passing.Length > 0) to.Append(name, passing);
                continue;
            }
            to[name] = values.Count == 1 ? values.ToString() : new StringValues([.. values]);
        }
    }

    private static void Add(HttpRequestMessage outgoing, string name, StringValues values)
    {
        // Entity headers stand on the content; where there is none they would describe nothing.
        if (values.Count == 1
            ? outgoing.Headers.TryAddWithoutValidation(name, values[0])
            : outgoing.Headers.TryAddWithoutValidation(name, (IEnumerable<string>)values!)) return;
        outgoing.Content?.Headers.TryAddWithoutValidation(name, (IEnumerable<string>)values!);
    }

    private static StringValues WithoutOurs(StringValues cookies)
    {
        if (!cookies.ToString().Contains(OurCookies, StringComparison.OrdinalIgnoreCase)) return cookies;
        var passing = cookies.ToString().Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Where(cookie => !cookie.StartsWith(OurCookies, StringComparison.OrdinalIgnoreCase)).ToArray();
        return passing.Length == 0 ? StringValues.Empty : string.Join("; ", passing);
    }

    private static bool IsNamed(StringValues connection, string name)
    {
        foreach (var value in connection)
        {
            if (value is null || !value.Contains(name, StringComparison.OrdinalIgnoreCase)) continue;
            if (value.Split(',', StringSplitOptions.TrimEntries).Contains(name, StringComparer.OrdinalIgnoreCase)) return true;
        }
        return false;
    }
}
