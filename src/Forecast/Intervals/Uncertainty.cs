using Rialto.Forecast.Features;

namespace Rialto.Forecast.Intervals;

/// <summary>
/// How uncertain one prediction looks: by half the width of one deviation of the neighbours' outcomes, and, once enough outcomes are known, by what those say of
/// predictions like it. A floor stands under the former, because neighbours that agree by chance must not promise certainty.
/// </summary>
internal static class Uncertainty
{
    /// <summary>
    /// The floor as a share of the mean change over a season. Half of it gave the best Winkler score at right coverage on the first half of 2015
    /// of the Beijing set (208.7; a fifteenth: 224.5); scores in the space of logs gave 230.
    /// </summary>
    private const double FloorShare = 0.5;

    /// <summary>A series that repeats itself exactly has no change over a season, and nothing can be divided by that.</summary>
    private const double ScaleMin = 1e-9;

    /// <param name="scale">See <see cref="Backtests.Score.SeasonalScales"/>.</param>
    public static double Usable(double scale) => scale > ScaleMin ? scale : ScaleMin;

    /// <summary>Half a deviation of the neighbours' outcomes to both sides, in scales.</summary>
    public static double Spread(Transform transform, double value, double level, double spread, double scale) =>
        double.IsNaN(spread) ? 0 : (transform.Back(value + spread, level) - transform.Back(value - spread, level)) / 2 / Usable(scale);

    /// <param name="widths">Null before enough is known.</param>
    public static Reach Of(Widths? widths, Transform transform, int step, double value, double level, double spread, double scale)
    {
        double apart = Spread(transform, value, level, spread, scale);
        return widths is null ? Reach.Even((apart + FloorShare) * Usable(scale)) : widths.Of(step, apart, value, Usable(scale));
    }
}
