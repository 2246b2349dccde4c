using Rialto.Fixtures;

namespace Rialto.Platform.Tests.Sagas;

/// <summary>Sagas on the real queue and a real database; the vendor's true effects are the judge.</summary>
public class SagaTests(PostgresFixture postgres)
{
    [Fact]
    public async Task Every_manner_of_every_call_ends_whole_and_no_effect_happens_twice()
    {
        await using var rig = await ToyRig.StartAsync(postgres);
        var things = new List<Guid>();
        foreach (var first in Enum.GetValues<Manner>())
        foreach (var second in Enum.GetValues<Manner>())
        foreach (var back in Enum.GetValues<Manner>().Where(manner => manner != Manner.Refuses))
        {
            var thing = Guid.CreateVersion7();
            rig.Vendor.Script($"{thing}:first", first, Manner.SilentWithoutEffect);
            rig.Vendor.Script($"{thing}:second", second);
            rig.Vendor.Script($"{thing}:undo-first", back);
            things.Add(thing);
            await rig.BeginAsync(thing);
        }
        await rig.QuietAsync();
        foreach (var thing in things) await rig.JudgeAsync(thing);
        (await rig.StatesAsync()).ShouldBe(["done", "undone"], ignoreOrder: true);
    }

    [Theory]
    [InlineData(Manner.SilentWithEffect, Manner.SilentWithoutEffect)]
    [InlineData(Manner.NotReached, Manner.Refuses)]
    public async Task A_crash_at_any_commit_or_call_ends_whole(Manner first, Manner second)
    {
        await using var rig = await ToyRig.StartAsync(postgres);
        for (var place = 1; ; place++)
        {
            var thing = Guid.CreateVersion7();
            rig.Vendor.Script($"{thing}:first", first);
            rig.Vendor.Script($"{thing}:second", second);
            var crashed = await rig.CrashAtAsync(place, () => rig.BeginAsync(thing));
            await rig.QuietAsync();
            await rig.JudgeAsync(thing);
            if (crashed) continue;
            place.ShouldBeGreaterThan(8);
            return;
        }
    }

    [Fact]
    public async Task Wanting_it_undone_at_any_moment_ends_whole()
    {
        await using var rig = await ToyRig.StartAsync(postgres);
        foreach (var manner in Enum.GetValues<Manner>().Where(manner => manner != Manner.Refuses))
        {
            var ends = new List<string>();
            for (var (place, wanted) = (1, true); wanted; place++)
            {
                var thing = Guid.CreateVersion7();
                rig.Vendor.Script($"{thing}:first", manner);
                rig.Vendor.Script($"{thing}:second", manner);
                wanted = await rig.AtAsync(place, () => rig.UndoAsync(thing), () => rig.BeginAsync(thing));
                ends.Add(await rig.JudgeAsync(thing));
            }
            ends.ShouldContain("done");
            ends.ShouldContain("undone");
        }
    }

    [Fact]
    public async Task While_the_vendor_is_away_a_lane_waits_in_order_and_drains_in_order()
    {
        await using var rig = await ToyRig.StartAsync(postgres);
        var things = Enumerable.Range(0, 12).Select(_ => Guid.CreateVersion7()).ToList();
        foreach (var thing in things)
        {
            rig.Vendor.Script($"{thing}:first", Manner.NotReached, Manner.NotReached);
            await rig.BeginAsync(thing);
        }
        await rig.QuietAsync();
        foreach (var lane in things.GroupBy(thing => thing.ToByteArray()[15] % 3))
        {
            var arrived = rig.Vendor.Sent.Where(key => key.EndsWith(":first", StringComparison.Ordinal)).Select(key => Guid.Parse(key[..36]))
                .Where(lane.Contains).Distinct().ToList();
            arrived.ShouldBe(lane);
        }
        (await rig.StatesAsync()).ShouldBe(["done"]);
    }

    [Fact]
    public async Task A_refused_way_back_calls_an_operator_who_sends_it_on()
    {
        await using var rig = await ToyRig.StartAsync(postgres);
        var thing = Guid.CreateVersion7();
        rig.Vendor.Script($"{thing}:second", Manner.Refuses);
        rig.Vendor.Script($"{thing}:undo-first", Manner.Refuses);
        await rig.BeginAsync(thing);
        await rig.QuietAsync();
        (await rig.StatesAsync()).ShouldBe(["operator"]);
        (await rig.ResumeAsync(back: true)).ShouldBeTrue();
        await rig.QuietAsync();
        (await rig.JudgeAsync(thing)).ShouldBe("undone");
        (await rig.ResumeAsync(back: true)).ShouldBeFalse();
    }

    [Fact]
    public async Task A_write_whose_outcome_stays_unknown_is_sent_a_few_times_and_then_an_operator_looks()
    {
        await using var rig = await ToyRig.StartAsync(postgres);
        var thing = Guid.CreateVersion7();
        rig.Vendor.Script($"{thing}:first", [.. Enumerable.Repeat(Manner.SilentWithoutEffect, 50)]);
        await rig.BeginAsync(thing);
        await rig.QuietAsync();
        (await rig.StatesAsync()).ShouldBe(["operator"]);
        rig.Vendor.Sent.Count.ShouldBe(8);
    }
}
