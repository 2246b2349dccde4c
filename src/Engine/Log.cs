using System.Globalization;
using System.Text;

namespace Rialto.Engine;

/// <summary>One line an event on stderr, <c>time level event key=value ...</c>; the supervisor reads it. Never the text of a statement: it may hold personal data.</summary>
internal static class Log
{
    public static void Info(string @event, params ReadOnlySpan<(string Key, object? Value)> fields) => Write("info", @event, fields);

    public static void Warn(string @event, params ReadOnlySpan<(string Key, object? Value)> fields) => Write("warn", @event, fields);

    public static void Error(string @event, params ReadOnlySpan<(string Key, object? Value)> fields) => Write("error", @event, fields);

    private static void Write(string level, string @event, ReadOnlySpan<(string Key, object? Value)> fields)
    {
        var line = new StringBuilder()
            .Append(TimeProvider.System.GetUtcNow().ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture))
            .Append(' ').Append(level).Append(' ').Append(@event);
        foreach (var (key, value) in fields)
        {
            var text = Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";
            text = text.ReplaceLineEndings(" ");
            line.Append(' ').Append(key).Append('=');
            line.Append(text.Contains(' ', StringComparison.Ordinal) ? $"\"{text.Replace('"', '\'')}\"" : text);
        }

        Console.Error.WriteLine(line);
    }
}
