using Rialto.Logs.Ingest;
using Rialto.Logs.Protocols.Json;

namespace Rialto.Logs.Protocols.Elastic;

/// <summary>What became of one item of a bulk request, in their order.</summary>
/// <param name="Action"><c>index</c> or <c>create</c>, as it was sent.</param>
/// <param name="Problem">Why it was not taken; null when it was.</param>
internal readonly record struct BulkItem(string Action, RecordProblem? Problem);

/// <summary>
/// Elasticsearch's bulk body: a line that says what to do, then a line with the record. Records are added only, so <c>index</c> and <c>create</c>
/// are the same, and <c>update</c> and <c>delete</c> are refused item by item.
/// </summary>
internal sealed class BulkRecords : ISliceDecoder
{
    /// <summary>Each item is answered by itself, so their number is bounded; shippers send some thousands.</summary>
    public const int ItemsMax = 100_000;

    private readonly List<BulkItem> _items = [];
    private string? _action;
    private bool _isSkipping;

    /// <summary>Items in their order, as many as have been read.</summary>
    public IReadOnlyList<BulkItem> Items => _items;

    public int Decode(ReadOnlySpan<byte> slice, bool final, Intake intake)
    {
        var position = 0;
        while (position < slice.Length && !intake.IsFull)
        {
            var rest = slice[position..];
            var end = rest.IndexOf((byte)'\n');
            if (end < 0 && !final && !_isSkipping && rest.Length < IngestLimits.RecordBytesMax)
                break;
            var line = (end < 0 ? rest : rest[..end]).Trim(" \r\t"u8);
            var isWhole = end >= 0 || final;
            position += end < 0 ? rest.Length : end + 1;
            if (_isSkipping)
                _isSkipping = !isWhole;
            else if (!isWhole)
                Skip(intake);
            else if (!line.IsEmpty)
                Take(line, intake);
        }

        if (final && position == slice.Length && _action is not null && !_isSkipping)
            Refuse(intake, RecordProblem.BodyTruncated);
        return position;
    }

    private void Take(ReadOnlySpan<byte> line, Intake intake)
    {
        if (_items.Count >= ItemsMax)
        {
            _action = null;
            return;
        }

        if (_action is null)
            TakeAction(line, intake);
        else
            TakeSource(line, intake);
    }

    private void TakeAction(ReadOnlySpan<byte> line, Intake intake)
    {
        var json = new JsonCursor(line, 0);
        if (!json.TryTake((byte)'{') || !json.TakeString(out var action, out _) || !json.Take((byte)':') || !json.TakeValue(1) || !json.Take((byte)'}'))
        {
            _action = "index";
            Refuse(intake, RecordProblem.BadAction);
            return;
        }

        if (action.SequenceEqual("index"u8) || action.SequenceEqual("create"u8))
        {
            _action = action[0] == 'i' ? "index" : "create";
            return;
        }

        var isUpdate = action.SequenceEqual("update"u8);
        _action = isUpdate ? "update" : "delete";
        if (!isUpdate)
            Refuse(intake, RecordProblem.ActionNotSupported);
    }

    private void TakeSource(ReadOnlySpan<byte> line, Intake intake)
    {
        if (_action == "update")
        {
            Refuse(intake, RecordProblem.ActionNotSupported);
            return;
        }

        var row = intake.Begin();
        var json = new JsonCursor(line, 0);
        RecordProblem? problem = RecordProblem.NotAnObject;
        if (line[0] == '{' && JsonRecord.Current.TryDecode(ref json, intake, row, out problem) && json.Position == line.Length)
        {
            intake.Accept(line.Length);
            _items.Add(new BulkItem(_action!, null));
            _action = null;
            return;
        }

        problem ??= json.Fault == JsonFault.Incomplete ? RecordProblem.BodyTruncated : RecordProblem.Malformed(json.Position);
        intake.Reject(problem);
        _items.Add(new BulkItem(_action!, problem));
        _action = null;
    }

    /// <summary>A line larger than a record may be: its rest is skipped.</summary>
    private void Skip(Intake intake)
    {
        _isSkipping = true;
        _action ??= "index";
        Refuse(intake, RecordProblem.TooLarge);
    }

    private void Refuse(Intake intake, RecordProblem problem)
    {
        intake.Begin();
        intake.Reject(problem);
        _items.Add(new BulkItem(_action!, problem));
        _action = null;
    }
}
