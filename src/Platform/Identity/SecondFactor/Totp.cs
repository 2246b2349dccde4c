using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace Rialto.Platform.Identity.SecondFactor;

/// <summary>
/// Time-based one-time passwords, RFC 6238: HMAC-SHA1, six digits, steps of 30 seconds. These are what every authenticator app takes;
/// several of them ignore any other choice in the link, so there is none.
/// </summary>
internal static class Totp
{
    public const int SecretBytes = 20;

    private const int StepSeconds = 30;
    private const int Digits = 6;
    private const int CodesCount = 1_000_000;

    // A phone's clock may be off, and a person types for some seconds: one step before and one after count.
    private const int StepsOff = 1;

    public static byte[] NewSecret() => RandomNumberGenerator.GetBytes(SecretBytes);

    public static long StepAt(DateTimeOffset at) => at.ToUnixTimeSeconds() / StepSeconds;

    [SuppressMessage("Security", "CA5350", Justification = "RFC 6238 as authenticator apps implement it; HMAC does not rest on collision resistance.")]
    public static string CodeAt(ReadOnlySpan<byte> secret, long step)
    {
        Span<byte> counter = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(counter, step);
        Span<byte> mac = stackalloc byte[HMACSHA1.HashSizeInBytes];
        HMACSHA1.HashData(secret, counter, mac);
        var offset = mac[^1] & 0xf;
        var number = (BinaryPrimitives.ReadInt32BigEndian(mac[offset..]) & int.MaxValue) % CodesCount;
        return number.ToString("D6");
    }

    /// <summary>
    /// The step a code belongs to, or null when it is wrong. The caller stores the step and passes it as <paramref name="lastStep"/> the next
    /// time: a code is good once, so somebody who looks over a shoulder cannot use it again.
    /// </summary>
    public static long? Verify(ReadOnlySpan<byte> secret, string code, DateTimeOffset now, long lastStep)
    {
        var typed = code.Replace(" ", "", StringComparison.Ordinal);
        if (typed.Length != Digits || !Ascii.IsValid(typed)) return null;
        Span<byte> given = stackalloc byte[Digits];
        Span<byte> expected = stackalloc byte[Digits];
        Encoding.ASCII.GetBytes(typed, given);
        var current = StepAt(now);
        long? found = null;
        // All steps are compared, so that time does not tell which one was near.
        for (var step = current - StepsOff; step <= current + StepsOff; step++)
        {
            Encoding.ASCII.GetBytes(CodeAt(secret, step), expected);
            if (CryptographicOperations.FixedTimeEquals(given, expected) && step > lastStep) found = step;
        }
        return found;
    }

    /// <summary>The link behind the QR code.</summary>
    public static string Link(ReadOnlySpan<byte> secret, string issuer, string account) =>
        $"otpauth://totp/{Uri.EscapeDataString(issuer)}:{Uri.EscapeDataString(account)}?secret={Base32(secret)}&issuer={Uri.EscapeDataString(issuer)}"
        + $"&algorithm=SHA1&digits={Digits}&period={StepSeconds}";

    /// <summary>RFC 4648 base 32 without padding, for people who type the secret.</summary>
    public static string Base32(ReadOnlySpan<byte> bytes)
    {
        const string alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
        var text = new StringBuilder((bytes.Length * 8 + 4) / 5);
        int buffer = 0, bits = 0;
        foreach (var value in bytes)
        {
            buffer = (buffer << 8) | value;
            for (bits += 8; bits >= 5; bits -= 5) text.Append(alphabet[(buffer >> (bits - 5)) & 31]);
            buffer &= (1 << bits) - 1;
        }
        if (bits > 0) text.Append(alphabet[(buffer << (5 - bits)) & 31]);
        return text.ToString();
    }
}
