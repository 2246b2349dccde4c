using Rialto.Fixtures;
using Rialto.Platform.ClickHouse;

namespace Rialto.Engine.Tests.Client;

public class MigrationTests(ClickHouseFixture clickhouse) : ClientTests(clickhouse)
{
    private static readonly ClickHouseMigrations.Migration First = new(1, "001_one.sql", "-- Two statements; this is no end.\nCREATE TABLE one (a UInt64 DEFAULT length(';')) ENGINE = MergeTree ORDER BY a;\nCREATE TABLE two (a String) ENGINE = MergeTree ORDER BY a;\n");
    private static readonly ClickHouseMigrations.Migration Second = new(2, "002_three.sql", "ALTER TABLE one ADD COLUMN b String");

    private ClickHouseMigrations Migrations => new(Client, ClickHouseSchema.Plain);

    [Fact]
    public async Task Files_are_applied_in_order_and_once()
    {
        await Migrations.ApplyAsync("module", [First], Cancel);
        await Migrations.ApplyAsync("module", [First, Second], Cancel);
        await Migrations.ApplyAsync("module", [First, Second], Cancel);

        (await TextAsync("SELECT name FROM system.columns WHERE database = currentDatabase() AND table = 'one' ORDER BY position")).ShouldBe("a\nb\n");
        (await TextAsync("SELECT Number, Statement FROM migrations ORDER BY ALL")).ShouldBe("1\t0\n1\t1\n2\t0\n");
    }

    [Fact]
    public async Task A_file_changed_after_it_was_applied_is_an_error()
    {
        await Migrations.ApplyAsync("module", [First], Cancel);

        var failure = await Should.ThrowAsync<ClickHouseMigrationException>(() => Migrations.ApplyAsync("module", [First with { Sql = First.Sql + " " }], Cancel));

        failure.Message.ShouldContain("001_one.sql");
    }

    [Fact]
    public async Task Line_ends_of_another_checkout_are_no_change()
    {
        await Migrations.ApplyAsync("module", [First], Cancel);

        await Migrations.ApplyAsync("module", [new(1, First.Name, First.Sql.ReplaceLineEndings("\r\n"))], Cancel);
    }

    [Fact]
    public async Task A_crash_between_two_statements_is_made_good_by_the_next_start()
    {
        // As left by a process that died after the first statement had run and before it was recorded.
        await Migrations.ApplyAsync("other", [Second with { Sql = "SELECT 1" }], Cancel);
        await Client.ExecuteAsync("CREATE TABLE one (a UInt64) ENGINE = MergeTree ORDER BY a", cancel: Cancel);

        await Migrations.ApplyAsync("module", [First, Second], Cancel);

        (await TextAsync("SELECT count() FROM migrations WHERE Module = 'module'")).ShouldBe("3\n");
    }

    [Fact]
    public async Task A_statement_that_fails_is_named_and_its_predecessors_stay_applied()
    {
        var broken = new ClickHouseMigrations.Migration(1, "001_broken.sql", "CREATE TABLE one (a UInt64) ENGINE = MergeTree ORDER BY a; CREATE TABLE two (a Nonsense) ENGINE = MergeTree ORDER BY a");

        var failure = await Should.ThrowAsync<ClickHouseMigrationException>(() => Migrations.ApplyAsync("module", [broken], Cancel));

        failure.Message.ShouldContain("Statement 2 of 001_broken.sql of module module");
        (await TextAsync("SELECT count() FROM migrations")).ShouldBe("1\n");
    }

    [Fact]
    public async Task Nodes_that_start_together_apply_each_statement_once()
    {
        var many = Enumerable.Range(1, 10).Select(n => new ClickHouseMigrations.Migration((uint)n, $"{n:000}_t.sql", $"CREATE TABLE t{n} (a UInt64) ENGINE = MergeTree ORDER BY a; INSERT INTO t{n} VALUES (1)")).ToList();

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => Migrations.ApplyAsync("module", many, Cancel))));

        (await TextAsync("SELECT count(), uniqExact(Number, Statement) FROM migrations")).ShouldBe("20\t20\n");
        (await TextAsync("SELECT count() FROM t10")).ShouldBe("1\n");
        (await TextAsync("SELECT count() FROM system.tables WHERE database = currentDatabase() AND name LIKE 'migration_lock%'")).ShouldBe("0\n");
    }

    [Fact]
    public async Task The_lock_of_a_dead_node_is_taken_over_and_that_of_a_live_one_is_not()
    {
        var times = new MigrationLock.Times(TimeSpan.FromSeconds(3), TimeSpan.FromMilliseconds(500), TimeSpan.FromMilliseconds(4500));
        await Client.ExecuteAsync("CREATE TABLE migration_lock_7 (Nothing UInt8) ENGINE = Memory", cancel: Cancel);

        // Waits until lock 7 is stale, then holds lock 8 for longer than a lock that is not renewed would last.
        await using var taken = await MigrationLock.TakeAsync(Client, times, Cancel);

        (await TextAsync("SELECT name FROM system.tables WHERE database = currentDatabase()")).ShouldBe("migration_lock_8\n");
        await Should.ThrowAsync<ClickHouseMigrationException>(() => MigrationLock.TakeAsync(Client, times, Cancel));
    }

    [Fact]
    public void On_a_cluster_tables_are_replicated_and_nothing_else_is_touched()
    {
        const string Sql =
            """
            -- ENGINE = MergeTree in a comment
            CREATE TABLE a (s String DEFAULT 'ENGINE = MergeTree; no end') ENGINE = MergeTree ORDER BY s;
            CREATE TABLE b (s String) engine=AggregatingMergeTree ORDER BY s;
            CREATE TABLE c (s String) ENGINE = ReplicatedMergeTree ORDER BY s;
            CREATE TABLE d (s String) ENGINE = Memory;
            """;

        var statements = ClickHouseSchema.Replicated.Statements(Sql);

        statements.Count.ShouldBe(4);
        statements[0].ShouldEndWith("DEFAULT 'ENGINE = MergeTree; no end') ENGINE = ReplicatedMergeTree ORDER BY s");
        statements[1].ShouldContain("engine=ReplicatedAggregatingMergeTree");
        statements[2].ShouldContain("ENGINE = ReplicatedMergeTree");
        statements[3].ShouldContain("ENGINE = Memory");
        ClickHouseSchema.Plain.Statements(Sql)[1].ShouldContain("engine=AggregatingMergeTree");
    }

    [Fact]
    public async Task The_tables_of_logs_are_created()
    {
        var files = ClickHouseMigrations.FilesOf(System.Reflection.Assembly.Load("Rialto.Logs"));

        await Migrations.ApplyAsync("logs", files, Cancel);

        files.ShouldNotBeEmpty();
        (await TextAsync("SELECT engine FROM system.tables WHERE database = currentDatabase() AND name = 'logs'")).ShouldBe("MergeTree\n");
    }
}
