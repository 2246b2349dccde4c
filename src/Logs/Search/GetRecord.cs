using System.Buffers;
using System.ComponentModel;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Rialto.Logs.Query;
using Rialto.Platform.Identity;

namespace Rialto.Logs.Search;

/// <summary><c>GET /api/logs/records/{sequence}</c></summary>
internal static class GetRecord
{
    public static void Map(IEndpointRouteBuilder logs) =>
        logs.MapGet("/records/{sequence}", HandleAsync)
            .WithName("getRecord")
            .WithSummary("One record")
            .WithDescription("The record with this sequence, as a link to it shows it.")
            .Produces<LogRecord>()
            .ProducesProblem(StatusCodes.Status404NotFound);

    private static async Task<IResult> HandleAsync(
        [Description("Sequence of the record.")] string sequence,
        HttpContext http,
        Searches searches,
        SearchEngine engine,
        CancellationToken cancel)
    {
        if (!ulong.TryParse(sequence, out var number))
            return SearchErrors.BadSequence(sequence);
        var caller = http.Caller();
        var row = await ReadAsync(number, caller, engine, new SearchCost(), cancel);
        if (row.IsEmpty)
            return SearchErrors.NoRecord(number);
        var applications = await searches.NamesAsync(caller, cancel);
        var answer = new ArrayBufferWriter<byte>();
        await using (var json = new Utf8JsonWriter(answer, RecordJson.WriterOptions))
            Write(json, row.Span, applications);
        return TypedResults.Bytes(answer.WrittenMemory, "application/json");
    }

    /// <summary>The record's row, in <see cref="RecordRows.Columns"/>; empty when the caller sees none.</summary>
    internal static Task<ReadOnlyMemory<byte>> ReadAsync(ulong sequence, Caller caller, SearchEngine engine, SearchCost cost, CancellationToken cancel)
    {
        var filter = new RecordFilter(SearchScope.Of(caller), new SequenceIn(sequence, sequence));
        return engine.ReadAsync($"SELECT {RecordRows.Columns} FROM logs WHERE {filter.Sql} LIMIT 1 FORMAT RowBinary", filter.With(), cost, cancel);
    }

    private static void Write(Utf8JsonWriter json, ReadOnlySpan<byte> row, ApplicationNames applications)
    {
        var reader = new RowReader(row);
        RecordRows.Write(json, ref reader, applications);
    }
}
