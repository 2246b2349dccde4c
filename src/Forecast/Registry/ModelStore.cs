using System.Security.Cryptography;
using System.Text.Json;
using Dapper;
using Npgsql;
using Rialto.Forecast.Observations;
using Rialto.Forecast.Training;
using Rialto.Platform.Jobs;

namespace Rialto.Forecast.Registry;

/// <summary>The registry: models that were trained, and which of them answers for which series.</summary>
internal sealed class ModelStore(NpgsqlDataSource postgres, TimeProvider clock)
{
    public async Task<ModelRow?> FindAsync(uint organization, Guid id, CancellationToken stop)
    {
        await using var connection = await postgres.OpenConnectionAsync(stop);
        return await connection.QuerySingleOrDefaultAsync<ModelRow>(new CommandDefinition(
            $"{ModelRow.Select} WHERE m.id = @id AND m.organization = @organization", new { id, organization = (int)organization }, cancellationToken: stop));
    }

    public async Task<IReadOnlyList<ModelRow>> ListAsync(uint organization, int? series, string? name, int most, CancellationToken stop)
    {
        await using var connection = await postgres.OpenConnectionAsync(stop);
        return [.. await connection.QueryAsync<ModelRow>(new CommandDefinition(
            $"""
            {ModelRow.Select}
             WHERE m.organization = @organization AND (@series::int IS NULL OR @series = ANY(m.series)) AND (@name::text IS NULL OR m.name = @name)
             ORDER BY m.id DESC LIMIT @most
            """,
            new { organization = (int)organization, series, name, most }, cancellationToken: stop))];
    }

    public async Task<byte[]?> FileAsync(Guid id, CancellationToken stop)
    {
        await using var connection = await postgres.OpenConnectionAsync(stop);
        return await connection.QuerySingleOrDefaultAsync<byte[]?>(new CommandDefinition("SELECT file FROM forecast.model WHERE id = @id", new { id }, cancellationToken: stop));
    }

    /// <summary>Adds a version and ends the job in one transaction: a training that was cancelled, died or lost its lease leaves the registry as it was.</summary>
    public async Task<Guid> AddAsync(JobRun run, string name, IReadOnlyList<SeriesRow> series, ModelParameters parameters, Trained trained, CancellationToken stop)
    {
        var id = Guid.CreateVersion7(clock.GetUtcNow());
        byte[] file = ModelFile.Write(trained.Model);
        await using var connection = await postgres.OpenConnectionAsync(stop);
        await using var transaction = await connection.BeginTransactionAsync(stop);
        await run.GuardAsync(transaction, stop);
        int organization = (int)run.Origin.Organization;
        await connection.ExecuteAsync(new CommandDefinition(
            "SELECT pg_advisory_xact_lock(hashtextextended('forecast.model:' || @organization || ':' || @name, 0))", new { organization, name }, transaction, cancellationToken: stop));
        await connection.ExecuteAsync(new CommandDefinition(
            """
            INSERT INTO forecast.model (id, organization, name, version, measure, series, series_keys, horizon, step, parameters, card, passed, file, file_hash, data_hash, trained_until, job, actor, created_at)
            SELECT @id, @organization, @name, coalesce(max(version), 0) + 1, @Measure, @numbers, @keys, @Horizon, @Step, @parameters::jsonb, @card::jsonb, @Passed, @file, @hash,
                   @DataHash, @until, @job, (SELECT actor FROM platform.job WHERE id = @job), @now
              FROM forecast.model WHERE organization = @organization AND name = @name
            """,
            new
            {
                id, organization, name, series[0].Measure, numbers = series.Select(row => row.Id).ToArray(), keys = series.Select(row => row.Key).ToArray(), parameters.Horizon, series[0].Step,
                parameters = JsonSerializer.Serialize(parameters, RegistryJson.Options), card = JsonSerializer.Serialize(trained.Card, RegistryJson.Options), trained.Card.Gate.Passed,
                file, hash = Convert.ToHexStringLower(SHA256.HashData(file)), trained.Card.DataHash, until = new DateTimeOffset(trained.Card.TrainedUntil, TimeSpan.Zero),
                job = run.Id, now = clock.GetUtcNow(),
            },
            transaction, cancellationToken: stop));
        await run.CompleteAsync(transaction, new JobResult { Model = id }, stop);
        await transaction.CommitAsync(stop);
        return id;
    }

    /// <summary>From now on this model answers for these series.</summary>
    public async Task PromoteAsync(uint organization, Guid model, IReadOnlyList<int> series, string actor, CancellationToken stop)
    {
        await using var connection = await postgres.OpenConnectionAsync(stop);
        await using var transaction = await connection.BeginTransactionAsync(stop);
        await connection.ExecuteAsync(new CommandDefinition(
            """
            SELECT id FROM forecast.series WHERE id = ANY(@series) ORDER BY id FOR UPDATE;
            UPDATE forecast.promotion SET ended_at = @now WHERE series = ANY(@series) AND ended_at IS NULL AND model <> @model;
            INSERT INTO forecast.promotion (organization, series, model, actor, began_at)
            SELECT @organization, s, @model, @actor, @now FROM unnest(@series) AS s
             WHERE NOT EXISTS (SELECT 1 FROM forecast.promotion p WHERE p.series = s AND p.ended_at IS NULL);
            """,
            new { organization = (int)organization, model, series = series.ToArray(), actor, now = clock.GetUtcNow() }, transaction, cancellationToken: stop));
        await transaction.CommitAsync(stop);
    }

    /// <summary>The model before the present one answers again; null when there was none.</summary>
    public async Task<Guid?> RollBackAsync(uint organization, int series, string actor, CancellationToken stop)
    {
        await using var connection = await postgres.OpenConnectionAsync(stop);
        await using var transaction = await connection.BeginTransactionAsync(stop);
        await connection.ExecuteAsync(new CommandDefinition("SELECT id FROM forecast.series WHERE id = @series FOR UPDATE", new { series }, transaction, cancellationToken: stop));
        var before = await connection.QuerySingleOrDefaultAsync<Guid?>(new CommandDefinition(
            """
            SELECT p.model FROM forecast.promotion p
             WHERE p.series = @series AND p.ended_at IS NOT NULL
               AND p.model <> (SELECT c.model FROM forecast.promotion c WHERE c.series = @series AND c.ended_at IS NULL)
             ORDER BY p.id DESC LIMIT 1
            """,
            new { series }, transaction, cancellationToken: stop));
        if (before is null)
            return null;
        await connection.ExecuteAsync(new CommandDefinition(
            """
            UPDATE forecast.promotion SET ended_at = @now WHERE series = @series AND ended_at IS NULL;
            INSERT INTO forecast.promotion (organization, series, model, actor, began_at) VALUES (@organization, @series, @before, @actor, @now);
            """,
            new { organization = (int)organization, series, before, actor, now = clock.GetUtcNow() }, transaction, cancellationToken: stop));
        await transaction.CommitAsync(stop);
        return before;
    }
}
