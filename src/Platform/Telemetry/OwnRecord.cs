using Microsoft.Extensions.Logging;

namespace Rialto.Platform.Telemetry;

/// <summary>One line that Rialto itself logged, on its way to the Logs module as application <c>rialto</c>.</summary>
/// <param name="Timestamp">When it was logged.</param>
/// <param name="Level">Never <see cref="LogLevel.None"/>.</param>
/// <param name="Category">The logger, usually the full name of a type.</param>
/// <param name="Event">Name of the event, the source-generated method; null for plain calls.</param>
/// <param name="Message">The text with its values filled in.</param>
/// <param name="Exception">Type, message and stack, when there was one.</param>
/// <param name="TraceId">32 hex digits, when a request or job was being served.</param>
/// <param name="SpanId">16 hex digits.</param>
/// <param name="Attributes">The values of the message template by name.</param>
public sealed record OwnRecord(
    DateTimeOffset Timestamp, LogLevel Level, string Category, string? Event, string Message, string? Exception, string? TraceId, string? SpanId,
    IReadOnlyList<KeyValuePair<string, object?>> Attributes);

/// <summary>Takes Rialto's own records. The Logs module implements it; without that module they only go to the console.</summary>
public interface IOwnRecords
{
    /// <summary>
    /// Called with one batch at a time, never before the application has started. What is logged inside this call is not forwarded again.
    /// An exception makes the caller try the same batch again later.
    /// </summary>
    ValueTask WriteAsync(IReadOnlyList<OwnRecord> records, CancellationToken stop);
}
