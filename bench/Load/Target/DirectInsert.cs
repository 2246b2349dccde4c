namespace Rialto.Bench.Load.Target;

/// <summary>Rows of the table as blocks in Native, to insert them again into a table like it, with the loader's settings.</summary>
internal sealed class DirectInsert
{
    public const int RowsPerInsert = 100_000;
    private const string Columns =
        "TenantId, AppId, RetentionDays, Timestamp, ObservedTimestamp, Seq, ServiceName, Environment, Host, SeverityNumber, TraceId, SpanId, Body, Resource, Attributes, AttributesNumber";

    private readonly EngineSql _engine;
    private readonly List<byte[]> _blocks = [];

    private DirectInsert(EngineSql engine) => _engine = engine;

    public long Rows => (long)_blocks.Count * RowsPerInsert;

    public static async Task<DirectInsert> PrepareAsync(EngineSql engine, int inserts)
    {
        var direct = new DirectInsert(engine);
        await engine.TextAsync("DROP TABLE IF EXISTS logs_direct");
        await engine.TextAsync("CREATE TABLE logs_direct AS logs");
        var first = await engine.NumberAsync("SELECT min(Seq) FROM logs WHERE ServiceName LIKE 'app-%'");
        for (var i = 0; i < inserts; i++)
        {
            var from = first + ((long)i * RowsPerInsert);
            direct._blocks.Add(await engine.BytesAsync($"SELECT {Columns} FROM logs WHERE Seq >= {from} AND Seq < {from + RowsPerInsert} ORDER BY Seq FORMAT Native"));
        }

        return direct;
    }

    public async Task RunAsync()
    {
        foreach (var block in _blocks)
        {
            await _engine.InsertAsync(
                $"INSERT INTO logs_direct ({Columns}) FORMAT Native",
                block,
                "&materialize_skip_indexes_on_insert=0&min_insert_block_size_rows=1000000&min_insert_block_size_bytes=1000000000&async_insert=0");
        }
    }
}
