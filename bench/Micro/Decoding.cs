using System.Text.Json;
using BenchmarkDotNet.Attributes;
using Rialto.Bench.Load.Work;
using Rialto.Logs.Ingest;
using Rialto.Logs.Protocols.Json;
using Rialto.Logs.Protocols.Otlp;
using Rialto.Logs.Records;
using Rialto.Logs.Syslog;

namespace Rialto.Bench.Micro;

/// <summary>From a body of 1,000 records to a batch. The request's own objects count in; the network does not.</summary>
public class Decoding
{
    internal const int Records = 1000;

    private static readonly DateTimeOffset Now = TimeProvider.System.GetUtcNow();
    private static readonly RecordSource Source = new(1, 2, "shop", 30);

    private readonly RecordBatchPool _pool = new();
    private readonly byte[] _json = Json();
    private readonly byte[] _otlp = Otlp();
    private readonly byte[][] _syslog = Syslog();

    [Benchmark(OperationsPerInvoke = Records)]
    public int JsonLines()
    {
        var intake = new Intake(_pool, Source, Now);
        new JsonRecords().Decode(_json, true, intake);
        return Finish(intake);
    }

    [Benchmark(OperationsPerInvoke = Records)]
    public int OtlpProtobuf()
    {
        var intake = new Intake(_pool, Source, Now);
        new OtlpProto(new OtlpRows(intake)).Decode(_otlp);
        return Finish(intake);
    }

    [Benchmark(OperationsPerInvoke = Records)]
    public int Syslog5424()
    {
        var intake = new Intake(_pool, Source, Now);
        foreach (var message in _syslog)
            SyslogMessage.Take(message, intake);
        return Finish(intake);
    }

    /// <summary>Only to read the JSON of each line, without making anything of it.</summary>
    [Benchmark(Baseline = true, OperationsPerInvoke = Records)]
    public int BaselineUtf8JsonReader()
    {
        var tokens = 0;
        for (var rest = _json.AsSpan(); !rest.IsEmpty;)
        {
            var end = rest.IndexOf((byte)'\n') + 1;
            var reader = new Utf8JsonReader(rest[..end]);
            while (reader.Read())
                tokens++;
            rest = rest[end..];
        }

        return tokens;
    }

    internal static RecordWork Work() => new(1, Now.ToUnixTimeMilliseconds() * 1_000_000, 1000);

    internal static byte[] Json()
    {
        var buffer = new byte[Records * 640];
        var length = 0;
        for (var line = 0; line < Records; line++)
            length += Work().WriteJson(line, buffer.AsSpan(length));
        return buffer[..length];
    }

    internal static RecordBatch Batch(RecordBatchPool pool)
    {
        var intake = new Intake(pool, Source, Now);
        new JsonRecords().Decode(Json(), true, intake);
        return intake.TakeBatch()!;
    }

    private static byte[] Otlp()
    {
        var buffer = new byte[Records * 640];
        return buffer[..OtlpWork.Write(Work(), 0, Records, buffer)];
    }

    private static byte[][] Syslog()
    {
        var messages = new byte[Records][];
        Span<byte> text = stackalloc byte[400];
        for (var line = 0; line < Records; line++)
        {
            var parts = Work().At(line, text);
            messages[line] = [.. "<165>1 2026-11-21T10:00:00.123456Z web-1 app-001 4711 ID47 - "u8, .. text[..parts.MessageLength]];
        }

        return messages;
    }

    private static int Finish(Intake intake)
    {
        if (intake.Accepted != Records)
            throw new InvalidOperationException($"{intake.Rejected} records were rejected: {intake.Problems[0].Problem}");
        while (intake.TakeBatch() is { } batch)
            batch.Release();
        return intake.Accepted;
    }
}
