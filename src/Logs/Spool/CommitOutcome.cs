namespace Rialto.Logs.Spool;

/// <summary>What became of a batch.</summary>
internal enum CommitOutcome
{
    /// <summary>On the disk: it will be searchable whatever is killed now.</summary>
    Durable,

    /// <summary>The spool, or the queue in front of it, holds as much as it may. Nothing was kept; try again later.</summary>
    Full,

    /// <summary>The disk refused. Whether the batch is on it is not known, so it is not acknowledged; try again later.</summary>
    DiskFailed,

    /// <summary>The process is about to end. Nothing was kept.</summary>
    Stopping,
}
