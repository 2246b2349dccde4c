using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Rialto.Fixtures;

namespace Rialto.System.Tests;

public class AnswerTests(HostFixture fixture)
{
    [Fact]
    public async Task It_is_live_and_ready_for_anybody_who_asks()
    {
        using var client = fixture.Host.Client();
        (await client.GetFromJsonAsync<JsonElement>("health/live")).GetProperty("status").GetString().ShouldBe("live");
        // A part that takes more than a second to answer, on a machine that does much else, is not ready in that moment.
        var text = "";
        await Eventually.TrueAsync(async () => (text = await client.GetStringOfAnyStatusAsync("health/ready")).Contains("\"ready\"", StringComparison.Ordinal), "it is ready");
        text.ShouldBe("""{"status":"ready","notReady":[]}""");
    }

    [Fact]
    public async Task A_person_signs_in_sees_the_status_and_signs_out()
    {
        using var client = await fixture.Host.SignInAsync();
        var me = await client.GetFromJsonAsync<JsonElement>("api/identity/me");
        me.GetProperty("user").GetProperty("email").GetString().ShouldBe(RialtoProcess.Administrator);
        me.GetProperty("organization").GetProperty("name").GetString().ShouldBe("Rialto Demo");
        var status = await client.GetFromJsonAsync<JsonElement>("api/platform/status");
        var parts = status.GetProperty("parts").EnumerateArray().ToDictionary(part => part.GetProperty("name").GetString()!, part => part.GetProperty("detail").GetString()!);
        foreach (var name in new[] { "postgres", "clickhouse", "engines", "queues", "logs.spool", "logs.syslog" }) parts.Keys.ShouldContain(name);
        parts["engines"].ShouldBe($"postgres runs as process {fixture.Host.Child("postgres")}; clickhouse runs as process {fixture.Host.Child("rialto-engine")}.");

        (await client.PostAsync("api/identity/sign-out", null)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await client.GetAsync("api/identity/me")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task The_cookie_is_kept_from_scripts_and_other_sites_and_is_dead_after_sign_out()
    {
        using var client = fixture.Host.Client();
        var answer = await client.PostAsJsonAsync("api/identity/sign-in", new { email = RialtoProcess.Viewer, password = RialtoProcess.Password });
        var cookie = answer.Headers.GetValues("Set-Cookie").Single();
        cookie.ShouldContain("httponly");
        cookie.ShouldContain("samesite=strict");
        await client.PostAsync("api/identity/sign-out", null);

        using var thief = new HttpClient(new SocketsHttpHandler { UseCookies = false }) { BaseAddress = fixture.Host.Address };
        thief.DefaultRequestHeaders.Add("Cookie", cookie.Split(';')[0]);
        (await thief.GetAsync("api/identity/me")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_wrong_password_and_an_unknown_account_get_the_same_answer()
    {
        using var client = fixture.Host.Client();
        foreach (var email in new[] { RialtoProcess.Viewer, "nobody@rialto.example" })
        {
            var answer = await client.PostAsJsonAsync("api/identity/sign-in", new { email, password = "guess" });
            await answer.ShouldBeProblemAsync(HttpStatusCode.Unauthorized, "wrong-credentials");
        }
    }

    [Fact]
    public async Task Guessing_is_stopped_with_a_time_to_come_back()
    {
        using var client = fixture.Host.Client();
        for (var guess = 0; guess < 10; guess++)
            (await client.PostAsJsonAsync("api/identity/sign-in", new { email = "victim@rialto.example", password = $"guess {guess}" })).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        var stopped = await client.PostAsJsonAsync("api/identity/sign-in", new { email = "victim@rialto.example", password = "guess" });
        stopped.Headers.RetryAfter.ShouldNotBeNull();
        await stopped.ShouldBeProblemAsync(HttpStatusCode.TooManyRequests, "too-many-attempts");
    }

    [Fact]
    public async Task Whoever_has_not_signed_in_gets_401()
    {
        using var client = fixture.Host.Client();
        await (await client.GetAsync("api/platform/status")).ShouldBeProblemAsync(HttpStatusCode.Unauthorized, "sign-in-required");
    }

    [Fact]
    public async Task A_wrong_key_gets_401_even_with_a_valid_session()
    {
        using var client = await fixture.Host.SignInAsync();
        client.DefaultRequestHeaders.Add("X-Api-Key", RialtoProcess.Key + "x");
        await (await client.GetAsync("api/platform/status")).ShouldBeProblemAsync(HttpStatusCode.Unauthorized, "wrong-key");
    }

    [Fact]
    public async Task A_key_without_the_permission_gets_403_and_learns_which()
    {
        using var client = fixture.Host.KeyClient();
        var problem = await (await client.GetAsync("api/platform/status")).ShouldBeProblemAsync(HttpStatusCode.Forbidden, "permission-missing");
        problem.GetProperty("permission").GetString().ShouldBe("platform.read");
    }

    [Fact]
    public async Task A_viewer_may_look_but_not_manage()
    {
        using var client = await fixture.Host.SignInAsync(RialtoProcess.Viewer);
        (await client.GetAsync("api/platform/jobs")).StatusCode.ShouldBe(HttpStatusCode.OK);
        await (await client.PostAsync($"api/platform/jobs/{Guid.CreateVersion7()}/retry", null)).ShouldBeProblemAsync(HttpStatusCode.Forbidden, "permission-missing");
    }

    [Fact]
    public async Task A_request_that_another_site_makes_with_the_cookie_does_not_count()
    {
        using var client = await fixture.Host.SignInAsync();
        client.DefaultRequestHeaders.Add("Sec-Fetch-Site", "cross-site");
        await (await client.PostAsync($"api/platform/jobs/{Guid.CreateVersion7()}/retry", null)).ShouldBeProblemAsync(HttpStatusCode.Forbidden, "cross-site");
    }

    [Fact]
    public async Task Unknown_addresses_wrong_methods_and_unreadable_bodies_are_explained()
    {
        using var client = await fixture.Host.SignInAsync();
        await (await client.GetAsync("api/nothing")).ShouldBeProblemAsync(HttpStatusCode.NotFound, "not-found");
        await (await client.DeleteAsync("api/platform/status")).ShouldBeProblemAsync(HttpStatusCode.MethodNotAllowed, "method-not-allowed");
        await (await client.PostAsync("api/identity/sign-in", new StringContent("hello", Encoding.UTF8, "text/plain"))).ShouldBeProblemAsync(HttpStatusCode.UnsupportedMediaType, "media-type-not-supported");
        // Asks first: a body of which nobody reads the rest may break the connection before its answer is read.
        using var large = new HttpRequestMessage(HttpMethod.Post, "api/identity/sign-in") { Content = new StringContent(new string(' ', 5 << 20), Encoding.UTF8, "application/json") };
        large.Headers.ExpectContinue = true;
        await (await client.SendAsync(large)).ShouldBeProblemAsync(HttpStatusCode.RequestEntityTooLarge, "body-too-large");
        var unreadable = await (await client.PostAsync("api/identity/sign-in", new StringContent("""{"email": 7}""", Encoding.UTF8, "application/json"))).ShouldBeProblemAsync(HttpStatusCode.BadRequest, "json-unreadable");
        unreadable.GetProperty("field").GetString().ShouldBe("email");
        fixture.Host.Output.ShouldNotContain("   at ", customMessage: "a caller's mistake never logs an exception");
    }

    [Theory]
    [InlineData("""{"ratePerSecond": 1, "burst": 3, "dailyQouta": 5}""", "field-unknown", "dailyQouta")]
    [InlineData("""{"ratePerSecond": "fast", "burst": 3, "dailyQuota": 5}""", "json-unreadable", "ratePerSecond")]
    [InlineData("""{"ratePerSecond": 1,""", "json-unreadable", null)]
    [InlineData("[]", "json-unreadable", null)]
    [InlineData("", "body-missing", null)]
    public async Task What_cannot_be_read_is_told_in_words_and_changes_nothing(string body, string code, string? field)
    {
        using var client = await fixture.Host.SignInAsync();
        var problem = await (await client.PutAsync("api/admin/plans/unread", new StringContent(body, Encoding.UTF8, "application/json"))).ShouldBeProblemAsync(HttpStatusCode.BadRequest, code);
        (problem.TryGetProperty("field", out var named) ? named.GetString() : null).ShouldBe(field);
        var detail = problem.GetProperty("detail").GetString()!;
        detail.ShouldEndWith(".");
        foreach (var inside in new[] { "Rialto.", "System.", "parameter", "Path:", ".NET" }) detail.ShouldNotContain(inside);
        (await client.GetStringAsync("api/admin/plans")).ShouldNotContain("unread");
        var wrong = await (await client.GetAsync("api/logs/search?limit=many")).ShouldBeProblemAsync(HttpStatusCode.BadRequest, "bad-request");
        wrong.GetProperty("field").GetString().ShouldBe("limit");
        wrong.GetProperty("detail").GetString().ShouldBe("The value of limit cannot be read.");
    }

    [Fact]
    public async Task Every_answer_carries_the_security_headers()
    {
        using var client = fixture.Host.Client();
        foreach (var path in new[] { "health/live", "api/nothing", "" })
        {
            var answer = await client.GetAsync(path);
            var policy = answer.Headers.GetValues("Content-Security-Policy").Single();
            policy.ShouldContain("script-src 'self';");
            answer.Headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"]);
            answer.Headers.Contains("Server").ShouldBeFalse();
        }
    }

    [Fact]
    public async Task The_OpenAPI_document_describes_the_API()
    {
        using var client = fixture.Host.Client();
        var document = await client.GetFromJsonAsync<JsonElement>("openapi/v1.json");
        document.GetProperty("paths").TryGetProperty("/api/identity/sign-in", out _).ShouldBeTrue();
    }

    [Fact]
    public async Task Every_request_is_measured()
    {
        using var client = fixture.Host.Client();
        var trace = Guid.CreateVersion7().ToString("N");
        using var request = new HttpRequestMessage(HttpMethod.Get, "health/live") { Headers = { { "traceparent", $"00-{trace}-00f067aa0ba902b7-01" } } };
        var answer = await client.SendAsync(request);
        answer.Headers.GetValues("X-Request-Id").ShouldBe([trace]);

        using var clickHouse = fixture.ClickHouse();
        await Eventually.TrueAsync(
            async () => await clickHouse.TextAsync($"SELECT Method, Route, Status, RequestBytes, ResponseBytes > 10 FROM requests WHERE TraceId = unhex('{trace}') FORMAT CSV") == "\"GET\",\"/health/live\",200,0,1",
            "the request is in the table of requests");
    }
}
