using System.Buffers.Text;
using System.Text;
using Rialto.Logs.Ingest;
using Rialto.Logs.Protocols.Json;
using Rialto.Logs.Records;

namespace Rialto.Logs.Protocols;

/// <summary>
/// Puts the named values of one record where they belong: a known name to its column the first time, everything else to the attributes.
/// A known name whose value makes no sense as such (a level called "blue") stays an attribute; one of the wrong kind is a problem.
/// Every method answers with the problem, or null.
/// </summary>
internal sealed class RowFields
{
    private Intake _intake = null!;
    private RecordBatch _row = null!;

    // Which of the fields the row has already, one bit each.
    private int _seen;

    public void Begin(Intake intake, RecordBatch row)
    {
        _intake = intake;
        _row = row;
        _seen = 0;
    }

    public RecordProblem? Text(ReadOnlySpan<byte> key, ReadOnlySpan<byte> text)
    {
        var field = Fields.Of(key);
        if (field == Field.Attribute || !IsFirst(field) || !TryText(field, key, text, out var problem))
            return Attribute(key, text);
        return problem;
    }

    public RecordProblem? Number(ReadOnlySpan<byte> key, ReadOnlySpan<byte> raw)
    {
        var field = Fields.Of(key);
        if (field != Field.Attribute && IsFirst(field) && TryText(field, key, raw, out var problem))
            return problem;
        return ExactNumber.TryParse(raw, out var value) ? Attribute(key, value) : Attribute(key, raw);
    }

    /// <summary>An array, as its JSON text.</summary>
    public RecordProblem? Array(ReadOnlySpan<byte> key, ReadOnlySpan<byte> json) => Fields.Of(key) switch
    {
        Field.Attribute => Attribute(key, json),
        Field.Body => Text(key, json),
        _ => RecordProblem.BadField(Encoding.UTF8.GetString(key), "text or a number"),
    };

    /// <summary>Whether an object may stand under this key, for its members to be taken one by one.</summary>
    public static RecordProblem? Object(ReadOnlySpan<byte> key) => Fields.Of(key) switch
    {
        Field.Time or Field.Severity or Field.SeverityNumber or Field.Trace or Field.Span =>
            RecordProblem.BadField(Encoding.UTF8.GetString(key), "text or a number"),
        _ => null,
    };

    public RecordProblem? Attribute(ReadOnlySpan<byte> key, ReadOnlySpan<byte> text) =>
        _row.AttributesOfRow >= IngestLimits.AttributesMax ? RecordProblem.TooManyAttributes
        : _row.AddAttribute(key, text) ? null
        : Duplicate(key);

    public RecordProblem? Attribute(ReadOnlySpan<byte> key, double number) =>
        _row.AttributesOfRow >= IngestLimits.AttributesMax ? RecordProblem.TooManyAttributes
        : _row.AddNumber(key, number) ? null
        : Duplicate(key);

    /// <summary>The sender's time, with the text it was sent as.</summary>
    public RecordProblem? Time(long nanos, ReadOnlySpan<byte> original) =>
        _intake.SetTime(_row, nanos, original) ? null : RecordProblem.Duplicate("timestamp.original");

    private static RecordProblem Duplicate(ReadOnlySpan<byte> key) => RecordProblem.Duplicate(Encoding.UTF8.GetString(key));

    /// <summary>False when the value is nothing the field can hold: then it is an attribute like any other.</summary>
    private bool TryText(Field field, ReadOnlySpan<byte> key, ReadOnlySpan<byte> text, out RecordProblem? problem)
    {
        problem = null;
        switch (field)
        {
            case Field.Time:
                problem = TimeText.TryParse(text, out var nanos) ? Time(nanos, text) : RecordProblem.BadTimestamp;
                break;
            case Field.Severity or Field.SeverityNumber:
                var severity = SeverityText.Of(text);
                if (severity == 0 && Utf8Parser.TryParse(text, out double number, out var used) && used == text.Length)
                    severity = SeverityText.Of(number);
                if (severity == 0)
                    return false;
                _row.SeverityNumber = severity;
                break;
            case Field.Body:
                _row.SetBody(text);
                break;
            case Field.Trace or Field.Span:
                if (!TryId(field, text))
                    return false;
                break;
            default:
                if (text.Length > IngestLimits.WordBytesMax)
                    problem = RecordProblem.BadField(Encoding.UTF8.GetString(key), $"text of at most {IngestLimits.WordBytesMax} bytes");
                else if (field == Field.Service)
                    _row.SetService(text);
                else if (field == Field.Environment)
                    _row.SetEnvironment(text);
                else
                    _row.SetHost(text);
                break;
        }

        _seen |= 1 << (int)field;
        return true;
    }

    private bool TryId(Field field, ReadOnlySpan<byte> text)
    {
        Span<byte> id = stackalloc byte[RecordBatch.TraceIdBytes];
        if (field == Field.Trace)
        {
            if (!HexId.TryParse(text, id))
                return false;
            _row.SetTrace(id);
            return true;
        }

        if (!HexId.TryParse(text, id[..RecordBatch.SpanIdBytes]))
            return false;
        _row.SetSpan(id);
        return true;
    }

    private bool IsFirst(Field field) => (_seen & (1 << (int)field)) == 0;
}
