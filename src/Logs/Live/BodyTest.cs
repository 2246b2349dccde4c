using Rialto.Logs.Query;
using Rialto.Logs.Records;

namespace Rialto.Logs.Live;

/// <summary>
/// Finds a text in the body as <see cref="BodyHasText"/> says. The search jumps between places of the text's rarest byte, in either case.
/// </summary>
internal sealed class BodyTest : RowTest
{
    // How common a byte is in log lines, roughly: letters by English use, digits and separators above most letters.
    private const string CommonFirst = " e0ta1io:n-r2s/3l5d.4c_6u8m9p7=h\"gb,f[vk]y'xw(zj)q";

    private readonly byte[] _text;
    private readonly int _rare;
    private readonly byte _rareLower;
    private readonly byte _rareUpper;
    private readonly bool _startsAtToken;
    private readonly bool _endsAtToken;

    private BodyTest(string text)
    {
        _text = Tokens.LowerUtf8(text);
        for (var i = 1; i < _text.Length; i++)
        {
            if (Commonness(_text[i]) < Commonness(_text[_rare]))
                _rare = i;
        }

        _rareLower = _text[_rare];
        _rareUpper = char.IsAsciiLetterLower((char)_rareLower) ? (byte)(_rareLower & ~0x20) : _rareLower;
        _startsAtToken = Tokens.IsPart(_text[0]);
        _endsAtToken = Tokens.IsPart(_text[^1]);
    }

    public override int Cost => 50;

    public static BodyTest Of(string text) => new(text);

    public override bool Matches(RecordBatch batch, int row) => IsIn(batch.Body(row));

    internal bool IsIn(ReadOnlySpan<byte> body)
    {
        // The rare byte can only stand where the text around it fits.
        var from = _rare;
        var end = body.Length - (_text.Length - 1 - _rare);
        while (from < end)
        {
            var found = body[from..end].IndexOfAny(_rareLower, _rareUpper);
            if (found < 0)
                return false;
            var start = from + found - _rare;
            if (StandsAt(body, start))
                return true;
            from += found + 1;
        }

        return false;
    }

    private bool StandsAt(ReadOnlySpan<byte> body, int start)
    {
        if (_startsAtToken && start > 0 && Tokens.IsPart(body[start - 1]))
            return false;
        var end = start + _text.Length;
        if (_endsAtToken && end < body.Length && Tokens.IsPart(body[end]))
            return false;
        var place = body.Slice(start, _text.Length);
        for (var i = 0; i < place.Length; i++)
        {
            if (Tokens.Lower(place[i]) != _text[i])
                return false;
        }

        return true;
    }

    private static int Commonness(byte b)
    {
        var rank = CommonFirst.IndexOf((char)b, StringComparison.Ordinal);
        return rank < 0 ? 0 : CommonFirst.Length - rank;
    }
}

internal sealed class BodyPatternTest(Pattern pattern) : RowTest
{
    private readonly PatternMatcher _matcher = PatternMatcher.OfBody(pattern);

    public override int Cost => 300;

    public override bool Matches(RecordBatch batch, int row) => _matcher.IsMatch(batch.Body(row));
}
