using System.Globalization;
using System.Text.Json;
using Rialto.Forecast.Unusual;

namespace Rialto.Bench.Forecast;

/// <summary>The service's bands of what is usual, on labelled series of NAB. The first quarter warms up. Not the score of NAB, which weighs by time.</summary>
internal static class VolumeBands
{
    private const double WarmUp = 0.25;

    public static void Run()
    {
        string folder = Path.Combine(AirFiles.Data, "anomaly");
        var labels = JsonSerializer.Deserialize<Dictionary<string, string[][]>>(File.ReadAllText(Path.Combine(folder, "combined_windows.json")))!;
        Console.WriteLine("series                         quantile   windows found   false alert episodes a week   weeks");
        foreach (string name in new[] { "nyc_taxi", "Twitter_volume_AMZN", "Twitter_volume_AAPL", "elb_request_count_8c0756", "ec2_network_in_257a54" })
        {
            var points = File.ReadLines(Path.Combine(folder, name + ".csv")).Skip(1).Select(line => line.Split(','))
                .Select(cells => (At: Time(cells[0]), Value: double.Parse(cells[1], CultureInfo.InvariantCulture))).ToArray();
            var windows = labels.Single(pair => pair.Key.EndsWith("/" + name + ".csv", StringComparison.Ordinal)).Value.Select(window => (From: Time(window[0]), To: Time(window[1])))
                .Where(window => window.To >= points[(int)(points.Length * WarmUp)].At).ToArray();
            foreach (double quantile in new[] { 0.99, 0.995, 0.998 })
                Print(name, quantile, points, windows);
        }
    }

    private static void Print(string name, double quantile, (DateTime At, double Value)[] points, (DateTime From, DateTime To)[] windows)
    {
        int day = (int)Math.Round(TimeSpan.FromDays(1) / (points[1].At - points[0].At));
        bool[] alerts = [.. UsualBand.Of([.. points.Select(point => point.Value)], day, quantile).Select(usual => usual.IsOut)];
        int begin = (int)(points.Length * WarmUp), wrong = 0;
        for (int i = begin; i < points.Length; i++)
        {
            bool labelled = windows.Any(window => points[i].At >= window.From && points[i].At <= window.To);
            // An episode begins where the point before was no alert.
            if (alerts[i] && !alerts[i - 1] && !labelled)
                wrong++;
        }
        int found = windows.Count(window => Enumerable.Range(begin, points.Length - begin).Any(i => alerts[i] && points[i].At >= window.From && points[i].At <= window.To));
        double weeks = (points[^1].At - points[begin].At).TotalDays / 7;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name,-30} {quantile,8:F3}   {found,5} of {windows.Length}   {wrong / weeks,20:F2}   {weeks,20:F1}"));
    }

    private static DateTime Time(string text) => DateTime.Parse(text, CultureInfo.InvariantCulture);
}
