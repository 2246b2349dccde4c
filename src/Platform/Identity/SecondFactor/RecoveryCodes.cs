using System.Security.Cryptography;
using System.Text;

namespace Rialto.Platform.Identity.SecondFactor;

/// <summary>
/// Codes on paper for the day the phone is lost: each opens the account once. Ten characters of 30 are 49 random bits, and sign-in is
/// throttled, so a plain SHA-256 is enough to store.
/// </summary>
internal static class RecoveryCodes
{
    public const int Count = 10;
    private const int Length = 10;

    // Without 0/O, 1/I/L and U, which people confuse or dislike.
    private const string Alphabet = "23456789ABCDEFGHJKMNPQRSTVWXYZ";

    public static string[] New() => Enumerable.Range(0, Count).Select(_ => NewCode()).ToArray();

    /// <summary>Of the code as typed: case, blanks and the dash do not matter. Null when it cannot be one.</summary>
    public static byte[]? HashOf(string typed)
    {
        var plain = new string(typed.Where(char.IsAsciiLetterOrDigit).Select(char.ToUpperInvariant).ToArray());
        return plain.Length == Length ? SHA256.HashData(Encoding.ASCII.GetBytes(plain)) : null;
    }

    private static string NewCode()
    {
        var code = RandomNumberGenerator.GetString(Alphabet, Length);
        return $"{code[..5]}-{code[5..]}";
    }
}
