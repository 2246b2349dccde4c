using System.Buffers.Binary;

namespace Rialto.Bench.Load.Work;

/// <summary>
/// The same work as an OpenTelemetry collector sends it: ExportLogsServiceRequest in protobuf, one resource (a service on a host) a request.
/// </summary>
internal static class OtlpWork
{
    private const int LengthBytes = 3;

    /// <summary>Writes lines <paramref name="first"/> and following; returns the bytes written.</summary>
    public static int Write(RecordWork work, long first, int lines, Span<byte> target)
    {
        Span<byte> message = stackalloc byte[400];
        var parts = work.At(first, message);
        var at = 0;
        var resourceLogs = Open(target, ref at, 1);
        var resource = Open(target, ref at, 1);
        Span<byte> name = stackalloc byte[16];
        var text = new Utf8Text(name);
        text.Add("app-"u8);
        text.Add((ulong)parts.Service, 3);
        Attribute(target, ref at, "service.name"u8, name[..text.Length]);
        text = new Utf8Text(name);
        text.Add("web-"u8);
        text.Add((ulong)parts.Host);
        Attribute(target, ref at, "host.name"u8, name[..text.Length]);
        Close(target, at, resource);
        var scopeLogs = Open(target, ref at, 2);
        for (var line = first; line < first + lines; line++)
        {
            parts = work.At(line, message);
            var record = Open(target, ref at, 2);
            target[at++] = (1 << 3) | 1;
            BinaryPrimitives.WriteUInt64LittleEndian(target[at..], (ulong)parts.Nanos);
            at += 8;
            target[at++] = 2 << 3;
            target[at++] = parts.Level switch { "debug" => 5, "warn" => 13, "error" => 17, _ => 9 };
            var body = Open(target, ref at, 5);
            Bytes(target, ref at, 1, message[..parts.MessageLength]);
            Close(target, at, body);
            target[at++] = (9 << 3) | 2;
            target[at++] = 16;
            BinaryPrimitives.WriteUInt64BigEndian(target[at..], parts.TraceHigh);
            BinaryPrimitives.WriteUInt64BigEndian(target[(at + 8)..], parts.TraceLow);
            at += 16;
            Close(target, at, record);
        }

        Close(target, at, scopeLogs);
        Close(target, at, resourceLogs);
        return at;
    }

    private static void Attribute(Span<byte> target, ref int at, ReadOnlySpan<byte> key, ReadOnlySpan<byte> value)
    {
        var pair = Open(target, ref at, 1);
        Bytes(target, ref at, 1, key);
        var any = Open(target, ref at, 2);
        Bytes(target, ref at, 1, value);
        Close(target, at, any);
        Close(target, at, pair);
    }

    private static void Bytes(Span<byte> target, ref int at, int field, ReadOnlySpan<byte> value)
    {
        var start = Open(target, ref at, field);
        value.CopyTo(target[at..]);
        at += value.Length;
        Close(target, at, start);
    }

    // A length is written when the message is: in three bytes, which protobuf allows also where one would do.
    private static int Open(Span<byte> target, ref int at, int field)
    {
        target[at++] = (byte)((field << 3) | 2);
        at += LengthBytes;
        return at;
    }

    private static void Close(Span<byte> target, int at, int start)
    {
        var length = at - start;
        if (length >= 1 << (7 * LengthBytes))
            throw new InvalidOperationException("A request of more than 2 MiB: send fewer lines in each.");
        target[start - 3] = (byte)(length | 0x80);
        target[start - 2] = (byte)((length >> 7) | 0x80);
        target[start - 1] = (byte)((length >> 14) & 0x7f);
    }
}
