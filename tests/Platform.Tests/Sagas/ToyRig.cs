using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Rialto.Fixtures;
using Rialto.Platform.Outbox;
using Rialto.Platform.Sagas;

namespace Rialto.Platform.Tests.Sagas;

/// <summary>The toy module in the real application, in virtual time; it can be crashed and started again.</summary>
internal sealed class ToyRig : IAsyncDisposable
{
    private readonly PostgresDatabase _database;
    private readonly VirtualTime _time;
    private TestApp _app;
    private int _begun;

    private ToyRig(PostgresDatabase database, VirtualTime time, ToyVendor vendor, TestApp app) => (_database, _time, Vendor, _app) = (database, time, vendor, app);

    public ToyVendor Vendor { get; }

    public static async Task<ToyRig> StartAsync(PostgresFixture postgres)
    {
        var vendor = new ToyVendor();
        var database = await postgres.CreateDatabaseAsync();
        await using (var connection = await database.DataSource.OpenConnectionAsync())
            await connection.ExecuteAsync("CREATE SCHEMA toy; CREATE TABLE toy.thing (id uuid PRIMARY KEY, state text NOT NULL, reserved boolean NOT NULL, reason text)");
        var time = await VirtualTime.InstallAsync(database.DataSource);
        return new ToyRig(database, time, vendor, await AppAsync(database, time, vendor));
    }

    public async Task BeginAsync(Guid thing)
    {
        await using var connection = await _database.DataSource.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await connection.ExecuteAsync("INSERT INTO toy.thing (id, state, reserved) VALUES (@thing, 'new', false)", new { thing }, transaction);
        // Every second one begins where it was asked for.
        if (_begun++ % 2 == 0)
        {
            (await Sagas.BeginAsync(transaction, new Origin(1, "test"), "toy", thing)).ShouldBeNull();
            await transaction.CommitAsync();
            return;
        }
        var start = await Sagas.BeginHereAsync(transaction, new Origin(1, "test"), "toy", thing);
        start.Refusal.ShouldBeNull();
        await transaction.CommitAsync();
        start.Go();
    }

    public async Task UndoAsync(Guid thing)
    {
        await using var connection = await _database.DataSource.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await connection.ExecuteAsync("SELECT 1 FROM toy.thing WHERE id = @thing FOR UPDATE", new { thing }, transaction);
        await Sagas.UndoAsync(transaction, "toy", thing, "changed my mind");
        await transaction.CommitAsync();
    }

    public async Task<bool> ResumeAsync(bool back)
    {
        await using var connection = await _database.DataSource.OpenConnectionAsync();
        return await Sagas.ResumeAsync(await connection.QuerySingleAsync<Guid>("SELECT id FROM sagas.run"), back, "operator says so", CancellationToken.None);
    }

    /// <summary>Crashes at the n-th place of a run and starts again; false when there were fewer places.</summary>
    public async Task<bool> CrashAtAsync(int place, Func<Task> begin)
    {
        var hit = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var places = 0;
        _app.Services.GetRequiredService<SagaFailpoints>().Hit = _ =>
        {
            if (Interlocked.Increment(ref places) != place) return Task.CompletedTask;
            hit.SetResult();
            // It never goes on.
            return new TaskCompletionSource().Task;
        };
        await begin();
        var quiet = _time.QuietAsync();
        if (await Task.WhenAny(hit.Task, quiet) == quiet)
        {
            await quiet;
            return false;
        }
        await _app.CrashAsync();
        await _time.AdvanceAsync(TimeSpan.FromSeconds(31));
        _app = await AppAsync(_database, _time, Vendor);
        await quiet;
        return true;
    }

    /// <summary>Does something at the n-th place of a run, while the run waits there in real time but not for it.</summary>
    public async Task<bool> AtAsync(int place, Func<Task> act, Func<Task> begin)
    {
        var places = 0;
        Task? acted = null;
        _app.Services.GetRequiredService<SagaFailpoints>().Hit = async where =>
        {
            if (Interlocked.Increment(ref places) != place) return;
            acted = act();
            // Within the transaction the actor waits for this run's lock, so it cannot be waited for.
            if (where != "before commit") await acted;
        };
        await begin();
        await QuietAsync();
        if (acted is not null) await acted;
        await QuietAsync();
        return acted is not null;
    }

    public Task QuietAsync() => _time.QuietAsync();

    public async Task<IReadOnlyList<string>> StatesAsync()
    {
        await using var connection = await _database.DataSource.OpenConnectionAsync();
        return (await connection.QueryAsync<string>("SELECT DISTINCT state FROM toy.thing")).AsList();
    }

    /// <summary>The end of a thing, held against what the vendor has really done.</summary>
    public async Task<string> JudgeAsync(Guid thing)
    {
        await using var connection = await _database.DataSource.OpenConnectionAsync();
        var (state, reserved) = await connection.QuerySingleAsync<(string, bool)>("SELECT state, reserved FROM toy.thing WHERE id = @thing", new { thing });
        var (first, second, back) = (Vendor.Effects($"{thing}:first"), Vendor.Effects($"{thing}:second"), Vendor.Effects($"{thing}:undo-first"));
        switch (state)
        {
            case "done":
                (first, second, back, reserved).ShouldBe((1, 1, 0, true));
                break;
            case "undone":
                (first - back, second, reserved).ShouldBe((0, 0, false));
                first.ShouldBeLessThanOrEqualTo(1);
                break;
            default:
                throw new InvalidOperationException($"{thing} ended {state}");
        }
        return state;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        await _database.DisposeAsync();
    }

    private SagaSet Sagas => _app.Services.GetRequiredService<SagaSet>();

    private static Task<TestApp> AppAsync(PostgresDatabase database, VirtualTime time, ToyVendor vendor) => TestApp.StartAsync(database, [new ToyModule(vendor)], time: time);
}
