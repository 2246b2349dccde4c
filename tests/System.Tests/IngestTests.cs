using System.Globalization;
using System.IO.Compression;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Rialto.Fixtures;
using Rialto.Platform.Identity;

namespace Rialto.System.Tests;

/// <summary>Everything the ingest address may answer, and what it makes of bad and hostile bodies.</summary>
public sealed class IngestTests(HostFixture fixture)
{
    /// <summary>A line that is wrong in one way, and the code that says so.</summary>
    public static TheoryData<string, string, string> WrongLines() => new()
    {
        { "nan", """{"message":"x","n":NaN}""", "malformed-json" },
        { "cut", """{"message":"x","n":""", "body-truncated" },
        { "deep", "{\"a\":" + string.Concat(Enumerable.Repeat("[", 100)) + string.Concat(Enumerable.Repeat("]", 100)) + "}", "too-deep" },
        { "duplicate", """{"message":"x","a":1,"a":2}""", "duplicate-key" },
        { "number", "42", "not-an-object" },
        { "time", """{"message":"x","timestamp":"yesterday"}""", "bad-timestamp" },
        { "kind", """{"message":"x","level":{"a":1}}""", "bad-field" },
        { "wide", "{" + string.Join(',', Enumerable.Range(0, 300).Select(i => $"\"k{i}\":{i}")) + "}", "too-many-attributes" },
        { "key", $$"""{"{{new string('k', 300)}}":1}""", "key-too-long" },
        { "long", $$"""{"message":"{{new string('m', 10 << 20)}}"}""", "record-too-large" },
        { "utf8", "{\"message\":\"\uE000\"}", "invalid-utf8" },
    };

    [Theory]
    [MemberData(nameof(WrongLines), DisableDiscoveryEnumeration = true)]
    public async Task A_bad_record_is_named_by_its_index_and_nothing_else_of_its_batch_is_lost(string kind, string line, string code)
    {
        var tenant = await Tenant.CreateAsync(fixture, $"bad-{kind}");
        // In the place of one private character stands a byte that no UTF-8 has.
        var bytes = Encoding.UTF8.GetBytes($"{{\"message\":\"first\"}}\n{line}\n{{\"message\":\"last\"}}\n").AsSpan();
        byte[] body = bytes.IndexOf("\uE000"u8) is >= 0 and var at ? [.. bytes[..at], 0xFF, .. bytes[(at + 3)..]] : bytes.ToArray();

        var taken = await (await tenant.SendAsync(body)).ShouldBeTakenAsync(2);

        var rejected = taken.GetProperty("rejected").EnumerateArray().Single();
        rejected.GetProperty("index").GetInt32().ShouldBe(1);
        rejected.Text("code").ShouldBe(code);
        rejected.Text("message").ShouldNotBeEmpty();
        await Eventually.TrueAsync(async () => await tenant.StoredAsync("arraySort(groupArray(Body))") == "\"['first','last']\"", "the two good ones are stored");
    }

    [Fact]
    public async Task A_time_in_the_year_9999_is_replaced_and_kept()
    {
        var tenant = await Tenant.CreateAsync(fixture, "year-9999");
        var taken = await (await tenant.SendAsync("""{"message":"from afar","timestamp":"9999-12-31T23:59:59Z"}""")).ShouldBeTakenAsync(1);
        taken.GetProperty("notes").EnumerateArray().Single().Text("code").ShouldBe("timestamp-replaced");
        var record = (await fixture.FindAllAsync("from afar", 1, tenant.Key)).Single();
        record.GetProperty("attributes").Text("timestamp.original").ShouldBe("9999-12-31T23:59:59Z");
    }

    [Fact]
    public async Task Of_gzip_that_stops_in_the_middle_what_came_whole_is_kept()
    {
        var tenant = await Tenant.CreateAsync(fixture, "gzip-cut");
        var random = new Random(7);
        var packed = Gzip(string.Concat(Enumerable.Range(0, 5000).Select(i => $$"""{"message":"record {{i}}","r":"{{random.NextInt64():x}}"}""" + "\n")));

        var answer = await tenant.SendAsync(packed[..(packed.Length / 2)], "gzip");

        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        var taken = await answer.Content.ReadFromJsonAsync<JsonElement>();
        var accepted = taken.GetProperty("accepted").GetInt32();
        accepted.ShouldBeInRange(1000, 4000);
        var rejected = taken.GetProperty("rejected").EnumerateArray().Single();
        (rejected.GetProperty("index").GetInt32(), rejected.Text("code")).ShouldBe((accepted, "body-truncated"));
        await Eventually.TrueAsync(async () => await tenant.StoredAsync("count()") == accepted.ToString(CultureInfo.InvariantCulture), "all accepted ones are stored");
    }

    [Fact]
    public async Task Zip_bombs_are_refused_and_cost_little_memory()
    {
        var tenant = await Tenant.CreateAsync(fixture, "bomb");
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
        {
            gzip.Write("{\"message\":\""u8);
            var block = Encoding.ASCII.GetBytes(new string('x', 1 << 20));
            for (var i = 0; i < 200; i++) gzip.Write(block);
        }
        var before = PeakMemory();

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => tenant.SendAsync(packed.ToArray(), "gzip")));

        foreach (var answer in answers) await answer.ShouldBeProblemAsync(HttpStatusCode.RequestEntityTooLarge, "record-too-large");
        (PeakMemory() - before).ShouldBeLessThan(400L << 20, "8 times 200 MiB were sent");
        await (await tenant.SendAsync("{}")).ShouldBeTakenAsync(1);
    }

    [Fact]
    public async Task What_cannot_be_read_at_all_is_400_with_the_list()
    {
        var tenant = await Tenant.CreateAsync(fixture, "unreadable");
        var problem = await (await tenant.SendAsync("hello\n[1]\n")).ShouldBeProblemAsync(HttpStatusCode.BadRequest, "records-unreadable");
        problem.GetProperty("rejected").GetArrayLength().ShouldBe(2);
        problem = await (await tenant.SendAsync("no gzip", "gzip")).ShouldBeProblemAsync(HttpStatusCode.BadRequest, "records-unreadable");
        problem.GetProperty("rejected")[0].Text("code").ShouldBe("bad-compression");
    }

    [Fact]
    public async Task Other_refusals_say_what_to_change()
    {
        var tenant = await Tenant.CreateAsync(fixture, "refused");
        await (await tenant.SendAsync(new byte[65 << 20])).ShouldBeProblemAsync(HttpStatusCode.RequestEntityTooLarge, "body-too-large");
        await (await tenant.SendAsync("{}", "zstd")).ShouldBeProblemAsync(HttpStatusCode.UnsupportedMediaType, "encoding-not-supported");

        using var stranger = fixture.Host.Client();
        await (await stranger.PostAsJsonAsync("api/logs/records", new { })).ShouldBeProblemAsync(HttpStatusCode.Unauthorized, "sign-in-required");
        using var wrong = fixture.Host.KeyClient(tenant.Key + "x");
        await (await wrong.PostAsJsonAsync("api/logs/records", new { })).ShouldBeProblemAsync(HttpStatusCode.Unauthorized, "wrong-key");
        using var person = await fixture.Host.SignInAsync();
        await (await person.PostAsJsonAsync("api/logs/records", new { })).ShouldBeProblemAsync(HttpStatusCode.Forbidden, "application-key-required");
        var reader = await Tenant.CreateAsync(fixture, "reader", Permission.LogsRead);
        await (await reader.SendAsync("{}")).ShouldBeProblemAsync(HttpStatusCode.Forbidden, "permission-missing");
    }

    [Fact]
    public async Task Over_its_rate_an_application_is_told_when_to_come_back()
    {
        var tenant = await Tenant.CreateAsync(fixture, "rate");
        await tenant.SqlAsync("INSERT INTO logs.application (number, records_per_second) VALUES ($1, 5)");
        var many = string.Concat(Enumerable.Repeat("{}\n", 1000));
        HttpResponseMessage answer = null!;
        // The agreement holds within five seconds.
        await Eventually.TrueAsync(async () => (answer = await tenant.SendAsync(many)).StatusCode != HttpStatusCode.OK, "the rate is refused");
        answer.Headers.RetryAfter!.Delta.ShouldNotBeNull().ShouldBeGreaterThan(TimeSpan.FromSeconds(10));
        await answer.ShouldBeProblemAsync(HttpStatusCode.TooManyRequests, "quota-rate");
    }

    [Fact]
    public async Task Over_its_day_an_application_waits_for_the_next()
    {
        var tenant = await Tenant.CreateAsync(fixture, "day");
        await tenant.SqlAsync("INSERT INTO logs.application (number, bytes_per_day) VALUES ($1, 10)");
        HttpResponseMessage answer = null!;
        await Eventually.TrueAsync(async () => (answer = await tenant.SendAsync("""{"message":"more than ten bytes"}""")).StatusCode != HttpStatusCode.OK, "the day's bytes are refused");
        answer.Headers.RetryAfter!.Delta.ShouldNotBeNull().ShouldBeGreaterThan(TimeSpan.Zero);
        await answer.ShouldBeProblemAsync(HttpStatusCode.TooManyRequests, "quota-day");
    }

    [Fact]
    public async Task Over_its_plan_a_key_is_told_when_to_come_back()
    {
        var tenant = await Tenant.CreateAsync(fixture, "plan");
        using var administrator = await fixture.Host.SignInAsync();
        (await administrator.PutAsJsonAsync("api/admin/plans/once-an-hour", new { ratePerSecond = 1 / 3600.0, burst = 1, dailyQuota = 0 })).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        await tenant.SqlAsync("UPDATE identity.api_key SET plan = 'once-an-hour' WHERE application_id = (SELECT id FROM identity.application WHERE number = $1)");
        HttpResponseMessage answer = null!;
        // The plan holds within five seconds.
        await Eventually.TrueAsync(async () => (answer = await tenant.SendAsync("{}")).StatusCode != HttpStatusCode.OK, "the second request is refused");
        answer.Headers.RetryAfter!.Delta.ShouldNotBeNull().ShouldBeGreaterThan(TimeSpan.FromMinutes(1));
        await answer.ShouldBeProblemAsync(HttpStatusCode.TooManyRequests, "rate-exceeded");
    }

    [Fact]
    public async Task Records_are_kept_as_long_as_agreed_and_what_was_sent_is_counted()
    {
        var tenant = await Tenant.CreateAsync(fixture, "kept");
        await (await tenant.SendAsync("{}\nnothing\n")).ShouldBeTakenAsync(1);
        await Eventually.TrueAsync(async () => await tenant.StoredAsync("groupUniqArray(RetentionDays)") == "\"[30]\"", "the default is 30 days");
        await Eventually.TrueAsync(async () => await tenant.SqlAsync("SELECT records || ' ' || rejected || ' ' || bytes FROM logs.usage WHERE application = $1") == "1 1 2", "it is counted");

        using var administrator = await fixture.Host.SignInAsync();
        var id = await tenant.SqlAsync("SELECT id FROM identity.application WHERE number = $1");
        (await administrator.PatchAsJsonAsync($"api/admin/applications/{id}", new { retentionDays = 60 })).StatusCode.ShouldBe(HttpStatusCode.OK);
        // The agreement holds within five seconds; the class that keeps 60 days is 90.
        await Eventually.TrueAsync(
            async () =>
            {
                await (await tenant.SendAsync("{}")).ShouldBeTakenAsync(1);
                return await tenant.StoredAsync("arraySort(groupUniqArray(RetentionDays))") == "\"[30,90]\"";
            },
            "later records are kept longer");
    }

    [Fact]
    public async Task An_application_with_records_is_not_deleted()
    {
        var tenant = await Tenant.CreateAsync(fixture, "to-delete");
        using var administrator = await fixture.Host.SignInAsync();
        var id = await tenant.SqlAsync("SELECT id FROM identity.application WHERE number = $1");
        await (await tenant.SendAsync("{}")).ShouldBeTakenAsync(1);
        await Eventually.TrueAsync(async () => await tenant.StoredAsync("count()") == "1", "the record is stored");
        await tenant.SqlAsync("UPDATE identity.api_key SET revoked_at = now() WHERE application_id = (SELECT id FROM identity.application WHERE number = $1)");
        var problem = await (await administrator.DeleteAsync($"api/admin/applications/{id}")).ShouldBeProblemAsync(HttpStatusCode.Conflict, "application-in-use");
        problem.GetProperty("use").GetString().ShouldStartWith("records");

        var empty = await Tenant.CreateAsync(fixture, "empty");
        await empty.SqlAsync("UPDATE identity.api_key SET revoked_at = now() WHERE application_id = (SELECT id FROM identity.application WHERE number = $1)");
        id = await empty.SqlAsync("SELECT id FROM identity.application WHERE number = $1");
        (await administrator.DeleteAsync($"api/admin/applications/{id}")).StatusCode.ShouldBe(HttpStatusCode.NoContent);
    }

    private long PeakMemory()
    {
        var line = File.ReadLines($"/proc/{fixture.Host.ProcessId}/status").Single(line => line.StartsWith("VmHWM:", StringComparison.Ordinal));
        return long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) << 10;
    }

    private static byte[] Gzip(string text)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest)) gzip.Write(Encoding.UTF8.GetBytes(text));
        return packed.ToArray();
    }
}
