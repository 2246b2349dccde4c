using System.Globalization;
using System.Text.RegularExpressions;

namespace Rialto.Platform.ClickHouse;

/// <summary>ClickHouse refused or failed a statement. <see cref="Exception.Message"/> is its own text and may quote the statement: for logs, not for users.</summary>
public sealed partial class ClickHouseException : Exception
{
    public ClickHouseException(int code, string name, string message)
        : base(message)
    {
        Code = code;
        Name = name;
    }

    /// <summary>ClickHouse's number, such as 60, 62, 159, 202, 241, 394; 0 when the answer had none.</summary>
    public int Code { get; }

    /// <summary>ClickHouse's name of the number, such as <c>UNKNOWN_TABLE</c>; empty when the answer had none.</summary>
    public string Name { get; }

    /// <summary>The statement ran into a limit of time, memory, rows or concurrency: it is well-formed, and smaller or later it may succeed.</summary>
    public bool IsLimit => Code is 158 or 159 or 160 or 173 or 202 or 241 or 252 or 307 or 396;

    internal static ClickHouseException Parse(string text, int headerCode = 0)
    {
        text = text.Trim();
        var code = LeadingCode().Match(text);
        var name = TrailingName().Match(text);
        return new ClickHouseException(
            code.Success ? int.Parse(code.Groups[1].ValueSpan, CultureInfo.InvariantCulture) : headerCode, name.Success ? name.Groups[1].Value : "", text);
    }

    [GeneratedRegex(@"^Code: (\d+)\. ")]
    private static partial Regex LeadingCode();

    [GeneratedRegex(@"\(([A-Z][A-Z0-9_]+)\)(?: \(version [^)]*(?:\([^)]*\))?\))?$")]
    private static partial Regex TrailingName();
}

/// <summary>ClickHouse cannot be reached, or the connection broke before the answer was whole. Whether a statement took effect is unknown.</summary>
public sealed class ClickHouseUnavailableException(string message, Exception? inner = null) : Exception(message, inner);
