using System.Text.Json;

namespace Rialto.Simulators.Machinery;

/// <summary>
/// Reads faults as people write them: <c>{"op":"book","kind":"drop-after-effect","times":1}</c>, alone, in an array, or under <c>faults</c>;
/// dashes or underscores; and the older names (<c>500_before</c>, <c>nth</c>, <c>arg</c>).
/// </summary>
internal static class FaultWords
{
    private static readonly Dictionary<string, FaultKind> Kinds =
        Enum.GetValues<FaultKind>().ToDictionary(kind => JsonNamingPolicy.KebabCaseLower.ConvertName(kind.ToString()));

    private static readonly Dictionary<string, (FaultKind Kind, int? Status)> Synonyms = new()
    {
        ["drop-before"] = (FaultKind.DropBeforeEffect, null),
        ["drop-after"] = (FaultKind.DropAfterEffect, null),
        ["timeout-before"] = (FaultKind.TimeoutBeforeEffect, null),
        ["timeout-after"] = (FaultKind.TimeoutAfterEffect, null),
        ["500"] = (FaultKind.StatusBefore, 500),
        ["503"] = (FaultKind.StatusBefore, 503),
        ["500-before"] = (FaultKind.StatusBefore, 500),
        ["500-after"] = (FaultKind.StatusAfter, 500),
        ["status"] = (FaultKind.StatusBefore, null),
        ["429"] = (FaultKind.TooMany, 429),
        ["401-token"] = (FaultKind.TokenExpired, null),
        ["malformed"] = (FaultKind.MalformedJson, null),
    };

    public static string Name(FaultKind kind) => JsonNamingPolicy.KebabCaseLower.ConvertName(kind.ToString());

    public static IReadOnlyCollection<string> Names => Kinds.Keys;

    public static (List<Fault> Faults, int? Seed) Read(JsonElement body)
    {
        var list = body;
        int? seed = null;
        if (body.ValueKind == JsonValueKind.Object && body.TryGetProperty("faults", out var inner))
        {
            list = inner;
            seed = Number(body, "seed") is { } value ? (int)value : null;
        }
        IEnumerable<JsonElement> items = list.ValueKind == JsonValueKind.Array ? list.EnumerateArray() : [list];
        return (items.Select(One).ToList(), seed);
    }

    private static Fault One(JsonElement item)
    {
        if (item.ValueKind != JsonValueKind.Object)
            throw new JsonException("A fault is an object: {\"op\":\"book\",\"kind\":\"drop-after-effect\"}.");
        var word = (Text(item, "kind") ?? throw new JsonException("A fault needs a kind.")).Replace('_', '-').ToLowerInvariant();
        int? status = null;
        if (!Kinds.TryGetValue(word, out var kind))
        {
            if (!Synonyms.TryGetValue(word, out var synonym))
                throw new JsonException($"There is no fault '{word}'. There are: {string.Join(", ", Names)}.");
            (kind, status) = synonym;
        }
        var argument = Number(item, "arg");
        var nth = Number(item, "nth");
        return new Fault(
            Op: Text(item, "op") ?? Text(item, "operation") ?? "*",
            Kind: kind,
            Skip: (int)(Number(item, "skip") ?? (nth is { } n ? n - 1 : 0)),
            Times: Number(item, "times") is { } times ? (int)times : nth is not null ? 1 : null,
            Probability: Number(item, "probability") ?? 1,
            Status: (int)(Number(item, "status") ?? status ?? (kind is FaultKind.StatusBefore or FaultKind.StatusAfter ? argument : null) ?? 500),
            Milliseconds: (Number(item, "milliseconds") ?? Number(item, "latencyMs") ?? argument) is { } ms ? (int)ms : null,
            RetryAfterSeconds: (int)(Number(item, "retryAfterSeconds") ?? Number(item, "retry_after") ?? argument ?? 1),
            PerSecond: Number(item, "perSecond") ?? argument ?? 100);
    }

    private static string? Text(JsonElement item, string name) =>
        item.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static double? Number(JsonElement item, string name) =>
        item.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number ? value.GetDouble() : null;
}
