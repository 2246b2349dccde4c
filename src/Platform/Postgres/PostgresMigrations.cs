using Dapper;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Rialto.Platform.Postgres;

/// <summary>
/// Brings every schema to what this binary expects: numbered files in order, each in its own transaction, under an advisory lock so that
/// nodes that start together do not race. A file that has been applied must never change: the databases that have it would differ from new ones.
/// </summary>
internal sealed partial class PostgresMigrations(NpgsqlDataSource postgres, TimeProvider clock, ILogger<PostgresMigrations> log)
{
    // Any constant serves, as long as nobody else takes it: "rialto" in ASCII.
    private const long LockId = 0x7269616C746F;

    private readonly ILogger _log = log;

    public async Task RunAsync(IReadOnlyList<MigrationSet> sets, CancellationToken stop)
    {
        await using var connection = await postgres.OpenConnectionAsync(stop);
        await connection.ExecuteAsync("SELECT pg_advisory_lock(@LockId)", new { LockId });
        try
        {
            await connection.ExecuteAsync(
                """
                CREATE SCHEMA IF NOT EXISTS platform;
                CREATE TABLE IF NOT EXISTS platform.migration (
                    schema     text NOT NULL,
                    number     integer NOT NULL,
                    name       text NOT NULL,
                    checksum   text NOT NULL,
                    applied_at timestamptz NOT NULL,
                    PRIMARY KEY (schema, number)
                );
                """);
            var applied = (await connection.QueryAsync<Applied>("SELECT schema, number, name, checksum FROM platform.migration"))
                .ToDictionary(row => (row.Schema, row.Number));
            foreach (var set in sets) await ApplyAsync(connection, set, applied, stop);
        }
        finally
        {
            // The connection goes back to a pool, so the lock must not stay with it.
            await connection.ExecuteAsync("SELECT pg_advisory_unlock(@LockId)", new { LockId });
        }
    }

    private sealed record Applied(string Schema, int Number, string Name, string Checksum);

    private async Task ApplyAsync(NpgsqlConnection connection, MigrationSet set, Dictionary<(string, int), Applied> applied, CancellationToken stop)
    {
        foreach (var migration in set.Migrations)
        {
            if (!applied.TryGetValue((set.Schema, migration.Number), out var before)) await ApplyAsync(connection, set.Schema, migration, stop);
            else if (before.Checksum != migration.Checksum)
                throw new MigrationException($"{set.Schema}/Schema/{migration.Number:000}_{migration.Name}.sql has changed since it was applied to this database. Undo the change and write it as a new migration.");
        }
        if (applied.Values.Any(row => row.Schema == set.Schema && row.Number > set.Migrations.Count))
            LogNewerDatabase(set.Schema, set.Migrations.Count);
    }

    private async Task ApplyAsync(NpgsqlConnection connection, string schema, Migration migration, CancellationToken stop)
    {
        await using var transaction = await connection.BeginTransactionAsync(stop);
        try
        {
            // Unqualified names in a file mean its own schema.
            await connection.ExecuteAsync($"""CREATE SCHEMA IF NOT EXISTS "{schema}"; SET LOCAL search_path = "{schema}", public;""", transaction: transaction);
            await connection.ExecuteAsync(migration.Sql, transaction: transaction);
            await connection.ExecuteAsync(
                "INSERT INTO platform.migration (schema, number, name, checksum, applied_at) VALUES (@schema, @Number, @Name, @Checksum, @now)",
                new { schema, migration.Number, migration.Name, migration.Checksum, now = clock.GetUtcNow() }, transaction);
            await transaction.CommitAsync(stop);
        }
        catch (PostgresException wrong)
        {
            throw new MigrationException($"{schema}/Schema/{migration.Number:000}_{migration.Name}.sql failed: {wrong.MessageText}", wrong);
        }
        LogApplied(schema, migration.Number, migration.Name);
    }

    [LoggerMessage(LogLevel.Information, "Migration {Schema} {Number} {Name} applied")]
    private partial void LogApplied(string schema, int number, string name);

    [LoggerMessage(LogLevel.Warning, "The database has newer migrations of {Schema} than this binary, which knows {Known}: a newer node has been here")]
    private partial void LogNewerDatabase(string schema, int known);
}
