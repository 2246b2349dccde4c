using System.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Rialto.Fixtures;
using Rialto.Platform.Gateway.Plans;

namespace Rialto.Platform.Tests.Gateway.Plans;

public sealed class PlanLimiterTests(PostgresFixture server) : IAsyncLifetime
{
    private PostgresDatabase _database = null!;

    public async ValueTask InitializeAsync() => _database = await server.CreateDatabaseAsync();

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    private PlanLimiter Node(NpgsqlDataSource? postgres = null) => new(postgres ?? _database.DataSource, TimeProvider.System, NullLogger<PlanLimiter>.Instance);

    private static UsagePlan Plan(double rate, int burst, long quota = 0) => new() { Name = "p", RatePerSecond = rate, Burst = burst, DailyQuota = quota };

    private static async Task<int> PassedAsync(PlanLimiter node, string subject, UsagePlan plan, int requests)
    {
        var passed = 0;
        for (var i = 0; i < requests; i++)
        {
            if ((await node.TakeAsync(node.Of(subject, plan), plan)).Allowed) passed++;
        }
        return passed;
    }

    [Fact]
    public async Task One_node_passes_exactly_the_burst_at_once()
    {
        await using var node = Node();
        // So slow a rate that nothing is refilled meanwhile.
        (await PassedAsync(node, "a", Plan(0.001, 50), 200)).ShouldBe(50);
        (await PassedAsync(node, "b", Plan(0.001, 1), 5)).ShouldBe(1);
    }

    [Fact]
    public async Task Concurrent_requests_of_one_caller_share_one_bucket()
    {
        await using var node = Node();
        var passed = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(() => PassedAsync(node, "a", Plan(0.001, 100), 50))));
        passed.Sum().ShouldBe(100);
    }

    [Fact]
    public async Task The_quota_of_the_day_is_exact_and_says_when_it_begins_anew()
    {
        await using var node = Node();
        (await PassedAsync(node, "a", Plan(0, 0, 137), 300)).ShouldBe(137);
        var refused = await node.TakeAsync(node.Of("a", Plan(0, 0, 137)), Plan(0, 0, 137));
        refused.ByQuota.ShouldBeTrue();
        refused.QuotaLeft.ShouldBe(0);
        refused.RetryAfter.ShouldBeInRange(TimeSpan.Zero, TimeSpan.FromDays(1));
    }

    [Fact]
    public async Task The_tighter_of_rate_and_quota_holds()
    {
        await using var node = Node();
        (await PassedAsync(node, "a", Plan(0.001, 500, 20), 100)).ShouldBe(20);
        (await PassedAsync(node, "b", Plan(0.001, 20, 500), 100)).ShouldBe(20);
    }

    [Fact]
    public async Task Two_nodes_together_never_pass_more_than_the_plan_and_at_most_one_lease_less()
    {
        var plan = Plan(rate: 200, burst: 100);
        await using var one = Node();
        await using var two = Node();
        var began = Stopwatch.GetTimestamp();
        async Task<int> HammerAsync(PlanLimiter node)
        {
            var passed = 0;
            while (Stopwatch.GetElapsedTime(began) < TimeSpan.FromSeconds(2))
            {
                if ((await node.TakeAsync(node.Of("shared", plan), plan)).Allowed) passed++;
                await Task.Yield();
            }
            return passed;
        }
        var passed = (await Task.WhenAll(Task.Run(() => HammerAsync(one)), Task.Run(() => HammerAsync(two)))).Sum();
        var most = plan.Burst + plan.RatePerSecond * Stopwatch.GetElapsedTime(began).TotalSeconds;
        passed.ShouldBeLessThanOrEqualTo((int)most);
        // A machine that stands still loses what a full bucket would have earned, so of the rate no more is asked than that there is one.
        passed.ShouldBeGreaterThan(plan.Burst, "refused although the plan had room");
    }

    [Fact]
    public async Task Of_two_nodes_one_is_refused_at_most_what_the_other_may_hold()
    {
        var plan = Plan(rate: 0.001, burst: 400);
        await using var one = Node();
        await using var two = Node();
        var passed = await PassedAsync(one, "shared", plan, 100) + await PassedAsync(two, "shared", plan, 600);
        passed.ShouldBeLessThanOrEqualTo(plan.Burst);
        // Two leases: one used up and one asked for ahead.
        passed.ShouldBeGreaterThanOrEqualTo((int)(plan.Burst - (2 * PlanLimiter.LeaseOf(plan))));
    }

    [Fact]
    public async Task Two_nodes_share_a_quota_and_unused_leases_come_back()
    {
        var plan = Plan(0, 0, 100);
        await using var two = Node();
        await using (var one = Node()) (await PassedAsync(one, "shared", plan, 5)).ShouldBe(5);
        (await PassedAsync(two, "shared", plan, 300)).ShouldBe(95);
    }

    [Fact]
    public async Task An_idle_nodes_lease_is_brought_back_while_it_lives()
    {
        var plan = Plan(0, 0, 100);
        var clock = new MovedClock();
        await using var one = new PlanLimiter(_database.DataSource, clock, NullLogger<PlanLimiter>.Instance);
        await using var two = Node();
        (await one.TakeAsync(one.Of("shared", plan), plan)).Allowed.ShouldBeTrue();
        (await PassedAsync(two, "shared", plan, 300)).ShouldBe(80);
        clock.Ahead = PlanLimiter.LeaseLife * 2;
        one.Return();
        var deadline = Stopwatch.GetTimestamp();
        while (await QuotaUsedAsync() > 81 && Stopwatch.GetElapsedTime(deadline) < TimeSpan.FromSeconds(60)) await Task.Delay(5);
        (await QuotaUsedAsync()).ShouldBe(81);
    }

    [Fact]
    public async Task Who_keeps_an_allowance_beyond_its_time_takes_from_the_one_that_came_after_it()
    {
        var plan = Plan(0, 0, 100);
        var clock = new MovedClock();
        await using var node = new PlanLimiter(_database.DataSource, clock, NullLogger<PlanLimiter>.Instance);
        var kept = node.Of("shared", plan);
        foreach (var used in (int[])[1, 2])
        {
            (await node.TakeAsync(kept, plan)).Allowed.ShouldBeTrue();
            clock.Ahead += PlanLimiter.LeaseLife * 2;
            node.Return();
            var began = Stopwatch.GetTimestamp();
            while (await QuotaUsedAsync() > used && Stopwatch.GetElapsedTime(began) < TimeSpan.FromSeconds(60)) await Task.Delay(5);
            (await QuotaUsedAsync()).ShouldBe(used);
        }
    }

    private async Task<long> QuotaUsedAsync()
    {
        await using var command = _database.DataSource.CreateCommand("SELECT used FROM gateway.usage WHERE subject = 'shared'");
        return (long)(await command.ExecuteScalarAsync())!;
    }

    [Fact]
    public async Task Without_the_database_a_node_holds_the_plan_by_itself()
    {
        await using var nowhere = NpgsqlDataSource.Create("Host=127.0.0.1;Port=1;Username=x;Timeout=1");
        await using var node = Node(nowhere);
        (await PassedAsync(node, "a", Plan(1, 30), 200)).ShouldBeInRange(1, 35);
    }

    [Fact]
    public async Task Many_callers_are_leased_in_few_statements()
    {
        await using var node = Node();
        var verdicts = await Task.WhenAll(Enumerable.Range(0, 10_000).Select(i => node.TakeAsync(node.Of($"key-{i}", Plan(10, 20)), Plan(10, 20)).AsTask()));
        verdicts.ShouldAllBe(verdict => verdict.Allowed);
    }
}
