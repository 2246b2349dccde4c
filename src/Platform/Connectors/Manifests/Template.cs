using System.Globalization;
using System.Text;

namespace Rialto.Platform.Connectors.Manifests;

/// <summary>What an operation is given, by name: texts, numbers and times.</summary>
public sealed class Inputs : Dictionary<string, object?>
{
    public Inputs()
        : base(StringComparer.Ordinal)
    {
    }
}

/// <summary>Fills <c>{name}</c> and <c>{name:format}</c> in. A name that was not given is a mistake of the manifest, so it throws.</summary>
internal static class Template
{
    /// <param name="escape">How a value is written into the place; null leaves it as it is.</param>
    public static string Fill(string template, Func<string, object?> find, Func<string, string>? escape = null)
    {
        var text = new StringBuilder(template.Length + 32);
        for (var at = 0; at < template.Length; at++)
        {
            if (template[at] != '{')
            {
                text.Append(template[at]);
                continue;
            }
            var end = template.IndexOf('}', at);
            if (end < 0) throw new FormatException($"'{template}' has an open brace.");
            var word = template[(at + 1)..end];
            var colon = word.IndexOf(':', StringComparison.Ordinal);
            var value = Format(find(colon < 0 ? word : word[..colon]), colon < 0 ? null : word[(colon + 1)..]);
            text.Append(escape is null ? value : escape(value));
            at = end;
        }
        return text.ToString();
    }

    /// <summary>Null when the template is nothing but a name whose value is null: such a field is left out.</summary>
    public static string? FillOrNull(string template, Func<string, object?> find) =>
        template.Length > 2 && template[0] == '{' && template.IndexOf('}', StringComparison.Ordinal) == template.Length - 1 && find(template[1..^1].Split(':')[0]) is null
            ? null
            : Fill(template, find);

    private static string Format(object? value, string? format) => value switch
    {
        null => "",
        string text => text,
        // 'utc' turns a time into the instant; every other format tells the local time at its place.
        DateTimeOffset time when format == "utc" => time.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss'Z'", CultureInfo.InvariantCulture),
        IFormattable other => other.ToString(format, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };
}
