using Microsoft.Extensions.Logging.Abstractions;
using Rialto.Fixtures;
using Rialto.Logs.Spool;
using Rialto.Platform.ClickHouse;

namespace Rialto.Logs.Tests.Spool;

/// <summary>From the spool into the real engine, with its real table.</summary>
public sealed class SegmentLoaderTests(ClickHouseFixture engine) : IDisposable
{
    private readonly SpoolFolder _folder = new();
    private readonly CancellationTokenSource _patience = new(TimeSpan.FromSeconds(120));

    public void Dispose()
    {
        _folder.Dispose();
        _patience.Dispose();
    }

    [Fact]
    public async Task Loaded_records_are_the_appended_ones_and_a_replayed_segment_changes_nothing()
    {
        var clickHouse = await TableAsync();
        using var spool = Start();
        var loader = new SegmentLoader(spool, clickHouse, TimeProvider.System, NullLogger.Instance);
        for (var i = 0; i < 20; i++)
            (await spool.AppendAsync(Batches.Many(50, i * 50))).ShouldBe(CommitOutcome.Durable);
        spool.Dispose();
        var copies = _folder.Segments.ToDictionary(path => path, File.ReadAllBytes);
        await loader.RunAsync(_patience.Token);
        (await CountsAsync(clickHouse)).ShouldBe("1000\t1000\t1000");
        _folder.Segments.ShouldBeEmpty();

        // As after a crash between the engine's answer and the deletion.
        foreach (var (path, bytes) in copies)
            await File.WriteAllBytesAsync(path, bytes);
        using var again = Start();
        again.Dispose();
        await new SegmentLoader(again, clickHouse, TimeProvider.System, NullLogger.Instance).RunAsync(_patience.Token);
        (await CountsAsync(clickHouse)).ShouldBe("1000\t1000\t1000");
    }

    [Fact]
    public async Task Segment_that_the_engine_refuses_is_set_aside_and_the_next_is_loaded()
    {
        var clickHouse = await TableAsync();
        using (var spool = Start())
        {
            await spool.AppendAsync(Batches.Many(10, 0));
        }

        // A block that is whole by its checksum but no block of the table.
        var path = _folder.Segments.Single();
        var bytes = await File.ReadAllBytesAsync(path);
        SegmentFormat.TryReadFrame(bytes.AsSpan(SegmentFormat.HeaderBytes), out var frame).ShouldBeTrue();
        var block = bytes.AsMemory(SegmentFormat.HeaderBytes + SegmentFormat.FrameBytes);
        block.Span[40..].Fill(0xFF);
        SegmentFormat.WriteFrame(bytes.AsSpan(SegmentFormat.HeaderBytes), frame with { Checksum = SegmentFormat.Checksum(block.Span) });
        await File.WriteAllBytesAsync(path, bytes);

        using var again = Start();
        await again.AppendAsync(Batches.Many(7, 100));
        again.Dispose();
        await new SegmentLoader(again, clickHouse, TimeProvider.System, NullLogger.Instance).RunAsync(_patience.Token);
        (await CountsAsync(clickHouse)).ShouldBe("7\t7\t7");
        SpoolRecovery.CountAside(_folder.Path).ShouldBe(1);
    }

    [Fact]
    public async Task Segments_wait_while_the_engine_cannot_take_them_and_are_loaded_once_when_it_can()
    {
        // A table that is not there yet is what an engine looks like that is not ready.
        var clickHouse = await engine.CreateDatabaseAsync();
        using var spool = Start();
        var loader = new SegmentLoader(spool, clickHouse, TimeProvider.System, NullLogger.Instance);
        var loading = loader.RunAsync(_patience.Token);
        (await spool.AppendAsync(Batches.Many(30, 0))).ShouldBe(CommitOutcome.Durable);
        while (loader.Trouble is null)
            await Task.Delay(10, _patience.Token);
        await MigrateAsync(clickHouse);
        (await spool.AppendAsync(Batches.Many(30, 30))).ShouldBe(CommitOutcome.Durable);
        spool.Dispose();
        await loading;
        loader.Trouble.ShouldBeNull();
        (await CountsAsync(clickHouse)).ShouldBe("60\t60\t60");
    }

    private static async Task<string> CountsAsync(ClickHouseClient clickHouse)
    {
        await using var result = await clickHouse.QueryAsync(
            "SELECT count(), uniqExact(Seq, Body), (SELECT sum(Rows) FROM logs_1m) FROM logs FORMAT TabSeparated");
        using var reader = new StreamReader(result.Body);
        return (await reader.ReadToEndAsync()).Trim();
    }

    private static async Task MigrateAsync(ClickHouseClient clickHouse)
    {
        var sql = await File.ReadAllTextAsync(Path.Combine(Checkout.Root, "src", "Logs", "Schema", "ClickHouse", "001_logs.sql"));
        foreach (var statement in sql.Split(";\n", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            await clickHouse.ExecuteAsync(statement);
    }

    private async Task<ClickHouseClient> TableAsync()
    {
        var clickHouse = await engine.CreateDatabaseAsync();
        await MigrateAsync(clickHouse);
        return clickHouse;
    }

    private RecordSpool Start()
    {
        var spool = new RecordSpool(_folder.Options with { SegmentRowsMax = 300 }, new SpoolDisk(), TimeProvider.System, [], NullLogger.Instance);
        spool.Start();
        return spool;
    }
}
