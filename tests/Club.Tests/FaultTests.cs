using System.Collections.Concurrent;
using System.Text.Json;
using Rialto.Fixtures;
using Rialto.Simulators.Machinery;

namespace Rialto.Club.Tests;

/// <summary>
/// The generated fault matrix. Every case ends with all invariants true, judged against what the vendors have really done. Several worlds work on the cases side by side;
/// time is virtual, so that waiting costs nothing.
/// </summary>
public class FaultTests(PostgresFixture postgres)
{
    private const int Worlds = 3;

    [Fact]
    public Task Every_fault_of_every_write_ends_whole() => RunAsync([.. Matrix.OfWrite]);

    [Fact]
    public Task Every_fault_of_every_read_ends_whole() => RunAsync([.. Matrix.OfRead]);

    [Fact]
    public Task Points_are_taken_once_though_the_vendor_takes_a_receipt_twice() => RunAsync([.. Matrix.OfReceiptsThatAreNotUnique]);

    [Fact]
    public Task Webhooks_that_are_lost_late_doubled_overtaken_or_forged_end_whole() => RunAsync([.. Matrix.OfWebhook]);

    /// <summary>A call that is added to the club without a row in the matrix would go unproven.</summary>
    [Fact]
    public async Task Every_external_call_that_any_way_makes_is_in_the_matrix()
    {
        await using var world = await World.StartAsync(postgres, answerWithinMs: 0, timeoutMs: 5_000, members: Path.All.Length);
        var number = 0;
        foreach (var path in Path.All) await PlayAsync(world, new Case(path, "mail", "none", FaultKind.Latency), ++number);
        var made = world.Outside.Vendors.SelectMany(vendor => vendor.Calls.All.Select(call => (vendor.Name, call.Operation))).ToHashSet();
        // Pages only read these; what they show when these fail is told by UseCaseTests.
        made.ExceptWith([("memberson", "search-simple"), ("memberson", "signin"), ("memberson", "summary")]);
        var known = Matrix.All.Select(one => (one.Vendor, one.Operation)).ToHashSet();
        made.Where(call => !known.Contains(call)).ShouldBeEmpty();
    }

    private async Task RunAsync(IReadOnlyList<Case> cases)
    {
        var left = new ConcurrentQueue<(Case Case, int Number)>(cases.Select((one, at) => (one, at + 1)));
        var failures = new ConcurrentBag<string>();
        await Task.WhenAll(Enumerable.Range(0, Worlds).Select(async _ =>
        {
            var world = await World.StartAsync(postgres, answerWithinMs: 0, timeoutMs: 400, members: cases.Count);
            while (left.TryDequeue(out var next))
            {
                try
                {
                    await PlayAsync(world, next.Case, next.Number);
                }
                catch (Exception exception) when (exception is ShouldAssertException or InvalidOperationException or HttpRequestException or OperationCanceledException or JsonException)
                {
                    failures.Add($"{next.Case}: {exception.Message.ReplaceLineEndings(" ")}");
                    // What is broken stays broken: the next case begins in a new world.
                    await world.DisposeAsync();
                    world = await World.StartAsync(postgres, answerWithinMs: 0, timeoutMs: 400, members: cases.Count);
                }
            }
            await world.DisposeAsync();
        }));
        failures.ShouldBeEmpty();
        left.ShouldBeEmpty();
    }

    private static async Task PlayAsync(World world, Case one, int number)
    {
        await world.HealAsync();
        world.Vendor("memberson").Configure(JsonSerializer.SerializeToElement(new { dedupesReceiptNo = one.Dedupes }));
        world.Vendor("sevenrooms").Configure(JsonSerializer.SerializeToElement(new { requestDecisionSeconds = 45 }));
        var member = await world.SignInAsync($"member{number}@example.test");
        await one.Path.PrepareAsync(world);
        await world.BreakAsync(one.Vendor, [.. one.Faults]);
        var booking = await one.Path.BeginAsync(world, member);
        await one.Path.GoAsync(world, member, booking);
        if (one.IsRefusal && await world.StateAsync(booking) == "needs-operator")
        {
            // What an operator does: says why, and sends it on.
            var told = await World.PostAsync(await world.StaffAsync(), $"/api/club/desk/bookings/{booking}/retry", new { reason = "tried again" });
            told.Status.ShouldBe(204, told.Body.ToString());
            await one.Path.GoAsync(world, member, booking);
        }
        var struck = JsonSerializer.SerializeToNode(world.Vendor(one.Vendor).Faults.Snapshot())!.AsArray();
        struck.ShouldAllBe(fault => fault!["Kind"]!.GetValue<string>() == "latency" || fault["Hits"]!.GetValue<int>() > 0, "the fault met no call");
        // A card page that nobody was shown ends by itself.
        await world.Time.AdvanceAsync(TimeSpan.FromMinutes(40));
        world.Outside.Tick();
        await world.JudgeAsync(booking, one.IsRefusal ? [one.Path.Ends, "declined", "confirmed"] : [one.Path.Ends]);
    }
}
