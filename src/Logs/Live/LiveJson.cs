using System.Text.Json;
using Rialto.Logs.Records;
using Rialto.Logs.Search;

namespace Rialto.Logs.Live;

/// <summary>Rows of a batch on their way to JSON.</summary>
internal static class LiveJson
{
    public static void Write(Utf8JsonWriter json, RecordBatch batch, int row)
    {
        RecordJson.Begin(json, new RecordHead
        {
            Sequence = batch.Sequence(row),
            TimeNanos = batch.TimeNanos(row),
            ObservedMillis = batch.Observation(row),
            Application = batch.ApplicationName,
            Service = batch.Service(row),
            Environment = batch.Environment(row),
            Host = batch.Host(row),
            Severity = batch.Severity(row),
            TraceId = batch.TraceId(row),
            SpanId = batch.SpanId(row),
            Body = batch.Body(row),
        });
        var attributes = batch.Attributes(row);
        for (var i = 0; i < attributes.Count; i++)
            json.WriteString(attributes.Key(i), attributes.Value(i));
        var numbers = batch.Numbers(row);
        for (var i = 0; i < numbers.Count; i++)
            RecordJson.Number(json, numbers.Key(i), numbers.Value(i));
        RecordJson.Resource(json);
        var resources = batch.Resources(row);
        for (var i = 0; i < resources.Count; i++)
            json.WriteString(resources.Key(i), resources.Value(i));
        RecordJson.End(json);
    }
}
