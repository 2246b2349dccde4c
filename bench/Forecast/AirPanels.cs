using Rialto.Forecast.Series;

namespace Rialto.Bench.Forecast;

/// <summary>The nine Beijing stations as panels: six pollutants, weather, wind as a vector, hours of local time (UTC+8, no daylight saving).</summary>
internal static class AirPanels
{
    public static readonly DateTime Start = new(2013, 2, 28, 16, 0, 0, DateTimeKind.Utc);
    public static readonly TimeZoneInfo Zone = TimeZoneInfo.CreateCustomTimeZone("UTC+8", TimeSpan.FromHours(8), "UTC+8", "UTC+8");
    public static readonly string[] Pollutants = ["PM2.5", "PM10", "SO2", "NO2", "CO", "O3"];
    public static readonly string[] Weather = ["TEMP", "PRES", "DEWP", "RAIN", "WSPM"];
    private static readonly string[] Winds =
        ["N", "NNE", "NE", "ENE", "E", "ESE", "SE", "SSE", "S", "SSW", "SW", "WSW", "W", "WNW", "NW", "NNW"];

    /// <summary>Index of 00:00 local time of a date.</summary>
    public static int At(int year, int month, int day) => (int)(new DateTime(year, month, day, 0, 0, 0, DateTimeKind.Utc).AddHours(-8) - Start).TotalHours;

    public static Panel[] Load(string target = "PM2.5") => Region.AddTo([.. AirFiles.All().Select(path => Read(path, target))]);

    private static Panel Read(string path, string target)
    {
        using var text = AirFiles.Open(path);
        string[] header = text.ReadLine()!.Replace("\"", "").Split(',');
        var columns = Pollutants.Concat(Weather).ToDictionary(name => name, _ => new List<double>());
        List<double> east = [], north = [];
        string station = "";
        while (text.ReadLine() is { } line)
        {
            string[] cells = line.Replace("\"", "").Split(',');
            foreach (var (name, values) in columns)
                values.Add(Number(cells[Array.IndexOf(header, name)]));
            double speed = columns["WSPM"][^1];
            int wind = Array.IndexOf(Winds, cells[Array.IndexOf(header, "wd")]);
            double angle = wind < 0 ? double.NaN : wind * Math.PI / 8;
            east.Add(speed * Math.Sin(angle));
            north.Add(speed * Math.Cos(angle));
            station = cells[^1];
        }
        var all = columns.ToDictionary(pair => pair.Key, pair => pair.Value.ToArray());
        (all["WIND_E"], all["WIND_N"]) = ([.. east], [.. north]);
        return new Panel(station, new Grid(Start, Grid.Hour, Zone), target, all);
    }

    private static double Number(string cell) => cell == "NA" ? double.NaN : double.Parse(cell);
}
