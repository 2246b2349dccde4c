using System.Diagnostics;
using Rialto.Fixtures;
using Rialto.Platform.ClickHouse;

namespace Rialto.Engine.Tests.Process;

/// <summary>How the process starts, ends and comes back.</summary>
public class LifeTests
{
    private const string Table = "CREATE TABLE t (a UInt64) ENGINE = MergeTree ORDER BY a SETTINGS non_replicated_deduplication_window = 1000";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_ends_in_good_order_when_its_standard_input_ends()
    {
        await using var engine = await EngineChild.StartAsync();

        await engine.StopAsync();

        engine.ExitCode.ShouldBe(0);
        engine.Output.ShouldContain("stopping reason=end-of-input");
    }

    [Fact]
    public async Task It_ends_in_good_order_on_sigterm_even_while_a_query_runs()
    {
        await using var engine = await EngineChild.StartAsync();
        var endless = engine.Client.ExecuteAsync("SELECT count() FROM numbers(1000000000000) WHERE sipHash64(number) = 7", cancel: Cancel);
        await Until.TrueAsync(async () => await CountAsync(engine.Client, "SELECT count() FROM system.processes WHERE position(query, 'sipHash64') > 0") > 1, Cancel);

        await engine.TerminateAsync();

        engine.ExitCode.ShouldBe(0);
        await Should.ThrowAsync<Exception>(() => endless);
    }

    [Fact]
    public async Task A_query_that_is_nearly_done_may_finish_before_the_end()
    {
        await using var engine = await EngineChild.StartAsync();
        var nearly = engine.Client.ExecuteAsync("SELECT sleep(1.5)", cancel: Cancel);
        await Until.TrueAsync(async () => await CountAsync(engine.Client, "SELECT count() FROM system.processes WHERE position(query, 'sleep(1.5)') > 0") > 1, Cancel);

        await engine.TerminateAsync();

        await nearly;
    }

    [Fact]
    public async Task It_ends_when_its_parent_is_killed()
    {
        var directory = System.IO.Directory.CreateTempSubdirectory("rt-");
        try
        {
            // A shell between us and the engine. The engine's standard input is ours and stays open, so only the kernel tells it of the shell's death.
            var engine = $"{Path.Combine(Checkout.Artifact("Engine"), "rialto-engine")} --data {directory}/data --socket {directory}/s --library {Library}";
            using var shell = System.Diagnostics.Process.Start(new ProcessStartInfo("sh", ["-c", $"exec 3<&0; {engine} <&3 2>/dev/null & wait"]) { RedirectStandardInput = true })!;
            using var client = new ClickHouseClient(ClickHouseEndpoint.OfSocket(Path.Combine(directory.FullName, "s")));
            await Until.TrueAsync(() => client.PingAsync(Cancel), Cancel);

            shell.Kill();

            await Until.TrueAsync(async () => !await client.PingAsync(Cancel), Cancel);
        }
        finally
        {
            directory.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task The_socket_is_for_its_user_alone_and_a_stale_one_is_replaced()
    {
        await using var engine = await EngineChild.StartAsync();
        const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;
        (File.GetUnixFileMode(engine.Socket) & Others).ShouldBe(UnixFileMode.None);

        await engine.KillAsync();
        File.Exists(engine.Socket).ShouldBeTrue();
        await engine.RestartAsync();

        await engine.Client.ExecuteAsync("SELECT 1", cancel: Cancel);
    }

    [Fact]
    public async Task A_second_engine_on_the_same_data_is_refused_and_the_first_goes_on()
    {
        await using var engine = await EngineChild.StartAsync();

        var (code, errors) = await RunAsync("--data", Path.Combine(engine.Directory, "data"), "--socket", Path.Combine(engine.Directory, "other"), "--library", Library);

        code.ShouldBe(3);
        errors.ShouldContain("not-opened");
        await engine.Client.ExecuteAsync("SELECT 1", cancel: Cancel);
    }

    [Theory]
    [InlineData("")]
    [InlineData("--data")]
    [InlineData("--data /tmp/x --socket /tmp/y --library /no/such/library")]
    [InlineData("--data /tmp/x --socket /tmp/y --library $ --concurrency none")]
    [InlineData("--data /tmp/x --socket /tmp/y --library $ --nonsense 1")]
    public async Task Wrong_arguments_are_named(string arguments)
    {
        var (code, errors) = await RunAsync([.. arguments.Replace("$", Library, StringComparison.Ordinal).Split(' ', StringSplitOptions.RemoveEmptyEntries)]);

        code.ShouldBe(2);
        errors.ShouldContain("usage: rialto-engine --data");
    }

    [Fact]
    public async Task Acknowledged_inserts_are_there_after_kill_9_each_once()
    {
        await using var engine = await EngineChild.StartAsync();
        await engine.Client.ExecuteAsync(Table, cancel: Cancel);
        var acknowledged = 0;
        for (var round = 0; round < 3; round++)
        {
            var goal = acknowledged + 3 + (2 * round);
            var kill = KillWhenAsync(engine, () => Volatile.Read(ref acknowledged) >= goal);
            while (!kill.IsCompleted)
            {
                try
                {
                    await InsertAsync(engine.Client, acknowledged);
                    Interlocked.Increment(ref acknowledged);
                }
                catch (ClickHouseUnavailableException)
                {
                    break;
                }
            }

            await kill;
            await engine.RestartAsync();
            // As the loader does: what was not acknowledged is sent again with its token.
            await InsertAsync(engine.Client, acknowledged);
            acknowledged++;
        }

        acknowledged.ShouldBeGreaterThan(6);
        (await CountAsync(engine.Client, "SELECT count() FROM t")).ShouldBe(acknowledged * 100L);
        (await CountAsync(engine.Client, "SELECT uniqExact(a) FROM t")).ShouldBe(acknowledged * 100L);
    }

    [Fact]
    public async Task A_null_reference_is_an_exception_beside_running_queries()
    {
        await using var engine = await EngineChild.StartAsync();
        using var http = SocketClient(engine.Socket);
        var load = Enumerable.Range(0, 4).Select(_ => engine.Client.ExecuteAsync("SELECT number, count() FROM numbers(2000000) GROUP BY number FORMAT Null", cancel: Cancel)).ToList();

        for (var i = 0; i < 50; i++)
            (await http.GetStringAsync("http://engine/selfcheck", Cancel)).ShouldBe("Ok.\n");

        await Task.WhenAll(load);
        engine.HasExited.ShouldBeFalse();
    }

    internal static HttpClient SocketClient(string socket) => new(new SocketsHttpHandler
    {
        ConnectCallback = async (_, cancel) =>
        {
            var connection = new System.Net.Sockets.Socket(System.Net.Sockets.AddressFamily.Unix, System.Net.Sockets.SocketType.Stream, System.Net.Sockets.ProtocolType.Unspecified);
            await connection.ConnectAsync(new System.Net.Sockets.UnixDomainSocketEndPoint(socket), cancel);
            return new System.Net.Sockets.NetworkStream(connection, ownsSocket: true);
        },
    });

    private static string Library => Path.Combine(Checkout.Root, "node_modules", "@chdb", "lib-linux-x64-gnu", "libchdb.so");

    private static async Task KillWhenAsync(EngineChild engine, Func<bool> isTime)
    {
        await Until.TrueAsync(() => Task.FromResult(isTime()), Cancel);
        await engine.KillAsync();
    }

    private static Task<QuerySummary> InsertAsync(ClickHouseClient client, int number)
    {
        var lines = string.Concat(Enumerable.Range(number * 100, 100).Select(n => n + "\n"));
        return client.InsertAsync("INSERT INTO t FORMAT CSV", new MemoryStream(System.Text.Encoding.UTF8.GetBytes(lines)), new QueryOptions { DeduplicationToken = $"n-{number}" }, Cancel);
    }

    private static async Task<long> CountAsync(ClickHouseClient client, string sql)
    {
        await using var result = await client.QueryAsync(sql, cancel: Cancel);
        using var reader = new StreamReader(result.Body);
        return long.Parse(await reader.ReadToEndAsync(Cancel), System.Globalization.CultureInfo.InvariantCulture);
    }

    private static async Task<(int Code, string Errors)> RunAsync(params string[] arguments)
    {
        using var process = System.Diagnostics.Process.Start(new ProcessStartInfo(Path.Combine(Checkout.Artifact("Engine"), "rialto-engine"), arguments) { RedirectStandardError = true, RedirectStandardInput = true })!;
        var errors = await process.StandardError.ReadToEndAsync(Cancel);
        await process.WaitForExitAsync(Cancel);
        return (process.ExitCode, errors);
    }
}
