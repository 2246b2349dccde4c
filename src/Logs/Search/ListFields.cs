using System.ComponentModel;
using System.Text;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Rialto.Platform.Identity;
using Rialto.Platform.Problems;

namespace Rialto.Logs.Search;

/// <summary>The fields that records have, or the values that one field has. The list that was not asked for is left out.</summary>
/// <param name="Names">Known fields first, then attributes, the most frequent first.</param>
/// <param name="Field">The field whose values are listed.</param>
/// <param name="Values">The most frequent first.</param>
/// <param name="CountedRows">How many records were looked at.</param>
/// <param name="IsComplete">Whether they were all that match; else they were the newest, and the counts are of these.</param>
/// <param name="Stats">What it cost.</param>
internal sealed record Fields(
    [property: JsonPropertyName("fields"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<FieldSummary>? Names,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Field,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<FieldValue>? Values,
    long CountedRows,
    bool IsComplete,
    QueryStats Stats);

/// <param name="Name">As a query names it.</param>
/// <param name="Kind">text or number; a field that has both is listed twice.</param>
/// <param name="Rows">Records that have it.</param>
internal sealed record FieldSummary(string Name, string Kind, long Rows);

/// <param name="Value">As a query would write it, unquoted.</param>
/// <param name="Rows">Records that have it.</param>
internal sealed record FieldValue(string Value, long Rows);

/// <summary><c>GET /api/logs/fields</c></summary>
internal static class ListFields
{
    /// <summary>Enough to see a field that one record in a thousand has, few enough to read in milliseconds.</summary>
    private const int SampleRows = 20_000;

    private const int ValuesDefault = 20;
    private const int ValuesMax = 200;

    // The fields every record has, in the order of the query's columns; a record without a value does not count.
    private static readonly (string Name, string Kind, string Has)[] Known =
    [
        ("level", "text", "SeverityNumber != 0"),
        ("service", "text", "ServiceName != ''"),
        ("application", "text", "1"),
        ("environment", "text", "Environment != ''"),
        ("host", "text", "Host != ''"),
        ("trace", "text", "TraceId != toFixedString('', 16)"),
        ("span", "text", "SpanId != toFixedString('', 8)"),
        ("body", "text", "1"),
        ("sequence", "number", "1"),
    ];

    public static void Map(IEndpointRouteBuilder logs) =>
        logs.MapGet("/fields", HandleAsync)
            .WithName("listFields")
            .WithSummary("Fields and their values")
            .WithDescription("The names of the fields of the records found, or with field its values, with counts: what completion and the list of facets show.");

    private static async Task<Results<Ok<Fields>, Problem>> HandleAsync(
        [AsParameters] FilterParameters parameters,
        [Description("List the values of this field.")] string? field,
        [Description("Only values that begin so, whatever their case.")] string? prefix,
        [Description("How many values at most, 1 to 200. Default 20.")] int? limit,
        HttpContext http,
        Searches searches,
        SearchEngine engine,
        CancellationToken cancel)
    {
        var cost = new SearchCost();
        if (limit is < 1 or > ValuesMax)
            return SearchErrors.OutOfBounds("limit", 1, ValuesMax);
        var understood = await searches.UnderstandAsync(parameters, http.Caller(), cancel);
        if (understood.Problem is { } problem)
            return problem;
        var answer = string.IsNullOrEmpty(field)
            ? await NamesAsync(understood, engine, cost, cancel)
            : await new FieldValues(engine).ListAsync(understood, field, prefix ?? "", limit ?? ValuesDefault, cost, cancel);
        return TypedResults.Ok(answer);
    }

    private static async Task<Fields> NamesAsync(Understood understood, SearchEngine engine, SearchCost cost, CancellationToken cancel)
    {
        static string CountKeys(string keys) => $"sumMap({keys}, arrayWithConstant(length({keys}), toUInt64(1)))";
        var sql = $$"""
            SELECT count(), {{string.Join(", ", Known.Select(field => $"countIf({field.Has})"))}},
                {{CountKeys("texts")}}, {{CountKeys("numbers")}}, {{CountKeys("resources")}}
            FROM
            (
                SELECT SeverityNumber, ServiceName, Environment, Host, TraceId, SpanId,
                    mapKeys(Attributes) AS texts, mapKeys(AttributesNumber) AS numbers, mapKeys(Resource) AS resources
                FROM logs
                WHERE {{understood.Filter.Sql}} AND {{FieldSample.Window}}
                LIMIT {rowsMax:UInt32}
            )
            FORMAT RowBinary
            """;
        var sample = await new FieldSample(engine).ReadAsync(sql, understood.Filter.With(), understood.Range, SampleRows, cost, cancel);
        return new(Names(sample.Rows.Span), null, null, sample.Seen, sample.IsComplete, cost.ToStats());
    }

    private static List<FieldSummary> Names(ReadOnlySpan<byte> row)
    {
        var reader = new RowReader(row);
        reader.UInt64();
        var known = new List<FieldSummary>();
        foreach (var (name, kind, _) in Known)
        {
            var rows = (long)reader.UInt64();
            if (rows > 0)
                known.Add(new(name, kind, rows));
        }

        var attributes = new List<FieldSummary>();
        Add(attributes, ref reader, "", "text");
        Add(attributes, ref reader, "", "number");
        Add(attributes, ref reader, "resource.", "text");
        return [.. known, .. attributes.OrderByDescending(field => field.Rows).ThenBy(field => field.Name, StringComparer.Ordinal)];
    }

    // The two arrays of a sumMap: keys, then their sums.
    private static void Add(List<FieldSummary> fields, ref RowReader reader, string prefix, string kind)
    {
        var keys = new string[reader.Length()];
        for (var i = 0; i < keys.Length; i++)
            keys[i] = Encoding.UTF8.GetString(reader.Text());
        reader.Length();
        foreach (var key in keys)
            fields.Add(new(prefix + key, kind, (long)reader.UInt64()));
    }
}
