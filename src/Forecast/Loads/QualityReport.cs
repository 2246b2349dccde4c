using Rialto.Forecast.Observations;

namespace Rialto.Forecast.Loads;

/// <summary>What a load's series look like over the time it touched.</summary>
/// <param name="Series">The first 200 of them.</param>
/// <param name="Warnings">What a person should look at: level-shift, many-missing, stands-still, unit-not-convertible, unit-converted, hour-twice, repeated or left-out.</param>
internal sealed record QualityReport(IReadOnlyList<SeriesQuality> Series, IReadOnlyList<Notice> Warnings);

/// <param name="Expected">Steps from the first to the last value.</param>
/// <param name="Gaps">Stretches without a value, and the longest of them in steps.</param>
/// <param name="Outliers">Values far from their neighbours in time.</param>
/// <param name="FlatRuns">Stretches of a day or more in which the value does not move: a stuck sensor.</param>
/// <param name="LevelShift">When the level changes by a factor as only another unit does.</param>
internal sealed record SeriesQuality(
    string Series, long Values, long Expected, double ShareMissing, long Gaps, long LongestGap, DateTimeOffset? LongestGapAt,
    IReadOnlyList<Outlier> Outliers, long OutlierCount, long FlatRuns, LevelShift? LevelShift);

internal sealed record Outlier(DateTimeOffset At, double Value, double Usual);

/// <param name="Factor">The level after it over the level before.</param>
internal sealed record LevelShift(DateTimeOffset At, double Factor);

/// <summary>Looks at the values of one series.</summary>
internal static class Quality
{
    public const int SeriesMax = 200;

    private const int OutliersShown = 5;

    /// <summary>Robust deviations from the median of the neighbours; in a bell curve one in many millions.</summary>
    private const double OutlierDeviations = 12;

    /// <summary>Steps on both sides that a value is compared with.</summary>
    private const int Beside = 4;

    private const int FlatSteps = 24;

    /// <summary>Values of one level, and the factor between two levels that no season makes: milligrams for micrograms is a thousand.</summary>
    private const int LevelValues = 240;
    private const double LevelFactor = 25;

    public static SeriesQuality Of(SeriesRow series, IReadOnlyList<Known> values)
    {
        long step = (long)series.StepSpan.TotalSeconds, gaps = 0, longest = 0, flat = 0;
        uint longestAt = 0;
        int run = 1;
        for (int i = 1; i < values.Count; i++)
        {
            long missing = (values[i].At - values[i - 1].At) / step - 1;
            if (missing > 0)
                gaps++;
            if (missing > longest)
                (longest, longestAt) = (missing, values[i - 1].At);
            run = missing == 0 && values[i].Value == values[i - 1].Value && values[i].Value != 0 ? run + 1 : 1;
            if (run == FlatSteps)
                flat++;
        }
        long expected = values.Count == 0 ? 0 : (values[^1].At - values[0].At) / step + 1;
        var (outliers, count) = Outliers(values);
        return new SeriesQuality(
            series.Key, values.Count, expected, expected == 0 ? 0 : 1 - (double)values.Count / expected, gaps, longest, longest > 0 ? Time(longestAt) : null,
            outliers, count, flat, Shift(values));
    }

    public static IEnumerable<Notice> Warnings(SeriesQuality quality)
    {
        if (quality.LevelShift is { } shift)
        {
            yield return new Notice(
                "level-shift", $"{quality.Series}: the level changes by a factor of {shift.Factor:0.###} at {shift.At:yyyy-MM-dd}. Was the unit changed?",
                new Dictionary<string, object> { ["series"] = quality.Series, ["factor"] = shift.Factor, ["at"] = shift.At });
        }
        if (quality.ShareMissing > 0.2)
        {
            yield return new Notice(
                "many-missing", $"{quality.Series}: {quality.ShareMissing:P0} of its steps have no value.", new Dictionary<string, object> { ["series"] = quality.Series, ["share"] = quality.ShareMissing });
        }
        if (quality.FlatRuns > 0)
        {
            yield return new Notice(
                "stands-still", $"{quality.Series}: the value stands still for a day or more {quality.FlatRuns} times. Is the sensor stuck?",
                new Dictionary<string, object> { ["series"] = quality.Series, ["times"] = quality.FlatRuns });
        }
    }

    private static (IReadOnlyList<Outlier>, long) Outliers(IReadOnlyList<Known> values)
    {
        if (values.Count < 4 * Beside)
            return ([], 0);
        var far = new double[values.Count];
        var usual = new double[values.Count];
        var beside = new double[2 * Beside];
        for (int i = Beside; i < values.Count - Beside; i++)
        {
            for (int j = 0; j < Beside; j++)
                (beside[2 * j], beside[2 * j + 1]) = (values[i - 1 - j].Value, values[i + 1 + j].Value);
            Array.Sort(beside);
            usual[i] = (beside[Beside - 1] + beside[Beside]) / 2;
            far[i] = Math.Abs(values[i].Value - usual[i]);
        }
        double[] sorted = [.. far];
        Array.Sort(sorted);
        // The upper quartile rather than the median: many series stand still most of the time.
        double bound = OutlierDeviations * Math.Max(sorted[sorted.Length * 3 / 4], 1e-9) + 1e-9;
        int[] outliers = [.. Enumerable.Range(0, far.Length).Where(i => far[i] > bound)];
        return ([.. outliers.OrderByDescending(i => far[i]).Take(OutliersShown).Select(i => new Outlier(Time(values[i].At), values[i].Value, usual[i]))], outliers.Length);
    }

    private static LevelShift? Shift(IReadOnlyList<Known> values)
    {
        double before = double.NaN;
        var window = new double[LevelValues];
        for (int from = 0; from + LevelValues <= values.Count; from += LevelValues)
        {
            for (int i = 0; i < LevelValues; i++)
                window[i] = Math.Abs(values[from + i].Value);
            Array.Sort(window);
            double level = window[LevelValues / 2];
            if (before > 0 && level > 0 && (level / before > LevelFactor || before / level > LevelFactor))
                return new LevelShift(Time(values[from].At), level / before);
            before = level;
        }
        return null;
    }

    private static DateTimeOffset Time(uint seconds) => DateTimeOffset.FromUnixTimeSeconds(seconds);
}
