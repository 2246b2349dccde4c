using Rialto.Logs.Query;

namespace Rialto.Logs.Tests.Query;

public class QueryParserTests
{
    [Theory]
    [InlineData("", "everything")]
    [InlineData("   \t ", "everything")]
    [InlineData("error", "'error'")]
    [InlineData("payment failed", "('payment' & 'failed')")]
    [InlineData("payment AND failed", "('payment' & 'failed')")]
    [InlineData("a OR b c", "('a' | ('b' & 'c'))")]
    [InlineData("(a OR b) c", "(('a' | 'b') & 'c')")]
    [InlineData("NOT a b", "(!'a' & 'b')")]
    [InlineData("NOT (a b)", "!('a' & 'b')")]
    [InlineData("NOT NOT a", "!!'a'")]
    [InlineData("-a -\"b c\" -(d e)", "(!'a' & !'b c' & !('d' & 'e'))")]
    [InlineData("and or not", "('and' & 'or' & 'not')")]
    [InlineData("\"AND\"", "'AND'")]
    [InlineData("a(b)c", "('a' & 'b' & 'c')")]
    [InlineData("((a))", "'a'")]
    public void Conditions_are_joined_by_and_which_binds_tighter_than_or(string query, string tree) => Trees.Parse(query).ShouldBe(tree);

    [Theory]
    [InlineData("/api/cart")]
    [InlineData("10.0.0.1")]
    [InlineData("10.0.0.1:8080")]
    [InlineData("a-b-c")]
    [InlineData("2026-11-21T10:00:00.123Z")]
    [InlineData("10:42:07")]
    [InlineData("0192f3a4-5b6c-7d8e-9f00-112233445566")]
    [InlineData("https://shop.example/cart/17&x=1#top")]
    [InlineData("std::vector<int>")]
    [InlineData("fe80::1ff:fe23:4567:890a")]
    [InlineData("status=500")]
    [InlineData("C:\\temp\\x.log")]
    [InlineData("user@example.com")]
    [InlineData("[error]")]
    [InlineData("{}")]
    [InlineData("50%")]
    [InlineData("a|b")]
    [InlineData("naïve")]
    [InlineData("支付失败")]
    public void Addresses_paths_times_and_ids_are_words_without_quotes(string word) => Trees.Parse(word).ShouldBe($"'{word}'");

    [Theory]
    [InlineData("level:error", "level='error'")]
    [InlineData("http.request.method:GET", "http.request.method='GET'")]
    [InlineData("user-id:17", "user-id='17'")]
    [InlineData("@mt:x", "@mt='x'")]
    [InlineData("a:b:c", "a='b:c'")]
    [InlineData("path:/api/cart", "path='/api/cart'")]
    [InlineData("service:\"check out\"", "service='check out'")]
    [InlineData("k:\"\"", "k=''")]
    [InlineData("\"weird key\":5", "weird key='5'")]
    [InlineData("temperature:-5", "temperature='-5'")]
    [InlineData("-path:/health", "!path='/health'")]
    [InlineData("k:*", "k=any")]
    [InlineData("k:\"*\"", "k='*'")]
    [InlineData("k:\\*", "k='*'")]
    [InlineData("url:\"https://x\"", "url='https://x'")]
    public void A_colon_after_a_name_makes_a_field(string query, string tree) => Trees.Parse(query).ShouldBe(tree);

    [Theory]
    [InlineData("status:>=500", "status=[500..")]
    [InlineData("status:>500", "status=(500..")]
    [InlineData("status:<=5", "status=..]5")]
    [InlineData("status:<-0.5e3", "status=..)-0.5e3")]
    [InlineData("status:[400 TO 499]", "status=[400..]499")]
    [InlineData("status:{400 TO 499}", "status=(400..)499")]
    [InlineData("status:[400 TO 499}", "status=[400..)499")]
    [InlineData("status:[ 400  TO  * ]", "status=[400..")]
    [InlineData("status:{* TO 10]", "status=..]10")]
    [InlineData("level:>=warn", "level=[warn..")]
    [InlineData("status:[\"4\" TO 5] x", "(status=[4..]5 & 'x')")]
    public void Ranges_have_included_excluded_and_open_ends(string query, string tree) => Trees.Parse(query).ShouldBe(tree);

    [Theory]
    [InlineData("pay*", "~'pay'*")]
    [InlineData("*pay*", "~*'pay'*")]
    [InlineData("p?y", "~'p'?'y'")]
    [InlineData("a**b", "~'a'*'b'")]
    [InlineData("path:/api/*/items", "path=~'/api/'*'/items'")]
    [InlineData("a\\*b*", "~'a*b'*")]
    [InlineData("\"a*\"", "'a*'")]
    [InlineData("what\\?", "'what?'")]
    public void Stars_and_question_marks_are_wildcards_unless_protected(string query, string tree) => Trees.Parse(query).ShouldBe(tree);

    [Theory]
    [InlineData("a\\ b", "'a b'")]
    [InlineData("a\\:b", "'a:b'")]
    [InlineData("\\-a", "'-a'")]
    [InlineData("a\\(b\\)", "'a(b)'")]
    [InlineData("\\\"", "'\"'")]
    [InlineData("a\\\\b", "'a\\b'")]
    [InlineData("a\\nb", "'a\\nb'")]
    [InlineData("\"a \\\"b\\\" \\\\ c:\\d\"", "'a \"b\" \\ c:\\d'")]
    public void A_backslash_protects_a_character(string query, string tree) => Trees.Parse(query).ShouldBe(tree);

    [Theory]
    [InlineData("service:(checkout OR cart)", "(service='checkout' | service='cart')")]
    [InlineData("service:(checkout cart) x", "((service='checkout' & service='cart') & 'x')")]
    [InlineData("status:(>=400 AND <500)", "(status=[400.. & status=..)500)")]
    [InlineData("status:([1 TO 2] OR 5)", "(status=[1..]2 | status='5')")]
    [InlineData("service:(-a OR NOT b*)", "(!service='a' | !service=~'b'*)")]
    [InlineData("k:(a:b OR \"c d\")", "(k='a:b' | k='c d')")]
    [InlineData("a:(b (c OR d)) e:f", "((a='b' & (a='c' | a='d')) & e='f')")]
    public void A_field_before_parentheses_goes_to_every_value_inside(string query, string tree) => Trees.Parse(query).ShouldBe(tree);

    [Fact]
    public void Spans_mark_where_each_part_was_written()
    {
        QueryParser.TryParse("  x AND level:>=warn", out var node, out _).ShouldBeTrue();

        var and = node.ShouldBeOfType<AndNode>();
        and.Span.ShouldBe(new(2, 18));
        var term = and.Parts[1].ShouldBeOfType<TermNode>();
        term.Span.ShouldBe(new(8, 12));
        term.Field!.Span.ShouldBe(new(8, 5));
        var range = term.Value.ShouldBeOfType<RangeValue>();
        range.Span.ShouldBe(new(14, 6));
        range.Low!.Span.ShouldBe(new(16, 4));
    }
}
