using System.Diagnostics;
using Rialto.Logs.Ingest;

namespace Rialto.Logs.Protocols.Json;

/// <summary>
/// The native body: a JSON array of records, or records one after another (NDJSON, or a single object over many lines).
/// A record that cannot be read costs only itself: among lines the next line goes on, in an array the next element.
/// </summary>
internal sealed class JsonRecords : ISliceDecoder
{
    private enum Place
    {
        Start,
        Lines,
        LineToSkip,
        ArrayStart,
        ArrayElement,
        ArrayElementToSkip,
        ArraySeparator,
        AfterArray,
        Ended,
    }

    private Place _place;
    private JsonSkipper _skipper;

    public int Decode(ReadOnlySpan<byte> slice, bool final, Intake intake)
    {
        var position = 0;
        while (!intake.IsFull)
        {
            if (!TrySkip(slice, ref position))
                return slice.Length;
            var json = new JsonCursor(slice, position);
            if (!json.TryPeek(out var next))
                return End(slice.Length, final, intake);
            position = json.Position;
            if (!Step(slice, final, intake, next, ref position))
                break;
        }

        return position;
    }

    /// <summary>Skips what is not to be read; false when that is all of this slice.</summary>
    private bool TrySkip(ReadOnlySpan<byte> slice, ref int position)
    {
        if (_place == Place.LineToSkip)
        {
            var end = slice[position..].IndexOf((byte)'\n');
            if (end < 0)
                return false;
            position += end + 1;
            _place = Place.Lines;
        }
        else if (_place == Place.ArrayElementToSkip)
        {
            if (!_skipper.TrySkip(slice, ref position))
                return false;
            _place = Place.ArraySeparator;
        }

        return _place != Place.Ended;
    }

    /// <summary>Takes one record or one mark between records; false when the next slice is needed for it.</summary>
    private bool Step(ReadOnlySpan<byte> slice, bool final, Intake intake, byte next, ref int position)
    {
        switch (_place)
        {
            case Place.Start:
                // A byte order mark is no part of JSON, and PowerShell writes it.
                if (slice[position..].StartsWith("\uFEFF"u8))
                    position += 3;
                else if (next != '[')
                    _place = Place.Lines;
                else
                    Mark(Place.ArrayStart, ref position);
                return true;
            case Place.ArrayStart or Place.ArraySeparator when next == ']':
                Mark(Place.AfterArray, ref position);
                return true;
            case Place.ArraySeparator when next == ',':
                Mark(Place.ArrayElement, ref position);
                return true;
            case Place.ArraySeparator:
                Refuse(intake, RecordProblem.Malformed(0), slice, ref position);
                return true;
            case Place.AfterArray:
                // Whatever follows the array is one problem, however long it is.
                intake.Begin();
                intake.Reject(RecordProblem.AfterTheEnd);
                _place = Place.Ended;
                return true;
            default:
                return TryRecord(slice, final, intake, next, ref position);
        }
    }

    private void Mark(Place place, ref int position)
    {
        _place = place;
        position++;
    }

    private bool TryRecord(ReadOnlySpan<byte> slice, bool final, Intake intake, byte next, ref int position)
    {
        var json = new JsonCursor(slice, position);
        var row = intake.Begin();
        RecordProblem? problem = RecordProblem.NotAnObject;
        if (next == '{' && JsonRecord.Current.TryDecode(ref json, intake, row, out problem))
        {
            intake.Accept(json.Position - position);
            position = json.Position;
            _place = _place == Place.Lines ? Place.Lines : Place.ArraySeparator;
            return true;
        }

        if (problem is null)
        {
            var tooLarge = slice.Length - position >= IngestLimits.RecordBytesMax;
            if (!final && !tooLarge)
            {
                intake.Undo();
                return false;
            }

            problem = tooLarge ? RecordProblem.TooLarge : RecordProblem.BodyTruncated;
        }

        Refuse(intake, problem, slice, ref position);
        return true;
    }

    /// <summary>Refuses the record at the position and moves behind it, as far as its end can be told.</summary>
    private void Refuse(Intake intake, RecordProblem problem, ReadOnlySpan<byte> slice, ref int position)
    {
        intake.Reject(problem);
        var json = new JsonCursor(slice, position);
        var isValue = _place != Place.ArraySeparator && json.TakeValue(0);
        if (isValue)
            position = json.Position;
        if (_place == Place.Lines)
        {
            _place = isValue ? Place.Lines : Place.LineToSkip;
            return;
        }

        _skipper = default;
        _place = isValue ? Place.ArraySeparator : Place.ArrayElementToSkip;
    }

    private int End(int length, bool final, Intake intake)
    {
        if (final && _place is (Place.ArrayStart or Place.ArrayElement or Place.ArraySeparator))
        {
            intake.Begin();
            intake.Reject(RecordProblem.BodyTruncated);
            _place = Place.Ended;
        }

        Debug.Assert(_place is not (Place.LineToSkip or Place.ArrayElementToSkip), "Skipping has its own way out.");
        return length;
    }
}
