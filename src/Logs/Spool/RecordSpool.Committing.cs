using System.Diagnostics;

namespace Rialto.Logs.Spool;

// Everything in this file runs on the commit thread.
internal sealed partial class RecordSpool
{
    private void Run()
    {
        var taken = new List<Waiting>();
        while (true)
        {
            WaitForWork();
            bool isStopping;
            lock (_lock)
            {
                isStopping = _isStopping;
                (taken, _waiting) = (_waiting, taken);
                _waitingBytes = 0;
            }

            for (var first = 0; first < taken.Count;)
                first += Commit(taken, first);
            taken.Clear();
            SealWhenDue(isStopping);
            if (isStopping)
                return;
        }
    }

    private void WaitForWork()
    {
        if (_open is null || (IsDue(_open) && IsLoadingBefore))
            _work.Wait();
        else
            _work.Wait(Later(_options.SegmentAgeMax - _open.Age));
        // One round takes everything, so the other signals are spent too.
        while (_work.CurrentCount > 0 && _work.Wait(0))
        {
        }
    }

    private static TimeSpan Later(TimeSpan span) => span > TimeSpan.Zero ? span : TimeSpan.Zero;

    /// <summary>Commits as many of the batches as one block takes; returns how many that were.</summary>
    private int Commit(List<Waiting> taken, int first)
    {
        var rows = 0;
        var bytes = 0L;
        var end = first;
        while (end < taken.Count && (end == first || (rows + taken[end].Batch.Count <= _options.CommitRowsMax && bytes + taken[end].Bytes <= _options.CommitBytesMax)))
        {
            var batch = taken[end].Batch;
            batch.FirstSequence = _nextSequence + (ulong)rows;
            rows += batch.Count;
            bytes += taken[end++].Bytes;
            _batches.Add(batch);
        }

        var outcome = Write(rows);
        for (var i = first; i < end; i++)
            taken[i].Done.SetResult(outcome);
        if (outcome == CommitOutcome.Durable)
            Publish(rows);
        foreach (var batch in _batches)
            batch.Release();
        _batches.Clear();
        SealWhenDue(isStopping: false);
        return end - first;
    }

    private CommitOutcome Write(int rows)
    {
        try
        {
            _open ??= new OpenSegment(_disk, _options.Directory, _nextSequence, _options.Node);
            _block.Clear(keepBytesMax: (int)_options.CommitBytesMax * 2);
            _block.Reserve<byte>(SegmentFormat.FrameBytes);
            _encoder.Encode(_batches, _block);
            var before = _open.Length;
            _open.Append(_block.Written, rows, _nextSequence);
            Interlocked.Exchange(ref _newestFirstSequence, (long)_open.FirstSequence);
            Interlocked.Add(ref _pendingBytes, _open.Length - before);
            Interlocked.Add(ref _pendingRows, rows);
            if (Interlocked.Exchange(ref _failedAt, 0) != 0)
                LogDiskWorks();
            return CommitOutcome.Durable;
        }
        catch (Exception exception)
        {
            // Whatever it is: a batch that cannot be written must cost its sender an answer, not everybody the process.
            Fail(exception);
            return CommitOutcome.DiskFailed;
        }
        finally
        {
            // Also after a failure: the block may be on the disk all the same, and its sequences must not come twice.
            _nextSequence += (ulong)rows;
            Volatile.Write(ref _committedThrough, _nextSequence - 1);
        }
    }

    private void Fail(Exception exception)
    {
        if (Interlocked.Exchange(ref _failedAt, Stopwatch.GetTimestamp()) == 0)
            LogDiskFailed(exception);
        if (_open?.Abandon() is { } segment)
        {
            Interlocked.Increment(ref _unloadedSegments);
            _sealed.Writer.TryWrite(segment);
        }

        _open = null;
    }

    private void Publish(int rows)
    {
        Interlocked.Add(ref _committedRows, rows);
        foreach (var listener in _listeners)
        {
            foreach (var batch in _batches)
                listener.Publish(batch);
        }
    }

    private void SealWhenDue(bool isStopping)
    {
        if (_open is null || !(isStopping || IsLargest(_open) || (IsDue(_open) && !IsLoadingBefore)))
            return;
        Interlocked.Increment(ref _unloadedSegments);
        _sealed.Writer.TryWrite(_open.Seal());
        _open = null;
    }

    /// <summary>The loader is not done with the segments before; it wakes this thread when it is.</summary>
    private bool IsLoadingBefore => _options.SegmentRowsWhenBusyMax > _options.SegmentRowsMax && Volatile.Read(ref _unloadedSegments) > 0;

    private bool IsDue(OpenSegment segment) => segment.Rows >= _options.SegmentRowsMax || segment.Age >= _options.SegmentAgeMax;

    private bool IsLargest(OpenSegment segment) =>
        segment.Rows >= Math.Max(_options.SegmentRowsMax, _options.SegmentRowsWhenBusyMax) || segment.Length >= _options.SegmentBytesMax;
}
