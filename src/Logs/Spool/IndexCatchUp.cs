using System.Text;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Rialto.Platform.ClickHouse;

namespace Rialto.Logs.Spool;

/// <summary>
/// Gives skip indexes to parts that have none and that no merge has taken: the end of a burst of full segments. Every search reads such a part whole, so a day
/// with 1 in 14 records in them took ten times as long to search for a rare word. The engine adds the indexes to these parts alone and leaves the records where they are.
/// </summary>
internal sealed partial class IndexCatchUp(ClickHouseClient clickHouse, TimeProvider clock, ILogger<IndexCatchUp> log) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    /// <summary>While a burst lasts, merges take parts before they are this old.</summary>
    private static readonly TimeSpan LeftAfter = TimeSpan.FromMinutes(1);

    /// <summary>Orders the missing indexes, and returns the partitions for which it did.</summary>
    internal async Task<IReadOnlyList<string>> OrderAsync(TimeSpan leftAfter, CancellationToken stop)
    {
        var partitions = await LinesAsync(
            """
            SELECT DISTINCT partition_id
            FROM system.parts
            WHERE database = currentDatabase() AND table = 'logs' AND active AND level = 0 AND secondary_indices_compressed_bytes = 0
              AND modification_time <= now() - {seconds:UInt32}
              AND partition_id NOT IN (SELECT partition_id FROM system.merges WHERE database = currentDatabase() AND table = 'logs')
              AND NOT EXISTS (SELECT 1 FROM system.mutations WHERE database = currentDatabase() AND table = 'logs' AND NOT is_done)
            FORMAT TabSeparatedRaw
            """,
            new Dictionary<string, object?> { ["seconds"] = (uint)leftAfter.TotalSeconds },
            stop);
        if (partitions.Count == 0)
            return partitions;

        var indexes = await LinesAsync("SELECT name FROM system.data_skipping_indices WHERE database = currentDatabase() AND table = 'logs' FORMAT TabSeparatedRaw", [], stop);
        foreach (var partition in partitions)
        {
            var orders = indexes.Select(index => $"MATERIALIZE INDEX {index} IN PARTITION ID '{partition}'");
            await clickHouse.ExecuteAsync($"ALTER TABLE logs {string.Join(", ", orders)}", cancel: stop);
        }

        return partitions;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                try
                {
                    foreach (var partition in await OrderAsync(LeftAfter, stoppingToken))
                        LogOrdered(partition);
                }
                catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
                {
                    // The engine is away or busy; the parts are still there in a minute.
                    LogFailed(exception.Message);
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Stopping.
        }
    }

    private async Task<IReadOnlyList<string>> LinesAsync(string sql, Dictionary<string, object?> parameters, CancellationToken stop)
    {
        await using var result = await clickHouse.QueryAsync(sql, new QueryOptions { Parameters = parameters }, stop);
        using var reader = new StreamReader(result.Body, Encoding.UTF8);
        return (await reader.ReadToEndAsync(stop)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    [LoggerMessage(LogLevel.Debug, "Merges left parts of {Partition} without skip indexes; the engine builds them")]
    private partial void LogOrdered(string partition);

    [LoggerMessage(LogLevel.Debug, "Parts without skip indexes could not be looked for: {Reason}")]
    private partial void LogFailed(string reason);
}
