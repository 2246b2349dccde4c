using Dapper;
using Npgsql;

namespace Rialto.Forecast.Drift;

/// <summary>The last check of a promoted model on one of its series. Its errors at the time of training are on its card.</summary>
internal sealed record DriftView
{
    /// <summary>From so many breaches in a row a model counts as drifted.</summary>
    public const int BreachesMax = 2;

    public string Series { get; init; } = "";

    /// <summary>steady, watched (one breach) or drifted (two in a row: a baseline answers until another model is promoted or a check is good again).</summary>
    public string State => Breaches == 0 ? "steady" : Breaches < BreachesMax ? "watched" : "drifted";

    /// <summary>Checks in a row that found it no better than its baseline, or its interval covering far less than its level.</summary>
    public int Breaches { get; init; }

    public DateTimeOffset CheckedAt { get; init; }
    public DateTimeOffset Since { get; init; }

    /// <summary>The newest value that was compared.</summary>
    public DateTimeOffset Until { get; init; }

    public int Outcomes { get; init; }
    public double Mae { get; init; }
    public string Baseline { get; init; } = "";
    public double BaselineMae { get; init; }
    public double Level { get; init; }
    public double Coverage { get; init; }
}

/// <summary>Reads what the watch has found.</summary>
internal sealed class DriftBook(NpgsqlDataSource postgres)
{
    public async Task<IReadOnlyList<DriftView>> OfModelAsync(Guid model, CancellationToken stop)
    {
        await using var connection = await postgres.OpenConnectionAsync(stop);
        return [.. await connection.QueryAsync<DriftView>(new CommandDefinition(
            """
            SELECT s.key AS series, d.breaches, d.checked_at, d.since, d.until, d.outcomes, d.mae, d.baseline, d.baseline_mae, d.level, d.coverage
              FROM forecast.drift d JOIN forecast.series s ON s.id = d.series
             WHERE d.model = @model ORDER BY s.key
            """,
            new { model }, cancellationToken: stop))];
    }
}
