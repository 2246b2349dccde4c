using System.Text.Json;
using System.Text.Json.Serialization;

namespace Rialto.Logs.Live;

/// <summary>What a client asks to watch.</summary>
/// <param name="Generation">Counts the client's filters; every answer names it, so a late one of an earlier filter can be told.</param>
/// <param name="Query">As in a search; empty watches everything.</param>
/// <param name="ResumeAfter">lastSequence of the last answer, so that nothing in between is missed; null begins now.</param>
internal sealed record WatchRequest(int Generation, string? Query, string? ResumeAfter);

/// <summary>The filter is in force; records of it follow.</summary>
internal sealed record WatchingMessage(int Generation);

/// <summary>The filter is not in force, and nothing is sent.</summary>
internal sealed record RefusedMessage(int Generation, string Code, string Detail, int? Position = null, int? Length = null);

/// <summary>Records that matched since the last message.</summary>
/// <param name="Generation">The filter's.</param>
/// <param name="Records">Oldest commit first.</param>
/// <param name="LastSequence">Everything up to it was sent or is counted in dropped: where to resume.</param>
/// <param name="Dropped">Matching records since the last message that were not sent, and those that nobody had time to look at.</param>
/// <param name="MatchedPerSecond">Of the last second, sent or not.</param>
/// <param name="Incomplete">True when records between resumeAfter and now could not be read: a search finds them.</param>
internal sealed record RecordsMessage(int Generation, RawRecords Records, string? LastSequence, long Dropped, long MatchedPerSecond, bool Incomplete);

/// <summary>A JSON array that is already written.</summary>
[JsonConverter(typeof(RawRecordsConverter))]
internal readonly record struct RawRecords(ReadOnlyMemory<byte> Json);

internal sealed class RawRecordsConverter : JsonConverter<RawRecords>
{
    public override RawRecords Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => throw new NotSupportedException("Clients send no records here.");

    public override void Write(Utf8JsonWriter writer, RawRecords value, JsonSerializerOptions options) => writer.WriteRawValue(value.Json.Span, skipInputValidation: true);
}
