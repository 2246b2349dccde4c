using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace Rialto.Logs.Protocols.Json;

/// <summary>
/// Decides whether a JSON number is kept as a number: only when a double holds it exactly, so that what was sent can be shown again.
/// An order number of 20 digits stays a text.
/// </summary>
internal static class ExactNumber
{
    /// <summary>Every decimal of up to 15 significant digits survives the way into a double and back.</summary>
    private const int SafeDigits = 15;

    private static readonly double[] PowersOfTen =
    [
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
    ];

    public static bool TryParse(ReadOnlySpan<byte> raw, out double value)
    {
        var negative = raw[0] == '-';
        var digits = negative ? raw[1..] : raw;
        long mantissa = 0;
        var decimals = -1;
        var count = 0;
        foreach (var c in digits)
        {
            if (c == '.' && decimals < 0)
            {
                decimals = 0;
                continue;
            }

            if ((uint)(c - '0') > 9 || ++count > SafeDigits)
                return TryParseSlowly(raw, out value);
            mantissa = (mantissa * 10) + (c - '0');
            if (decimals >= 0)
                decimals++;
        }

        // Both operands are exact doubles, so their quotient is the double nearest to the decimal.
        value = decimals > 0 ? mantissa / PowersOfTen[decimals] : mantissa;
        if (negative)
            value = -value;
        return true;
    }

    private static bool TryParseSlowly(ReadOnlySpan<byte> raw, out double value)
    {
        if (!Utf8Parser.TryParse(raw, out value, out var used) || used != raw.Length || !double.IsFinite(value))
            return false;
        Span<byte> shortest = stackalloc byte[32];
        return value.TryFormat(shortest, out var length, "R", CultureInfo.InvariantCulture)
            && Normal(Encoding.ASCII.GetString(raw)) == Normal(Encoding.ASCII.GetString(shortest[..length]));
    }

    /// <summary>Sign, significant digits and exponent of a decimal, so that 1.50, 15e-1 and 1.5 are the same.</summary>
    private static (bool Negative, string Digits, long Exponent) Normal(string text)
    {
        var negative = text[0] == '-';
        var e = text.IndexOfAny(['e', 'E']);
        // An exponent this long is infinite or zero; the parse before has sorted that out.
        var exponent = e < 0 ? 0 : long.TryParse(text[(e + 1)..], CultureInfo.InvariantCulture, out var parsed) ? parsed : long.MinValue / 2;
        var mantissa = text[(negative ? 1 : 0)..(e < 0 ? text.Length : e)];
        var point = mantissa.IndexOf('.');
        if (point >= 0)
        {
            exponent -= mantissa.Length - point - 1;
            mantissa = mantissa.Remove(point, 1);
        }

        mantissa = mantissa.TrimStart('0');
        var digits = mantissa.TrimEnd('0');
        return digits.Length == 0 ? (negative, "", 0) : (negative, digits, exponent + mantissa.Length - digits.Length);
    }
}
