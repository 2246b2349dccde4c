using Dapper;
using Npgsql;
using Rialto.Platform.Identity.PersonalData;

namespace Rialto.Forecast;

/// <summary>What a person did here. It is written down by his id, so with his account it means nobody; values that were loaded are measurements and belong to the organization.</summary>
internal sealed class ForecastPersonalData : IKeepPersonalData
{
    private sealed record Done
    {
        public string What { get; init; } = "";
        public string Name { get; init; } = "";
        public DateTimeOffset At { get; init; }
    }

    public async Task<object?> CollectAsync(Guid person, NpgsqlTransaction transaction, CancellationToken stop)
    {
        var done = (await transaction.Connection!.QueryAsync<Done>(new CommandDefinition(
            """
            SELECT 'load' AS what, name, created_at AS at FROM forecast.load WHERE actor = @actor
            UNION ALL SELECT 'source', name, created_at FROM forecast.source WHERE actor = @actor
            UNION ALL SELECT 'model', name || ' ' || version, created_at FROM forecast.model WHERE actor = @actor
            UNION ALL SELECT 'promotion', s.key, p.began_at FROM forecast.promotion p JOIN forecast.series s ON s.id = p.series WHERE p.actor = @actor
            ORDER BY at
            """,
            new { actor = $"user:{person}" }, transaction, cancellationToken: stop))).AsList();
        return done.Count == 0 ? null : new { done };
    }

    public async Task<IReadOnlyList<Stays>> StaysAsync(Guid person, NpgsqlTransaction transaction, CancellationToken stop) =>
        await CollectAsync(person, transaction, stop) is null
            ? []
            : [new Stays("forecast-work", "Loads, sources, models and promotions stay, because predictions rest on them. Whose they were is written down by the id, which then means nobody.")];

    public Task<Stays?> EraseAsync(Guid person, NpgsqlTransaction transaction, CancellationToken stop) => Task.FromResult<Stays?>(null);
}
