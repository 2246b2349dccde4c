using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace Rialto.Logs.Query;

/// <summary>
/// <code>
/// or    = and { "OR" and }
/// and   = not { [ "AND" ] not }
/// not   = ( "NOT" | "-" ) not | term
/// term  = "(" or ")" | text | field ":" value
/// value = text | "*" | compare text | ( "[" | "{" ) text "TO" text ( "]" | "}" ) | "(" or ")"
/// </code>
/// Inside <c>field:( … )</c> the terms are values of that field. A method returns null once something is wrong; the first error is kept.
/// </summary>
internal ref struct QueryParser
{
    private readonly string _query;
    private QueryScanner _scanner;
    private Token _token;
    private FieldName? _field;
    private QueryError? _error;
    private int _depth;
    private int _terms;

    private QueryParser(string query)
    {
        _query = query;
        _scanner = new(query);
    }

    public static bool TryParse(string query, [NotNullWhen(true)] out QueryNode? node, [NotNullWhen(false)] out QueryError? error)
    {
        if (query.Length > QueryLimits.LengthMax)
        {
            node = null;
            error = QueryErrors.TooLong(query.Length);
            return false;
        }

        var parser = new QueryParser(query);
        node = parser.Query();
        error = node is null ? parser._error! : null;
        return node is not null;
    }

    private QueryNode? Query()
    {
        if (!Advance())
            return null;
        if (_token.Kind == TokenKind.End)
            return new EverythingNode(new(0, _query.Length));
        var node = Or();
        if (node is not null && _token.Kind == TokenKind.Close)
            return Fail(QueryErrors.StrayParenthesis(_query, _token.Span.Start));
        return node;
    }

    private QueryNode? Or()
    {
        var parts = ImmutableArray.CreateBuilder<QueryNode>();
        var part = And();
        while (part is not null)
        {
            parts.Add(part);
            if (_token.Kind != TokenKind.Or)
                return parts.Count == 1 ? part : new OrNode(parts.ToImmutable(), parts[0].Span.To(part.Span));
            part = SkipOperator() ? And() : null;
        }

        return null;
    }

    private QueryNode? And()
    {
        var parts = ImmutableArray.CreateBuilder<QueryNode>();
        var part = Not();
        while (part is not null)
        {
            parts.Add(part);
            if (_token.Kind is TokenKind.Or or TokenKind.Close or TokenKind.End)
                return parts.Count == 1 ? part : new AndNode(parts.ToImmutable(), parts[0].Span.To(part.Span));
            part = _token.Kind != TokenKind.And || SkipOperator() ? Not() : null;
        }

        return null;
    }

    // Leaves the word AND, OR or NOT behind; wrong when no condition follows it.
    private bool SkipOperator()
    {
        var word = _token;
        if (!Advance())
            return false;
        if (_token.Kind is TokenKind.End or TokenKind.Close)
            Fail(QueryErrors.NothingAfter(word.Text, word.Span));
        return _error is null;
    }

    private QueryNode? Not()
    {
        if (_token.Kind is not (TokenKind.Not or TokenKind.Minus))
            return Term();
        var start = _token.Span;
        if (++_depth > QueryLimits.DepthMax)
            return Fail(QueryErrors.TooDeep(start));
        if (!SkipOperator())
            return null;
        var inner = Not();
        _depth--;
        return inner is null ? null : new NotNode(inner, start.To(inner.Span));
    }

    private QueryNode? Term()
    {
        switch (_token.Kind)
        {
            case TokenKind.Open:
                return Group(_field);
            case TokenKind.Field:
                return FieldTerm(new(_token.Text, _token.Span));
            case TokenKind.And or TokenKind.Or:
                return Fail(QueryErrors.NothingBefore(_token.Text, _token.Span));
            case TokenKind.Close:
                return Fail(QueryErrors.StrayParenthesis(_query, _token.Span.Start));
            case TokenKind.Phrase when _token.Text.Length == 0 && _field is null:
                return Fail(QueryErrors.EmptyPhrase(_token.Span));
        }

        if (_field is not null)
        {
            _scanner.Position = _token.Span.Start;
            return ValueTerm(_field, _token.Span.Start);
        }

        TermValue value = _token.Pattern is { } pattern ? new PatternValue(pattern, _token.Span) : new TextValue(_token.Text, _token.Span);
        return Finish(new TermNode(null, value, _token.Span));
    }

    // The token is the opening parenthesis; inside it words are values of the field.
    private QueryNode? Group(FieldName? field)
    {
        var open = _token.Span;
        var outer = _field;
        _field = field;
        if (++_depth > QueryLimits.DepthMax)
            return Fail(QueryErrors.TooDeep(open));
        if (!Advance())
            return null;
        if (_token.Kind == TokenKind.Close)
            return Fail(QueryErrors.EmptyParentheses(open.To(_token.Span)));
        if (_token.Kind == TokenKind.End)
            return Fail(QueryErrors.OpenParenthesis(_query, open.Start));
        var inner = Or();
        if (inner is null)
            return null;
        if (_token.Kind != TokenKind.Close)
            return Fail(QueryErrors.OpenParenthesis(_query, open.Start));
        _depth--;
        _field = outer;
        return Advance() ? inner : null;
    }

    private QueryNode? FieldTerm(FieldName field)
    {
        if (_scanner.AtGap)
            return Fail(QueryErrors.NoValue(_query, field.Name, SourceSpan.Between(field.Span.Start, _scanner.Position)));
        if (!_scanner.Take("("))
            return ValueTerm(field, field.Span.Start);
        _token = new(TokenKind.Open, new(_scanner.Position - 1, 1));
        return Group(field);
    }

    private QueryNode? ValueTerm(FieldName field, int start)
    {
        var value = Value();
        return value is null ? null : Finish(new TermNode(field, value, SourceSpan.Between(start, value.Span.End)));
    }

    private TermValue? Value()
    {
        var start = _scanner.Position;
        if (_scanner.Take("[") || _scanner.Take("{"))
            return Range(start);
        foreach (var sign in (ReadOnlySpan<string>)[">=", "<=", ">", "<"])
        {
            if (_scanner.Take(sign))
                return Comparison(sign, start);
        }

        var text = _scanner.Text();
        return text.Kind switch
        {
            TokenKind.Wrong => Wrong(text.Error!),
            TokenKind.Pattern when text.Text == "*" => new AnyValue(text.Span),
            TokenKind.Pattern => new PatternValue(text.Pattern!, text.Span),
            _ => new TextValue(text.Text, text.Span),
        };
    }

    private RangeValue? Comparison(string sign, int start)
    {
        var operand = _scanner.AtGap ? default : _scanner.Text();
        if (operand.Kind == TokenKind.Wrong)
            return Wrong(operand.Error!);
        if (operand.Span.Length == 0 || operand.Kind == TokenKind.Pattern)
            return Wrong(QueryErrors.NoOperand(sign, SourceSpan.Between(start, Math.Max(_scanner.Position, start + sign.Length))));
        var bound = new Bound(operand.Text, sign.EndsWith('='), operand.Span);
        var span = SourceSpan.Between(start, _scanner.Position);
        return sign[0] == '>' ? new(bound, null, span) : new(null, bound, span);
    }

    private RangeValue? Range(int start)
    {
        var lowInclusive = _query[start] == '[';
        if (!TryBound(lowInclusive, out var low))
            return WrongRange(start, "the lower end", "*");
        if (!TakeTo())
            return WrongRange(start, "TO");
        if (!TryBound(false, out var high))
            return WrongRange(start, "the upper end", "*");
        _scanner.SkipSpace();
        var highInclusive = _scanner.Take("]");
        if (!highInclusive && !_scanner.Take("}"))
            return WrongRange(start, "]", "}");
        return new(low, high is null ? null : high with { Inclusive = highInclusive }, SourceSpan.Between(start, _scanner.Position));
    }

    private bool TakeTo()
    {
        _scanner.SkipSpace();
        return _scanner.Take("TO") && _scanner.AtGap;
    }

    private bool TryBound(bool inclusive, out Bound? bound)
    {
        _scanner.SkipSpace();
        var text = _scanner.Text("]}");
        bound = text.Kind == TokenKind.Pattern ? null : new(text.Text, inclusive, text.Span);
        return text.Kind switch
        {
            TokenKind.Pattern => text.Text == "*",
            TokenKind.Word => text.Span.Length > 0,
            TokenKind.Phrase => true,
            _ => false,
        };
    }

    private RangeValue? WrongRange(int start, params string[] expected)
    {
        var end = Math.Clamp(_scanner.Position, start + 1, _query.Length);
        return Wrong(QueryErrors.BadRange(SourceSpan.Between(start, end), expected));
    }

    private RangeValue? Wrong(QueryError error)
    {
        _error ??= error;
        return null;
    }

    private QueryNode? Finish(TermNode term)
    {
        if (++_terms > QueryLimits.TermsMax)
            return Fail(QueryErrors.TooManyTerms(term.Span));
        return Advance() ? term : null;
    }

    // Inside field:( … ) a word is a value: Value reads it again from its start, with its colons, brackets and signs.
    private bool Advance()
    {
        _token = _scanner.Next();
        if (_token.Kind == TokenKind.Field && _field is not null)
            _token = _token with { Kind = TokenKind.Word };
        if (_token.Kind == TokenKind.Wrong)
            Fail(_token.Error!);
        return _error is null;
    }

    private QueryNode? Fail(QueryError error)
    {
        _error ??= error;
        return null;
    }
}
