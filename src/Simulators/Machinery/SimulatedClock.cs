namespace Rialto.Simulators.Machinery;

/// <summary>
/// The vendors' one clock: real time plus an offset, or frozen. It only moves forward, because a vendor's time never goes back;
/// moving it lets six hours of outage pass in a test of six seconds.
/// </summary>
internal sealed class SimulatedClock(TimeProvider real) : TimeProvider
{
    private readonly Lock gate = new();
    private TimeSpan offset;
    private DateTimeOffset? frozenAt;

    public override DateTimeOffset GetUtcNow()
    {
        lock (gate)
            return frozenAt ?? real.GetUtcNow() + offset;
    }

    public ClockState State
    {
        get
        {
            lock (gate)
                return new ClockState(frozenAt ?? real.GetUtcNow() + offset, frozenAt is not null);
        }
    }

    /// <summary>Sets the time and whether it stands still from here on.</summary>
    public void Set(DateTimeOffset now, bool frozen)
    {
        lock (gate)
        {
            offset = now - real.GetUtcNow();
            frozenAt = frozen ? now : null;
        }
    }

    public void Advance(TimeSpan by)
    {
        var state = State;
        Set(state.Now + by, state.Frozen);
    }
}

internal sealed record ClockState(DateTimeOffset Now, bool Frozen);
