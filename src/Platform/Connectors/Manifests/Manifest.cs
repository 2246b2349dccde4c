using System.Text.Json;
using System.Text.Json.Serialization;

namespace Rialto.Platform.Connectors.Manifests;

/// <summary>
/// A connector as data: where it is, how it authenticates, where its true status stands, its operations with what they take and give. So another
/// vendor of a kind that a module already knows is added without code. Text between braces is filled in: <c>{venue}</c>, <c>{startsAt:yyyy-MM-dd}</c>.
/// </summary>
public sealed record Manifest
{
    /// <summary>The connector's name, lower case.</summary>
    public required string Name { get; init; }

    /// <summary>For people.</summary>
    public string Title { get; init; } = "";

    public required ConnectorSettings Settings { get; init; }

    public required AuthRule Auth { get; init; }

    public EnvelopeRule? Envelope { get; init; }

    /// <summary>Name of a read operation without inputs that shows that the vendor works.</summary>
    public required string Probe { get; init; }

    public required IReadOnlyDictionary<string, OperationRule> Operations { get; init; }

    public WebhookRule? Webhook { get; init; }

    private static readonly JsonSerializerOptions Strict = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        ReadCommentHandling = JsonCommentHandling.Skip,
        Converters = { new FactRuleConverter(), new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower) },
    };

    /// <exception cref="JsonException">It is no manifest, or has a member that manifests do not have.</exception>
    /// <exception cref="InvalidDataException">It reads, but cannot work.</exception>
    public static Manifest Read(string json)
    {
        var manifest = JsonSerializer.Deserialize<Manifest>(json, Strict) ?? throw new JsonException("The manifest is null.");
        var problems = manifest.Problems().ToList();
        return problems.Count == 0 ? manifest : throw new InvalidDataException($"Manifest {manifest.Name}: {string.Join(" ", problems)}");
    }

    public IEnumerable<string> Problems()
    {
        foreach (var problem in Settings.Problems()) yield return problem;
        if (!Operations.TryGetValue(Probe, out var probe) || probe.Class != CallKind.Read) yield return $"probe must name a read operation; it is '{Probe}'.";
        foreach (var (name, operation) in Operations)
        {
            if (operation.Class == CallKind.Read) continue;
            // What can be neither repeated safely nor found again has no place in a saga.
            if (operation.Find is null) yield return $"{name} writes, so it needs find: the operation that looks for its effect.";
            else if (!Operations.TryGetValue(operation.Find, out var find) || find.Class != CallKind.Read) yield return $"{name} is found by '{operation.Find}', which is no read operation.";
        }
    }
}

public enum AuthKind
{
    /// <summary>A form with id and secret gives a token.</summary>
    FormToken,

    /// <summary>OAuth 2 client credentials: Basic and <c>grant_type=client_credentials</c> give a token.</summary>
    ClientCredentials,

    /// <summary>A key in a header of every call.</summary>
    Key,
}

/// <param name="Path">Of the call that gives a token.</param>
/// <param name="Fields">Its form's fields; <c>{secret.name}</c> and <c>{value.name}</c> come from the settings.</param>
/// <param name="Basic">User and password of the token's call, for client credentials: <c>{secret.id}:{secret.secret}</c>.</param>
/// <param name="Token">Where the token stands in the answer.</param>
/// <param name="LifeSeconds">Where its life stands; null when the vendor does not tell.</param>
/// <param name="Header">Of each call.</param>
/// <param name="Format">The header's content: <c>{token}</c>, <c>Bearer {token}</c>, <c>{secret.key}</c>.</param>
/// <param name="RefusedTexts">Reasons by which the vendor refuses a token under another status than 401.</param>
public sealed record AuthRule(
    AuthKind Kind, string Header, string Format, string? Path = null, IReadOnlyDictionary<string, string>? Fields = null, string? Basic = null, string? Token = null,
    string? LifeSeconds = null, IReadOnlyList<string>? RefusedTexts = null);

/// <param name="Status">Where the truer status stands in the body.</param>
/// <param name="Reason">Where a refusal's reason stands, in order of preference by <c>|</c>.</param>
public sealed record EnvelopeRule(string? Status, string? Reason);

/// <param name="Path">Filled in, each piece escaped.</param>
/// <param name="Items">Where the things it gives stand: <c>data.results[]</c>; null: the body is the thing.</param>
/// <param name="Where">Only things whose field has this value, for vendors that cannot filter.</param>
/// <param name="Facts">What is taken out of each thing, by the name the module knows.</param>
/// <param name="Find">For a write: the operation that looks for its effect.</param>
/// <param name="Next">How to ask for the next page.</param>
public sealed record OperationRule(
    CallKind Class,
    string Method,
    string Path,
    IReadOnlyDictionary<string, string>? Query = null,
    IReadOnlyDictionary<string, string>? Form = null,
    IReadOnlyDictionary<string, string>? Json = null,
    IReadOnlyList<string>? JsonNumbers = null,
    IReadOnlyDictionary<string, string>? Headers = null,
    string? Items = null,
    IReadOnlyDictionary<string, string>? Where = null,
    IReadOnlyDictionary<string, FactRule>? Facts = null,
    string? Find = null,
    NextRule? Next = null);

/// <param name="From">Where the cursor stands in the answer; absent or null ends.</param>
/// <param name="Query">The parameter that carries it.</param>
public sealed record NextRule(string From, string Query);

/// <param name="From">Path of members, alternatives by <c>|</c>, a list flattened by <c>[]</c>, one of it by <c>[0]</c>.</param>
/// <param name="Map">The vendor's words to the module's; a word that is not in it becomes <paramref name="Else"/>, or stays as it is.</param>
/// <param name="Time">How to read a time: <c>utc</c>, or the format of a local one.</param>
public sealed record FactRule(string From, IReadOnlyDictionary<string, string>? Map = null, string? Else = null, string? Time = null);

/// <param name="Header">Carries the signature; null: the secret is in the address, and what is told is read again before it counts.</param>
/// <param name="Items">Where the events stand; null: the body is one.</param>
/// <param name="Id">Facts that together name an event once and for all.</param>
/// <param name="Key">Where the caller's own key stands.</param>
/// <param name="State">How the thing stands, in the module's words: who knows it to stand so has nothing to ask.</param>
public sealed record WebhookRule(string? Header, string? Prefix, string? Items, IReadOnlyList<string> Id, string Key, FactRule? State = null);

/// <summary>A fact may be written short: its path alone.</summary>
internal sealed class FactRuleConverter : JsonConverter<FactRule>
{
    public override FactRule Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType == JsonTokenType.String) return new FactRule(reader.GetString()!);
        var body = JsonSerializer.Deserialize<Body>(ref reader, options)!;
        return new FactRule(body.From, body.Map, body.Else, body.Time);
    }

    public override void Write(Utf8JsonWriter writer, FactRule value, JsonSerializerOptions options) =>
        JsonSerializer.Serialize(writer, new Body { From = value.From, Map = value.Map, Else = value.Else, Time = value.Time }, options);

    private sealed class Body
    {
        public required string From { get; init; }
        public IReadOnlyDictionary<string, string>? Map { get; init; }
        public string? Else { get; init; }
        public string? Time { get; init; }
    }
}
