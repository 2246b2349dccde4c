using Rialto.Logs.Query;

namespace Rialto.Logs.Tests.Query;

public class QueryErrorTests
{
    // query, the part the error marks, a word of the explanation, the suggested query
    [Theory]
    [InlineData("a \"b c", "\"b c", "never closed", "a \"b c\"")]
    [InlineData("(a OR b", "(", "never closed", "(a OR b)")]
    [InlineData("a) b", ")", "closes nothing", "a b")]
    [InlineData("a ()", "()", "nothing between the parentheses", null)]
    [InlineData("\"\"", "\"\"", "nothing between the quotes", null)]
    [InlineData("AND a", "AND", "none before it", null)]
    [InlineData("a OR OR b", "OR", "none before it", null)]
    [InlineData("a OR", "OR", "must follow OR", null)]
    [InlineData("(a AND) b", "AND", "must follow AND", null)]
    [InlineData("a NOT", "NOT", "must follow NOT", null)]
    [InlineData("a - b", "-", "follow the minus directly", "a -b")]
    [InlineData("a -", "-", "follow the minus directly", null)]
    [InlineData("a && b", "&&", "AND instead", "a AND b")]
    [InlineData("a || b", "||", "OR instead", "a OR b")]
    [InlineData("a | stats count()", "|", "reserved", null)]
    [InlineData("error: disk full", "error:", "directly, without a space", "\"error:\" disk full")]
    [InlineData("status:> 5", ">", "follow > directly", null)]
    [InlineData("status:>=", ">=", "follow >= directly", null)]
    [InlineData("status:>5*", ">5*", "follow > directly", null)]
    [InlineData("status:[1 5]", "[1 ", "[1 TO 5]", null)]
    [InlineData("status:[1 TO 5", "[1 TO 5", "[1 TO 5]", null)]
    [InlineData("status:[", "[", "[1 TO 5]", null)]
    [InlineData("a*b*c*d*e*f*g*h*i*j", "a*b*c*d*e*f*g*h*i*j", "at most 8 wildcards", null)]
    public void A_wrong_query_is_explained_where_it_is_wrong(string query, string marked, string explanation, string? suggestion)
    {
        var error = Trees.Error(query);

        query.Substring(error.At.Start, error.At.Length).ShouldBe(marked);
        error.Detail.ShouldContain(explanation);
        error.Suggestion.ShouldBe(suggestion);
    }

    [Theory]
    [InlineData("level:eror", "eror", "no level \"eror\"")]
    [InlineData("level:25", "25", "0 to 24")]
    [InlineData("level:err*", "err*", "no wildcards")]
    [InlineData("x level:[error TO warn]", "[error TO warn]", "lower end is above")]
    [InlineData("duration:>fast", "fast", "\"fast\" is not one")]
    [InlineData("duration:>1e999", "1e999", "is not one")]
    [InlineData("duration:[5 TO 1]", "[5 TO 1]", "lower end is above")]
    [InlineData("service:>5", ">5", "cannot be compared")]
    [InlineData("resource.pod:>5", ">5", "cannot be compared")]
    [InlineData("body:>5", ">5", "cannot be compared")]
    [InlineData("trace:4bf9", "4bf9", "trace:4bf9*")]
    [InlineData("trace:zz*", "zz*", "32 hexadecimal digits")]
    [InlineData("trace:*4bf9", "*4bf9", "32 hexadecimal digits")]
    [InlineData("span_id:4bf92f3577b34da6a3ce929d0e0e4736", "4bf92f3577b34da6a3ce929d0e0e4736", "16 hexadecimal digits")]
    [InlineData("sequence:abc", "abc", "whole number")]
    [InlineData("sequence:1*", "1*", "no wildcards")]
    public void A_value_that_a_field_cannot_have_is_explained(string query, string marked, string explanation)
    {
        var error = Trees.BindError(query);

        query.Substring(error.At.Start, error.At.Length).ShouldBe(marked);
        error.Detail.ShouldContain(explanation);
    }

    [Fact]
    public void Suggestions_are_queries_that_parse()
    {
        foreach (var query in (string[])["a \"b", "(a OR b", "a) b", "a - b", "a && b", "a || b", "error: x", "x (y error:)"])
            Trees.Parse(Trees.Error(query).Suggestion.ShouldNotBeNull());
    }

    [Fact]
    public void A_long_query_is_refused_before_it_is_read() =>
        Trees.Error(new string('(', QueryLimits.LengthMax + 1)).Detail.ShouldContain($"limit is {QueryLimits.LengthMax}");

    [Theory]
    [InlineData("(", "x", ")")]
    [InlineData("NOT ", "x", "")]
    [InlineData("-", "x", "")]
    [InlineData("a:(", "x", ")")]
    public void Deep_nesting_is_refused(string open, string inner, string close)
    {
        string Nest(int depth) => string.Concat(Enumerable.Repeat(open, depth)) + inner + string.Concat(Enumerable.Repeat(close, depth));

        Trees.Error(Nest(QueryLimits.DepthMax + 1)).Detail.ShouldContain("nested deeper");
        Trees.Error(Nest(500)).Detail.ShouldContain("nested deeper");
        Trees.Parse(open == "a:(" ? Nest(1) : Nest(QueryLimits.DepthMax)).ShouldNotBeEmpty();
    }

    [Fact]
    public void More_conditions_than_the_limit_are_refused()
    {
        var words = Enumerable.Repeat("a", QueryLimits.TermsMax).ToArray();

        Trees.Parse(string.Join(' ', words)).ShouldNotBeEmpty();
        Trees.Error(string.Join(' ', [.. words, "b"])).Detail.ShouldContain($"more than {QueryLimits.TermsMax}");
    }
}
