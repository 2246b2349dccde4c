using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Rialto.Logs.Query;

/// <summary>
/// Gives a query its meaning: which column a field is, what a level, an id, a number stands for. Like the parser it returns null
/// once something is wrong and keeps the first error.
/// </summary>
internal sealed class QueryBinder
{
    /// <summary>What each known field answers to; anything else is an attribute, or with the prefix a resource attribute.</summary>
    private const string ResourcePrefix = "resource.";

    private readonly IReadOnlyDictionary<string, uint> _applications;
    private QueryError? _error;

    private QueryBinder(IReadOnlyDictionary<string, uint> applications) => _applications = applications;

    /// <param name="node">A parsed query.</param>
    /// <param name="applications">Number of each application of the organization by its name.</param>
    /// <param name="condition">The meaning.</param>
    /// <param name="error">Why it has none.</param>
    public static bool TryBind(
        QueryNode node,
        IReadOnlyDictionary<string, uint> applications,
        [NotNullWhen(true)] out Condition? condition,
        [NotNullWhen(false)] out QueryError? error)
    {
        var binder = new QueryBinder(applications);
        condition = binder.Bind(node);
        error = condition is null ? binder._error! : null;
        return condition is not null;
    }

    /// <summary>Parses and binds in one go.</summary>
    public static bool TryRead(
        string query,
        IReadOnlyDictionary<string, uint> applications,
        [NotNullWhen(true)] out Condition? condition,
        [NotNullWhen(false)] out QueryError? error)
    {
        condition = null;
        return QueryParser.TryParse(query, out var node, out error) && TryBind(node, applications, out condition, out error);
    }

    private Condition? Bind(QueryNode node)
    {
        switch (node)
        {
            case AndNode and:
                return Bind(and.Parts) is { } all ? new AllOf(all) : null;
            case OrNode or:
                return Bind(or.Parts) is { } any ? new AnyOf(any) : null;
            case NotNode not:
                return Bind(not.Inner) is { } inner ? new Not(inner) : null;
            case TermNode { Field: null } term:
                return Body(term.Value);
            case TermNode term:
                return Field(term.Field!, term.Value);
            default:
                return Condition.True;
        }
    }

    private ImmutableArray<Condition>? Bind(ImmutableArray<QueryNode> nodes)
    {
        var parts = ImmutableArray.CreateBuilder<Condition>(nodes.Length);
        foreach (var node in nodes)
        {
            if (Bind(node) is not { } part)
                return null;
            parts.Add(part);
        }

        return parts.MoveToImmutable();
    }

    private Condition? Field(FieldName field, TermValue value) => KnownFields.Find(field.Name) switch
    {
        KnownField.Body => Body(value),
        KnownField.Level => Level(value),
        KnownField.Service => Text(TextField.Service, field, value),
        KnownField.Environment => Text(TextField.Environment, field, value),
        KnownField.Host => Text(TextField.Host, field, value),
        KnownField.Application => Application(field, value),
        KnownField.Trace => Id(IdColumn.Trace, field, value),
        KnownField.Span => Id(IdColumn.Span, field, value),
        KnownField.Sequence => Sequence(field, value),
        _ when field.Name.Length > ResourcePrefix.Length && field.Name.StartsWith(ResourcePrefix, StringComparison.Ordinal) =>
            Resource(field.Name[ResourcePrefix.Length..], field, value),
        _ => Attribute(field.Name, value),
    };

    private Condition? Body(TermValue value) => value switch
    {
        TextValue { Text.Length: 0 } => new TextIs(TextField.Body, TextMatch.Of("")),
        TextValue text => new BodyHasText(text.Text),
        AnyValue => new Not(new TextIs(TextField.Body, TextMatch.Of(""))),
        PatternValue { Pattern.MatchesEmpty: true } => Condition.True,
        PatternValue pattern => new BodyHasPattern(pattern.Pattern),
        _ => Wrong(QueryErrors.NotAComparison("body", value.Span)),
    };

    private Condition? Text(TextField column, FieldName field, TermValue value) => value switch
    {
        AnyValue => new Not(new TextIs(column, TextMatch.Of(""))),
        _ => Match(field, value) is { } match ? new TextIs(column, match) : null,
    };

    private TextMatch? Match(FieldName field, TermValue value)
    {
        switch (value)
        {
            case TextValue text:
                return TextMatch.Of(text.Text);
            case PatternValue pattern:
                return TextMatch.Of(pattern.Pattern);
            default:
                Wrong(QueryErrors.NotAComparison(field.Name, value.Span));
                return null;
        }
    }

    private Condition? Level(TermValue value)
    {
        byte low = 1, high = Severity.Max;
        switch (value)
        {
            case AnyValue:
                return new SeverityIn(1, Severity.Max);
            case TextValue text:
                return Severity.TryRead(text.Text, out low, out high) ? new SeverityIn(low, high) : Wrong(QueryErrors.UnknownLevel(text.Text, value.Span));
            case RangeValue range:
                return (range.Low is null || TryLow(range.Low, out low)) && (range.High is null || TryHigh(range.High, out high)) ? Between(low, high, value) : null;
            default:
                return Wrong(QueryErrors.NoWildcard("level", value.Span));
        }
    }

    // Above a level starts after its last number, so >error is fatal; records without a level are never in a range.
    private bool TryLow(Bound bound, out byte low)
    {
        if (!Severity.TryRead(bound.Text, out low, out var high))
            return Wrong(QueryErrors.UnknownLevel(bound.Text, bound.Span)) is not null;
        low = Math.Max((byte)1, bound.Inclusive ? low : (byte)(high + 1));
        return true;
    }

    private bool TryHigh(Bound bound, out byte high)
    {
        if (!Severity.TryRead(bound.Text, out var low, out high))
            return Wrong(QueryErrors.UnknownLevel(bound.Text, bound.Span)) is not null;
        high = bound.Inclusive ? high : (byte)Math.Max(0, low - 1);
        return true;
    }

    private Condition? Between(byte low, byte high, TermValue value) =>
        low <= high ? new SeverityIn(low, high) : value is RangeValue { Low: not null, High: not null } ? Wrong(QueryErrors.EmptyRange(value.Span)) : Condition.False;

    private Condition? Application(FieldName field, TermValue value)
    {
        if (value is AnyValue)
            return Condition.True;
        if (Match(field, value) is not { } match)
            return null;
        var numbers = _applications.Where(pair => match.Text is { } name ? pair.Key == name : match.Pattern!.IsMatch(pair.Key)).Select(pair => pair.Value);
        return new ApplicationIs(match, [.. numbers.Order()]);
    }

    private Condition? Id(IdColumn column, FieldName field, TermValue value)
    {
        var bytes = column == IdColumn.Trace ? 16 : 8;
        var text = value switch
        {
            AnyValue => "",
            TextValue exact => exact.Text.Replace("-", ""),
            PatternValue { Pattern: { Wildcards: 1, EndsOpen: true } pattern } => pattern.Pieces[0].Replace("-", ""),
            RangeValue => null,
            _ => null,
        };
        if (text is null)
            return Wrong(QueryErrors.NotAnId(field.Name, Shown(value), bytes * 2, value.Span));
        var isWhole = value is TextValue;
        if (!text.All(char.IsAsciiHexDigit) || (isWhole ? text.Length != bytes * 2 : text.Length > bytes * 2))
            return Wrong(QueryErrors.NotAnId(field.Name, Shown(value), bytes * 2, value.Span));
        var low = Convert.FromHexString(text.PadRight(bytes * 2, '0'));
        var high = Convert.FromHexString(text.PadRight(bytes * 2, 'f'));
        if (!high.AsSpan().ContainsAnyExcept((byte)0))
            return Condition.False;
        if (!low.AsSpan().ContainsAnyExcept((byte)0))
            low[^1] = 1;
        return new IdIn(column, [.. low], [.. high]);
    }

    private static string Shown(TermValue value) => value switch
    {
        TextValue text => text.Text,
        PatternValue pattern => string.Concat(pattern.Pattern.Pieces),
        _ => "a range",
    };

    private Condition? Sequence(FieldName field, TermValue value)
    {
        ulong low = 0, high = ulong.MaxValue;
        switch (value)
        {
            case AnyValue:
                return Condition.True;
            case TextValue text:
                return TryWhole(text.Text, text.Span, out low) ? new SequenceIn(low, low) : null;
            case RangeValue range:
                if ((range.Low is { } from && !TryWhole(from.Text, from.Span, out low)) || (range.High is { } to && !TryWhole(to.Text, to.Span, out high)))
                    return null;
                var isEmpty = low > high || (range.Low is { Inclusive: false } && low++ == ulong.MaxValue) || (range.High is { Inclusive: false } && high-- == 0);
                return isEmpty || low > high ? Condition.False : new SequenceIn(low, high);
            default:
                return Wrong(QueryErrors.NoWildcard(field.Name, value.Span));
        }
    }

    private bool TryWhole(string text, SourceSpan span, out ulong number) =>
        ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number) || Wrong(QueryErrors.NotASequence(text, span)) is not null;

    private Condition? Resource(string key, FieldName field, TermValue value) => value switch
    {
        AnyValue => new ResourceExists(key),
        _ => Match(field, value) is { } match ? new ResourceIs(key, match) : null,
    };

    private Condition? Attribute(string key, TermValue value)
    {
        switch (value)
        {
            case AnyValue:
                return new AttributeExists(key);
            case TextValue text:
                return new AttributeIs(key, TextMatch.Of(text.Text), TryNumber(text.Text, out var number) ? number : null);
            case PatternValue pattern:
                return new AttributeIs(key, TextMatch.Of(pattern.Pattern), null);
        }

        var range = (RangeValue)value;
        double low = double.NegativeInfinity, high = double.PositiveInfinity;
        if (range.Low is { } from && !TryNumber(from.Text, out low))
            return Wrong(QueryErrors.NotANumber(from.Text, from.Span));
        if (range.High is { } to && !TryNumber(to.Text, out high))
            return Wrong(QueryErrors.NotANumber(to.Text, to.Span));
        if (low > high)
            return Wrong(QueryErrors.EmptyRange(value.Span));
        return new NumberIn(key, low, range.Low?.Inclusive ?? true, high, range.High?.Inclusive ?? true);
    }

    private static bool TryNumber(string text, out double number) =>
        double.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out number)
        && double.IsFinite(number);

    private Condition? Wrong(QueryError error)
    {
        _error ??= error;
        return null;
    }
}
