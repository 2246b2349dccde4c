namespace Rialto.Forecast.Loads;

/// <summary>What is known of measures and units: limits beyond which a value cannot be true, conversions, and the words of the air-quality index.</summary>
internal static class Measures
{
    public static readonly string[] IndexWords = ["good", "fair", "moderate", "poor", "very-poor", "extremely-poor"];

    /// <summary>Far beyond the records: what lies outside is an error of the sensor or of the unit.</summary>
    private static readonly Dictionary<string, (double Min, double Max)> Limits = new(StringComparer.OrdinalIgnoreCase)
    {
        ["PM2.5"] = (0, 2000), ["PM10"] = (0, 5000), ["SO2"] = (0, 3000), ["NO2"] = (0, 2000), ["NO"] = (0, 3000), ["CO"] = (0, 60_000), ["O3"] = (0, 1200),
        ["TEMP"] = (-90, 60), ["DEWP"] = (-90, 50), ["PRES"] = (800, 1100), ["RAIN"] = (0, 400), ["WSPM"] = (0, 120), ["HUMIDITY"] = (0, 100),
    };

    private static readonly string[] WeatherNames = ["TEMP", "PRES", "DEWP", "RAIN", "WSPM", "WIND_E", "WIND_N", "HUMIDITY"];

    /// <summary>Upper ends of the European index's bands in micrograms a cubic metre.</summary>
    private static readonly Dictionary<string, double[]> Bands = new(StringComparer.OrdinalIgnoreCase)
    {
        ["PM2.5"] = [10, 20, 25, 50, 75], ["PM10"] = [20, 40, 50, 100, 150], ["NO2"] = [40, 90, 120, 230, 340], ["O3"] = [50, 100, 130, 240, 380], ["SO2"] = [100, 200, 350, 500, 750],
    };

    /// <summary>Grams of a mole, for conversions between shares of volume and masses at 20 degrees.</summary>
    private static readonly Dictionary<string, double> Moles = new(StringComparer.OrdinalIgnoreCase)
    {
        ["SO2"] = 64.066, ["NO2"] = 46.006, ["NO"] = 30.006, ["CO"] = 28.010, ["O3"] = 47.998,
    };

    /// <summary>Litres of a mole at 20 degrees and one atmosphere.</summary>
    private const double MoleLitres = 24.055;

    public static bool IsWeather(string measure) => WeatherNames.Contains(measure, StringComparer.OrdinalIgnoreCase);

    public static (double Min, double Max) LimitsOf(string measure) =>
        Limits.TryGetValue(measure, out var limits) ? limits : (double.NegativeInfinity, double.PositiveInfinity);

    /// <summary>The word of the index; null for a measure that has none.</summary>
    public static string? IndexOf(string measure, double? value)
    {
        if (value is not { } known || !Bands.TryGetValue(measure, out double[]? ends))
            return null;
        int band = Array.FindIndex(ends, end => known <= end);
        return IndexWords[band < 0 ? ends.Length : band];
    }

    /// <summary>One spelling of a unit.</summary>
    public static string Unit(string unit) => unit.Trim().Replace("µ", "u").Replace("μ", "u").Replace("³", "3").Replace("°", "").ToLowerInvariant() switch
    {
        "ug/m3" or "ug/m^3" => "ug/m3",
        "mg/m3" or "mg/m^3" => "mg/m3",
        "ppb" => "ppb",
        "ppm" => "ppm",
        "c" or "celsius" => "C",
        "f" or "fahrenheit" => "F",
        "k" or "kelvin" => "K",
        "hpa" or "mbar" => "hPa",
        "pa" => "Pa",
        "m/s" => "m/s",
        "km/h" => "km/h",
        _ => unit.Trim(),
    };

    /// <summary>From a unit to another as value * Factor + Offset; null when there is no such way.</summary>
    public static (double Factor, double Offset)? Conversion(string measure, string from, string to)
    {
        (from, to) = (Unit(from), Unit(to));
        if (from == to)
            return (1, 0);
        double mole = Moles.GetValueOrDefault(measure);
        double? mass = from switch { "ug/m3" => 1, "mg/m3" => 1000, "ppb" when mole > 0 => mole / MoleLitres, "ppm" when mole > 0 => 1000 * mole / MoleLitres, _ => null };
        double? back = to switch { "ug/m3" => 1, "mg/m3" => 1000, "ppb" when mole > 0 => mole / MoleLitres, "ppm" when mole > 0 => 1000 * mole / MoleLitres, _ => null };
        if (mass is not null && back is not null)
            return (mass.Value / back.Value, 0);
        return (from, to) switch
        {
            ("F", "C") => (5.0 / 9, -160.0 / 9),
            ("K", "C") => (1, -273.15),
            ("Pa", "hPa") => (0.01, 0),
            ("km/h", "m/s") => (1 / 3.6, 0),
            _ => null,
        };
    }
}
