using System.Globalization;
using System.Text.Json;
using Rialto.Forecast.Intervals;

namespace Rialto.Bench.Forecast;

/// <summary>
/// Bands of volume on labelled series of NAB: expected is the median of the same slot in the last four weeks (days, where the series is short), on a scale of square
/// roots; the band ends at a conformal quantile of the last four weeks' errors; two points outside in a row are an alert; nothing is learned from alarmed points; the
/// first quarter warms up. Not the score of NAB, which weighs by time.
/// </summary>
internal static class VolumeBands
{
    private const double WarmUp = 0.25;

    public static void Run()
    {
        string folder = Path.Combine(AirFiles.Data, "anomaly");
        var labels = JsonSerializer.Deserialize<Dictionary<string, string[][]>>(File.ReadAllText(Path.Combine(folder, "combined_windows.json")))!;
        Console.WriteLine("series                         quantile   windows found   false alert episodes a week   weeks");
        foreach (var (name, weekly, quantiles) in new[]
        {
            ("nyc_taxi", true, new[] { 0.99, 0.995, 0.998 }), ("Twitter_volume_AMZN", true, [0.99, 0.995, 0.998]), ("Twitter_volume_AAPL", true, [0.99, 0.995, 0.998]),
            ("elb_request_count_8c0756", false, [0.99, 0.995]), ("ec2_network_in_257a54", false, [0.99, 0.995]),
        })
        {
            var points = File.ReadLines(Path.Combine(folder, name + ".csv")).Skip(1).Select(line => line.Split(','))
                .Select(cells => (At: Time(cells[0]), Value: double.Parse(cells[1], CultureInfo.InvariantCulture))).ToArray();
            var windows = labels.Single(pair => pair.Key.EndsWith("/" + name + ".csv", StringComparison.Ordinal)).Value.Select(window => (From: Time(window[0]), To: Time(window[1])))
                .Where(window => window.To >= points[(int)(points.Length * WarmUp)].At).ToArray();
            foreach (double quantile in quantiles)
                Print(name, quantile, points, windows, weekly);
        }
    }

    private static void Print(string name, double quantile, (DateTime At, double Value)[] points, (DateTime From, DateTime To)[] windows, bool weekly)
    {
        var alerts = Alerts(points, quantile, weekly);
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

    private static bool[] Alerts((DateTime At, double Value)[] points, double quantile, bool weekly)
    {
        int day = (int)Math.Round(TimeSpan.FromDays(1) / (points[1].At - points[0].At)), season = weekly ? 7 * day : day, back = weekly ? 4 : 7;
        var alerts = new bool[points.Length];
        var clean = new double[points.Length];
        var errors = new Band(28 * day);
        bool outsideBefore = false;
        for (int i = 0; i < points.Length; i++)
        {
            double root = Math.Sqrt(Math.Max(points[i].Value, 0));
            double[] same = [.. Enumerable.Range(1, back).Select(n => i - n * season).Where(at => at >= 0).Select(at => clean[at]).Order()];
            clean[i] = root;
            if (same.Length == 0)
                continue;
            double expected = (same[(same.Length - 1) / 2] + same[same.Length / 2]) / 2, error = Math.Abs(root - expected);
            bool outside = errors.Count >= day && error > Band.Ends(errors.Scores, 0, 1 - quantile).Upper;
            alerts[i] = outside && outsideBefore;
            outsideBefore = outside;
            if (alerts[i])
                clean[i] = expected;
            else
                errors.Add(error);
        }
        return alerts;
    }

    private static DateTime Time(string text) => DateTime.Parse(text, CultureInfo.InvariantCulture);
}
