using System.Buffers;
using Rialto.Logs.Ingest;
using Rialto.Logs.Protocols.Json;

namespace Rialto.Logs.Protocols.Otlp;

/// <summary>Lists and maps of OTLP's JSON: into plain JSON, and from plain JSON into attributes.</summary>
internal static class OtlpJsonMap
{
    /// <summary>Takes <c>{"values":[...]}</c> and writes it as an array, or as an object when its elements are pairs.</summary>
    public static bool TakeList(ref JsonCursor json, ArrayBufferWriter<byte> plain, bool isMap, int depth)
    {
        if (depth > IngestLimits.DepthMax)
            return json.Fail(JsonFault.TooDeep);
        plain.Write(isMap ? "{"u8 : "["u8);
        var members = 0;
        if (!json.Take((byte)'{'))
            return false;
        while (json.NextMember(ref members, out var name))
        {
            if (!(name.SequenceEqual("values"u8) ? TakeValues(ref json, plain, isMap, depth) : json.TakeValue(depth)))
                return false;
        }

        plain.Write(isMap ? "}"u8 : "]"u8);
        return json.Fault == JsonFault.None;
    }

    /// <summary>Adds the members of a plain object as attributes, each under the keys around it.</summary>
    public static void Flatten(ReadOnlySpan<byte> map, ReadOnlySpan<byte> prefix, OtlpRows rows)
    {
        var json = new JsonCursor(map, 0);
        var members = 0;
        json.Take((byte)'{');
        while (json.NextMember(ref members, out var raw))
        {
            byte[] key = [.. prefix, (byte)'.', .. JsonText.Unescaped(raw)];
            json.TryPeek(out var next);
            var start = json.Position;
            if (next == '"')
            {
                json.TakeString(out var text, out _);
                rows.Attribute(key, JsonText.Unescaped(text));
                continue;
            }

            json.TakeValue(0);
            var value = json.Slice(start);
            if (next == '{')
                Flatten(value, key, rows);
            else if (next is (byte)'-' or (>= (byte)'0' and <= (byte)'9') && ExactNumber.TryParse(value, out var number))
                rows.Attribute(key, number);
            else if (next != 'n')
                rows.Attribute(key, value);
        }
    }

    private static bool TakeValues(ref JsonCursor json, ArrayBufferWriter<byte> plain, bool isMap, int depth)
    {
        var elements = 0;
        if (!json.Take((byte)'['))
            return false;
        while (json.NextElement(ref elements))
        {
            if (elements > 1)
                plain.Write(","u8);
            if (!(isMap ? TakePair(ref json, plain, depth) : TakeAny(ref json, plain, depth)))
                return false;
        }

        return json.Fault == JsonFault.None;
    }

    private static bool TakePair(ref JsonCursor json, ArrayBufferWriter<byte> plain, int depth)
    {
        // The key comes first in every encoder; if it does not, the member has an empty name, which shows.
        var key = ReadOnlySpan<byte>.Empty;
        var hasValue = false;
        var members = 0;
        if (!json.Take((byte)'{'))
            return false;
        while (json.NextMember(ref members, out var name))
        {
            if (name.SequenceEqual("key"u8))
            {
                if (!json.TakeString(out key, out _))
                    return false;
            }
            else if (name.SequenceEqual("value"u8))
            {
                WriteKey(plain, key);
                hasValue = true;
                if (!TakeAny(ref json, plain, depth))
                    return false;
            }
            else if (!json.TakeValue(depth))
            {
                return false;
            }
        }

        if (!hasValue)
        {
            WriteKey(plain, key);
            plain.Write("null"u8);
        }

        return json.Fault == JsonFault.None;
    }

    private static bool TakeAny(ref JsonCursor json, ArrayBufferWriter<byte> plain, int depth)
    {
        var written = plain.WrittenCount;
        var members = 0;
        if (!json.Take((byte)'{'))
            return false;
        while (json.NextMember(ref members, out var name))
        {
            var isList = name.SequenceEqual("arrayValue"u8) || name.SequenceEqual("array_value"u8);
            var isMap = name.SequenceEqual("kvlistValue"u8) || name.SequenceEqual("kvlist_value"u8);
            if (isList || isMap)
            {
                if (!TakeList(ref json, plain, isMap, depth + 1))
                    return false;
                continue;
            }

            if (!TakeScalar(ref json, plain, isNumber: name.SequenceEqual("intValue"u8) || name.SequenceEqual("int_value"u8), depth))
                return false;
        }

        if (plain.WrittenCount == written)
            plain.Write("null"u8);
        return json.Fault == JsonFault.None;
    }

    /// <summary>A scalar is plain JSON already, but for a whole number in quotes.</summary>
    private static bool TakeScalar(ref JsonCursor json, ArrayBufferWriter<byte> plain, bool isNumber, int depth)
    {
        if (!json.TryPeek(out var next))
            return false;
        var start = json.Position;
        if (isNumber && next == '"')
        {
            if (!json.TakeString(out var digits, out _))
                return false;
            var isInteger = System.Buffers.Text.Utf8Parser.TryParse(digits, out long _, out var used) && used == digits.Length;
            plain.Write(isInteger ? digits : json.Slice(start));
            return true;
        }

        if (!json.TakeValue(depth))
            return false;
        plain.Write(json.Slice(start));
        return true;
    }

    private static void WriteKey(ArrayBufferWriter<byte> plain, ReadOnlySpan<byte> raw)
    {
        plain.Write("\""u8);
        plain.Write(raw);
        plain.Write("\":"u8);
    }
}
