using System.Text;
using Rialto.Fixtures;
using Rialto.Platform.ClickHouse;

namespace Rialto.Engine.Tests.Client;

public class KillTests(ClickHouseFixture clickhouse) : ClientTests(clickhouse)
{
    [Theory]
    [InlineData("SELECT count() FROM numbers(1000000000000) WHERE sipHash64(number) = 7")]
    [InlineData("SELECT number FROM numbers(1000000000000) WHERE sipHash64(number) = 7 FORMAT JSONEachRow")]
    [InlineData("SELECT number, count() FROM numbers(1000000000000) GROUP BY number ORDER BY number LIMIT 1 FORMAT JSON SETTINGS max_memory_usage = 0")]
    [InlineData("INSERT INTO target SELECT number FROM numbers(1000000000000) WHERE sipHash64(number) = 7")]
    public async Task Cancelling_kills_the_statement(string sql)
    {
        await Client.ExecuteAsync("CREATE TABLE target (a UInt64) ENGINE = MergeTree ORDER BY a", cancel: Cancel);
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var mark = $"/* {Guid.CreateVersion7()} */";
        var running = Client.ExecuteAsync($"{mark} {sql}", cancel: cancel.Token);
        await UntilAsync(mark, runs: true);

        await cancel.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => running);
        await UntilAsync(mark, runs: false);
    }

    [Fact]
    public async Task A_result_that_is_not_read_to_its_end_is_killed()
    {
        var mark = $"/* {Guid.CreateVersion7()} */";
        await using (var result = await Client.QueryAsync($"{mark} SELECT number FROM numbers(1000000000000) FORMAT TabSeparated", cancel: Cancel))
        {
            (await result.Body.ReadAtLeastAsync(new byte[3_000_000], 3_000_000, cancellationToken: Cancel)).ShouldBe(3_000_000);
            await UntilAsync(mark, runs: true);
        }

        await UntilAsync(mark, runs: false);
    }

    [Fact]
    public async Task An_insert_that_breaks_off_stores_nothing()
    {
        await Client.ExecuteAsync("CREATE TABLE t (a UInt64) ENGINE = MergeTree ORDER BY a", cancel: Cancel);
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(Cancel);

        var insert = Client.InsertAsync("INSERT INTO t FORMAT JSONEachRow", new EndlessBody("{\"a\":1}\n", 100_000, cancel), cancel: cancel.Token);

        await Should.ThrowAsync<OperationCanceledException>(() => insert);
        await UntilAsync("INSERT INTO t", runs: false);
        (await TextAsync("SELECT count() FROM t")).ShouldBe("0\n");
    }

    [Fact]
    public async Task After_many_kills_the_engine_still_answers()
    {
        for (var round = 0; round < 30; round++)
        {
            using var cancel = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
            // From before the statement starts to within its work.
            cancel.CancelAfter(TimeSpan.FromMilliseconds(round));
            await Should.ThrowAsync<OperationCanceledException>(() => Client.ExecuteAsync("SELECT count() FROM numbers(1000000000000) WHERE sipHash64(number) = 8", cancel: cancel.Token));
        }

        await UntilAsync("sipHash64(number) = 8", runs: false);
        (await TextAsync("SELECT 1")).ShouldBe("1\n");
    }

    private async Task UntilAsync(string mark, bool runs)
    {
        for (var tries = 0; tries < 1000; tries++)
        {
            var count = await TextAsync("SELECT count() FROM system.processes WHERE position(query, {mark:String}) > 0 AND position(query, 'system.processes') = 0", QueryOptions.With(("mark", mark)));
            if (count != "0\n" == runs)
                return;
            await Task.Delay(10, Cancel);
        }

        Assert.Fail($"The statement with {mark} {(runs ? "never ran" : "still runs")}");
    }

    // Sends lines and then waits for ever; the caller's token is cancelled once they are out.
    private sealed class EndlessBody(string line, int lines, CancellationTokenSource whenSent) : HttpContent
    {
        protected override async Task SerializeToStreamAsync(Stream stream, System.Net.TransportContext? context, CancellationToken cancellationToken)
        {
            var bytes = Encoding.UTF8.GetBytes(line);
            for (var i = 0; i < lines; i++)
                await stream.WriteAsync(bytes, cancellationToken);
            await stream.FlushAsync(cancellationToken);
            await whenSent.CancelAsync();
            await Task.Delay(Timeout.Infinite, cancellationToken);
        }

        protected override Task SerializeToStreamAsync(Stream stream, System.Net.TransportContext? context) => SerializeToStreamAsync(stream, context, CancellationToken.None);

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
