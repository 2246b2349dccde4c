using System.Text.Unicode;
using Rialto.Logs.Ingest;
using Rialto.Logs.Records;

namespace Rialto.Logs.Protocols.Json;

/// <summary>
/// Writes one JSON object as the open row of an intake: known names to their columns, everything else to attributes, nested objects
/// flattened with dots, arrays as their JSON text. Holds only scratch space, so one per thread serves every request.
/// </summary>
internal sealed class JsonRecord
{
    [ThreadStatic]
    private static JsonRecord? t_current;

    private readonly RowFields _fields = new();
    private readonly byte[] _path = new byte[IngestLimits.KeyBytesMax];
    private byte[] _key = new byte[IngestLimits.KeyBytesMax];
    private byte[] _text = new byte[4096];
    private RecordProblem? _problem;

    public static JsonRecord Current => t_current ??= new JsonRecord();

    /// <summary>
    /// Decodes the object at the cursor. On false the row is not usable: <paramref name="problem"/> says why,
    /// or is null when the text ended inside the object.
    /// </summary>
    public bool TryDecode(ref JsonCursor json, Intake intake, RecordBatch row, out RecordProblem? problem)
    {
        _fields.Begin(intake, row);
        _problem = null;
        var start = json.Position;
        var decoded = DecodeObject(ref json, 0, 0);
        if (decoded)
        {
            var whole = json.Slice(start);
            if (whole.Length > IngestLimits.RecordBytesMax)
                decoded = Check(RecordProblem.TooLarge);
            else if (!Utf8.IsValid(whole))
                decoded = Check(RecordProblem.InvalidUtf8);
            else if (!row.HasBody)
                row.SetBody(whole);
        }

        problem = _problem ?? ProblemOf(json.Fault, json.Position - start);
        return decoded;
    }

    /// <summary>The problem a cursor's fault is to the sender; null when the text only ended.</summary>
    public static RecordProblem? ProblemOf(JsonFault fault, int position) => fault switch
    {
        JsonFault.None or JsonFault.Incomplete => null,
        JsonFault.TooDeep => RecordProblem.TooDeep,
        JsonFault.NotANumber => RecordProblem.NotANumber,
        _ => RecordProblem.Malformed(position),
    };

    /// <summary>The first <paramref name="prefix"/> bytes of the path are the keys around this object.</summary>
    private bool DecodeObject(ref JsonCursor json, int prefix, int depth)
    {
        if (depth >= IngestLimits.DepthMax)
            return json.Fail(JsonFault.TooDeep);
        json.Position++;
        if (json.TryTake((byte)'}'))
            return true;
        while (true)
        {
            if (!json.TakeString(out var raw, out var escaped) || !json.Take((byte)':') || !TryName(raw, escaped, prefix, out var key)
                || !DecodeMember(ref json, key, depth))
                return false;
            if (json.TryTake((byte)'}'))
                return true;
            if (!json.Take((byte)','))
                return false;
        }
    }

    private bool DecodeMember(ref JsonCursor json, ReadOnlySpan<byte> key, int depth)
    {
        if (!json.TryPeek(out var next))
            return false;
        switch (next)
        {
            case (byte)'"':
                return json.TakeString(out var raw, out var escaped) && Check(_fields.Text(key, escaped ? Unescaped(raw) : raw));
            case (byte)'-' or (>= (byte)'0' and <= (byte)'9'):
                return json.TakeNumber(out var number) && Check(_fields.Number(key, number));
            case (byte)'{':
                if (!Check(RowFields.Object(key)))
                    return false;
                key.CopyTo(_path);
                return DecodeObject(ref json, key.Length, depth + 1);
            case (byte)'[':
                var start = json.Position;
                return json.TakeValue(depth + 1) && Check(_fields.Array(key, json.Slice(start)));
            case (byte)'t':
                return json.TakeWord("true"u8) && Check(_fields.Text(key, "true"u8));
            case (byte)'f':
                return json.TakeWord("false"u8) && Check(_fields.Text(key, "false"u8));
            case (byte)'n':
                return json.TakeWord("null"u8);
            default:
                return json.FailValue();
        }
    }

    /// <summary>The whole name of a member: unescaped, with the keys around it in front.</summary>
    private bool TryName(ReadOnlySpan<byte> raw, bool escaped, int prefix, out ReadOnlySpan<byte> key)
    {
        key = raw;
        if (escaped)
        {
            if (_key.Length < raw.Length)
                _key = new byte[raw.Length];
            key = _key.AsSpan(0, JsonText.Unescape(raw, _key));
        }

        if (prefix == 0)
            return key.Length <= IngestLimits.KeyBytesMax || Check(RecordProblem.KeyTooLong);
        if (prefix + 1 + key.Length > IngestLimits.KeyBytesMax)
            return Check(RecordProblem.KeyTooLong);
        _path[prefix] = (byte)'.';
        key.CopyTo(_path.AsSpan(prefix + 1));
        key = _path.AsSpan(0, prefix + 1 + key.Length);
        return true;
    }

    private ReadOnlySpan<byte> Unescaped(ReadOnlySpan<byte> raw)
    {
        if (_text.Length < raw.Length)
            _text = new byte[raw.Length];
        return _text.AsSpan(0, JsonText.Unescape(raw, _text));
    }

    private bool Check(RecordProblem? problem)
    {
        _problem = problem;
        return problem is null;
    }
}
