using Dapper;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Rialto.Fixtures;
using Rialto.Platform.Postgres;

namespace Rialto.Platform.Tests.Postgres;

public class MigrationTests(PostgresFixture postgres)
{
    [Fact]
    public async Task Migrations_run_once_in_order_and_are_recorded()
    {
        await using var database = await postgres.CreateEmptyDatabaseAsync();
        var set = Set("CREATE TABLE a (x int);", "INSERT INTO a VALUES (1);");
        await RunAsync(database.DataSource, set);
        await RunAsync(database.DataSource, set);

        await using var connection = await database.DataSource.OpenConnectionAsync();
        (await connection.QuerySingleAsync<long>("SELECT count(*) FROM demo.a")).ShouldBe(1);
        (await connection.QueryAsync<int>("SELECT number FROM platform.migration WHERE schema = 'demo' ORDER BY number")).ShouldBe([1, 2]);
    }

    [Fact]
    public async Task A_file_changed_after_it_was_applied_is_an_error()
    {
        await using var database = await postgres.CreateEmptyDatabaseAsync();
        await RunAsync(database.DataSource, Set("CREATE TABLE a (x int);"));
        var wrong = await Should.ThrowAsync<MigrationException>(() => RunAsync(database.DataSource, Set("CREATE TABLE a (x bigint);")));
        wrong.Message.ShouldContain("001_step.sql has changed");
    }

    [Fact]
    public async Task A_failing_file_leaves_nothing_and_the_next_start_tries_it_again()
    {
        await using var database = await postgres.CreateEmptyDatabaseAsync();
        await Should.ThrowAsync<MigrationException>(() => RunAsync(database.DataSource, Set("CREATE TABLE a (x int); SELECT nonsense;")));
        await RunAsync(database.DataSource, Set("CREATE TABLE a (x int);"));
    }

    [Fact]
    public async Task Nodes_that_start_together_apply_each_file_once()
    {
        await using var database = await postgres.CreateEmptyDatabaseAsync();
        var set = Set("CREATE TABLE a (x int);", "INSERT INTO a VALUES (1);");
        await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => RunAsync(database.DataSource, set)));
        await using var connection = await database.DataSource.OpenConnectionAsync();
        (await connection.QuerySingleAsync<long>("SELECT count(*) FROM demo.a")).ShouldBe(1);
    }

    [Fact]
    public async Task Every_embedded_migration_of_the_platform_applies()
    {
        await using var database = await postgres.CreateDatabaseAsync();
        await using var connection = await database.DataSource.OpenConnectionAsync();
        (await connection.QueryAsync<string>("SELECT DISTINCT schema FROM platform.migration ORDER BY 1")).ShouldBe(["audit", "configuration", "connectors", "gateway", "identity", "platform", "sagas", "secrets"]);
    }

    private static MigrationSet Set(params string[] sql) => new("demo", [.. sql.Select((text, index) => new Migration(index + 1, "step", text))]);

    private static Task RunAsync(NpgsqlDataSource source, MigrationSet set) =>
        new PostgresMigrations(source, TimeProvider.System, NullLogger<PostgresMigrations>.Instance).RunAsync([set], CancellationToken.None);
}
