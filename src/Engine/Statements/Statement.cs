using System.Text;
using Rialto.Engine.Library;

namespace Rialto.Engine.Statements;

internal enum StatementKind
{
    /// <summary>The text may go on: no data of an insert has begun so far.</summary>
    Text,

    /// <summary>A SELECT, whose answer can be fetched in parts.</summary>
    Select,

    /// <summary>An INSERT whose data follows its text.</summary>
    InsertData,
}

/// <summary>
/// What a request's text asks for, as far as its transport depends on it: which bytes are the statement and which are an insert's data, and the format of either.
/// </summary>
internal sealed record Statement(StatementKind Kind, string? Format, int TextLength, int DataStart)
{
    // What the library's console would take for "leave" and answer with nothing.
    private static readonly string[] ConsoleWords = ["exit", "quit", "logout", "q", "\\q", ":q"];

    /// <summary>Reads one statement. More than one, and reading or writing files of the engine's machine by INFILE and OUTFILE, is refused.</summary>
    public static Statement Read(ReadOnlySpan<byte> sql)
    {
        var tokens = new Tokens(sql);
        var first = tokens.Next();
        if (first.Kind is TokenKind.End or TokenKind.Semicolon)
            throw EngineException.Of(Codes.SyntaxError, "SYNTAX_ERROR", "Empty query");
        if (tokens.Is(first, "INSERT") && ReadInsert(sql, ref tokens) is { } insert)
            return insert;

        var select = tokens.Is(first, "SELECT") || tokens.Is(first, "WITH") || tokens.Is(first, "FROM") || (first.Kind == TokenKind.Other && sql[first.Start] == '(');
        string? format = null;
        var previous = first;
        var end = sql.Length;
        for (var token = tokens.Next(); token.Kind != TokenKind.End; previous = token, token = tokens.Next())
        {
            if (token.Depth > 0)
                continue;
            if (token.Kind == TokenKind.Semicolon)
            {
                end = token.Start;
                RefuseSecondStatement(ref tokens);
                break;
            }

            if (tokens.Is(previous, "FORMAT") && token.Kind == TokenKind.Word)
                format = tokens.Text(token);
            else if (tokens.Is(previous, "INTO") && tokens.Is(token, "OUTFILE"))
                throw EngineException.Of(Codes.IntoOutfileNotAllowed, "INTO_OUTFILE_NOT_ALLOWED", "INTO OUTFILE is not allowed");
            else if (tokens.Is(token, "INSERT"))
                select = false;
        }

        if (ConsoleWords.Contains(Encoding.UTF8.GetString(sql[..end]).Trim(), StringComparer.OrdinalIgnoreCase))
            throw EngineException.Of(Codes.SyntaxError, "SYNTAX_ERROR", "Syntax error: failed at position 1");
        return new Statement(select ? StatementKind.Select : StatementKind.Text, format, end, end);
    }

    // Null for INSERT ... SELECT, which carries no data.
    private static Statement? ReadInsert(ReadOnlySpan<byte> sql, ref Tokens tokens)
    {
        var lookahead = tokens;
        var words = 0;
        for (var token = lookahead.Next(); ; token = lookahead.Next())
        {
            if (token.Kind is TokenKind.End or TokenKind.Semicolon)
                return new Statement(StatementKind.InsertData, null, token.Start, token.EndOffset);
            if (token.Depth > 0)
                continue;
            // The word after INTO (or TABLE, FUNCTION) is a name, even when it is spelled like a keyword.
            if (token.Kind == TokenKind.Word && !lookahead.Is(token, "INTO") && !lookahead.Is(token, "TABLE") && !lookahead.Is(token, "FUNCTION"))
                words++;
            else if (token.Kind == TokenKind.Quoted)
                words++;
            if (words < 2)
                continue;
            if (lookahead.Is(token, "SELECT") || lookahead.Is(token, "WITH") || lookahead.Is(token, "WATCH"))
            {
                RefuseInput(sql, lookahead);
                return null;
            }

            if (lookahead.Is(token, "INFILE"))
                throw EngineException.Of(Codes.UnknownTypeOfQuery, "UNKNOWN_TYPE_OF_QUERY", "FROM INFILE is not allowed");
            if (lookahead.Is(token, "VALUES"))
                return new Statement(StatementKind.InsertData, "Values", token.Start, token.EndOffset);
            if (lookahead.Is(token, "FORMAT") && lookahead.Next() is { Kind: TokenKind.Word } name)
                return new Statement(StatementKind.InsertData, lookahead.Text(name), token.Start, DataAfter(sql, name.EndOffset));
        }
    }

    // The library would wait for this data on its console, for ever.
    private static void RefuseInput(ReadOnlySpan<byte> sql, Tokens tokens)
    {
        var isInput = false;
        for (var token = tokens.Next(); token.Kind != TokenKind.End; token = tokens.Next())
        {
            if (isInput && sql[token.Start] == '(')
                throw EngineException.Of(Codes.NotImplemented, "NOT_IMPLEMENTED", "The table function input() is not supported here: send the data in the columns of the table");
            isInput = tokens.Is(token, "input");
        }
    }

    // The data begins after blanks and at most one line end, so that binary data may begin with any byte.
    private static int DataAfter(ReadOnlySpan<byte> sql, int at)
    {
        while (at < sql.Length && sql[at] is (byte)' ' or (byte)'\t' or (byte)'\f')
            at++;
        if (at < sql.Length && sql[at] == ';')
            at++;
        if (at < sql.Length && sql[at] == '\r')
            at++;
        if (at < sql.Length && sql[at] == '\n')
            at++;
        return at;
    }

    private static void RefuseSecondStatement(ref Tokens tokens)
    {
        for (var token = tokens.Next(); token.Kind != TokenKind.End; token = tokens.Next())
        {
            if (token.Kind != TokenKind.Semicolon)
                throw EngineException.Of(Codes.SyntaxError, "SYNTAX_ERROR", "Multi-statements are not allowed");
        }
    }
}
