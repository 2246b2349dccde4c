namespace Rialto.Forecast.Intervals;

/// <summary>How far one outcome is expected to lie below and above its prediction, in the units of the series. Errors are divided by it before they are compared.</summary>
internal readonly record struct Reach(double Below, double Above)
{
    public static Reach Even(double unit) => new(unit, unit);
}
