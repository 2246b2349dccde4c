using System.Collections.Immutable;

namespace Rialto.Logs.Query;

/// <summary>
/// A query as it was written: what the words mean (fields, numbers, levels) is decided by <see cref="QueryBinder"/>.
/// </summary>
internal abstract record QueryNode(SourceSpan Span);

/// <summary>The empty query.</summary>
internal sealed record EverythingNode(SourceSpan Span) : QueryNode(Span);

internal sealed record AndNode(ImmutableArray<QueryNode> Parts, SourceSpan Span) : QueryNode(Span);

internal sealed record OrNode(ImmutableArray<QueryNode> Parts, SourceSpan Span) : QueryNode(Span);

internal sealed record NotNode(QueryNode Inner, SourceSpan Span) : QueryNode(Span);

/// <summary>One condition; without a field it is about the record's body.</summary>
internal sealed record TermNode(FieldName? Field, TermValue Value, SourceSpan Span) : QueryNode(Span);

internal sealed record FieldName(string Name, SourceSpan Span);

internal abstract record TermValue(SourceSpan Span);

/// <summary>A word or a quoted text: quotes protect characters and change nothing else.</summary>
internal sealed record TextValue(string Text, SourceSpan Span) : TermValue(Span);

/// <summary>A word with wildcards.</summary>
internal sealed record PatternValue(Pattern Pattern, SourceSpan Span) : TermValue(Span);

/// <summary><c>field:*</c>: the record has the field.</summary>
internal sealed record AnyValue(SourceSpan Span) : TermValue(Span);

/// <summary><c>&gt;5</c>, <c>[1 TO 5}</c>; null is an open end.</summary>
internal sealed record RangeValue(Bound? Low, Bound? High, SourceSpan Span) : TermValue(Span);

internal sealed record Bound(string Text, bool Inclusive, SourceSpan Span);
