using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.WebUtilities;

namespace Rialto.Simulators.Machinery;

/// <summary>One call as a vendor sees it: read whole before anything happens, so that a cut upload never has half an effect.</summary>
internal sealed class Request(HttpContext context, string operation, byte[] body, DateTimeOffset now)
{
    private IReadOnlyDictionary<string, string>? form;
    private JsonElement? json;

    public string Operation { get; } = operation;
    public DateTimeOffset Now { get; } = now;
    public string Method => context.Request.Method;
    public string Path => context.Request.Path.Value ?? "";
    public string Text => Encoding.UTF8.GetString(body);
    public string BaseAddress => $"{context.Request.Scheme}://{context.Request.Host}";

    public bool IsForm => context.Request.ContentType?.StartsWith("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase) == true;
    public bool IsJson => context.Request.ContentType?.StartsWith("application/json", StringComparison.OrdinalIgnoreCase) == true;

    /// <summary>The form's fields, empty when the body is no form.</summary>
    public IReadOnlyDictionary<string, string> Form => form ??= IsForm
        ? QueryHelpers.ParseQuery(Text).ToDictionary(pair => pair.Key, pair => pair.Value.ToString())
        : new Dictionary<string, string>();

    /// <summary>The body as JSON; an undefined element when it is not.</summary>
    public JsonElement Json => json ??= IsJson ? Parse(body) : default;

    public string Route(string name) => context.Request.RouteValues[name]?.ToString() ?? "";

    public string? Query(string name) => context.Request.Query.TryGetValue(name, out var value) && value.Count > 0 ? value[0] : null;

    public string? Header(string name) => context.Request.Headers.TryGetValue(name, out var value) && value.Count > 0 ? value[0] : null;

    public string? Field(string name) => Form.TryGetValue(name, out var value) && value.Length > 0 ? value : null;

    public string? JsonText(string name) => Json.ValueKind == JsonValueKind.Object && Json.TryGetProperty(name, out var value)
        ? value.ValueKind switch
        {
            JsonValueKind.String => value.GetString(),
            JsonValueKind.Number => value.GetRawText(),
            _ => null,
        }
        : null;

    public double? JsonNumber(string name) => Json.ValueKind == JsonValueKind.Object && Json.TryGetProperty(name, out var value)
        && value.ValueKind == JsonValueKind.Number ? value.GetDouble() : null;

    private static JsonElement Parse(byte[] body)
    {
        try
        {
            return JsonSerializer.Deserialize<JsonElement>(body);
        }
        catch (JsonException)
        {
            return default;
        }
    }
}
