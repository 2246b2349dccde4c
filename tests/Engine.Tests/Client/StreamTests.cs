using System.Text;
using Rialto.Fixtures;
using Rialto.Platform.ClickHouse;

namespace Rialto.Engine.Tests.Client;

public class StreamTests(ClickHouseFixture clickhouse) : ClientTests(clickhouse)
{
    private const string Failing = "SELECT number, throwIf(number = 3000000, 'on purpose') FROM numbers(10000000) FORMAT TabSeparated";

    [Theory]
    [InlineData("JSONEachRow")]
    [InlineData("JSONCompactEachRow")]
    [InlineData("JSONCompactEachRowWithNamesAndTypes")]
    [InlineData("JSONCompactStringsEachRowWithNames")]
    [InlineData("JSONStringsEachRow")]
    [InlineData("TabSeparated")]
    [InlineData("TSVRaw")]
    [InlineData("TSVWithNames")]
    [InlineData("TabSeparatedWithNamesAndTypes")]
    [InlineData("CSV")]
    [InlineData("CSVWithNames")]
    [InlineData("CSVWithNamesAndTypes")]
    [InlineData("RowBinary")]
    [InlineData("RowBinaryWithNames")]
    [InlineData("RowBinaryWithNamesAndTypes")]
    [InlineData("MsgPack")]
    [InlineData("TSKV")]
    [InlineData("JSON")]
    [InlineData("JSONCompact")]
    [InlineData("XML")]
    [InlineData("Values")]
    [InlineData("Vertical")]
    public async Task A_result_of_many_blocks_is_one_document(string format)
    {
        // Statistics and progress differ from run to run; all else must not.
        const string Sql = "SELECT number, concat('a\"b,\n\t', toString(number)) AS `name \"quoted\"\nin two lines` FROM numbers(20000)";
        var settings = new Dictionary<string, string> { ["output_format_write_statistics"] = "0", ["max_threads"] = "1" };
        var whole = new QueryOptions { Settings = new Dictionary<string, string>(settings) { ["max_block_size"] = "100000" } };
        var parts = new QueryOptions { Settings = new Dictionary<string, string>(settings) { ["max_block_size"] = "500" } };

        var bytes = await BytesAsync($"{Sql} FORMAT {format}", parts);

        bytes.ShouldBe(await BytesAsync($"{Sql} FORMAT {format}", whole));
    }

    [Theory]
    [InlineData("TabSeparated", "")]
    [InlineData("TabSeparatedWithNames", "number\n")]
    [InlineData("CSVWithNames", "\"number\"\n")]
    [InlineData("JSONEachRow", "")]
    public async Task An_empty_result_is_what_the_format_says(string format, string text) =>
        (await TextAsync($"SELECT number FROM numbers(10) WHERE number > 10 FORMAT {format}")).ShouldBe(text);

    [Fact]
    public async Task A_summary_counts_what_was_read()
    {
        await Client.ExecuteAsync("CREATE TABLE t (a UInt64) ENGINE = MergeTree ORDER BY a", cancel: Cancel);
        var written = await Client.ExecuteAsync("INSERT INTO t SELECT number FROM numbers(100000)", cancel: Cancel);

        var read = await Client.ExecuteAsync("SELECT sum(a) FROM t", cancel: Cancel);

        written.WrittenRows.ShouldBe(100_000);
        read.ReadRows.ShouldBe(100_000);
        read.ReadBytes.ShouldBe(800_000);
        read.ElapsedNs.ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task A_failure_after_the_first_rows_is_thrown_after_them()
    {
        await using var result = await Client.QueryAsync(Failing, cancel: Cancel);
        var buffer = new byte[100_000];
        var text = new StringBuilder();
        var failure = await Should.ThrowAsync<ClickHouseException>(async () =>
        {
            while (await result.Body.ReadAsync(buffer, Cancel) is var read and > 0)
                text.Append(Encoding.UTF8.GetString(buffer, 0, read));
        });

        failure.Code.ShouldBe(395);
        failure.Name.ShouldBe("FUNCTION_THROW_IF_VALUE_IS_NON_ZERO");
        failure.Message.ShouldContain("on purpose");
        var lines = text.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        lines.Length.ShouldBeInRange(100_000, 3_000_000);
        lines.ShouldAllBe(line => line.EndsWith("\t0"));
    }

    [Fact]
    public async Task A_failure_before_the_first_bytes_is_thrown_at_once() =>
        await Should.ThrowAsync<ClickHouseException>(() => Client.QueryAsync("SELECT throwIf(number = 100) FROM numbers(1000) FORMAT TabSeparated", cancel: Cancel));

    [Fact]
    public async Task Rows_are_read_as_they_come()
    {
        long next = 0;

        await foreach (var row in Client.ReadJsonAsync<System.Text.Json.JsonElement>("SELECT number FROM numbers(300000)", System.Text.Json.JsonSerializerOptions.Web, cancel: Cancel))
            row.GetProperty("number").GetInt64().ShouldBe(next++);

        next.ShouldBe(300_000);
    }

    [Fact]
    public async Task A_result_too_large_to_be_made_whole_is_refused()
    {
        // JSON has a head and a foot, so it is made whole; lines of it stream.
        var refused = await RefusedAsync("SELECT randomPrintableASCII(1000) FROM numbers(1000000) FORMAT JSON");

        refused.Code.ShouldBe(396);
    }
}
