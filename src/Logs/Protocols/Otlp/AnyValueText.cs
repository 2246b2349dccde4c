using System.Buffers;
using System.Globalization;
using System.Text.Json;
using System.Text.Unicode;
using Rialto.Logs.Ingest;

namespace Rialto.Logs.Protocols.Otlp;

/// <summary>Any value of OpenTelemetry's protobuf as one text: strings as they are, bytes as base64, lists and maps as JSON.</summary>
internal sealed class AnyValueText
{
    /// <summary>Whole numbers beyond it are not all doubles.</summary>
    public const double ExactMax = 9_007_199_254_740_992;

    private readonly ArrayBufferWriter<byte> _buffer = new();
    private Utf8JsonWriter? _json;

    /// <summary>A value since the last look was nested deeper than records may be.</summary>
    public bool IsTooDeep { get; private set; }

    /// <summary>The text; it points into the value or into a buffer that the next call uses again.</summary>
    public ReadOnlySpan<byte> Of(ReadOnlySpan<byte> value)
    {
        IsTooDeep = false;
        var message = new ProtoReader(value);
        while (message.TryNext())
        {
            switch (message.Field)
            {
                case 1 when message.Type == WireType.Bytes: // string_value
                    return message.Bytes;
                case 2 when message.Type == WireType.VarInt: // bool_value
                    return message.Number != 0 ? "true"u8 : "false"u8;
                case 3 when message.Type == WireType.VarInt: // int_value
                    return Formatted((long)message.Number);
                case 4 when message.Type == WireType.Fixed64: // double_value
                    return Formatted(BitConverter.UInt64BitsToDouble(message.Number));
                case 5 or 6 when message.Type == WireType.Bytes: // array_value, kvlist_value
                    return Json(value);
                case 7 when message.Type == WireType.Bytes: // bytes_value
                    return Base64(message.Bytes);
            }
        }

        return default;
    }

    private ReadOnlySpan<byte> Formatted<T>(T number)
        where T : IUtf8SpanFormattable
    {
        _buffer.ResetWrittenCount();
        number.TryFormat(_buffer.GetSpan(32), out var length, default, CultureInfo.InvariantCulture);
        _buffer.Advance(length);
        return _buffer.WrittenSpan;
    }

    private ReadOnlySpan<byte> Base64(ReadOnlySpan<byte> bytes)
    {
        _buffer.ResetWrittenCount();
        System.Buffers.Text.Base64.EncodeToUtf8(bytes, _buffer.GetSpan(System.Buffers.Text.Base64.GetMaxEncodedToUtf8Length(bytes.Length)), out _, out var length);
        _buffer.Advance(length);
        return _buffer.WrittenSpan;
    }

    private ReadOnlySpan<byte> Json(ReadOnlySpan<byte> value)
    {
        _buffer.ResetWrittenCount();
        _json ??= new Utf8JsonWriter(_buffer, new JsonWriterOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true });
        _json.Reset(_buffer);
        Write(value, 0);
        _json.Flush();
        return _buffer.WrittenSpan;
    }

    private void Write(ReadOnlySpan<byte> value, int depth)
    {
        var message = new ProtoReader(value);
        while (message.TryNext())
        {
            switch (message.Field)
            {
                case 1 when message.Type == WireType.Bytes:
                    WriteText(message.Bytes);
                    return;
                case 2 when message.Type == WireType.VarInt:
                    _json!.WriteBooleanValue(message.Number != 0);
                    return;
                case 3 when message.Type == WireType.VarInt:
                    _json!.WriteNumberValue((long)message.Number);
                    return;
                case 4 when message.Type == WireType.Fixed64 && double.IsFinite(BitConverter.UInt64BitsToDouble(message.Number)):
                    _json!.WriteNumberValue(BitConverter.UInt64BitsToDouble(message.Number));
                    return;
                case 5 when message.Type == WireType.Bytes:
                    WriteList(message.Bytes, depth + 1);
                    return;
                case 6 when message.Type == WireType.Bytes:
                    WriteMap(message.Bytes, depth + 1);
                    return;
                case 7 when message.Type == WireType.Bytes:
                    _json!.WriteBase64StringValue(message.Bytes);
                    return;
            }
        }

        _json!.WriteNullValue();
    }

    private void WriteList(ReadOnlySpan<byte> list, int depth)
    {
        _json!.WriteStartArray();
        IsTooDeep |= depth > IngestLimits.DepthMax;
        var values = new ProtoReader(list);
        while (!IsTooDeep && values.TryNext())
        {
            if (values.Is(1, WireType.Bytes))
                Write(values.Bytes, depth);
        }

        _json.WriteEndArray();
    }

    private void WriteMap(ReadOnlySpan<byte> map, int depth)
    {
        _json!.WriteStartObject();
        IsTooDeep |= depth > IngestLimits.DepthMax;
        var pairs = new ProtoReader(map);
        while (!IsTooDeep && pairs.TryNext())
        {
            if (!pairs.Is(1, WireType.Bytes) || !OtlpProto.TryPair(pairs.Bytes, out var key, out var value))
                continue;
            _json.WritePropertyName(Utf8.IsValid(key) ? key : "?"u8);
            Write(value, depth);
        }

        _json.WriteEndObject();
    }

    private void WriteText(ReadOnlySpan<byte> text)
    {
        if (Utf8.IsValid(text))
            _json!.WriteStringValue(text);
        else
            _json!.WriteBase64StringValue(text);
    }
}
