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

    // These have a header of so many lines, or of names and types, and then rows: concatenable after the header.
    private static readonly Dictionary<string, Func<ReadOnlySpan<byte>, int>> Headed = new(StringComparer.OrdinalIgnoreCase)
    {
        ["CSVWithNames"] = bytes => CsvRecords(bytes, 1),
        ["CSVWithNamesAndTypes"] = bytes => CsvRecords(bytes, 2),
        ["TSVWithNames"] = bytes => Lines(bytes, 1),
        ["TSVWithNamesAndTypes"] = bytes => Lines(bytes, 2),
        ["TabSeparatedWithNames"] = bytes => Lines(bytes, 1),
        ["TabSeparatedWithNamesAndTypes"] = bytes => Lines(bytes, 2),
        ["JSONCompactEachRowWithNames"] = bytes => Lines(bytes, 1),
        ["JSONCompactEachRowWithNamesAndTypes"] = bytes => Lines(bytes, 2),
        ["JSONCompactStringsEachRowWithNames"] = bytes => Lines(bytes, 1),
        ["JSONCompactStringsEachRowWithNamesAndTypes"] = bytes => Lines(bytes, 2),
        ["RowBinaryWithNames"] = bytes => BinaryNames(bytes, 1),
        ["RowBinaryWithNamesAndTypes"] = bytes => BinaryNames(bytes, 2),
    };

    public static bool CanStream(string format) => Concatenable.Contains(format) || Headed.ContainsKey(format);

    /// <summary>Measures the header that each part of a streamed result begins with; null for a format without one.</summary>
    public static Func<ReadOnlySpan<byte>, int>? HeaderLength(string format) => Headed.GetValueOrDefault(format);

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

    private static int Lines(ReadOnlySpan<byte> bytes, int count)
    {
        var length = 0;
        for (; count > 0; count--)
        {
            var end = bytes[length..].IndexOf((byte)'\n');
            if (end < 0)
                return bytes.Length;
            length += end + 1;
        }

        return length;
    }

    // A line end within quotes belongs to a name.
    private static int CsvRecords(ReadOnlySpan<byte> bytes, int count)
    {
        var quoted = false;
        for (var i = 0; i < bytes.Length; i++)
        {
            quoted ^= bytes[i] == '"';
            if (!quoted && bytes[i] == '\n' && --count == 0)
                return i + 1;
        }

        return bytes.Length;
    }

    // The number of columns, then their names and, when two lists are asked for, their types; all lengths in LEB128.
    private static int BinaryNames(ReadOnlySpan<byte> bytes, int lists)
    {
        var at = 0;
        for (var left = Number(bytes, ref at) * lists; left > 0 && at < bytes.Length; left--)
        {
            var length = Number(bytes, ref at);
            at += length;
        }

        return Math.Min(at, bytes.Length);
    }

    private static int Number(ReadOnlySpan<byte> bytes, ref int at)
    {
        var value = 0;
        for (var shift = 0; at < bytes.Length; shift += 7)
        {
            var part = bytes[at++];
            value |= (part & 0x7f) << shift;
            if (part < 0x80)
                break;
        }

        return value;
    }
}
