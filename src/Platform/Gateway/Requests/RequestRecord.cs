using System.Buffers;
using System.Buffers.Binary;
using System.Diagnostics;
using System.Text;

namespace Rialto.Platform.Gateway.Requests;

/// <summary>One request as <c>requests</c> has it.</summary>
internal readonly record struct RequestRecord(
    uint Organization, uint Application, DateTimeOffset At, string Method, string Route, int Status, TimeSpan Duration, long RequestBytes, long ResponseBytes,
    string Credential, string Upstream, TimeSpan UpstreamTime, string Firewall, ActivityTraceId Trace)
{
    /// <summary>Columns in the order of <see cref="WriteTo"/>.</summary>
    public const string Insert =
        "INSERT INTO requests (TenantId, AppId, Timestamp, NodeId, Method, Route, Status, DurationUs, RequestBytes, ResponseBytes, Credential, Upstream, UpstreamUs, Firewall, TraceId) "
        + "FORMAT RowBinary";

    private const int TraceBytes = 16;

    /// <summary>The row as <c>RowBinary</c> has it: numbers of fixed width, lowest byte first; texts behind their length.</summary>
    public void WriteTo(IBufferWriter<byte> row, int node)
    {
        Write(row, Organization);
        Write(row, Application);
        Write(row, (ulong)At.ToUnixTimeMilliseconds());
        Write(row, (ushort)node);
        Write(row, Method);
        Write(row, Route);
        Write(row, (ushort)Status);
        Write(row, Microseconds(Duration));
        Write(row, (ulong)RequestBytes);
        Write(row, (ulong)ResponseBytes);
        Write(row, Credential);
        Write(row, Upstream);
        Write(row, Microseconds(UpstreamTime));
        Write(row, Firewall);
        Span<byte> trace = stackalloc byte[TraceBytes];
        Trace.CopyTo(trace);
        row.Write(trace);
    }

    private static void Write(IBufferWriter<byte> row, ushort number)
    {
        BinaryPrimitives.WriteUInt16LittleEndian(row.GetSpan(sizeof(ushort)), number);
        row.Advance(sizeof(ushort));
    }

    private static void Write(IBufferWriter<byte> row, uint number)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(row.GetSpan(sizeof(uint)), number);
        row.Advance(sizeof(uint));
    }

    private static void Write(IBufferWriter<byte> row, ulong number)
    {
        BinaryPrimitives.WriteUInt64LittleEndian(row.GetSpan(sizeof(ulong)), number);
        row.Advance(sizeof(ulong));
    }

    private static void Write(IBufferWriter<byte> row, string text)
    {
        var length = (uint)Encoding.UTF8.GetByteCount(text);
        for (; length >= 0x80; length >>= 7) row.Write([(byte)(length | 0x80)]);
        row.Write([(byte)length]);
        Encoding.UTF8.GetBytes(text, row);
    }

    private static uint Microseconds(TimeSpan time) => (uint)Math.Clamp(time.TotalMicroseconds, 0, uint.MaxValue);
}
