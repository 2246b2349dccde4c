namespace Rialto.Logs.Query;

/// <summary>
/// Why a query was not understood. <paramref name="Detail"/> is a sentence for a person; position and length mark the place in the query's text;
/// <paramref name="Expected"/> lists what could stand there; <paramref name="Suggestion"/> is a whole query that would work, when one is likely.
/// </summary>
internal sealed record QueryError(string Detail, SourceSpan At, IReadOnlyList<string> Expected, string? Suggestion = null);

/// <summary>Every way a query can be wrong.</summary>
internal static class QueryErrors
{
    private static readonly string[] Term = ["a word", "a \"phrase\"", "field:value", "(", "NOT"];
    private static readonly string[] Value = ["a word", "a \"quoted text\"", "*", "a comparison such as >5", "a range such as [1 TO 5]"];
    private static readonly string[] Number = ["a number"];

    public static QueryError TooLong(int length) =>
        new($"The query has {length} characters; the limit is {QueryLimits.LengthMax}.", SourceSpan.Between(QueryLimits.LengthMax, length), []);

    public static QueryError TooDeep(SourceSpan at) =>
        new($"Parentheses and NOTs are nested deeper than {QueryLimits.DepthMax} levels here.", at, []);

    public static QueryError TooManyTerms(SourceSpan at) =>
        new($"The query has more than {QueryLimits.TermsMax} conditions.", at, []);

    public static QueryError TooManyWildcards(SourceSpan at) =>
        new($"One word can have at most {QueryLimits.WildcardsMax} wildcards.", at, []);

    public static QueryError OpenQuote(string query, int quote) =>
        new("The quote that opens here is never closed.", SourceSpan.Between(quote, query.Length), ["a closing \""], query + "\"");

    public static QueryError EmptyPhrase(SourceSpan at) =>
        new("There is nothing between the quotes.", at, ["text between the quotes"]);

    public static QueryError OpenParenthesis(string query, int at) =>
        new("The parenthesis that opens here is never closed.", new(at, 1), ["a closing )"], query + ")");

    public static QueryError EmptyParentheses(SourceSpan at) =>
        new("There is nothing between the parentheses.", at, Term);

    public static QueryError StrayParenthesis(string query, int at) =>
        new("This parenthesis closes nothing.", new(at, 1), ["a word", "the end of the query"], query.Remove(at, 1));

    public static QueryError NothingBefore(string word, SourceSpan at) =>
        new($"{word} joins two conditions, and there is none before it. To search for the word itself, quote it: \"{word}\".", at, Term);

    public static QueryError NothingAfter(string word, SourceSpan at) =>
        new($"A condition must follow {word}. To search for the word itself, quote it: \"{word}\".", at, Term);

    public static QueryError LoneMinus(string query, int at) =>
        new("What to exclude must follow the minus directly, as in -timeout. To search for the character, quote it: \"-\".",
            new(at, 1), ["a word to exclude"], at + 1 < query.Length ? query.Remove(at + 1, 1) : null);

    public static QueryError ForeignOperator(string query, SourceSpan at, string ours) =>
        new($"Write {ours} instead. To search for the characters, quote them.", at, [ours], query.Remove(at.Start, at.Length).Insert(at.Start, ours));

    public static QueryError Pipe(SourceSpan at) =>
        new("The character | is reserved at the start of a word. To search for it, quote it: \"|\".", at, Term);

    public static QueryError NoValue(string query, string name, SourceSpan at) =>
        new($"A value must follow {name}: directly, without a space. To search for the text itself, quote it: \"{name}:\".",
            at, Value, query[..at.Start] + $"\"{name}:\"" + query[at.End..]);

    public static QueryError NoOperand(string sign, SourceSpan at) =>
        new($"A value must follow {sign} directly, as in {sign}100.", at, Number);

    public static QueryError BadRange(SourceSpan at, params string[] expected) =>
        new("A range looks like [1 TO 5]; { and } leave the bound itself out, * leaves that end open.", at, expected);

    public static QueryError NotANumber(string text, SourceSpan at) =>
        new($"Attributes are compared as numbers, and \"{text}\" is not one.", at, Number);

    public static QueryError EmptyRange(SourceSpan at) =>
        new("No value can lie in this range: its lower end is above its upper end.", at, []);

    public static QueryError NotAComparison(string field, SourceSpan at) =>
        new($"{field} is a text: it cannot be compared by size. Use {field}:value, {field}:val* or {field}:*.", at, ["a word", "a \"quoted text\"", "*"]);

    public static QueryError UnknownLevel(string text, SourceSpan at) =>
        new($"There is no level \"{text}\". Levels are {Severity.NamesForPeople}, or the numbers 0 to 24.", at, Severity.Names);

    public static QueryError NotAnId(string field, string text, int digits, SourceSpan at) =>
        new($"A {field} id has {digits} hexadecimal digits; \"{text}\" has not. To find ids by their beginning, write {field}:{Beginning(text)}*.",
            at, [$"{digits} hexadecimal digits", "the beginning of an id followed by *"]);

    public static QueryError NotASequence(string text, SourceSpan at) =>
        new($"A sequence is a whole number; \"{text}\" is not one.", at, ["a whole number"]);

    public static QueryError NoWildcard(string field, SourceSpan at) =>
        new($"{field} takes no wildcards, only {field}:* for records that have one.", at, ["a value", "*"]);

    private static string Beginning(string text)
    {
        var hex = new string([.. text.TakeWhile(char.IsAsciiHexDigit).Take(8)]);
        return hex.Length == 0 ? "4bf9" : hex;
    }
}
