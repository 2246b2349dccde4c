using System.Text.Json;
using System.Text.Json.Serialization;

namespace Rialto.Platform.ClickHouse;

/// <summary>
/// What a statement read, wrote and took, from <c>X-ClickHouse-Summary</c>. Exact for results that fit the server's response buffer (1 MiB); of a larger
/// one it is what was known when its first bytes were sent.
/// </summary>
public sealed record QuerySummary
{
    internal static readonly QuerySummary Empty = new();

    [JsonPropertyName("read_rows"), JsonNumberHandling(JsonNumberHandling.AllowReadingFromString)]
    public long ReadRows { get; init; }

    [JsonPropertyName("read_bytes"), JsonNumberHandling(JsonNumberHandling.AllowReadingFromString)]
    public long ReadBytes { get; init; }

    /// <summary>Rows stored, those of materialized views included.</summary>
    [JsonPropertyName("written_rows"), JsonNumberHandling(JsonNumberHandling.AllowReadingFromString)]
    public long WrittenRows { get; init; }

    [JsonPropertyName("written_bytes"), JsonNumberHandling(JsonNumberHandling.AllowReadingFromString)]
    public long WrittenBytes { get; init; }

    [JsonPropertyName("elapsed_ns"), JsonNumberHandling(JsonNumberHandling.AllowReadingFromString)]
    public long ElapsedNs { get; init; }

    internal static QuerySummary Parse(string? header)
    {
        try
        {
            return header is null ? Empty : JsonSerializer.Deserialize(header, QuerySummaryJson.Default.QuerySummary) ?? Empty;
        }
        catch (JsonException)
        {
            // Figures for people: a server that words them differently is no reason to lose its answer.
            return Empty;
        }
    }
}

[JsonSerializable(typeof(QuerySummary))]
internal sealed partial class QuerySummaryJson : JsonSerializerContext;

/// <summary>An answer as it streams in. Disposing it before its end drops the connection, and the server kills the query.</summary>
public sealed class QueryResult : IAsyncDisposable
{
    private readonly HttpResponseMessage _response;
    private readonly IDisposable _deadline;

    internal QueryResult(HttpResponseMessage response, Stream body, IDisposable deadline)
    {
        _response = response;
        _deadline = deadline;
        Body = body;
        Summary = QuerySummary.Parse(Header("X-ClickHouse-Summary"));
        QueryId = Header("X-ClickHouse-Query-Id") ?? "";
        Format = Header("X-ClickHouse-Format") ?? "";
    }

    /// <summary>
    /// The result in the statement's format. Reading throws <see cref="ClickHouseException"/> when the statement fails on its way, and
    /// <see cref="ClickHouseUnavailableException"/> when the connection breaks: a part never passes for the whole.
    /// </summary>
    public Stream Body { get; }

    /// <inheritdoc cref="QuerySummary"/>
    public QuerySummary Summary { get; }

    public string QueryId { get; }

    public string Format { get; }

    public async ValueTask DisposeAsync()
    {
        await Body.DisposeAsync();
        _response.Dispose();
        _deadline.Dispose();
    }

    private string? Header(string name) => _response.Headers.TryGetValues(name, out var values) ? values.First() : null;
}
