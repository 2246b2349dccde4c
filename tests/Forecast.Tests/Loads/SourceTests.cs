using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Rialto.Fixtures;

namespace Rialto.Forecast.Tests.Loads;

public sealed class SourceTests(ForecastHost host) : IClassFixture<ForecastHost>, IDisposable
{
    private readonly ForecastApp _app = host.NewOrganization();

    public void Dispose() => _app.Dispose();

    [Fact]
    public async Task A_source_is_asked_from_where_it_is_known_less_the_overlap_so_that_late_values_and_corrections_arrive()
    {
        var asked = new List<string>();
        string table = "time,station,measure,value,unit\n2024-01-10T00:00:00Z,A,X,1,\n2024-01-10T01:00:00Z,A,X,2,\n";
        await using var vendor = await VendorAsync(context =>
        {
            asked.Add(context.Request.Query["from"].ToString());
            return context.Response.WriteAsync(table);
        });
        object from = new { name = "city", url = vendor.Urls.Single() + "/table?from={from}", overlapHours = 24, mapping = new { preset = "long" } };
        Count(await RunAsync(new { from }), "added").ShouldBe(2);
        table = "time,station,measure,value,unit\n2024-01-10T01:00:00Z,A,X,9,\n2024-01-10T02:00:00Z,A,X,3,\n";
        var second = await RunAsync(new { source = "city" });
        (Count(second, "added"), Count(second, "corrected")).ShouldBe((1, 1));
        asked[1].ShouldBe("2024-01-09T01:00:00Z");
        (await _app.ValuesAsync("X@A")).ShouldBe([1, 9, 3]);
    }

    [Fact]
    public async Task A_dead_source_fails_its_run_with_the_reason_and_its_cursor_stays()
    {
        string mode = "fine";
        await using var vendor = await VendorAsync(context =>
        {
            if (mode == "fine")
                return context.Response.WriteAsync("time,station,measure,value,unit\n2024-01-10T00:00:00Z,A,X,1,\n");
            context.Response.StatusCode = mode == "limit" ? 429 : 503;
            context.Response.Headers["x-ratelimit-reset"] = "17";
            return Task.CompletedTask;
        });
        State(await RunAsync(new { from = new { name = "s", url = vendor.Urls.Single(), mapping = new { preset = "long" } } })).ShouldBe("done");
        var known = await KnownAsync();
        mode = "down";
        Failure(await RunAsync(new { source = "s" })).ShouldBe("source-refused");
        mode = "limit";
        var limited = await RunAsync(new { source = "s" });
        (Failure(limited), limited.GetProperty("failure").GetProperty("message").GetString()!.Contains("17 seconds")).ShouldBe(("source-limit", true));
        await vendor.StopAsync();
        Failure(await RunAsync(new { source = "s" })).ShouldBe("source-unreachable");
        (await KnownAsync()).ShouldBe(known);
        (await _app.ValuesAsync("X@A")).ShouldBe([1]);
    }

    [Fact]
    public async Task Of_a_source_that_breaks_off_what_came_is_loaded_and_the_next_run_asks_from_where_the_last_whole_one_ended()
    {
        var asked = new List<string>();
        bool breaksOff = false;
        await using var vendor = await VendorAsync(async context =>
        {
            asked.Add(context.Request.Query["from"].ToString());
            const string table = "time,station,measure,value,unit\n2024-01-10T00:00:00Z,A,X,1,\n";
            // More is promised than comes.
            context.Response.ContentLength = breaksOff ? 10_000 : table.Length;
            await context.Response.WriteAsync(breaksOff ? table + "2024-02-10T00:00:00Z,A,X,2,\n" : table);
        });
        State(await RunAsync(new { from = new { name = "s", url = vendor.Urls.Single() + "/?from={from}", overlapHours = 1, mapping = new { preset = "long" } } })).ShouldBe("done");
        var known = await KnownAsync();
        breaksOff = true;
        var broken = await RunAsync(new { source = "s" });
        (Failure(broken), (await KnownAsync())).ShouldBe(("source-broke-off", known));
        (await _app.ValuesAsync("X@A")).ShouldBe([1, 2]);
        breaksOff = false;
        State(await RunAsync(new { source = "s" })).ShouldBe("done");
        asked[2].ShouldBe(asked[1]);
    }

    [Fact]
    public async Task Pages_of_OpenAQ_become_one_series_in_the_units_of_the_series()
    {
        await using var vendor = await VendorAsync(context =>
        {
            int page = int.Parse(context.Request.Query["page"]!), rows = page == 1 ? 1000 : 3;
            var results = Enumerable.Range(0, rows).Select(i => new
            {
                value = 10.5, parameter = new { name = "pm25", units = "µg/m³" },
                period = new { datetimeFrom = new { utc = new DateTime(2025, 1, 1).AddHours((page - 1) * 1000 + i).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'") } },
            });
            return context.Response.WriteAsJsonAsync(new { meta = new { found = ">1000" }, results });
        });
        var load = await RunAsync(new { from = new { kind = "openaq", url = vendor.Urls.Single() + "/v3/sensors/7/hours", mapping = new { station = "Madrid" } } });
        (State(load), Count(load, "added")).ShouldBe(("done", 1003));
        var series = (await _app.GetAsync("/series")).GetProperty("items")[0];
        (series.GetProperty("key").GetString(), series.GetProperty("unit").GetString()).ShouldBe(("PM2.5@Madrid", "ug/m3"));
    }

    [Theory]
    [InlineData("""{"source":"nobody"}""", 404, "no-such-source")]
    [InlineData("""{"from":{"url":"ftp://x/y","mapping":{"preset":"long"}}}""", 400, "url-malformed")]
    [InlineData("""{"from":{"url":"http://x/y","secret":"secret:stripe/key","mapping":{"preset":"long"}}}""", 400, "secret-malformed")]
    [InlineData("""{}""", 400, "source-missing")]
    public async Task What_names_no_source_that_can_be_read_is_a_problem(string body, int status, string code)
    {
        var problem = await _app.PostAsync("/loads", JsonDocument.Parse(body).RootElement, (HttpStatusCode)status);
        problem.GetProperty("code").GetString().ShouldBe(code);
    }

    [Fact]
    public async Task A_scheduled_source_is_read_when_its_time_comes()
    {
        await using var vendor = await VendorAsync(context => context.Response.WriteAsync("time,station,measure,value,unit\n2024-01-10T00:00:00Z,A,X,1,\n"));
        await _app.PostAsync("/loads", new { from = new { name = "every", url = vendor.Urls.Single(), everyMinutes = 60, mapping = new { preset = "long" } } });
        await using (var due = _app.Postgres.CreateCommand("UPDATE platform.schedule SET next_at = now() WHERE name = 'forecast.due-sources'"))
            await due.ExecuteNonQueryAsync();
        await Eventually.TrueAsync(async () => (await _app.GetAsync("/loads")).GetProperty("items").EnumerateArray().Any(load => load.GetProperty("actor").GetString() == "schedule:every" && State(load) == "done"), "the scheduled run ends");
        var source = (await _app.GetAsync("/sources")).EnumerateArray().ShouldHaveSingleItem();
        source.GetProperty("nextAt").GetDateTimeOffset().ShouldBeGreaterThan(TimeProvider.System.GetUtcNow());
    }

    private async Task<JsonElement> RunAsync(object request)
    {
        var started = await _app.PostAsync("/loads", request);
        return await _app.LoadedAsync(started.GetProperty("id").GetGuid());
    }

    private async Task<DateTimeOffset> KnownAsync() => (await _app.GetAsync("/sources")).EnumerateArray().Single().GetProperty("knownUntil").GetDateTimeOffset();

    private static async Task<WebApplication> VendorAsync(RequestDelegate answer)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var vendor = builder.Build();
        vendor.Run(answer);
        await vendor.StartAsync();
        return vendor;
    }

    private static long Count(JsonElement load, string name) => load.GetProperty(name).GetInt64();

    private static string State(JsonElement load) => load.GetProperty("state").GetString()!;

    private static string Failure(JsonElement load) => load.GetProperty("failure").GetProperty("code").GetString()!;
}
