using System.Collections.Immutable;
using System.Text;

namespace Rialto.Logs.Query;

/// <summary>
/// A text with wildcards. A piece is a literal, <see cref="Many"/> (any run of characters, also none) or <see cref="One"/> (one character).
/// Two <see cref="Many"/> never stand side by side.
/// </summary>
internal sealed record Pattern(ImmutableArray<string> Pieces)
{
    /// <summary>Compared by reference: a literal piece may hold the same characters.</summary>
    public static readonly string Many = new("*");

    public static readonly string One = new("?");

    public int Wildcards => Pieces.Count(piece => !IsLiteral(piece));

    public bool StartsOpen => ReferenceEquals(Pieces[0], Many);

    public bool EndsOpen => ReferenceEquals(Pieces[^1], Many);

    /// <summary>Whether the empty text matches.</summary>
    public bool MatchesEmpty => Pieces.All(piece => ReferenceEquals(piece, Many));

    public IEnumerable<string> Literals => Pieces.Where(IsLiteral);

    public static bool IsLiteral(string piece) => !ReferenceEquals(piece, Many) && !ReferenceEquals(piece, One);

    /// <summary>Whether the whole text matches.</summary>
    public bool IsMatch(string text) => PatternMatcher.OfValue(this).IsMatch(Encoding.UTF8.GetBytes(text));

    public bool Equals(Pattern? other) =>
        other is not null && Pieces.Length == other.Pieces.Length
        && Pieces.Zip(other.Pieces).All(pair => pair.First == pair.Second && IsLiteral(pair.First) == IsLiteral(pair.Second));

    public override int GetHashCode() => Pieces.Length;
}
