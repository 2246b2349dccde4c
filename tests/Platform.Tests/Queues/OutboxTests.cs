using Dapper;
using Rialto.Fixtures;
using Rialto.Platform.Health;
using Rialto.Platform.Jobs;
using Rialto.Platform.Outbox;

namespace Rialto.Platform.Tests.Queues;

public class OutboxTests(PostgresFixture postgres)
{
    private const string SeenByWitness = "SELECT number FROM seen WHERE handler = 'queues.witness' AND key = @key ORDER BY place";

    [Fact]
    public async Task A_published_event_reaches_every_handler_once()
    {
        await using var database = await postgres.CreateDatabaseAsync();
        await using var node = await Node.StartAsync(database.ConnectionString, services => services.AddHandler<Counted, Onlooker>(Onlooker.Name));
        await node.PublishAsync(new Counted("k", 1), new Counted("k", 2));
        await DrainedAsync(node);
        (await node.QueryAllAsync<string>("SELECT handler || ' ' || number FROM seen ORDER BY handler, number"))
            .ShouldBe(["queues.onlooker 1", "queues.onlooker 2", "queues.witness 1", "queues.witness 2"]);
    }

    [Fact]
    public async Task An_event_of_a_rolled_back_transaction_is_never_delivered()
    {
        await using var database = await postgres.CreateDatabaseAsync();
        await using var node = await Node.StartAsync(database.ConnectionString);
        await Should.ThrowAsync<InvalidOperationException>(() => node.InTransactionAsync(async transaction =>
        {
            await node.Outbox.PublishAsync(transaction, Node.Origin, new Counted("k", 1));
            throw new InvalidOperationException("the state change failed");
        }));
        await node.PublishAsync(new Counted("k", 2));
        await DrainedAsync(node);
        (await node.QueryAllAsync<int>(SeenByWitness, new { key = "k" })).ShouldBe([2]);
    }

    [Fact]
    public async Task Events_of_one_key_arrive_in_commit_order_with_two_relays()
    {
        const int Keys = 5;
        const int EventsOfAKey = 40;
        await using var database = await postgres.CreateDatabaseAsync();
        await using var one = await Node.StartAsync(database.ConnectionString);
        await using var other = await Node.StartAsync(database.ConnectionString);
        foreach (var node in new[] { one, other })
        {
            // Some fail the first time, so that retries have their chance to overtake.
            node.Script.OnEvent = (happened, delivery, _) => happened.Number % 7 == 0 && delivery.Attempt == 1 ? throw new TimeoutException("once") : Task.CompletedTask;
        }

        await using (var connection = await one.Postgres.OpenConnectionAsync())
            await connection.ExecuteAsync("CREATE TABLE counter AS SELECT 'k' || i AS key, 0 AS number FROM generate_series(1, 5) i");
        // Publishers of one key race; whoever has the counter's row commits first, so the numbers are the commit order.
        await Parallel.ForEachAsync(Enumerable.Range(0, Keys * EventsOfAKey), new ParallelOptions { MaxDegreeOfParallelism = 10 }, async (i, _) =>
        {
            var node = i % 2 == 0 ? one : other;
            var key = $"k{1 + (i % Keys)}";
            await node.InTransactionAsync(async transaction =>
            {
                var number = await transaction.Connection!.QuerySingleAsync<int>("UPDATE counter SET number = number + 1 WHERE key = @key RETURNING number", new { key }, transaction);
                await node.Outbox.PublishAsync(transaction, Node.Origin, new Counted(key, number));
            });
        });

        await DrainedAsync(one);
        for (var key = 1; key <= Keys; key++) (await one.QueryAllAsync<int>(SeenByWitness, new { key = $"k{key}" })).ShouldBe(Enumerable.Range(1, EventsOfAKey));
        one.Script.Starts.ShouldNotBeEmpty();
        other.Script.Starts.ShouldNotBeEmpty();
    }

    [Fact]
    public async Task A_late_commit_is_neither_lost_nor_overtaken()
    {
        await using var database = await postgres.CreateDatabaseAsync();
        await using var node = await Node.StartAsync(database.ConnectionString);
        await using var connection = await node.Postgres.OpenConnectionAsync();
        var late = await connection.BeginTransactionAsync();
        await node.Outbox.PublishAsync(late, Node.Origin, new Counted("late", 1));

        // A later position of another key is delivered meanwhile...
        await node.PublishAsync(new Counted("other", 1));
        await Eventually.TrueAsync(async () => (await node.QueryAllAsync<int>(SeenByWitness, new { key = "other" })).Length == 1, "the other key is delivered");
        // ...and a publisher of the same key waits for the late one instead of passing it.
        var second = node.PublishAsync(new Counted("late", 2));
        await Eventually.TrueAsync(() => node.QueryAsync<bool>("SELECT EXISTS (SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND NOT granted)"), "the second publisher waits");
        second.IsCompleted.ShouldBeFalse();

        await late.CommitAsync();
        await second;
        await DrainedAsync(node);
        (await node.QueryAllAsync<int>(SeenByWitness, new { key = "late" })).ShouldBe([1, 2]);
    }

    [Fact]
    public async Task Poison_is_parked_holds_its_key_back_and_goes_on_when_replayed()
    {
        await using var database = await postgres.CreateDatabaseAsync();
        await using var node = await Node.StartAsync(database.ConnectionString);
        var poisonous = true;
        node.Script.OnEvent = (happened, _, _) => poisonous && happened is { Key: "sick", Number: 1 } ? throw new InvalidOperationException("poison") : Task.CompletedTask;
        await node.PublishAsync(new Counted("sick", 1), new Counted("sick", 2), new Counted("well", 1));

        await Eventually.TrueAsync(() => node.QueryAsync<bool>("SELECT EXISTS (SELECT 1 FROM platform.delivery WHERE parked_at IS NOT NULL)"), "it is parked");
        await Eventually.TrueAsync(async () => (await node.QueryAllAsync<int>(SeenByWitness, new { key = "well" })).Length == 1, "the other key goes on");
        (await node.QueryAllAsync<int>(SeenByWitness, new { key = "sick" })).ShouldBeEmpty("what a failed handler wrote is undone, and the next event waits");
        var parked = await node.QueryAsync<(string Error, int Attempts, long Position)>("SELECT error, attempts, position FROM platform.delivery WHERE parked_at IS NOT NULL");
        parked.Error.ShouldContain("poison");
        parked.Attempts.ShouldBe(3);
        (await new QueuesHealth(node.Postgres).CheckAsync(CancellationToken.None)).ShouldBe(PartHealth.Degraded("parked: 0 jobs, 1 deliveries of events; see Jobs and lanes"));

        poisonous = false;
        (await node.Outbox.ReplayAsync(node.Postgres, Witness.Name, "sick", parked.Position, organization: 2, CancellationToken.None)).ShouldBeFalse("it is another organization's");
        (await node.Outbox.ReplayAsync(node.Postgres, Witness.Name, "sick", parked.Position, organization: 1, CancellationToken.None)).ShouldBeTrue();
        await DrainedAsync(node);
        (await node.QueryAllAsync<int>(SeenByWitness, new { key = "sick" })).ShouldBe([1, 2]);
        (await new QueuesHealth(node.Postgres).CheckAsync(CancellationToken.None)).Status.ShouldBe(PartStatus.Ready);
    }

    [Fact]
    public async Task An_event_that_cannot_be_read_is_parked_at_once()
    {
        await using var database = await postgres.CreateDatabaseAsync();
        await using var node = await Node.StartAsync(database.ConnectionString, relays: false);
        await node.PublishAsync(new Counted("k", 1));
        await using (var connection = await node.Postgres.OpenConnectionAsync()) await connection.ExecuteAsync("UPDATE platform.envelope SET body = '{\"number\": \"many\"}'");
        await using var reader = await Node.StartAsync(database.ConnectionString);
        await Eventually.TrueAsync(() => node.QueryAsync<bool>("SELECT EXISTS (SELECT 1 FROM platform.delivery WHERE parked_at IS NOT NULL AND attempts = 1)"), "it is parked after one try");
    }

    [Fact]
    public async Task A_handler_of_a_module_that_runs_elsewhere_gets_the_event()
    {
        await using var database = await postgres.CreateDatabaseAsync();
        await using (await Node.StartAsync(database.ConnectionString, services => services.AddHandler<Counted, Onlooker>(Onlooker.Name)))
        {
            // It subscribed once and is gone.
        }
        await using var publisher = await Node.StartAsync(database.ConnectionString);
        await publisher.PublishAsync(new Counted("k", 1));
        await Eventually.TrueAsync(async () => (await publisher.QueryAllAsync<int>(SeenByWitness, new { key = "k" })).Length == 1, "the publisher's own handler has it");
        (await publisher.QueryAllAsync<string>("SELECT handler FROM platform.delivery")).ShouldBe([Onlooker.Name]);

        await using var back = await Node.StartAsync(database.ConnectionString, services => services.AddHandler<Counted, Onlooker>(Onlooker.Name));
        await DrainedAsync(back);
    }

    [Fact]
    public async Task Killed_between_commit_and_delivery_another_node_delivers()
    {
        await using var database = await postgres.CreateDatabaseAsync();
        using var child = ChildRole.Start("publishes", database.ConnectionString);
        await child.SaysAsync("published");
        child.Kill();
        await child.EndedAsync();

        await using var node = await Node.StartAsync(database.ConnectionString);
        await DrainedAsync(node);
        (await node.QueryAllAsync<int>(SeenByWitness, new { key = "k" })).ShouldBe([1]);
    }

    [Fact]
    public async Task Killed_in_the_middle_of_a_handler_its_work_is_undone_and_done_once()
    {
        await using var database = await postgres.CreateDatabaseAsync();
        await using var node = await Node.StartAsync(database.ConnectionString);
        using var child = ChildRole.Start("hangs-in-handler", database.ConnectionString);
        // Whoever gets the first event: only the child hangs in it.
        await Eventually.TrueAsync(
            async () =>
            {
                await node.PublishAsync(new Counted(Guid.CreateVersion7().ToString(), 1));
                return child.HasSaid("handling");
            }, "the child is in the middle of a handler");
        child.Kill();
        await child.EndedAsync();
        await DrainedAsync(node);
        (await node.QueryAllAsync<int>(SeenByWitness, new { key = "k" })).ShouldBe([1, 2]);
        (await node.QueryAsync<bool>("SELECT (SELECT count(*) FROM seen) = (SELECT count(*) FROM platform.envelope)")).ShouldBeTrue();
    }

    [Fact]
    public async Task Without_notifications_the_poll_delivers()
    {
        await using var database = await postgres.CreateDatabaseAsync();
        await using var node = await Node.StartAsync(database.ConnectionString);
        await using (var connection = await node.Postgres.OpenConnectionAsync())
            await connection.ExecuteAsync("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'LISTEN%' AND datname = current_database()");
        await node.PublishAsync(new Counted("k", 1));
        await DrainedAsync(node);
    }

    [Fact]
    public async Task A_message_from_outside_counts_the_first_time_only()
    {
        await using var database = await postgres.CreateDatabaseAsync();
        await using var node = await Node.StartAsync(database.ConnectionString);
        var first = false;
        var again = true;
        await node.InTransactionAsync(async transaction => first = await Inbox.IsFirstAsync(transaction, "stripe", "evt_1"));
        await node.InTransactionAsync(async transaction => again = await Inbox.IsFirstAsync(transaction, "stripe", "evt_1"));
        (first, again).ShouldBe((true, false));
    }

    private static Task DrainedAsync(Node node) =>
        Eventually.TrueAsync(() => node.QueryAsync<bool>("SELECT NOT EXISTS (SELECT 1 FROM platform.delivery)"), "every delivery is done");
}
