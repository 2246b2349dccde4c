using Rialto.Forecast.Series;

namespace Rialto.Forecast.Models;

/// <summary>
/// What was usual at this time of the year, week and day: the honest answer for a date so far ahead that nothing known now bears on it.
/// </summary>
internal static class Climatology
{
    /// <summary>Days around the date in other years that count as the same season.</summary>
    private const int SeasonDays = 15;

    /// <summary>With fewer outcomes the weekday is given up, then the hour.</summary>
    private const int OutcomesMin = 30;

    /// <param name="Count">How many past values it rests on.</param>
    /// <param name="Basis">What they have in common with the date asked for.</param>
    public sealed record Usual(double Median, double Lower, double Upper, int Count, string Basis);

    public static Usual? At(Panel panel, DateTime utc, double level, int before)
    {
        var grid = panel.Grid;
        var local = grid.IsDaily ? utc : TimeZoneInfo.ConvertTimeFromUtc(utc, grid.Zone);
        var season = new List<(double Value, DateTime Local)>();
        for (int i = 0; i < Math.Min(before, panel.Length); i++)
        {
            if (double.IsNaN(panel.Target[i]))
                continue;
            var time = grid.LocalAt(i);
            int apart = Math.Abs(time.DayOfYear - local.DayOfYear);
            if (Math.Min(apart, 365 - apart) <= SeasonDays)
                season.Add((panel.Target[i], time));
        }
        bool weekend = IsWeekend(local);
        var attempts = new (string Basis, Func<DateTime, bool> Fits)[]
        {
            ("season, hour and kind of day", time => time.Hour == local.Hour && IsWeekend(time) == weekend),
            ("season and hour", time => time.Hour == local.Hour),
            ("season", _ => true),
        };
        foreach (var (basis, fits) in attempts)
        {
            double[] values = [.. season.Where(one => fits(one.Local)).Select(one => one.Value).Order()];
            if (values.Length >= OutcomesMin || (basis == "season" && values.Length > 0))
                return new Usual(Quantile(values, 0.5), Quantile(values, (1 - level) / 2), Quantile(values, (1 + level) / 2), values.Length, basis);
        }
        return null;
    }

    private static bool IsWeekend(DateTime time) => time.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday;

    private static double Quantile(double[] sorted, double share)
    {
        double at = share * (sorted.Length - 1);
        int below = (int)at;
        double rest = at - below;
        return below + 1 < sorted.Length ? sorted[below] * (1 - rest) + sorted[below + 1] * rest : sorted[below];
    }
}
