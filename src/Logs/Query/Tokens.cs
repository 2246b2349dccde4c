using System.Text;

namespace Rialto.Logs.Query;

/// <summary>
/// How the body is cut into tokens, here exactly as by the table's text index (<c>splitByNonAlpha</c> over the lower-cased body): a token is a
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

    /// <summary>
    /// Which index of the table holds a token. Ids are nearly as many as records: in the text index they took more room than the records' bodies.
    /// </summary>
    public static TokenIndex IndexOf(string token) =>
        !token.Any(char.IsAsciiDigit) ? TokenIndex.Words
        : Encoding.UTF8.GetByteCount(token) > 2 ? TokenIndex.Ids
        : TokenIndex.None;

    /// <summary>
    /// Whether the text index alone says which records have the token. A token of other letters and digits leaves its letters there
    /// (<c>日9</c> stands as <c>日</c>), so those need the exact test as well.
    /// </summary>
    public static bool IsExactWord(string token) => token.All(char.IsAsciiLetter);

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

/// <summary>The indexes of the body, as <c>001_logs.sql</c> declares them.</summary>
internal enum TokenIndex
{
    /// <summary>One or two characters with a digit: nearly every record has some.</summary>
    None,

    /// <summary>The text index <c>idx_word</c>, which knows the records of each token without a digit.</summary>
    Words,

    /// <summary>The bloom filters <c>idx_id</c>, which know what granules a token is certainly not in.</summary>
    Ids,
}
