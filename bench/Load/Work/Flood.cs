using System.Diagnostics;
using Rialto.Bench.Load.Target;

namespace Rialto.Bench.Load.Work;

/// <summary>How the work is sent.</summary>
internal enum Format
{
    Json,
    Otlp,
}

/// <summary>What became of it.</summary>
internal sealed record Flooded(long Records, long Bytes, double Seconds, double[] LatenciesMs, int Failed);

/// <summary>Sends the work as fast as it is acknowledged: a few connections, each with one request on its way.</summary>
internal static class Flood
{
    /// <summary>As the peers were measured with.</summary>
    public const int Connections = 4;

    /// <summary>What one line may take at most in either format.</summary>
    private const int LineBytesMax = 640;

    /// <summary>All requests, made before any clock starts.</summary>
    public static byte[][] Prepare(RecordWork work, HostUnderTest host, Format format, long firstLine, int requests, int lines)
    {
        var payloads = new byte[requests][];
        Parallel.For(0, requests, request => payloads[request] = Request(work, host, format, firstLine + ((long)request * lines), lines));
        return payloads;
    }

    public static async Task<Flooded> SendAsync(HostUnderTest host, byte[][] payloads, int lines, int connections)
    {
        var next = -1;
        var failed = 0;
        var latencies = new double[payloads.Length];
        var clock = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, connections).Select(_ => Task.Run(async () =>
        {
            using var sender = await RawSender.ConnectAsync(host.Url);
            for (var request = Interlocked.Increment(ref next); request < payloads.Length; request = Interlocked.Increment(ref next))
            {
                var began = Stopwatch.GetTimestamp();
                if (await sender.SendAsync(payloads[request]) != 200)
                    Interlocked.Increment(ref failed);
                latencies[request] = Stopwatch.GetElapsedTime(began).TotalMilliseconds;
            }
        })));
        var seconds = clock.Elapsed.TotalSeconds;
        Array.Sort(latencies);
        return new Flooded((long)(payloads.Length - failed) * lines, payloads.Sum(payload => (long)payload.Length), seconds, latencies, failed);
    }

    private static byte[] Request(RecordWork work, HostUnderTest host, Format format, long first, int lines)
    {
        var body = new byte[lines * LineBytesMax];
        var length = 0;
        if (format == Format.Otlp)
            length = OtlpWork.Write(work, first, lines, body);
        else
        {
            for (var line = first; line < first + lines; line++)
                length += work.WriteJson(line, body.AsSpan(length));
        }

        var head = format == Format.Otlp
            ? RawSender.Head(host.Url, "/v1/logs", host.Key, "application/x-protobuf", length)
            : RawSender.Head(host.Url, "/api/logs/records", host.Key, "application/x-ndjson", length);
        return [.. head, .. body.AsSpan(0, length)];
    }
}
