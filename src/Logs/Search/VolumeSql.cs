using Rialto.Logs.Query;

namespace Rialto.Logs.Search;

/// <summary>
/// Counts of records by application, service, environment, severity and time. What asks for no other column is answered from the counts a minute
/// that the engine keeps (<c>logs_1m</c>); only the minutes that the range cuts are counted from the records.
/// </summary>
internal static class VolumeSql
{
    /// <summary>True when the counts a minute know everything that the condition asks for.</summary>
    public static bool Covers(Condition condition) => condition switch
    {
        Always or SeverityIn or ApplicationIs => true,
        TextIs text => text.Column is TextField.Service or TextField.Environment,
        Not not => Covers(not.Inner),
        AllOf all => all.Parts.All(Covers),
        AnyOf any => any.Parts.All(Covers),
        _ => false,
    };

    /// <summary>
    /// A query of <c>GROUP BY {columns}</c> with the sum <c>rows</c>. In <paramref name="columns"/> the placeholder <c>$nanos</c> stands for the
    /// record's time, or the start of its minute.
    /// </summary>
    /// <param name="filter">What is counted.</param>
    /// <param name="range">When.</param>
    /// <param name="columns">Expressions with aliases.</param>
    /// <param name="byMinute">Whether counts a minute are fine enough for the columns.</param>
    /// <param name="sql">The query.</param>
    /// <param name="parameters">Those of the query.</param>
    public static void Write(RecordFilter filter, SearchRange range, string columns, bool byMinute, out string sql, out Dictionary<string, object?> parameters)
    {
        var firstMinute = Ceiling(range.From);
        var endMinute = range.To / Nanos.PerMinute * Nanos.PerMinute;
        parameters = filter.With(("from", range.From), ("to", range.To - 1));
        if (!byMinute || !Covers(filter.Condition) || firstMinute >= endMinute)
        {
            sql = Records(filter, columns, "from", "to");
            return;
        }

        parameters.Add("firstMinute", firstMinute / Nanos.PerSecond);
        parameters.Add("endMinute", endMinute / Nanos.PerSecond);
        var parts = new List<string>
        {
            $$"""
            SELECT {{columns.Replace("$nanos", "(toInt64(toUnixTimestamp(Minute)) * 1000000000)")}}, sum(Rows) AS rows
            FROM logs_1m
            WHERE {{filter.Sql}} AND Minute >= toDateTime({firstMinute:UInt32}, 'UTC') AND Minute < toDateTime({endMinute:UInt32}, 'UTC')
            GROUP BY ALL
            """,
        };
        if (range.From < firstMinute)
        {
            parts.Add(Records(filter, columns, "from", "beforeMinutes"));
            parameters.Add("beforeMinutes", firstMinute - 1);
        }

        if (endMinute < range.To)
        {
            parts.Add(Records(filter, columns, "afterMinutes", "to"));
            parameters.Add("afterMinutes", endMinute);
        }

        sql = string.Join("\nUNION ALL\n", parts);
    }

    private static long Ceiling(long nanos) => (nanos + Nanos.PerMinute - 1) / Nanos.PerMinute * Nanos.PerMinute;

    private static string Records(RecordFilter filter, string columns, string low, string high) =>
        $$"""
        SELECT {{columns.Replace("$nanos", "toUnixTimestamp64Nano(Timestamp)")}}, count() AS rows
        FROM logs
        WHERE {{filter.Sql}}
          AND {{TimeSql.Between(low, high)}}
        GROUP BY ALL
        """;
}
