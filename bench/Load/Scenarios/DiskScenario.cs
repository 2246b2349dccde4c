using System.Globalization;
using Rialto.Bench.Load.Target;
using Rialto.Bench.Load.Work;

namespace Rialto.Bench.Load.Scenarios;

/// <summary>Bytes a record after all merges, by column and by index; beside it the same rows without indexes of the body and with all its tokens in the text index.</summary>
internal static class DiskScenario
{
    private const long HourNanos = 3_600_000_000_000;

    public static async Task<int> RunAsync(Arguments arguments)
    {
        Report.Begin("disk");
        await using var host = await HostUnderTest.StartAsync(arguments);
        var lines = arguments.LinesPerRequest;
        var requests = arguments.Number("--records", 2_000_000) / lines;
        var records = (long)requests * lines;
        var end = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds() * 1_000_000;
        var payloads = Flood.Prepare(new RecordWork(1, end - HourNanos, HourNanos / records), host, Format.Json, 0, requests, lines);
        var sent = await Flood.SendAsync(host, payloads, lines, arguments.Number("--connections", Flood.Connections));
        await IngestScenario.SearchableAsync(host, sent.Records);
        await host.Engine.TextAsync("OPTIMIZE TABLE logs FINAL");
        Report.Print($"{sent.Records:N0} records of {(double)sent.Bytes / records:F0} bytes as JSON");
        await PrintAsync(host.Engine, "logs", "the table");
        if (arguments.SkipBaseline)
            return sent.Failed;
        await CopyAsync(host.Engine, "logs_plain", "");
        await CopyAsync(host.Engine, "logs_all_tokens", "INDEX idx_all lower(Body) TYPE text(tokenizer = 'splitByNonAlpha', posting_list_codec = 'bitpacking')");
        await PrintAsync(host.Engine, "logs_plain", "baseline: no index of the body");
        await PrintAsync(host.Engine, "logs_all_tokens", "baseline: all tokens of the body in a text index");
        return sent.Failed;
    }

    private static async Task CopyAsync(EngineSql engine, string name, string index)
    {
        await engine.TextAsync($"CREATE TABLE {name} AS logs");
        await engine.TextAsync($"ALTER TABLE {name} DROP INDEX idx_word, DROP INDEX idx_id");
        if (index.Length > 0)
            await engine.TextAsync($"ALTER TABLE {name} ADD {index}");
        await engine.TextAsync($"INSERT INTO {name} SELECT * FROM logs", "&materialize_skip_indexes_on_insert=0");
        await engine.TextAsync($"OPTIMIZE TABLE {name} FINAL");
    }

    private static async Task PrintAsync(EngineSql engine, string table, string title)
    {
        var of = $"active AND database = 'rialto' AND table = '{table}'";
        var rows = await engine.NumberAsync($"SELECT sum(rows) FROM system.parts WHERE {of}");
        var total = (await engine.RowsAsync($"SELECT sum(bytes_on_disk), sum(secondary_indices_compressed_bytes) + sum(secondary_indices_marks_bytes), count() FROM system.parts WHERE {of}"))[0];
        Report.Print($"{title}: {Each(total[0]):F1} bytes a record on disk, {Each(total[1]):F1} of them indexes, {total[2]} parts");
        foreach (var column in await engine.RowsAsync($"SELECT column, sum(column_bytes_on_disk) AS bytes FROM system.parts_columns WHERE {of} GROUP BY 1 HAVING bytes > {rows / 50} ORDER BY 2 DESC"))
            Report.Print($"  {column[0],-18} {Each(column[1]),6:F2}");
        foreach (var index in await engine.RowsAsync($"SELECT name, data_compressed_bytes FROM system.data_skipping_indices WHERE database = 'rialto' AND table = '{table}' AND data_compressed_bytes > {rows / 50} ORDER BY 2 DESC"))
            Report.Print($"  {index[0],-18} {Each(index[1]),6:F2}");

        double Each(string bytes) => double.Parse(bytes, CultureInfo.InvariantCulture) / rows;
    }
}
