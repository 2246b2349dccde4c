using System.Text;

namespace Rialto.Engine.Statements;

internal enum TokenKind
{
    End,
    Word,
    Quoted,
    Semicolon,
    Other,
}

/// <summary>A token of SQL: where it stands and how deep in brackets.</summary>
internal readonly record struct Token(TokenKind Kind, int Start, int Length, int Depth)
{
    public int EndOffset => Start + Length;
}

/// <summary>
/// Walks over SQL the way ClickHouse's lexer does, as far as finding where a statement's data begins needs: comments, quotes, brackets, words.
/// It never fails: what it does not understand is one <see cref="TokenKind.Other"/> a byte, and the engine's parser has the last word.
/// </summary>
internal ref struct Tokens(ReadOnlySpan<byte> sql)
{
    private readonly ReadOnlySpan<byte> _sql = sql;
    private int _at;
    private int _depth;

    public Token Next()
    {
        SkipSpaceAndComments();
        var start = _at;
        if (start >= _sql.Length)
            return new Token(TokenKind.End, _sql.Length, 0, _depth);
        var first = _sql[start];
        switch (first)
        {
            case (byte)'(' or (byte)'[' or (byte)'{':
                _at++;
                return new Token(TokenKind.Other, start, 1, _depth++);
            case (byte)')' or (byte)']' or (byte)'}':
                _at++;
                _depth = Math.Max(0, _depth - 1);
                return new Token(TokenKind.Other, start, 1, _depth);
            case (byte)';':
                _at++;
                return new Token(TokenKind.Semicolon, start, 1, _depth);
            case (byte)'\'' or (byte)'"' or (byte)'`':
                SkipQuoted(first);
                return new Token(TokenKind.Quoted, start, _at - start, _depth);
            case (byte)'$' when TrySkipHeredoc():
                return new Token(TokenKind.Quoted, start, _at - start, _depth);
        }

        if (!IsWord(first))
        {
            _at++;
            return new Token(TokenKind.Other, start, 1, _depth);
        }

        while (_at < _sql.Length && IsWord(_sql[_at]))
            _at++;
        return new Token(TokenKind.Word, start, _at - start, _depth);
    }

    /// <summary>Whether the token is this keyword; <paramref name="keyword"/> in upper case.</summary>
    public readonly bool Is(Token token, string keyword) =>
        token.Kind == TokenKind.Word && Ascii.EqualsIgnoreCase(_sql.Slice(token.Start, token.Length), keyword);

    public readonly string Text(Token token) => Encoding.UTF8.GetString(_sql.Slice(token.Start, token.Length));

    private void SkipSpaceAndComments()
    {
        while (_at < _sql.Length)
        {
            var rest = _sql[_at..];
            if (rest[0] <= ' ')
                _at++;
            else if (rest.StartsWith("--"u8) || rest.StartsWith("#!"u8) || rest.StartsWith("# "u8))
                _at = rest.IndexOf((byte)'\n') is var line and >= 0 ? _at + line + 1 : _sql.Length;
            else if (rest.StartsWith("/*"u8))
                _at = rest[2..].IndexOf("*/"u8) is var end and >= 0 ? _at + end + 4 : _sql.Length;
            else
                return;
        }
    }

    private void SkipQuoted(byte quote)
    {
        for (_at++; _at < _sql.Length; _at++)
        {
            if (_sql[_at] == '\\')
            {
                _at++;
            }
            else if (_sql[_at] == quote)
            {
                _at++;
                if (_at == _sql.Length || _sql[_at] != quote)
                    return;
            }
        }

        _at = Math.Min(_at, _sql.Length);
    }

    // $tag$ text $tag$: everything between is one string.
    private bool TrySkipHeredoc()
    {
        var end = _at + 1;
        while (end < _sql.Length && IsWord(_sql[end]))
            end++;
        if (end >= _sql.Length || _sql[end] != '$')
            return false;
        var tag = _sql[_at..(end + 1)];
        var close = _sql[(end + 1)..].IndexOf(tag);
        if (close < 0)
            return false;
        _at = end + 1 + close + tag.Length;
        return true;
    }

    private static bool IsWord(byte value) => char.IsAsciiLetterOrDigit((char)value) || value == '_' || value >= 0x80;
}
