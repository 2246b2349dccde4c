using System.Buffers;
using System.Buffers.Text;
using Rialto.Logs.Protocols.Json;

namespace Rialto.Logs.Protocols.Otlp;

internal enum OtlpJsonKind
{
    /// <summary>No value: the attribute is not set.</summary>
    None,
    Text,
    Number,

    /// <summary>A map; the text is JSON of plain values.</summary>
    Map,
}

/// <summary>
/// Takes values of OTLP's JSON, such as <c>{"stringValue":"x"}</c> or <c>{"arrayValue":{"values":[...]}}</c>, as a text or a number;
/// lists and maps become plain JSON.
/// </summary>
internal sealed class OtlpJsonValue
{
    private readonly ArrayBufferWriter<byte> _key = new(64);
    private readonly ArrayBufferWriter<byte> _text = new(256);

    public OtlpJsonKind Kind { get; private set; }

    public ReadOnlySpan<byte> Key => _key.WrittenSpan;

    public ReadOnlySpan<byte> Text => _text.WrittenSpan;

    public double Number { get; private set; }

    /// <summary>Takes <c>{"key":"k","value":{...}}</c>.</summary>
    public bool TakePair(ref JsonCursor json)
    {
        Kind = OtlpJsonKind.None;
        _key.ResetWrittenCount();
        _text.ResetWrittenCount();
        var members = 0;
        if (!json.Take((byte)'{'))
            return false;
        while (json.NextMember(ref members, out var name))
        {
            if (name.SequenceEqual("key"u8))
            {
                if (!json.TakeString(out var raw, out var escaped))
                    return false;
                Put(_key, raw, escaped);
            }
            else if (!(name.SequenceEqual("value"u8) ? Take(ref json, 6) : json.TakeValue(6)))
            {
                return false;
            }
        }

        return json.Fault == JsonFault.None;
    }

    /// <summary>Takes one value.</summary>
    public bool Take(ref JsonCursor json, int depth)
    {
        Kind = OtlpJsonKind.None;
        _text.ResetWrittenCount();
        var members = 0;
        if (!json.Take((byte)'{'))
            return false;
        while (json.NextMember(ref members, out var name))
        {
            if (!TakeTyped(ref json, name, depth))
                return false;
        }

        return json.Fault == JsonFault.None;
    }

    /// <summary>Takes a string; anything else is taken as its JSON text.</summary>
    public bool TakeText(ref JsonCursor json)
    {
        _text.ResetWrittenCount();
        if (!json.TryPeek(out var next))
            return false;
        if (next == '"')
        {
            if (!json.TakeString(out var raw, out var escaped))
                return false;
            Put(_text, raw, escaped);
            return true;
        }

        var start = json.Position;
        if (!json.TakeValue(6))
            return false;
        Put(_text, json.Slice(start), isEscaped: false);
        return true;
    }

    /// <summary>Takes a whole number, as text or number; what is none counts as 0.</summary>
    public bool TakeInteger(ref JsonCursor json, out ulong value)
    {
        value = 0;
        if (!TakeText(ref json))
            return false;
        if (!Utf8Parser.TryParse(Text, out value, out var used) || used != Text.Length)
            value = 0;
        return true;
    }

    private bool TakeTyped(ref JsonCursor json, scoped ReadOnlySpan<byte> name, int depth)
    {
        if (Is(name, "intValue"u8, "int_value"u8) || Is(name, "doubleValue"u8, "double_value"u8))
        {
            if (!TakeText(ref json))
                return false;
            Kind = IsNumber(Text) && ExactNumber.TryParse(Text, out var number) ? SetNumber(number) : OtlpJsonKind.Text;
            return true;
        }

        if (Is(name, "arrayValue"u8, "array_value"u8) || Is(name, "kvlistValue"u8, "kvlist_value"u8))
        {
            var isMap = name[0] == 'k';
            Kind = isMap ? OtlpJsonKind.Map : OtlpJsonKind.Text;
            return OtlpJsonMap.TakeList(ref json, _text, isMap, depth + 1);
        }

        // stringValue, boolValue, bytesValue (base64 already)
        Kind = OtlpJsonKind.Text;
        return TakeText(ref json);
    }

    private OtlpJsonKind SetNumber(double number)
    {
        Number = number;
        return OtlpJsonKind.Number;
    }

    private static bool IsNumber(ReadOnlySpan<byte> text)
    {
        var json = new JsonCursor(text, 0);
        return json.TakeNumber(out _) || json.Fault == JsonFault.Incomplete && json.Position == text.Length && char.IsAsciiDigit((char)text[^1]);
    }

    private static void Put(ArrayBufferWriter<byte> target, ReadOnlySpan<byte> raw, bool isEscaped)
    {
        if (raw.IsEmpty)
            return;
        var space = target.GetSpan(raw.Length);
        if (isEscaped)
        {
            target.Advance(JsonText.Unescape(raw, space));
            return;
        }

        raw.CopyTo(space);
        target.Advance(raw.Length);
    }

    private static bool Is(ReadOnlySpan<byte> name, ReadOnlySpan<byte> camel, ReadOnlySpan<byte> snake) => name.SequenceEqual(camel) || name.SequenceEqual(snake);
}
