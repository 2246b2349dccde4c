using System.Net.WebSockets;
using System.Text;

namespace Rialto.Platform.Tests.Gateway.Forwarding;

public class SmugglingTests
{
    private const string Hidden = "GET /ext/hidden HTTP/1.1\r\nHost: x\r\n\r\n";

    /// <summary>Ways to make two servers disagree about where a request ends, or what it says.</summary>
    [Theory]
    [InlineData("POST /ext/a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 43\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + Hidden)]
    [InlineData("POST /ext/a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 5\r\nContent-Length: 43\r\n\r\n0\r\n\r\n" + Hidden)]
    [InlineData("POST /ext/a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: xchunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n" + Hidden)]
    [InlineData("POST /ext/a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n" + Hidden)]
    [InlineData("POST /ext/a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nTransfer-Encoding : chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n" + Hidden)]
    [InlineData("POST /ext/a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: +5\r\n\r\n0\r\n\r\n" + Hidden)]
    [InlineData("GET /ext/a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nX: a\r\n folded: b\r\n\r\n")]
    [InlineData("GET /ext/a HTTP/1.1\r\nHost: x\r\nConnection: close\r\nX: a\rb\r\n\r\n")]
    [InlineData("GET /ext/a HTTP/1.1\r\nHost: x\r\nHost: y\r\nConnection: close\r\n\r\n")]
    public async Task A_request_of_doubtful_length_never_becomes_two(string request)
    {
        await using var upstream = await EchoUpstream.StartAsync();
        await using var host = await ForwardingHost.StartAsync();
        host.Replace(ForwardingHost.To(upstream.Address));
        var answer = await host.SendRawAsync(request);
        upstream.Requests.ShouldNotContain(seen => seen.Target.Contains("hidden", StringComparison.Ordinal), answer);
        foreach (var seen in upstream.Requests) seen.Headers.Keys.Count(name => name is "content-length" or "transfer-encoding").ShouldBe(1);
        if (upstream.Requests.IsEmpty) answer.ShouldStartWith("HTTP/1.1 400");
    }

    [Theory]
    [InlineData("/ext/..%2fadmin")]
    [InlineData("/ext/%2e%2e%2fadmin")]
    [InlineData("/ext/a%252e%252e/x")]
    [InlineData("/ext/a\\..\\b")]
    [InlineData("/ext/..;/x")]
    [InlineData("/ext//x")]
    [InlineData("/ext/a/%2e%2e/%2e%2e/secret")]
    [InlineData("/ext/a/../../secret")]
    [InlineData("http://other.example/ext/a")]
    public async Task A_path_that_means_two_things_does_not_reach_the_upstream(string target)
    {
        await using var upstream = await EchoUpstream.StartAsync();
        await using var host = await ForwardingHost.StartAsync();
        host.Replace(ForwardingHost.To(upstream.Address + "/public"));
        var answer = await host.SendRawAsync($"GET {target} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
        answer.ShouldMatch("^HTTP/1.1 40[04] ");
        upstream.Requests.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("Connection: close, X-Forwarded-For, Host")]
    [InlineData("Connection: x-other\r\nConnection: close, x-forwarded-for")]
    public async Task A_client_cannot_take_headers_away_by_naming_them_as_of_the_connection(string connection)
    {
        await using var upstream = await EchoUpstream.StartAsync();
        await using var host = await ForwardingHost.StartAsync();
        host.Replace(ForwardingHost.To(upstream.Address));
        await host.SendRawAsync($"GET /ext/a HTTP/1.1\r\nHost: x\r\n{connection}\r\nX-Other: 2\r\n\r\n");
        var seen = upstream.Requests.ShouldHaveSingleItem();
        seen.Headers.ShouldContainKeyAndValue("x-forwarded-for", "127.0.0.1");
        seen.Headers.ShouldContainKeyAndValue("x-other", "2");
        seen.Headers.ShouldNotContainKey("connection");
    }

    [Fact]
    public async Task Oversized_cookies_and_headers_are_refused_before_anything_is_forwarded()
    {
        await using var upstream = await EchoUpstream.StartAsync();
        await using var host = await ForwardingHost.StartAsync();
        host.Replace(ForwardingHost.To(upstream.Address));
        (await host.SendRawAsync($"GET /ext/a HTTP/1.1\r\nHost: x\r\nCookie: a={new string('x', 40_000)}\r\n\r\n")).ShouldStartWith("HTTP/1.1 431");
        (await host.SendRawAsync($"GET /ext/{new string('x', 10_000)} HTTP/1.1\r\nHost: x\r\n\r\n")).ShouldStartWith("HTTP/1.1 414");
        upstream.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task WebSockets_pass_where_the_route_allows_them()
    {
        await using var upstream = await EchoUpstream.StartAsync();
        await using var host = await ForwardingHost.StartAsync();
        host.Replace(ForwardingHost.To(upstream.Address) with { WebSockets = true });
        using var socket = new ClientWebSocket();
        socket.Options.AddSubProtocol("echo.v1");
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        await socket.ConnectAsync(new Uri($"ws://{host.Address.Authority}/ext/ws"), patience.Token);
        socket.SubProtocol.ShouldBe("echo.v1");
        var buffer = new byte[128 * 1024];
        foreach (var text in new[] { "hello", new string('x', 100_000) })
        {
            await socket.SendAsync(Encoding.ASCII.GetBytes(text), WebSocketMessageType.Text, true, patience.Token);
            var length = 0;
            while (true)
            {
                var received = await socket.ReceiveAsync(buffer.AsMemory(length), patience.Token);
                length += received.Count;
                if (length >= text.Length) break;
            }
            Encoding.ASCII.GetString(buffer, 0, length).ShouldBe(text);
        }
        await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, "done", patience.Token);
        socket.CloseStatus.ShouldBe(WebSocketCloseStatus.NormalClosure);
    }

    [Fact]
    public async Task An_upgrade_is_refused_where_the_route_does_not_allow_it()
    {
        await using var upstream = await EchoUpstream.StartAsync();
        await using var host = await ForwardingHost.StartAsync();
        host.Replace(ForwardingHost.To(upstream.Address));
        using var socket = new ClientWebSocket();
        await Should.ThrowAsync<WebSocketException>(() => socket.ConnectAsync(new Uri($"ws://{host.Address.Authority}/ext/ws"), CancellationToken.None));
        upstream.Requests.ShouldBeEmpty();
    }
}
