using System.Buffers.Binary;
using Rialto.Fixtures;
using Rialto.Logs.Live;
using Rialto.Logs.Query;
using Rialto.Logs.Records;
using Rialto.Logs.Search;
using Rialto.Platform.ClickHouse;

namespace Rialto.Logs.Tests.Query;

/// <summary>Search and live tail read one query in two ways; nobody may see the difference.</summary>
public class DifferentialTests(ClickHouseFixture clickHouse)
{
    private static readonly Dictionary<string, uint> Applications = new() { ["shop"] = 1, ["two words"] = 2 };

    [Theory]
    [InlineData(1, 400)]
    [InlineData(2, 400)]
    public async Task The_engine_and_the_live_filter_find_the_same_records(int seed, int queries)
    {
        var database = await TableAsync(clickHouse);
        var random = new Random(seed);
        var batches = await FillAsync(database, random, perBatch: 150);

        var matched = 0;
        for (var i = 0; i < queries; i++)
        {
            // From here on in one part, with the indexes that a merge builds.
            if (i == queries / 2)
                await MergeAsync(database);
            var query = new Queries(random).WellFormed();
            QueryBinder.TryRead(query, Applications, out var condition, out var error).ShouldBeTrue(error?.Detail);
            var found = await SearchAsync(database, condition!);
            var seen = Watch(batches, condition!);
            if (!found.SequenceEqual(seen))
                Explain(query, condition!, found, seen, batches);
            matched += found.Count is > 0 and < 300 ? 1 : 0;

            var others = await SearchAsync(database, new Not(condition!));
            found.Concat(others).Order().ShouldBe(batches.SelectMany(Sequences).Order(), $"NOT is not the complement of {query}");
        }

        // Queries that find all or nothing prove little.
        matched.ShouldBeGreaterThan(queries / 3);
    }

    private static void Explain(string query, Condition condition, List<ulong> found, List<ulong> seen, List<RecordBatch> batches)
    {
        var wrong = found.Except(seen).Concat(seen.Except(found)).First();
        var batch = batches.Single(batch => wrong >= batch.FirstSequence && wrong < batch.FirstSequence + (ulong)batch.Count);
        var row = (int)(wrong - batch.FirstSequence);
        var sql = new ConditionSql();
        Assert.Fail($"{query}\nis found by {(found.Contains(wrong) ? "the engine" : "the live filter")} only in record {wrong}: {RecordText.Of(batch, row)}\n"
            + $"{sql.Write(condition)}\n{string.Join(", ", sql.Parameters.Select(pair => $"{pair.Key}={(pair.Value is string[] many ? string.Join('|', many) : pair.Value)}"))}");
    }

    // Two applications, parts with and without skip indexes, as between an insert and its first merge.
    private static async Task<List<RecordBatch>> FillAsync(ClickHouseClient database, Random random, int perBatch)
    {
        var batches = new List<RecordBatch>();
        await database.ExecuteAsync("SYSTEM STOP MERGES logs");
        var sequence = 1UL;
        for (var i = 0; i < 3; i++)
        {
            var application = (uint)(i % 2) + 1;
            var records = Enumerable.Range(0, perBatch).Select(_ => SampleRecord.Random(random) with { Application = application, Sequence = sequence++ }).ToList();
            await SampleRecord.InsertAsync(database, records, withIndexes: i != 1);
            batches.Add(SampleRecord.Batch(records, Applications.Single(pair => pair.Value == application).Key));
        }

        return batches;
    }

    private static async Task MergeAsync(ClickHouseClient database)
    {
        await database.ExecuteAsync("SYSTEM START MERGES logs");
        await database.ExecuteAsync("OPTIMIZE TABLE logs FINAL");
    }

    internal static async Task<List<ulong>> SearchAsync(ClickHouseClient database, Condition condition)
    {
        var filter = new RecordFilter(new SearchScope(1, null), condition);
        await using var result = await database.QueryAsync($"SELECT Seq FROM logs WHERE {filter.Sql} ORDER BY Seq FORMAT RowBinary", new QueryOptions { Parameters = filter.With() });
        var rows = new MemoryStream();
        await result.Body.CopyToAsync(rows);
        return [.. rows.ToArray().Chunk(8).Select(bytes => BinaryPrimitives.ReadUInt64LittleEndian(bytes))];
    }

    private static List<ulong> Watch(List<RecordBatch> batches, Condition condition)
    {
        var filter = new LiveFilter(condition);
        var seen = new List<ulong>();
        foreach (var batch in batches)
        {
            var matches = Enumerable.Range(0, filter.Begin(batch) ? batch.Count : 0).Where(row => filter.Matches(batch, row)).Select(batch.Sequence).ToList();
            seen.AddRange(matches);
        }

        return seen;
    }

    private static IEnumerable<ulong> Sequences(RecordBatch batch) => Enumerable.Range(0, batch.Count).Select(batch.Sequence);

    internal static async Task<ClickHouseClient> TableAsync(ClickHouseFixture clickHouse)
    {
        var database = await clickHouse.CreateDatabaseAsync();
        var schema = await File.ReadAllTextAsync(Path.Combine(Checkout.Root, "src/Logs/Schema/ClickHouse/001_logs.sql"));
        foreach (var statement in schema.Split(";\n", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            await database.ExecuteAsync(statement);

        // The records of tests have times of their own, which the engine would find expired one day.
        await database.ExecuteAsync("ALTER TABLE logs REMOVE TTL");
        return database;
    }
}
