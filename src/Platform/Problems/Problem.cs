using System.Collections.Frozen;
using System.Diagnostics;
using System.Reflection;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.WebUtilities;

namespace Rialto.Platform.Problems;

/// <summary>
/// An answer that says what is wrong, as RFC 9457 problem details:
/// <c>{"type","title","status","code","detail","field","traceId", ...}</c>. Programs branch on <c>code</c>, which never changes its meaning;
/// people read <c>detail</c>; <c>field</c> names the offending part of the request.
/// </summary>
public sealed class Problem : IResult, IStatusCodeHttpResult, IEndpointMetadataProvider
{
    private readonly int _status;
    private readonly object? _extra;

    private Problem(int status, string code, string message, string? field, object? extra)
    {
        Debug.Assert(status is >= 400 and <= 599, "a problem is an error");
        (_status, Code, Message, Field, _extra) = (status, code, message, field, extra);
    }

    public int? StatusCode => _status;

    /// <summary>Stable kebab-case word, for example <c>query-syntax</c>.</summary>
    public string Code { get; }

    /// <summary>A sentence for the person who has to do something about it.</summary>
    public string Message { get; }

    public string? Field { get; }

    /// <param name="status">4xx or 5xx.</param>
    /// <param name="code">Stable kebab-case word.</param>
    /// <param name="message">A sentence a person understands.</param>
    /// <param name="field">The offending field of the request, if one is to blame.</param>
    /// <param name="extra">More members, for example <c>new { position = 7 }</c>; they are written beside the standard ones.</param>
    public static Problem Of(int status, string code, string message, string? field = null, object? extra = null) =>
        new(status, code, message, field, extra);

    /// <summary>The problem behind a bare status code, for answers that nobody explained further.</summary>
    internal static Problem OfStatus(int status) =>
        Known.TryGetValue(status, out var known)
            ? Of(status, known.Code, known.Message)
            : Of(status, "http-" + status, ReasonPhrases.GetReasonPhrase(status) is { Length: > 0 } phrase ? phrase + "." : "The request failed.");

    public Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.StatusCode = _status;
        response.ContentType = "application/problem+json";
        response.Headers.CacheControl = "no-store";
        return JsonSerializer.SerializeAsync(response.Body, Body(), Readable, httpContext.RequestAborted);
    }

    public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder) =>
        builder.Metadata.Add(new ProducesResponseTypeMetadata(StatusCodes.Status400BadRequest, typeof(ProblemDetails), ["application/problem+json"]));

    // Quotes in a sentence stay quotes: the answer is JSON with nosniff, never part of a page.
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private JsonObject Body()
    {
        var body = new JsonObject
        {
            ["type"] = "urn:rialto:problem:" + Code,
            ["title"] = ReasonPhrases.GetReasonPhrase(_status),
            ["status"] = _status,
            ["code"] = Code,
            ["detail"] = Message,
        };
        if (Field is not null) body["field"] = Field;
        if (Activity.Current?.TraceId.ToHexString() is { } trace) body["traceId"] = trace;
        if (_extra is not null && JsonSerializer.SerializeToNode(_extra, JsonSerializerOptions.Web) is JsonObject extra)
        {
            foreach (var (name, value) in extra) body[name] = value?.DeepClone();
        }
        return body;
    }

    private static readonly FrozenDictionary<int, (string Code, string Message)> Known = new Dictionary<int, (string, string)>
    {
        [400] = ("bad-request", "The request could not be understood."),
        [401] = ("sign-in-required", "Sign in, or send an application key as \"Authorization: Bearer rk_...\" or \"X-Api-Key\"."),
        [403] = ("permission-missing", "You are not allowed to do this."),
        [404] = ("not-found", "There is nothing at this address."),
        [405] = ("method-not-allowed", "This address does not take this HTTP method; see the Allow header."),
        [408] = ("request-too-slow", "The request body arrived too slowly."),
        [413] = ("body-too-large", "The request body is larger than this address takes."),
        [414] = ("address-too-long", "The address of the request is too long."),
        [415] = ("media-type-not-supported", "The Content-Type of the request is not one this address reads."),
        [429] = ("too-many-requests", "Too many requests; wait as long as Retry-After says."),
        [431] = ("headers-too-large", "The headers of the request are too large."),
        [500] = ("internal-error", "Something went wrong on our side. The trace id finds it in our records."),
        [503] = ("unavailable", "A part that this request needs is not available at the moment; try again soon."),
    }.ToFrozenDictionary();
}
