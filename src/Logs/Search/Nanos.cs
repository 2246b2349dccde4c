using System.Globalization;

namespace Rialto.Logs.Search;

/// <summary>Times as the table has them: nanoseconds since 1970, which .NET's own types cannot hold.</summary>
internal static class Nanos
{
    public const long PerSecond = 1_000_000_000;
    public const long PerMinute = 60 * PerSecond;
    private const long PerTick = 100;

    public static long Of(DateTimeOffset time) => (time.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) * PerTick;

    public static DateTimeOffset ToTime(long nanos) => DateTimeOffset.UnixEpoch.AddTicks(Math.DivRem(nanos, PerTick).Quotient);

    /// <summary>ISO 8601 in UTC with 0, 3, 6 or 9 digits of fraction; returns the length, at most <see cref="LengthMax"/>.</summary>
    public static int Format(long nanos, Span<byte> text)
    {
        var seconds = Math.DivRem(nanos, PerSecond).Quotient;
        var fraction = nanos - (seconds * PerSecond);
        if (fraction < 0)
            (seconds, fraction) = (seconds - 1, fraction + PerSecond);
        DateTimeOffset.FromUnixTimeSeconds(seconds).TryFormat(text, out var length, "yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture);
        if (fraction != 0)
        {
            text[length++] = (byte)'.';
            var digits = fraction % 1_000_000 == 0 ? 3 : fraction % 1_000 == 0 ? 6 : 9;
            for (var i = 9; i > 0; i--, fraction /= 10)
            {
                if (i <= digits)
                    text[length + i - 1] = (byte)('0' + (fraction % 10));
            }

            length += digits;
        }

        text[length++] = (byte)'Z';
        return length;
    }

    public const int LengthMax = 30;

    public static string Format(long nanos)
    {
        Span<byte> text = stackalloc byte[LengthMax];
        return System.Text.Encoding.ASCII.GetString(text[..Format(nanos, text)]);
    }

    /// <summary>
    /// Reads ISO 8601 (any offset, UTC when it has none, up to 9 digits of fraction), <c>now</c>, and times relative to now: <c>now-15m</c>, <c>-15m</c>
    /// with s, m, h, d or w.
    /// </summary>
    public static bool TryRead(string text, long now, out long nanos)
    {
        nanos = now;
        var span = text.AsSpan().Trim();
        if (span.StartsWith("now"))
        {
            span = span[3..];
            if (span.IsEmpty)
                return true;
        }

        // A plus in an address that was not escaped arrives as a space.
        if (!span.IsEmpty && span[0] is '-' or '+' or ' ')
            return TryReadOffset(span, now, out nanos);
        return TryReadIso(span, out nanos);
    }

    private static bool TryReadOffset(ReadOnlySpan<char> text, long now, out long nanos)
    {
        nanos = now;
        var unit = text[^1] switch
        {
            's' => 1L,
            'm' => 60,
            'h' => 3600,
            'd' => 86400,
            'w' => 7 * 86400,
            _ => 0,
        };

        // 20 years is longer than anything is kept, and far from the ends of a long.
        if (unit == 0 || !int.TryParse(text[1..^1].Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var count) || count * unit > 20L * 366 * 86400)
            return false;
        nanos = text[0] == '-' ? now - (count * unit * PerSecond) : now + (count * unit * PerSecond);
        return true;
    }

    private static bool TryReadIso(ReadOnlySpan<char> text, out long nanos)
    {
        nanos = 0;
        var extra = 0L;
        if (text.Length is < 10 or > 40 || text[4] != '-')
            return false;
        Span<char> shortened = stackalloc char[40];
        var kept = text.Length;
        text.CopyTo(shortened);
        var dot = text.IndexOf('.');
        if (dot > 0)
        {
            var end = dot + 1;
            while (end < text.Length && char.IsAsciiDigit(text[end]))
                end++;
            if (end - dot - 1 is 0 or > 9)
                return false;

            // .NET reads seven digits of a fraction; the other two are added after it.
            for (var i = dot + 8; i < end; i++)
                extra += (text[i] - '0') * (i == dot + 8 ? 10 : 1);
            var seventh = Math.Min(end, dot + 8);
            text[end..].CopyTo(shortened[seventh..]);
            kept = seventh + text.Length - end;
        }

        if (!DateTimeOffset.TryParse(shortened[..kept], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time))
            return false;
        if (time.Year is < 1970 or > 2200)
            return false;
        nanos = Of(time) + extra;
        return true;
    }
}
