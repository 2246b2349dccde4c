using System.Text;
using Rialto.Fixtures;
using Rialto.Platform.ClickHouse;

namespace Rialto.Engine.Tests.Client;

public class ErrorTests(ClickHouseFixture clickhouse) : ClientTests(clickhouse)
{
    [Theory]
    [InlineData("SELECT * FROM nowhere", 60, "UNKNOWN_TABLE")]
    [InlineData("SELEC 1", 62, "SYNTAX_ERROR")]
    [InlineData("1 + 1", 62, "SYNTAX_ERROR")]
    [InlineData("", 62, "SYNTAX_ERROR")]
    [InlineData("-- nothing but a comment", 62, "SYNTAX_ERROR")]
    [InlineData("SELECT 1; SELECT 2", 62, "SYNTAX_ERROR")]
    [InlineData("SELECT no_such_function(1)", 46, "UNKNOWN_FUNCTION")]
    [InlineData("SELECT nobody FROM system.one", 47, "UNKNOWN_IDENTIFIER")]
    [InlineData("SELECT toUInt8('x')", 6, "CANNOT_PARSE_TEXT")]
    [InlineData("SELECT 1 FORMAT Nonsense", 73, "UNKNOWN_FORMAT")]
    [InlineData("SELECT throwIf(1, 'on purpose')", 395, "FUNCTION_THROW_IF_VALUE_IS_NON_ZERO")]
    [InlineData("USE nowhere", 81, "UNKNOWN_DATABASE")]
    public async Task A_refused_statement_has_its_code_and_name(string sql, int code, string name)
    {
        var refused = await RefusedAsync(sql);

        refused.Code.ShouldBe(code);
        refused.Name.ShouldBe(name);
        refused.Message.ShouldStartWith($"Code: {code}. DB::Exception: ");
    }

    [Theory]
    [InlineData("exit")]
    [InlineData("QUIT")]
    [InlineData(" logout; ")]
    public async Task A_word_of_the_console_is_a_syntax_error(string sql) => (await RefusedAsync(sql)).Code.ShouldBe(62);

    [Fact]
    public async Task A_trailing_semicolon_and_a_comment_are_no_second_statement() => (await TextAsync("SELECT 1 ; -- ; SELECT 2\n")).ShouldBe("1\n");

    [Fact]
    public async Task Files_of_the_engines_machine_are_out_of_reach_by_outfile_and_infile()
    {
        (await RefusedAsync("SELECT 1 INTO OUTFILE '/tmp/rialto-must-not-exist'")).Code.ShouldBe(80);
        (await RefusedAsync("INSERT INTO t FROM INFILE '/etc/passwd' FORMAT LineAsString")).Code.ShouldBe(76);
        File.Exists("/tmp/rialto-must-not-exist").ShouldBeFalse();
    }

    [Theory]
    [InlineData("no_such_setting", "1", 115)]
    [InlineData("path", "/tmp", 115)]
    [InlineData("max_threads", "many", 27)]
    public async Task A_wrong_setting_is_named(string name, string value, int code)
    {
        var options = new QueryOptions { Settings = new Dictionary<string, string> { [name] = value } };

        (await RefusedAsync("SELECT 1", options)).Code.ShouldBe(code);
    }

    [Fact]
    public async Task Settings_and_state_of_one_statement_do_not_reach_the_next()
    {
        var limited = new QueryOptions { Settings = new Dictionary<string, string> { ["max_result_rows"] = "5" } };
        (await RefusedAsync("SELECT number FROM numbers(10)", limited)).Code.ShouldBe(396);
        await Client.ExecuteAsync("SET max_result_rows = 5", cancel: Cancel);
        await Client.ExecuteAsync("CREATE TEMPORARY TABLE hidden (a UInt8)", cancel: Cancel);
        await Client.ExecuteAsync("USE system", cancel: Cancel);

        for (var i = 0; i < 20; i++)
        {
            (await TextAsync("SELECT count() FROM (SELECT number FROM numbers(10))")).ShouldBe("10\n");
            (await TextAsync("SELECT currentDatabase()")).ShouldBe(Client.Endpoint.Database + "\n");
            (await RefusedAsync("SELECT * FROM hidden")).Code.ShouldBe(60);
        }
    }

    [Fact]
    public async Task A_statement_past_its_time_is_stopped()
    {
        var refused = await RefusedAsync("SELECT count() FROM numbers(100000000000) WHERE sipHash64(number) = 0", new QueryOptions { Timeout = TimeSpan.FromMilliseconds(300) });

        refused.Code.ShouldBe(159);
        refused.IsLimit.ShouldBeTrue();
    }

    [Fact]
    public async Task A_failed_insert_stores_nothing_and_says_why()
    {
        await Client.ExecuteAsync("CREATE TABLE t (a UInt64) ENGINE = MergeTree ORDER BY a", cancel: Cancel);
        var lines = string.Concat(Enumerable.Range(0, 200_000).Select(n => $"{{\"a\":{n}}}\n")) + "{\"a\":\"wrong\"}\n";

        var refused = await Should.ThrowAsync<ClickHouseException>(
            () => Client.InsertAsync("INSERT INTO t FORMAT JSONEachRow", new MemoryStream(Encoding.UTF8.GetBytes(lines)), cancel: Cancel));

        refused.Code.ShouldBe(27);
        (await TextAsync("SELECT count() FROM t")).ShouldBe("0\n");
    }

    [Fact]
    public async Task An_insert_into_no_table_is_answered_after_its_data_was_sent()
    {
        var refused = await Should.ThrowAsync<ClickHouseException>(() => Client.InsertAsync("INSERT INTO nowhere FORMAT Native", new MemoryStream(new byte[20_000_000]), cancel: Cancel));

        refused.Code.ShouldBe(60);
    }

    [Fact]
    public async Task An_engine_that_is_not_there_is_unavailable()
    {
        using var nobody = new ClickHouseClient(ClickHouseEndpoint.OfSocket("/tmp/rialto-no-such-socket"));

        await Should.ThrowAsync<ClickHouseUnavailableException>(() => nobody.ExecuteAsync("SELECT 1", cancel: Cancel));
        (await nobody.PingAsync(Cancel)).ShouldBeFalse();
    }
}
