using System.Collections.Concurrent;
using Rialto.Platform.Postgres;

namespace Rialto.Platform.Tests.Postgres;

public class GatheringTests
{
    [Fact]
    public async Task What_is_added_while_one_batch_runs_goes_into_the_next_and_a_drain_ends_after_it()
    {
        var gate = new TaskCompletionSource();
        var begun = new TaskCompletionSource();
        var batches = new ConcurrentQueue<int[]>();
        var gathering = new Gathering<int>(3, async batch =>
        {
            begun.TrySetResult();
            await gate.Task;
            batches.Enqueue([.. batch]);
        });
        gathering.DrainAsync().IsCompleted.ShouldBeTrue("nothing waits");
        gathering.Add(1);
        await begun.Task;
        foreach (var item in new[] { 2, 3, 4, 5 }) gathering.Add(item);
        var drained = gathering.DrainAsync();
        drained.IsCompleted.ShouldBeFalse("a batch runs");
        gate.SetResult();
        await drained;
        batches.ShouldBe([[1], [2, 3, 4], [5]]);

        gathering.Add(6);
        await gathering.DrainAsync();
        batches.Last().ShouldBe([6], "the next item begins another round");
    }

    [Fact]
    public async Task Nothing_that_many_add_at_once_is_left_behind()
    {
        var done = 0;
        var running = 0;
        var gathering = new Gathering<int>(10, async batch =>
        {
            Interlocked.Increment(ref running).ShouldBe(1, "one batch at a time");
            await Task.Yield();
            Interlocked.Decrement(ref running);
            Interlocked.Add(ref done, batch.Count);
        });
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(async () =>
        {
            for (var i = 0; i < 5_000; i++)
            {
                gathering.Add(i);
                if (i % 100 == 0) await Task.Yield();
            }
        })));
        await gathering.DrainAsync();
        done.ShouldBe(40_000);
    }
}
