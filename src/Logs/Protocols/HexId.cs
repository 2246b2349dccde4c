using System.Buffers;

namespace Rialto.Logs.Protocols;

/// <summary>Trace and span ids as text.</summary>
internal static class HexId
{
    private const int UuidLength = 36;

    /// <summary>
    /// Parses hexadecimal digits into exactly the bytes of <paramref name="id"/>. Shorter ids (64-bit traces of older tracers) are padded in front,
    /// a UUID loses its dashes.
    /// </summary>
    public static bool TryParse(ReadOnlySpan<byte> text, Span<byte> id)
    {
        if (id.Length == 16 && text.Length == UuidLength && text[8] == '-' && text[13] == '-' && text[18] == '-' && text[23] == '-')
        {
            Span<byte> digits = stackalloc byte[32];
            text[..8].CopyTo(digits);
            text[9..13].CopyTo(digits[8..]);
            text[14..18].CopyTo(digits[12..]);
            text[19..23].CopyTo(digits[16..]);
            text[24..].CopyTo(digits[20..]);
            return TryParseDigits(digits, id);
        }

        return TryParseDigits(text, id);
    }

    private static bool TryParseDigits(ReadOnlySpan<byte> text, Span<byte> id)
    {
        if (text.Length != id.Length * 2 && !(id.Length == 16 && text.Length == 16))
            return false;
        id.Clear();
        return Convert.FromHexString(text, id[(id.Length - (text.Length / 2))..], out _, out _) == OperationStatus.Done;
    }
}
