using System.Globalization;
using System.Text.Json;

namespace Rialto.Platform.Connectors.Manifests;

/// <summary>Takes values out of an answer by the manifest's paths.</summary>
public static class JsonPick
{
    /// <summary>Every element at the path; <c>[]</c> flattens a list, <c>[0]</c> takes its first.</summary>
    public static IEnumerable<JsonElement> All(JsonElement root, string path)
    {
        IEnumerable<JsonElement> found = [root];
        foreach (var piece in path.Split('.', StringSplitOptions.RemoveEmptyEntries))
        {
            var bracket = piece.IndexOf('[', StringComparison.Ordinal);
            var name = bracket < 0 ? piece : piece[..bracket];
            if (name.Length > 0) found = found.SelectMany(element => element.At(name) is { } next ? [next] : Array.Empty<JsonElement>());
            if (bracket < 0) continue;
            var index = piece[(bracket + 1)..^1];
            found = found.Where(element => element.ValueKind == JsonValueKind.Array).SelectMany(element => index.Length == 0
                ? element.EnumerateArray().ToArray()
                : element.EnumerateArray().Skip(int.Parse(index, CultureInfo.InvariantCulture)).Take(1).ToArray());
        }
        return found;
    }

    /// <summary>The first text at one of the paths, or null.</summary>
    public static string? Text(JsonElement root, string paths)
    {
        foreach (var path in paths.Split('|'))
        {
            foreach (var element in All(root, path))
            {
                switch (element.ValueKind)
                {
                    case JsonValueKind.String:
                        return element.GetString();
                    case JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False:
                        return element.GetRawText();
                }
            }
        }
        return null;
    }

    /// <param name="zone">Of the place, for local times.</param>
    public static string? Fact(JsonElement thing, FactRule rule, TimeZoneInfo? zone)
    {
        var text = Text(thing, rule.From);
        if (rule.Map is not null) text = text is not null && rule.Map.TryGetValue(text, out var mapped) ? mapped : rule.Else ?? text;
        return rule.Time is null || text is null ? text : Instant(text, rule.Time, zone)?.ToString("o", CultureInfo.InvariantCulture);
    }

    private static DateTimeOffset? Instant(string text, string format, TimeZoneInfo? zone)
    {
        if (format == "utc")
            return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var instant) ? instant : null;
        if (!DateTime.TryParseExact(text, format, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local)) return null;
        return new DateTimeOffset(local, (zone ?? TimeZoneInfo.Utc).GetUtcOffset(local)).ToUniversalTime();
    }
}
