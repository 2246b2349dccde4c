using System.Globalization;
using Microsoft.AspNetCore.Http;
using Rialto.Engine.Library;

namespace Rialto.Engine.Http;

/// <summary>What the address and the headers of a request say; the statement's text and data come from the body as well.</summary>
internal sealed record QueryRequest
{
    // Parameters of the interface itself, which on a server too are no settings.
    private static readonly HashSet<string> NotSettings = new(StringComparer.Ordinal)
    {
        "query", "query_id", "database", "default_format", "user", "password", "quota_key", "session_id", "session_timeout", "session_check", "role",
        "compress", "decompress", "buffer_size", "wait_end_of_query", "stacktrace", "close_session", "client_protocol_version",
        // Settings of the server's HTTP side, which here is this process.
        "enable_http_compression", "http_zlib_compression_level", "send_progress_in_http_headers", "http_headers_progress_interval_ms", "add_http_cors_header",
        "http_response_buffer_size", "http_write_exception_in_output_format", "http_wait_end_of_query", "queue_max_wait_ms", "cancel_http_readonly_queries_on_client_close",
        "allow_experimental_analyzer",
    };

    private const int QueueMsDefault = 5000;
    private const int BufferBytesDefault = 1 << 20;
    private const int BufferBytesMax = 64 << 20;

    // In a format that cannot be streamed the result, its text and the network's copy of it are in memory at once.
    private const long WholeResultBytesMax = 256 << 20;

    public required string Text { get; init; }

    public required string QueryId { get; init; }

    public required string DefaultFormat { get; init; }

    public required string Database { get; init; }

    public required IReadOnlyDictionary<string, string> Settings { get; init; }

    public required IReadOnlyList<KeyValuePair<string, string>> Parameters { get; init; }

    /// <summary>How long the request may wait for a slot (<c>queue_max_wait_ms</c>).</summary>
    public required TimeSpan QueueWait { get; init; }

    /// <summary>Bytes collected before the status is sent; a failure before that has its own status. <c>wait_end_of_query=1</c> collects all.</summary>
    public required int BufferBytes { get; init; }

    public required bool Gzip { get; init; }

    public static QueryRequest Read(HttpRequest http)
    {
        string? Header(string name) => http.Headers[name].ToString() is { Length: > 0 } value ? value : null;
        string? Query(string name) => http.Query[name].ToString() is { Length: > 0 } value ? value : null;

        if (Query("session_id") is not null)
            throw EngineException.Of(Codes.NotImplemented, "NOT_IMPLEMENTED", "Sessions over HTTP are not kept by this engine");
        if (Query("compress") is not (null or "0") || Query("decompress") is not (null or "0"))
            throw EngineException.Of(Codes.NotImplemented, "NOT_IMPLEMENTED", "ClickHouse's block compression is not served; use enable_http_compression=1 and Content-Encoding");

        var settings = new Dictionary<string, string>(StringComparer.Ordinal);
        var parameters = new List<KeyValuePair<string, string>>();
        foreach (var (name, values) in http.Query)
        {
            var value = values.ToString();
            if (name.StartsWith("param_", StringComparison.Ordinal))
                parameters.Add(new(name["param_".Length..], value));
            else if (!NotSettings.Contains(name))
                settings[name] = value;
        }

        // A GET changes nothing, on a server as here; 2 lets it change settings.
        if (HttpMethods.IsGet(http.Method) || HttpMethods.IsHead(http.Method))
            settings.TryAdd("readonly", "2");
        return new QueryRequest
        {
            Text = Query("query") ?? "",
            QueryId = Query("query_id") ?? Guid.CreateVersion7().ToString(),
            DefaultFormat = Query("default_format") ?? Header("X-ClickHouse-Format") ?? "TabSeparated",
            Database = Query("database") ?? Header("X-ClickHouse-Database") ?? "default",
            Settings = settings,
            Parameters = parameters,
            QueueWait = TimeSpan.FromMilliseconds(Number(Query("queue_max_wait_ms"), QueueMsDefault)),
            BufferBytes = Query("wait_end_of_query") == "1" ? BufferBytesMax : Math.Clamp((int)Number(Query("http_response_buffer_size") ?? Query("buffer_size"), BufferBytesDefault), 0, BufferBytesMax),
            Gzip = Query("enable_http_compression") == "1" && http.Headers.AcceptEncoding.ToString().Contains("gzip", StringComparison.OrdinalIgnoreCase),
        };
    }

    /// <summary>The session this request needs; a result that is made whole in memory gets a limit of its size, unless the request has one.</summary>
    public SessionKey SessionFor(bool wholeResult)
    {
        if (!wholeResult || Settings.ContainsKey("max_result_bytes"))
            return SessionKey.Of(Database, Settings);
        return SessionKey.Of(Database, Settings.Append(new("max_result_bytes", WholeResultBytesMax.ToString(CultureInfo.InvariantCulture))));
    }

    private static uint Number(string? text, uint otherwise) =>
        text is null ? otherwise
        : uint.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) && value <= int.MaxValue ? value
        : throw EngineException.Of(Codes.CannotParseText, "CANNOT_PARSE_TEXT", $"Cannot parse {text} as a number");
}
