using System.Diagnostics;
using System.IO.Compression;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using OpenTelemetry.Exporter;
using OpenTelemetry.Logs;
using OpenTelemetry.Resources;
using Rialto.Fixtures;

namespace Rialto.System.Tests;

/// <summary>Programs that people really have, sending to the real host as docs/send-records.md tells them to; what they sent is found by search.</summary>
public sealed class SenderTests(HostFixture fixture) : IDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("rialto-senders-").FullName;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Theory]
    [InlineData("json", "application/json", """[{"level":"error","service":"checkout","message":"payment failed","run":"$run","order":"A-1001","amount":129.90}]""", false)]
    [InlineData("ndjson", "application/x-ndjson", """
        {"level":"error","service":"checkout","message":"payment failed","run":"$run","order":"A-1001","amount":129.90}
        {"level":"info","service":"checkout","message":"another","run":"other"}
        """, false)]
    [InlineData("gzip", "application/x-ndjson", """{"level":"error","service":"checkout","message":"payment failed","run":"$run","order":"A-1001","amount":129.90}""", true)]
    public async Task Curl(string kind, string type, string body, bool gzip)
    {
        Assert.SkipUnless(Programs.Find("curl") is not null, "curl is not installed");
        var run = $"curl-{kind}";
        var file = Path.Combine(_directory, "body");
        var bytes = Encoding.UTF8.GetBytes(body.Replace("$run", run, StringComparison.Ordinal));
        await using (Stream target = gzip ? new GZipStream(File.Create(file), CompressionMode.Compress) : File.Create(file))
            await target.WriteAsync(bytes, TestContext.Current.CancellationToken);

        string[] encoding = gzip ? ["-H", "Content-Encoding: gzip"] : [];
        var answer = await Programs.RunAsync("curl", ["-sS", "--fail-with-body", new Uri(fixture.Host.Address, "api/logs/records").ToString(),
            "-H", $"X-Api-Key: {RialtoProcess.Key}", "-H", $"Content-Type: {type}", .. encoding, "--data-binary", "@" + file]);

        answer.ShouldBe($$"""{"accepted":{{(kind == "ndjson" ? 2 : 1)}},"rejected":[]}""");
        var record = await fixture.FindAsync($"run:{run}");
        record.Text("application").ShouldBe("shop");
        record.Text("service").ShouldBe("checkout");
        record.Text("level").ShouldBe("error");
        record.Text("body").ShouldBe("payment failed");
        record.GetProperty("attributes").Text("order").ShouldBe("A-1001");
        record.GetProperty("attributes").GetProperty("amount").GetDouble().ShouldBe(129.90);
    }

    [Fact]
    public async Task Rsyslog_over_tcp_and_udp()
    {
        Assert.SkipUnless(Programs.Find("rsyslogd") is not null, "rsyslog is not installed");
        var port = await fixture.SyslogPortAsync();
        var log = Path.Combine(_directory, "log");
        var configuration = Path.Combine(_directory, "rsyslog.conf");
        // The action for TCP is the one of the guide.
        await File.WriteAllTextAsync(configuration, $"""
            global(workDirectory="{_directory}")
            module(load="imuxsock" SysSock.Use="off")
            input(type="imuxsock" Socket="{log}" ParseHostname="off")
            action(type="omfwd" target="127.0.0.1" port="{port}" protocol="tcp"
                   TCP_Framing="octet-counted" template="RSYSLOG_SyslogProtocol23Format"
                   queue.type="LinkedList" action.resumeRetryCount="-1")
            action(type="omfwd" target="127.0.0.1" port="{port}" protocol="udp" template="RSYSLOG_TraditionalForwardFormat")
            """, TestContext.Current.CancellationToken);
        await using var rsyslog = Programs.Start(Programs.Find("rsyslogd")!, ["-n", "-f", configuration, "-i", Path.Combine(_directory, "pid")]);
        await Eventually.TrueAsync(() => File.Exists(log), "rsyslog listens");

        // What syslog(3) sends: facility local4, severity error.
        using (var socket = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified))
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(log), TestContext.Current.CancellationToken);
            await socket.SendAsync(Encoding.UTF8.GetBytes($"<163>{TimeProvider.System.GetLocalNow():MMM dd HH:mm:ss} checkout[4711]: café order 4711 payment failed"), TestContext.Current.CancellationToken);
        }

        var records = await fixture.FindAllAsync("\"order 4711 payment failed\"", 2);
        foreach (var record in records)
        {
            record.Text("application").ShouldBe("shop");
            record.Text("service").ShouldBe("checkout");
            record.Text("level").ShouldBe("error");
            record.Text("body").ShouldBe("café order 4711 payment failed");
            record.Text("host").ShouldNotBeEmpty();
            record.GetProperty("attributes").Text("syslog.facility").ShouldBe("local4");
            record.GetProperty("attributes").Text("process.pid").ShouldBe("4711");
        }
    }

    [Theory]
    [InlineData(OtlpExportProtocol.HttpProtobuf)]
    public async Task The_OpenTelemetry_exporter_of_dotnet(OtlpExportProtocol protocol)
    {
        using var source = new ActivitySource("Rialto.System.Tests.Senders");
        using var listener = new ActivityListener { ShouldListenTo = other => other == source, Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData };
        ActivitySource.AddActivityListener(listener);
        string trace, span;
        using (var activity = source.StartActivity("checkout")!)
        {
            (trace, span) = (activity.TraceId.ToHexString(), activity.SpanId.ToHexString());
            using var loggers = LoggerFactory.Create(logging => logging.AddOpenTelemetry(otel =>
            {
                otel.SetResourceBuilder(ResourceBuilder.CreateEmpty().AddService("otel-checkout", serviceVersion: "1.2.3").AddAttributes([new("deployment.environment.name", "staging")]));
                otel.IncludeFormattedMessage = true;
                otel.AddOtlpExporter(otlp =>
                {
                    otlp.Endpoint = new Uri(fixture.Host.Address, "v1/logs");
                    otlp.Protocol = protocol;
                    otlp.Headers = $"x-api-key={RialtoProcess.Key}";
                });
            }));
            loggers.CreateLogger("Shop.Checkout").Log(LogLevel.Error, new InvalidOperationException("card declined"), "Payment of {Order} failed after {Tries} tries", "A-1002", 3);
        }

        var record = await fixture.FindAsync("service:otel-checkout");
        record.Text("level").ShouldBe("error");
        record.Text("body").ShouldBe("Payment of A-1002 failed after 3 tries");
        record.Text("environment").ShouldBe("staging");
        record.Text("traceId").ShouldBe(trace);
        record.Text("spanId").ShouldBe(span);
        var attributes = record.GetProperty("attributes");
        attributes.Text("Order").ShouldBe("A-1002");
        attributes.GetProperty("Tries").GetDouble().ShouldBe(3);
        attributes.Text("exception.message").ShouldBe("card declined");
        attributes.Text("exception.type").ShouldBe("InvalidOperationException");
        record.GetProperty("resource").Text("service.version").ShouldBe("1.2.3");
    }

    /// <summary>Filebeat and Logstash with api_key, Logstash and Vector with user and password, Fluent Bit with the header.</summary>
    [Theory]
    [InlineData("api-key-pair", "ApiKey", "demo:0123456789abcdef")]
    [InlineData("api-key-whole", "ApiKey", "rialto:rk_demo_0123456789abcdef")]
    [InlineData("basic-pair", "Basic", "demo:0123456789abcdef")]
    [InlineData("basic-password", "Basic", "elastic:rk_demo_0123456789abcdef")]
    [InlineData("basic-user", "Basic", "rk_demo_0123456789abcdef:")]
    public async Task Shippers_of_Elasticsearch(string run, string scheme, string credentials)
    {
        using var client = fixture.Host.Client();
        client.DefaultRequestHeaders.Authorization = new(scheme, Convert.ToBase64String(Encoding.UTF8.GetBytes(credentials)));

        var hello = await client.GetAsync("");
        hello.Headers.GetValues("X-Elastic-Product").ShouldBe(["Elasticsearch"]);
        (await hello.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("version").Text("number").ShouldStartWith("8.");
        (await client.SendAsync(new HttpRequestMessage(HttpMethod.Head, ""))).IsSuccessStatusCode.ShouldBeTrue();
        (await client.GetFromJsonAsync<JsonElement>("_license")).GetProperty("license").Text("status").ShouldBe("active");

        var bulk = $$$"""
            {"create":{"_index":"filebeat-8.15.0"}}
            {"@timestamp":"{{{TimeProvider.System.GetUtcNow():O}}}","message":"payment failed","log":{"level":"error"},"service":{"name":"shipped"},"host":{"name":"web-1"},"run":"{{{run}}}"}
            {"index":{"_index":"logstash-2026"}}
            {"@timestamp":"yesterday","message":"not taken"}

            """;
        using var body = new ByteArrayContent(Gzip(bulk)) { Headers = { ContentType = new("application/x-ndjson"), ContentEncoding = { "gzip" } } };
        var answer = await client.PostAsync("_bulk?filter_path=errors,items.*.error,items.*.status", body);
        answer.IsSuccessStatusCode.ShouldBeTrue(await answer.Content.ReadAsStringAsync());
        var outcome = await answer.Content.ReadFromJsonAsync<JsonElement>();
        outcome.GetProperty("errors").GetBoolean().ShouldBeTrue();
        outcome.GetProperty("items")[0].GetProperty("create").GetProperty("status").GetInt32().ShouldBe(201);
        outcome.GetProperty("items")[1].GetProperty("index").GetProperty("error").Text("type").ShouldBe("bad-timestamp");

        var record = await fixture.FindAsync($"run:{run}");
        record.Text("service").ShouldBe("shipped");
        record.Text("level").ShouldBe("error");
        record.Text("host").ShouldBe("web-1");
        record.Text("body").ShouldBe("payment failed");
    }

    private static byte[] Gzip(string text)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionMode.Compress)) gzip.Write(Encoding.UTF8.GetBytes(text));
        return packed.ToArray();
    }
}
