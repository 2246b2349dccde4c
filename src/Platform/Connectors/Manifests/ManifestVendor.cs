using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Rialto.Platform.Secrets;

namespace Rialto.Platform.Connectors.Manifests;

/// <summary>A vendor that is described by a manifest.</summary>
public sealed class ManifestVendor(Manifest manifest) : Vendor
{
    public Manifest Manifest { get; } = manifest;

    public override string Name => Manifest.Name;

    public override ConnectorSettings Initial => Manifest.Settings;

    public override bool UsesToken => Manifest.Auth.Kind != AuthKind.Key;

    public override VendorCall Probe => Call(Manifest.Probe, []);

    public override VendorCall TokenCall(ConnectorSettings settings, IReadOnlyDictionary<string, SecretText> secrets)
    {
        var find = Credentials(settings, secrets, null);
        IEnumerable<(string, string?)> fields = (Manifest.Auth.Fields ?? new Dictionary<string, string>()).Select(field => (field.Key, (string?)Template.Fill(field.Value, find)));
        if (Manifest.Auth.Kind == AuthKind.ClientCredentials) fields = fields.Append(("grant_type", "client_credentials"));
        var call = VendorCall.Form("token", CallKind.Read, HttpMethod.Post, Manifest.Auth.Path ?? "", fields);
        return Manifest.Auth.Basic is { } basic
            ? call with { Headers = [("Authorization", "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes(Template.Fill(basic, find))))] }
            : call;
    }

    public override IssuedToken? ReadToken(JsonElement body) => Manifest.Auth.Token is { } path && JsonPick.Text(body, path) is { } text
        ? new IssuedToken(text, Life(body))
        : null;

    public override void Authorize(HttpRequestMessage request, ConnectorSettings settings, IReadOnlyDictionary<string, SecretText> secrets, string? token)
    {
        if (UsesToken && token is null) return;
        var find = Credentials(settings, secrets, token);
        request.Headers.TryAddWithoutValidation(Template.Fill(Manifest.Auth.Header, find), Template.Fill(Manifest.Auth.Format, find));
    }

    public override (int Status, string? Reason) Judge(int httpStatus, JsonElement body)
    {
        if (Manifest.Envelope is not { } envelope) return (httpStatus, null);
        var status = envelope.Status is { } path && int.TryParse(JsonPick.Text(body, path), CultureInfo.InvariantCulture, out var inner) ? inner : httpStatus;
        // The worse of both counts: a proxy may fail around a good body, and a good proxy carry a bad one.
        return (httpStatus is >= 200 and < 300 ? status : httpStatus, envelope.Reason is { } reason ? JsonPick.Text(body, reason) : null);
    }

    public override bool IsTokenRefused(int status, JsonElement body) =>
        status == 401 || status is >= 400 and < 500 && Manifest.Auth.RefusedTexts is { } texts && Manifest.Envelope?.Reason is { } path && texts.Contains(JsonPick.Text(body, path));

    /// <summary>The call of an operation with these inputs.</summary>
    /// <exception cref="KeyNotFoundException">The manifest names an input that is not given.</exception>
    public VendorCall Call(string operation, Inputs inputs, string? key = null)
    {
        var rule = Manifest.Operations[operation];
        object? Find(string name) => name == "key" ? key : inputs.TryGetValue(name, out var value) ? value : throw new KeyNotFoundException($"{Name}.{operation} needs {name}.");
        var path = Template.Fill(rule.Path, Find, Uri.EscapeDataString);
        if (rule.Query is not null)
            path += "?" + string.Join('&', rule.Query.Select(pair => $"{Uri.EscapeDataString(pair.Key)}={Uri.EscapeDataString(Template.Fill(pair.Value, Find))}"));
        var method = HttpMethod.Parse(rule.Method);
        var call = rule switch
        {
            { Form: { } form } => VendorCall.Form(operation, rule.Class, method, path, form.Select(field => (field.Key, Template.FillOrNull(field.Value, Find))).ToArray()),
            { Json: { } json } => VendorCall.Json(operation, rule.Class, method, path, Body(json, rule.JsonNumbers ?? [], Find)),
            _ => new VendorCall(operation, rule.Class, method, path),
        };
        return call with { Key = key, Headers = [.. (rule.Headers ?? new Dictionary<string, string>()).Select(header => (header.Key, Template.Fill(header.Value, Find)))] };
    }

    /// <summary>Everything an operation's good answer tells, thing by thing.</summary>
    /// <param name="zone">Of the place, for a vendor that tells local times.</param>
    public IReadOnlyList<IReadOnlyDictionary<string, string>> Things(string operation, JsonElement body, Inputs inputs, string? key = null, TimeZoneInfo? zone = null)
    {
        var rule = Manifest.Operations[operation];
        object? Find(string name) => name == "key" ? key : inputs.GetValueOrDefault(name);
        var things = rule.Items is null ? [body] : JsonPick.All(body, rule.Items);
        return
        [
            .. things.Where(thing => rule.Where is null || rule.Where.All(wanted => JsonPick.Text(thing, wanted.Key) == Template.Fill(wanted.Value, Find)))
                .Select(thing => (IReadOnlyDictionary<string, string>)(rule.Facts ?? new Dictionary<string, FactRule>())
                    .Select(fact => (fact.Key, Value: JsonPick.Fact(thing, fact.Value, zone)))
                    .Where(fact => fact.Value is not null)
                    .ToDictionary(fact => fact.Key, fact => fact.Value!)),
        ];
    }

    /// <summary>The call for the page after this answer; null when it was the last.</summary>
    public VendorCall? Next(string operation, VendorCall call, JsonElement body) =>
        Manifest.Operations[operation].Next is { } next && JsonPick.Text(body, next.From) is { Length: > 0 } cursor
            ? call with { Path = $"{WithoutCursor(call.Path, next.Query)}{(call.Path.Contains('?', StringComparison.Ordinal) ? '&' : '?')}{next.Query}={Uri.EscapeDataString(cursor)}" }
            : null;

    private static string WithoutCursor(string path, string name)
    {
        var at = path.IndexOf($"&{name}=", StringComparison.Ordinal);
        return at < 0 ? path : path[..at];
    }

    private TimeSpan? Life(JsonElement body) =>
        Manifest.Auth.LifeSeconds is { } path && double.TryParse(JsonPick.Text(body, path), CultureInfo.InvariantCulture, out var seconds) ? TimeSpan.FromSeconds(seconds) : null;

    private static JsonObject Body(IReadOnlyDictionary<string, string> fields, IReadOnlyList<string> numbers, Func<string, object?> find)
    {
        var body = new JsonObject();
        foreach (var (name, template) in fields)
        {
            if (Template.FillOrNull(template, find) is not { } text) continue;
            body[name] = numbers.Contains(name) ? JsonValue.Create(decimal.Parse(text, CultureInfo.InvariantCulture)) : JsonValue.Create(text);
        }
        return body;
    }

    private static Func<string, object?> Credentials(ConnectorSettings settings, IReadOnlyDictionary<string, SecretText> secrets, string? token) => name => name switch
    {
        "token" => token,
        _ when name.StartsWith("secret.", StringComparison.Ordinal) => secrets[name["secret.".Length..]].Reveal(),
        _ when name.StartsWith("value.", StringComparison.Ordinal) => settings.Values[name["value.".Length..]],
        _ => throw new KeyNotFoundException($"A credential's template knows token, secret.x and value.x, not {name}."),
    };
}
