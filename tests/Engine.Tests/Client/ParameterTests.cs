using FsCheck.Fluent;
using Rialto.Fixtures;
using Rialto.Platform.ClickHouse;

namespace Rialto.Engine.Tests.Client;

public class ParameterTests(ClickHouseFixture engine) : ClientTests(engine)
{
    public static readonly TheoryData<string> Nasty =
    [
        "", "plain", "it's", "\"double\"", "back\\slash", "\\N", "\\n", "tab\tline\nreturn\rnul\0", "'; DROP TABLE t; --", "{x:String}", "${x}", "%27 & = # ?", "é 漢 🛒", "`", "/* */", "[1,2]", "NULL",
    ];

    [Theory, MemberData(nameof(Nasty))]
    public async Task A_string_arrives_as_it_is(string text)
    {
        var row = (await RowsAsync("SELECT {x:String} AS value", QueryOptions.With(("x", text)))).ShouldHaveSingleItem();
        row.GetProperty("value").GetString().ShouldBe(text);
    }

    [Fact]
    public async Task Strings_in_arrays_and_maps_arrive_as_they_are()
    {
        var texts = Nasty.Select(row => row.Data).ToArray();
        var map = texts.Select((text, i) => (text, i)).ToDictionary(entry => $"k'{entry.i}", entry => entry.text);

        var row = (await RowsAsync("SELECT {a:Array(String)} AS a, {m:Map(String, String)} AS m", QueryOptions.With(("a", texts), ("m", map)))).ShouldHaveSingleItem();

        row.GetProperty("a").EnumerateArray().Select(text => text.GetString()).ShouldBe(texts);
        row.GetProperty("m").EnumerateObject().ToDictionary(entry => entry.Name, entry => entry.Value.GetString()!).ShouldBe(map);
    }

    [Fact]
    public async Task Any_string_arrives_as_it_is()
    {
        // 300 strings a query: each is checked, and the server is asked once.
        var strings = ArbMap.Default.GeneratorFor<string>().Where(text => text is not null && !text.Any(char.IsSurrogate)).Sample(300, 100).ToArray();

        var row = (await RowsAsync("SELECT {a:Array(String)} AS a", QueryOptions.With(("a", strings)))).ShouldHaveSingleItem();

        row.GetProperty("a").EnumerateArray().Select(text => text.GetString()).ShouldBe(strings);
    }

    [Fact]
    public async Task Numbers_times_and_identifiers_arrive_with_their_type()
    {
        var options = QueryOptions.With(
            ("u", ulong.MaxValue), ("i", long.MinValue), ("d", 0.1), ("inf", double.PositiveInfinity), ("b", true), ("none", null),
            ("id", Guid.Parse("01890dd5-ea3f-7000-8000-0000000000ff")), ("at", new DateTimeOffset(2026, 11, 21, 12, 0, 0, TimeSpan.FromHours(2)).AddTicks(1234567)),
            ("nanos", "2026-11-21 10:00:00.123456789"), ("day", new DateOnly(2026, 11, 21)), ("many", new[] { 1, 2, 3 }), ("price", 12.34m), ("table", "one"));

        var row = await TextAsync(
            """
            SELECT {u:UInt64}, {i:Int64}, {d:Float64}, {inf:Float64}, {b:Bool}, {none:Nullable(String)}, {id:UUID}, {at:DateTime64(9, 'UTC')}, {nanos:DateTime64(9, 'UTC')},
                   {day:Date}, {many:Array(UInt32)}, {price:Decimal(18, 2)}, (SELECT count() > 0 FROM system.{table:Identifier})
            """, options);

        row.ShouldBe("18446744073709551615\t-9223372036854775808\t0.1\tinf\ttrue\t\\N\t01890dd5-ea3f-7000-8000-0000000000ff\t2026-11-21 10:00:00.123456700\t2026-11-21 10:00:00.123456789\t2026-11-21\t[1,2,3]\t12.34\t1\n");
    }

    [Fact]
    public async Task A_list_of_a_hundred_thousand_ids_is_a_parameter()
    {
        var ids = Enumerable.Range(0, 100_000).ToArray();

        var counted = await TextAsync("SELECT count() FROM numbers(200000) WHERE has({ids:Array(UInt64)}, number)", QueryOptions.With(("ids", ids)));

        counted.ShouldBe("100000\n");
    }

    [Fact]
    public async Task A_missing_parameter_is_an_error() => (await RefusedAsync("SELECT {x:String}")).Code.ShouldBe(456);

    [Fact]
    public async Task A_parameter_of_the_wrong_type_is_an_error() => (await RefusedAsync("SELECT {x:UInt8}", QueryOptions.With(("x", "1 OR 1=1")))).Code.ShouldBe(457);
}
