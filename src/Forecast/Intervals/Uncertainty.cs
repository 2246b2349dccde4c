using Rialto.Forecast.Features;

namespace Rialto.Forecast.Intervals;

/// <summary>
/// How uncertain one prediction looks before anything is calibrated, in the units of the series: half the width of one deviation of the
/// neighbours' outcomes, plus a floor, because neighbours that agree by chance must not promise certainty.
/// </summary>
internal static class Uncertainty
{
    /// <summary>
    /// The floor as a share of the mean change over a season. Half of it gave the best Winkler score at right coverage on the first half of 2015
    /// of the Beijing set (208.7; a fifteenth: 224.5); scores in the space of logs gave 230.
    /// </summary>
    private const double FloorShare = 0.5;

    /// <param name="scale">See <see cref="Backtests.Score.SeasonalScales"/>.</param>
    public static double Of(Transform transform, double value, double level, double spread, double scale)
    {
        double floor = FloorShare * scale;
        return double.IsNaN(spread) ? floor : (transform.Back(value + spread, level) - transform.Back(value - spread, level)) / 2 + floor;
    }
}
