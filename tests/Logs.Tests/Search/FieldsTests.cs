using System.Text.Json;
using Rialto.Fixtures;
using Rialto.Logs.Tests.Query;

namespace Rialto.Logs.Tests.Search;

public class FieldsTests(ClickHouseFixture clickHouse)
{
    [Fact]
    public async Task Fields_are_listed_with_the_number_of_records_that_have_them()
    {
        await using var app = await FilledAsync();

        var fields = await app.GetAsync("/api/logs/fields?from=-2d");

        fields.GetProperty("fields").EnumerateArray().Select(Show).ShouldBe(
        [
            "level text 3", "service text 3", "application text 4", "environment text 1", "body text 4", "sequence number 4",
            "path text 3", "resource.pod text 2", "status number 2", "status text 1",
        ]);
        fields.GetProperty("countedRows").GetInt64().ShouldBe(4);
        fields.GetProperty("isComplete").GetBoolean().ShouldBeTrue();
        fields.TryGetProperty("values", out _).ShouldBeFalse();
    }

    [Theory]
    [InlineData("field=service", "checkout 2|cart 1")]
    [InlineData("field=service&prefix=CHE", "checkout 2")]
    [InlineData("field=service&q=path:/b", "cart 1")]
    [InlineData("field=level", "error 2|info 1|none 1")]
    [InlineData("field=level&q=service:checkout", "error 2")]
    [InlineData("field=level&q=x", "error 2|info 1|none 1")]
    [InlineData("field=app", "shop 3|two words 1")]
    [InlineData("field=application&prefix=two", "two words 1")]
    [InlineData("field=env", "prod 1")]
    [InlineData("field=path", "/a 2|/b 1")]
    [InlineData("field=path&limit=1", "/a 2")]
    [InlineData("field=path&prefix=/B", "/b 1")]
    [InlineData("field=status", "500 2|lost 1")]
    [InlineData("field=resource.pod", "p1 1|p2 1")]
    [InlineData("field=missing", "")]
    [InlineData("field=trace", "")]
    [InlineData("field=host", "")]
    public async Task Values_are_listed_the_most_frequent_first(string parameters, string values)
    {
        await using var app = await FilledAsync();
        var answer = await app.GetAsync($"/api/logs/fields?from=-2d&{parameters}");
        string.Join('|', answer.GetProperty("values").EnumerateArray().Select(value => $"{value.GetProperty("value").GetString()} {value.GetProperty("rows").GetInt64()}")).ShouldBe(values);
    }

    private static string Show(JsonElement field) => $"{field.GetProperty("name").GetString()} {field.GetProperty("kind").GetString()} {field.GetProperty("rows").GetInt64()}";

    // The oldest lies outside the first window.
    private async Task<LogsApp> FilledAsync()
    {
        var app = await LogsApp.StartAsync(clickHouse);
        var time = LogsApp.NowNanos - 1;
        await SampleRecord.InsertAsync(app.ClickHouse,
        [
            new() { Application = 10, Sequence = 1, Time = time, Severity = 17, Service = "checkout", Body = "x", Attributes = { ["path"] = "/a" }, Numbers = { ["status"] = 500 }, Resource = { ["pod"] = "p1" } },
            new() { Application = 10, Sequence = 2, Time = time, Severity = 18, Service = "checkout", Body = "x", Attributes = { ["path"] = "/a" }, Numbers = { ["status"] = 500 }, Resource = { ["pod"] = "p2" } },
            new() { Application = 11, Sequence = 3, Time = time, Severity = 9, Service = "cart", Environment = "prod", Body = "x", Attributes = { ["path"] = "/b", ["status"] = "lost" } },
            new() { Application = 10, Sequence = 4, Time = time - (86_400L * 1_000_000_000), Body = "x" },
        ]);
        return app;
    }
}
