using Microsoft.Extensions.Logging.Abstractions;
using Rialto.Logs.Spool;

namespace Rialto.Logs.Tests.Spool;

public sealed class RecordSpoolTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly SpoolFolder _folder = new();
    private readonly CommittedRecords _committed = new();
    private readonly FaultyDisk _disk = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Appended_batches_become_durable_with_sequences_in_order_and_reach_the_listeners()
    {
        using var spool = Start(_folder.Options);
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 50).Select(i => spool.AppendAsync(Batches.Many(10, i * 10))));

        outcomes.ShouldAllBe(outcome => outcome == CommitOutcome.Durable);
        await Until(() => _committed.All.Count == 500);
        var records = _committed.All;
        records.Select(record => record.Body).ShouldBe(Enumerable.Range(0, 500).Select(i => $"record {i}"));
        records.Select(record => record.Sequence - records[0].Sequence).ShouldBe(Enumerable.Range(0, 500).Select(i => (ulong)i));
        (records[0].Sequence >> SequenceFile.CounterBits).ShouldBe(3ul);
    }

    [Fact]
    public async Task Segment_grows_while_the_one_before_it_is_being_loaded()
    {
        using var spool = Start(_folder.Options with { SegmentRowsMax = 10, SegmentRowsWhenBusyMax = 35, SegmentAgeMax = TimeSpan.FromHours(1) });
        await spool.AppendAsync(Batches.Many(10, 0));
        using var patience = new CancellationTokenSource(Patience);
        var first = await spool.Sealed.ReadAsync(patience.Token);

        await spool.AppendAsync(Batches.Many(10, 10));
        await spool.AppendAsync(Batches.Many(10, 20));
        spool.Sealed.TryPeek(out _).ShouldBeFalse("the loader is busy with the first");
        await spool.AppendAsync(Batches.Many(15, 30));
        var full = await spool.Sealed.ReadAsync(patience.Token);
        full.Rows.ShouldBe(35);

        await spool.AppendAsync(Batches.Many(10, 45));
        spool.Loaded(first);
        spool.Sealed.TryPeek(out _).ShouldBeFalse("the loader is busy with the second");
        spool.Loaded(full);
        (await spool.Sealed.ReadAsync(patience.Token)).Rows.ShouldBe(10);
    }

    [Fact]
    public async Task Segment_is_closed_by_age_even_when_nothing_more_comes()
    {
        using var spool = Start(_folder.Options with { SegmentAgeMax = TimeSpan.FromMilliseconds(50) });
        await spool.AppendAsync(Batches.Of("one", "two"));
        var segment = await spool.Sealed.ReadAsync(new CancellationTokenSource(Patience).Token);
        segment.Rows.ShouldBe(2);
        spool.PendingRows.ShouldBe(2);
        spool.Loaded(segment);
        spool.PendingRows.ShouldBe(0);
        spool.PendingBytes.ShouldBe(0);
        _folder.Segments.ShouldBeEmpty();
    }

    [Fact]
    public async Task Segment_is_closed_by_rows()
    {
        using var spool = Start(_folder.Options with { SegmentRowsMax = 100, SegmentAgeMax = TimeSpan.FromHours(1) });
        for (var i = 0; i < 10; i++)
            await spool.AppendAsync(Batches.Many(30, i * 30));
        spool.Dispose();
        var rows = new List<int>();
        await foreach (var segment in spool.Sealed.ReadAllAsync())
            rows.Add(segment.Rows);
        rows.ShouldBe([120, 120, 60]);
    }

    [Fact]
    public async Task What_was_not_loaded_is_there_after_a_restart_and_sequences_go_on()
    {
        ulong last;
        using (var spool = Start(_folder.Options))
        {
            await spool.AppendAsync(Batches.Of("a", "b"));
            await Until(() => _committed.All.Count == 2);
            last = _committed.All[^1].Sequence;
        }

        using var again = Start(_folder.Options);
        var segment = await again.Sealed.ReadAsync(new CancellationTokenSource(Patience).Token);
        segment.Rows.ShouldBe(2);
        await again.AppendAsync(Batches.Of("c"));
        await Until(() => _committed.All.Count == 3);
        _committed.All[^1].Sequence.ShouldBe(last + 1);
    }

    [Fact]
    public async Task Sequences_go_on_after_a_restart_although_everything_was_loaded()
    {
        using (var spool = Start(_folder.Options))
        {
            await spool.AppendAsync(Batches.Of("a", "b"));
            spool.Dispose();
            await foreach (var segment in spool.Sealed.ReadAllAsync())
                spool.Loaded(segment);
        }

        _folder.Segments.ShouldBeEmpty();
        using var again = Start(_folder.Options);
        await again.AppendAsync(Batches.Of("c"));
        await Until(() => _committed.All.Count == 3);
        _committed.All[2].Sequence.ShouldBe(_committed.All[1].Sequence + 1);
    }

    [Fact]
    public async Task Full_spool_refuses_and_takes_again_when_it_has_been_emptied()
    {
        using var spool = Start(_folder.Options with { BytesMax = 4000, SegmentAgeMax = TimeSpan.FromMilliseconds(20) });
        var outcome = CommitOutcome.Durable;
        for (var i = 0; i < 1000 && outcome == CommitOutcome.Durable; i++)
            outcome = await spool.AppendAsync(Batches.Many(5, i * 5));
        outcome.ShouldBe(CommitOutcome.Full);

        using var patience = new CancellationTokenSource(Patience);
        while (spool.PendingRows > 0)
            spool.Loaded(await spool.Sealed.ReadAsync(patience.Token));
        (await spool.AppendAsync(Batches.Of("again"))).ShouldBe(CommitOutcome.Durable);
    }

    [Theory]
    [InlineData("write")]
    [InlineData("sync")]
    [InlineData("create")]
    public async Task Disk_error_is_never_an_acknowledgement_and_the_spool_recovers_by_itself(string fault)
    {
        var options = _folder.Options with { RetryAfterError = TimeSpan.FromMilliseconds(1), SegmentAgeMax = fault == "create" ? TimeSpan.Zero : TimeSpan.FromHours(1) };
        using (var spool = Start(options))
        {
            (await spool.AppendAsync(Batches.Of("before"))).ShouldBe(CommitOutcome.Durable);
            (_disk.FailsWrites, _disk.FailsSyncs, _disk.FailsCreates) = (fault == "write", fault == "sync", fault == "create");
            (await spool.AppendAsync(Batches.Of("lost"))).ShouldBe(CommitOutcome.DiskFailed);
            (_disk.FailsWrites, _disk.FailsSyncs, _disk.FailsCreates) = (false, false, false);
            await Until(() => !spool.IsFailing);
            (await spool.AppendAsync(Batches.Of("after"))).ShouldBe(CommitOutcome.Durable);
        }

        _committed.All.Select(record => record.Body).ShouldBe(["before", "after"]);
        var (segments, _) = SpoolRecovery.Run(options, TimeProvider.System.GetUtcNow(), NullLogger.Instance);
        segments.Sum(segment => segment.Rows).ShouldBe(2);
        segments.Select(segment => segment.FirstSequence).ShouldBe(_committed.All.Select(record => record.Sequence));
    }

    [Fact]
    public async Task Batch_after_the_end_is_refused()
    {
        var spool = Start(_folder.Options);
        spool.Dispose();
        (await spool.AppendAsync(Batches.Of("late"))).ShouldBe(CommitOutcome.Stopping);
    }

    [Fact]
    public async Task New_spool_starts_beyond_whatever_this_node_can_have_used_before()
    {
        using var spool = Start(_folder.Options);
        await spool.AppendAsync(Batches.Of("first"));
        await Until(() => _committed.All.Count == 1);
        var counter = _committed.All[0].Sequence & ((1ul << SequenceFile.CounterBits) - 1);
        counter.ShouldBeGreaterThan(1_700_000_000_000_000ul);
    }

    private static async Task Until(Func<bool> condition)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (!condition())
            await Task.Delay(5, patience.Token);
    }

    private RecordSpool Start(SpoolOptions options)
    {
        var spool = new RecordSpool(options, _disk, TimeProvider.System, [_committed], NullLogger.Instance);
        spool.Start();
        return spool;
    }
}
