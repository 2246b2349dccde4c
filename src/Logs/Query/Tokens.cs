using System.Text;

namespace Rialto.Logs.Query;

/// <summary>
/// How the body is cut into tokens, here exactly as by the table's text index (<c>splitByNonAlpha</c> over <c>lower(Body)</c>): a token is a
/// run of ASCII letters and digits and of all bytes above 127; case is folded for ASCII letters only.
/// </summary>
internal static class Tokens
{
    public static bool IsPart(byte b) => b >= 0x80 || char.IsAsciiLetterOrDigit((char)b);

    public static bool IsPart(char c) => c >= 0x80 || char.IsAsciiLetterOrDigit(c);

    public static byte Lower(byte b) => (uint)(b - 'A') <= 'Z' - 'A' ? (byte)(b | 0x20) : b;

    public static string Lower(string text) =>
        string.Create(text.Length, text, static (lower, text) =>
        {
            for (var i = 0; i < text.Length; i++)
                lower[i] = char.IsAsciiLetterUpper(text[i]) ? (char)(text[i] | 0x20) : text[i];
        });

    public static byte[] LowerUtf8(string text) => Encoding.UTF8.GetBytes(Lower(text));

    /// <summary>The distinct tokens of a text, in lower case.</summary>
    public static List<string> Of(string text)
    {
        var tokens = new List<string>();
        var lower = Lower(text);
        for (var start = 0; start < lower.Length; start++)
        {
            var end = start;
            while (end < lower.Length && IsPart(lower[end]))
                end++;
            if (end > start && !tokens.Contains(lower[start..end]))
                tokens.Add(lower[start..end]);
            start = end;
        }

        return tokens;
    }
}
