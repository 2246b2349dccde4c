using System.Net;
using Rialto.Platform.Gateway.Forwarding;

namespace Rialto.Platform.Tests.Gateway.Forwarding;

public class RouteEndpointTests
{
    [Fact]
    public async Task Routes_change_while_requests_run()
    {
        await using var one = await EchoUpstream.StartAsync("one");
        await using var two = await EchoUpstream.StartAsync("two");
        await using var host = await ForwardingHost.StartAsync();
        host.Replace(ForwardingHost.To(one.Address));
        using var running = await host.Client.GetAsync("/ext/stream", HttpCompletionOption.ResponseHeadersRead);
        using var reader = new StreamReader(await running.Content.ReadAsStreamAsync());

        host.Replace(ForwardingHost.To(two.Address), ForwardingHost.To(one.Address) with { Path = "/ext/old" });
        (await host.Client.GetAsync("/ext/x")).Headers.GetValues("Upstream-Name").ShouldBe(["two"]);
        (await host.Client.GetAsync("/ext/old/x")).Headers.GetValues("Upstream-Name").ShouldBe(["one"]);
        one.Pieces.Release();
        (await reader.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(20))).ShouldBe("piece 0", "what runs, runs on");

        host.Replace();
        (await host.Client.GetAsync("/ext/x")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_route_takes_its_hosts_and_methods_only()
    {
        await using var upstream = await EchoUpstream.StartAsync();
        await using var host = await ForwardingHost.StartAsync();
        host.Replace(ForwardingHost.To(upstream.Address) with { Hosts = ["api.example"], Methods = ["GET"] });
        (await host.Client.GetAsync("/ext/x")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        using var named = new HttpRequestMessage(HttpMethod.Get, "/ext/x") { Headers = { Host = "api.example" } };
        (await host.Client.SendAsync(named)).StatusCode.ShouldBe(HttpStatusCode.OK);
        using var post = new HttpRequestMessage(HttpMethod.Post, "/ext/x") { Headers = { Host = "api.example" } };
        (await host.Client.SendAsync(post)).StatusCode.ShouldBe(HttpStatusCode.MethodNotAllowed);
    }

    [Fact]
    public async Task Other_sites_may_call_only_where_the_route_names_them()
    {
        await using var upstream = await EchoUpstream.StartAsync();
        await using var host = await ForwardingHost.StartAsync();
        host.Replace(ForwardingHost.To(upstream.Address) with { CorsOrigins = ["https://shop.example"] });
        async Task<string?> AllowedAsync(string origin)
        {
            using var preflight = new HttpRequestMessage(HttpMethod.Options, "/ext/x");
            preflight.Headers.Add("Origin", origin);
            preflight.Headers.Add("Access-Control-Request-Method", "POST");
            using var answer = await host.Client.SendAsync(preflight);
            return answer.Headers.TryGetValues("Access-Control-Allow-Origin", out var values) ? values.Single() : null;
        }
        (await AllowedAsync("https://shop.example")).ShouldBe("https://shop.example");
        (await AllowedAsync("https://evil.example")).ShouldBeNull();
        upstream.Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_cached_answer_is_given_again_until_the_upstream_forbids_it()
    {
        await using var upstream = await EchoUpstream.StartAsync();
        await using var host = await ForwardingHost.StartAsync();
        host.Replace(ForwardingHost.To(upstream.Address) with { CacheSeconds = 60 });
        for (var i = 0; i < 3; i++) (await host.Client.GetAsync("/ext/x?a=1")).StatusCode.ShouldBe(HttpStatusCode.OK);
        upstream.Requests.Count.ShouldBe(1);
        await host.Client.GetAsync("/ext/x?a=2");
        upstream.Requests.Count.ShouldBe(2);
        for (var i = 0; i < 2; i++) await host.Client.PostAsync("/ext/x?a=1", new StringContent("x"));
        upstream.Requests.Count.ShouldBe(4);
        for (var i = 0; i < 2; i++) await host.Client.GetAsync("/ext/hostile");
        upstream.Requests.Count.ShouldBe(6, "an answer with a cookie is for one client");
        for (var i = 0; i < 2; i++) await host.Client.GetAsync("/ext/status/404");
        upstream.Requests.Count.ShouldBe(8);
    }

    public static TheoryData<string, string> Mistakes() => new()
    {
        { "path", """{"name":"w","path":"weather","upstreams":[{"address":"http://a"}]}""" },
        { "path", """{"name":"w","path":"/","upstreams":[{"address":"http://a"}]}""" },
        { "path", """{"name":"w","path":"/api/x","upstreams":[{"address":"http://a"}]}""" },
        { "path", """{"name":"w","path":"/a/../b","upstreams":[{"address":"http://a"}]}""" },
        { "path", """{"name":"w","path":"/{x}","upstreams":[{"address":"http://a"}]}""" },
        { "upstreams", """{"name":"w","path":"/w","upstreams":[]}""" },
        { "upstreams", """{"name":"w","path":"/w","upstreams":[{"address":"http://a","weight":0}]}""" },
        { "upstreams.address", """{"name":"w","path":"/w","upstreams":[{"address":"file:///etc/passwd"}]}""" },
        { "upstreams.address", """{"name":"w","path":"/w","upstreams":[{"address":"http://user:pw@a"}]}""" },
        { "upstreams.address", """{"name":"w","path":"/w","upstreams":[{"address":"http://a"},{"address":"http://a"}]}""" },
        { "permission", """{"name":"w","path":"/w","upstreams":[{"address":"http://a"}],"permission":"all"}""" },
        { "anonymous", """{"name":"w","path":"/w","upstreams":[{"address":"http://a"}],"permission":"logs.read","anonymous":true}""" },
        { "sticky", """{"name":"w","path":"/w","upstreams":[{"address":"http://a"}],"sticky":"moon"}""" },
        { "methods", """{"name":"w","path":"/w","upstreams":[{"address":"http://a"}],"methods":["CONNECT"]}""" },
        { "timeouts", """{"name":"w","path":"/w","upstreams":[{"address":"http://a"}],"timeouts":{"connectMs":0}}""" },
        { "corsOrigins", """{"name":"w","path":"/w","upstreams":[{"address":"http://a"}],"corsOrigins":["*"]}""" },
        { "retries", """{"name":"w","path":"/w","upstreams":[{"address":"http://a"}],"retries":9}""" },
        { "health.path", """{"name":"w","path":"/w","upstreams":[{"address":"http://a"}],"health":{"path":"x"}}""" },
    };

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void A_mistake_is_named_by_its_field(string field, string definition) =>
        RouteRules.Check(System.Text.Json.JsonSerializer.Deserialize<RouteDefinition>(definition, RouteDefinition.Json)!).Select(mistake => mistake.Field).ShouldContain(field);
}
