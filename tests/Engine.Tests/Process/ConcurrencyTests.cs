using Rialto.Fixtures;
using Rialto.Platform.ClickHouse;

namespace Rialto.Engine.Tests.Process;

public class ConcurrencyTests
{
    private const string Endless = "SELECT count() FROM numbers(1000000000000) WHERE sipHash64(number) = 7";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Past_the_limit_a_statement_waits_a_little_and_is_then_refused_with_503()
    {
        await using var engine = await EngineChild.StartAsync("--concurrency", "2");
        using var http = LifeTests.SocketClient(engine.Socket);
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var busy = new[] { engine.Client.ExecuteAsync(Endless, cancel: cancel.Token), engine.Client.ExecuteAsync(Endless, cancel: cancel.Token) };
        HttpResponseMessage answer = null!;
        await Until.TrueAsync(async () => (answer = await http.PostAsync("http://engine/?queue_max_wait_ms=20", new StringContent("SELECT 1"), Cancel)).StatusCode == System.Net.HttpStatusCode.ServiceUnavailable, Cancel);

        answer.Headers.GetValues("X-ClickHouse-Exception-Code").ShouldBe(["202"]);
        answer.Headers.RetryAfter.ShouldNotBeNull();
        (await answer.Content.ReadAsStringAsync(Cancel)).ShouldContain("TOO_MANY_SIMULTANEOUS_QUERIES");
        (await Should.ThrowAsync<ClickHouseException>(() => engine.Client.ExecuteAsync("SELECT 1", new QueryOptions { Settings = new Dictionary<string, string> { ["queue_max_wait_ms"] = "20" } }, Cancel))).IsLimit.ShouldBeTrue();

        // One in the queue gets its turn when a place is free; the health probe needs none.
        var queued = engine.Client.ExecuteAsync("SELECT 1", new QueryOptions { Settings = new Dictionary<string, string> { ["queue_max_wait_ms"] = "20000" } }, Cancel);
        (await engine.Client.PingAsync(Cancel)).ShouldBeTrue();
        await cancel.CancelAsync();
        await queued;
        foreach (var one in busy)
            await Should.ThrowAsync<OperationCanceledException>(() => one);
    }

    [Fact]
    public async Task Queries_run_side_by_side()
    {
        await using var engine = await EngineChild.StartAsync();
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var busy = Enumerable.Range(0, 8).Select(_ => engine.Client.ExecuteAsync(Endless, cancel: cancel.Token)).ToList();

        await Until.TrueAsync(async () => await RunningAsync(engine.Client) == 8, Cancel);
        await cancel.CancelAsync();

        await Until.TrueAsync(async () => await RunningAsync(engine.Client) == 0, Cancel);
        foreach (var one in busy)
            await Should.ThrowAsync<OperationCanceledException>(() => one);
    }

    private static async Task<int> RunningAsync(ClickHouseClient client)
    {
        await using var result = await client.QueryAsync("SELECT count() FROM system.processes WHERE position(query, 'sipHash64') > 0 AND position(query, 'system.processes') = 0", cancel: Cancel);
        using var reader = new StreamReader(result.Body);
        return int.Parse(await reader.ReadToEndAsync(Cancel), System.Globalization.CultureInfo.InvariantCulture);
    }
}
