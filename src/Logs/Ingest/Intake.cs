using Rialto.Logs.Protocols;
using Rialto.Logs.Records;

namespace Rialto.Logs.Ingest;

/// <summary>
/// The way of one request (or connection) into batches: a decoder writes row by row, the intake counts them and remembers what was wrong with which.
/// Used by one thread at a time.
/// </summary>
internal sealed class Intake(RecordBatchPool pool, RecordSource source, DateTimeOffset now)
{
    private const long NanosPerTick = 100;

    private readonly Queue<RecordBatch> _full = new();
    private RecordBatch? _batch;
    private List<(int Index, RecordProblem Problem)>? _problems;
    private List<(int Index, RecordProblem Problem)>? _notes;

    /// <summary>Arrival, in nanoseconds since 1970.</summary>
    public long NowNanos { get; } = (now - DateTimeOffset.UnixEpoch).Ticks * NanosPerTick;

    /// <summary>Records taken over so far, durable only once their batches are committed.</summary>
    public int Accepted { get; private set; }

    /// <summary>Records refused so far; the list of problems may be shorter.</summary>
    public int Rejected { get; private set; }

    /// <summary>Position of the next record in the request.</summary>
    public int NextIndex => Accepted + Rejected;

    /// <summary>Bytes of accepted records as the sender wrote them: what quotas count.</summary>
    public long AcceptedBytes { get; private set; }

    public IReadOnlyList<(int Index, RecordProblem Problem)> Problems => _problems ?? [];

    public IReadOnlyList<(int Index, RecordProblem Problem)> Notes => _notes ?? [];

    /// <summary>True when a batch should be taken away before the next record, as far as the decoder can stop there.</summary>
    public bool IsFull => _batch is { IsFull: true };

    /// <summary>Opens a row; pair it with <see cref="Accept"/>, <see cref="Reject"/> or <see cref="Undo"/>.</summary>
    public RecordBatch Begin()
    {
        if (IsFull)
        {
            _full.Enqueue(_batch!);
            _batch = null;
        }

        _batch ??= pool.Rent(source.Tenant, source.Application, source.ApplicationName, source.RetentionDays);
        _batch.BeginRow(NowNanos, NowNanos / 1_000_000);
        return _batch;
    }

    /// <summary>
    /// Gives the open row the sender's time. Outside the window the record keeps the time of its arrival and the sender's as an attribute.
    /// False when the row already has such an attribute.
    /// </summary>
    public bool SetTime(RecordBatch row, long nanos, ReadOnlySpan<byte> original)
    {
        if (nanos >= NowNanos - (IngestLimits.AgeMax.Ticks * NanosPerTick) && nanos <= NowNanos + (IngestLimits.AheadMax.Ticks * NanosPerTick))
        {
            row.Time = nanos;
            return true;
        }

        if (Notes.Count < IngestLimits.ProblemsListedMax)
            (_notes ??= []).Add((NextIndex, RecordProblem.TimestampReplaced));
        return row.AddAttribute("timestamp.original"u8, original);
    }

    public void Accept(int bytes)
    {
        _batch!.EndRow();
        Accepted++;
        AcceptedBytes += bytes;
    }

    public void Reject(RecordProblem problem)
    {
        Undo();
        if (Problems.Count < IngestLimits.ProblemsListedMax)
            (_problems ??= []).Add((NextIndex, problem));
        Rejected++;
    }

    /// <summary>Takes the open row back as if it had never begun: the rest of the record has not arrived yet.</summary>
    public void Undo()
    {
        _batch?.DropRow();
        if (_notes is [.., var last] && last.Index == NextIndex)
            _notes.RemoveAt(_notes.Count - 1);
    }

    /// <summary>The next filled batch, which is the caller's now; null when there is none.</summary>
    public RecordBatch? TakeBatch()
    {
        if (_full.TryDequeue(out var full))
            return full;
        var batch = _batch;
        _batch = null;
        if (batch is not { Count: 0 })
            return batch;
        batch.Release();
        return null;
    }
}
