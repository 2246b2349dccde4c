using System.Collections.Immutable;

namespace Rialto.Logs.Query;

/// <summary>
/// What a query means, with every name, number and id resolved. It is two-valued: a condition on something a record does not have is false,
/// so its negation is true. <see cref="ConditionSql"/> and <c>LiveFilter</c> both start from this tree, and a property test holds
/// them to the same answer.
/// </summary>
internal abstract record Condition
{
    public static readonly Condition True = new Always(true);

    public static readonly Condition False = new Always(false);
}

internal sealed record Always(bool Value) : Condition;

internal sealed record AllOf(ImmutableArray<Condition> Parts) : Condition;

internal sealed record AnyOf(ImmutableArray<Condition> Parts) : Condition;

internal sealed record Not(Condition Inner) : Condition;

/// <summary>
/// The body contains the text, whatever the case of its ASCII letters, and not as a part of a longer token: <c>10.0.0.1</c> is not found in
/// <c>10.0.0.12</c>. See <see cref="Tokens"/>.
/// </summary>
internal sealed record BodyHasText(string Text) : Condition;

/// <summary>
/// The body contains a piece without white space in the place of each wildcard; a literal end of the pattern is the end of a token.
/// </summary>
internal sealed record BodyHasPattern(Pattern Pattern) : Condition;

internal sealed record SeverityIn(byte Low, byte High) : Condition;

internal sealed record SequenceIn(ulong Low, ulong High) : Condition;

/// <summary>An id between two ids, both included: one id, or all that begin alike. Ids of zeros mean none.</summary>
internal sealed record IdIn(IdColumn Column, ImmutableArray<byte> Low, ImmutableArray<byte> High) : Condition;

/// <summary>One of the applications with these numbers, which are those whose name matches.</summary>
internal sealed record ApplicationIs(TextMatch Name, ImmutableArray<uint> Numbers) : Condition;

internal sealed record TextIs(TextField Column, TextMatch Match) : Condition;

/// <summary>A text attribute that matches, or a number attribute: equal, or for a pattern a whole number whose digits match.</summary>
internal sealed record AttributeIs(string Key, TextMatch Match, double? Number) : Condition;

/// <summary>A number attribute in a range; infinite ends are open ones.</summary>
internal sealed record NumberIn(string Key, double Low, bool LowInclusive, double High, bool HighInclusive) : Condition;

internal sealed record AttributeExists(string Key) : Condition;

internal sealed record ResourceIs(string Key, TextMatch Match) : Condition;

internal sealed record ResourceExists(string Key) : Condition;

internal enum IdColumn
{
    Trace,
    Span,
}

internal enum TextField
{
    Service,
    Environment,
    Host,
    Body,
}

/// <summary>Equal to a text, case and all, or matching a pattern from end to end. Exactly one of the two is there.</summary>
internal sealed record TextMatch(string? Text, Pattern? Pattern)
{
    public static TextMatch Of(string text) => new(text, null);

    public static TextMatch Of(Pattern pattern) => new(null, pattern);
}
