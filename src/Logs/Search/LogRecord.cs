namespace Rialto.Logs.Search;

/// <summary>
/// The shape of a record in every answer, for the description of the API: <see cref="RecordJson"/> writes it without this object.
/// </summary>
/// <param name="Sequence">Unique and rising on each node; a text, because it has 64 bits.</param>
/// <param name="Timestamp">When it happened, ISO 8601 in UTC with up to 9 digits of fraction.</param>
/// <param name="Observed">When it was first seen by a collector or by Rialto.</param>
/// <param name="Application">The application whose key sent it.</param>
/// <param name="Service">Empty when the record has none; so are environment and host.</param>
/// <param name="Environment">Such as prod or staging.</param>
/// <param name="Host">The machine that it comes from.</param>
/// <param name="Severity">OpenTelemetry severity number, 0 to 24.</param>
/// <param name="Level">Its name: none, trace, debug, info, warn, error or fatal.</param>
/// <param name="TraceId">32 hexadecimal digits, or null.</param>
/// <param name="SpanId">16 hexadecimal digits, or null.</param>
/// <param name="Body">The text.</param>
/// <param name="Attributes">Texts and numbers by key.</param>
/// <param name="Resource">Texts that describe the sender, by key.</param>
internal sealed record LogRecord(
    string Sequence,
    string Timestamp,
    string Observed,
    string Application,
    string Service,
    string Environment,
    string Host,
    int Severity,
    string Level,
    string? TraceId,
    string? SpanId,
    string Body,
    IReadOnlyDictionary<string, object> Attributes,
    IReadOnlyDictionary<string, string> Resource);
