namespace Rialto.Platform.Identity.Accounts;

/// <summary>Why a password is refused: a stable code, and a sentence that says what to do.</summary>
internal sealed record PasswordRefusal(string Code, string Message);

/// <summary>
/// Length, and not to be guessable. No rule about kinds of characters: those make people write "Password1!", which guessers know.
/// </summary>
internal static class PasswordRules
{
    public const int LengthMin = 10;

    // Hashing is slow by intent; a longer text would be a way to keep the processor busy.
    public const int LengthMax = 200;

    private const int DistinctCharactersMin = 5;

    // "password" with this many characters around it is still "password".
    private const int PaddingMax = 5;
    private const int PersonalPartMin = 4;

    private static readonly string[] Rows =
    [
        "abcdefghijklmnopqrstuvwxyz", "01234567890123456789", "qwertyuiop", "asdfghjkl", "zxcvbnm", "qazwsxedcrfvtgbyhnujm", "1q2w3e4r5t6y7u8i9o0p",
    ];

    /// <param name="password">As typed.</param>
    /// <param name="personal">What a guesser knows of this person: mail address, name, organization.</param>
    /// <returns>Null when the password may be used.</returns>
    public static PasswordRefusal? Check(string password, params IEnumerable<string> personal)
    {
        if (password.Length < LengthMin) return new("password-too-short", $"The password needs at least {LengthMin} characters; three or four words make a good one.");
        if (password.Length > LengthMax) return new("password-too-long", $"The password may have at most {LengthMax} characters.");
        var lower = password.ToLowerInvariant();
        if (lower.Distinct().Count() < DistinctCharactersMin || IsSequence(lower))
            return new("password-repetitive", "The password repeats or follows the keyboard, which is guessed first.");
        if (IsCommon(lower) || IsCommon(Plain(lower)) || IsRepeatedCommon(lower))
            return new("password-common", "The password, or one like it, is on the list of common passwords.");
        var rest = personal.SelectMany(Parts).OrderByDescending(part => part.Length).Aggregate(lower, (left, part) => left.Replace(part, "", StringComparison.Ordinal));
        return rest.Length < lower.Length && rest.Length <= PaddingMax
            ? new("password-personal", "The password is little more than your name, address or organization.")
            : null;
    }

    private static bool IsCommon(string lower)
    {
        if (CommonPasswords.Contains(lower)) return true;
        var core = lower.AsSpan().Trim("0123456789!@#$%^&*()-_=+.,;:?/\\|~`'\"[]{}<> ");
        return core.Length >= 4 && lower.Length - core.Length <= PaddingMax && CommonPasswords.Contains(core);
    }

    private static bool IsRepeatedCommon(string lower)
    {
        for (var length = 2; length <= lower.Length / 2; length++)
        {
            if (lower.Length % length != 0) continue;
            var first = lower.AsSpan(0, length);
            var repeated = true;
            for (var at = length; at < lower.Length && repeated; at += length) repeated = lower.AsSpan(at, length).SequenceEqual(first);
            if (repeated) return true;
        }
        return false;
    }

    private static bool IsSequence(string lower) => Rows.Any(row => Covers(row, lower) || Covers(new string(row.Reverse().ToArray()), lower));

    /// <summary>All but <see cref="PaddingMax"/> characters are one run of a row.</summary>
    private static bool Covers(string row, string lower)
    {
        int longest = 0, run = 1;
        for (var i = 1; i < lower.Length; i++)
        {
            run = row.AsSpan().IndexOf(lower.AsSpan(i - 1, 2)) >= 0 ? run + 1 : 1;
            longest = Math.Max(longest, run);
        }
        return longest >= 6 && lower.Length - longest <= PaddingMax;
    }

    /// <summary>Undoes the usual replacements: "p@ssw0rd" is "password".</summary>
    private static string Plain(string lower) => string.Create(lower.Length, lower, static (plain, text) =>
    {
        for (var i = 0; i < text.Length; i++)
        {
            plain[i] = text[i] switch
            {
                '0' => 'o', '1' or '!' or '|' => 'i', '3' => 'e', '4' or '@' => 'a', '5' or '$' => 's', '7' or '+' => 't', '8' => 'b', '9' => 'g',
                var other => other,
            };
        }
    });

    private static IEnumerable<string> Parts(string personal) => personal.ToLowerInvariant()
        .Split(['@', '.', ' ', '-', '_', '+'], StringSplitOptions.RemoveEmptyEntries)
        .Append(personal.ToLowerInvariant())
        .Where(part => part.Length >= PersonalPartMin);
}
