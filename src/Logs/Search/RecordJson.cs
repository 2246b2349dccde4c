using System.Text.Encodings.Web;
using System.Text.Json;
using Rialto.Logs.Query;

namespace Rialto.Logs.Search;

/// <summary>The fields of a record before its attributes, as spans into wherever it lies.</summary>
internal readonly ref struct RecordHead
{
    public ulong Sequence { get; init; }

    public long TimeNanos { get; init; }

    public long ObservedMillis { get; init; }

    public ReadOnlySpan<char> Application { get; init; }

    public ReadOnlySpan<byte> Service { get; init; }

    public ReadOnlySpan<byte> Environment { get; init; }

    public ReadOnlySpan<byte> Host { get; init; }

    public byte Severity { get; init; }

    public ReadOnlySpan<byte> TraceId { get; init; }

    public ReadOnlySpan<byte> SpanId { get; init; }

    public ReadOnlySpan<byte> Body { get; init; }
}

/// <summary>
/// The one JSON form of a record, written without objects in between: search reads rows of the engine, the live tail rows of a batch.
/// </summary>
internal static class RecordJson
{
    // The answer is JSON with nosniff and never part of a page, so quotes and other scripts stay readable.
    public static readonly JsonWriterOptions WriterOptions = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    private static readonly JsonEncodedText SequenceName = JsonEncodedText.Encode("sequence");
    private static readonly JsonEncodedText TimestampName = JsonEncodedText.Encode("timestamp");
    private static readonly JsonEncodedText ObservedName = JsonEncodedText.Encode("observed");
    private static readonly JsonEncodedText ApplicationName = JsonEncodedText.Encode("application");
    private static readonly JsonEncodedText ServiceName = JsonEncodedText.Encode("service");
    private static readonly JsonEncodedText EnvironmentName = JsonEncodedText.Encode("environment");
    private static readonly JsonEncodedText HostName = JsonEncodedText.Encode("host");
    private static readonly JsonEncodedText SeverityName = JsonEncodedText.Encode("severity");
    private static readonly JsonEncodedText LevelName = JsonEncodedText.Encode("level");
    private static readonly JsonEncodedText TraceName = JsonEncodedText.Encode("traceId");
    private static readonly JsonEncodedText SpanName = JsonEncodedText.Encode("spanId");
    private static readonly JsonEncodedText BodyName = JsonEncodedText.Encode("body");
    private static readonly JsonEncodedText AttributesName = JsonEncodedText.Encode("attributes");
    private static readonly JsonEncodedText ResourceName = JsonEncodedText.Encode("resource");

    /// <summary>Opens the record and its attributes: write the pairs, then call <see cref="Resource"/>.</summary>
    public static void Begin(Utf8JsonWriter json, in RecordHead head)
    {
        Span<byte> text = stackalloc byte[Nanos.LengthMax];
        json.WriteStartObject();
        head.Sequence.TryFormat(text, out var length);
        json.WriteString(SequenceName, text[..length]);
        json.WriteString(TimestampName, text[..Nanos.Format(head.TimeNanos, text)]);
        json.WriteString(ObservedName, text[..Nanos.Format(head.ObservedMillis * 1_000_000, text)]);
        json.WriteString(ApplicationName, head.Application);
        json.WriteString(ServiceName, head.Service);
        json.WriteString(EnvironmentName, head.Environment);
        json.WriteString(HostName, head.Host);
        json.WriteNumber(SeverityName, head.Severity);
        json.WriteString(LevelName, Severity.NamesUtf8[Severity.NameIndex(head.Severity)]);
        WriteId(json, TraceName, head.TraceId);
        WriteId(json, SpanName, head.SpanId);
        json.WriteString(BodyName, head.Body);
        json.WriteStartObject(AttributesName);
    }

    public static void Number(Utf8JsonWriter json, ReadOnlySpan<byte> key, double value)
    {
        if (double.IsFinite(value))
            json.WriteNumber(key, value);
        else
            json.WriteString(key, double.IsNaN(value) ? "NaN" : value > 0 ? "Infinity" : "-Infinity");
    }

    public static void Resource(Utf8JsonWriter json)
    {
        json.WriteEndObject();
        json.WriteStartObject(ResourceName);
    }

    public static void End(Utf8JsonWriter json)
    {
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteId(Utf8JsonWriter json, JsonEncodedText name, ReadOnlySpan<byte> id)
    {
        if (!id.ContainsAnyExcept((byte)0))
        {
            json.WriteNull(name);
            return;
        }

        Span<byte> hex = stackalloc byte[32];
        Convert.TryToHexStringLower(id, hex, out var length);
        json.WriteString(name, hex[..length]);
    }
}
