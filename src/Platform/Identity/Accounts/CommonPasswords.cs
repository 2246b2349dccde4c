using System.Collections.Frozen;
using System.IO.Compression;

namespace Rialto.Platform.Identity.Accounts;

/// <summary>The 25,000 passwords and words that guessers try first, lower case. Read once, when the first password is chosen.</summary>
internal static class CommonPasswords
{
    private static readonly Lazy<FrozenSet<string>> Known = new(Read);

    public static bool Contains(ReadOnlySpan<char> lowerCase) => Known.Value.GetAlternateLookup<ReadOnlySpan<char>>().Contains(lowerCase);

    private static FrozenSet<string> Read()
    {
        using var packed = typeof(CommonPasswords).Assembly.GetManifestResourceStream("common-passwords.txt.gz")
            ?? throw new InvalidOperationException("The list of common passwords is not in the assembly.");
        using var text = new StreamReader(new GZipStream(packed, CompressionMode.Decompress));
        return text.ReadToEnd().Split('\n').ToFrozenSet(StringComparer.Ordinal);
    }
}
