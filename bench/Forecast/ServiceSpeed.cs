using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;

namespace Rialto.Bench.Forecast;

/// <summary>
/// The real host: a generated table of 1,000,000 rows loaded twice, a model of some of its series trained and promoted, predictions at a steady rate. With
/// <c>--megabytes</c> it only loads one table of that size. Memory is of the host's and its engines' own pages, beside what they held as soon as the host was ready.
/// </summary>
internal static class ServiceSpeed
{
    private const int Rows = 1_000_000, Rate = 200, Seconds = 30, Places = 20, Measures = 5, Predicted = 10;

    public static async Task RunAsync(string[] args)
    {
        await using var host = await RunningHost.StartAsync();
        var idle = host.Resident();
        await host.EndedAsync("loads");
        var rested = host.Resident();
        Console.WriteLine($"own memory when ready: host {idle.Host} MB, engines {idle.Engines} MB; after the loads of the demo: {rested.Host} and {rested.Engines} MB");
        if (args is [_, "--megabytes", var size])
        {
            await LoadAsync(host, idle, "one large file", Table(int.MaxValue, long.Parse(size, CultureInfo.InvariantCulture) << 20));
            return;
        }
        byte[] table = Table(Rows, long.MaxValue);
        await LoadAsync(host, idle, "first", table);
        await LoadAsync(host, idle, "the same again", table);
        await PredictAsync(host, await TrainAsync(host));
    }

    private static async Task LoadAsync(RunningHost host, (long Host, long Engines) idle, string what, byte[] table)
    {
        var most = host.Resident();
        var used = host.Used();
        var clock = Stopwatch.StartNew();
        using var form = new MultipartFormDataContent { { new StringContent("long"), "preset" }, { new ByteArrayContent(table), "file", "rows.csv" } };
        var sending = host.Http.PostAsync("api/forecast/loads", form);
        var load = default(JsonElement);
        TimeSpan? sent = null;
        do
        {
            await Task.Delay(100);
            var now = host.Resident();
            most = (Math.Max(most.Host, now.Host), Math.Max(most.Engines, now.Engines));
            if (!sending.IsCompleted)
                continue;
            using var answer = await sending;
            answer.EnsureSuccessStatusCode();
            sent ??= clock.Elapsed;
            load = (await host.Http.GetFromJsonAsync<JsonElement>("api/forecast/loads")).GetProperty("items")[0];
        }
        while (sent is null || load.GetProperty("state").GetString() is "waiting" or "running");
        long rows = load.GetProperty("rows").GetInt64();
        var after = host.Used();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"load, {what}: {rows:N0} rows ({table.Length >> 20} MB) in {clock.Elapsed.TotalSeconds:F1} s, {sent.Value.TotalSeconds:F1} of them sending = {rows / clock.Elapsed.TotalMinutes:N0} rows a minute, {load.GetProperty("state").GetString()}, added {load.GetProperty("added")}, unchanged {load.GetProperty("unchanged")}, rejected {load.GetProperty("rejected")}"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"  own memory at most: host {most.Host} MB ({most.Host - idle.Host} above idle), engines {most.Engines} MB ({most.Engines - idle.Engines} above); processor: host {after.Host - used.Host:F1} s, engines {after.Engines - used.Engines:F1} s"));
    }

    private static async Task<string[]> TrainAsync(RunningHost host)
    {
        string[] series = [.. Enumerable.Range(0, Predicted).Select(place => $"m0@place {place}")];
        using (var answer = await host.Http.PostAsJsonAsync("api/forecast/models", new { series, horizon = 24, originEvery = 24, lags = 24 }))
            answer.EnsureSuccessStatusCode();
        var clock = Stopwatch.StartNew();
        var job = await host.EndedAsync("jobs");
        string address = $"api/forecast/models/{job.GetProperty("model").GetString()}";
        using var promoted = await host.Http.PostAsJsonAsync(address + "/promote", new { });
        var card = (await host.Http.GetFromJsonAsync<JsonElement>(address)).GetProperty("card");
        var (skill, coverage, gate) = (card.GetProperty("skillOverBest"), card.GetProperty("coverage").GetProperty("all"), card.GetProperty("gate"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"a model of {series.Length} series: training {job.GetProperty("state").GetString()} after {clock.Elapsed.TotalSeconds:F0} s, {card.GetProperty("primary").GetString()} better than {card.GetProperty("bestBaseline").GetString()} by {skill.GetProperty("share").GetDouble():P1} (95 %: {skill.GetProperty("lower").GetDouble():P1} to {skill.GetProperty("upper").GetDouble():P1}), coverage {coverage.GetProperty("coverage").GetDouble():F3}, promotion {(int)promoted.StatusCode}"));
        foreach (var reason in gate.GetProperty("reasons").EnumerateArray())
            Console.WriteLine("  " + reason.GetProperty("message").GetString());
        return series;
    }

    private static async Task PredictAsync(RunningHost host, string[] series)
    {
        var first = Stopwatch.StartNew();
        int byModel = 0, steps = 0;
        var models = new HashSet<string>();
        foreach (string one in series)
        {
            using var answer = await host.Http.PostAsJsonAsync("api/forecast/predict", new { series = one });
            var view = await answer.Content.ReadFromJsonAsync<JsonElement>();
            steps += view.GetProperty("points").GetArrayLength();
            byModel += view.GetProperty("points").EnumerateArray().Count(point => point.GetProperty("kind").GetString() == "model");
            models.Add(view.GetProperty("model") is { ValueKind: JsonValueKind.Object } model ? $"{model.GetProperty("name")} v{model.GetProperty("version")}" : "no model");
        }
        double cold = first.Elapsed.TotalMilliseconds / series.Length;
        await AskAsync(host, series, 3);
        var used = host.Used();
        double[] times = await AskAsync(host, series, Seconds);
        var after = host.Used();
        Array.Sort(times);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"predict: {Rate} requests a second for {Seconds} s over {series.Length} series, {byModel} of their {steps} steps by {string.Join(", ", models)}: p50 {times[times.Length / 2]:F1} ms, p99 {times[times.Length * 99 / 100]:F1} ms, most {times[^1]:F1} ms; the first of a series {cold:F0} ms; processor: host {(after.Host - used.Host) / Seconds:F2}, engines {(after.Engines - used.Engines) / Seconds:F2} cores"));
    }

    /// <summary>Milliseconds of each request, from when it was due, not from when it was sent: a queue must show.</summary>
    private static async Task<double[]> AskAsync(RunningHost host, string[] series, int seconds)
    {
        var times = new double[Rate * seconds];
        var clock = Stopwatch.StartNew();
        var asked = new List<Task>();
        for (int i = 0; i < times.Length; i++)
        {
            var due = TimeSpan.FromSeconds((double)i / Rate);
            if (due > clock.Elapsed)
                await Task.Delay(due - clock.Elapsed);
            int n = i;
            asked.Add(Task.Run(async () =>
            {
                using var answer = await host.Http.PostAsJsonAsync("api/forecast/predict", new { series = series[n % series.Length], level = 0.8 + n % 3 * 0.05 });
                answer.EnsureSuccessStatusCode();
                times[n] = (clock.Elapsed - due).TotalMilliseconds;
            }));
        }
        await Task.WhenAll(asked);
        return times;
    }

    /// <summary>
    /// Hours as air has them: a weather that wanders for days over all places, a day and a week at each of them, and chance of its own. What can be known of the
    /// next hours is in the last ones and in the clock; what cannot is in the steps of the weather.
    /// </summary>
    private static byte[] Table(int rows, long bytesMax)
    {
        using var bytes = new MemoryStream();
        using var text = new StreamWriter(bytes);
        text.Write("time,station,measure,value,unit\n");
        var random = new Random(1);
        const int Series = Places * Measures;
        double weather = 0;
        var own = new double[Series];
        for (int i = 0; i < rows / Series && bytes.Length < bytesMax; i++)
        {
            var at = DateTime.UnixEpoch.AddYears(50).AddHours(i);
            string time = at.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
            double week = at.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday ? -0.2 : 0;
            weather = 0.98 * weather + 0.15 * (random.NextDouble() - 0.5);
            for (int s = 0; s < Series; s++)
            {
                own[s] = 0.9 * own[s] + 0.3 * (random.NextDouble() - 0.5);
                double day = 0.5 * Math.Sin((at.Hour - s % 7) * Math.PI / 12);
                text.Write(string.Create(CultureInfo.InvariantCulture, $"{time},place {s / Measures},m{s % Measures},{40 * Math.Exp(weather + own[s] + day + week):F2},ug/m3\n"));
            }
        }
        text.Flush();
        return bytes.ToArray();
    }
}
