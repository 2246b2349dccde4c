using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace Rialto.Platform.Tests.Gateway.Forwarding;

public class ForwarderTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private static async Task<Seen> SeenAsync(HttpResponseMessage answer)
    {
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.Content.ReadAsStringAsync());
        return (await answer.Content.ReadFromJsonAsync<Seen>())!;
    }

    private static async Task<string> CodeAsync(HttpResponseMessage answer) =>
        (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("code").GetString()!;

    [Fact]
    public async Task Method_path_query_headers_and_body_arrive_as_they_were_sent()
    {
        await using var upstream = await EchoUpstream.StartAsync();
        await using var host = await ForwardingHost.StartAsync();
        host.Replace(ForwardingHost.To(upstream.Address + "/base/"));
        using var request = new HttpRequestMessage(HttpMethod.Patch, "/ext/a%20b/c?x=1&y=%2F") { Content = new StringContent("täxt", System.Text.Encoding.UTF8, "text/x-special") };
        request.Headers.Add("X-Own", ["1", "2"]);
        using var answer = await host.Client.SendAsync(request);
        var seen = await SeenAsync(answer);
        seen.Method.ShouldBe("PATCH");
        seen.Target.ShouldBe("/base/a%20b/c?x=1&y=%2F");
        seen.Body.ShouldBe("täxt");
        seen.Headers["x-own"].ShouldBe("1, 2");
        seen.Headers["content-type"].ShouldBe("text/x-special; charset=utf-8");
        seen.Headers["content-length"].ShouldBe("5");
        answer.Headers.GetValues("Upstream-Name").ShouldBe(["one"]);
    }

    [Fact]
    public async Task The_upstream_learns_who_the_client_is_from_us_only()
    {
        await using var upstream = await EchoUpstream.StartAsync();
        await using var host = await ForwardingHost.StartAsync();
        host.Replace(ForwardingHost.To(upstream.Address));
        using var request = new HttpRequestMessage(HttpMethod.Get, "/ext/x");
        foreach (var name in new[] { "X-Forwarded-For", "X_Forwarded_For", "X-Real-IP", "Forwarded", "X-Rialto-Caller", "x-rialto-organization", "X-Api-Key", "Keep-Alive", "TE", "X-Original-URL" })
            request.Headers.TryAddWithoutValidation(name, "forged");
        request.Headers.TryAddWithoutValidation("Cookie", "a=1; rialto.session=mine; b=2");
        request.Headers.TryAddWithoutValidation("Authorization", "Bearer rk_demo_secret");
        using var answer = await host.Client.SendAsync(request);
        var seen = await SeenAsync(answer);
        seen.Headers.Where(pair => pair.Value.Contains("forged", StringComparison.Ordinal)).ShouldBeEmpty();
        seen.Headers["x-forwarded-for"].ShouldBe("127.0.0.1");
        seen.Headers["x-forwarded-host"].ShouldBe(host.Address.Authority);
        seen.Headers["x-forwarded-proto"].ShouldBe("http");
        seen.Headers["x-forwarded-prefix"].ShouldBe("/ext");
        seen.Headers["host"].ShouldBe(new Uri(upstream.Address).Authority);
        seen.Headers["cookie"].ShouldBe("a=1; b=2");
        seen.Headers.ShouldNotContainKey("authorization");
    }

    [Fact]
    public async Task A_service_behind_a_route_cannot_act_as_rialto()
    {
        await using var upstream = await EchoUpstream.StartAsync();
        await using var host = await ForwardingHost.StartAsync();
        host.Replace(ForwardingHost.To(upstream.Address));
        using var answer = await host.Client.GetAsync("/ext/hostile");
        answer.Headers.GetValues("Set-Cookie").ShouldBe(["theirs=1"]);
        answer.Headers.Contains("X-Rialto-Trick").ShouldBeFalse();
        answer.Headers.Contains("X-Secret-Hop").ShouldBeFalse();
        answer.Headers.Contains("Server").ShouldBeFalse();
        answer.Headers.GetValues("Content-Security-Policy").ShouldContain("sandbox");
    }

    [Theory]
    [InlineData("SELF/a?b=1", "/ext/a?b=1")]
    [InlineData("/a", "/ext/a")]
    [InlineData("https://elsewhere.example/", "https://elsewhere.example/")]
    [InlineData("//elsewhere.example/", "//elsewhere.example/")]
    public async Task A_redirect_to_the_upstream_comes_back_to_us(string to, string location)
    {
        await using var upstream = await EchoUpstream.StartAsync();
        await using var host = await ForwardingHost.StartAsync();
        host.Replace(ForwardingHost.To(upstream.Address));
        using var answer = await host.Client.GetAsync("/ext/redirect?to=" + to);
        answer.Headers.Location!.OriginalString.ShouldBe(location);
    }

    [Fact]
    public async Task The_answer_streams_piece_by_piece_and_the_clients_leave_is_told()
    {
        await using var upstream = await EchoUpstream.StartAsync();
        await using var host = await ForwardingHost.StartAsync();
        host.Replace(ForwardingHost.To(upstream.Address));
        using (var answer = await host.Client.GetAsync("/ext/stream", HttpCompletionOption.ResponseHeadersRead))
        {
            using var reader = new StreamReader(await answer.Content.ReadAsStreamAsync());
            for (var i = 0; i < 3; i++)
            {
                upstream.Pieces.Release();
                (await reader.ReadLineAsync().WaitAsync(Patience)).ShouldBe($"piece {i}");
            }
        }
        await Eventually(() => upstream.Aborted.Contains("/stream"));
    }

    [Fact]
    public async Task The_request_streams_without_a_known_length()
    {
        await using var upstream = await EchoUpstream.StartAsync();
        await using var host = await ForwardingHost.StartAsync();
        host.Replace(ForwardingHost.To(upstream.Address));
        using var request = new HttpRequestMessage(HttpMethod.Post, "/ext/x") { Content = new StringContent("piece") };
        request.Headers.TransferEncodingChunked = true;
        var seen = await SeenAsync(await host.Client.SendAsync(request));
        seen.Body.ShouldBe("piece");
        seen.Headers["transfer-encoding"].ShouldBe("chunked");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_body_over_the_routes_limit_is_refused_with_413(bool chunked)
    {
        await using var upstream = await EchoUpstream.StartAsync();
        await using var host = await ForwardingHost.StartAsync();
        host.Replace(ForwardingHost.To(upstream.Address) with { BodyBytesMax = 1000 });
        using var request = new HttpRequestMessage(HttpMethod.Post, "/ext/x") { Content = new ByteArrayContent(new byte[1001]) };
        request.Headers.TransferEncodingChunked = chunked;
        using var answer = await host.Client.SendAsync(request);
        answer.StatusCode.ShouldBe(HttpStatusCode.RequestEntityTooLarge);
        upstream.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_silent_upstream_is_504_and_is_told_that_nobody_waits()
    {
        await using var upstream = await EchoUpstream.StartAsync();
        await using var host = await ForwardingHost.StartAsync();
        host.Replace(ForwardingHost.To(upstream.Address) with { Timeouts = new() { ConnectMs = 50, FirstByteMs = 50 } });
        using var answer = await host.Client.GetAsync("/ext/never");
        answer.StatusCode.ShouldBe(HttpStatusCode.GatewayTimeout);
        (await CodeAsync(answer)).ShouldBe("upstream-timeout");
        await Eventually(() => upstream.Aborted.Contains("/never"));
    }

    [Fact]
    public async Task An_answer_that_stalls_is_cut_and_does_not_pass_for_whole()
    {
        await using var upstream = await EchoUpstream.StartAsync();
        await using var host = await ForwardingHost.StartAsync();
        host.Replace(ForwardingHost.To(upstream.Address) with { Timeouts = new() { IdleMs = 50 } });
        upstream.Pieces.Release();
        // Not any exception: that our own patience ends would say nothing of the gateway's.
        await Should.ThrowAsync<HttpRequestException>(() => host.Client.GetStringAsync("/ext/stream").WaitAsync(Patience));
        await Should.ThrowAsync<HttpRequestException>(() => host.Client.GetStringAsync("/ext/cut").WaitAsync(Patience));
    }

    [Fact]
    public async Task The_clients_leave_cancels_the_upstreams_work()
    {
        await using var upstream = await EchoUpstream.StartAsync();
        await using var host = await ForwardingHost.StartAsync();
        host.Replace(ForwardingHost.To(upstream.Address));
        using var leave = new CancellationTokenSource();
        var asking = host.Client.GetAsync("/ext/never", leave.Token);
        await Eventually(() => !upstream.Requests.IsEmpty);
        await leave.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(asking);
        await Eventually(() => upstream.Aborted.Contains("/never"));
    }

    [Fact]
    public async Task An_address_of_this_machine_is_refused_unless_the_operator_allows_it()
    {
        await using var upstream = await EchoUpstream.StartAsync();
        await using var host = await ForwardingHost.StartAsync(allow: "");
        foreach (var address in new[] { upstream.Address, upstream.Address.Replace("127.0.0.1", "localhost", StringComparison.Ordinal), "http://169.254.169.254", "http://[::ffff:127.0.0.1]:1", "http://2130706433" })
        {
            host.Replace(ForwardingHost.To(address));
            using var answer = await host.Client.GetAsync("/ext/latest/meta-data");
            answer.StatusCode.ShouldBe(HttpStatusCode.BadGateway);
            (await CodeAsync(answer)).ShouldBe("upstream-refused", address);
        }
        upstream.Requests.ShouldBeEmpty();
    }

    internal static async Task Eventually(Func<Task<bool>> condition)
    {
        using var deadline = new CancellationTokenSource(Patience);
        while (!await condition()) await Task.Delay(5, deadline.Token);
    }

    internal static async Task Eventually(Func<bool> condition)
    {
        using var deadline = new CancellationTokenSource(Patience);
        while (!condition()) await Task.Delay(5, deadline.Token);
    }
}
