namespace Rialto.Logs.Search;

/// <summary>A range of time as the table can use it.</summary>
internal static class TimeSql
{
    /// <summary>
    /// Records between two times, both included; the parameters are nanoseconds since 1970. The table is ordered by five minutes, and the engine does not conclude from a
    /// time in nanoseconds to its five minutes: without the first condition it reads the times of all records of the day.
    /// </summary>
    public static string Between(string low, string high)
    {
        var (from, to) = (Time(low), Time(high));
        return $"toStartOfFiveMinutes(Timestamp) BETWEEN toStartOfFiveMinutes({from}) AND toStartOfFiveMinutes({to}) AND Timestamp BETWEEN {from} AND {to}";
    }

    private static string Time(string parameter) => $"fromUnixTimestamp64Nano({{{parameter}:Int64}}, 'UTC')";
}
