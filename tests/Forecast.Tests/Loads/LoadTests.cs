using System.Net;
using System.Text.Json;

namespace Rialto.Forecast.Tests.Loads;

public sealed class LoadTests(ForecastHost host) : IClassFixture<ForecastHost>, IDisposable
{
    private static readonly object Long = new { preset = "long", unit = "ug/m3", unitColumn = (string?)null };

    private readonly ForecastApp _app = host.NewOrganization();

    public void Dispose() => _app.Dispose();

    [Fact]
    public async Task Loading_a_file_twice_changes_nothing()
    {
        string table = Table("A", "PM2.5", hours: 200);
        var first = await _app.LoadAsync(table, preset: "long");
        (Count(first, "added"), Count(first, "rows"), State(first)).ShouldBe((200, 200, "done"));
        long revision = await RevisionAsync("PM2.5@A");
        var second = await _app.LoadAsync(table, preset: "long");
        (Count(second, "added"), Count(second, "corrected"), Count(second, "unchanged")).ShouldBe((0, 0, 200));
        (await RevisionAsync("PM2.5@A")).ShouldBe(revision);
        (await _app.ValuesAsync("PM2.5@A")).Length.ShouldBe(200);
    }

    [Fact]
    public async Task A_corrected_value_replaces_and_what_it_replaced_can_be_read_again()
    {
        var first = await _app.LoadAsync("time,station,measure,value,unit\n2020-01-01T00:00:00Z,A,PM2.5,10,ug/m3\n2020-01-01T01:00:00Z,A,PM2.5,11,ug/m3\n", preset: "long");
        var before = DateTimeOffset.Parse(first.GetProperty("finishedAt").GetString()!);
        var second = await _app.LoadAsync("time,station,measure,value,unit\n2020-01-01T01:00:00Z,A,PM2.5,99,ug/m3\n", preset: "long");
        Count(second, "corrected").ShouldBe(1);
        (await _app.ValuesAsync("PM2.5@A")).ShouldBe([10, 99]);
        (await _app.ValuesAsync("PM2.5@A", "&asOf=" + Uri.EscapeDataString(before.ToString("O")))).ShouldBe([10, 11]);
        var correction = (await _app.GetAsync("/series/PM2.5%40A/corrections")).EnumerateArray().ShouldHaveSingleItem();
        var versions = correction.GetProperty("versions").EnumerateArray().ToArray();
        versions.Select(version => version.GetProperty("value").GetDouble()).ShouldBe([11, 99]);
        versions.Select(version => version.GetProperty("load").GetGuid()).ShouldBe([first.GetProperty("id").GetGuid(), second.GetProperty("id").GetGuid()]);
    }

    [Fact]
    public async Task A_value_given_twice_in_one_table_is_the_first_one_and_loading_again_still_changes_nothing()
    {
        string table = "time,station,measure,value,unit\n2020-01-01T00:00:00Z,A,X,1,\n2020-01-01T00:00:00Z,A,X,2,\n";
        var first = await _app.LoadAsync(table, preset: "long");
        (Count(first, "added"), Count(first, "corrected")).ShouldBe((1, 0));
        Warnings(first).ShouldBe(["repeated"]);
        var second = await _app.LoadAsync(table, preset: "long");
        (Count(second, "added"), Count(second, "corrected"), Count(second, "unchanged")).ShouldBe((0, 0, 1));
        (await _app.ValuesAsync("X@A")).ShouldBe([1]);
    }

    [Fact]
    public async Task A_load_tells_of_itself_until_it_has_ended_and_only_to_its_own_organization()
    {
        var started = await _app.UploadAsync("/loads", System.Text.Encoding.UTF8.GetBytes(Table("A", "PM2.5", 3) + "2020-01-01T05:00:00Z,A,PM2.5,-1,ug/m3\n"), null, "long");
        string path = "/loads/" + started.GetProperty("id").GetGuid();
        var told = await _app.FollowAsync(path);
        var last = told[^1].Run;
        (State(last), Count(last, "added"), last.GetProperty("rejects").GetArrayLength(), last.GetProperty("progress").GetDouble()).ShouldBe(("done", 3, 1, 1));
        last.GetProperty("report").GetProperty("series").GetArrayLength().ShouldBe(1);
        told.Select(one => one.Id).Distinct().Count().ShouldBe(told.Count);
        told.SkipLast(1).ShouldAllBe(one => one.Run.GetProperty("rejects").GetArrayLength() == 0);
        await _app.GetAsync(path + "/events", HttpStatusCode.NotFound, caller: "2");
        await _app.GetAsync(path + "/events", HttpStatusCode.Forbidden, caller: "1/logs.read");
    }

    [Fact]
    public async Task A_bad_row_is_reported_with_its_line_and_reason_and_the_rest_goes_on()
    {
        const string table = """
            time,station,measure,value,unit
            2020-01-01T00:00:00Z,A,PM2.5,10,ug/m3
            2020-01-01T01:00:00Z,A,PM2.5,-3,ug/m3
            2020-01-01T02:00:00Z,A,PM2.5,99999,ug/m3
            2020-01-01T03:00:00Z,A,PM2.5,ten,ug/m3
            2020-01-01T04:30:00Z,A,PM2.5,10,ug/m3
            03/04/2020,A,PM2.5,10,ug/m3
            2920-01-01T05:00:00Z,A,PM2.5,10,ug/m3
            2020-01-01T06:00:00Z,,PM2.5,10,ug/m3
            2020-01-01T07:00:00Z,A,PM2.5
            2020-01-01T08:00:00Z,A,PM2.5,10,parsec
            2020-01-01T09:00:00Z,A,PM2.5,NA,ug/m3
            2020-01-01T10:00:00Z,A,PM2.5,"12",ug/m3
            2020-01-01T11:00:00Z,A,PM2.5,1e999,ug/m3
            """;
        var load = await _app.LoadAsync(table, preset: "long");
        load.GetProperty("rejects").EnumerateArray().Select(reject => (reject.GetProperty("line").GetInt64(), reject.GetProperty("code").GetString())).ShouldBe(
        [
            (3, "value-negative"), (4, "value-absurd"), (5, "value-unreadable"), (6, "time-off-step"), (7, "time-unreadable"), (8, "time-out-of-range"), (9, "station-missing"),
            (10, "cells-count"), (11, "unit-not-convertible"), (14, "value-unreadable"),
        ]);
        (Count(load, "added"), Count(load, "missing"), Count(load, "rejected")).ShouldBe((2, 1, 10));
        (await _app.ValuesAsync("PM2.5@A")).ShouldBe([10, 12]);
    }

    [Fact]
    public async Task A_quote_that_is_never_closed_costs_its_row_and_not_the_file()
    {
        var load = await _app.LoadAsync("time,station,measure,value,unit\n2020-01-01T00:00:00Z,\"A,X,1,\n2020-01-01T01:00:00Z,A,X,2,\n2020-01-01T02:00:00Z,A,X,3,\n", preset: "long");
        var reject = load.GetProperty("rejects").EnumerateArray().ShouldHaveSingleItem();
        (reject.GetProperty("line").GetInt64(), reject.GetProperty("code").GetString()).ShouldBe((2, "row-unreadable"));
        (await _app.ValuesAsync("X@A")).ShouldBe([2, 3]);
    }

    [Fact]
    public async Task Wrong_columns_fail_the_load_and_the_report_names_them()
    {
        var load = await _app.LoadAsync("when;where;value\n2020-01-01;A;3\n", preset: "long");
        State(load).ShouldBe("failed");
        load.GetProperty("failure").GetProperty("code").GetString().ShouldBe("columns-missing");
        load.GetProperty("failure").GetProperty("message").GetString()!.ShouldContain("delimiter");
        (await _app.GetAsync("/series")).GetProperty("items").GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task Another_unit_is_converted_to_the_unit_of_the_series_and_the_report_says_so()
    {
        await _app.LoadAsync("time,station,measure,value,unit\n2020-01-01T00:00:00Z,A,CO,500,ug/m3\n", preset: "long");
        var load = await _app.LoadAsync("time,station,measure,value,unit\n2020-01-01T01:00:00Z,A,CO,0.7,mg/m3\n2020-01-01T02:00:00Z,A,CO,1,ppm\n", preset: "long");
        var values = await _app.ValuesAsync("CO@A");
        values.Length.ShouldBe(3);
        values[1].ShouldBe(700, 1e-9);
        values[2].ShouldBe(1164.4, 0.1);
        Warnings(load).ShouldBe(["unit-converted", "unit-converted"]);
    }

    [Fact]
    public async Task A_unit_that_changed_in_silence_is_reported_with_its_date_and_factor()
    {
        var text = new System.Text.StringBuilder("time,station,measure,value\n");
        for (int i = 0; i < 960; i++)
            text.Append($"{new DateTime(2020, 1, 1).AddHours(i):yyyy-MM-dd'T'HH:mm:ss'Z'},A,OZ,{(i < 480 ? 0.04 : 40) * (1 + 0.3 * Math.Sin(i))}\n");
        var load = await _app.LoadAsync(text.ToString(), Long);
        var quality = load.GetProperty("report").GetProperty("series")[0];
        quality.GetProperty("levelShift").GetProperty("factor").GetDouble().ShouldBe(1000, 20);
        quality.GetProperty("levelShift").GetProperty("at").GetDateTimeOffset().ShouldBe(new DateTimeOffset(2020, 1, 21, 0, 0, 0, TimeSpan.Zero));
        Warnings(load).ShouldBe(["level-shift"]);
    }

    [Fact]
    public async Task Gaps_outliers_and_stuck_sensors_are_in_the_report()
    {
        var random = new Random(1);
        var text = new System.Text.StringBuilder("time,station,measure,value\n");
        for (int i = 0; i < 500; i++)
        {
            if (i is >= 100 and < 150)
                continue;
            double value = i == 300 ? 900 : i is >= 400 and < 440 ? 33 : 30 + 5 * random.NextDouble();
            text.Append($"{new DateTime(2020, 1, 1).AddHours(i):yyyy-MM-dd'T'HH:mm:ss'Z'},A,X,{value}\n");
        }
        var quality = (await _app.LoadAsync(text.ToString(), Long)).GetProperty("report").GetProperty("series")[0];
        (quality.GetProperty("gaps").GetInt32(), quality.GetProperty("longestGap").GetInt32(), quality.GetProperty("expected").GetInt32()).ShouldBe((1, 50, 500));
        quality.GetProperty("outliers")[0].GetProperty("value").GetDouble().ShouldBe(900);
        quality.GetProperty("flatRuns").GetInt32().ShouldBe(1);
    }

    [Fact]
    public async Task Clocks_that_change_are_read_right_in_spring_and_autumn()
    {
        // Madrid, 2020: 29 March has no 02:00, 25 October has it twice.
        const string table = """
            time,station,measure,value
            2020-03-29T01:00:00,A,X,1
            2020-03-29T02:00:00,A,X,2
            2020-03-29T03:00:00,A,X,3
            2020-10-25T01:00:00,A,X,4
            2020-10-25T02:00:00,A,X,5
            2020-10-25T02:00:00,A,X,6
            2020-10-25T03:00:00,A,X,7
            """;
        var load = await _app.LoadAsync(table, new { preset = "long", zone = "Europe/Madrid", unitColumn = (string?)null, unit = "u" });
        var reject = load.GetProperty("rejects").EnumerateArray().ShouldHaveSingleItem();
        (reject.GetProperty("line").GetInt64(), reject.GetProperty("code").GetString()).ShouldBe((3, "time-does-not-exist"));
        var values = (await _app.GetAsync("/series/X%40A/values?from=2020-01-01T00:00:00Z")).GetProperty("values").EnumerateArray()
            .Select(value => (value.GetProperty("at").GetDateTimeOffset().UtcDateTime, value.GetProperty("value").GetDouble())).ToArray();
        static DateTime At(int month, int day, int hour) => new(2020, month, day, hour, 0, 0, DateTimeKind.Utc);
        values.ShouldBe([(At(3, 29, 0), 1), (At(3, 29, 1), 3), (At(10, 24, 23), 4), (At(10, 25, 0), 5), (At(10, 25, 1), 6), (At(10, 25, 2), 7)]);
        Warnings(load).ShouldContain("hour-twice");
    }

    [Fact]
    public async Task Nobody_sees_series_or_loads_of_another_organization()
    {
        var load = await _app.LoadAsync(Table("A", "X", 3), preset: "long");
        (await _app.GetAsync("/series", caller: "2")).GetProperty("items").GetArrayLength().ShouldBe(0);
        await _app.GetAsync("/loads/" + load.GetProperty("id").GetGuid(), HttpStatusCode.NotFound, caller: "2");
        await _app.GetAsync("/series/X%40A/values", HttpStatusCode.NotFound, caller: "2");
        var other = await _app.LoadAsync(Table("A", "X", 5), preset: "long", caller: "2");
        Count(other, "added").ShouldBe(5);
        (await _app.ValuesAsync("X@A")).Length.ShouldBe(3);
    }

    [Fact]
    public async Task Who_may_only_read_cannot_load()
    {
        await _app.UploadAsync("/loads", "x"u8.ToArray(), null, "long", HttpStatusCode.Forbidden, caller: "1/forecast.read");
    }

    [Theory]
    [InlineData("nonsense", null, "mapping.preset")]
    [InlineData(null, """{"time":{"column":"t"},"station":"A"}""", "mapping.values")]
    [InlineData("long", """{"zone":"Mars/Olympus"}""", "mapping.zone")]
    [InlineData("long", """{"delimiter":"ab"}""", "mapping.delimiter")]
    public async Task A_wrong_mapping_is_a_problem_that_names_its_field(string? preset, string? mapping, string field)
    {
        var problem = await _app.UploadAsync("/loads", "x"u8.ToArray(), mapping is null ? null : JsonDocument.Parse(mapping).RootElement, preset, HttpStatusCode.BadRequest);
        problem.GetProperty("field").GetString().ShouldBe(field);
    }

    [Fact]
    public async Task A_packed_file_and_rows_that_sum_to_a_day_make_daily_series_and_a_total()
    {
        const string table = """"
            InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country
            1,A,"A, quoted ""thing""",2,2011-01-03 10:00:00,2.5,1,France
            1,B,B,1,2011-01-03 10:00:00,4,1,France
            C2,B,B,-1,2011-01-03 12:00:00,4,1,France
            3,B,B,3,2011-01-03 17:00:00,4,2,Spain
            4,B,B,1,2011-01-04 09:00:00,4,2,Spain
            """";
        var started = await _app.UploadAsync("/loads", ForecastApp.Packed(table), null, "retail");
        var load = await _app.LoadedAsync(started.GetProperty("id").GetGuid());
        Count(load, "rejected").ShouldBe(0, load.GetProperty("rejects").ToString());
        (await _app.ValuesAsync("revenue@France")).ShouldBe([9]);
        (await _app.ValuesAsync("revenue@All countries")).ShouldBe([21, 4]);
        (await _app.ValuesAsync("units@Spain")).ShouldBe([3, 1]);
        var series = await _app.GetAsync("/series/" + Uri.EscapeDataString("revenue@All countries"));
        series.GetProperty("series").GetProperty("step").GetString().ShouldBe("day");
    }

    private async Task<long> RevisionAsync(string key)
    {
        await using var command = _app.Postgres.CreateCommand("SELECT revision FROM forecast.series WHERE key = $1 AND organization = $2");
        command.Parameters.Add(new Npgsql.NpgsqlParameter { Value = key });
        command.Parameters.Add(new Npgsql.NpgsqlParameter { Value = _app.Organization });
        return (long)(await command.ExecuteScalarAsync())!;
    }

    private static string Table(string station, string measure, int hours)
    {
        var text = new System.Text.StringBuilder("time,station,measure,value,unit\n");
        for (int i = 0; i < hours; i++)
            text.Append($"{new DateTime(2020, 1, 1).AddHours(i):yyyy-MM-dd'T'HH:mm:ss'Z'},{station},{measure},{20 + i % 24},ug/m3\n");
        return text.ToString();
    }

    private static long Count(JsonElement load, string name) => load.GetProperty(name).GetInt64();

    private static string State(JsonElement load) => load.GetProperty("state").GetString()!;

    private static IEnumerable<string> Warnings(JsonElement load) => load.GetProperty("report").GetProperty("warnings").EnumerateArray().Select(warning => warning.GetProperty("code").GetString()!);
}
