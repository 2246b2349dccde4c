using System.Buffers;
using System.ComponentModel;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Rialto.Logs.Query;
using Rialto.Platform.Identity;

namespace Rialto.Logs.Search;

/// <summary>What happened around a record.</summary>
/// <param name="Records">Oldest first, the record itself among them.</param>
internal sealed record RecordContext(IReadOnlyList<LogRecord> Records);

/// <summary><c>GET /api/logs/context</c></summary>
internal static class GetContext
{
    private const int CountDefault = 20;
    private const int CountMax = 200;

    /// <summary>What lies further away is no context.</summary>
    private const long Reach = 24 * 60 * Nanos.PerMinute;

    public static void Map(IEndpointRouteBuilder logs) =>
        logs.MapGet("/context", HandleAsync)
            .WithName("getContext")
            .WithSummary("Records around one")
            .WithDescription("The record and its neighbours in time of the same application and service, at most a day away.")
            .Produces<RecordContext>()
            .ProducesProblem(StatusCodes.Status404NotFound);

    private static async Task<IResult> HandleAsync(
        [Description("Sequence of the record in the middle.")] string sequence,
        [Description("How many earlier records, 0 to 200. Default 20.")] int? before,
        [Description("How many later records, 0 to 200. Default 20.")] int? after,
        HttpContext http,
        Searches searches,
        SearchEngine engine,
        RecordPages pages,
        CancellationToken cancel)
    {
        var cost = new SearchCost();
        if (!ulong.TryParse(sequence, out var number))
            return SearchErrors.BadSequence(sequence);
        if (before is < 0 or > CountMax)
            return SearchErrors.OutOfBounds("before", 0, CountMax);
        if (after is < 0 or > CountMax)
            return SearchErrors.OutOfBounds("after", 0, CountMax);
        var caller = http.Caller();
        var row = await GetRecord.ReadAsync(number, caller, engine, cost, cancel);
        if (row.IsEmpty)
            return SearchErrors.NoRecord(number);

        var middle = Middle.Of(row.Span);
        var neighbours = new AllOf([new ApplicationIs(TextMatch.Of(""), [middle.Application]), new TextIs(TextField.Service, TextMatch.Of(middle.Service))]);
        var search = new Understood(new RecordFilter(SearchScope.Of(caller), neighbours), default, await searches.NamesAsync(caller, cancel), null);
        var range = new SearchRange(middle.Time - Reach, middle.Time + Reach);
        var earlier = new SearchCursor(SearchOrder.NewestFirst, range, middle.Time, number);
        var later = earlier with { Order = SearchOrder.OldestFirst };
        var records = new List<ReadOnlyMemory<byte>>();
        records.AddRange(await ReadAsync(pages, search, earlier, before ?? CountDefault, cost, cancel));
        records.Reverse();
        records.Add(ToJson(row.Span, search.Applications));
        records.AddRange(await ReadAsync(pages, search, later, after ?? CountDefault, cost, cancel));
        return Answer(records);
    }

    private static async Task<List<ReadOnlyMemory<byte>>> ReadAsync(
        RecordPages pages, Understood search, SearchCursor start, int count, SearchCost cost, CancellationToken cancel)
    {
        if (count == 0)
            return [];
        var array = new ArrayBufferWriter<byte>();
        await using (var json = new Utf8JsonWriter(array, RecordJson.WriterOptions))
        {
            json.WriteStartArray();
            await pages.WriteAsync(json, search, start, count, cost, cancel);
            json.WriteEndArray();
        }

        return Elements(array.WrittenMemory);
    }

    private static List<ReadOnlyMemory<byte>> Elements(ReadOnlyMemory<byte> array)
    {
        var elements = new List<ReadOnlyMemory<byte>>();
        var reader = new Utf8JsonReader(array.Span);
        reader.Read();
        while (reader.Read() && reader.TokenType == JsonTokenType.StartObject)
        {
            var start = (int)reader.TokenStartIndex;
            reader.Skip();
            elements.Add(array[start..(int)reader.BytesConsumed]);
        }

        return elements;
    }

    private static ReadOnlyMemory<byte> ToJson(ReadOnlySpan<byte> row, ApplicationNames applications)
    {
        var record = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(record, RecordJson.WriterOptions);
        var reader = new RowReader(row);
        RecordRows.Write(json, ref reader, applications);
        json.Flush();
        return record.WrittenMemory;
    }

    private static IResult Answer(List<ReadOnlyMemory<byte>> records)
    {
        var answer = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(answer, RecordJson.WriterOptions);
        json.WriteStartObject();
        json.WriteStartArray("records");
        foreach (var record in records)
            json.WriteRawValue(record.Span, skipInputValidation: true);
        json.WriteEndArray();
        json.WriteEndObject();
        json.Flush();
        return TypedResults.Bytes(answer.WrittenMemory, "application/json");
    }

    /// <summary>What of the record decides which records are around it.</summary>
    private readonly record struct Middle(long Time, uint Application, string Service)
    {
        public static Middle Of(ReadOnlySpan<byte> row)
        {
            var reader = new RowReader(row);
            reader.UInt64();
            var time = reader.Int64();
            reader.Int64();
            return new(time, reader.UInt32(), Encoding.UTF8.GetString(reader.Text()));
        }
    }
}
