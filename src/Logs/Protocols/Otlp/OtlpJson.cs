using System.Text.Unicode;
using Rialto.Logs.Protocols.Json;
using Rialto.Logs.Records;

namespace Rialto.Logs.Protocols.Otlp;

/// <summary>
/// Decodes an <c>ExportLogsServiceRequest</c> in OTLP's JSON: ids in hexadecimal, 64-bit numbers as text or as numbers. Names in snake_case are read too.
/// A record that is not valid costs only itself; a fault around the records ends the request there.
/// </summary>
internal sealed class OtlpJson(OtlpRows rows)
{
    private readonly OtlpJsonValue _value = new();

    public void Decode(ReadOnlySpan<byte> request)
    {
        var json = new JsonCursor(request, 0);
        if (!Request(ref json))
            rows.Break(JsonRecord.ProblemOf(json.Fault, json.Position) ?? RecordProblem.BodyTruncated);
        else if (json.TryPeek(out _))
            rows.Break(RecordProblem.Malformed(json.Position));
    }

    private bool Request(ref JsonCursor json)
    {
        var members = 0;
        if (!json.Take((byte)'{'))
            return false;
        while (json.NextMember(ref members, out var name))
        {
            if (!Is(name, "resourceLogs"u8, "resource_logs"u8))
            {
                if (!json.TakeValue(1))
                    return false;
                continue;
            }

            var elements = 0;
            if (!json.Take((byte)'['))
                return false;
            while (json.NextElement(ref elements))
            {
                if (!ResourceLogs(ref json))
                    return false;
            }
        }

        return json.Fault == JsonFault.None;
    }

    /// <summary>A sender may put the resource behind the records it belongs to, so it is looked for first.</summary>
    private bool ResourceLogs(ref JsonCursor json)
    {
        rows.BeginResource();
        if (TryFind(json, "resource"u8, out var resource))
            Resource(ref resource);
        return Lists(ref json, "scopeLogs"u8, "scope_logs"u8, isScopes: true);
    }

    private void Resource(ref JsonCursor json)
    {
        if (!TryFind(json, "attributes"u8, out var attributes) || !attributes.Take((byte)'['))
            return;
        var elements = 0;
        while (attributes.NextElement(ref elements) && _value.TakePair(ref attributes))
        {
            if (_value.Kind != OtlpJsonKind.None)
                rows.Resource(_value.Key, _value.Text);
        }
    }

    private bool ScopeLogs(ref JsonCursor json)
    {
        var name = ReadOnlySpan<byte>.Empty;
        if (TryFind(json, "scope"u8, out var scope) && TryFind(scope, "name"u8, out var at) && at.TakeString(out var raw, out var escaped))
            name = escaped ? JsonText.Unescaped(raw) : raw;
        rows.BeginScope(name);
        return Lists(ref json, "logRecords"u8, "log_records"u8, isScopes: false);
    }

    /// <summary>Takes an object and, of its members, the list with this name.</summary>
    private bool Lists(ref JsonCursor json, ReadOnlySpan<byte> camel, ReadOnlySpan<byte> snake, bool isScopes)
    {
        var members = 0;
        if (!json.Take((byte)'{'))
            return false;
        while (json.NextMember(ref members, out var name))
        {
            if (!Is(name, camel, snake))
            {
                if (!json.TakeValue(2))
                    return false;
                continue;
            }

            var elements = 0;
            if (!json.Take((byte)'['))
                return false;
            while (json.NextElement(ref elements))
            {
                if (!(isScopes ? ScopeLogs(ref json) : Record(ref json)))
                    return false;
            }
        }

        return json.Fault == JsonFault.None;
    }

    /// <summary>Takes one record, or what stands in its place; false when the text ends in it.</summary>
    private bool Record(ref JsonCursor json)
    {
        var start = json.Position;
        rows.BeginRecord();
        var isObject = json.TryTake((byte)'{');
        if (isObject && Members(ref json))
        {
            var whole = json.Slice(start);
            rows.Check(Utf8.IsValid(whole) ? null : RecordProblem.InvalidUtf8);
            rows.EndRecord(whole.Length);
            return true;
        }

        rows.Check(isObject ? JsonRecord.ProblemOf(json.Fault, json.Position - start) ?? RecordProblem.BodyTruncated : RecordProblem.NotAnObject);
        rows.EndRecord(0);
        json.Restart(start);
        if (json.TakeValue(4))
            return true;
        var end = start;
        var isFound = default(JsonSkipper).TrySkip(json.Text, ref end);
        json.Restart(end);
        return isFound || json.Fail(JsonFault.Incomplete);
    }

    private bool Members(ref JsonCursor json)
    {
        var severityName = Array.Empty<byte>();
        var members = 0;
        while (json.NextMember(ref members, out var name))
        {
            if (Is(name, "severityText"u8, "severity_text"u8))
            {
                if (!_value.TakeText(ref json))
                    return false;
                severityName = _value.Text.ToArray();
            }
            else if (!Member(ref json, name))
            {
                return false;
            }
        }

        rows.SeverityName(severityName);
        return json.Fault == JsonFault.None;
    }

    private bool Member(ref JsonCursor json, scoped ReadOnlySpan<byte> name)
    {
        if (Is(name, "timeUnixNano"u8, "time_unix_nano"u8))
        {
            if (!_value.TakeInteger(ref json, out var time))
                return false;
            rows.Time(time);
        }
        else if (Is(name, "observedTimeUnixNano"u8, "observed_time_unix_nano"u8))
        {
            if (!_value.TakeInteger(ref json, out var observed))
                return false;
            rows.Observed(observed);
        }
        else if (Is(name, "severityNumber"u8, "severity_number"u8))
        {
            if (!_value.TakeInteger(ref json, out var severity))
                return false;
            rows.Severity(severity);
        }
        else if (name.SequenceEqual("body"u8))
        {
            if (!_value.Take(ref json, 5))
                return false;
            rows.Body(_value.Text);
        }
        else if (name.SequenceEqual("attributes"u8))
        {
            return Attributes(ref json);
        }
        else if (Is(name, "eventName"u8, "event_name"u8))
        {
            if (!_value.TakeText(ref json))
                return false;
            if (!_value.Text.IsEmpty)
                rows.Attribute("event.name"u8, _value.Text);
        }
        else
        {
            return Id(ref json, name);
        }

        return true;
    }

    private bool Id(ref JsonCursor json, scoped ReadOnlySpan<byte> name)
    {
        var isTrace = Is(name, "traceId"u8, "trace_id"u8);
        if (!isTrace && !Is(name, "spanId"u8, "span_id"u8))
            return json.TakeValue(5);
        if (!_value.TakeText(ref json))
            return false;
        Span<byte> id = stackalloc byte[isTrace ? RecordBatch.TraceIdBytes : RecordBatch.SpanIdBytes];
        if (!HexId.TryParse(_value.Text, id))
            return true;
        if (isTrace)
            rows.Trace(id);
        else
            rows.Span(id);
        return true;
    }

    private bool Attributes(ref JsonCursor json)
    {
        var elements = 0;
        if (!json.Take((byte)'['))
            return false;
        while (json.NextElement(ref elements))
        {
            if (!_value.TakePair(ref json))
                return false;
            Attribute();
        }

        return json.Fault == JsonFault.None;
    }

    private void Attribute()
    {
        switch (_value.Kind)
        {
            case OtlpJsonKind.Number:
                rows.Attribute(_value.Key, _value.Number);
                break;
            case OtlpJsonKind.Map:
                // Rare: a map of attributes under one key. Its members are attributes of their own, as with every protocol.
                var key = _value.Key.ToArray();
                var members = _value.Text.ToArray();
                OtlpJsonMap.Flatten(members, key, rows);
                break;
            case OtlpJsonKind.Text:
                rows.Attribute(_value.Key, _value.Text);
                break;
        }
    }

    /// <summary>Finds a member of the object at the cursor without moving it.</summary>
    private static bool TryFind(JsonCursor json, ReadOnlySpan<byte> wanted, out JsonCursor value)
    {
        var members = 0;
        value = json;
        if (!json.TryTake((byte)'{'))
            return false;
        while (json.NextMember(ref members, out var name))
        {
            if (name.SequenceEqual(wanted))
            {
                value = json;
                return true;
            }

            if (!json.TakeValue(2))
                return false;
        }

        return false;
    }

    private static bool Is(ReadOnlySpan<byte> name, ReadOnlySpan<byte> camel, ReadOnlySpan<byte> snake) => name.SequenceEqual(camel) || name.SequenceEqual(snake);
}
