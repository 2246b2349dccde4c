using System.Buffers.Binary;
using Rialto.Platform.ClickHouse;
using Rialto.Platform.ClickHouse.Native;

namespace Rialto.Forecast.Observations;

/// <summary>A value as it is known now.</summary>
/// <param name="At">Seconds since 1970.</param>
/// <param name="Load">The load that brought it.</param>
/// <param name="Versions">How often it was stored: more than once = corrected.</param>
internal readonly record struct Known(int Series, uint At, double Value, ulong Load, int Versions);

/// <summary>Values of series in ClickHouse: never changed, a correction is a later version.</summary>
internal sealed class ObservationStore(ClickHouseClient clickHouse)
{
    private const string Insert = "INSERT INTO forecast_observations (TenantId, SeriesId, At, Value, Version, Load) FORMAT Native";

    /// <summary>Series of one query; more would make the statement longer than a server takes.</summary>
    private const int SeriesOfOneQueryMax = 2000;

    /// <summary>The values of these series in [from, to], each in its newest version. In order of series and time.</summary>
    /// <param name="asOf">Only what was known then: versions up to this one. Null = all.</param>
    public async IAsyncEnumerable<Known> ReadAsync(
        uint organization, IReadOnlyCollection<int> series, uint from, uint to, ulong? asOf = null,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken stop = default)
    {
        foreach (int[] some in series.Order().Chunk(SeriesOfOneQueryMax))
        {
            await using var result = await clickHouse.QueryAsync(
                """
                SELECT SeriesId, At, argMax(Value, Version), argMax(Load, Version), toUInt32(count())
                  FROM forecast_observations
                 WHERE TenantId = {tenant:UInt32} AND SeriesId IN {series:Array(UInt32)} AND At >= toDateTime({from:UInt32}, 'UTC') AND At <= toDateTime({to:UInt32}, 'UTC')
                   AND Version <= {asOf:UInt64}
                 GROUP BY SeriesId, At
                 ORDER BY SeriesId, At
                FORMAT RowBinary
                """,
                QueryOptions.With(("tenant", organization), ("series", some), ("from", from), ("to", to), ("asOf", asOf ?? ulong.MaxValue)), stop);
            const int Size = 28;
            var buffer = new byte[Size * 4096];
            int held = 0, read;
            while ((read = await result.Body.ReadAsync(buffer.AsMemory(held), stop)) > 0)
            {
                held += read;
                int at = 0;
                for (; held - at >= Size; at += Size)
                    yield return One(buffer.AsSpan(at, Size));
                buffer.AsSpan(at, held - at).CopyTo(buffer);
                held -= at;
            }
        }
    }

    public async Task<IReadOnlyList<SeriesCount>> CountAsync(uint organization, IReadOnlyCollection<int> series, CancellationToken stop)
    {
        var counts = new List<SeriesCount>();
        foreach (int[] some in series.Chunk(SeriesOfOneQueryMax))
        {
            await using var result = await clickHouse.QueryAsync(
                """
                SELECT SeriesId, uniqExact(At), min(At), max(At), argMax(Value, (At, Version))
                  FROM forecast_observations
                 WHERE TenantId = {tenant:UInt32} AND SeriesId IN {series:Array(UInt32)}
                 GROUP BY SeriesId
                FORMAT RowBinary
                """,
                QueryOptions.With(("tenant", organization), ("series", some)), stop);
            using var bytes = new MemoryStream();
            await result.Body.CopyToAsync(bytes, stop);
            for (int at = 0; at + 28 <= bytes.Length; at += 28)
                counts.Add(Count(bytes.GetBuffer().AsSpan(at, 28)));
        }
        return counts;
    }

    /// <summary>Stores values under one version; several loads at once on one series must not happen, which the lane of loads sees to.</summary>
    public async Task AddAsync(uint organization, IReadOnlyList<(int Series, uint At, double Value)> values, ulong version, ulong load, CancellationToken stop)
    {
        int rows = values.Count;
        if (rows == 0)
            return;
        var writer = new NativeWriter(rows * 40 + 200);
        writer.Block(6, rows);
        writer.Column("TenantId", "UInt32");
        writer.Repeat(organization, rows);
        writer.Column("SeriesId", "UInt32");
        var ids = writer.Reserve<uint>(rows);
        for (int i = 0; i < rows; i++)
            ids[i] = (uint)values[i].Series;
        writer.Column("At", "DateTime('UTC')");
        var times = writer.Reserve<uint>(rows);
        for (int i = 0; i < rows; i++)
            times[i] = values[i].At;
        writer.Column("Value", "Float64");
        var numbers = writer.Reserve<double>(rows);
        for (int i = 0; i < rows; i++)
            numbers[i] = values[i].Value;
        writer.Column("Version", "UInt64");
        writer.Repeat(version, rows);
        writer.Column("Load", "UInt64");
        writer.Repeat(load, rows);
        await clickHouse.InsertAsync(Insert, new ReadOnlyMemoryContent(writer.Memory), cancel: stop);
    }

    private static Known One(ReadOnlySpan<byte> row) => new(
        (int)BinaryPrimitives.ReadUInt32LittleEndian(row), BinaryPrimitives.ReadUInt32LittleEndian(row[4..]), BinaryPrimitives.ReadDoubleLittleEndian(row[8..]),
        BinaryPrimitives.ReadUInt64LittleEndian(row[16..]), (int)BinaryPrimitives.ReadUInt32LittleEndian(row[24..]));

    private static SeriesCount Count(ReadOnlySpan<byte> row) => new(
        (int)BinaryPrimitives.ReadUInt32LittleEndian(row), (long)BinaryPrimitives.ReadUInt64LittleEndian(row[4..]),
        DateTimeOffset.FromUnixTimeSeconds(BinaryPrimitives.ReadUInt32LittleEndian(row[12..])), DateTimeOffset.FromUnixTimeSeconds(BinaryPrimitives.ReadUInt32LittleEndian(row[16..])),
        BinaryPrimitives.ReadDoubleLittleEndian(row[20..]));
}
