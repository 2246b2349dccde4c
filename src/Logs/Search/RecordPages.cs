using System.Text.Json;

namespace Rialto.Logs.Search;

/// <summary>
/// Reads records in order of time, a page at a time, in growing windows: a first window of seconds mostly has the page already, and the next
/// are as long as what was found so far promises to fill it. So the newest hundred of a month cost what the newest hundred of a minute cost.
/// </summary>
internal sealed class RecordPages(SearchEngine engine)
{
    /// <summary>At 80,000 records a second it holds 2.4 million, which the engine orders by time in milliseconds.</summary>
    public const long FirstWindow = 30 * Nanos.PerSecond;

    /// <summary>Each window costs a few milliseconds whatever is in it; a search of a month is then at most seven.</summary>
    private const int GrowthMax = 16;

    /// <summary>After it an unfilled page is given as it is, with the cursor that continues: a person sees the first results of a long search early.</summary>
    private static readonly TimeSpan PageTime = TimeSpan.FromSeconds(3);

    /// <summary>
    /// Writes the records after <paramref name="start"/> as elements of the array that is open in <paramref name="json"/>. The result is where the next page begins; null at the
    /// end of the range. A page may hold fewer records than asked for: only null is the end.
    /// </summary>
    public async Task<SearchCursor?> WriteAsync(
        Utf8JsonWriter json, Understood search, SearchCursor start, int limit, SearchCost cost, CancellationToken cancel, long firstWindow = FirstWindow)
    {
        var filter = search.Filter;
        var newestFirst = start.Order == SearchOrder.NewestFirst;
        var (first, end) = (start.Range.From, start.Range.To - 1);
        var edge = Math.Clamp(start.Time, first, end);
        var behind = !start.IsStart;
        var length = firstWindow;
        var found = 0;
        var last = start;
        while (true)
        {
            // Both ends of a window belong to it. The one that holds the cursor's time is the only one where records of the same nanosecond must be told apart.
            var (low, high) = newestFirst ? (Math.Max(first, edge - length + 1), edge) : (edge, Math.Min(end, edge + length - 1));
            var parameters = Parameters(filter, start, low, high, limit - found + 1);
            var rows = await engine.ReadAsync(Sql(filter, newestFirst, behind), parameters, cost, cancel);
            if (Write(json, rows.Span, limit, search.Applications, ref found, ref last))
                return last;

            if (newestFirst ? low == first : high == end)
                return null;
            if (cost.Elapsed > PageTime)
                return newestFirst ? start with { Time = low, Sequence = 0 } : start with { Time = high, Sequence = ulong.MaxValue };
            length = Grow(length, Math.Abs((newestFirst ? low : high) - start.Time), found, limit);
            edge = newestFirst ? low - 1 : high + 1;
            behind = false;
        }
    }

    // True when a row was left over, which proves that there is a next page.
    private static bool Write(Utf8JsonWriter json, ReadOnlySpan<byte> rows, int limit, ApplicationNames applications, ref int count, ref SearchCursor last)
    {
        var reader = new RowReader(rows);
        while (!reader.AtEnd)
        {
            if (count == limit)
                return true;
            var (time, sequence) = RecordRows.Write(json, ref reader, applications);
            last = last with { Time = time, Sequence = sequence };
            count++;
        }

        return false;
    }

    private static long Grow(long length, long searched, int found, int limit)
    {
        var missing = found == 0 ? GrowthMax : Math.Clamp(1.5 * searched / length * (limit - found + 1) / found, 2, GrowthMax);
        return (long)(length * missing);
    }

    private static string Sql(RecordFilter filter, bool newestFirst, bool behindCursor)
    {
        var behind = behindCursor ? $"AND (Timestamp, Seq) {(newestFirst ? "<" : ">")} (fromUnixTimestamp64Nano({{time:Int64}}, 'UTC'), {{sequence:UInt64}})" : "";
        return $$"""
            SELECT {{RecordRows.Columns}}
            FROM logs
            WHERE {{filter.Sql}}
              AND {{TimeSql.Between("low", "high")}}
              {{behind}}
            ORDER BY {{(newestFirst ? "Timestamp DESC, Seq DESC" : "Timestamp ASC, Seq ASC")}}
            LIMIT {limit:UInt32}
            FORMAT RowBinary
            """;
    }

    private static Dictionary<string, object?> Parameters(RecordFilter filter, SearchCursor start, long low, long high, int limit) =>
        filter.With(("low", low), ("high", high), ("time", start.Time), ("sequence", start.Sequence), ("limit", (uint)limit));
}
