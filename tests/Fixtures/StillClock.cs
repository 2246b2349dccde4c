namespace Rialto.Fixtures;

/// <summary>Time moves when a test moves it, whatever the machine is doing; timers run by themselves.</summary>
public sealed class StillClock : TimeProvider
{
    public TimeSpan Ahead { get; set; }

    public override DateTimeOffset GetUtcNow() => DateTimeOffset.UnixEpoch.AddYears(60) + Ahead;

    public override long GetTimestamp() => (long)(Ahead.TotalSeconds * TimestampFrequency);
}
