using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging.Abstractions;
using Rialto.Platform.Configuration;
using Rialto.Platform.Gateway.Firewall;

namespace Rialto.Platform.Tests.Gateway.Firewall;

public class FirewallTests
{
    private static async Task<(int Status, FirewallHit? Hit)> SendAsync(FirewallDefinition definition, string target = "/api/logs/search?q=x", string address = "203.0.113.7", Action<HttpRequest>? set = null)
    {
        FirewallDefinition.Check(definition).ShouldBeEmpty();
        var rules = new FirewallRules(new Configured<FirewallDefinition>("gateway/firewall", definition, FirewallDefinition.Check), TimeProvider.System);
        var context = new DefaultHttpContext();
        context.Connection.RemoteIpAddress = IPAddress.Parse(address);
        context.Request.Method = "GET";
        context.Request.Path = target.Split('?')[0];
        context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget = target;
        context.Response.Body = new MemoryStream();
        set?.Invoke(context.Request);
        var gate = new FirewallGate(next =>
        {
            next.Response.StatusCode = 204;
            return Task.CompletedTask;
        }, rules, NullLogger<FirewallGate>.Instance);
        await gate.InvokeAsync(context);
        return (context.Response.StatusCode, context.Features.Get<FirewallHit>());
    }

    private static FirewallDefinition Rule(RuleDefinition rule) => new() { Rules = [rule] };

    [Fact]
    public async Task A_rule_blocks_unless_it_says_detect()
    {
        var rule = new RuleDefinition { Name = "sql", Pattern = @"union\s+select" };
        (await SendAsync(Rule(rule), "/api/x?q=1%20UNION%20%20SELECT%201")).ShouldBe((403, new FirewallHit("sql", true)));
        (await SendAsync(Rule(rule with { Mode = "detect" }), "/api/x?q=1+UNION+SELECT+1")).ShouldBe((204, new FirewallHit("sql", false)));
        (await SendAsync(Rule(rule), "/api/x?q=union")).ShouldBe((204, null));
    }

    [Fact]
    public async Task A_rule_meets_only_what_all_its_parts_meet()
    {
        var rule = new RuleDefinition { Name = "r", Methods = ["POST"], Path = "/api/store", Networks = ["203.0.113.0/24"] };
        (await SendAsync(Rule(rule), "/api/store/x", set: request => request.Method = "POST")).Status.ShouldBe(403);
        (await SendAsync(Rule(rule), "/api/store/x")).Status.ShouldBe(204);
        (await SendAsync(Rule(rule), "/api/storefront", set: request => request.Method = "POST")).Status.ShouldBe(204);
        (await SendAsync(Rule(rule), "/api/store/x", "198.51.100.1", request => request.Method = "POST")).Status.ShouldBe(204);
    }

    [Fact]
    public async Task A_header_can_be_looked_at() =>
        (await SendAsync(Rule(new RuleDefinition { Name = "bot", In = "header:User-Agent", Pattern = "^sqlmap" }), set: request => request.Headers.UserAgent = "sqlmap/1.8")).Status.ShouldBe(403);

    [Fact]
    public async Task Blocked_networks_are_blocked_until_their_time()
    {
        (await SendAsync(new() { Blocked = [new() { Network = "203.0.113.7" }] })).Status.ShouldBe(403);
        (await SendAsync(new() { Blocked = [new() { Network = "203.0.113.7" }] }, address: "::ffff:203.0.113.7")).Status.ShouldBe(403);
        (await SendAsync(new() { Blocked = [new() { Network = "2001:db8::/32" }] }, address: "2001:db8::1")).Status.ShouldBe(403);
        (await SendAsync(new() { Blocked = [new() { Network = "203.0.113.0/24", Until = new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.Zero) }] })).Status.ShouldBe(204);
    }

    [Fact]
    public void Mistakes_are_said_before_a_rule_is_in_force()
    {
        FirewallDefinition.Check(Rule(new RuleDefinition { Name = "empty" })).ShouldHaveSingleItem().ShouldContain("every request");
        FirewallDefinition.Check(Rule(new RuleDefinition { Name = "bad", Pattern = "(" })).ShouldNotBeEmpty();
        FirewallDefinition.Check(Rule(new RuleDefinition { Name = "slow", Pattern = @"(a+)\1" })).ShouldNotBeEmpty();
        FirewallDefinition.Check(Rule(new RuleDefinition { Name = "m", Mode = "count", Path = "/x" })).ShouldNotBeEmpty();
        FirewallDefinition.Check(new() { Blocked = [new() { Network = "everybody" }] }).ShouldNotBeEmpty();
    }
}
