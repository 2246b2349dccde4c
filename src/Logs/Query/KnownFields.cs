namespace Rialto.Logs.Query;

internal enum KnownField
{
    None,
    Level,
    Service,
    Application,
    Environment,
    Host,
    Trace,
    Span,
    Body,
    Sequence,
}

/// <summary>The fields every record has, by all the names people try for them.</summary>
internal static class KnownFields
{
    /// <summary>In the order completion offers them.</summary>
    public static readonly string[] Names = ["level", "service", "application", "environment", "host", "trace", "span", "body", "sequence"];

    public static KnownField Find(string name) => name switch
    {
        "level" or "severity" => KnownField.Level,
        "service" => KnownField.Service,
        "application" or "app" => KnownField.Application,
        "environment" or "env" => KnownField.Environment,
        "host" => KnownField.Host,
        "trace" or "trace_id" or "traceId" => KnownField.Trace,
        "span" or "span_id" or "spanId" => KnownField.Span,
        "body" or "message" => KnownField.Body,
        "sequence" => KnownField.Sequence,
        _ => KnownField.None,
    };
}
