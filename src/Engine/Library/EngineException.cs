using System.Globalization;
using System.Text.RegularExpressions;

namespace Rialto.Engine.Library;

/// <summary>A failure as ClickHouse words it: <c>Code: 60. DB::Exception: ... (UNKNOWN_TABLE) (version ...)</c>.</summary>
internal sealed partial class EngineException(int code, string text) : Exception(text)
{
    public int Code { get; } = code;

    /// <summary>Set once from the library; part of every message, as a server does it.</summary>
    public static string Version { get; set; } = "";

    public static EngineException Of(int code, string name, string message) => new(code, $"Code: {code}. DB::Exception: {message} ({name}) (version {Version})");

    /// <summary>Takes the library's text. One without a code is of the library's own wrapper: LOGICAL_ERROR.</summary>
    public static EngineException Parse(string text)
    {
        text = text.TrimEnd();
        var code = Leading().Match(text);
        if (!code.Success)
            return Of(Codes.LogicalError, "LOGICAL_ERROR", text);
        if (!text.Contains("(version ", StringComparison.Ordinal))
            text = $"{text} (version {Version})";
        return new EngineException(int.Parse(code.Groups[1].ValueSpan, CultureInfo.InvariantCulture), text);
    }

    [GeneratedRegex(@"^Code: (\d+)\. DB::")]
    private static partial Regex Leading();
}

/// <summary>ClickHouse's error codes that this process raises or tells apart.</summary>
internal static class Codes
{
    public const int CannotParseText = 6;
    public const int BadArguments = 36;
    public const int NotImplemented = 48;
    public const int LogicalError = 49;
    public const int SyntaxError = 62;
    public const int UnknownTypeOfQuery = 76;
    public const int IntoOutfileNotAllowed = 80;
    public const int UnknownSetting = 115;
    public const int QueryIsTooLarge = 161;
    public const int TooManySimultaneousQueries = 202;
    public const int QueryWasCancelled = 394;
    public const int UnsupportedMediaType = 415;
    public const int CannotDecompress = 271;
}
