using Rialto.Logs.Query;

namespace Rialto.Logs.Tests.Query;

/// <summary>Trees as one line of text, so that a test can say what it expects.</summary>
internal static class Trees
{
    public static string Parse(string query)
    {
        QueryParser.TryParse(query, out var node, out var error).ShouldBeTrue($"{query}: {error?.Detail}");
        return Show(node!);
    }

    public static QueryError Error(string query)
    {
        QueryParser.TryParse(query, out var node, out var error).ShouldBeFalse($"{query} is understood as {node}");
        return error!;
    }

    public static QueryError BindError(string query)
    {
        QueryBinder.TryRead(query, new Dictionary<string, uint>(), out var condition, out var error).ShouldBeFalse($"{query} is understood as {condition}");
        return error!;
    }

    public static string Show(QueryNode node) => node switch
    {
        EverythingNode => "everything",
        AndNode and => $"({string.Join(" & ", and.Parts.Select(Show))})",
        OrNode or => $"({string.Join(" | ", or.Parts.Select(Show))})",
        NotNode not => $"!{Show(not.Inner)}",
        TermNode { Field: null } term => Show(term.Value),
        TermNode term => $"{term.Field!.Name}={Show(term.Value)}",
        _ => throw new ArgumentException(node.ToString()),
    };

    private static string Show(TermValue value) => value switch
    {
        TextValue text => $"'{text.Text}'",
        PatternValue pattern => $"~{string.Concat(pattern.Pattern.Pieces.Select(piece => Pattern.IsLiteral(piece) ? $"'{piece}'" : piece))}",
        AnyValue => "any",
        RangeValue range => $"{Show(range.Low, "(", "[")}..{Show(range.High, ")", "]")}",
        _ => throw new ArgumentException(value.ToString()),
    };

    private static string Show(Bound? bound, string open, string closed) => bound is null ? "" : $"{(bound.Inclusive ? closed : open)}{bound.Text}";
}
