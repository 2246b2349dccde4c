using System.Text;

namespace Rialto.Logs.Query;

/// <summary>
/// Matches a pattern against UTF-8 without allocating. Between two <see cref="Pattern.Many"/> stands a segment of fixed pieces; taking the
/// earliest place of each segment is enough, so a hostile text costs its length times the segment's, never more.
/// </summary>
internal sealed class PatternMatcher
{
    private readonly byte[][] _segments;
    private readonly bool[][] _wild;
    private readonly bool _startsOpen;
    private readonly bool _endsOpen;
    private readonly bool _inBody;
    private readonly bool _startsAtToken;
    private readonly bool _endsAtToken;
    private readonly bool _startHasSpace;

    private PatternMatcher(Pattern pattern, bool inBody)
    {
        _inBody = inBody;
        _startsOpen = pattern.StartsOpen;
        _endsOpen = pattern.EndsOpen;
        var bytes = new List<byte>();
        var wild = new List<bool>();
        var segments = new List<byte[]>();
        var wilds = new List<bool[]>();
        foreach (var piece in pattern.Pieces.Append(Pattern.Many))
        {
            if (ReferenceEquals(piece, Pattern.Many))
            {
                if (bytes.Count > 0)
                {
                    segments.Add([.. bytes]);
                    wilds.Add([.. wild]);
                }

                bytes.Clear();
                wild.Clear();
                continue;
            }

            var isWild = !Pattern.IsLiteral(piece);
            var utf8 = inBody ? Tokens.LowerUtf8(piece) : Encoding.UTF8.GetBytes(piece);
            bytes.AddRange(utf8);
            wild.AddRange(utf8.Select(_ => isWild));
        }

        _segments = [.. segments];
        _wild = [.. wilds];
        _startsAtToken = inBody && !_startsOpen && !_wild[0][0] && Tokens.IsPart(_segments[0][0]);
        _endsAtToken = inBody && !_endsOpen && !_wild[^1][^1] && Tokens.IsPart(_segments[^1][^1]);
        _startHasSpace = _segments.Length > 0 && _segments[0].Where((_, at) => !_wild[0][at]).Any(IsSpace);
    }

    /// <summary>A matcher of whole values: wildcards stand for any characters, the pattern must cover the value, case counts.</summary>
    public static PatternMatcher OfValue(Pattern pattern) => new(pattern, inBody: false);

    /// <summary>
    /// A matcher of pieces of a body: wildcards stand for anything but white space, a literal end of the pattern must be the end of a token,
    /// case of ASCII letters does not count.
    /// </summary>
    public static PatternMatcher OfBody(Pattern pattern) => new(pattern, inBody: true);

    public bool IsMatch(ReadOnlySpan<byte> text) => _inBody ? IsMatchInBody(text) : IsMatchWhole(text);

    private bool IsMatchWhole(ReadOnlySpan<byte> text)
    {
        if (_segments.Length == 0)
            return true;
        var at = 0;
        for (var i = 0; i < _segments.Length; i++)
        {
            var isFixed = i == 0 && !_startsOpen;
            var isLast = i == _segments.Length - 1;
            var end = -1;
            for (var start = at; end < 0 && start <= text.Length; start++)
            {
                end = EndOfSegment(i, text, start);
                if (isLast && !_endsOpen && end != text.Length)
                    end = -1;
                if (isFixed)
                    break;
            }

            if (end < 0)
                return false;
            at = end;
        }

        return true;
    }

    private bool IsMatchInBody(ReadOnlySpan<byte> text)
    {
        var from = 0;
        while (from <= text.Length)
        {
            var start = FindSegment(0, text, from, text.Length, out var end);
            if (start < 0)
                return false;
            var reach = EndOfRun(text, end);
            var i = 1;
            while (i < _segments.Length && FindSegment(i, text, end, reach, out end) >= 0)
            {
                reach = EndOfRun(text, end);
                i++;
            }

            if (i >= _segments.Length)
                return true;

            // Where the first segment lies inside one run, a later place in the same run reaches nothing that the earliest did not.
            from = _startHasSpace ? start + 1 : Math.Max(start + 1, EndOfRun(text, start));
        }

        return false;
    }

    // The earliest place of a segment that starts between from and last.
    private int FindSegment(int segment, ReadOnlySpan<byte> text, int from, int last, out int end)
    {
        var isFirst = segment == 0;
        var isLast = segment == _segments.Length - 1;
        for (var start = from; start <= last; start++)
        {
            end = EndOfSegment(segment, text, start);
            if (end < 0)
                continue;
            if (isFirst && _startsAtToken && start > 0 && Tokens.IsPart(text[start - 1]))
                continue;
            if (isLast && _endsAtToken && end < text.Length && Tokens.IsPart(text[end]))
                continue;
            return start;
        }

        end = -1;
        return -1;
    }

    // Where the segment ends when it stands at start, else -1.
    private int EndOfSegment(int segment, ReadOnlySpan<byte> text, int start)
    {
        var bytes = _segments[segment];
        var wild = _wild[segment];
        var at = start;
        if (wild[0] && start < text.Length && (text[start] & 0xC0) == 0x80)
            return -1; // A wildcard stands for a character, and this is the middle of one.
        for (var i = 0; i < bytes.Length; i++)
        {
            if (at >= text.Length)
                return -1;
            if (!wild[i])
            {
                if ((_inBody ? Tokens.Lower(text[at]) : text[at]) != bytes[i])
                    return -1;
                at++;
                continue;
            }

            if (_inBody && IsSpace(text[at]))
                return -1;
            at = Math.Min(at + CharacterLength(text[at]), text.Length);
        }

        return at;
    }

    private static int EndOfRun(ReadOnlySpan<byte> text, int from)
    {
        var length = text[from..].IndexOfAny("\t\n\f\r "u8);
        return length < 0 ? text.Length : from + length;
    }

    private static bool IsSpace(byte b) => b is (byte)'\t' or (byte)'\n' or (byte)'\f' or (byte)'\r' or (byte)' ';

    private static int CharacterLength(byte lead) => lead switch
    {
        >= 0xF0 => 4,
        >= 0xE0 => 3,
        >= 0xC0 => 2,
        _ => 1,
    };
}
