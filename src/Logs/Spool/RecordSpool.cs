using System.Diagnostics;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Rialto.Logs.Live;
using Rialto.Logs.Records;
using Rialto.Platform.ClickHouse.Native;

namespace Rialto.Logs.Spool;

/// <summary>
/// Makes records durable. Whoever has a batch appends it and waits; one thread takes everything that waits, gives it sequences, writes it as one block,
/// syncs, and lets all its senders go. Meanwhile the next ones gather: commits grow with the load by themselves, and no sender waits for a timer.
/// </summary>
internal sealed partial class RecordSpool : IDisposable
{
    private readonly SpoolOptions _options;
    private readonly ISpoolDisk _disk;
    private readonly TimeProvider _clock;
    private readonly IReadOnlyList<ICommittedBatches> _listeners;
    private readonly ILogger _log;
    private readonly Channel<Segment> _sealed = Channel.CreateUnbounded<Segment>(new UnboundedChannelOptions { SingleReader = true });
    private readonly Thread _thread;

    // Shared with senders, under the lock.
    private readonly Lock _lock = new();
    private readonly SemaphoreSlim _work = new(0);
    private List<Waiting> _waiting = [];
    private long _waitingBytes;
    private bool _isStopping;

    // The commit thread's own.
    private readonly BlockEncoder _encoder = new();
    private readonly NativeWriter _block = new();
    private readonly List<RecordBatch> _batches = [];
    private OpenSegment? _open;
    private ulong _nextSequence;

    // Written by the commit thread and the loader, read by anybody.
    private long _pendingBytes;
    private long _pendingRows;
    private long _failedAt;
    private long _committedRows;
    private long _newestFirstSequence;
    private int _unloadedSegments;
    private ulong _loadedBefore;
    private ulong _recoveredThrough;
    private ulong _committedThrough;

    public RecordSpool(SpoolOptions options, ISpoolDisk disk, TimeProvider clock, IEnumerable<ICommittedBatches> listeners, ILogger log)
    {
        _options = options;
        _disk = disk;
        _clock = clock;
        _listeners = [.. listeners];
        _log = log;
        _thread = new Thread(Run) { Name = "record commit", IsBackground = true };
    }

    /// <summary>Closed segments in the order in which they must be loaded.</summary>
    public ChannelReader<Segment> Sealed => _sealed.Reader;

    /// <summary>Bytes on disk that ClickHouse does not have yet.</summary>
    public long PendingBytes => Interlocked.Read(ref _pendingBytes);

    public long PendingRows => Interlocked.Read(ref _pendingRows);

    /// <summary>Records made durable since the start.</summary>
    public long CommittedRows => Interlocked.Read(ref _committedRows);

    /// <summary>Every record of this node with a lower sequence is searchable, or was set aside.</summary>
    public ulong LoadedBefore => Volatile.Read(ref _loadedBefore);

    /// <summary>The newest record of the runs before this one; 0 when there was none.</summary>
    public ulong RecoveredThrough => Volatile.Read(ref _recoveredThrough);

    /// <summary>No record that was taken so far has a higher sequence.</summary>
    public ulong CommittedThrough => Volatile.Read(ref _committedThrough);

    public bool IsFull => PendingBytes >= _options.BytesMax;

    public bool IsFailing => Interlocked.Read(ref _failedAt) is not 0 and var at && Stopwatch.GetElapsedTime(at) < _options.RetryAfterError;

    public string Directory => _options.Directory;

    /// <summary>Recovers what the last run left and begins to commit.</summary>
    public void Start()
    {
        var (segments, next) = SpoolRecovery.Run(_options, _clock.GetUtcNow(), _log);
        _nextSequence = next;
        _recoveredThrough = _committedThrough = next - 1;
        _loadedBefore = segments.Count > 0 ? segments[0].FirstSequence : next;
        foreach (var segment in segments)
        {
            Interlocked.Add(ref _pendingBytes, segment.Length);
            Interlocked.Add(ref _pendingRows, segment.Rows);
            _newestFirstSequence = (long)segment.FirstSequence;
            _unloadedSegments++;
            _sealed.Writer.TryWrite(segment);
        }

        if (segments.Count > 0)
            LogRecovered(segments.Count, PendingRows);
        _thread.Start();
    }

    /// <summary>
    /// Takes the batch over and completes when it is durable, or when it will not be. Order between two callers is the order of their calls.
    /// </summary>
    public Task<CommitOutcome> AppendAsync(RecordBatch batch)
    {
        var bytes = batch.WireBytes;
        var refusal = CommitOutcome.Durable;
        TaskCompletionSource<CommitOutcome>? done = null;
        lock (_lock)
        {
            if (_isStopping)
                refusal = CommitOutcome.Stopping;
            else if (IsFailing)
                refusal = CommitOutcome.DiskFailed;
            else if (_waitingBytes + bytes > _options.WaitingBytesMax || PendingBytes + _waitingBytes + bytes > _options.BytesMax)
                refusal = CommitOutcome.Full;
            else
            {
                done = new TaskCompletionSource<CommitOutcome>(TaskCreationOptions.RunContinuationsAsynchronously);
                _waiting.Add(new Waiting(batch, bytes, done));
                _waitingBytes += bytes;
            }
        }

        if (done is null)
        {
            batch.Release();
            return Task.FromResult(refusal);
        }

        _work.Release();
        return done.Task;
    }

    /// <summary>The loader says that ClickHouse has the segment for good.</summary>
    public void Loaded(Segment segment)
    {
        Forget(segment);
        File.Delete(segment.Path);
    }

    /// <summary>The loader says that ClickHouse will never take the segment.</summary>
    public string SetAside(Segment segment)
    {
        Forget(segment);
        return SpoolRecovery.SetAside(_options.Directory, segment.Path);
    }

    /// <summary>Commits what waits, closes the open segment and ends the thread. What comes later is refused.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            if (_isStopping)
                return;
            _isStopping = true;
        }

        _work.Release();
        // A set of flags: the thread is a background one too. It was never started when the start failed before it.
        if (!_thread.ThreadState.HasFlag(System.Threading.ThreadState.Unstarted))
            _thread.Join();
        _sealed.Writer.TryComplete();
    }

    private void Forget(Segment segment)
    {
        // Without a later segment this one is the only memory of the last sequence.
        if ((ulong)Interlocked.Read(ref _newestFirstSequence) == segment.FirstSequence)
            SequenceFile.Write(_options.Directory, segment.NextSequence);
        Volatile.Write(ref _loadedBefore, segment.NextSequence);
        Interlocked.Add(ref _pendingBytes, -segment.Length);
        Interlocked.Add(ref _pendingRows, -segment.Rows);
        // A segment may have been waiting for this to be closed.
        if (Interlocked.Decrement(ref _unloadedSegments) == 0)
            _work.Release();
    }

    private readonly record struct Waiting(RecordBatch Batch, long Bytes, TaskCompletionSource<CommitOutcome> Done);

    [LoggerMessage(LogLevel.Information, "The spool held {Segments} segments with {Rows} records of the last run; they are loaded first")]
    private partial void LogRecovered(int segments, long rows);

    [LoggerMessage(LogLevel.Error, "The spool cannot write to its disk; senders are asked to come back")]
    private partial void LogDiskFailed(Exception exception);

    [LoggerMessage(LogLevel.Information, "The spool can write to its disk again")]
    private partial void LogDiskWorks();
}
