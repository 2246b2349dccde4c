using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Rialto.Bench.Load.Target;
using Rialto.Bench.Load.Work;

namespace Rialto.Bench.Load.Scenarios;

/// <summary>
/// Questions that people ask, over the HTTP API with a key: cold (the engine's caches and the machine's page cache emptied) and warm (every time with other words
/// where the question has any, and with the cache of whole conditions emptied). Beside it, as SQL to the engine, the same condition without skip indexes.
/// </summary>
internal static class SearchScenario
{
    private const long DayNanos = 86_400_000_000_000;
    private const int LoadAtATime = 1000;
    private const int WarmRuns = 20;
    private const int ColdRuns = 3;

    private static readonly string[] Caches = ["MARK CACHE", "UNCOMPRESSED CACHE", "INDEX MARK CACHE", "PRIMARY INDEX CACHE", "QUERY CONDITION CACHE", "TEXT INDEX CACHES"];

    public static async Task<int> RunAsync(Arguments arguments)
    {
        Report.Begin("search");
        await using var host = await HostUnderTest.StartAsync(arguments);
        var (records, end) = await LoadedAsync(host, arguments);
        await host.Engine.MergesQuietAsync();
        var parts = await host.Engine.NumberAsync("SELECT count() FROM system.parts WHERE active AND database = 'rialto' AND table = 'logs'");
        Report.Print($"{records:N0} records over 24 hours, merges rest: {parts} parts, engine {host.ResidentMegabytes(host.EnginePid):F0} MiB");
        Console.WriteLine($"{"milliseconds",-46}    cold    warm p50     p95   records   without indexes");
        using var client = new HttpClient { BaseAddress = host.Url };
        client.DefaultRequestHeaders.Add("X-Api-Key", host.Key);
        var range = $"from={Uri.EscapeDataString(Iso(end - DayNanos))}&to={Uri.EscapeDataString(Iso(end))}";
        var asked = Questions(Work(records, end), records).Where(question => arguments.Only is not { } only || question.Name.StartsWith(only, StringComparison.Ordinal));
        foreach (var question in asked)
            await AskAsync(host, client, range, question, arguments);
        return 0;
    }

    // The records' newest time stands beside them, because the questions must be about them.
    private static async Task<(long Records, long End)> LoadedAsync(HostUnderTest host, Arguments arguments)
    {
        var note = arguments.Kept is null ? null : Path.Combine(arguments.Kept, "load.txt");
        if (note is not null && File.Exists(note))
        {
            var noted = (await File.ReadAllTextAsync(note)).Split(' ');
            return (long.Parse(noted[0], CultureInfo.InvariantCulture), long.Parse(noted[1], CultureInfo.InvariantCulture));
        }

        var end = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds() * 1_000_000;
        var lines = arguments.LinesPerRequest;
        var requests = arguments.Number("--records", 20_000_000) / lines;
        var work = Work((long)requests * lines, end);
        var clock = Stopwatch.StartNew();
        var sent = 0L;
        for (var first = 0; first < requests; first += LoadAtATime)
        {
            var payloads = Flood.Prepare(work, host, Format.Json, (long)first * lines, Math.Min(LoadAtATime, requests - first), lines);
            sent += (await Flood.SendAsync(host, payloads, lines, arguments.Number("--connections", Flood.Connections))).Records;
        }

        await IngestScenario.SearchableAsync(host, sent);
        Report.Print($"loaded {sent:N0} records in {clock.Elapsed.TotalSeconds:F0} s");
        if (note is not null)
            await File.WriteAllTextAsync(note, string.Create(CultureInfo.InvariantCulture, $"{sent} {end}"));
        return (sent, end);
    }

    private static RecordWork Work(long records, long end) => new(1, end - DayNanos, DayNanos / records);

    private static IEnumerable<Question> Questions(RecordWork work, long records)
    {
        string Search(string query, int limit = 100) => $"search?limit={limit}&q={Uri.EscapeDataString(query)}";
        string Service(int run) => RecordWork.ServiceOf(run * 7 % RecordWork.Services);
        yield return new("last 100", _ => Search(""));
        yield return new("last 100 of a service", run => Search($"service:{Service(run)}"));
        yield return new("last 100 errors of a service", run => Search($"service:{Service(run)} level:error"));
        yield return new("two rare words, first 100", _ => Search("zephyr quokka"), "hasAllTokens(BodyWords, ['zephyr', 'quokka'])");
        yield return new("two rare words, first 1,000", _ => Search("zephyr quokka", 1000), "hasAllTokens(BodyWords, ['zephyr', 'quokka'])");
        yield return new("phrase, first 100", _ => Search("\"payment provider timeout\""));
        yield return new("a session's id", run => Search(SessionOf(work, LineOf(run, records))), $"match(lower(Body), '[^0-9a-z]{SessionOf(work, LineOf(1, records))}[^0-9a-z]')");
        yield return new("a trace's id", run => Search($"trace:{TraceOf(work, LineOf(run, records))}"), $"TraceId = unhex('{TraceOf(work, LineOf(1, records))}')");
        yield return new("beginning of a word, and a rare one", _ => Search("zeph* quokka"));
        yield return new("not these levels, of a service", run => Search($"service:{Service(run)} -level:info -level:debug"));
        yield return new("a word that is nowhere", run => Search($"nowhere{(char)('a' + run)}x"), "hasAllTokens(BodyWords, ['nowhereax'])");
        yield return new("histogram of the day by level", _ => "histogram?q=");
        yield return new("histogram of a service", run => $"histogram?q=service:{Service(run)}");
        yield return new("histogram of a rare word", _ => "histogram?q=zephyr", "hasAllTokens(BodyWords, ['zephyr'])");
        yield return new("histogram of a phrase (1 in 100 records)", _ => $"histogram?q={Uri.EscapeDataString("\"payment provider timeout\"")}", "position(lower(Body), 'payment provider timeout') > 0");
        yield return new("values of the field host", _ => "fields?field=host");
    }

    private static async Task AskAsync(HostUnderTest host, HttpClient client, string range, Question question, Arguments arguments)
    {
        var cold = new List<double>();
        for (var run = 0; run < ColdRuns; run++)
        {
            await ForgetAsync(host);
            cold.Add((await TimeAsync(client, question, range, run + 1)).Milliseconds);
        }

        var warm = new List<double>();
        var found = 0;
        for (var run = 0; run < WarmRuns; run++)
        {
            await host.Engine.TextAsync("SYSTEM DROP QUERY CONDITION CACHE");
            (var milliseconds, found) = await TimeAsync(client, question, range, run + 1);
            warm.Add(milliseconds);
        }

        var baseline = question.Condition is null || arguments.SkipBaseline ? "" : $"{await WithoutIndexesAsync(host, question.Condition):F0}";
        double[] coldSorted = [.. cold.Order()];
        double[] warmSorted = [.. warm.Order()];
        Report.Print($"{question.Name,-46} {coldSorted[ColdRuns / 2],7:F0} {warmSorted.At(0.5),11:F1} {warmSorted.At(0.95),7:F1} {found,9:N0}   {baseline,15}");
    }

    private static async Task<(double Milliseconds, int Records)> TimeAsync(HttpClient client, Question question, string range, int run)
    {
        var began = Stopwatch.GetTimestamp();
        var text = await client.GetByteArrayAsync($"/api/logs/{question.Path(run)}&{range}");
        var milliseconds = Stopwatch.GetElapsedTime(began).TotalMilliseconds;
        using var answer = JsonDocument.Parse(text);
        var root = answer.RootElement;
        return (milliseconds, root.TryGetProperty("total", out var total) ? total.GetInt32() : root.GetProperty(root.TryGetProperty("records", out _) ? "records" : "values").GetArrayLength());
    }

    private static async Task<double> WithoutIndexesAsync(HostUnderTest host, string condition)
    {
        var began = Stopwatch.GetTimestamp();
        await host.Engine.TextAsync($"SELECT count() FROM logs WHERE {condition}", "&use_skip_indexes=0&use_query_condition_cache=0");
        return Stopwatch.GetElapsedTime(began).TotalMilliseconds;
    }

    private static async Task ForgetAsync(HostUnderTest host)
    {
        foreach (var cache in Caches)
        {
            try
            {
                await host.Engine.TextAsync($"SYSTEM DROP {cache}");
            }
            catch (InvalidOperationException)
            {
                // This version has no such cache.
            }
        }

        try
        {
            await File.WriteAllTextAsync("/proc/sys/vm/drop_caches", "1");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Only root may: then cold means the engine's own caches.
        }
    }

    private static long LineOf(int run, long records) => (records / (WarmRuns + 2) * run) + 3;

    private static string TraceOf(RecordWork work, long line)
    {
        Span<byte> message = stackalloc byte[400];
        var parts = work.At(line, message);
        return $"{parts.TraceHigh:x16}{parts.TraceLow:x16}";
    }

    private static string SessionOf(RecordWork work, long line)
    {
        Span<byte> message = stackalloc byte[400];
        var text = System.Text.Encoding.UTF8.GetString(message[..work.At(line, message).MessageLength]);
        return text.Split("session=")[1][..12];
    }

    private static string Iso(long nanos) => DateTimeOffset.UnixEpoch.AddTicks(nanos / 100).ToString("yyyy-MM-ddTHH:mm:ss.fffffffZ", CultureInfo.InvariantCulture);

    /// <param name="Name">For people.</param>
    /// <param name="Path">Of the API, for the n-th time it is asked.</param>
    /// <param name="Condition">In SQL, where the comparison means something.</param>
    private sealed record Question(string Name, Func<int, string> Path, string? Condition = null);
}
