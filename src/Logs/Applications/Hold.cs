using Rialto.Logs.Spool;

namespace Rialto.Logs.Applications;

/// <summary>What this node has of one application on its way. See <see cref="ApplicationHolds"/>. All who take records of it share it: each entering is disposed of once.</summary>
internal sealed class Hold(uint application, RecordSpool spool, TimeProvider clock, bool isWritten) : IDisposable
{
    private volatile bool _isWritten = isWritten;
    private int _inside;
    private long _leftAt = clock.GetTimestamp();
    private ulong _through;

    public uint Application => application;

    /// <summary>Held by whoever changes <see cref="IsWritten"/>.</summary>
    public SemaphoreSlim Gate { get; } = new(1);

    /// <summary>Whether the database says that this node has something.</summary>
    public bool IsWritten
    {
        get => _isWritten;
        set => _isWritten = value;
    }

    public TimeSpan Idle => Volatile.Read(ref _inside) > 0 ? TimeSpan.Zero : clock.GetElapsedTime(Volatile.Read(ref _leftAt));

    /// <summary>Somebody takes records now, or some are not searchable yet. Those of the runs before this one count too.</summary>
    public bool IsInUse => Volatile.Read(ref _inside) > 0 || spool.LoadedBefore <= Math.Max(Volatile.Read(ref _through), spool.RecoveredThrough);

    public void Enter() => Interlocked.Increment(ref _inside);

    /// <summary>Leaves it: nothing more comes from this one, and what he brought is committed, or will never be.</summary>
    public void Dispose()
    {
        Volatile.Write(ref _through, spool.CommittedThrough);
        Volatile.Write(ref _leftAt, clock.GetTimestamp());
        Interlocked.Decrement(ref _inside);
    }
}
