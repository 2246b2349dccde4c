using Dapper;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Rialto.Platform;
using Rialto.Platform.Engines;
using Rialto.Platform.Postgres;

namespace Rialto.Fixtures;

/// <summary>
/// One PostgreSQL server for a test assembly: <c>[assembly: AssemblyFixture(typeof(PostgresFixture))]</c>, then take it in a test class's constructor.
/// The server is the product's own child engine, without fsync because nobody needs the data afterwards.
/// </summary>
public sealed class PostgresFixture : IAsyncLifetime
{
    private readonly string _directory = Directory.CreateTempSubdirectory("rialto-pg-").FullName;
    private readonly PostgresEngine _engine;
    private readonly Supervisor _supervisor;

    public PostgresFixture()
    {
        // The server's unprivileged user must get through.
        File.SetUnixFileMode(_directory, File.GetUnixFileMode(_directory) | UnixFileMode.OtherExecute | UnixFileMode.GroupExecute);
        var settings = new Dictionary<string, string> { ["fsync"] = "off", ["synchronous_commit"] = "off", ["full_page_writes"] = "off", ["max_connections"] = "200" };
        _engine = new PostgresEngine(_directory, TimeProvider.System, NullLogger.Instance, settings);
        _supervisor = new Supervisor(_engine, TimeProvider.System, NullLogger.Instance);
    }

    public async ValueTask InitializeAsync() => await _supervisor.StartAsync(CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        await _supervisor.DisposeAsync();
        Directory.Delete(_directory, recursive: true);
    }

    /// <summary>A new database with the platform's schemas and those of <paramref name="modules"/>.</summary>
    public async Task<PostgresDatabase> CreateDatabaseAsync(params Module[] modules)
    {
        var database = await CreateEmptyDatabaseAsync();
        await database.MigrateAsync(modules);
        return database;
    }

    /// <summary>A new database without any table.</summary>
    public async Task<PostgresDatabase> CreateEmptyDatabaseAsync()
    {
        var name = "t_" + Guid.CreateVersion7().ToString("N");
        await using var connection = new NpgsqlConnection(_engine.ConnectionString);
        await connection.OpenAsync();
        await connection.ExecuteAsync($"CREATE DATABASE {name}");
        return new PostgresDatabase(new NpgsqlConnectionStringBuilder(_engine.ConnectionString) { Database = name, MaxPoolSize = 20 }.ConnectionString);
    }
}

/// <summary>A database of one test or test class; it goes with the server.</summary>
public sealed class PostgresDatabase(string connectionString) : IAsyncDisposable
{
    public string ConnectionString => connectionString;

    public NpgsqlDataSource DataSource { get; } = NpgsqlDataSource.Create(connectionString);

    public ValueTask DisposeAsync() => DataSource.DisposeAsync();

    public Task MigrateAsync(params Module[] modules) =>
        new PostgresMigrations(DataSource, TimeProvider.System, NullLogger<PostgresMigrations>.Instance).RunAsync(MigrationSet.Of(modules), CancellationToken.None);
}
