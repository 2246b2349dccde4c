namespace Rialto.Forecast.Series;

/// <summary>The regular times of a series. Steps are lags in UTC; the calendar of people is read in the zone of the place.</summary>
/// <param name="Start">UTC, the time of index 0.</param>
internal sealed record Grid(DateTime Start, TimeSpan Step, TimeZoneInfo Zone)
{
    public static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    public static readonly TimeSpan Day = TimeSpan.FromDays(1);

    public bool IsDaily => Step == Day;

    /// <summary>Steps in a day, or in a week for a daily series: the season that a naive forecast repeats.</summary>
    public int Season => IsDaily ? 7 : (int)(Day / Step);

    public int StepsPerDay => Math.Max(1, (int)(Day / Step));

    public DateTime At(int index) => Start + index * Step;

    /// <summary>Index of the step that holds this time; may lie outside the series.</summary>
    public int IndexOf(DateTime utc) => (int)Math.Floor((utc - Start) / Step);

    /// <summary>A daily series is kept at 00:00 UTC of its date, so its calendar needs no zone.</summary>
    public DateTime LocalAt(int index) => IsDaily ? At(index) : TimeZoneInfo.ConvertTimeFromUtc(At(index), Zone);
}
