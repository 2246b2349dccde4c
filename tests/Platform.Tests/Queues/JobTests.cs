using System.Collections.Concurrent;
using Dapper;
using Npgsql;
using Rialto.Fixtures;
using Rialto.Platform.Engines;
using Rialto.Platform.Health;
using Rialto.Platform.Jobs;

namespace Rialto.Platform.Tests.Queues;

public class JobTests(PostgresFixture postgres)
{
    [Fact]
    public async Task Jobs_of_a_lane_run_one_at_a_time_in_order_and_lanes_in_parallel()
    {
        await using var database = await postgres.CreateDatabaseAsync();
        await using var one = await Node.StartAsync(database.ConnectionString);
        await using var other = await Node.StartAsync(database.ConnectionString);
        var running = new ConcurrentDictionary<string, int>();
        var finished = new ConcurrentQueue<string>();
        var both = new TaskCompletionSource();
        foreach (var node in new[] { one, other })
        {
            node.Script.OnJob = async (work, run, _) =>
            {
                running.AddOrUpdate(run.Lane, 1, (_, count) => count + 1).ShouldBe(1, "nobody else runs in this lane");
                if (running.Values.Count(count => count == 1) == 2) both.TrySetResult();
                // The first job of each lane waits until both lanes run: in one lane after the other that would never be.
                if (work.Name.EndsWith(" 0", StringComparison.Ordinal)) await both.Task;
                if (work.Name.EndsWith(" 5", StringComparison.Ordinal) && run.Attempt == 1)
                {
                    running[run.Lane] = 0;
                    throw new TimeoutException("a failing job must not be overtaken");
                }
                finished.Enqueue(work.Name);
                running[run.Lane] = 0;
                return JobOutcome.Done();
            };
        }

        for (var i = 0; i < 20; i++)
        {
            await one.EnqueueAsync(new Work($"a {i}"), new JobOptions { Lane = "a" });
            await other.EnqueueAsync(new Work($"b {i}"), new JobOptions { Lane = "b" });
        }

        await AllFinishedAsync(one);
        finished.Where(name => name.StartsWith('a')).ShouldBe(Enumerable.Range(0, 20).Select(i => $"a {i}"));
        finished.Where(name => name.StartsWith('b')).ShouldBe(Enumerable.Range(0, 20).Select(i => $"b {i}"));
    }

    [Fact]
    public async Task One_job_is_found_by_its_id_though_the_statistics_were_taken_while_none_was_open()
    {
        await using var database = await postgres.CreateDatabaseAsync();
        await using var node = await Node.StartAsync(database.ConnectionString);
        await using var connection = await node.Postgres.OpenConnectionAsync();
        await connection.ExecuteAsync(
            """
            INSERT INTO platform.job (id, kind, lane, organization, actor, arguments, state, due_at, created_at, finished_at)
            SELECT gen_random_uuid(), 'gone', 'l', 1, 'test', '{}', 'done', now(), now(), now() FROM generate_series(1, 5000);
            ANALYZE platform.job;
            """);
        var id = $"'{Guid.CreateVersion7()}'";
        foreach (var statement in (string[])
        [
            JobRun.Guard.Replace("@Id", id, StringComparison.Ordinal).Replace("@Fence", "1", StringComparison.Ordinal),
            $"UPDATE platform.job SET due_at = now() WHERE id = {id} AND state = 'waiting'",
            $"UPDATE platform.job SET progress = '{{}}' WHERE id = {id} AND fence = 1 AND state = 'running'",
        ])
        {
            var plan = await connection.QueryAsync<string>("EXPLAIN " + statement);
            string.Join('\n', plan).ShouldContain("Index Scan using job_pkey", customMessage: "another index is read whole, with every job that has run since the last vacuum");
        }
    }

    [Fact]
    public async Task A_job_that_keeps_failing_is_parked_and_its_lane_waits_for_an_operator()
    {
        await using var database = await postgres.CreateDatabaseAsync();
        await using var node = await Node.StartAsync(database.ConnectionString);
        var broken = true;
        node.Script.OnJob = (work, _, _) => broken && work.Name == "first" ? throw new InvalidOperationException("no") : Task.FromResult(JobOutcome.Done());
        var first = await node.EnqueueAsync(new Work("first"), new JobOptions { Lane = "l" });
        var second = await node.EnqueueAsync(new Work("second"), new JobOptions { Lane = "l" });
        await Eventually.TrueAsync(async () => await node.StateOfAsync(first) == "parked", "it is parked");
        (await new QueuesHealth(node.Postgres).CheckAsync(CancellationToken.None)).ShouldBe(PartHealth.Degraded("parked: 1 jobs, 0 deliveries of events; see Jobs and lanes"));
        node.Script.Starts.ShouldBe(["first", "first", "first"]);
        (await node.StateOfAsync(second)).ShouldBe("waiting");

        broken = false;
        (await node.Jobs.RetryAsync(first)).ShouldBeTrue();
        await AllFinishedAsync(node);
        (await node.StateOfAsync(first)).ShouldBe("done");
    }

    [Fact]
    public async Task A_parked_job_can_be_discarded_with_a_reason_and_its_lane_goes_on()
    {
        await using var database = await postgres.CreateDatabaseAsync();
        await using var node = await Node.StartAsync(database.ConnectionString);
        node.Script.OnJob = (work, _, _) => Task.FromResult(work.Name == "first" ? JobOutcome.Park("the table is gone") : JobOutcome.Done(new { seat = 7 }));
        var first = await node.EnqueueAsync(new Work("first"), new JobOptions { Lane = "l" });
        var second = await node.EnqueueAsync(new Work("second"), new JobOptions { Lane = "l" });
        await Eventually.TrueAsync(async () => await node.StateOfAsync(first) == "parked", "it is parked");
        (await node.QueryAsync<string>("SELECT error FROM platform.job WHERE id = @first", new { first })).ShouldBe("the table is gone");

        (await node.Jobs.DiscardAsync(first, "Ada", "guest was called")).ShouldBeTrue();
        await AllFinishedAsync(node);
        (await node.QueryAsync<string>("SELECT reason FROM platform.job WHERE id = @first", new { first })).ShouldBe("guest was called (Ada)");
        (await node.QueryAsync<string>("SELECT result FROM platform.job WHERE id = @second", new { second })).ShouldBe("""{"seat": 7}""");
        (await node.Jobs.DiscardAsync(second, "Ada", "too late")).ShouldBeFalse();
    }

    [Fact]
    public async Task A_job_that_leaves_its_lane_lets_the_next_begin_and_still_ends_by_itself()
    {
        await using var database = await postgres.CreateDatabaseAsync();
        await using var node = await Node.StartAsync(database.ConnectionString);
        var second = new TaskCompletionSource();
        node.Script.OnJob = async (work, run, stop) =>
        {
            if (work.Name == "second") second.SetResult();
            if (work.Name != "first") return JobOutcome.Done();
            JobClaim? next = null;
            await node.InTransactionAsync(async transaction =>
            {
                await run.GuardAsync(transaction, stop);
                await using var batch = new NpgsqlBatch(transaction.Connection, transaction) { BatchCommands = { run.Leaving("elsewhere"), node.Get<JobRunner>().OldestOf("l") } };
                await using var read = await batch.ExecuteReaderAsync(stop);
                if (await read.ReadAsync(stop)) next = JobClaims.Read(read);
            });
            node.Get<JobRunner>().Start(next.ShouldNotBeNull());
            // In the same lane it would wait for ever.
            await second.Task.WaitAsync(TimeSpan.FromSeconds(60), stop);
            await node.InTransactionAsync(transaction => run.CompleteAsync(transaction, "left", stop));
            return JobOutcome.Done();
        };
        var first = await node.EnqueueAsync(new Work("first"), new JobOptions { Lane = "l" });
        await node.EnqueueAsync(new Work("second"), new JobOptions { Lane = "l" });
        await AllFinishedAsync(node);
        (await node.QueryAsync<string>("SELECT lane || ' ' || result FROM platform.job WHERE id = @first", new { first })).ShouldBe("elsewhere \"left\"");
    }

    [Fact]
    public async Task A_job_is_claimed_with_its_enqueuing_only_where_nobody_stands_before_it()
    {
        await using var database = await postgres.CreateDatabaseAsync();
        await using var node = await Node.StartAsync(database.ConnectionString, policy: Node.SoonLost);
        node.Script.OnJob = (_, _, _) => Task.FromResult(JobOutcome.Later(TimeSpan.FromHours(1), "not now"));
        await node.Jobs.PauseAsync("held", "Ada", "the venue rang");
        async Task<long> FenceAsync(string lane, string? of)
        {
            AddedJob? added = null;
            await node.InTransactionAsync(async transaction => added = await node.Jobs.AddAsync(transaction, Node.Origin, new Work("w"), new JobOptions { Lane = lane }, of, CancellationToken.None));
            return added!.Fence;
        }
        (await FenceAsync("held", "another:1")).ShouldBe(0, "the lane is paused");
        (await FenceAsync("free", null)).ShouldBe(0, "nobody asked for it");
        (await FenceAsync("free", "another:1")).ShouldBe(0, "somebody stands before it");
        (await FenceAsync("new", "another:1")).ShouldBeGreaterThan(0);
        (await node.QueryAsync<string>("SELECT state || ' ' || node || ' ' || attempts FROM platform.job WHERE lane = 'new'")).ShouldBe("running another:1 1");
        // Whoever claimed it never began: when the lease has run out somebody else does.
        await Eventually.TrueAsync(async () => await node.QueryAsync<string>("SELECT state FROM platform.job WHERE lane = 'new'") == "waiting", "it was run by the node");
    }

    [Fact]
    public async Task A_killed_runner_loses_its_job_to_another_after_the_lease()
    {
        await using var database = await postgres.CreateDatabaseAsync();
        using var child = ChildRole.Start("hangs-in-job", database.ConnectionString);
        await child.SaysAsync("working");
        child.Kill();
        await using var node = await Node.StartAsync(database.ConnectionString);
        await AllFinishedAsync(node);
        (await node.QueryAsync<int>("SELECT attempts FROM platform.job")).ShouldBe(2);
    }

    [Fact]
    public async Task A_frozen_runner_that_wakes_up_can_neither_write_nor_complete()
    {
        const int Stop = 19;
        const int Continue = 18;
        await using var database = await postgres.CreateDatabaseAsync();
        using var child = ChildRole.Start("freezes-in-job", database.ConnectionString);
        await child.SaysAsync("working");
        Unix.Send(child.ProcessId, (Signal)Stop);

        await using var node = await Node.StartAsync(database.ConnectionString);
        node.Script.OnJob = (_, _, _) => Task.FromResult(JobOutcome.Done("fresh"));
        await AllFinishedAsync(node);

        Unix.Send(child.ProcessId, (Signal)Continue);
        child.Tell();
        await child.SaysAsync("guarded");
        await child.SaysAsync("fenced");
        (await node.QueryAsync<string>("SELECT result FROM platform.job")).ShouldBe("\"fresh\"");
        (await node.QueryAllAsync<string>("SELECT key FROM seen")).ShouldBeEmpty();
    }

    [Fact]
    public async Task The_last_writes_of_a_job_and_its_end_commit_together()
    {
        await using var database = await postgres.CreateDatabaseAsync();
        await using var node = await Node.StartAsync(database.ConnectionString);
        node.Script.OnJob = async (_, run, _) =>
        {
            await node.InTransactionAsync(async transaction =>
            {
                await transaction.Connection!.ExecuteAsync("INSERT INTO seen (handler, key, number) VALUES ('job', 'k', @Attempt)", new { run.Attempt }, transaction);
                await run.CompleteAsync(transaction, run.Attempt);
                if (run.Attempt == 1) throw new TimeoutException("the commit is lost");
            });
            return JobOutcome.Done();
        };
        await node.EnqueueAsync(new Work("w"));
        await AllFinishedAsync(node);
        (await node.QueryAllAsync<int>("SELECT number FROM seen")).ShouldBe([2]);
        (await node.QueryAsync<string>("SELECT result FROM platform.job")).ShouldBe("2");
    }

    [Fact]
    public async Task A_waiting_job_is_cancelled_at_once_and_a_running_one_by_its_token()
    {
        await using var database = await postgres.CreateDatabaseAsync();
        // A long lease: the cancellation must come by notification and not with the next heartbeat.
        await using var node = await Node.StartAsync(database.ConnectionString, policy: new JobPolicy { Lease = TimeSpan.FromMinutes(10) });
        node.Script.OnJob = async (_, run, stop) =>
        {
            await run.ReportAsync(new { percent = 10 }, stop);
            await Task.Delay(Timeout.Infinite, stop);
            return JobOutcome.Done();
        };
        var running = await node.EnqueueAsync(new Work("runs"), new JobOptions { Lane = "l" });
        var waiting = await node.EnqueueAsync(new Work("waits"), new JobOptions { Lane = "l" });
        await Eventually.TrueAsync(
            () => node.QueryAsync<bool>("SELECT coalesce(progress->>'percent' = '10', false) FROM platform.job WHERE id = @running", new { running }), "it reports progress");

        (await node.Jobs.CancelAsync(waiting, "no longer needed")).ShouldBeTrue();
        (await node.StateOfAsync(waiting)).ShouldBe("cancelled");
        (await node.Jobs.CancelAsync(running, "no longer needed")).ShouldBeTrue();
        await Eventually.TrueAsync(async () => await node.StateOfAsync(running) == "cancelled", "it hears of it");
        node.Script.Starts.ShouldBe(["runs"]);
    }

    [Fact]
    public async Task A_job_put_off_for_later_keeps_its_attempts_and_its_place()
    {
        await using var database = await postgres.CreateDatabaseAsync();
        await using var node = await Node.StartAsync(database.ConnectionString);
        var times = 0;
        node.Script.OnJob = (work, _, _) => Task.FromResult(work.Name == "first" && times++ < 5 ? JobOutcome.Later(TimeSpan.FromMilliseconds(10), "the vendor is down") : JobOutcome.Done());
        await node.EnqueueAsync(new Work("first"), new JobOptions { Lane = "l" });
        await node.EnqueueAsync(new Work("second"), new JobOptions { Lane = "l" });
        await AllFinishedAsync(node);
        node.Script.Starts.ShouldBe([.. Enumerable.Repeat("first", 6), "second"]);
        (await node.QueryAllAsync<int>("SELECT attempts FROM platform.job")).ShouldBe([1, 1]);
    }

    [Fact]
    public async Task A_paused_lane_waits_and_a_job_that_is_not_due_too()
    {
        await using var database = await postgres.CreateDatabaseAsync();
        await using var node = await Node.StartAsync(database.ConnectionString);
        await node.Jobs.PauseAsync("paused", "Ada", "vendor's maintenance");
        var paused = await node.EnqueueAsync(new Work("paused"), new JobOptions { Lane = "paused" });
        var future = await node.EnqueueAsync(new Work("future"), new JobOptions { DueAt = TimeProvider.System.GetUtcNow().AddHours(1) });
        await node.EnqueueAsync(new Work("now"));
        await Eventually.TrueAsync(() => !node.Script.Starts.IsEmpty, "the third runs");
        (await node.StateOfAsync(paused), await node.StateOfAsync(future)).ShouldBe(("waiting", "waiting"));

        (await node.Jobs.ResumeAsync("paused")).ShouldBeTrue();
        await Eventually.TrueAsync(async () => await node.StateOfAsync(paused) == "done", "the lane goes on");
        node.Script.Starts.ShouldBe(["now", "paused"]);
    }

    [Fact]
    public async Task The_same_key_is_enqueued_once()
    {
        await using var database = await postgres.CreateDatabaseAsync();
        await using var node = await Node.StartAsync(database.ConnectionString);
        var ids = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => node.EnqueueAsync(new Work("once"), new JobOptions { Key = "order:1" })));
        ids.Distinct().Count().ShouldBe(1);
        await AllFinishedAsync(node);
        node.Script.Starts.ShouldBe(["once"]);
    }

    [Fact]
    public async Task A_node_that_stops_gives_its_job_back_at_once()
    {
        await using var database = await postgres.CreateDatabaseAsync();
        var policy = new JobPolicy { Lease = TimeSpan.FromMinutes(10), AttemptsMax = 1 };
        var stopping = await Node.StartAsync(database.ConnectionString, policy: policy);
        var begun = new TaskCompletionSource();
        stopping.Script.OnJob = async (_, _, stop) =>
        {
            begun.SetResult();
            await Task.Delay(Timeout.Infinite, stop);
            return JobOutcome.Done();
        };
        await stopping.EnqueueAsync(new Work("w"));
        await begun.Task;
        await stopping.DisposeAsync();

        // Its lease would have run for ten minutes, and a second attempt would be one too many.
        await using var third = await Node.StartAsync(database.ConnectionString, policy: policy);
        await AllFinishedAsync(third);
        (await third.QueryAsync<string>("SELECT state FROM platform.job")).ShouldBe("done");
    }

    [Fact]
    public async Task A_schedule_runs_once_a_moment_however_many_nodes_look()
    {
        await using var database = await postgres.CreateDatabaseAsync();
        await using var nodes = new Nodes();
        for (var i = 0; i < 3; i++)
            nodes.Add(await Node.StartAsync(database.ConnectionString, services => services.AddSchedule("queues.hourly", Recurrence.Every(TimeSpan.FromHours(1)), new Work("hourly"))));
        await using (var connection = await database.DataSource.OpenConnectionAsync())
            await connection.ExecuteAsync("UPDATE platform.schedule SET next_at = now() - interval '3 hours' WHERE name = 'queues.hourly'");

        await Eventually.TrueAsync(async () => await nodes[0].QueryAsync<long>("SELECT count(*) FROM platform.job WHERE kind = 'queues.work' AND state = 'done'") == 1, "it ran");
        (await nodes[0].QueryAsync<bool>("SELECT next_at > now() FROM platform.schedule WHERE name = 'queues.hourly'")).ShouldBeTrue();
        nodes.Sum(node => node.Script.Starts.Count).ShouldBe(1, "occurrences missed while nobody ran become one");
    }

    [Theory]
    [InlineData("2026-03-01T10:15:00Z", "2026-03-01T11:00:00Z")]
    [InlineData("2026-03-01T11:00:00Z", "2026-03-01T12:00:00Z")]
    public void Every_hour_means_the_full_hour(string moment, string next) =>
        Recurrence.Every(TimeSpan.FromHours(1)).After(DateTimeOffset.Parse(moment)).ShouldBe(DateTimeOffset.Parse(next));

    [Theory]
    [InlineData("2026-03-01T02:59:59Z", "2026-03-01T03:00:00Z")]
    [InlineData("2026-03-01T03:00:00Z", "2026-03-02T03:00:00Z")]
    public void Daily_means_the_next_time_the_clock_shows_it(string moment, string next) =>
        Recurrence.DailyAt(new TimeOnly(3, 0)).After(DateTimeOffset.Parse(moment)).ShouldBe(DateTimeOffset.Parse(next));

    private sealed class Nodes : List<Node>, IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            foreach (var node in this) await node.DisposeAsync();
        }
    }

    private static Task AllFinishedAsync(Node node) =>
        Eventually.TrueAsync(
            () => node.QueryAsync<bool>("SELECT count(*) > 0 AND count(*) FILTER (WHERE finished_at IS NULL) = 0 FROM platform.job"), "every job is finished");
}
