using System.Collections;
using System.Globalization;
using System.Text;

namespace Rialto.Platform.ClickHouse;

/// <summary>
/// The text of a <c>param_x</c> value. The server reads it with the reader of the placeholder's type: a lone string in the escaped form of TabSeparated,
/// strings within arrays and maps in quotes.
/// </summary>
internal static class ParameterText
{
    public static string Of(object? value)
    {
        var text = new StringBuilder();
        Append(text, value, nested: false);
        return text.ToString();
    }

    private static void Append(StringBuilder text, object? value, bool nested)
    {
        switch (value)
        {
            case null:
                text.Append(nested ? "NULL" : "\\N");
                break;
            case string s:
                AppendString(text, s, nested);
                break;
            case char c:
                AppendString(text, c.ToString(), nested);
                break;
            case bool b:
                text.Append(b ? "true" : "false");
                break;
            case double d:
                text.Append(Real(d, d.ToString("R", CultureInfo.InvariantCulture)));
                break;
            case float f:
                text.Append(Real(f, f.ToString("R", CultureInfo.InvariantCulture)));
                break;
            case Enum:
                throw new ArgumentException("Pass an enumeration by its number or its name");
            case Guid or DateTimeOffset or DateTime or DateOnly:
                AppendString(text, Moment(value), nested);
                break;
            case sbyte or byte or short or ushort or int or uint or long or ulong or Int128 or UInt128 or decimal:
                text.Append(Convert.ToString(value, CultureInfo.InvariantCulture));
                break;
            case IDictionary map:
                AppendMap(text, map);
                break;
            case IEnumerable many:
                AppendArray(text, many);
                break;
            default:
                throw new ArgumentException($"A parameter cannot be a {value.GetType().Name}");
        }
    }

    private static string Moment(object value) => value switch
    {
        DateTimeOffset t => Time(t.UtcDateTime),
        DateTime { Kind: DateTimeKind.Local } t => Time(t.ToUniversalTime()),
        DateTime t => Time(t),
        DateOnly d => d.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        _ => value.ToString()!,
    };

    // Without a fraction it reads as DateTime too; .NET has 100 ns, so nanoseconds are passed as text by whoever has them.
    private static string Time(DateTime utc) => utc.ToString(utc.Ticks % TimeSpan.TicksPerSecond == 0 ? "yyyy-MM-dd HH:mm:ss" : "yyyy-MM-dd HH:mm:ss.fffffff", CultureInfo.InvariantCulture);

    private static string Real(double value, string text) =>
        double.IsNaN(value) ? "nan" : double.IsPositiveInfinity(value) ? "inf" : double.IsNegativeInfinity(value) ? "-inf" : text;

    private static void AppendString(StringBuilder text, string value, bool quoted)
    {
        if (quoted)
            text.Append('\'');
        foreach (var c in value)
        {
            _ = c switch
            {
                '\\' => text.Append("\\\\"),
                '\'' => text.Append("\\'"),
                '\t' => text.Append("\\t"),
                '\n' => text.Append("\\n"),
                '\r' => text.Append("\\r"),
                '\b' => text.Append("\\b"),
                '\f' => text.Append("\\f"),
                '\0' => text.Append("\\0"),
                _ => text.Append(c),
            };
        }

        if (quoted)
            text.Append('\'');
    }

    private static void AppendArray(StringBuilder text, IEnumerable many)
    {
        text.Append('[');
        var first = true;
        foreach (var one in many)
        {
            if (!first)
                text.Append(',');
            first = false;
            Append(text, one, nested: true);
        }

        text.Append(']');
    }

    private static void AppendMap(StringBuilder text, IDictionary map)
    {
        text.Append('{');
        var first = true;
        foreach (DictionaryEntry entry in map)
        {
            if (!first)
                text.Append(',');
            first = false;
            Append(text, entry.Key, nested: true);
            text.Append(':');
            Append(text, entry.Value, nested: true);
        }

        text.Append('}');
    }
}
