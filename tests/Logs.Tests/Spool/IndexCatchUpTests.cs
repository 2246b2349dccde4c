using Microsoft.Extensions.Logging.Abstractions;
using Rialto.Fixtures;
using Rialto.Logs.Spool;
using Rialto.Logs.Tests.Query;
using Rialto.Platform.ClickHouse;

namespace Rialto.Logs.Tests.Spool;

public class IndexCatchUpTests(ClickHouseFixture engine)
{
    [Fact]
    public async Task A_part_without_indexes_gets_them_and_no_other_part_is_touched()
    {
        var clickHouse = await DifferentialTests.TableAsync(engine);
        // Another day, another partition: its part has all indexes.
        await SampleRecord.InsertAsync(clickHouse, Records(first: 1, 1_780_000_000_000_000_000), withIndexes: true);
        await SampleRecord.InsertAsync(clickHouse, Records(first: 1000, 1_790_000_000_000_000_000), withIndexes: false);
        (await UnindexedAsync(clickHouse)).ShouldBe(1);
        var catchUp = new IndexCatchUp(clickHouse, TimeProvider.System, NullLogger<IndexCatchUp>.Instance);
        (await catchUp.OrderAsync(TimeSpan.FromHours(1), TestContext.Current.CancellationToken)).ShouldBeEmpty("it is not old enough");

        var ordered = await catchUp.OrderAsync(TimeSpan.Zero, TestContext.Current.CancellationToken);
        ordered.ShouldHaveSingleItem();
        await Eventually.TrueAsync(async () => await UnindexedAsync(clickHouse) == 0, "the part has its indexes");
        (await CountAsync(clickHouse, "SELECT count() FROM logs WHERE hasAllTokens(BodyWords, ['zephyr']) SETTINGS force_data_skipping_indices = 'idx_word'")).ShouldBe(60);
        await Eventually.TrueAsync(
            async () => await CountAsync(clickHouse, "SELECT count() FROM system.mutations WHERE database = currentDatabase() AND NOT is_done") == 0, "the order is carried out");
        (await catchUp.OrderAsync(TimeSpan.Zero, TestContext.Current.CancellationToken)).ShouldBeEmpty();
    }

    private static List<SampleRecord> Records(ulong first, long time) =>
        [.. Enumerable.Range(0, 30).Select(i => new SampleRecord { Sequence = first + (ulong)i, Time = time, Body = "a zephyr blows" })];

    private static Task<long> UnindexedAsync(ClickHouseClient clickHouse) =>
        CountAsync(clickHouse, "SELECT count() FROM system.parts WHERE database = currentDatabase() AND table = 'logs' AND active AND secondary_indices_compressed_bytes = 0");

    private static async Task<long> CountAsync(ClickHouseClient clickHouse, string sql)
    {
        await using var result = await clickHouse.QueryAsync(sql + " FORMAT TabSeparated");
        using var reader = new StreamReader(result.Body);
        return long.Parse((await reader.ReadToEndAsync()).Trim());
    }
}
