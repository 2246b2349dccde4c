namespace Rialto.Engine.Http;

/// <summary>What the transport has to know of ClickHouse's formats.</summary>
internal static class Formats
{
    // The library renders each part of a streamed result as a document of its own. In these formats the parts one after another are the whole document.
    private static readonly HashSet<string> Concatenable = new(StringComparer.OrdinalIgnoreCase)
    {
        "JSONEachRow", "JSONLines", "NDJSON", "JSONStringsEachRow", "JSONCompactEachRow", "JSONCompactStringsEachRow", "PrettyJSONEachRow", "PrettyJSONLines", "PrettyNDJSON",
        "TabSeparated", "TSV", "TabSeparatedRaw", "TSVRaw", "CSV", "RowBinary", "Native", "Null", "LineAsString", "RawBLOB", "MsgPack", "TSKV",
    };

    public static bool CanStream(string format) => Concatenable.Contains(format);

    public static string ContentType(string format) => format.ToUpperInvariant() switch
    {
        "JSON" or "JSONCOMPACT" or "JSONSTRINGS" or "JSONCOLUMNS" or "JSONCOMPACTSTRINGS" => "application/json; charset=UTF-8",
        var name when name.Contains("JSON", StringComparison.Ordinal) => "application/x-ndjson; charset=UTF-8",
        var name when name.StartsWith("CSV", StringComparison.Ordinal) => "text/csv; charset=UTF-8; header=" + (name.Contains("NAMES", StringComparison.Ordinal) ? "present" : "absent"),
        var name when name.StartsWith("TSV", StringComparison.Ordinal) || name.StartsWith("TABSEPARATED", StringComparison.Ordinal) => "text/tab-separated-values; charset=UTF-8",
        "NATIVE" or "ROWBINARY" or "PARQUET" or "ARROW" or "ARROWSTREAM" or "ORC" or "AVRO" or "MSGPACK" or "ROWBINARYWITHNAMES" or "ROWBINARYWITHNAMESANDTYPES" => "application/octet-stream",
        "XML" => "application/xml; charset=UTF-8",
        _ => "text/plain; charset=UTF-8",
    };
}
