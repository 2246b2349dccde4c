namespace Rialto.Platform.Secrets;

/// <summary>
/// A secret in the clear, as short as possible between the store and its one use. It prints as stars, and serialises as nothing,
/// so that neither a log nor an answer can carry it by accident.
/// </summary>
public sealed class SecretText
{
    private readonly string _text;

    internal SecretText(string text) => _text = text;

    /// <summary>The clear text. Every use of this is a place to look at.</summary>
    public string Reveal() => _text;

    public override string ToString() => "***";
}

/// <summary>
/// Where configuration needs a secret it holds <c>secret:name</c>. Names are lower-case words with dots, slashes and dashes.
/// </summary>
public readonly record struct SecretReference
{
    private const string Scheme = "secret:";
    private const int NameLengthMax = 100;

    private SecretReference(string name) => Name = name;

    public string Name { get; }

    /// <summary>Null when the text is not a reference.</summary>
    public static SecretReference? Parse(string? text) =>
        text is not null && text.StartsWith(Scheme, StringComparison.Ordinal) && IsName(text[Scheme.Length..]) ? new SecretReference(text[Scheme.Length..]) : null;

    public static bool IsName(string name) =>
        name.Length is > 0 and <= NameLengthMax && name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '.' or '/' or '-');

    public override string ToString() => Scheme + Name;
}
