namespace Rialto.Logs.Search;

/// <summary>
/// Looks at the newest records of a search until it has seen enough of them, in windows that grow: names and values of fields need no more, and a
/// facet must not cost more than the search it stands beside.
/// </summary>
internal sealed class FieldSample(SearchEngine engine)
{
    /// <summary>A long range of few records is read in a handful of windows.</summary>
    private const int Growth = 16;

    /// <param name="Rows">The query's result.</param>
    /// <param name="Seen">Records in it.</param>
    /// <param name="IsComplete">Whether these are all of the range.</param>
    public readonly record struct Sample(ReadOnlyMemory<byte> Rows, long Seen, bool IsComplete);

    /// <summary>
    /// Runs <paramref name="sql"/>, which has the condition of the window, <c>LIMIT {rowsMax:UInt32}</c>, and as its very first value the number of records
    /// that it saw (UInt64), until it saw <paramref name="rowsMax"/> or the whole range.
    /// </summary>
    public async Task<Sample> ReadAsync(string sql, Dictionary<string, object?> parameters, SearchRange range, int rowsMax, SearchCost cost, CancellationToken cancel)
    {
        var length = RecordPages.FirstWindow;
        parameters["rowsMax"] = (uint)rowsMax;
        parameters["high"] = range.To - 1;
        while (true)
        {
            var low = Math.Max(range.From, range.To - length);
            parameters["low"] = low;
            var rows = await engine.ReadAsync(sql, parameters, cost, cancel);
            var seen = (long)new RowReader(rows.Span).UInt64();
            if (seen >= rowsMax || low == range.From)
                return new(rows, seen, seen < rowsMax);
            length *= Growth;
        }
    }

    /// <summary>The window's condition, beside the filter's.</summary>
    public static readonly string Window = TimeSql.Between("low", "high");
}
