using System.Collections.Immutable;
using System.Text;

namespace Rialto.Logs.Query;

internal enum TokenKind
{
    End,
    Word,
    Pattern,
    Phrase,
    Field,
    Open,
    Close,
    Minus,
    And,
    Or,
    Not,
    Wrong,
}

/// <summary>
/// A lexical unit. <paramref name="Text"/> has its escapes resolved; <paramref name="Pattern"/> is there when the word has wildcards;
/// <paramref name="Error"/> when the kind is <see cref="TokenKind.Wrong"/>.
/// </summary>
internal readonly record struct Token(TokenKind Kind, SourceSpan Span, string Text = "", Pattern? Pattern = null, QueryError? Error = null);

/// <summary>
/// Cuts a query into tokens. A word runs to the next white space, parenthesis or quote, so paths, addresses, ids, times and URLs need no quotes:
/// a colon makes a field only after something that looks like a field's name and before something that looks like its value.
/// </summary>
internal ref struct QueryScanner(string query)
{
    private readonly string _query = query;

    public int Position { get; set; }

    private readonly bool AtEnd => Position >= _query.Length;

    private readonly char Here => Position < _query.Length ? _query[Position] : '\0';

    /// <summary>The next token where a condition can begin.</summary>
    public Token Next()
    {
        SkipSpace();
        if (AtEnd)
            return new(TokenKind.End, new(_query.Length, 0));
        switch (Here)
        {
            case '(':
                return new(TokenKind.Open, new(Position++, 1), "(");
            case ')':
                return new(TokenKind.Close, new(Position++, 1), ")");
            case '"':
                return QuotedOrField();
            case '-':
                return Minus();
            case '|':
                return Foreign();
            default:
                var end = FieldEnd();
                return end < 0 ? WordOrKeyword() : Field(Position, end, _query[Position..end]);
        }
    }

    /// <summary>A bare or quoted text at this very position, up to white space, a parenthesis, a quote or one of <paramref name="stops"/>.</summary>
    public Token Text(ReadOnlySpan<char> stops = default) => Here == '"' ? Quoted() : Bare(stops);

    public void SkipSpace()
    {
        while (Position < _query.Length && char.IsWhiteSpace(_query[Position]))
            Position++;
    }

    /// <summary>Whether the text stands here; it is consumed when it does.</summary>
    public bool Take(string text)
    {
        if (!_query.AsSpan(Position).StartsWith(text))
            return false;
        Position += text.Length;
        return true;
    }

    /// <summary>Whether nothing that could be part of a value stands here.</summary>
    public readonly bool AtGap => AtEnd || Here is ')' || char.IsWhiteSpace(Here);

    private Token QuotedOrField()
    {
        var start = Position;
        var quoted = Quoted();
        return quoted.Kind == TokenKind.Phrase && Here == ':' && quoted.Text.Length > 0 ? Field(start, Position, quoted.Text) : quoted;
    }

    private Token Field(int start, int end, string name)
    {
        Position = end + 1;
        return new(TokenKind.Field, SourceSpan.Between(start, end), name);
    }

    private Token Minus()
    {
        var at = Position++;
        return AtGap ? Wrong(QueryErrors.LoneMinus(_query, at)) : new(TokenKind.Minus, new(at, 1), "-");
    }

    private Token Foreign()
    {
        var start = Position;
        var word = Bare(default);
        return Wrong(word.Text == "||" ? QueryErrors.ForeignOperator(_query, word.Span, "OR") : QueryErrors.Pipe(new(start, 1)));
    }

    private Token WordOrKeyword()
    {
        var word = Bare(default);
        return _query.AsSpan(word.Span.Start, word.Span.Length) switch
        {
            "AND" => word with { Kind = TokenKind.And },
            "OR" => word with { Kind = TokenKind.Or },
            "NOT" => word with { Kind = TokenKind.Not },
            "&&" => Wrong(QueryErrors.ForeignOperator(_query, word.Span, "AND")),
            _ => word,
        };
    }

    // The position of the colon when a field's name starts here, else -1.
    private readonly int FieldEnd()
    {
        var query = _query.AsSpan();
        if (!IsNameStart(query[Position]))
            return -1;
        var end = Position + 1;
        while (end < query.Length && IsNamePart(query[end]))
            end++;
        if (end >= query.Length || query[end] != ':')
            return -1;
        var value = query[(end + 1)..];
        var isAddress = value.StartsWith("//") || value.StartsWith(":");
        var isDrive = end == Position + 1 && value.Length > 1 && value[0] == '\\' && char.IsAsciiLetterOrDigit(value[1]);
        return isAddress || isDrive ? -1 : end;
    }

    internal static bool IsNameStart(char c) => char.IsLetter(c) || c is '_' or '@' or '$';

    internal static bool IsNamePart(char c) => char.IsLetterOrDigit(c) || c is '_' or '.' or '-' or '/' or '@' or '$';

    // Inside quotes only \" and \\ are escapes, so that a Windows path can be pasted.
    private Token Quoted()
    {
        var start = Position++;
        var text = new StringBuilder();
        while (!AtEnd && Here != '"')
        {
            if (Here == '\\' && Position + 1 < _query.Length && _query[Position + 1] is '"' or '\\')
                Position++;
            text.Append(_query[Position++]);
        }

        if (AtEnd)
            return Wrong(QueryErrors.OpenQuote(_query, start));
        Position++;
        return new(TokenKind.Phrase, SourceSpan.Between(start, Position), text.ToString());
    }

    // In a bare word a backslash protects what is neither letter nor digit; before a letter or digit it is itself.
    private Token Bare(ReadOnlySpan<char> stops)
    {
        var start = Position;
        var text = new StringBuilder();
        var pieces = ImmutableArray.CreateBuilder<string>();
        while (!AtEnd && !char.IsWhiteSpace(Here) && Here is not ('(' or ')' or '"') && !stops.Contains(Here))
        {
            if (Here is '*' or '?')
            {
                AddWildcard(pieces, text);
                continue;
            }

            if (Here == '\\' && Position + 1 < _query.Length && !char.IsLetterOrDigit(_query[Position + 1]))
                Position++;
            text.Append(_query[Position++]);
        }

        var span = SourceSpan.Between(start, Position);
        if (pieces.Count == 0)
            return new(TokenKind.Word, span, text.ToString());
        if (text.Length > 0)
            pieces.Add(text.ToString());
        var pattern = new Pattern(pieces.ToImmutable());
        return pattern.Wildcards > QueryLimits.WildcardsMax
            ? Wrong(QueryErrors.TooManyWildcards(span))
            : new(TokenKind.Pattern, span, _query.Substring(start, span.Length), pattern);
    }

    private void AddWildcard(ImmutableArray<string>.Builder pieces, StringBuilder text)
    {
        if (text.Length > 0)
            pieces.Add(text.ToString());
        text.Clear();
        if (Here == '?')
            pieces.Add(Pattern.One);
        else if (pieces.Count == 0 || !ReferenceEquals(pieces[^1], Pattern.Many))
            pieces.Add(Pattern.Many);
        Position++;
    }

    private static Token Wrong(QueryError error) => new(TokenKind.Wrong, error.At, Error: error);
}
