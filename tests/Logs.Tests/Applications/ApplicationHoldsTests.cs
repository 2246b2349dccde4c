using Dapper;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Rialto.Fixtures;
using Rialto.Logs.Applications;
using Rialto.Logs.Spool;
using Rialto.Logs.Tests.Spool;
using Rialto.Platform;

namespace Rialto.Logs.Tests.Applications;

/// <summary>Deleting an application against records of it that are on their way.</summary>
public sealed class ApplicationHoldsTests(PostgresFixture server) : IClassFixture<PostgresFixture>, IAsyncLifetime
{
    private const string Delete = "DELETE FROM identity.application WHERE number = @_application";

    private readonly SpoolFolder _folder = new();
    private readonly StillClock _clock = new();
    private PostgresDatabase _database = null!;
    private int _application;

    private NpgsqlDataSource Postgres => _database.DataSource;

    public async ValueTask InitializeAsync()
    {
        _database = await server.CreateDatabaseAsync(new LogsModule());
        await using var connection = await Postgres.OpenConnectionAsync();
        _application = await connection.QuerySingleAsync<int>(
            "INSERT INTO identity.organization (id, name) VALUES (@organization, 'one'); INSERT INTO identity.application (id, organization_id, name) VALUES (@id, @organization, 'shop') RETURNING number",
            new { organization = Guid.CreateVersion7(), id = Guid.CreateVersion7() });
    }

    public async ValueTask DisposeAsync()
    {
        await _database.DisposeAsync();
        _folder.Dispose();
    }

    private RecordSpool Spool()
    {
        var spool = new RecordSpool(_folder.Options with { SegmentAgeMax = TimeSpan.FromMilliseconds(20) }, new SpoolDisk(), TimeProvider.System, [], NullLogger.Instance);
        spool.Start();
        return spool;
    }

    private ApplicationHolds Node(RecordSpool spool, short node = 3) => new(Postgres, spool, new Settings { NodeId = node }, _clock);

    private async Task<Hold> EnteredAsync(ApplicationHolds holds) => (await holds.EnterAsync((uint)_application, CancellationToken.None)).ShouldNotBeNull();

    private Task<IReadOnlyList<short>> HoldersAsync(ApplicationHolds holds) => holds.HoldersAsync((uint)_application, CancellationToken.None);

    private async Task<int> ExecuteAsync(string sql)
    {
        await using var connection = await Postgres.OpenConnectionAsync();
        return await connection.ExecuteAsync(sql, new { _application });
    }

    private async Task TakeRecordAsync(ApplicationHolds holds, RecordSpool spool)
    {
        var hold = await EnteredAsync(holds);
        (await spool.AppendAsync(Batches.Of((uint)_application, "on its way"))).ShouldBe(CommitOutcome.Durable);
        hold.Dispose();
    }

    private static async Task LoadAsync(RecordSpool spool)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        spool.Loaded(await spool.Sealed.ReadAsync(patience.Token));
    }

    [Fact]
    public async Task An_application_is_held_from_its_first_record_until_all_are_searchable()
    {
        using var spool = Spool();
        var holds = Node(spool);
        await TakeRecordAsync(holds, spool);
        (await HoldersAsync(holds)).ShouldBe([(short)3]);
        (await Should.ThrowAsync<PostgresException>(() => ExecuteAsync(Delete))).SqlState.ShouldBe(PostgresErrorCodes.ForeignKeyViolation, "not even by hand");

        await LoadAsync(spool);
        (await HoldersAsync(holds)).ShouldBeEmpty();
        (await ExecuteAsync(Delete)).ShouldBe(1);
        (await holds.EnterAsync((uint)_application, CancellationToken.None)).ShouldBeNull("a key that another node still knows opens nothing now");
    }

    [Fact]
    public async Task Another_nodes_records_hold_it_too()
    {
        using var spool = Spool();
        await TakeRecordAsync(Node(spool, node: 7), spool);
        (await HoldersAsync(Node(spool))).ShouldBe([(short)7]);
    }

    [Fact]
    public async Task Of_a_deletion_and_the_first_record_only_one_happens()
    {
        using var spool = Spool();
        var holds = Node(spool);
        await using var connection = await Postgres.OpenConnectionAsync();
        await using var deletion = await connection.BeginTransactionAsync();
        await connection.ExecuteAsync("SELECT 1 FROM identity.application WHERE number = @_application FOR UPDATE", new { _application });
        var entering = holds.EnterAsync((uint)_application, CancellationToken.None).AsTask();
        await Eventually.TrueAsync(async () => await WaitsForLockAsync(), "the first record waits for the deletion");
        entering.IsCompleted.ShouldBeFalse();
        await connection.ExecuteAsync(Delete, new { _application });
        await deletion.CommitAsync();
        (await entering).ShouldBeNull();
    }

    private async Task<bool> WaitsForLockAsync()
    {
        await using var connection = await Postgres.OpenConnectionAsync();
        return await connection.QuerySingleAsync<bool>("SELECT EXISTS (SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock')");
    }

    [Fact]
    public async Task Who_is_in_the_middle_of_it_holds_it_however_long_it_takes()
    {
        using var spool = Spool();
        var holds = Node(spool);
        var slow = await EnteredAsync(holds);
        _clock.Ahead = ApplicationHolds.ReleasedAfter * 3;
        await holds.ReleaseIdleAsync(CancellationToken.None);
        (await HoldersAsync(holds)).ShouldBe([(short)3]);
        slow.Dispose();
        (await HoldersAsync(holds)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_sender_that_was_seen_lately_needs_no_database_and_one_that_was_not_is_let_go_of()
    {
        using var spool = Spool();
        var holds = Node(spool);
        (await EnteredAsync(holds)).Dispose();
        _clock.Ahead = ApplicationHolds.ReleasedAfter - TimeSpan.FromSeconds(1);
        await holds.ReleaseIdleAsync(CancellationToken.None);
        var again = holds.EnterAsync((uint)_application, CancellationToken.None);
        again.IsCompletedSuccessfully.ShouldBeTrue("the database was asked");
        (await again)!.Dispose();
        _clock.Ahead += ApplicationHolds.ReleasedAfter;
        await holds.ReleaseIdleAsync(CancellationToken.None);
        (await ExecuteAsync("DELETE FROM logs.holding")).ShouldBe(0, "it is gone");
        (await EnteredAsync(holds)).Dispose();
        (await ExecuteAsync("DELETE FROM logs.holding")).ShouldBe(1, "and there again");
    }

    [Fact]
    public async Task What_the_run_before_had_on_its_way_holds_until_this_run_has_loaded_it()
    {
        using (var before = Spool()) await TakeRecordAsync(Node(before), before);
        using var spool = Spool();
        var holds = Node(spool);
        _clock.Ahead = ApplicationHolds.ReleasedAfter * 2;
        await holds.ReleaseIdleAsync(CancellationToken.None);
        _clock.Ahead *= 2;
        await holds.ReleaseIdleAsync(CancellationToken.None);
        (await HoldersAsync(holds)).ShouldBe([(short)3]);
        await LoadAsync(spool);
        (await HoldersAsync(holds)).ShouldBeEmpty();
    }
}
