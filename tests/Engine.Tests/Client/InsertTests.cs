using System.IO.Compression;
using System.Net.Http.Headers;
using System.Text;
using Rialto.Fixtures;
using Rialto.Platform.ClickHouse;

namespace Rialto.Engine.Tests.Client;

public class InsertTests(ClickHouseFixture clickhouse) : ClientTests(clickhouse)
{
    private const string Table = "CREATE TABLE t (a UInt64) ENGINE = MergeTree ORDER BY a SETTINGS non_replicated_deduplication_window = 100";

    [Fact]
    public async Task A_token_seen_before_stores_nothing_again_in_the_table_and_in_its_view()
    {
        await Client.ExecuteAsync(Table, cancel: Cancel);
        await Client.ExecuteAsync("CREATE TABLE counts (k UInt64, n SimpleAggregateFunction(sum, UInt64)) ENGINE = AggregatingMergeTree ORDER BY k SETTINGS non_replicated_deduplication_window = 100", cancel: Cancel);
        await Client.ExecuteAsync("CREATE MATERIALIZED VIEW counting TO counts AS SELECT a % 10 AS k, count() AS n FROM t GROUP BY k", cancel: Cancel);
        var block = await NativeAsync(0, 1000);

        // The same rows under another token are other rows; the same token is the same rows, also after others came between.
        foreach (var token in (string[])["node-1-1", "node-1-1", "node-1-2", "node-1-1", "node-1-2"])
            await InsertAsync(block, token);

        (await TextAsync("SELECT count() FROM t")).ShouldBe("2000\n");
        (await TextAsync("SELECT sum(n) FROM counts")).ShouldBe("2000\n");
    }

    [Fact]
    public async Task A_body_of_many_blocks_is_one_part()
    {
        await Client.ExecuteAsync(Table, cancel: Cancel);
        using var body = new MemoryStream();
        for (var block = 0; block < 20; block++)
            body.Write(await NativeAsync(block * 1000, 1000));

        await InsertAsync(body.ToArray(), "one");
        await InsertAsync(body.ToArray(), "one");

        (await TextAsync("SELECT count(), uniqExact(a) FROM t")).ShouldBe("20000\t20000\n");
        (await TextAsync("SELECT count() FROM system.parts WHERE database = currentDatabase() AND table = 't'")).ShouldBe("1\n");
    }

    [Fact]
    public async Task The_loaders_settings_reach_the_engine()
    {
        await Client.ExecuteAsync("CREATE TABLE t (a UInt64, s String, INDEX words s TYPE text(tokenizer = 'splitByNonAlpha')) ENGINE = MergeTree ORDER BY a", cancel: Cancel);
        var options = new QueryOptions { Settings = new Dictionary<string, string> { ["async_insert"] = "0", ["materialize_skip_indexes_on_insert"] = "0" } };
        await Client.InsertAsync("INSERT INTO t FORMAT CSV", new MemoryStream("1,one two"u8.ToArray()), options, Cancel);

        (await TextAsync("SELECT secondary_indices_compressed_bytes FROM system.parts WHERE database = currentDatabase() AND table = 't'")).ShouldBe("0\n");

        await Client.ExecuteAsync("TRUNCATE TABLE t", cancel: Cancel);
        await Client.InsertAsync("INSERT INTO t FORMAT CSV", new MemoryStream("1,one two"u8.ToArray()), cancel: Cancel);
        (await TextAsync("SELECT secondary_indices_compressed_bytes > 0 FROM system.parts WHERE active AND database = currentDatabase() AND table = 't'")).ShouldBe("1\n");
    }

    [Fact]
    public async Task A_gzipped_body_is_unpacked_and_a_broken_one_stores_nothing()
    {
        await Client.ExecuteAsync(Table, cancel: Cancel);
        var packed = Gzip(Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, 100_000).Select(n => n + "\n"))));

        await Client.InsertAsync("INSERT INTO t FORMAT CSV", Packed(packed), cancel: Cancel);
        await Should.ThrowAsync<Exception>(() => Client.InsertAsync("INSERT INTO t FORMAT CSV", Packed(packed[..(packed.Length / 2)]), cancel: Cancel));
        await Should.ThrowAsync<Exception>(() => Client.InsertAsync("INSERT INTO t FORMAT CSV", Packed([1, 2, 3, 4, 5, 6, 7, 8]), cancel: Cancel));

        (await TextAsync("SELECT count() FROM t")).ShouldBe("100000\n");
    }

    [Fact]
    public async Task Inserts_and_queries_run_in_parallel_and_nothing_is_lost()
    {
        await Client.ExecuteAsync(Table, cancel: Cancel);
        var block = await NativeAsync(0, 1000);
        using var done = CancellationTokenSource.CreateLinkedTokenSource(Cancel);

        var readers = Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
        {
            var last = 0L;
            while (!done.IsCancellationRequested)
            {
                var now = long.Parse(await TextAsync("SELECT count() FROM t"), System.Globalization.CultureInfo.InvariantCulture);
                now.ShouldBeGreaterThanOrEqualTo(last);
                (now % 1000).ShouldBe(0);
                last = now;
            }
        })).ToList();
        await Parallel.ForEachAsync(Enumerable.Range(0, 100), new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = Cancel }, async (n, _) => await InsertAsync(block, $"p-{n}"));
        await done.CancelAsync();
        await Task.WhenAll(readers);

        (await TextAsync("SELECT count() FROM t")).ShouldBe("100000\n");
    }

    [Fact]
    public async Task A_slow_sender_does_not_hold_up_others()
    {
        await Client.ExecuteAsync(Table, cancel: Cancel);
        var gate = new TaskCompletionSource();
        var slow = Client.InsertAsync("INSERT INTO t FORMAT CSV", new GatedBody(gate.Task), cancel: Cancel);

        await InsertAsync(await NativeAsync(10, 5), "fast");
        (await TextAsync("SELECT count() FROM t")).ShouldBe("5\n");
        gate.SetResult();
        await slow;

        (await TextAsync("SELECT count() FROM t")).ShouldBe("7\n");
    }

    private async Task<byte[]> NativeAsync(int from, int count) =>
        await BytesAsync("SELECT number + {from:UInt64} AS a FROM numbers({count:UInt64}) FORMAT Native", QueryOptions.With(("from", from), ("count", count)));

    private Task<QuerySummary> InsertAsync(byte[] native, string token) =>
        Client.InsertAsync("INSERT INTO t (a) FORMAT Native", new MemoryStream(native), new QueryOptions { DeduplicationToken = token }, Cancel);

    private static ByteArrayContent Packed(byte[] bytes)
    {
        var content = new ByteArrayContent(bytes);
        content.Headers.ContentEncoding.Add("gzip");
        content.Headers.ContentType = new MediaTypeHeaderValue("text/csv");
        return content;
    }

    private static byte[] Gzip(byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
            gzip.Write(bytes);
        return packed.ToArray();
    }

    // Sends half, waits, sends the rest.
    private sealed class GatedBody(Task gate) : HttpContent
    {
        protected override async Task SerializeToStreamAsync(Stream stream, System.Net.TransportContext? context)
        {
            await stream.WriteAsync("1\n"u8.ToArray());
            await stream.FlushAsync();
            await gate;
            await stream.WriteAsync("2\n"u8.ToArray());
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
