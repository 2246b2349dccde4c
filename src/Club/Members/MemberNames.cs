using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Rialto.Club.Vendors;
using Rialto.Platform.Secrets;

namespace Rialto.Club.Members;

/// <summary>Who a member is, in the clear: only in memory.</summary>
internal sealed record PersonName(string Name, string FirstName, string LastName, string Email)
{
    /// <summary>Of a member who was forgotten.</summary>
    public static readonly PersonName Nobody = new("", "", "", "");

    public static PersonName Of(Profile profile) => new(profile.Name, profile.FirstName, profile.LastName, profile.Email);
}

/// <summary>
/// Names and mail addresses of members, sealed at rest. They are found again by keyed hashes: of the first three and more letters of each word of the
/// name, of shorter words as a whole, and of the address. What a hash finds is opened and compared.
/// </summary>
internal sealed class MemberNames(SecretStore secrets)
{
    /// <summary>The key of the hashes. Whoever changes it makes members unfindable until they sign in again.</summary>
    public const string SearchKey = "club/search-key";

    public static readonly SealedColumn Column = new("club.member", "id", "sealed", "member");

    private const int PrefixMin = 3;
    private const int PrefixMax = 12;

    private static readonly SecretReference KeyReference = SecretReference.Parse("secret:" + SearchKey)!.Value;

    public byte[] Seal(Guid member, PersonName person) => secrets.Seal(JsonSerializer.SerializeToUtf8Bytes(person), Column, member);

    /// <param name="bytes">Null: he was forgotten.</param>
    public PersonName Open(Guid member, byte[]? bytes) => bytes is null ? PersonName.Nobody : JsonSerializer.Deserialize<PersonName>(secrets.Open(bytes, Column, member))!;

    /// <summary>What is stored for a member to be found by.</summary>
    public async Task<long[]> TermsAsync(PersonName person, CancellationToken stop)
    {
        var key = await KeyAsync(stop);
        var terms = Words(person.Name).SelectMany(Prefixes).Append(Address(person.Email));
        return [.. terms.Select(term => Hash(key, term)).Distinct()];
    }

    /// <summary>What a member must have all of to be what is looked for; null when the text is too short to look for anybody.</summary>
    public async Task<long[]?> QueryAsync(string text, CancellationToken stop)
    {
        var words = Words(text).ToArray();
        var wanted = text.Contains('@', StringComparison.Ordinal) ? [Address(text)] : words.Where(word => word.Length >= PrefixMin).Select(word => word[..Math.Min(word.Length, PrefixMax)]).ToArray();
        // A name may be as short as Ng; then only the whole of it is looked for.
        if (wanted.Length == 0) wanted = words;
        if (wanted.Length == 0) return null;
        var key = await KeyAsync(stop);
        return [.. wanted.Select(term => Hash(key, term)).Distinct()];
    }

    /// <summary>Whether each word of the text begins a word of the name, or the text is the address.</summary>
    public static bool IsMeant(PersonName person, string text)
    {
        if (text.Contains('@', StringComparison.Ordinal)) return Address(text) == Address(person.Email);
        var names = Words(person.Name).ToArray();
        var words = Words(text).ToArray();
        return words.Length > 0 && words.All(word => names.Any(name => name.StartsWith(word, StringComparison.Ordinal)));
    }

    private async Task<byte[]> KeyAsync(CancellationToken stop) =>
        Convert.FromBase64String((await secrets.FindAsync(KeyReference, stop) ?? throw new InvalidOperationException("The key of the search is made when a node starts.")).Reveal());

    private static IEnumerable<string> Prefixes(string word)
    {
        if (word.Length < PrefixMin) yield return word;
        for (var length = PrefixMin; length <= Math.Min(word.Length, PrefixMax); length++) yield return word[..length];
    }

    /// <summary>Small letters without accents, and digits.</summary>
    private static IEnumerable<string> Words(string text)
    {
        var plain = new StringBuilder(text.Length);
        foreach (var letter in text.Normalize(NormalizationForm.FormD))
        {
            if (char.IsLetterOrDigit(letter)) plain.Append(char.ToLowerInvariant(letter));
            else if (CharUnicodeInfo.GetUnicodeCategory(letter) is not (UnicodeCategory.NonSpacingMark or UnicodeCategory.OtherPunctuation)) plain.Append(' ');
        }
        return plain.ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries);
    }

    private static string Address(string email) => "@" + email.Trim().ToLowerInvariant();

    private static long Hash(byte[] key, string term)
    {
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(term), hash);
        return BinaryPrimitives.ReadInt64LittleEndian(hash);
    }
}
