using System.Diagnostics;
using System.Text.Json;

namespace Rialto.Platform.Gateway.Requests;

/// <summary>One request as <c>requests</c> has it.</summary>
internal readonly record struct RequestRecord(
    uint Organization, uint Application, DateTimeOffset At, string Method, string Route, int Status, TimeSpan Duration, long RequestBytes, long ResponseBytes,
    string Credential, string Upstream, TimeSpan UpstreamTime, string Firewall, ActivityTraceId Trace)
{
    /// <summary>Columns of <see cref="WriteTo"/>, in the words of the table.</summary>
    public const string Insert =
        "INSERT INTO requests (TenantId, AppId, Timestamp, NodeId, Method, Route, Status, DurationUs, RequestBytes, ResponseBytes, Credential, Upstream, UpstreamUs, Firewall, TraceId) "
        + "SELECT TenantId, AppId, fromUnixTimestamp64Milli(At, 'UTC'), NodeId, Method, Route, Status, DurationUs, RequestBytes, ResponseBytes, Credential, Upstream, UpstreamUs, Firewall, unhex(Trace) "
        + "FROM input('TenantId UInt32, AppId UInt32, At Int64, NodeId UInt16, Method String, Route String, Status UInt16, DurationUs UInt32, RequestBytes UInt64, ResponseBytes UInt64, "
        + "Credential String, Upstream String, UpstreamUs UInt32, Firewall String, Trace String') FORMAT JSONEachRow";

    public void WriteTo(Utf8JsonWriter json, int node)
    {
        json.WriteStartObject();
        json.WriteNumber("TenantId"u8, Organization);
        json.WriteNumber("AppId"u8, Application);
        json.WriteNumber("At"u8, At.ToUnixTimeMilliseconds());
        json.WriteNumber("NodeId"u8, node);
        json.WriteString("Method"u8, Method);
        json.WriteString("Route"u8, Route);
        json.WriteNumber("Status"u8, Status);
        json.WriteNumber("DurationUs"u8, Microseconds(Duration));
        json.WriteNumber("RequestBytes"u8, RequestBytes);
        json.WriteNumber("ResponseBytes"u8, ResponseBytes);
        json.WriteString("Credential"u8, Credential);
        json.WriteString("Upstream"u8, Upstream);
        json.WriteNumber("UpstreamUs"u8, Microseconds(UpstreamTime));
        json.WriteString("Firewall"u8, Firewall);
        json.WriteString("Trace"u8, Trace == default ? "00000000000000000000000000000000" : Trace.ToHexString());
        json.WriteEndObject();
    }

    private static uint Microseconds(TimeSpan time) => (uint)Math.Clamp(time.TotalMicroseconds, 0, uint.MaxValue);
}
