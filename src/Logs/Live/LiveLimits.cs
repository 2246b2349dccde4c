namespace Rialto.Logs.Live;

/// <summary>What one watcher may cost.</summary>
internal static class LiveLimits
{
    /// <summary>Ten times a second looks immediate, and a page draws no more.</summary>
    public static readonly TimeSpan FlushInterval = TimeSpan.FromMilliseconds(100);

    /// <summary>A thousand records a second is more than anybody reads; of more an even share is sent, and the rest counted.</summary>
    public const int RecordsPerFlush = 100;

    /// <summary>Long records make a flush end earlier, so that a thin line still gets ten a second.</summary>
    public const int BytesPerFlush = 256 * 1024;

    /// <summary>Records that a watcher gets of what he missed: more he finds by a search.</summary>
    public const int MissedMax = 500;

    /// <summary>Each costs the worker a comparison per record.</summary>
    public const int ConnectionsMax = 500;

    /// <summary>Tabs of one person, or readers with one key.</summary>
    public const int ConnectionsPerCallerMax = 20;
}
