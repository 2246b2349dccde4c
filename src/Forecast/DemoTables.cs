using System.Globalization;
using System.IO.Compression;
using System.Text;
using Rialto.Forecast.Loads;

namespace Rialto.Forecast;

/// <summary>A packed table of the demo, and how to read it.</summary>
internal sealed record DemoTable(string Name, Mapping Mapping, Func<Stream> Open);

/// <summary>What the demo loads: real tables when they lie beside the checkout, else ones that are made up to the present hour.</summary>
internal static class DemoTables
{
    public const string Target = "PM2.5", Sales = "revenue", AllSales = "All countries", Requests = "requests";

    /// <summary>Enough for a map and a region, and loaded in some seconds.</summary>
    private static readonly string[] Stations = ["Aotizhongxin", "Changping", "Dongsi", "Shunyi"];

    /// <summary>Places that do not exist; on the map they stand in Madrid.</summary>
    private static readonly (string Name, double Latitude, double Longitude)[] Streets = [("A Street", 40.424, -3.692), ("B Street", 40.408, -3.676), ("C Street", 40.440, -3.715)];

    /// <summary>Products that do not exist, what they cost and how many are sold on a usual day.</summary>
    private static readonly (string Name, double Price, double Pieces)[] Products = [("Trail Runner 3", 119, 14), ("Canvas Tote", 25, 60), ("Linen Shirt", 59, 32), ("Wool Beanie", 19, 45), ("Rain Jacket", 149, 9)];

    private const int Days = 400;

    /// <summary>Hourly air: stations of the public Beijing set.</summary>
    public static IReadOnlyList<DemoTable> Air(DateTime now)
    {
        string[] files = [.. Stations.SelectMany(station => Files("air", $"PRSA_Data_{station}_*.csv.gz"))];
        return files.Length > 0
            ? [.. files.Select(file => new DemoTable(Path.GetFileName(file), new Mapping { Preset = "prsa" }, () => File.OpenRead(file)))]
            : [.. Streets.Select((street, place) => new DemoTable(
                street.Name + ".csv.gz", new Mapping { Preset = "long", Latitude = street.Latitude, Longitude = street.Longitude }, () => Packed(AirAt(now, place))))];
    }

    /// <summary>Daily sales: lines of a shop's invoices.</summary>
    public static IReadOnlyList<DemoTable> Shop(DateTime now)
    {
        string[] files = Files("retail", "online_retail_*.csv.gz");
        return files.Length > 0
            ? [.. files.Select(file => new DemoTable(Path.GetFileName(file), new Mapping { Preset = "retail" }, () => File.OpenRead(file)))]
            : [new DemoTable("sales.csv.gz", new Mapping { Preset = "long", Step = "day", Aggregate = "sum", Total = AllSales }, () => Packed(SalesUntil(now)))];
    }

    /// <summary>Hourly requests: two months of a public web server, with an outage.</summary>
    public static DemoTable Web(DateTime now) => Files("weblog", "nasa_http_1995_requests_per_minute.csv.gz") is [var file]
        ? new DemoTable(
            Path.GetFileName(file),
            new Mapping
            {
                Time = new TimeColumns { Column = "minute_local_utc_minus_4" }, Zone = "UTC-4", Station = "NASA web server", Values = [new ValueColumn { Column = Requests, Unit = "requests/h", Min = 0 }], Aggregate = "sum",
            },
            () => File.OpenRead(file))
        : new DemoTable("requests.csv.gz", new Mapping { Preset = "long" }, () => Packed(RequestsUntil(now)));

    /// <summary>A daily and a weekly wave under weather that wanders.</summary>
    private static IEnumerable<string> AirAt(DateTime now, int place)
    {
        // One weather for all places, and something of its own for each.
        Random random = new(1), other = new(2 + place);
        double weather = 0, own = 0;
        for (var at = now.AddDays(-Days); at <= now; at = at.AddHours(1))
        {
            weather = 0.99 * weather + 0.12 * (random.NextDouble() - 0.5);
            own = 0.95 * own + 0.15 * (other.NextDouble() - 0.5);
            double wave = 0.4 * Math.Cos(2 * Math.PI * (at.Hour - 8) / 12) - (IsWeekend(at) ? 0.3 : 0);
            yield return Row(at, Streets[place].Name, Target, 18 * Math.Exp(3 * weather + own + wave), "ug/m3");
        }
    }

    /// <summary>Weeks with busy weekends, a level that wanders, and a season of presents.</summary>
    private static IEnumerable<string> SalesUntil(DateTime now)
    {
        var random = new Random(3);
        double trade = 0;
        for (var day = now.Date.AddDays(-Days); day < now.Date; day = day.AddDays(1))
        {
            trade = 0.97 * trade + 0.1 * (random.NextDouble() - 0.5);
            double busy = (IsWeekend(day) ? 1.5 : 1) * (day.Month >= 11 ? 1.4 : 1) * Math.Exp(trade);
            foreach (var (name, price, pieces) in Products)
                yield return Row(day, name, Sales, price * Math.Round(pieces * busy * Math.Exp(0.5 * (random.NextDouble() - 0.5))), "EUR");
        }
    }

    /// <summary>A day with its night, a week with its weekend, half a day when nothing came, and an evening when all came at once.</summary>
    private static IEnumerable<string> RequestsUntil(DateTime now)
    {
        var random = new Random(4);
        double fame = 0;
        for (var at = now.AddDays(-60); at <= now; at = at.AddHours(1))
        {
            fame = 0.98 * fame + 0.12 * (random.NextDouble() - 0.5);
            double ago = (now - at).TotalHours, busy = (1.2 - Math.Cos((at.Hour - 4) * Math.PI / 12)) * (IsWeekend(at) ? 0.6 : 1);
            double happened = ago is >= 200 and < 212 ? 0 : ago is >= 50 and < 54 ? 6 : 1;
            yield return Row(at, "web server", Requests, Math.Round(2000 * busy * happened * Math.Exp(fame) * (0.9 + 0.2 * random.NextDouble())), "requests/h");
        }
    }

    private static bool IsWeekend(DateTime at) => at.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday;

    private static string Row(DateTime at, string station, string measure, double value, string unit) =>
        string.Create(CultureInfo.InvariantCulture, $"{at:yyyy-MM-dd'T'HH:mm:ss'Z'},{station},{measure},{value:0.0},{unit}\n");

    private static MemoryStream Packed(IEnumerable<string> rows)
    {
        var bytes = new MemoryStream();
        using (var packed = new GZipStream(bytes, CompressionLevel.Fastest, leaveOpen: true))
        using (var text = new StreamWriter(packed, Encoding.UTF8))
        {
            text.Write("time,station,measure,value,unit\n");
            foreach (string row in rows)
                text.Write(row);
        }
        bytes.Position = 0;
        return bytes;
    }

    /// <summary>Of <c>shared/data</c> beside the checkout.</summary>
    private static string[] Files(string folder, string pattern)
    {
        for (var directory = new DirectoryInfo(AppContext.BaseDirectory); directory is not null; directory = directory.Parent)
        {
            if (!File.Exists(Path.Combine(directory.FullName, "Rialto.slnx")))
                continue;
            string data = Path.Combine(directory.Parent?.FullName ?? "", "shared", "data", folder);
            return Directory.Exists(data) ? [.. Directory.GetFiles(data, pattern).Order(StringComparer.Ordinal)] : [];
        }
        return [];
    }
}
