using System.Diagnostics;
using System.IO.Compression;
using System.Text;
using Rialto.Fixtures;

namespace Rialto.Engine.Tests.Process;

/// <summary>The interface as somebody at a terminal uses it: the real curl against the loopback port and the socket.</summary>
public class CurlTests : IAsyncLifetime
{
    private static readonly int Port = FreePort();

    private EngineChild _engine = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _engine = await EngineChild.StartAsync("--port", $"{Port}", "--fsync", "off");

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return _engine.DisposeAsync();
    }

    [Fact]
    public async Task The_main_forms_of_a_request_work()
    {
        (await CurlAsync("", "/ping")).ShouldBe("Ok.\n");
        (await CurlAsync("", "/")).ShouldBe("Ok.\n");
        (await CurlAsync("", "/?query=SELECT%201")).ShouldBe("1\n");
        (await CurlAsync("SELECT 1", "/", "--data-binary", "@-")).ShouldBe("1\n");
        (await CurlAsync(" 1 + 1", "/?query=SELECT", "--data-binary", "@-")).ShouldBe("2\n");
        (await CurlAsync("SELECT 'a' AS a FORMAT JSONEachRow", "/", "--data-binary", "@-")).ShouldBe("{\"a\":\"a\"}\n");
        (await CurlAsync("SELECT 'a' AS a", "/?default_format=JSONEachRow", "--data-binary", "@-")).ShouldBe("{\"a\":\"a\"}\n");
        (await CurlAsync("SELECT 'a' AS a", "/", "-H", "X-ClickHouse-Format: CSV", "--data-binary", "@-")).ShouldBe("\"a\"\n");
        (await CurlAsync("SELECT {n:UInt8} + 1, {s:String}", "/?param_n=4&param_s=it%27s", "--data-binary", "@-")).ShouldBe("5\tit\\'s\n");
        (await CurlAsync("SELECT currentDatabase()", "/?database=system", "--data-binary", "@-")).ShouldBe("system\n");
        (await CurlAsync("SELECT currentDatabase()", "/", "-H", "X-ClickHouse-Database: system", "--data-binary", "@-")).ShouldBe("system\n");
        (await CurlAsync("SELECT getSetting('max_threads')", "/?max_threads=1", "--data-binary", "@-")).ShouldBe("1\n");
        (await CurlAsync("", "/?query=SELECT%201", "-I", "-X", "HEAD")).ShouldContain("HTTP/1.1 200 OK");
        (await CurlAsync("", "/?query=SELECT%201", "--unix-socket", _engine.Socket)).ShouldBe("1\n");
    }

    [Fact]
    public async Task Inserts_come_in_the_address_in_the_body_and_in_both()
    {
        await CurlAsync("CREATE TABLE t (a UInt64, b String) ENGINE = MergeTree ORDER BY a", "/", "--data-binary", "@-");

        await CurlAsync("1,\"a\nb\"\n", "/?query=INSERT%20INTO%20t%20FORMAT%20CSV", "--data-binary", "@-");
        await CurlAsync("INSERT INTO t FORMAT JSONEachRow\n{\"a\":2,\"b\":\"x\"}\n", "/", "--data-binary", "@-");
        await CurlAsync("INSERT INTO t VALUES (3, 'it''s'), (4, ')')", "/", "--data-binary", "@-");
        await CurlAsync("(5, 'five')", "/?query=INSERT%20INTO%20t%20VALUES", "--data-binary", "@-");
        await CurlAsync("6\tsix\n", "/?query=INSERT%20INTO%20t%20FORMAT%20TSV", "-H", "Transfer-Encoding: chunked", "--data-binary", "@-");
        await CurlAsync("INSERT INTO t SELECT number + 7, 'sel' FROM numbers(2)", "/", "--data-binary", "@-");
        await CurlAsync("", "/?query=INSERT%20INTO%20t%20VALUES%20(9,%20'nine')", "-X", "POST");

        (await CurlAsync("SELECT a FROM t ORDER BY a", "/", "--data-binary", "@-")).ShouldBe("1\n2\n3\n4\n5\n6\n7\n8\n9\n");
    }

    [Fact]
    public async Task Headers_tell_what_happened()
    {
        var good = await CurlAsync("SELECT number FROM numbers(10) FORMAT CSV", "/?query_id=my-query", "-i", "--data-binary", "@-");
        good.ShouldContain("HTTP/1.1 200 OK");
        good.ShouldContain("X-ClickHouse-Query-Id: my-query");
        good.ShouldContain("X-ClickHouse-Format: CSV");
        good.ShouldContain("X-ClickHouse-Server-Display-Name: rialto-engine");
        good.ShouldContain("Content-Type: text/csv; charset=UTF-8");
        good.ShouldContain("X-ClickHouse-Summary: {\"read_rows\":\"10\",\"read_bytes\":\"80\"");

        (await CurlAsync("SELECT * FROM nowhere", "/", "-i", "--data-binary", "@-")).ShouldContain("HTTP/1.1 404");
        var bad = await CurlAsync("SELEC", "/", "-i", "--data-binary", "@-");
        bad.ShouldContain("HTTP/1.1 400");
        bad.ShouldContain("X-ClickHouse-Exception-Code: 62");
        bad.ShouldContain("Code: 62. DB::Exception: Syntax error");
        (await CurlAsync("", "/?query=CREATE%20TABLE%20x%20(a%20UInt8)%20ENGINE=Memory", "-i")).ShouldContain("X-ClickHouse-Exception-Code: 164");
        (await CurlAsync("SELECT 1", "/?session_id=x", "-i", "--data-binary", "@-")).ShouldContain("HTTP/1.1 501");
        (await CurlAsync("", "/no/such/path", "-i")).ShouldContain("HTTP/1.1 404");
    }

    [Fact]
    public async Task Both_directions_can_be_gzipped()
    {
        await CurlAsync("CREATE TABLE z (a UInt64) ENGINE = MergeTree ORDER BY a", "/", "--data-binary", "@-");
        using var packed = new MemoryStream();
        await using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
            await gzip.WriteAsync(Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, 1000).Select(n => n + "\n"))), Cancel);

        await CurlAsync(packed.ToArray(), "/?query=INSERT%20INTO%20z%20FORMAT%20CSV", "-H", "Content-Encoding: gzip", "--data-binary", "@-");

        (await CurlAsync("SELECT count(), sum(a) FROM z", "/?enable_http_compression=1", "--compressed", "--data-binary", "@-")).ShouldBe("1000\t499500\n");
        (await CurlAsync("SELECT 1", "/?enable_http_compression=1", "-i", "-H", "Accept-Encoding: gzip", "-o", "-", "--data-binary", "@-")).ShouldContain("Content-Encoding: gzip");
        (await CurlAsync("SELECT 1", "/", "-i", "-H", "Accept-Encoding: gzip", "--data-binary", "@-")).ShouldNotContain("Content-Encoding");
        (await CurlAsync("SELECT 1", "/", "-i", "-H", "Content-Encoding: lz4", "--data-binary", "@-")).ShouldContain("HTTP/1.1 415");
    }

    [Fact]
    public async Task A_failure_in_the_middle_of_a_result_makes_curl_fail()
    {
        var (code, output) = await RunCurlAsync(Encoding.UTF8.GetBytes("SELECT throwIf(number = 5000000) FROM numbers(10000000)"), "/", "--data-binary", "@-");

        code.ShouldNotBe(0);
        output.ShouldContain("__exception__");
        output.ShouldContain("Code: 395. DB::Exception");
    }

    [Fact]
    public async Task A_page_in_a_browser_is_not_served() =>
        (await CurlAsync("DROP TABLE t", "/", "-i", "-H", "Origin: https://evil.example", "--data-binary", "@-")).ShouldContain("HTTP/1.1 403");

    private static Task<string> CurlAsync(string input, string path, params string[] arguments) => CurlAsync(Encoding.UTF8.GetBytes(input), path, arguments);

    private static async Task<string> CurlAsync(byte[] input, string path, params string[] arguments)
    {
        var (code, output) = await RunCurlAsync(input, path, arguments);
        code.ShouldBe(0, $"curl {path}: {output}");
        return output;
    }

    private static async Task<(int Code, string Output)> RunCurlAsync(byte[] input, string path, params string[] arguments)
    {
        var start = new ProcessStartInfo("curl", ["--silent", "--max-time", "30", $"http://127.0.0.1:{Port}{path}", .. arguments]) { RedirectStandardInput = true, RedirectStandardOutput = true };
        using var curl = System.Diagnostics.Process.Start(start)!;
        var output = curl.StandardOutput.ReadToEndAsync(Cancel);
        await curl.StandardInput.BaseStream.WriteAsync(input, Cancel);
        curl.StandardInput.Close();
        await curl.WaitForExitAsync(Cancel);
        return (curl.ExitCode, await output);
    }

    private static int FreePort()
    {
        using var listener = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        return ((System.Net.IPEndPoint)listener.LocalEndpoint).Port;
    }
}
