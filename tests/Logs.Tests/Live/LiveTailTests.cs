using System.Text.Json;
using Rialto.Fixtures;
using Rialto.Logs.Live;
using Rialto.Logs.Query;
using Rialto.Logs.Tests.Query;
using Rialto.Logs.Tests.Search;

namespace Rialto.Logs.Tests.Live;

public class LiveTailTests(ClickHouseFixture clickHouse)
{
    private static SampleRecord Record(string body, uint organization = 1, uint application = 10) =>
        new() { Organization = organization, Application = application, Body = body, Time = LogsApp.NowNanos };

    [Fact]
    public async Task Committed_records_that_match_arrive_and_no_others()
    {
        await using var app = await LiveApp.StartAsync(clickHouse);
        await using var client = await app.ConnectAsync();
        await StartWatchingAsync(client, 1, "error");

        app.Commit(Record("an error"), Record("fine"), Record("Error again"));

        var message = await client.NextAsync("records");
        Bodies(message).ShouldBe(["an error", "Error again"]);
        message.GetProperty("generation").GetInt32().ShouldBe(1);
        message.GetProperty("lastSequence").GetString().ShouldBe("3");
        message.GetProperty("dropped").GetInt64().ShouldBe(0);
        message.GetProperty("matchedPerSecond").GetInt64().ShouldBe(2);
    }

    [Fact]
    public async Task Nobody_watches_records_outside_of_his_scope()
    {
        await using var app = await LiveApp.StartAsync(clickHouse);
        await using var person = await app.ConnectAsync("1");
        await using var key = await app.ConnectAsync("1/11");
        await using var stranger = await app.ConnectAsync("2");
        foreach (var client in (HubClient[])[person, key, stranger])
            await StartWatchingAsync(client, 1, "NOT nothing");

        app.Commit(Record("of 10"));
        app.Commit(Record("of 11", application: 11));
        app.Commit(Record("of 20", organization: 2, application: 20));

        (await CollectAsync(person, 2)).ShouldBe(["of 10", "of 11"]);
        (await CollectAsync(key, 1)).ShouldBe(["of 11"]);
        (await CollectAsync(stranger, 1)).ShouldBe(["of 20"]);
    }

    [Fact]
    public async Task After_a_change_of_filter_no_record_of_the_old_one_arrives()
    {
        await using var app = await LiveApp.StartAsync(clickHouse);
        await using var client = await app.ConnectAsync();
        using var stop = new CancellationTokenSource();
        await StartWatchingAsync(client, 1, "old");
        var commits = Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested)
            {
                app.Commit(Record("old"), Record("new"));
                await Task.Delay(1);
            }
        });

        for (var generation = 2; generation < 12; generation++)
        {
            var word = generation % 2 == 0 ? "new" : "old";
            await client.WatchAsync(generation, word);
            (await client.NextAsync("watching")).GetProperty("generation").GetInt32().ShouldBe(generation);
            for (var seen = 0; seen < 3;)
            {
                var message = await client.NextAsync("records");
                message.GetProperty("generation").GetInt32().ShouldBe(generation);
                Bodies(message).ShouldAllBe(body => body == word);
                seen += Bodies(message).Count;
            }
        }

        await stop.CancelAsync();
        await commits;
    }

    [Fact]
    public async Task A_wrong_query_is_refused_and_stops_the_watch_before_it()
    {
        await using var app = await LiveApp.StartAsync(clickHouse);
        await using var client = await app.ConnectAsync();
        await StartWatchingAsync(client, 1, "");
        await using var other = await app.ConnectAsync();
        await StartWatchingAsync(other, 1, "");

        await client.WatchAsync(2, "level:eror");
        var refused = await client.NextAsync("refused");
        refused.GetProperty("generation").GetInt32().ShouldBe(2);
        refused.GetProperty("code").GetString().ShouldBe("query-syntax");
        refused.GetProperty("position").GetInt32().ShouldBe(6);
        refused.GetProperty("length").GetInt32().ShouldBe(4);

        // Somebody else has got them meanwhile, so the first one would have too.
        for (var round = 0; round < 3; round++)
        {
            app.Commit(Record("unseen"));
            (await CollectAsync(other, 1)).ShouldBe(["unseen"]);
        }

        await client.WatchAsync(3, "");
        (await client.NextAsync()).Method.ShouldBe("watching", "nothing came in between");
        (await client.NextAsync("records")).GetProperty("records").GetArrayLength().ShouldBe(0);
        app.Commit(Record("seen"));
        (await CollectAsync(client, 1)).ShouldBe(["seen"]);
    }

    [Fact]
    public async Task Whoever_comes_back_gets_what_he_missed_once()
    {
        await using var app = await LiveApp.StartAsync(clickHouse);
        using var stop = new CancellationTokenSource();
        var committed = new List<SampleRecord>();

        // A sender that never pauses, and a loader that is always a little behind.
        var commits = Task.Run(async () =>
        {
            var loaded = 0;
            for (var i = 0; !stop.IsCancellationRequested; i++)
            {
                committed.AddRange(app.Commit(Record(i % 3 == 0 ? "other" : "wanted"), Record("wanted")));
                if (i % 25 == 24)
                {
                    await app.LoadAsync(committed.GetRange(loaded, committed.Count - loaded - 10));
                    loaded = committed.Count - 10;
                }

                await Task.Delay(2);
            }

            await app.LoadAsync(committed.GetRange(loaded, committed.Count - loaded));
        });

        var seen = new List<ulong>();
        string? last = null;
        for (var visit = 0; visit < 4; visit++)
        {
            await using var client = await app.ConnectAsync();
            await client.WatchAsync(visit, "wanted", last);
            for (var messages = 0; messages < 5; messages++)
            {
                var message = await client.NextAsync("records");
                message.GetProperty("dropped").GetInt64().ShouldBe(0);
                message.GetProperty("incomplete").GetBoolean().ShouldBeFalse();
                seen.AddRange(LogsApp.Sequences(message));
                last = message.GetProperty("lastSequence").GetString();
            }
        }

        await stop.CancelAsync();
        await commits;
        seen.Count.ShouldBeGreaterThan(50);
        seen.ShouldBe(committed.Where(record => record.Body == "wanted" && record.Sequence >= seen[0] && record.Sequence <= ulong.Parse(last!)).Select(record => record.Sequence));
    }

    [Fact]
    public async Task After_a_restart_of_the_host_the_records_of_the_run_before_are_not_lost()
    {
        await using var app = await LiveApp.StartAsync(clickHouse);
        await app.RecoverAsync(Record("one"), Record("two"), Record("three"));
        await using var client = await app.ConnectAsync();

        await client.WatchAsync(1, "", resumeAfter: "1");

        var missed = await client.NextAsync("records");
        Bodies(missed).ShouldBe(["two", "three"]);
        missed.GetProperty("lastSequence").GetString().ShouldBe("3");
    }

    [Fact]
    public async Task Of_a_long_absence_the_newest_records_come_and_the_others_are_counted()
    {
        await using var app = await LiveApp.StartAsync(clickHouse);
        await app.RecoverAsync([.. Enumerable.Range(0, LiveLimits.MissedMax + 20).Select(i => Record($"n{i}"))]);
        await using var client = await app.ConnectAsync();

        await client.WatchAsync(1, "", resumeAfter: "5");

        var missed = await client.NextAsync("records");
        missed.GetProperty("dropped").GetInt64().ShouldBe(15);
        Bodies(missed)[^1].ShouldBe($"n{LiveLimits.MissedMax + 19}");
    }

    [Fact]
    public async Task Of_more_than_a_client_can_read_a_share_arrives_and_the_rest_is_counted()
    {
        await using var app = await LiveApp.StartAsync(clickHouse);
        await using var client = await app.ConnectAsync();
        await StartWatchingAsync(client, 1, "");

        const int total = 20_000;
        for (var i = 0; i < 20; i++)
            app.Commit(Enumerable.Repeat("x", total / 20).Select(body => Record(body)));

        long arrived = 0, dropped = 0;
        while (arrived + dropped < total)
        {
            var message = await client.NextAsync("records");
            message.GetProperty("records").GetArrayLength().ShouldBeLessThanOrEqualTo(LiveLimits.RecordsPerFlush);
            arrived += message.GetProperty("records").GetArrayLength();
            dropped += message.GetProperty("dropped").GetInt64();
        }

        (arrived + dropped).ShouldBe(total);
        arrived.ShouldBeGreaterThan(0);
    }

    [Fact]
    public void Records_that_nobody_had_time_to_look_at_are_counted_once()
    {
        var watch = new LiveWatch(1, new Always(true), floor: 2);
        foreach (var first in new ulong[] { 1, 3 })
        {
            var batch = SampleRecord.Batch([Record("a") with { Sequence = first }, Record("b") with { Sequence = first + 1 }], "shop");
            watch.Overlook(batch);
            batch.Release();
        }

        watch.Take(always: false).ShouldNotBeNull().Dropped.ShouldBe(2, "the first two were there before");
        watch.Take(always: false).ShouldBeNull();
    }

    [Fact]
    public async Task A_client_that_does_not_read_holds_up_nobody()
    {
        await using var app = await LiveApp.StartAsync(clickHouse);
        await using var sleeper = await app.ConnectAsync();
        await sleeper.WatchAsync(1, "");
        await using var reader = await app.ConnectAsync();
        await StartWatchingAsync(reader, 1, "last");

        // Far more than the connection's buffers take.
        var text = new string('x', 2_000);
        for (var i = 0; i < 300; i++)
            app.Commit(Enumerable.Range(0, 100).Select(_ => Record(text)));
        app.Commit(Record("the last"));

        (await CollectAsync(reader, 1)).ShouldBe(["the last"]);
    }

    [Fact]
    public async Task A_caller_can_watch_in_so_many_places_and_no_more()
    {
        await using var app = await LiveApp.StartAsync(clickHouse);
        var caller = LogsApp.CallerOf("1");
        var connections = Enumerable.Range(0, LiveLimits.ConnectionsPerCallerMax + 1).Select(_ => new LiveConnection(caller, null!, app.Tail, null!, TimeProvider.System)).ToList();

        connections.Count(app.Tail.TryAdd).ShouldBe(LiveLimits.ConnectionsPerCallerMax);
        app.Tail.Remove(connections[0]);
        app.Tail.TryAdd(connections[^1]).ShouldBeTrue();
    }

    [Fact]
    public async Task Without_the_permission_there_is_no_connection()
    {
        await using var app = await LiveApp.StartAsync(clickHouse);
        await Should.ThrowAsync<System.Net.WebSockets.WebSocketException>(() => app.ConnectAsync("1/10/none"));
    }

    [Fact]
    public void Matching_a_record_allocates_nothing()
    {
        var random = new Random(1);
        var batch = SampleRecord.Batch([.. Enumerable.Range(0, 500).Select(_ => SampleRecord.Random(random))], "shop");
        QueryBinder.TryRead(
            "level:>=debug -service:nobody (payment OR \"/api/cart\" OR pay* OR k:>5 OR path:/a* OR status:5* OR resource.pod:web* OR trace:4bf9* OR user:*)",
            new Dictionary<string, uint>(), out var condition, out _).ShouldBeTrue();
        var filter = new LiveFilter(condition!);
        long Run()
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            filter.Begin(batch);
            for (var row = 0; row < batch.Count; row++)
                filter.Matches(batch, row);
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }

        Run();
        Run().ShouldBe(0);
    }

    private static async Task StartWatchingAsync(HubClient client, int generation, string query)
    {
        await client.WatchAsync(generation, query);
        (await client.NextAsync("watching")).GetProperty("generation").GetInt32().ShouldBe(generation);
        (await client.NextAsync("records")).GetProperty("records").GetArrayLength().ShouldBe(0);
    }

    private static async Task<List<string>> CollectAsync(HubClient client, int count)
    {
        var bodies = new List<string>();
        while (bodies.Count < count)
            bodies.AddRange(Bodies(await client.NextAsync("records")));
        return bodies;
    }

    private static List<string> Bodies(JsonElement message) => [.. message.GetProperty("records").EnumerateArray().Select(record => record.GetProperty("body").GetString()!)];
}
