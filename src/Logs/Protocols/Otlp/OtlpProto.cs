using Rialto.Logs.Ingest;

namespace Rialto.Logs.Protocols.Otlp;

/// <summary>Decodes an <c>ExportLogsServiceRequest</c> in protobuf. Numbers of fields are those of opentelemetry-proto, named where they are used.</summary>
internal sealed class OtlpProto(OtlpRows rows)
{
    private readonly byte[] _path = new byte[IngestLimits.KeyBytesMax];
    private readonly AnyValueText _text = new();

    public void Decode(ReadOnlySpan<byte> request)
    {
        var message = new ProtoReader(request);
        while (message.TryNext())
        {
            if (message.Is(1, WireType.Bytes)) // resource_logs
                ResourceLogs(message.Bytes);
        }

        BreakIf(message.IsBroken);
    }

    private void BreakIf(bool isBroken)
    {
        if (isBroken)
            rows.Break(RecordProblem.BrokenProtobuf);
    }

    /// <summary>A sender may put the resource behind the records it belongs to, so it is read first.</summary>
    private void ResourceLogs(ReadOnlySpan<byte> bytes)
    {
        rows.BeginResource();
        var message = new ProtoReader(bytes);
        while (message.TryNext())
        {
            if (message.Is(1, WireType.Bytes)) // resource
                Resource(message.Bytes);
        }

        message = new ProtoReader(bytes);
        while (message.TryNext())
        {
            if (message.Is(2, WireType.Bytes)) // scope_logs
                ScopeLogs(message.Bytes);
        }

        BreakIf(message.IsBroken);
    }

    private void Resource(ReadOnlySpan<byte> bytes)
    {
        var message = new ProtoReader(bytes);
        while (message.TryNext())
        {
            if (message.Is(1, WireType.Bytes) && TryPair(message.Bytes, out var key, out var value)) // attributes
                rows.Resource(key, _text.Of(value));
        }
    }

    private void ScopeLogs(ReadOnlySpan<byte> bytes)
    {
        var name = ReadOnlySpan<byte>.Empty;
        var message = new ProtoReader(bytes);
        while (message.TryNext())
        {
            if (message.Is(1, WireType.Bytes)) // scope
                name = First(message.Bytes, 1); // name
        }

        rows.BeginScope(name);
        message = new ProtoReader(bytes);
        while (message.TryNext())
        {
            if (message.Is(2, WireType.Bytes)) // log_records
                Record(message.Bytes);
        }

        BreakIf(message.IsBroken);
    }

    private void Record(ReadOnlySpan<byte> bytes)
    {
        rows.BeginRecord();
        var severityText = ReadOnlySpan<byte>.Empty;
        var message = new ProtoReader(bytes);
        while (message.TryNext())
        {
            switch (message.Field)
            {
                case 1 when message.Type == WireType.Fixed64: // time_unix_nano
                    rows.Time(message.Number);
                    break;
                case 11 when message.Type == WireType.Fixed64: // observed_time_unix_nano
                    rows.Observed(message.Number);
                    break;
                case 2 when message.Type == WireType.VarInt: // severity_number
                    rows.Severity(message.Number);
                    break;
                case 3 when message.Type == WireType.Bytes: // severity_text
                    severityText = message.Bytes;
                    break;
                case 5 when message.Type == WireType.Bytes: // body
                    rows.Body(_text.Of(message.Bytes));
                    break;
                case 6 when message.Type == WireType.Bytes: // attributes
                    Attribute(message.Bytes, 0, 0);
                    break;
                case 9 when message.Type == WireType.Bytes: // trace_id
                    rows.Trace(message.Bytes);
                    break;
                case 10 when message.Type == WireType.Bytes: // span_id
                    rows.Span(message.Bytes);
                    break;
                case 12 when message.Type == WireType.Bytes && !message.Bytes.IsEmpty: // event_name
                    rows.Attribute("event.name"u8, message.Bytes);
                    break;
            }
        }

        rows.SeverityName(severityText);
        if (message.IsBroken || _text.IsTooDeep)
            rows.Check(message.IsBroken ? RecordProblem.BrokenProtobuf : RecordProblem.TooDeep);
        rows.EndRecord(bytes.Length);
    }

    /// <summary>One attribute; the first <paramref name="prefix"/> bytes of the path are the keys around it.</summary>
    private void Attribute(ReadOnlySpan<byte> pair, int prefix, int depth)
    {
        if (!TryPair(pair, out var key, out var value))
            return;
        if (prefix > 0)
        {
            if (prefix + 1 + key.Length > _path.Length)
            {
                rows.Check(RecordProblem.KeyTooLong);
                return;
            }

            _path[prefix] = (byte)'.';
            key.CopyTo(_path.AsSpan(prefix + 1));
            key = _path.AsSpan(0, prefix + 1 + key.Length);
        }

        var any = new ProtoReader(value);
        while (any.TryNext())
        {
            switch (any.Field)
            {
                case 3 when any.Type == WireType.VarInt && Math.Abs((double)(long)any.Number) <= AnyValueText.ExactMax: // int_value
                    rows.Attribute(key, (long)any.Number);
                    return;
                case 4 when any.Type == WireType.Fixed64 && double.IsFinite(BitConverter.UInt64BitsToDouble(any.Number)): // double_value
                    rows.Attribute(key, BitConverter.UInt64BitsToDouble(any.Number));
                    return;
                case 6 when any.Type == WireType.Bytes: // kvlist_value
                    Members(any.Bytes, key, depth + 1);
                    return;
            }
        }

        rows.Attribute(key, _text.Of(value));
    }

    private void Members(ReadOnlySpan<byte> list, ReadOnlySpan<byte> key, int depth)
    {
        if (depth > IngestLimits.DepthMax || key.Length > _path.Length)
        {
            rows.Check(depth > IngestLimits.DepthMax ? RecordProblem.TooDeep : RecordProblem.KeyTooLong);
            return;
        }

        key.CopyTo(_path);
        var message = new ProtoReader(list);
        while (message.TryNext())
        {
            if (message.Is(1, WireType.Bytes)) // values
                Attribute(message.Bytes, key.Length, depth);
        }
    }

    /// <summary>The parts of a KeyValue; false when it has no value, as an attribute that is not set.</summary>
    internal static bool TryPair(ReadOnlySpan<byte> pair, out ReadOnlySpan<byte> key, out ReadOnlySpan<byte> value)
    {
        key = value = default;
        var hasValue = false;
        var message = new ProtoReader(pair);
        while (message.TryNext())
        {
            if (message.Is(1, WireType.Bytes))
            {
                key = message.Bytes;
            }
            else if (message.Is(2, WireType.Bytes))
            {
                value = message.Bytes;
                hasValue = !value.IsEmpty;
            }
        }

        return hasValue;
    }

    private static ReadOnlySpan<byte> First(ReadOnlySpan<byte> bytes, int field)
    {
        var message = new ProtoReader(bytes);
        while (message.TryNext())
        {
            if (message.Is(field, WireType.Bytes))
                return message.Bytes;
        }

        return default;
    }
}
