namespace Rialto.Logs.Ingest;

/// <summary>Every limit of the ingest path with its reason. Crossing one is a clear answer to the sender, never a crash or a silent cut.</summary>
internal static class IngestLimits
{
    /// <summary>One record as sent. A deep stack trace is 50 KiB; the largest records of other systems' defaults are 256 KiB (Loki) to 1 MiB.</summary>
    public const int RecordBytesMax = 256 * 1024;

    /// <summary>
    /// What a request may hold after decompression where it is decoded in slices. Ten times what shippers batch by default; it bounds the
    /// work of a zip bomb, while memory is bounded by <see cref="SliceBytesMax"/>.
    /// </summary>
    public const long StreamedBodyBytesMax = 64L * 1024 * 1024;

    /// <summary>What an OTLP request may hold after decompression: it is decoded whole. The collector's own receiver has the same limit.</summary>
    public const int WholeBodyBytesMax = 20 * 1024 * 1024;

    /// <summary>The window over a request's body: at least one whole record beside the one before it.</summary>
    public const int SliceBytesMax = 2 * RecordBytesMax;

    /// <summary>Windows of all requests in work together; beyond it a sender is asked to come back.</summary>
    public const long BodyBytesInWorkMax = 256L * 1024 * 1024;

    /// <summary>Attributes of a record after flattening: twice the default limit of OpenTelemetry's SDKs.</summary>
    public const int AttributesMax = 256;

    /// <summary>A flattened key. Longer ones are data that landed in a key.</summary>
    public const int KeyBytesMax = 256;

    /// <summary>Nested objects and arrays; Utf8JsonReader and most peers stop at 64 too.</summary>
    public const int DepthMax = 64;

    /// <summary>Texts of the columns that are dictionaries in the table: service, environment, host.</summary>
    public const int WordBytesMax = 256;

    /// <summary>Problems listed in an answer; the rest is only counted, so that the answer stays smaller than the request.</summary>
    public const int ProblemsListedMax = 1000;

    /// <summary>Older times are replaced: each day is a partition of the table, and one insert may open 100.</summary>
    public static readonly TimeSpan AgeMax = TimeSpan.FromDays(7);

    /// <summary>Clocks of senders run ahead by minutes, not by more.</summary>
    public static readonly TimeSpan AheadMax = TimeSpan.FromMinutes(10);
}
