using System.Buffers;
using System.Text.Json;
using Rialto.Logs.Query;
using Rialto.Logs.Records;
using Rialto.Logs.Search;

namespace Rialto.Logs.Live;

/// <summary>
/// One filter of one connection, and what it found since the last flush. The worker adds, the connection takes; a lock is between them,
/// held for one batch at most.
/// </summary>
internal sealed class LiveWatch
{
    private readonly Lock _lock = new();
    private readonly LiveFilter _filter;
    private readonly ulong _floor;
    private readonly Queue<long> _recent = new();
    private ArrayBufferWriter<byte> _buffer = new();
    private ArrayBufferWriter<byte> _spare = new();
    private readonly Utf8JsonWriter _json;
    private int _kept;
    private long _matched;
    private long _overlooked;
    private long _matchedBefore;
    private long _lastRate;
    private ulong _lastSequence;

    /// <param name="generation">The client's number of the filter.</param>
    /// <param name="condition">What it finds.</param>
    /// <param name="floor">Records up to it were committed before; only later ones are live.</param>
    public LiveWatch(int generation, Condition condition, ulong floor)
    {
        Generation = generation;
        Condition = condition;
        _filter = new LiveFilter(condition);
        _json = new Utf8JsonWriter(_buffer, RecordJson.WriterOptions);
        _floor = _lastSequence = floor;
    }

    public int Generation { get; }

    public Condition Condition { get; }

    /// <summary>The newest record that was committed when the watch began.</summary>
    public ulong Floor => _floor;

    /// <summary>Called by the worker for each batch of the watch's scope.</summary>
    public void Offer(RecordBatch batch)
    {
        if (batch.FirstSequence <= _floor)
            return;
        lock (_lock)
        {
            _lastSequence = batch.FirstSequence + (ulong)batch.Count - 1;
            if (!_filter.Begin(batch))
                return;

            // As many matched in the last flush as will about match in this one: every so many is kept, so that a flush shows all of its time.
            var stride = Math.Max(1, (_matchedBefore + LiveLimits.RecordsPerFlush - 1) / LiveLimits.RecordsPerFlush);
            for (var row = 0; row < batch.Count; row++)
            {
                if (!_filter.Matches(batch, row) || _matched++ % stride != 0 || _kept >= LiveLimits.RecordsPerFlush || _buffer.WrittenCount > LiveLimits.BytesPerFlush)
                    continue;
                if (_kept++ == 0)
                    _json.WriteStartArray();
                LiveJson.Write(_json, batch, row);
                _json.Flush();
            }
        }
    }

    /// <summary>Records that nobody had time to look at. Called by the commit thread, so it takes no lock that the worker holds.</summary>
    public void Overlook(RecordBatch batch)
    {
        if (batch.FirstSequence > _floor)
            Interlocked.Add(ref _overlooked, batch.Count);
    }

    /// <summary>
    /// Takes what was found since the last call. The records are valid until the call after the next. Null when nothing is new.
    /// </summary>
    public RecordsMessage? Take(bool always)
    {
        lock (_lock)
        {
            _recent.Enqueue(_matched);
            var rate = _recent.Sum();
            while (_recent.Count >= TimeSpan.FromSeconds(1) / LiveLimits.FlushInterval)
                _recent.Dequeue();
            var overlooked = Interlocked.Exchange(ref _overlooked, 0);
            var isQuiet = _matched == 0 && overlooked == 0 && rate == 0 && _lastRate == 0;
            _lastRate = rate;
            if (isQuiet && !always)
                return null;

            var message = new RecordsMessage(Generation, new(Close()), _lastSequence.ToString(), _matched - _kept + overlooked, rate, false);
            (_matchedBefore, _matched, _kept) = (_matched, 0, 0);
            return message;
        }
    }

    private ReadOnlyMemory<byte> Close()
    {
        if (_kept == 0)
            return "[]"u8.ToArray();
        _json.WriteEndArray();
        _json.Flush();
        var written = _buffer.WrittenMemory;
        (_buffer, _spare) = (_spare, _buffer);
        _buffer.ResetWrittenCount();
        _json.Reset(_buffer);
        return written;
    }
}
