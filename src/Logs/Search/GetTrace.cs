using System.ComponentModel;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Rialto.Platform.Identity;

namespace Rialto.Logs.Search;

/// <summary><c>GET /api/logs/trace/{traceId}</c></summary>
internal static class GetTrace
{
    private const int LimitMax = 1000;
    private const string FromDefault = "now-7d";

    /// <summary>Clocks of senders run ahead by up to this much before ingest corrects them.</summary>
    private const string ToDefault = "now+10m";

    public static void Map(IEndpointRouteBuilder logs) =>
        logs.MapGet("/trace/{traceId}", HandleAsync)
            .WithName("getTrace")
            .WithSummary("All records of a trace")
            .WithDescription("Oldest first, at most 1000 a page. Looks at the last seven days unless told otherwise.")
            .Produces<SearchResult>();

    private static async Task<IResult> HandleAsync(
        [Description("32 hexadecimal digits.")] string traceId,
        [FromQuery, Description("Earliest time. Default now-7d.")] string? from,
        [FromQuery, Description("Time before which records are found. Default now+10m.")] string? to,
        [FromQuery, Description("nextCursor of the page before.")] string? cursor,
        HttpContext http,
        Searches searches,
        RecordPages pages,
        CancellationToken cancel)
    {
        var cost = new SearchCost();
        if (traceId.Length != 32 || !traceId.All(char.IsAsciiHexDigit))
            return SearchErrors.BadTrace();
        var parameters = new FilterParameters { Query = $"trace:{traceId}", From = from ?? FromDefault, To = to ?? ToDefault };
        var understood = await searches.UnderstandAsync(parameters, http.Caller(), cancel);
        if (understood.Problem is { } problem)
            return problem;
        var start = SearchCursor.Start(understood.Range, SearchOrder.OldestFirst);
        if (cursor is not null && (!SearchCursor.TryRead(cursor, out start) || start.Order != SearchOrder.OldestFirst))
            return SearchErrors.BadCursor();

        // The index of trace ids leaves next to nothing to read, so the whole range is one window.
        return await SearchRecords.AnswerAsync(understood, start, LimitMax, pages, cost, cancel, firstWindow: start.Range.To - start.Range.From);
    }
}
