using System.Net;
using Rialto.Fixtures;
using Rialto.Logs.Tests.Query;

namespace Rialto.Logs.Tests.Search;

public class SearchTests(ClickHouseFixture clickHouse)
{
    private const long Second = 1_000_000_000;

    [Theory]
    [InlineData("desc", 1)]
    [InlineData("desc", 7)]
    [InlineData("asc", 1)]
    [InlineData("asc", 7)]
    [InlineData("desc", 1000)]
    public async Task Pages_hold_every_record_once_and_in_order_even_when_many_share_a_time(string order, int limit)
    {
        await using var app = await LogsApp.StartAsync(clickHouse);
        var random = new Random(limit);
        var records = new List<SampleRecord>();

        // A few clusters hours apart, each of records that share few times: windows are crossed and times are cut by pages.
        foreach (var ago in (long[])[0, 1, 29, 30, 31, 600, 7200, 80_000])
        {
            for (var i = random.Next(2, 9); i > 0; i--)
                records.Add(new SampleRecord { Application = 10, Sequence = (ulong)random.NextInt64(1, long.MaxValue), Time = LogsApp.NowNanos - (ago * Second) - random.Next(3) });
        }

        await SampleRecord.InsertAsync(app.ClickHouse, records);
        var expected = records.Where(record => record.Time < LogsApp.NowNanos).OrderBy(record => record.Time).ThenBy(record => record.Sequence).Select(record => record.Sequence).ToList();
        if (order == "desc")
            expected.Reverse();

        (await app.SearchAllAsync($"from=-1d&order={order}&limit={limit}")).ShouldBe(expected);
    }

    [Fact]
    public async Task The_range_begins_with_from_and_ends_before_to()
    {
        await using var app = await LogsApp.StartAsync(clickHouse);
        await SampleRecord.InsertAsync(app.ClickHouse, Enumerable.Range(0, 5).Select(i => new SampleRecord { Application = 10, Sequence = (ulong)i + 1, Time = LogsApp.NowNanos - 5 + i }));

        (await app.SearchAllAsync("from=2026-11-21T11:59:59.999999996Z&to=2026-11-21T11:59:59.999999998Z")).ShouldBe([3UL, 2UL]);
        (await app.SearchAllAsync("from=2026-11-21T11:59:59.999999996Z&to=2026-11-21T11:59:59.999999997Z&order=asc")).ShouldBe([2UL]);
    }

    [Fact]
    public async Task A_cursor_keeps_the_range_of_its_first_page()
    {
        await using var app = await LogsApp.StartAsync(clickHouse);
        await SampleRecord.InsertAsync(app.ClickHouse, Enumerable.Range(1, 4).Select(i => new SampleRecord { Application = 10, Sequence = (ulong)i, Time = LogsApp.NowNanos - (i * 60 * Second) }));

        var first = await app.GetAsync("/api/logs/search?from=-10m&limit=2");
        var second = await app.GetAsync($"/api/logs/search?from=-3m&limit=2&cursor={first.GetProperty("nextCursor").GetString()}");

        LogsApp.Sequences(second).ShouldBe([3UL, 4UL]);
        second.GetProperty("from").GetString().ShouldBe("2026-11-21T11:50:00Z");
        second.GetProperty("nextCursor").GetString().ShouldBeNull();
    }

    [Fact]
    public async Task Nobody_sees_records_outside_of_his_scope_whatever_he_asks_for()
    {
        await using var app = await LogsApp.StartAsync(clickHouse);
        var time = LogsApp.NowNanos - Second;
        await SampleRecord.InsertAsync(app.ClickHouse,
        [
            new() { Organization = 1, Application = 10, Sequence = 1, Time = time, Severity = 17, Service = "a", Body = "x", Trace = "4bf92f3577b34da6a3ce929d0e0e4736" },
            new() { Organization = 1, Application = 11, Sequence = 2, Time = time, Severity = 17, Service = "a", Body = "x", Trace = "4bf92f3577b34da6a3ce929d0e0e4736" },
            new() { Organization = 2, Application = 20, Sequence = 3, Time = time, Severity = 17, Service = "a", Body = "x", Trace = "4bf92f3577b34da6a3ce929d0e0e4736" },
        ]);

        foreach (var query in (string[])["", "x", "NOT y", "x OR NOT x", "app:*", "NOT app:shop OR app:shop", "level:error OR sequence:3", "-(level:error) OR level:error", "a) OR (x", "sequence:>=1"])
        {
            if (query == "a) OR (x")
            {
                await app.GetAsync("/api/logs/search?q=a)%20OR%20(x", HttpStatusCode.BadRequest);
                continue;
            }

            (await app.SearchAllAsync($"q={Uri.EscapeDataString(query)}&order=asc")).ShouldBe([1UL, 2UL], query);
            (await app.SearchAllAsync($"q={Uri.EscapeDataString(query)}", caller: "1/11")).ShouldBe([2UL], query);
            (await app.SearchAllAsync($"q={Uri.EscapeDataString(query)}", caller: "2")).ShouldBe([3UL], query);
        }

        await app.GetAsync("/api/logs/records/3", HttpStatusCode.NotFound);
        await app.GetAsync("/api/logs/records/1", HttpStatusCode.NotFound, caller: "1/11");
        await app.GetAsync("/api/logs/context?sequence=3", HttpStatusCode.NotFound);
        (await app.GetAsync("/api/logs/histogram", caller: "1/11")).GetProperty("total").GetInt64().ShouldBe(1);
        (await app.GetAsync("/api/logs/histogram?q=x", caller: "2")).GetProperty("total").GetInt64().ShouldBe(1);
        LogsApp.Sequences(await app.GetAsync("/api/logs/trace/4bf92f3577b34da6a3ce929d0e0e4736")).ShouldBe([1UL, 2UL]);
        (await app.GetAsync("/api/logs/fields?field=service", caller: "2")).GetProperty("values")[0].GetProperty("rows").GetInt64().ShouldBe(1);
        (await app.GetAsync("/api/logs/fields", caller: "1/11")).GetProperty("countedRows").GetInt64().ShouldBe(1);
    }

    [Fact]
    public async Task A_caller_without_the_permission_is_refused()
    {
        await using var app = await LogsApp.StartAsync(clickHouse);
        foreach (var path in (string[])["search", "histogram", "fields", "records/1", "context?sequence=1", $"trace/{new string('a', 32)}"])
            (await app.GetAsync($"/api/logs/{path}", HttpStatusCode.Forbidden, caller: "1/10/none")).GetProperty("permission").GetString().ShouldBe("logs.read");
    }

    [Fact]
    public async Task A_record_is_shown_with_everything_it_has()
    {
        await using var app = await LogsApp.StartAsync(clickHouse);
        await SampleRecord.InsertAsync(app.ClickHouse,
        [
            new()
            {
                Application = 10, Sequence = ulong.MaxValue - 1, Time = LogsApp.NowNanos - 1, Severity = 18, Service = "checkout", Environment = "prod", Host = "web-1",
                Trace = "4bf92f3577b34da6a3ce929d0e0e4736", Span = "00f067aa0ba902b7", Body = "say \"hi\" \n\u0001 日本 </script>", Attributes = { ["k"] = "v", [""] = "" },
                Numbers = { ["n"] = 5, ["m"] = 0.1, ["nan"] = double.NaN }, Resource = { ["pod"] = "p" },
            },
        ]);

        var record = await app.GetAsync($"/api/logs/records/{ulong.MaxValue - 1}");

        record.GetRawText().ShouldBe(
            """{"sequence":"18446744073709551614","timestamp":"2026-11-21T11:59:59.999999999Z","observed":"2026-11-21T11:59:59.999Z","application":"shop","service":"checkout","environment":"prod","host":"web-1","severity":18,"level":"error","traceId":"4bf92f3577b34da6a3ce929d0e0e4736","spanId":"00f067aa0ba902b7","body":"say \"hi\" \n\u0001 日本 </script>","attributes":{"k":"v","":"","n":5,"m":0.1,"nan":"NaN"},"resource":{"pod":"p"}}""");
        (await app.GetAsync("/api/logs/search")).GetProperty("records")[0].GetRawText().ShouldBe(record.GetRawText());
    }

    [Fact]
    public async Task Context_is_of_the_same_application_and_service_in_order_of_time()
    {
        await using var app = await LogsApp.StartAsync(clickHouse);
        var records = Enumerable.Range(1, 9).Select(i => new SampleRecord { Application = 10, Service = "a", Sequence = (ulong)i, Time = LogsApp.NowNanos - (i / 3) }).ToList();
        await SampleRecord.InsertAsync(app.ClickHouse, [.. records, records[4] with { Sequence = 50, Service = "b" }, records[4] with { Sequence = 51, Application = 11 }]);

        var inOrder = records.OrderBy(record => record.Time).ThenBy(record => record.Sequence).Select(record => record.Sequence).ToList();
        var middle = inOrder.IndexOf(5);
        LogsApp.Sequences(await app.GetAsync("/api/logs/context?sequence=5&before=2&after=1")).ShouldBe(inOrder.GetRange(middle - 2, 4));
        LogsApp.Sequences(await app.GetAsync("/api/logs/context?sequence=5")).ShouldBe(inOrder);
        LogsApp.Sequences(await app.GetAsync("/api/logs/context?sequence=5&before=0&after=0")).ShouldBe([5UL]);
    }

    [Theory]
    [InlineData("search?q=level:eror", "query-syntax", "q")]
    [InlineData("search?from=yesterday", "time-unreadable", "from")]
    [InlineData("search?to=2026-13-01T00:00:00Z", "time-unreadable", "to")]
    [InlineData("search?from=now&to=-5m", "range-empty", "from")]
    [InlineData("search?limit=0", "out-of-bounds", "limit")]
    [InlineData("search?limit=1001", "out-of-bounds", "limit")]
    [InlineData("search?order=up", "order-unknown", "order")]
    [InlineData("search?cursor=abc", "cursor-unreadable", "cursor")]
    [InlineData("histogram?buckets=501", "out-of-bounds", "buckets")]
    [InlineData("histogram?q=(", "query-syntax", "q")]
    [InlineData("fields?limit=0", "out-of-bounds", "limit")]
    [InlineData("records/x", "sequence-unreadable", "sequence")]
    [InlineData("context?sequence=-1", "sequence-unreadable", "sequence")]
    [InlineData("context?sequence=1&before=201", "out-of-bounds", "before")]
    [InlineData("trace/xyz", "trace-unreadable", "traceId")]
    public async Task A_wrong_request_is_explained(string path, string code, string field)
    {
        await using var app = await LogsApp.StartAsync(clickHouse);
        var problem = await app.GetAsync($"/api/logs/{path}", HttpStatusCode.BadRequest);
        problem.GetProperty("code").GetString().ShouldBe(code);
        problem.GetProperty("field").GetString().ShouldBe(field);
    }

    [Fact]
    public async Task A_wrong_query_is_explained_at_its_position()
    {
        await using var app = await LogsApp.StartAsync(clickHouse);
        var problem = await app.GetAsync("/api/logs/search?q=a%20(b%20OR%20c", HttpStatusCode.BadRequest);
        problem.GetProperty("position").GetInt32().ShouldBe(2);
        problem.GetProperty("length").GetInt32().ShouldBe(1);
        problem.GetProperty("expected")[0].GetString().ShouldBe("a closing )");
        problem.GetProperty("suggestion").GetString().ShouldBe("a (b OR c)");
    }
}
