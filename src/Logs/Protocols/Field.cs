using System.Text;

namespace Rialto.Logs.Protocols;

/// <summary>What a key of a JSON record stands for.</summary>
internal enum Field
{
    Attribute,
    Time,
    Severity,
    SeverityNumber,
    Body,
    Service,
    Environment,
    Host,
    Trace,
    Span,
}

/// <summary>
/// The names that shippers and loggers give to the parts of every record, in any case: plain, Elastic Common Schema, OpenTelemetry,
/// Fluent Bit (<c>date</c>, <c>log</c>), Serilog (<c>RenderedMessage</c>).
/// </summary>
internal static class Fields
{
    public static Field Of(ReadOnlySpan<byte> key) => key.Length switch
    {
        2 => Is(key, "ts"u8) ? Field.Time : Field.Attribute,
        3 => Is(key, "msg"u8) || Is(key, "log"u8) ? Field.Body : Is(key, "env"u8) ? Field.Environment : Field.Attribute,
        4 => OfFour(key),
        5 => Is(key, "level"u8) ? Field.Severity : Field.Attribute,
        6 => Is(key, "spanId"u8) ? Field.Span : Field.Attribute,
        7 => OfSeven(key),
        8 => OfEight(key),
        9 => OfNine(key),
        10 => Is(key, "@timestamp"u8) ? Field.Time : Field.Attribute,
        11 => Is(key, "serviceName"u8) ? Field.Service : Is(key, "environment"u8) ? Field.Environment : Field.Attribute,
        12 => Is(key, "service.name"u8) || Is(key, "service_name"u8) ? Field.Service : Is(key, "severityText"u8) ? Field.Severity : Field.Attribute,
        13 => Is(key, "severity_text"u8) ? Field.Severity : Field.Attribute,
        14 => Is(key, "severityNumber"u8) ? Field.SeverityNumber : Field.Attribute,
        15 => Is(key, "severity_number"u8) ? Field.SeverityNumber : Is(key, "renderedMessage"u8) ? Field.Body : Field.Attribute,
        19 => Is(key, "service.environment"u8) ? Field.Environment : Field.Attribute,
        22 => Is(key, "deployment.environment"u8) ? Field.Environment : Field.Attribute,
        27 => Is(key, "deployment.environment.name"u8) ? Field.Environment : Field.Attribute,
        _ => Field.Attribute,
    };

    private static Field OfFour(ReadOnlySpan<byte> key) =>
        Is(key, "time"u8) || Is(key, "date"u8) ? Field.Time
        : Is(key, "body"u8) ? Field.Body
        : Is(key, "host"u8) ? Field.Host
        : Field.Attribute;

    private static Field OfSeven(ReadOnlySpan<byte> key) =>
        Is(key, "message"u8) ? Field.Body
        : Is(key, "service"u8) ? Field.Service
        : Is(key, "traceId"u8) ? Field.Trace
        : Is(key, "span_id"u8) || Is(key, "span.id"u8) ? Field.Span
        : Field.Attribute;

    private static Field OfEight(ReadOnlySpan<byte> key) =>
        Is(key, "severity"u8) ? Field.Severity
        : Is(key, "trace_id"u8) || Is(key, "trace.id"u8) ? Field.Trace
        : Is(key, "hostname"u8) ? Field.Host
        : Field.Attribute;

    private static Field OfNine(ReadOnlySpan<byte> key) =>
        Is(key, "timestamp"u8) ? Field.Time
        : Is(key, "log.level"u8) ? Field.Severity
        : Is(key, "host.name"u8) ? Field.Host
        : Field.Attribute;

    private static bool Is(ReadOnlySpan<byte> key, ReadOnlySpan<byte> name) => (key[0] | 0x20) == (name[0] | 0x20) && Ascii.EqualsIgnoreCase(key, name);
}
