namespace Rialto.Logs.Query;

/// <summary>OpenTelemetry severity numbers and the names people use for them: four numbers a name, 0 for records without a severity.</summary>
internal static class Severity
{
    public const byte Max = 24;

    public const string NamesForPeople = "trace, debug, info, warn, error and fatal (none for records without one)";

    public static readonly string[] Names = ["none", "trace", "debug", "info", "warn", "error", "fatal"];

    public static readonly byte[][] NamesUtf8 = [.. Names.Select(System.Text.Encoding.UTF8.GetBytes)];

    /// <summary>Index into <see cref="Names"/>; numbers outside 1 to 24 count as none.</summary>
    public static int NameIndex(byte number) => number is 0 or > Max ? 0 : ((number - 1) / 4) + 1;

    public static string NameOf(byte number) => Names[NameIndex(number)];

    /// <summary>The numbers a name or a number stands for.</summary>
    public static bool TryRead(string text, out byte low, out byte high)
    {
        if (byte.TryParse(text, System.Globalization.NumberStyles.None, null, out low))
        {
            high = low;
            return low <= Max;
        }

        var name = text.ToLowerInvariant() switch
        {
            "warning" => "warn",
            "err" => "error",
            "information" => "info",
            "verbose" => "trace",
            "critical" => "fatal",
            var other => other,
        };
        var index = Array.IndexOf(Names, name);
        low = (byte)(index <= 0 ? 0 : ((index - 1) * 4) + 1);
        high = (byte)(index <= 0 ? 0 : index * 4);
        return index >= 0;
    }
}
