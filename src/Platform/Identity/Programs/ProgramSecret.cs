using System.Security.Cryptography;
using System.Text;

namespace Rialto.Platform.Identity.Programs;

/// <summary>A credential's text, <c>prefix_id_secret</c>: the id finds the row, the hash of the whole proves it. 238 random bits need no slow hash.</summary>
internal readonly record struct ProgramSecret(string Text, string Id, byte[] Hash)
{
    public const string ClientPrefix = "rc_";
    public const string TokenPrefix = "rt_";
    public const string RefreshPrefix = "rr_";

    private const string Alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private const int IdLength = 12;
    private const int SecretLength = 40;
    private const int TextLength = 3 + IdLength + 1 + SecretLength;

    public static ProgramSecret New(string prefix)
    {
        var id = RandomNumberGenerator.GetString(Alphabet, IdLength);
        var text = $"{prefix}{id}_{RandomNumberGenerator.GetString(Alphabet, SecretLength)}";
        return new ProgramSecret(text, id, SHA256.HashData(Encoding.ASCII.GetBytes(text)));
    }

    /// <summary>Null when it cannot be one of ours.</summary>
    public static ProgramSecret? Read(string? text, string prefix) =>
        text is { Length: TextLength } && text.StartsWith(prefix, StringComparison.Ordinal) && text[prefix.Length + IdLength] == '_' && !text.AsSpan().ContainsAnyExceptInRange('!', '~')
            ? new ProgramSecret(text, text.Substring(prefix.Length, IdLength), SHA256.HashData(Encoding.ASCII.GetBytes(text)))
            : null;

    public bool Matches(byte[] hash) => CryptographicOperations.FixedTimeEquals(Hash, hash);
}
