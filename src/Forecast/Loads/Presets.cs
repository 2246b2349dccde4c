namespace Rialto.Forecast.Loads;

/// <summary>Mappings of tables that are met often.</summary>
internal static class Presets
{
    private static readonly Dictionary<string, Mapping> Known = new(StringComparer.Ordinal)
    {
        // UCI 501, "Beijing Multi-Site Air-Quality": local time, no daylight saving, carbon monoxide in micrograms too.
        ["prsa"] = new Mapping
        {
            Delimiter = ",",
            Time = new TimeColumns { Year = "year", Month = "month", Day = "day", Hour = "hour" },
            Zone = "Asia/Shanghai",
            Step = "hour",
            StationColumn = "station",
            Values =
            [
                Of("PM2.5", "ug/m3"), Of("PM10", "ug/m3"), Of("SO2", "ug/m3"), Of("NO2", "ug/m3"), Of("CO", "ug/m3"), Of("O3", "ug/m3"),
                Of("TEMP", "C"), Of("PRES", "hPa"), Of("DEWP", "C"), Of("RAIN", "mm"), Of("WSPM", "m/s"),
            ],
            Wind = new WindColumns { Direction = "wd", Speed = "WSPM" },
        },
        ["long"] = new Mapping
        {
            Time = new TimeColumns { Column = "time" }, StationColumn = "station", MeasureColumn = "measure", ValueColumn = "value", UnitColumn = "unit",
        },
        // UCI "Online Retail": lines of invoices; an invoice that begins with C is a cancellation. A file must hold whole days.
        ["retail"] = new Mapping
        {
            Time = new TimeColumns { Column = "InvoiceDate" },
            Zone = "Europe/London",
            Step = "day",
            StationColumn = "Country",
            Total = "All countries",
            Values = [new ValueColumn { Column = "Quantity", Times = "UnitPrice", Measure = "revenue", Unit = "GBP", Min = 0 }, new ValueColumn { Column = "Quantity", Measure = "units", Unit = "pieces", Min = 0 }],
            Aggregate = "sum",
            Skip = new SkipRule { Column = "InvoiceNo", Prefix = "C" },
        },
    };

    /// <summary>Where the stations of the public Beijing set stand, which its files do not say.</summary>
    private static readonly Dictionary<string, (double Latitude, double Longitude)> Places = new(StringComparer.Ordinal)
    {
        ["Aotizhongxin"] = (39.982, 116.397), ["Changping"] = (40.217, 116.230), ["Dingling"] = (40.292, 116.220), ["Dongsi"] = (39.929, 116.417),
        ["Guanyuan"] = (39.929, 116.339), ["Gucheng"] = (39.914, 116.184), ["Huairou"] = (40.328, 116.628), ["Nongzhanguan"] = (39.937, 116.461),
        ["Shunyi"] = (40.127, 116.655), ["Tiantan"] = (39.886, 116.407), ["Wanliu"] = (39.987, 116.287), ["Wanshouxigong"] = (39.878, 116.352),
    };

    public static IEnumerable<string> Names => Known.Keys;

    public static Mapping? Find(string? name) => name is null ? null : Known.GetValueOrDefault(name);

    public static (double Latitude, double Longitude)? PlaceOf(string? preset, string station) =>
        preset == "prsa" && Places.TryGetValue(station, out var place) ? place : null;

    private static ValueColumn Of(string column, string unit) => new() { Column = column, Measure = column, Unit = unit };
}
