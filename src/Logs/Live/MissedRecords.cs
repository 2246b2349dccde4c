using System.Buffers;
using System.Buffers.Binary;
using System.Text.Json;
using Npgsql;
using Rialto.Logs.Query;
using Rialto.Logs.Search;
using Rialto.Platform.ClickHouse;
using Rialto.Platform.Identity;

namespace Rialto.Logs.Live;

/// <summary>
/// Reads from the engine what was committed while a client was away. Records are searchable a moment after they are durable, so it first waits until
/// the loader has passed the newest of them.
/// </summary>
internal sealed class MissedRecords(SearchEngine engine, ApplicationDirectory applications, TimeProvider clock, Func<ulong> loadedBefore, Func<ulong> recoveredThrough)
{
    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(50);

    /// <summary>While the engine is away longer than this, live records matter more than those in between.</summary>
    private static readonly TimeSpan PatienceMax = TimeSpan.FromSeconds(10);

    /// <summary>The newest record that was committed before this process began.</summary>
    public ulong RecoveredThrough => recoveredThrough();

    /// <param name="Json">The newest of them as an array, in order of sequence.</param>
    /// <param name="Dropped">How many more matched.</param>
    /// <param name="IsIncomplete">Whether they could not be read.</param>
    public readonly record struct Found(ReadOnlyMemory<byte> Json, long Dropped, bool IsIncomplete);

    /// <summary>Matching records with sequences after <paramref name="after"/>, up to and with <paramref name="last"/>.</summary>
    public async Task<Found> ReadAsync(Caller caller, Condition condition, ulong after, ulong last, CancellationToken cancel)
    {
        var began = clock.GetTimestamp();
        while (loadedBefore() <= last)
        {
            if (clock.GetElapsedTime(began) > PatienceMax)
                return new("[]"u8.ToArray(), 0, true);
            await Task.Delay(LookAgain, clock, cancel);
        }

        try
        {
            return await QueryAsync(caller, condition, after, last, cancel);
        }
        catch (Exception exception) when (exception is ClickHouseException or ClickHouseUnavailableException or NpgsqlException)
        {
            return new("[]"u8.ToArray(), 0, true);
        }
    }

    private async Task<Found> QueryAsync(Caller caller, Condition condition, ulong after, ulong last, CancellationToken cancel)
    {
        var cost = new SearchCost();
        var filter = new RecordFilter(SearchScope.Of(caller), new AllOf([new SequenceIn(after + 1, last), condition]));
        var sql = $$"""
            SELECT {{RecordRows.Columns}}
            FROM logs
            WHERE {{filter.Sql}}
            ORDER BY Seq DESC
            LIMIT {{LiveLimits.MissedMax}}
            FORMAT RowBinary
            """;
        var rows = await engine.ReadAsync(sql, filter.With(), cost, cancel);
        var names = await applications.OfAsync(caller.Organization, cancel);
        var records = ToJson(rows.Span, names);
        var total = (long)records.Count;
        if (total == LiveLimits.MissedMax)
        {
            var count = await engine.ReadAsync($"SELECT count() FROM logs WHERE {filter.Sql} FORMAT RowBinary", filter.With(), cost, cancel);
            total = (long)BinaryPrimitives.ReadUInt64LittleEndian(count.Span);
        }

        return new(OldestFirst(records), total - records.Count, false);
    }

    private static List<ReadOnlyMemory<byte>> ToJson(ReadOnlySpan<byte> rows, ApplicationNames names)
    {
        var buffer = new ArrayBufferWriter<byte>();
        var ends = new List<int>();
        using (var json = new Utf8JsonWriter(buffer, RecordJson.WriterOptions))
        {
            var reader = new RowReader(rows);
            while (!reader.AtEnd)
            {
                RecordRows.Write(json, ref reader, names);
                json.Flush();
                json.Reset();
                ends.Add(buffer.WrittenCount);
            }
        }

        return [.. ends.Select((end, i) => buffer.WrittenMemory[(i == 0 ? 0 : ends[i - 1])..end])];
    }

    private static ReadOnlyMemory<byte> OldestFirst(List<ReadOnlyMemory<byte>> records)
    {
        var array = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(array, RecordJson.WriterOptions);
        json.WriteStartArray();
        for (var i = records.Count - 1; i >= 0; i--)
            json.WriteRawValue(records[i].Span, skipInputValidation: true);
        json.WriteEndArray();
        json.Flush();
        return array.WrittenMemory;
    }
}
