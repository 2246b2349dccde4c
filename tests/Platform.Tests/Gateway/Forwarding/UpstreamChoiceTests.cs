using System.Net;
using Rialto.Platform.Gateway.Forwarding;

namespace Rialto.Platform.Tests.Gateway.Forwarding;

public class UpstreamChoiceTests
{
    private static RouteDefinition Weighted(params (string Address, int Weight)[] upstreams) => new()
    {
        Path = "/ext",
        Upstreams = [.. upstreams.Select(upstream => new UpstreamDefinition { Address = upstream.Address, Weight = upstream.Weight })],
    };

    private static UpstreamPool Pool(params (string Address, int Weight)[] upstreams) => new(Weighted(upstreams), AddressGuard.Allowing(null), TimeProvider.System);

    [Fact]
    public void Requests_are_split_by_weight()
    {
        using var pool = Pool(("http://a", 90), ("http://b", 10), ("http://c", 0));
        var chosen = Enumerable.Range(0, 20_000).Select(_ => pool.Choose(null, [])!.Label).CountBy(label => label).ToDictionary();
        chosen["b"].ShouldBeInRange(1_700, 2_300);
        chosen.ShouldNotContainKey("c");
    }

    [Fact]
    public void A_sticky_caller_stays_and_every_node_agrees()
    {
        using var one = Pool(("http://a", 90), ("http://b", 10));
        using var other = Pool(("http://a", 90), ("http://b", 10));
        var keys = Enumerable.Range(0, 5_000).Select(i => $"caller-{i}").ToList();
        keys.ShouldAllBe(key => one.Choose(key, Array.Empty<Upstream>())!.Label == other.Choose(key, Array.Empty<Upstream>())!.Label);
        keys.Count(key => one.Choose(key, [])!.Label == "b").ShouldBeInRange(350, 650);
    }

    [Fact]
    public void When_one_falls_out_only_its_own_callers_move()
    {
        using var pool = Pool(("http://a", 50), ("http://b", 50), ("http://c", 50));
        var keys = Enumerable.Range(0, 1_000).Select(i => $"caller-{i}").ToList();
        var before = keys.ToDictionary(key => key, key => pool.Choose(key, [])!.Label);
        pool.Upstreams[1].Probed(good: false);
        foreach (var key in keys)
        {
            var now = pool.Choose(key, [])!.Label;
            if (before[key] == "b") now.ShouldNotBe("b");
            else now.ShouldBe(before[key]);
        }
    }

    [Fact]
    public void Who_fails_five_times_in_a_row_rests_and_comes_back()
    {
        var clock = new Clock();
        var upstream = new Upstream(new UpstreamDefinition { Address = "http://a" }, clock);
        for (var i = 0; i < Upstream.FailuresToEject - 1; i++) upstream.Failed();
        upstream.Succeeded();
        for (var i = 0; i < Upstream.FailuresToEject - 1; i++) upstream.Failed();
        upstream.IsFit.ShouldBeTrue();
        upstream.Failed();
        upstream.IsFit.ShouldBeFalse();
        clock.Advance(TimeSpan.FromSeconds(11));
        upstream.IsFit.ShouldBeTrue();
        for (var i = 0; i < Upstream.FailuresToEject; i++) upstream.Failed();
        clock.Advance(TimeSpan.FromSeconds(11));
        upstream.IsFit.ShouldBeFalse("the second rest is longer");
    }

    [Fact]
    public void When_calls_ejected_all_one_is_tried_but_not_one_whose_probe_is_bad()
    {
        using var pool = Pool(("http://a", 50), ("http://b", 50));
        foreach (var upstream in pool.Upstreams)
        {
            for (var i = 0; i < Upstream.FailuresToEject; i++) upstream.Failed();
        }
        pool.Choose(null, []).ShouldNotBeNull();
        foreach (var upstream in pool.Upstreams) upstream.Probed(good: false);
        pool.Choose(null, []).ShouldBeNull();
    }

    [Fact]
    public async Task A_server_that_does_not_listen_costs_the_client_nothing()
    {
        await using var upstream = await EchoUpstream.StartAsync();
        await using var host = await ForwardingHost.StartAsync();
        host.Replace(ForwardingHost.To("http://127.0.0.1:1", upstream.Address));
        for (var i = 0; i < 20; i++)
        {
            using var answer = await host.Client.PostAsync("/ext/x", new StringContent("once"));
            answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        }
        upstream.Requests.Count.ShouldBe(20);
    }

    [Fact]
    public async Task A_request_that_may_have_had_an_effect_is_never_sent_twice()
    {
        await using var one = await EchoUpstream.StartAsync("one");
        await using var two = await EchoUpstream.StartAsync("two");
        await using var host = await ForwardingHost.StartAsync();
        host.Replace(ForwardingHost.To(one.Address, two.Address) with { Retries = 3 });
        using var post = await host.Client.PostAsync("/ext/break", new StringContent("once"));
        post.StatusCode.ShouldBe(HttpStatusCode.BadGateway);
        (one.Requests.Count + two.Requests.Count).ShouldBe(1);

        using var delete = await host.Client.DeleteAsync("/ext/break");
        delete.StatusCode.ShouldBe(HttpStatusCode.BadGateway);
        (one.Requests.Count + two.Requests.Count).ShouldBe(2);

        using var get = await host.Client.GetAsync("/ext/break");
        get.StatusCode.ShouldBe(HttpStatusCode.BadGateway);
        one.Requests.Count(seen => seen.Method == "GET").ShouldBe(1, "a read is tried on the other server");
        two.Requests.Count(seen => seen.Method == "GET").ShouldBe(1);
    }

    [Fact]
    public async Task A_sick_server_is_left_out_and_taken_back_when_it_is_well()
    {
        await using var one = await EchoUpstream.StartAsync("one");
        await using var two = await EchoUpstream.StartAsync("two");
        await using var host = await ForwardingHost.StartAsync();
        one.HealthStatus = 503;
        host.Replace(ForwardingHost.To(one.Address, two.Address) with { Health = new() { IntervalMs = 100 } });
        var upstreams = host.Active[0].Pool.Upstreams;
        await ForwarderTests.Eventually(() => upstreams[0].IsProbedDown);
        for (var i = 0; i < 20; i++) (await host.Client.GetAsync("/ext/x")).Headers.GetValues("Upstream-Name").ShouldBe(["two"]);

        two.HealthStatus = 500;
        await ForwarderTests.Eventually(() => upstreams[1].IsProbedDown);
        using var none = await host.Client.GetAsync("/ext/x");
        none.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        none.Headers.RetryAfter.ShouldNotBeNull();

        one.HealthStatus = 204;
        await ForwarderTests.Eventually(() => !upstreams[0].IsProbedDown);
        (await host.Client.GetAsync("/ext/x")).Headers.GetValues("Upstream-Name").ShouldBe(["one"]);
    }

    [Fact]
    public void Retries_are_bounded_by_what_requests_earn()
    {
        var budget = new RetryBudget();
        var credit = Enumerable.Range(0, 1_000).Count(_ => budget.TrySpend());
        credit.ShouldBe(10);
        for (var i = 0; i < 100; i++) budget.Earn();
        Enumerable.Range(0, 1_000).Count(_ => budget.TrySpend()).ShouldBe(20);
    }

    private sealed class Clock : TimeProvider
    {
        private long _ticks = 1;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => _ticks;

        public void Advance(TimeSpan by) => _ticks += by.Ticks;
    }
}
