using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Rialto.Platform.Connectors.Stripe;

/// <summary>
/// The signature of a webhook: <c>t=unix,v1=hex[,v1=hex]</c>, HMAC-SHA256 over <c>t.body</c> of the raw bytes. Any v1 may match; the time may be five
/// minutes off.
/// </summary>
public static class StripeSignature
{
    private static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(5);

    public static bool IsValid(string? header, ReadOnlySpan<byte> body, string secret, DateTimeOffset now)
    {
        if (header is null) return false;
        string? at = null;
        var given = new List<string>(2);
        foreach (var part in header.Split(','))
        {
            if (part.StartsWith("t=", StringComparison.Ordinal)) at = part[2..];
            else if (part.StartsWith("v1=", StringComparison.Ordinal)) given.Add(part[3..]);
        }
        if (!long.TryParse(at, NumberStyles.None, CultureInfo.InvariantCulture, out var unix) || unix > 253_402_300_799) return false;
        if ((now - DateTimeOffset.FromUnixTimeSeconds(unix)).Duration() > Tolerance) return false;

        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(secret));
        hmac.AppendData(Encoding.ASCII.GetBytes(at + "."));
        hmac.AppendData(body);
        Span<byte> expected = stackalloc byte[HMACSHA256.HashSizeInBytes];
        hmac.GetHashAndReset(expected);
        Span<byte> candidate = stackalloc byte[HMACSHA256.HashSizeInBytes];
        var matches = false;
        foreach (var hex in given)
        {
            if (hex.Length == candidate.Length * 2 && Convert.FromHexString(hex, candidate, out _, out _) == System.Buffers.OperationStatus.Done)
                matches |= CryptographicOperations.FixedTimeEquals(expected, candidate);
        }
        return matches;
    }
}
