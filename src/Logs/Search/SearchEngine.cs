using System.Buffers;
using System.Diagnostics;
using Rialto.Platform.ClickHouse;

namespace Rialto.Logs.Search;

/// <summary>What searching cost so far.</summary>
internal sealed class SearchCost
{
    private readonly long _began = Stopwatch.GetTimestamp();

    public TimeSpan Elapsed => Stopwatch.GetElapsedTime(_began);

    public long RowsRead { get; private set; }

    public long BytesRead { get; private set; }

    public void Add(QuerySummary summary)
    {
        RowsRead += summary.ReadRows;
        BytesRead += summary.ReadBytes;
    }

    public QueryStats ToStats() => new(Math.Round(Elapsed.TotalMilliseconds, 1), RowsRead, BytesRead);
}

/// <summary>What one answer cost.</summary>
/// <param name="ElapsedMs">Milliseconds from reading the request to the answer.</param>
/// <param name="RowsRead">Records that the engine looked at.</param>
/// <param name="BytesRead">Bytes of columns that the engine read, uncompressed.</param>
internal sealed record QueryStats(double ElapsedMs, long RowsRead, long BytesRead);

/// <summary>Runs statements of one request within its limits. The whole result is read before anything is answered, so an error never cuts an answer short.</summary>
internal sealed class SearchEngine(ClickHouseClient clickHouse)
{
    /// <summary>Longer than a person waits; a search that needs it should be narrowed instead.</summary>
    private static readonly TimeSpan TimeMax = TimeSpan.FromSeconds(10);

    private static readonly Dictionary<string, string> Limits = new()
    {
        // The engine shares a machine with ingest: one search must not push it into swapping or starve its merges.
        ["max_memory_usage"] = "1500000000",

        // A page of 1,000 records of the largest size accepted would not fit a browser either.
        ["max_result_bytes"] = "100000000",
        ["result_overflow_mode"] = "throw",
        ["timeout_overflow_mode"] = "throw",

        // Wide columns are read only for the rows that survive ORDER BY ... LIMIT, up to a whole page.
        ["query_plan_max_limit_for_lazy_materialization"] = "10000",
    };

    public async Task<ReadOnlyMemory<byte>> ReadAsync(string sql, IReadOnlyDictionary<string, object?> parameters, SearchCost cost, CancellationToken cancel)
    {
        var left = TimeMax - cost.Elapsed;
        if (left <= TimeSpan.Zero)
            throw new ClickHouseException(159, "TIMEOUT_EXCEEDED", "The time of the whole search is used up");
        var options = new QueryOptions { Parameters = parameters, Settings = Limits, Timeout = left };
        await using var result = await clickHouse.QueryAsync(sql, options, cancel);
        var rows = new ArrayBufferWriter<byte>(16 * 1024);
        while (true)
        {
            var read = await result.Body.ReadAsync(rows.GetMemory(16 * 1024), cancel);
            if (read == 0)
                break;
            rows.Advance(read);
        }

        cost.Add(result.Summary);
        return rows.WrittenMemory;
    }
}
