using System.Text.Json;
using Dapper;
using Npgsql;
using Rialto.Platform.ClickHouse;

namespace Rialto.Forecast.Observations;

/// <summary>A step whose value was replaced.</summary>
/// <param name="Versions">The first one first; the last one stands.</param>
internal sealed record Correction(DateTimeOffset At, IReadOnlyList<ValueVersion> Versions);

/// <param name="Load">The run that brought it; null when that run is no longer recorded.</param>
internal sealed record ValueVersion(double Value, DateTimeOffset LoadedAt, Guid? Load);

/// <summary>What was replaced by what, and by which load.</summary>
internal sealed class CorrectionLog(ClickHouseClient clickHouse, NpgsqlDataSource postgres)
{
    private sealed record Row(uint At, double[] Values, ulong[] Versions, ulong[] Loads);

    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNameCaseInsensitive = true, NumberHandling = System.Text.Json.Serialization.JsonNumberHandling.AllowReadingFromString,
    };

    public async Task<IReadOnlyList<Correction>> ReadAsync(uint organization, int series, int most, CancellationToken stop)
    {
        var rows = new List<Row>();
        await foreach (var row in clickHouse.ReadJsonAsync<Row>(
            """
            SELECT toUInt32(At) AS at, groupArray(Value) AS values, groupArray(Version) AS versions, groupArray(Load) AS loads
              FROM (SELECT At, Value, Version, Load FROM forecast_observations WHERE TenantId = {tenant:UInt32} AND SeriesId = {series:UInt32} ORDER BY At, Version)
             GROUP BY At
            HAVING length(arrayDistinct(values)) > 1
             ORDER BY At DESC
             LIMIT {most:UInt32}
            """,
            Json, QueryOptions.With(("tenant", organization), ("series", series), ("most", most)), stop))
            rows.Add(row);
        await using var connection = await postgres.OpenConnectionAsync(stop);
        var loads = (await connection.QueryAsync<(long Number, Guid Id)>(new CommandDefinition(
            "SELECT number, id FROM forecast.load WHERE organization = @organization AND number = ANY(@numbers)",
            new { organization = (int)organization, numbers = rows.SelectMany(row => row.Loads).Select(number => (long)number).Distinct().ToArray() }, cancellationToken: stop)))
            .ToDictionary(load => load.Number, load => load.Id);
        return [.. rows.Select(row => new Correction(
            DateTimeOffset.FromUnixTimeSeconds(row.At),
            [.. row.Values.Select((value, i) => new ValueVersion(
                value, DateTimeOffset.UnixEpoch.AddMicroseconds(row.Versions[i]), loads.TryGetValue((long)row.Loads[i], out var load) ? load : null))]))];
    }
}
