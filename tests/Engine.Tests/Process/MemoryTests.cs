using Rialto.Fixtures;
using Rialto.Platform.ClickHouse;

namespace Rialto.Engine.Tests.Process;

/// <summary>Runs while no other test does: it counts what this process allocates.</summary>
[CollectionDefinition(DisableParallelization = true)]
public sealed class Alone;

[Collection<Alone>]
public class MemoryTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Ten_million_rows_stream_in_bounded_memory()
    {
        await using var engine = await EngineChild.StartAsync("--memory-limit", "1000000000");
        await engine.Client.ExecuteAsync("SELECT number FROM numbers(1000000)", cancel: Cancel);
        var engineBefore = engine.ResidentBytes;
        var allocatedBefore = GC.GetTotalAllocatedBytes();
        await using var result = await engine.Client.QueryAsync("SELECT number, toString(number) AS text, sipHash64(number) AS hash FROM numbers(10000000) FORMAT JSONEachRow", cancel: Cancel);
        var buffer = new byte[64 << 10];
        long bytes = 0;
        var engineMost = 0L;

        while (await result.Body.ReadAsync(buffer, Cancel) is var read and > 0)
        {
            bytes += read;
            if (bytes % 97 == 0)
                engineMost = Math.Max(engineMost, engine.ResidentBytes);
        }

        bytes.ShouldBeGreaterThan(600_000_000);
        (Math.Max(engineMost, engine.ResidentBytes) - engineBefore).ShouldBeLessThan(200_000_000);
        (GC.GetTotalAllocatedBytes() - allocatedBefore).ShouldBeLessThan(100_000_000);
    }

    [Fact]
    public async Task A_query_past_the_memory_limit_fails_and_the_engine_goes_on()
    {
        await using var engine = await EngineChild.StartAsync("--memory-limit", "500000000");

        var refused = await Should.ThrowAsync<ClickHouseException>(
            () => engine.Client.ExecuteAsync("SELECT number, count() FROM numbers(100000000) GROUP BY number FORMAT Null SETTINGS max_bytes_before_external_group_by = 0, max_bytes_ratio_before_external_group_by = 0", cancel: Cancel));

        refused.Code.ShouldBe(241);
        await engine.Client.ExecuteAsync("SELECT 1", cancel: Cancel);
        engine.HasExited.ShouldBeFalse();
    }
}
