using System.Text;
using Rialto.Fixtures;
using Rialto.Platform.ClickHouse;

namespace Rialto.Engine.Tests.Client;

public class RoundTripTests(ClickHouseFixture engine) : ClientTests(engine)
{
    private const string Types =
        """
        CREATE TABLE types
        (
            Number      UInt64,
            Small       UInt8,
            Word        LowCardinality(String),
            Text        String,
            Trace       FixedString(16),
            Moment      DateTime64(9, 'UTC'),
            Observed    DateTime64(3, 'UTC'),
            Second      DateTime('UTC'),
            Maybe       Nullable(Float64),
            Words       Array(String),
            Attributes  Map(LowCardinality(String), String),
            Numbers     Map(LowCardinality(String), Float64),
            Id          UUID,
            Flag        Bool,
            Price       Decimal(18, 4)
        )
        ENGINE = MergeTree ORDER BY Number
        """;

    private const string Row =
        """
        {"Number":18446744073709551615,"Small":255,"Word":"checkout","Text":"line\nbreak \"quoted\" \\ é 漢 \u0000 end","Trace":"0123456789abcdef","Moment":"2026-11-21 10:00:00.123456789","Observed":"2026-11-21 10:00:00.123","Second":"2026-11-21 10:00:00","Maybe":null,"Words":["a","b'c",""],"Attributes":{"k":"v","empty":""},"Numbers":{"n":5.25,"big":9007199254740992},"Id":"01890dd5-ea3f-7000-8000-0000000000ff","Flag":true,"Price":12.3400}
        """;

    [Fact]
    public async Task Every_type_we_use_survives_json_lines_in_and_out()
    {
        await Client.ExecuteAsync(Types, cancel: Cancel);

        var written = await InsertTextAsync("INSERT INTO types FORMAT JSONEachRow", Row);

        written.WrittenRows.ShouldBe(1);
        var row = (await RowsAsync("SELECT * FROM types")).ShouldHaveSingleItem();
        row.GetProperty("Number").GetUInt64().ShouldBe(ulong.MaxValue);
        row.GetProperty("Text").GetString().ShouldBe("line\nbreak \"quoted\" \\ é 漢 \0 end");
        row.GetProperty("Trace").GetString().ShouldBe("0123456789abcdef");
        row.GetProperty("Moment").GetString().ShouldBe("2026-11-21 10:00:00.123456789");
        row.GetProperty("Maybe").ValueKind.ShouldBe(System.Text.Json.JsonValueKind.Null);
        row.GetProperty("Words").EnumerateArray().Select(word => word.GetString()).ShouldBe(["a", "b'c", ""]);
        row.GetProperty("Attributes").GetProperty("k").GetString().ShouldBe("v");
        row.GetProperty("Numbers").GetProperty("big").GetDouble().ShouldBe(9007199254740992);
        row.GetProperty("Id").GetGuid().ShouldBe(Guid.Parse("01890dd5-ea3f-7000-8000-0000000000ff"));
        row.GetProperty("Flag").GetBoolean().ShouldBeTrue();
        row.GetProperty("Price").GetDecimal().ShouldBe(12.34m);
    }

    [Theory]
    [InlineData("Native")]
    [InlineData("RowBinary")]
    [InlineData("RowBinaryWithNamesAndTypes")]
    [InlineData("TabSeparatedWithNames")]
    [InlineData("CSVWithNames")]
    [InlineData("Parquet")]
    [InlineData("JSONCompactEachRow")]
    public async Task A_format_read_and_written_again_is_the_same_bytes(string format)
    {
        await Client.ExecuteAsync(Types, cancel: Cancel);
        await Client.ExecuteAsync(Types.Replace("TABLE types", "TABLE copied", StringComparison.Ordinal), cancel: Cancel);
        await InsertTextAsync("INSERT INTO types FORMAT JSONEachRow", Row);
        await Client.ExecuteAsync("INSERT INTO types SELECT types.* REPLACE(n.number AS Number, toString(n.number) AS Text) FROM types, numbers(1000) AS n", cancel: Cancel);
        // One part, one block: Native shows where blocks end.
        await Client.ExecuteAsync("OPTIMIZE TABLE types FINAL", cancel: Cancel);

        var bytes = await BytesAsync($"SELECT * FROM types ORDER BY Number FORMAT {format}");
        await Client.InsertAsync($"INSERT INTO copied FORMAT {format}", new MemoryStream(bytes), cancel: Cancel);

        (await BytesAsync($"SELECT * FROM copied ORDER BY Number FORMAT {format}")).ShouldBe(bytes);
        (await TextAsync("SELECT count(), max(Number) FROM copied")).ShouldBe("1001\t18446744073709551615\n");
    }

    [Fact]
    public async Task Bytes_of_every_value_survive_a_binary_insert()
    {
        await Client.ExecuteAsync("CREATE TABLE bytes (Data String, Fixed FixedString(8)) ENGINE = MergeTree ORDER BY tuple()", cancel: Cancel);
        var all = Enumerable.Range(0, 256).Select(value => (byte)value).ToArray();
        // RowBinary: the length as LEB128, the bytes, then eight zeros.
        byte[] body = [0x80, 0x02, .. all, 0, 0, 0, 0, 0, 0, 0, 0];

        await Client.InsertAsync("INSERT INTO bytes FORMAT RowBinary", new MemoryStream(body), cancel: Cancel);

        (await TextAsync("SELECT hex(Data), hex(Fixed) FROM bytes")).ShouldBe($"{Convert.ToHexString(all)}\t0000000000000000\n");
    }

    [Theory]
    [InlineData("\n")]
    [InlineData("")]
    [InlineData(" ; FORMAT JSON")]
    public async Task Data_that_looks_like_sql_is_data(string text)
    {
        await Client.ExecuteAsync("CREATE TABLE lines (Line String) ENGINE = MergeTree ORDER BY tuple()", cancel: Cancel);

        await InsertTextAsync("INSERT INTO lines FORMAT LineAsString", text + "x; DROP TABLE lines\n");

        (await TextAsync("SELECT count() > 0 FROM lines WHERE Line LIKE '%DROP TABLE%'")).ShouldBe("1\n");
    }

    [Fact]
    public async Task An_insert_without_data_stores_nothing()
    {
        await Client.ExecuteAsync("CREATE TABLE lines (Line String) ENGINE = MergeTree ORDER BY tuple()", cancel: Cancel);

        var written = await InsertTextAsync("INSERT INTO lines FORMAT LineAsString", "");

        written.WrittenRows.ShouldBe(0);
    }

    [Fact]
    public async Task Values_are_expressions_and_defaults_are_filled_in()
    {
        await Client.ExecuteAsync("CREATE TABLE t (a UInt64, b String DEFAULT concat('x', toString(a))) ENGINE = MergeTree ORDER BY a", cancel: Cancel);

        await Client.ExecuteAsync("INSERT INTO t (a) VALUES (1 + 1), ({three:UInt64})", QueryOptions.With(("three", 3)), Cancel);

        (await TextAsync("SELECT a, b FROM t ORDER BY a")).ShouldBe("2\tx2\n3\tx3\n");
    }

    private Task<QuerySummary> InsertTextAsync(string sql, string text) => Client.InsertAsync(sql, new MemoryStream(Encoding.UTF8.GetBytes(text)), cancel: Cancel);
}
