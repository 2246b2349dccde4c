using Microsoft.AspNetCore.Http;
using Rialto.Logs.Query;
using Rialto.Platform.Problems;

namespace Rialto.Logs.Search;

/// <summary>Every problem that searching answers with.</summary>
internal static class SearchErrors
{
    public static Problem Syntax(QueryError error) =>
        Problem.Of(StatusCodes.Status400BadRequest, "query-syntax", error.Detail, "q",
            new { position = error.At.Start, length = error.At.Length, expected = error.Expected, suggestion = error.Suggestion });

    public static Problem BadTime(string field, string text) =>
        Problem.Of(StatusCodes.Status400BadRequest, "time-unreadable",
            $"\"{text}\" is not a time. Write 2026-11-21T10:00:00Z, now, or a time relative to now such as now-15m or -2h.", field);

    public static Problem EmptyRange() =>
        Problem.Of(StatusCodes.Status400BadRequest, "range-empty", "The range ends before it begins: from must be earlier than to.", "from");

    public static Problem OutOfBounds(string field, int min, int max) =>
        Problem.Of(StatusCodes.Status400BadRequest, "out-of-bounds", $"{field} must be between {min} and {max}.", field, new { min, max });

    public static Problem BadOrder() =>
        Problem.Of(StatusCodes.Status400BadRequest, "order-unknown", "order is desc (newest first) or asc.", "order");

    public static Problem BadCursor() =>
        Problem.Of(StatusCodes.Status400BadRequest, "cursor-unreadable", "This cursor is not one that a search with this order returned. Start again without it.", "cursor");

    public static Problem BadSequence(string text) =>
        Problem.Of(StatusCodes.Status400BadRequest, "sequence-unreadable", $"\"{text}\" is not a sequence: it is a whole number.", "sequence");

    public static Problem BadTrace() =>
        Problem.Of(StatusCodes.Status400BadRequest, "trace-unreadable", "A trace id has 32 hexadecimal digits.", "traceId");

    public static Problem NoRecord(ulong sequence) =>
        Problem.Of(StatusCodes.Status404NotFound, "record-not-found",
            $"There is no record {sequence} that you may see. It may be older than its retention, or not searchable yet: try again in a second.", "sequence");

    public static Problem Unavailable() =>
        Problem.Of(StatusCodes.Status503ServiceUnavailable, "search-unavailable",
            "Search is not available at the moment. Records are still accepted and kept, and will be found when it is back.");

    public static Problem Busy() =>
        Problem.Of(StatusCodes.Status503ServiceUnavailable, "search-busy", "Too many searches run at the moment; try again in a few seconds.");

    public static Problem TooExpensive() =>
        Problem.Of(StatusCodes.Status422UnprocessableEntity, "query-too-expensive",
            "This query reads more than one search may. Choose a shorter time range, or add a condition that narrows it: an application or service, a whole word, or a value of a field.");
}
