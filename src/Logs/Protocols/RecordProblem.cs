using Rialto.Logs.Ingest;

namespace Rialto.Logs.Protocols;

/// <summary>Why a record was not taken. Codes are stable; texts are for people.</summary>
internal sealed record RecordProblem(string Code, string Message)
{
    public static readonly RecordProblem NotAnObject = new("not-an-object", "A record is a JSON object.");

    public static readonly RecordProblem InvalidUtf8 = new("invalid-utf8", "The record holds bytes that are not UTF-8.");

    public static readonly RecordProblem TooDeep = new("too-deep", $"Objects and arrays may be nested {IngestLimits.DepthMax} deep.");

    public static readonly RecordProblem TooLarge = new("record-too-large", $"A record may have {IngestLimits.RecordBytesMax / 1024} KiB.");

    public static readonly RecordProblem TooManyAttributes =
        new("too-many-attributes", $"A record may have {IngestLimits.AttributesMax} attributes, nested ones counted.");

    public static readonly RecordProblem KeyTooLong = new("key-too-long", $"An attribute's key, with the keys around it, may have {IngestLimits.KeyBytesMax} bytes.");

    public static readonly RecordProblem BadTimestamp =
        new("bad-timestamp", "The time is neither ISO 8601 nor a number of seconds, milliseconds, microseconds or nanoseconds since 1970.");

    public static readonly RecordProblem NotANumber = new("malformed-json", "NaN and Infinity are not JSON numbers: send them as text or leave them out.");

    /// <summary>A note on an accepted record, not a refusal.</summary>
    public static readonly RecordProblem TimestampReplaced = new(
        "timestamp-replaced",
        "The time is more than 7 days old or 10 minutes ahead: the record has the time it arrived, and the attribute timestamp.original has yours.");

    public static readonly RecordProblem BodyTooLarge =
        new("body-too-large", $"The body is over {IngestLimits.StreamedBodyBytesMax >> 20} MiB decompressed: this record and the ones after it were not read.");

    public static readonly RecordProblem BodyTruncated =
        new("body-truncated", "The body ended early: this record and the ones after it were not read.");

    public static readonly RecordProblem AfterTheEnd = new("malformed-json", "Something follows the end of the array; it was not read.");

    public static readonly RecordProblem BadCompression =
        new("bad-compression", "The body could not be decompressed: this record and the ones after it were not read.");

    public static readonly RecordProblem BrokenProtobuf = new("malformed-protobuf", "The protobuf message ends or turns unreadable in the middle of a field.");

    public static readonly RecordProblem BadAction = new("bad-action", "A record of a bulk request stands behind a line such as {\"create\":{}}.");

    public static readonly RecordProblem ActionNotSupported = new("action-not-supported", "Records are added and never changed: only index and create are taken.");

    public static RecordProblem Malformed(int position) => new("malformed-json", $"Not valid JSON at byte {position} of the record.");

    public static RecordProblem Duplicate(string key) => new("duplicate-key", $"The key '{key}' is there twice.");

    public static RecordProblem BadField(string field, string wanted) => new("bad-field", $"'{field}' must be {wanted}.");
}
