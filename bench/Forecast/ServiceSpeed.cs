using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace Rialto.Bench.Forecast;

/// <summary>
/// Loads a generated table into a running host and asks for predictions at a steady rate. The host's address is in <c>RIALTO_URL</c>, a key with
/// forecast.read and forecast.write in <c>RIALTO_KEY</c>; the host's process number in <c>RIALTO_PID</c> adds the memory of it and of its engines. With <c>--megabytes</c> it only
/// loads one table of that size.
/// </summary>
internal static class ServiceSpeed
{
    private const int Rows = 1_000_000, Rate = 200, Seconds = 20;

    public static async Task RunAsync(string[] args)
    {
        using var http = new HttpClient { BaseAddress = new Uri(Environment.GetEnvironmentVariable("RIALTO_URL") ?? "http://127.0.0.1:8080"), Timeout = TimeSpan.FromMinutes(10) };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Environment.GetEnvironmentVariable("RIALTO_KEY") ?? throw new InvalidOperationException("RIALTO_KEY is missing."));
        if (args is [_, "--megabytes", var size])
        {
            await LoadAsync(http, "one large file", Table(int.MaxValue, long.Parse(size, CultureInfo.InvariantCulture) << 20));
            return;
        }
        byte[] table = Table(Rows, long.MaxValue);
        await LoadAsync(http, "first", table);
        await LoadAsync(http, "the same again", table);
        await PredictAsync(http);
    }

    private static async Task LoadAsync(HttpClient http, string what, byte[] table)
    {
        var before = Resident();
        var most = before;
        var clock = Stopwatch.StartNew();
        using var form = new MultipartFormDataContent { { new StringContent("long"), "preset" }, { new ByteArrayContent(table), "file", "rows.csv" } };
        using var answer = await http.PostAsync("api/forecast/loads", form);
        answer.EnsureSuccessStatusCode();
        var id = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetGuid();
        JsonElement load;
        do
        {
            await Task.Delay(100);
            var now = Resident();
            most = (Math.Max(most.Host, now.Host), Math.Max(most.Engines, now.Engines));
            load = await http.GetFromJsonAsync<JsonElement>($"api/forecast/loads/{id}");
        }
        while (load.GetProperty("state").GetString() is "waiting" or "running");
        long rows = load.GetProperty("rows").GetInt64();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"load, {what}: {rows:N0} rows ({table.Length >> 20} MB) in {clock.Elapsed.TotalSeconds:F1} s = {rows / clock.Elapsed.TotalSeconds:N0} rows a second, {rows / clock.Elapsed.TotalMinutes:N0} a minute, {load.GetProperty("state").GetString()}, added {load.GetProperty("added")}, unchanged {load.GetProperty("unchanged")}"));
        Console.WriteLine($"  memory of the host {before.Host >> 20} MB before, {most.Host >> 20} MB at most; of its engines {before.Engines >> 20} MB before, {most.Engines >> 20} MB at most");
    }

    private static async Task PredictAsync(HttpClient http)
    {
        var series = (await http.GetFromJsonAsync<JsonElement>("api/forecast/series")).GetProperty("items").EnumerateArray().Where(one => one.GetProperty("rows").GetInt64() > 1000).Select(one => one.GetProperty("key").GetString()!).Take(20).ToArray();
        var times = new double[Rate * Seconds];
        foreach (string one in series)
            (await http.PostAsJsonAsync("api/forecast/predict", new { series = one })).EnsureSuccessStatusCode();
        var clock = Stopwatch.StartNew();
        var asked = new List<Task>();
        for (int i = 0; i < times.Length; i++)
        {
            var due = TimeSpan.FromSeconds((double)i / Rate);
            if (due > clock.Elapsed)
                await Task.Delay(due - clock.Elapsed);
            int n = i;
            // Measured from when it was due, not from when it was sent: a queue must show.
            asked.Add(Task.Run(async () =>
            {
                using var answer = await http.PostAsJsonAsync("api/forecast/predict", new { series = series[n % series.Length], level = 0.8 + n % 3 * 0.05 });
                answer.EnsureSuccessStatusCode();
                times[n] = (clock.Elapsed - due).TotalMilliseconds;
            }));
        }
        await Task.WhenAll(asked);
        Array.Sort(times);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"predict: {Rate} requests a second for {Seconds} s over {series.Length} series: p50 {times[times.Length / 2]:F1} ms, p99 {times[times.Length * 99 / 100]:F1} ms, most {times[^1]:F1} ms"));
    }

    /// <summary>Hours at 50 places of 5 measures each.</summary>
    private static byte[] Table(int rows, long bytesMax)
    {
        using var bytes = new MemoryStream();
        using var text = new StreamWriter(bytes);
        text.Write("time,station,measure,value,unit\n");
        var random = new Random(1);
        const int Series = 250;
        for (int i = 0; i < rows / Series && bytes.Length < bytesMax; i++)
        {
            string time = DateTime.UnixEpoch.AddYears(50).AddHours(i).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
            for (int s = 0; s < Series; s++)
                text.Write(string.Create(CultureInfo.InvariantCulture, $"{time},place {s / 5},m{s % 5},{20 + 10 * random.NextDouble():F2},ug/m3\n"));
        }
        text.Flush();
        return bytes.ToArray();
    }

    /// <summary>Resident bytes of the host and of the processes that it started.</summary>
    private static (long Host, long Engines) Resident()
    {
        if (Environment.GetEnvironmentVariable("RIALTO_PID") is not { Length: > 0 } host)
            return (0, 0);
        var children = Directory.GetDirectories($"/proc/{host}/task").SelectMany(task => File.ReadAllText(Path.Combine(task, "children")).Split(' ', StringSplitOptions.RemoveEmptyEntries));
        return (Of(host), children.Sum(Of));

        static long Of(string process) => long.Parse(File.ReadAllText($"/proc/{process}/statm").Split(' ')[1], CultureInfo.InvariantCulture) * Environment.SystemPageSize;
    }
}
