using System.Buffers;
using System.ComponentModel;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Rialto.Platform.Identity;

namespace Rialto.Logs.Search;

/// <summary>A page of records.</summary>
/// <param name="Records">In the order asked for.</param>
/// <param name="NextCursor">Pass it as cursor for the next page; null at the end. A page may hold fewer records than the limit and still have a next one.</param>
/// <param name="Stats">What the page cost.</param>
/// <param name="From">The range that was searched; it stays the same on every page.</param>
/// <param name="To">Its end, not included.</param>
internal sealed record SearchResult(IReadOnlyList<LogRecord> Records, string? NextCursor, QueryStats Stats, string From, string To);

/// <summary><c>GET /api/logs/search</c></summary>
internal static class SearchRecords
{
    private const int LimitDefault = 100;
    private const int LimitMax = 1000;

    public static void Map(IEndpointRouteBuilder logs) =>
        logs.MapGet("/search", HandleAsync)
            .WithName("searchRecords")
            .WithSummary("Find records")
            .WithDescription("Records that match the query, newest first, a page at a time. Records that share a time are ordered by sequence, so no page repeats or misses one.")
            .Produces<SearchResult>();

    private static async Task<IResult> HandleAsync(
        [AsParameters] FilterParameters parameters,
        [Description("How many records a page has at most, 1 to 1000. Default 100.")] int? limit,
        [Description("nextCursor of the page before; the range is then the first page's, whatever from and to say.")] string? cursor,
        [Description("desc, newest first (the default), or asc.")] string? order,
        HttpContext http,
        Searches searches,
        RecordPages pages,
        CancellationToken cancel)
    {
        var cost = new SearchCost();
        if (limit is < 1 or > LimitMax)
            return SearchErrors.OutOfBounds("limit", 1, LimitMax);
        if (order is not (null or "desc" or "asc"))
            return SearchErrors.BadOrder();
        var direction = order == "asc" ? SearchOrder.OldestFirst : SearchOrder.NewestFirst;
        var understood = await searches.UnderstandAsync(parameters, http.Caller(), cancel);
        if (understood.Problem is { } problem)
            return problem;
        var start = SearchCursor.Start(understood.Range, direction);
        if (cursor is not null && (!SearchCursor.TryRead(cursor, out start) || start.Order != direction))
            return SearchErrors.BadCursor();

        return await AnswerAsync(understood, start, limit ?? LimitDefault, pages, cost, cancel);
    }

    /// <param name="understood">What to find.</param>
    /// <param name="start">Where the page begins.</param>
    /// <param name="limit">How many records it has at most.</param>
    /// <param name="pages">Reads it.</param>
    /// <param name="cost">Of the request so far.</param>
    /// <param name="cancel">The reader left.</param>
    /// <param name="firstWindow">Nanoseconds to look at first.</param>
    internal static async Task<IResult> AnswerAsync(
        Understood understood, SearchCursor start, int limit, RecordPages pages, SearchCost cost, CancellationToken cancel, long firstWindow = RecordPages.FirstWindow)
    {
        var answer = new ArrayBufferWriter<byte>(32 * 1024);
        await using (var json = new Utf8JsonWriter(answer, RecordJson.WriterOptions))
        {
            json.WriteStartObject();
            json.WriteStartArray("records");
            var next = await pages.WriteAsync(json, understood, start, limit, cost, cancel, firstWindow);
            json.WriteEndArray();
            json.WriteString("nextCursor", next?.ToString());
            json.WritePropertyName("stats");
            JsonSerializer.Serialize(json, cost.ToStats(), JsonSerializerOptions.Web);
            json.WriteString("from", Nanos.Format(start.Range.From));
            json.WriteString("to", Nanos.Format(start.Range.To));
            json.WriteEndObject();
        }

        return TypedResults.Bytes(answer.WrittenMemory, "application/json");
    }
}
