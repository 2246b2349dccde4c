using System.IO.Compression;

namespace Rialto.Forecast.Tests;

/// <summary>The real air-quality files, which are not part of the repository: tests that want them are skipped, with the reason, where they are not.</summary>
internal static class AirData
{
    public const string Absent = "the air-quality files (shared/data/air beside the checkout, or RIALTO_DATA) are not on this machine";

    public static readonly string? Folder = Find();

    /// <summary>PM2.5 of a station, the last value carried over gaps.</summary>
    public static double[] Pm25(string station)
    {
        var values = new List<double>();
        double last = 0;
        using var file = File.OpenRead(Directory.GetFiles(Folder!, $"PRSA_Data_{station}_*.csv.gz").Single());
        using var text = new StreamReader(new GZipStream(file, CompressionMode.Decompress));
        _ = text.ReadLine();
        while (text.ReadLine() is { } line)
        {
            string value = line.Split(',')[5];
            last = value == "NA" ? last : double.Parse(value);
            values.Add(last);
        }
        return [.. values];
    }

    private static string? Find()
    {
        if (Environment.GetEnvironmentVariable("RIALTO_DATA") is { Length: > 0 } named)
            return Path.Combine(named, "air");
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string air = Path.Combine(folder.FullName, "shared", "data", "air");
            if (Directory.Exists(air))
                return air;
        }
        return null;
    }
}
