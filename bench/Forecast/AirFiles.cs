using System.IO.Compression;

namespace Rialto.Bench.Forecast;

/// <summary>The real air-quality files: <c>shared/data/air</c> beside the checkout or above it, or <c>RIALTO_DATA</c>.</summary>
internal static class AirFiles
{
    public static readonly string Data = FindData();

    public static IEnumerable<string> All() => Directory.GetFiles(Path.Combine(Data, "air"), "PRSA_Data_*.csv.gz").Order();

    public static StreamReader Open(string path) => new(new GZipStream(File.OpenRead(path), CompressionMode.Decompress));

    /// <summary>PM2.5 of a station, the last value carried over gaps.</summary>
    public static double[] Pm25(string station)
    {
        using var text = Open(All().Single(path => path.Contains($"_{station}_")));
        _ = text.ReadLine();
        var values = new List<double>();
        double last = 0;
        while (text.ReadLine() is { } line)
        {
            string value = line.Split(',')[5];
            last = value == "NA" ? last : double.Parse(value);
            values.Add(last);
        }
        return [.. values];
    }

    private static string FindData()
    {
        if (Environment.GetEnvironmentVariable("RIALTO_DATA") is { Length: > 0 } named)
            return named;
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string data = Path.Combine(folder.FullName, "shared", "data");
            if (Directory.Exists(Path.Combine(data, "air")))
                return data;
        }
        throw new DirectoryNotFoundException("No shared/data/air beside or above the checkout; name the data folder in RIALTO_DATA.");
    }
}
