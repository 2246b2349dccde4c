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

    /// <summary>Two things go wrong with one booking, at random: as many pairs as RIALTO_PAIRS says, from the seed RIALTO_SEED. The 2,000 of the nightly run: <c>bench/Club faults</c>.</summary>
    [Fact]
    public Task Pairs_of_faults_end_whole() => RunAsync([.. Matrix.Pairs(Number("RIALTO_PAIRS", 20), Number("RIALTO_SEED", 1))]);

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
        // What could be sent twice is told apart by the vendor's own means too, where it has any: a second line of defence that no fault here can reach.
        var keyless = world.Outside.Vendors.SelectMany(vendor => vendor.Calls.All.Where(call => call is { HasEffect: true, Key: null }).Select(call => (vendor.Name, call.Operation))).ToHashSet();
        foreach (var call in new[] { ("stripe", "capture-intent"), ("stripe", "create-refund"), ("stripe", "cancel-intent"), ("mail", "send") }) keyless.ShouldNotContain(call);
        var known = Matrix.All.Select(one => (one.Vendor, one.Operation)).ToHashSet();
        made.Where(call => !known.Contains(call)).ShouldBeEmpty();
    }

    private async Task RunAsync(IReadOnlyList<Case> all)
    {
        var cases = Matrix.Chosen(all);
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

    private static int Number(string variable, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), System.Globalization.CultureInfo.InvariantCulture, out var given) ? given : otherwise;

    private static async Task PlayAsync(World world, Case one, int number)
    {
        await world.HealAsync();
        world.Vendor("memberson").Configure(JsonSerializer.SerializeToElement(new { dedupesReceiptNo = one.Dedupes }));
        world.Vendor("sevenrooms").Configure(JsonSerializer.SerializeToElement(new { requestDecisionSeconds = 45 }));
        var member = await world.SignInAsync($"member{number}@example.test");
        await one.Path.PrepareAsync(world);
        foreach (var (vendor, faults) in one.FaultsByVendor) await world.BreakAsync(vendor, [.. faults]);
        var booking = await one.Path.BeginAsync(world, member);
        await one.Path.GoAsync(world, member, booking);
        // Two faults may be two refusals of the same call.
        for (var refusals = 0; refusals < 2 && one.IsRefusal && await world.StateAsync(booking) == "needs-operator"; refusals++)
        {
            // What an operator does: says why, and sends it on.
            var told = await World.PostAsync(await world.StaffAsync(), $"/api/club/desk/bookings/{booking}/retry", new { reason = "tried again" });
            told.Status.ShouldBe(204, told.Body.ToString());
            await one.Path.GoAsync(world, member, booking);
        }
        var struck = JsonSerializer.SerializeToNode(world.Vendor(one.Vendor).Faults.Snapshot())!.AsArray();
        // Of two faults the first may spare the saga the second one's call.
        if (one.Second is null) struck.ShouldAllBe(fault => fault!["Kind"]!.GetValue<string>() == "latency" || fault["Hits"]!.GetValue<int>() > 0, "the fault met no call");
        // A card page that nobody was shown ends by itself.
        await world.Time.AdvanceAsync(TimeSpan.FromMinutes(40));
        world.Outside.Tick();
        await world.JudgeAsync(booking, one.IsRefusal ? [one.Path.Ends, "declined", "confirmed"] : [one.Path.Ends]);
    }
}
