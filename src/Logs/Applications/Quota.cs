namespace Rialto.Logs.Applications;

/// <summary>Why an application may not send now.</summary>
internal enum Refusal
{
    None,
    Rate,
    Day,
}

/// <summary>
/// Meters one application on this node. A request is let in while there is credit and charged when its records are known, so the credit may go below zero:
/// nobody is refused for one large request, and everybody pays for it. Safe for many threads.
/// </summary>
internal sealed class Quota(TimeProvider clock)
{
    /// <summary>How much of a second's allowance may come at once: batches of a sender who gathers for two seconds.</summary>
    private const double BurstSeconds = 2;

    private readonly Lock _lock = new();
    private double? _recordsPerSecond;
    private long? _bytesPerDay;
    private double _credit;
    private long _creditAt;
    private DateOnly _day;
    private long _bytesBefore;
    private long _records;
    private long _bytes;
    private long _rejected;

    /// <summary>Sets the limits; null is none. Running credit is kept where the limit stays.</summary>
    public void Limit(int? recordsPerSecond, long? bytesPerDay)
    {
        lock (_lock)
        {
            if (_recordsPerSecond != recordsPerSecond)
            {
                _recordsPerSecond = recordsPerSecond;
                _credit = (recordsPerSecond ?? 0) * BurstSeconds;
                _creditAt = clock.GetTimestamp();
            }

            _bytesPerDay = bytesPerDay;
        }
    }

    public Refusal TryEnter(out int retryAfterSeconds)
    {
        retryAfterSeconds = 0;
        lock (_lock)
        {
            if (_bytesPerDay is { } bytesMax)
            {
                var now = clock.GetUtcNow();
                if (DateOnly.FromDateTime(now.UtcDateTime) == _day && _bytesBefore + _bytes >= bytesMax)
                {
                    retryAfterSeconds = (int)(now.Date.AddDays(1) - now.DateTime).TotalSeconds + 1;
                    return Refusal.Day;
                }
            }

            if (_recordsPerSecond is not { } rate)
                return Refusal.None;
            _credit = Math.Min(rate * BurstSeconds, _credit + (rate * clock.GetElapsedTime(_creditAt).TotalSeconds));
            _creditAt = clock.GetTimestamp();
            if (_credit > 0)
                return Refusal.None;
            retryAfterSeconds = Math.Max(1, (int)Math.Ceiling(-_credit / rate));
            return Refusal.Rate;
        }
    }

    public void Charge(int records, long bytes, int rejected)
    {
        var today = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
        lock (_lock)
        {
            if (_day != today)
            {
                // What was not yet written of yesterday is a few seconds' worth and counts for today.
                _day = today;
                _bytesBefore = 0;
            }

            _credit -= records;
            _records += records;
            _bytes += bytes;
            _rejected += rejected;
        }
    }

    /// <summary>Takes what was counted since the last time, to be added to the database.</summary>
    public (long Records, long Bytes, long Rejected) TakeUsage()
    {
        lock (_lock)
        {
            var usage = (_records, _bytes, _rejected);
            _bytesBefore += _bytes;
            (_records, _bytes, _rejected) = (0, 0, 0);
            return usage;
        }
    }

    /// <summary>Puts back what could not be written.</summary>
    public void ReturnUsage((long Records, long Bytes, long Rejected) usage)
    {
        lock (_lock)
        {
            _records += usage.Records;
            _bytes += usage.Bytes;
            _rejected += usage.Rejected;
            _bytesBefore -= usage.Bytes;
        }
    }

    /// <summary>What all nodes together have counted on a day, this one's unwritten part not included.</summary>
    public void SetUsed(DateOnly day, long bytes)
    {
        lock (_lock)
        {
            _day = day;
            _bytesBefore = bytes;
        }
    }
}
