namespace Rialto.Forecast.Features;

internal enum Curve
{
    None,

    /// <summary>log(1 + x): a multiplicative error becomes an additive one, and the least squares of logs aim at the median.</summary>
    Log,

    /// <summary>Like log for large values, straight through zero: for quantities that can be negative.</summary>
    Asinh,
}

internal enum Leveling
{
    None,

    /// <summary>Window and target are divided by the mean of the recent past, so that neighbours may come from other heights and other series.</summary>
    Multiplicative,
    Additive,
}

/// <summary>From measured units to the space a model works in, and back.</summary>
internal readonly record struct Transform(Curve Curve, Leveling Leveling = Leveling.None)
{
    /// <summary>A level nearer to zero than this would blow a window up instead of scaling it.</summary>
    private const double LevelMin = 1e-6;

    public static readonly Transform None;
    public static readonly Transform Log = new(Curve.Log);

    public double Bend(double value) => Curve switch
    {
        Curve.Log => Math.Log(1 + Math.Max(value, 0)),
        Curve.Asinh => Math.Asinh(value),
        _ => value,
    };

    public double Level(double bent, double level) => Leveling switch
    {
        Leveling.Multiplicative => bent / Math.Max(level, LevelMin),
        Leveling.Additive => bent - level,
        _ => bent,
    };

    /// <summary>A quantity that is modelled by its logarithm cannot fall below zero, and neither can an interval around it.</summary>
    public double AtLeast(double value) => Curve == Curve.Log ? Math.Max(value, 0) : value;

    /// <summary>How many units of the series one unit of the model's space is worth here: the derivative of <see cref="Back"/>.</summary>
    public double Slope(double value, double level)
    {
        double scale = Leveling == Leveling.Multiplicative ? Math.Max(level, LevelMin) : 1;
        double bent = Leveling == Leveling.Additive ? value + level : value * scale;
        return Curve switch
        {
            Curve.Log => Math.Exp(bent) * scale,
            Curve.Asinh => Math.Cosh(bent) * scale,
            _ => scale,
        };
    }

    public double Back(double value, double level)
    {
        double bent = Leveling switch
        {
            Leveling.Multiplicative => value * Math.Max(level, LevelMin),
            Leveling.Additive => value + level,
            _ => value,
        };
        return Curve switch
        {
            Curve.Log => Math.Max(Math.Exp(bent) - 1, 0),
            Curve.Asinh => Math.Sinh(bent),
            _ => bent,
        };
    }
}
