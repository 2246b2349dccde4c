using System.Text.Json;

namespace Rialto.Logs.Search;

/// <summary>Rows of the table on their way to JSON. <see cref="Columns"/> and <see cref="Write"/> must agree.</summary>
internal static class RecordRows
{
    public const string Columns =
        "Seq, Timestamp, ObservedTimestamp, AppId, ServiceName, Environment, Host, SeverityNumber, TraceId, SpanId, Body, Attributes, AttributesNumber, Resource";

    /// <summary>Writes the row at the reader as JSON and returns its place in the order of search.</summary>
    public static (long Time, ulong Sequence) Write(Utf8JsonWriter json, ref RowReader row, ApplicationNames applications)
    {
        var head = new RecordHead
        {
            Sequence = row.UInt64(),
            TimeNanos = row.Int64(),
            ObservedMillis = row.Int64(),
            Application = applications.NameOf(row.UInt32()),
            Service = row.Text(),
            Environment = row.Text(),
            Host = row.Text(),
            Severity = row.UInt8(),
            TraceId = row.Bytes(16),
            SpanId = row.Bytes(8),
            Body = row.Text(),
        };
        RecordJson.Begin(json, head);
        for (var pairs = row.Length(); pairs > 0; pairs--)
        {
            var key = row.Text();
            json.WriteString(key, row.Text());
        }

        for (var pairs = row.Length(); pairs > 0; pairs--)
        {
            var key = row.Text();
            RecordJson.Number(json, key, row.Float64());
        }

        RecordJson.Resource(json);
        for (var pairs = row.Length(); pairs > 0; pairs--)
        {
            var key = row.Text();
            json.WriteString(key, row.Text());
        }

        RecordJson.End(json);
        return (head.TimeNanos, head.Sequence);
    }
}
