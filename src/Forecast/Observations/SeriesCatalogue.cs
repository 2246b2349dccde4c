using Dapper;
using Npgsql;

namespace Rialto.Forecast.Observations;

/// <summary>Stations and series of an organization.</summary>
internal sealed class SeriesCatalogue(NpgsqlDataSource postgres, TimeProvider clock)
{
    private const string Columns =
        """
        s.id, s.key, t.name AS station, s.measure, s.unit, s.step, t.zone, t.latitude, t.longitude, s.rows, s.first_at, s.last_at, s.last_value, s.revision
          FROM forecast.series s JOIN forecast.station t ON t.id = s.station
        """;

    public async Task<IReadOnlyList<SeriesRow>> AllAsync(uint organization, CancellationToken stop)
    {
        await using var connection = await postgres.OpenConnectionAsync(stop);
        return [.. await connection.QueryAsync<SeriesRow>(new CommandDefinition(
            $"SELECT {Columns} WHERE s.organization = @organization ORDER BY t.name, s.measure", new { organization = (int)organization }, cancellationToken: stop))];
    }

    /// <summary>Those of the keys (or numbers) that exist, in the order asked for.</summary>
    public async Task<IReadOnlyList<SeriesRow>> FindAsync(uint organization, IReadOnlyList<string> names, CancellationToken stop)
    {
        await using var connection = await postgres.OpenConnectionAsync(stop);
        var found = await connection.QueryAsync<SeriesRow>(new CommandDefinition(
            $"SELECT {Columns} WHERE s.organization = @organization AND (s.key = ANY(@names) OR s.id::text = ANY(@names))",
            new { organization = (int)organization, names = names.ToArray() }, cancellationToken: stop));
        var byName = new Dictionary<string, SeriesRow>(StringComparer.Ordinal);
        foreach (var row in found)
        {
            byName.TryAdd(row.Id.ToString(), row);
            byName[row.Key] = row;
        }
        return [.. names.Select(name => byName.GetValueOrDefault(name)).OfType<SeriesRow>().DistinctBy(row => row.Id)];
    }

    /// <summary>All series of these stations on one step.</summary>
    public async Task<IReadOnlyList<SeriesRow>> OfStationsAsync(uint organization, IReadOnlyList<string> stations, string step, CancellationToken stop)
    {
        await using var connection = await postgres.OpenConnectionAsync(stop);
        return [.. await connection.QueryAsync<SeriesRow>(new CommandDefinition(
            $"SELECT {Columns} WHERE s.organization = @organization AND t.name = ANY(@stations) AND s.step = @step ORDER BY t.name, s.measure",
            new { organization = (int)organization, stations = stations.ToArray(), step }, cancellationToken: stop))];
    }

    /// <summary>The series; made, with its station, when it does not exist.</summary>
    public async Task<SeriesRow> MakeAsync(NpgsqlTransaction transaction, uint organization, SeriesRow wanted, CancellationToken stop)
    {
        await transaction.Connection!.ExecuteAsync(new CommandDefinition(
            """
            WITH place AS (
                INSERT INTO forecast.station AS t (organization, name, latitude, longitude, zone, created_at)
                VALUES (@organization, @Station, @Latitude, @Longitude, @Zone, @now)
                ON CONFLICT (organization, name) DO UPDATE SET latitude = coalesce(@Latitude, t.latitude), longitude = coalesce(@Longitude, t.longitude)
                RETURNING id
            )
            INSERT INTO forecast.series (organization, key, station, measure, unit, step)
            SELECT @organization, @Key, id, @Measure, @Unit, @Step FROM place
            ON CONFLICT (organization, key) DO NOTHING
            """,
            new
            {
                organization = (int)organization, wanted.Station, wanted.Latitude, wanted.Longitude, wanted.Zone, wanted.Key, wanted.Measure, wanted.Unit, wanted.Step,
                now = clock.GetUtcNow(),
            },
            transaction, cancellationToken: stop));
        return await transaction.Connection!.QuerySingleAsync<SeriesRow>(new CommandDefinition(
            $"SELECT {Columns} WHERE s.organization = @organization AND s.key = @Key", new { organization = (int)organization, wanted.Key }, transaction, cancellationToken: stop));
    }

    /// <summary>Writes what was counted after a load. Only a series that changed gets a new revision.</summary>
    public static async Task CountedAsync(NpgsqlTransaction transaction, SeriesCount count, CancellationToken stop) =>
        await transaction.Connection!.ExecuteAsync(new CommandDefinition(
            """
            UPDATE forecast.series
               SET rows = @Rows, first_at = @FirstAt, last_at = @LastAt, last_value = @LastValue, revision = revision + 1
             WHERE id = @Series
            """,
            count, transaction, cancellationToken: stop));
}

/// <summary>What ClickHouse holds of a series.</summary>
internal sealed record SeriesCount(int Series, long Rows, DateTimeOffset FirstAt, DateTimeOffset LastAt, double LastValue);
