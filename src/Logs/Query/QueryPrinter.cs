using System.Text;

namespace Rialto.Logs.Query;

/// <summary>
/// Writes a query back as text in one canonical form: parsing the result gives the same tree. Completion, suggestions and the address bar use it.
/// </summary>
internal static class QueryPrinter
{
    public static string Print(QueryNode node)
    {
        var text = new StringBuilder();
        Print(text, node, inside: 0);
        return text.ToString();
    }

    /// <summary>A value as it must stand behind <c>field:</c>, quoted only when it has to be.</summary>
    public static string Value(string text) => IsBare(text) ? text : Quoted(text);

    public static string Field(string name) => IsFieldName(name) ? name : Quoted(name);

    // How tightly the parent binds: 0 the whole query, 1 a part of OR, 2 a part of AND, 3 the inside of NOT.
    private static void Print(StringBuilder text, QueryNode node, int inside)
    {
        switch (node)
        {
            case EverythingNode:
                break;
            case OrNode or:
                Join(text, or.Parts, " OR ", inside, own: 1);
                break;
            case AndNode and:
                Join(text, and.Parts, " ", inside, own: 2);
                break;
            case NotNode not:
                text.Append("NOT ");
                Print(text, not.Inner, 3);
                break;
            case TermNode term:
                Print(text, term);
                break;
        }
    }

    private static void Join(StringBuilder text, IReadOnlyList<QueryNode> parts, string separator, int inside, int own)
    {
        if (inside >= own)
            text.Append('(');
        for (var i = 0; i < parts.Count; i++)
        {
            text.Append(i == 0 ? "" : separator);
            Print(text, parts[i], own);
        }

        if (inside >= own)
            text.Append(')');
    }

    private static void Print(StringBuilder text, TermNode term)
    {
        if (term.Field is not null)
            text.Append(Field(term.Field.Name)).Append(':');
        switch (term.Value)
        {
            case TextValue value:
                text.Append(Value(value.Text));
                break;
            case PatternValue pattern:
                Print(text, pattern.Pattern);
                break;
            case AnyValue:
                text.Append('*');
                break;
            case RangeValue { High: null, Low: { } low }:
                text.Append(low.Inclusive ? ">=" : ">").Append(Value(low.Text));
                break;
            case RangeValue { Low: null, High: { } high }:
                text.Append(high.Inclusive ? "<=" : "<").Append(Value(high.Text));
                break;
            case RangeValue range:
                text.Append(range.Low?.Inclusive == true ? '[' : '{').Append(End(range.Low)).Append(" TO ").Append(End(range.High))
                    .Append(range.High?.Inclusive == true ? ']' : '}');
                break;
        }
    }

    private static string End(Bound? bound) => bound is null ? "*" : Value(bound.Text);

    private static void Print(StringBuilder text, Pattern pattern)
    {
        var start = text.Length;
        foreach (var piece in pattern.Pieces)
        {
            if (!Pattern.IsLiteral(piece))
            {
                text.Append(piece);
                continue;
            }

            foreach (var c in piece)
            {
                var opens = text.Length == start && c is '-' or '/';
                text.Append(IsBare(c) && !opens ? "" : "\\").Append(c);
            }
        }
    }

    private static bool IsFieldName(string name) => name.Length > 0 && QueryScanner.IsNameStart(name[0]) && name.All(QueryScanner.IsNamePart);

    // A minus or slash at the start would mean something: exclude, or an address after a colon.
    private static bool IsBare(string text) =>
        text.Length > 0 && text[0] != '-' && !text.StartsWith("//", StringComparison.Ordinal) && text.All(IsBare) && text is not ("AND" or "OR" or "NOT" or "TO");

    private static bool IsBare(char c) => char.IsLetterOrDigit(c) || c is '_' or '.' or '-' or '/' or '@' or '#' or '%' or '+' or ',' or '=' or ';' or '~';

    private static string Quoted(string text) => "\"" + text.Replace("\\", "\\\\").Replace("\"", "\\\"") + "\"";
}
