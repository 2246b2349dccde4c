using System.Text;
using Rialto.Logs.Query;

namespace Rialto.Logs.Search;

/// <summary>The values of one field with their counts.</summary>
internal sealed class FieldValues(SearchEngine engine)
{
    /// <summary>More than for names: a value is rarer than its field, and only one column is read.</summary>
    private const int SampleRows = 100_000;

    private const string ResourcePrefix = "resource.";

    /// <param name="search">Which records.</param>
    /// <param name="field">The field's name as a query has it.</param>
    /// <param name="prefix">Only values that begin so, whatever their case.</param>
    /// <param name="limit">How many values at most.</param>
    /// <param name="cost">Of the request.</param>
    /// <param name="cancel">The reader left.</param>
    public Task<Fields> ListAsync(Understood search, string field, string prefix, int limit, SearchCost cost, CancellationToken cancel)
    {
        return KnownFields.Find(field) switch
        {
            KnownField.Level => CountAsync("SeverityNumber", number => Severity.NameOf(byte.Parse(number))),
            KnownField.Application => CountAsync("AppId", number => search.Applications.NameOf(uint.Parse(number))),
            KnownField.Service => CountAsync("ServiceName", name => name),
            KnownField.Environment => CountAsync("Environment", name => name),
            KnownField.Host => SampleAsync("Host", "Host != ''", field),

            // Nearly every record has its own: there is nothing to count.
            KnownField.Trace or KnownField.Span or KnownField.Body or KnownField.Sequence => Task.FromResult(new Fields(null, field, [], 0, true, cost.ToStats())),
            _ when field.StartsWith(ResourcePrefix, StringComparison.Ordinal) =>
                SampleAsync("Resource[{key:String}]", "mapContains(Resource, {key:String})", field[ResourcePrefix.Length..]),
            _ => SampleAsync(
                "if(mapContains(Attributes, {key:String}), Attributes[{key:String}], toString(AttributesNumber[{key:String}]))",
                "(mapContains(Attributes, {key:String}) OR mapContains(AttributesNumber, {key:String}))",
                field),
        };

        // Columns with few values are counted whole, from the counts a minute where these can answer.
        async Task<Fields> CountAsync(string column, Func<string, string> name)
        {
            VolumeSql.Write(search.Filter, search.Range, $"{column} AS value", byMinute: true, out var counts, out var parameters);
            var sql = $"SELECT toString(value) AS value, sum(rows) FROM ({counts}) GROUP BY value FORMAT RowBinary";
            var rows = await engine.ReadAsync(sql, parameters, cost, cancel);
            var named = ReadValues(rows.Span)
                .GroupBy(value => name(value.Value), (value, all) => new FieldValue(value, all.Sum(part => part.Rows)))
                .Where(value => value.Value.Length > 0 && value.Value.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))
                .ToList();
            var values = named.OrderByDescending(value => value.Rows).ThenBy(value => value.Value, StringComparer.Ordinal).Take(limit);
            return new(null, field, [.. values], named.Sum(value => value.Rows), true, cost.ToStats());
        }

        async Task<Fields> SampleAsync(string value, string has, string key)
        {
            var parameters = search.Filter.With(("key", key), ("prefix", Tokens.Lower(prefix)));
            var begins = prefix.Length == 0 ? "" : $"AND startsWith(lower({value}), {{prefix:String}})";
            var sql = $$"""
                SELECT sum(rows), groupArray({{limit}})((value, rows))
                FROM
                (
                    SELECT value, count() AS rows
                    FROM (SELECT {{value}} AS value FROM logs WHERE {{search.Filter.Sql}} AND {{FieldSample.Window}} AND {{has}} {{begins}} LIMIT {rowsMax:UInt32})
                    GROUP BY value
                    ORDER BY rows DESC, value
                )
                FORMAT RowBinary
                """;
            var sample = await new FieldSample(engine).ReadAsync(sql, parameters, search.Range, SampleRows, cost, cancel);
            return new(null, field, ReadSample(sample.Rows.Span), sample.Seen, sample.IsComplete, cost.ToStats());
        }
    }

    private static List<FieldValue> ReadSample(ReadOnlySpan<byte> row)
    {
        var reader = new RowReader(row);
        reader.UInt64();
        var values = new List<FieldValue>();
        for (var count = reader.Length(); count > 0; count--)
            values.Add(new(Encoding.UTF8.GetString(reader.Text()), (long)reader.UInt64()));
        return values;
    }

    private static List<FieldValue> ReadValues(ReadOnlySpan<byte> rows)
    {
        var reader = new RowReader(rows);
        var values = new List<FieldValue>();
        while (!reader.AtEnd)
            values.Add(new(Encoding.UTF8.GetString(reader.Text()), (long)reader.UInt64()));
        return values;
    }
}
