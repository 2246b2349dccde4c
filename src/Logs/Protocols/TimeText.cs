using System.Buffers.Text;

namespace Rialto.Logs.Protocols;

/// <summary>
/// Reads the times people send: ISO 8601 with or without zone and with up to nine decimals, or a number since 1970 whose unit follows from its size.
/// The result is nanoseconds since 1970; what does not fit (years before 1678 and after 2261) is the nearest that does, and far outside
/// the window of accepted times anyway.
/// </summary>
internal static class TimeText
{
    private const long NanosPerSecond = 1_000_000_000;

    public static bool TryParse(ReadOnlySpan<byte> text, out long nanos)
    {
        text = text.Trim(" "u8);
        return (text.Length > 4 && text[4] == '-') ? TryParseIso(text, out nanos) : TryParseNumber(text, out nanos);
    }

    /// <summary>Seconds until the year 5138, then milliseconds, microseconds and nanoseconds by their number of digits.</summary>
    public static bool TryParseNumber(ReadOnlySpan<byte> text, out long nanos)
    {
        nanos = 0;
        if (!Utf8Parser.TryParse(text, out long whole, out var used) || text.ContainsAny((byte)'e', (byte)'E'))
            return Utf8Parser.TryParse(text, out double value, out used) && used == text.Length && FromDouble(value, out nanos);
        if (used < text.Length && text[used] != '.')
            return false;

        var unit = UnitOf(whole);
        long fraction = 0;
        if (used < text.Length && !TryParseFraction(text[(used + 1)..], unit, out fraction))
            return false;
        nanos = Saturated(whole, unit, text[0] == '-' ? -fraction : fraction);
        return true;
    }

    /// <summary>The unit, in nanoseconds, of a time given as a bare number.</summary>
    private static long UnitOf(double value) => Math.Abs(value) switch
    {
        < 1e11 => NanosPerSecond,
        < 1e14 => 1_000_000,
        < 1e17 => 1_000,
        _ => 1,
    };

    private static bool FromDouble(double value, out long nanos)
    {
        nanos = 0;
        if (!double.IsFinite(value))
            return false;
        // A conversion of a double to a long saturates.
        nanos = (long)(value * UnitOf(value));
        return true;
    }

    private static bool TryParseFraction(ReadOnlySpan<byte> digits, long unit, out long fraction)
    {
        fraction = 0;
        foreach (var c in digits)
        {
            if ((uint)(c - '0') > 9)
                return false;
            unit /= 10;
            fraction += (c - '0') * unit;
        }

        return true;
    }

    private static bool TryParseIso(ReadOnlySpan<byte> text, out long nanos)
    {
        nanos = 0;
        if (text.Length < 10 || text[7] != '-' || !Number(text[..4], out var year) || !Number(text[5..7], out var month) || !Number(text[8..10], out var day)
            || month is < 1 or > 12 || day < 1 || day > (year is 0 ? 31 : DateTime.DaysInMonth(year, month)))
            return false;

        var seconds = DaysSinceEpoch(year, month, day) * 86_400;
        long fraction = 0;
        text = text[10..];
        if (text.Length > 0)
        {
            if (text[0] is not ((byte)'T' or (byte)'t' or (byte)' ') || !TryParseClock(text[1..], out var clock, out fraction, out text))
                return false;
            seconds += clock;
        }

        if (!TryParseZone(text, out var offset))
            return false;
        nanos = Saturated(seconds - offset, NanosPerSecond, fraction);
        return true;
    }

    private static bool TryParseClock(ReadOnlySpan<byte> text, out long seconds, out long fraction, out ReadOnlySpan<byte> rest)
    {
        seconds = fraction = 0;
        rest = default;
        if (text.Length < 5 || text[2] != ':' || !Number(text[..2], out var hour) || !Number(text[3..5], out var minute) || hour > 23 || minute > 59)
            return false;
        seconds = (hour * 3600) + (minute * 60);
        rest = text[5..];
        if (rest.Length == 0 || rest[0] != ':')
            return true;
        // 60 is a leap second.
        if (rest.Length < 3 || !Number(rest[1..3], out var second) || second > 60)
            return false;
        seconds += second;
        rest = rest[3..];
        if (rest.Length == 0 || rest[0] is not ((byte)'.' or (byte)','))
            return true;

        var digits = 1;
        while (digits < rest.Length && (uint)(rest[digits] - '0') <= 9)
            digits++;
        var parsed = digits > 1 && TryParseFraction(rest[1..digits], NanosPerSecond, out fraction);
        rest = rest[digits..];
        return parsed;
    }

    /// <summary>No zone means UTC.</summary>
    private static bool TryParseZone(ReadOnlySpan<byte> text, out long offset)
    {
        offset = 0;
        text = text.TrimStart((byte)' ');
        if (text.IsEmpty || text is [(byte)'Z' or (byte)'z'])
            return true;
        var sign = text[0] switch { (byte)'+' => 1, (byte)'-' => -1, _ => 0 };
        var digits = text[1..];
        var minutes = 0;
        if (sign == 0
            || !(digits.Length is 2 or 4 || (digits.Length == 5 && digits[2] == ':'))
            || !Number(digits[..2], out var hours)
            || (digits.Length > 2 && !Number(digits[^2..], out minutes)))
            return false;
        offset = sign * ((hours * 3600L) + (minutes * 60L));
        return true;
    }

    private static bool Number(ReadOnlySpan<byte> digits, out int value)
    {
        value = 0;
        foreach (var c in digits)
        {
            if ((uint)(c - '0') > 9)
                return false;
            value = (value * 10) + (c - '0');
        }

        return true;
    }

    /// <summary>Days from 1970-01-01, by the usual trick of a year that starts in March.</summary>
    private static long DaysSinceEpoch(int year, int month, int day)
    {
        long y = month <= 2 ? year - 1 : year;
        var era = (y >= 0 ? y : y - 399) / 400;
        var yearOfEra = y - (era * 400);
        var dayOfYear = (((153 * (month + (month > 2 ? -3 : 9))) + 2) / 5) + day - 1;
        var dayOfEra = (yearOfEra * 365) + (yearOfEra / 4) - (yearOfEra / 100) + dayOfYear;
        return (era * 146_097) + dayOfEra - 719_468;
    }

    private static long Saturated(long count, long unit, long fraction) =>
        count > (long.MaxValue / unit) - 1 ? long.MaxValue
        : count < (long.MinValue / unit) + 1 ? long.MinValue
        : (count * unit) + fraction;
}
