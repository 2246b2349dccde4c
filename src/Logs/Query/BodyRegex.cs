using System.Text;

namespace Rialto.Logs.Query;

/// <summary>
/// The regular expressions (RE2, over the lower-cased body) that finish what the text index begins: exact separators, and ends that are ends of tokens.
/// </summary>
internal static class BodyRegex
{
    private const string TokenStart = @"(?:^|[^0-9a-z\x{80}-\x{10ffff}])";
    private const string TokenEnd = @"(?:$|[^0-9a-z\x{80}-\x{10ffff}])";

    // RE2's \s for ASCII: what a wildcard does not cross. The live filter knows the same five bytes.
    private const string NoSpace = @"[^\t\n\f\r ]";

    public static string Of(string text)
    {
        var regex = new StringBuilder(Tokens.IsPart(text[0]) ? TokenStart : "");
        AppendLiteral(regex, text);
        return regex.Append(Tokens.IsPart(text[^1]) ? TokenEnd : "").ToString();
    }

    public static string Of(Pattern pattern)
    {
        var regex = new StringBuilder();
        for (var i = 0; i < pattern.Pieces.Length; i++)
        {
            var piece = pattern.Pieces[i];
            var isLast = i == pattern.Pieces.Length - 1;
            if (Pattern.IsLiteral(piece))
            {
                regex.Append(i == 0 && Tokens.IsPart(piece[0]) ? TokenStart : "");
                AppendLiteral(regex, piece);
                regex.Append(isLast && Tokens.IsPart(piece[^1]) ? TokenEnd : "");
            }
            else if (ReferenceEquals(piece, Pattern.One))
                regex.Append(NoSpace);
            else if (i > 0 && !isLast)
                regex.Append(NoSpace).Append('*');
        }

        return regex.ToString();
    }

    /// <summary>Tokens that a body with the pattern has whole: those not touching a wildcard.</summary>
    public static List<string> WholeTokens(Pattern pattern)
    {
        var whole = new List<string>();
        for (var i = 0; i < pattern.Pieces.Length; i++)
        {
            var piece = pattern.Pieces[i];
            if (!Pattern.IsLiteral(piece))
                continue;
            var start = 0;
            var end = piece.Length;
            while (i > 0 && start < end && Tokens.IsPart(piece[start]))
                start++;
            while (i < pattern.Pieces.Length - 1 && end > start && Tokens.IsPart(piece[end - 1]))
                end--;
            whole.AddRange(Tokens.Of(piece[start..end]));
        }

        return [.. whole.Distinct()];
    }

    private static void AppendLiteral(StringBuilder regex, string text)
    {
        foreach (var c in Tokens.Lower(text))
        {
            if (c < 0x80 && !char.IsAsciiLetterOrDigit(c))
                regex.Append(c < ' ' || c == 0x7f ? $"\\x{(int)c:x2}" : $"\\{c}");
            else
                regex.Append(c);
        }
    }
}
