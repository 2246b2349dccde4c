using System.Collections.Concurrent;
using Dapper;
using Npgsql;
using Rialto.Fixtures;
using Rialto.Platform.Identity;

namespace Rialto.Platform.Tests.Identity;

/// <summary>Credentials on a node that no notification reaches, and how many statements they cost.</summary>
public sealed class RevocationTests(PostgresFixture server) : IAsyncLifetime
{
    private readonly StillClock _clock = new();
    private readonly Guid _application = Guid.CreateVersion7();
    private PostgresDatabase _database = null!;

    public async ValueTask InitializeAsync()
    {
        _database = await server.CreateDatabaseAsync();
        await using var connection = await _database.DataSource.OpenConnectionAsync();
        await connection.ExecuteAsync(
            "INSERT INTO identity.organization (id, name) VALUES (@organization, 'one'); INSERT INTO identity.application (id, organization_id, name) VALUES (@_application, @organization, 'shop')",
            new { organization = Guid.CreateVersion7(), _application });
    }

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    private ApiKeys NodeWithoutNotifications() => new(_database.DataSource, _clock);

    [Fact]
    public async Task A_revoked_key_ends_within_five_seconds_on_a_node_that_no_notification_reached()
    {
        using var here = NodeWithoutNotifications();
        using var there = NodeWithoutNotifications();
        var text = await here.CreateAsync(_application, "k", [Permission.LogsRead]);
        (await there.FindAsync(text)).ShouldNotBeNull();
        await here.RevokeAsync(text.Split('_')[1]);
        (await here.FindAsync(text)).ShouldBeNull();
        _clock.Ahead = RevocableCache<ApiKey>.Lifetime;
        RevocableCache<ApiKey>.Lifetime.ShouldBeLessThanOrEqualTo(TimeSpan.FromSeconds(5));
        (await there.FindAsync(text)).ShouldBeNull();
    }

    [Fact]
    public async Task A_key_in_use_is_asked_about_before_it_is_due_so_that_no_request_waits_and_a_revocation_holds_sooner()
    {
        using var here = NodeWithoutNotifications();
        using var there = NodeWithoutNotifications();
        var text = await here.CreateAsync(_application, "k", [Permission.LogsRead]);
        (await there.FindAsync(text)).ShouldNotBeNull();
        await here.RevokeAsync(text.Split('_')[1]);
        there.FindAsync(text).IsCompletedSuccessfully.ShouldBeTrue("a request waited for the database although the key was known");
        _clock.Ahead = RevocableCache<ApiKey>.AskAgainAfter;
        var began = TimeProvider.System.GetTimestamp();
        while (await there.FindAsync(text) is not null && TimeProvider.System.GetElapsedTime(began) < TimeSpan.FromSeconds(60)) await Task.Delay(20);
        (await there.FindAsync(text)).ShouldBeNull();
    }

    [Fact]
    public async Task Ten_thousand_credentials_are_asked_about_in_few_statements_and_each_gets_its_own_answer()
    {
        var statements = new ConcurrentBag<int>();
        using var cache = new RevocableCache<string>(_clock, async ids =>
        {
            statements.Add(ids.Length);
            await Task.Yield();
            return ids.Where(id => !id.EndsWith('7')).ToDictionary(id => id, id => "of " + id);
        });
        var found = await Task.WhenAll(Enumerable.Range(0, 10_000).Select(async i => (Id: $"{i}", Value: await cache.GetAsync($"{i}"))));
        found.ShouldAllBe(one => one.Value == (one.Id.EndsWith('7') ? null : "of " + one.Id));
        statements.Sum().ShouldBe(10_000);
        statements.Max().ShouldBeLessThanOrEqualTo(1_000);
        var asked = statements.Count;
        (await cache.GetAsync("1")).ShouldBe("of 1");
        (await cache.GetAsync("7")).ShouldBeNull();
        statements.Count.ShouldBe(asked, "what is known was asked for again");
    }

    [Fact]
    public async Task What_is_known_holds_for_five_minutes_while_the_database_is_away_and_no_longer()
    {
        var isAway = false;
        using var cache = new RevocableCache<string>(_clock, ids => isAway ? throw new NpgsqlException("away") : Task.FromResult(ids.ToDictionary(id => id, id => id)));
        (await cache.GetAsync("known")).ShouldBe("known");
        isAway = true;
        _clock.Ahead = TimeSpan.FromMinutes(4);
        (await cache.GetAsync("known")).ShouldBe("known");
        await Should.ThrowAsync<NpgsqlException>(async () => await cache.GetAsync("never seen"));
        _clock.Ahead = TimeSpan.FromMinutes(6);
        await Should.ThrowAsync<NpgsqlException>(async () => await cache.GetAsync("known"));
        isAway = false;
        (await cache.GetAsync("known")).ShouldBe("known");
    }

    [Fact]
    public async Task What_was_asked_for_before_a_clear_is_not_kept_after_it()
    {
        var answer = new TaskCompletionSource<Dictionary<string, string>>(TaskCreationOptions.RunContinuationsAsynchronously);
        var isFirst = true;
        using var cache = new RevocableCache<string>(_clock, _ => Interlocked.Exchange(ref isFirst, false) ? answer.Task : Task.FromResult(new Dictionary<string, string>()));
        var early = cache.GetAsync("k").AsTask();
        cache.Clear();
        answer.SetResult(new() { ["k"] = "revoked since" });
        (await early).ShouldBe("revoked since");
        (await cache.GetAsync("k")).ShouldBeNull();
    }

    [Fact]
    public async Task Many_who_come_at_once_share_one_question_and_its_answer_is_as_old_as_the_question()
    {
        var (begun, answer) = (new TaskCompletionSource(), new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        var isRevoked = false;
        var batches = new ConcurrentQueue<int>();
        using var cache = new RevocableCache<string>(_clock, async ids =>
        {
            batches.Enqueue(ids.Length);
            var found = isRevoked ? [] : ids.ToDictionary(id => id, id => id);
            begun.TrySetResult();
            await answer.Task;
            return found;
        });
        var many = Enumerable.Range(0, 100).Select(_ => cache.GetAsync("k").AsTask()).ToArray();
        await begun.Task;
        // The database is slow, and the key is revoked behind the question.
        isRevoked = true;
        _clock.Ahead = TimeSpan.FromSeconds(4);
        answer.SetResult();
        (await Task.WhenAll(many).WaitAsync(TimeSpan.FromMinutes(1))).ShouldAllBe(found => found == "k");
        batches.ShouldAllBe(ids => ids == 1);
        _clock.Ahead = TimeSpan.FromSeconds(6);
        (await cache.GetAsync("k")).ShouldBeNull("more than five seconds have passed since it was asked for");
    }

    [Fact]
    public async Task What_does_not_exist_is_asked_about_once_and_what_exists_again_before_it_is_due()
    {
        var asked = new ConcurrentQueue<string>();
        using var cache = new RevocableCache<string>(_clock, ids =>
        {
            foreach (var id in ids) asked.Enqueue(id);
            return Task.FromResult(ids.Where(id => id != "guess").ToDictionary(id => id, id => id));
        });
        (await cache.GetAsync("guess")).ShouldBeNull();
        (await cache.GetAsync("known")).ShouldBe("known");
        _clock.Ahead = RevocableCache<string>.AskAgainAfter;
        await Eventually.TrueAsync(() => asked.Count(id => id == "known") >= 2, "it is looked after while it is in use");
        // Whatever the same look asked for comes before this.
        (await cache.GetAsync("next")).ShouldBe("next");
        asked.Count(id => id == "guess").ShouldBe(1);
        _clock.Ahead += RevocableCache<string>.Lifetime;
        (await cache.GetAsync("guess")).ShouldBeNull();
        asked.Count(id => id == "guess").ShouldBe(2, "who presents it again is answered anew");
    }

    [Theory]
    [InlineData("key:mine", false, true)]
    [InlineData("key:other", true, true)]
    [InlineData("session:mine", true, true)]
    [InlineData("", false, false)]
    [InlineData("user:mine", false, false)]
    public async Task What_is_told_of_one_credential_lets_go_of_that_one_and_everything_else_of_all(string told, bool isMineKept, bool isAnotherKept)
    {
        var asked = 0;
        using var cache = new RevocableCache<string>(_clock, ids =>
        {
            Interlocked.Add(ref asked, ids.Length);
            return Task.FromResult(ids.ToDictionary(id => id, id => id));
        });
        foreach (var id in new[] { "mine", "another" }) await cache.GetAsync(id);
        cache.Hear(told, CredentialKind.Key);
        await cache.GetAsync("mine");
        asked.ShouldBe(isMineKept ? 2 : 3);
        await cache.GetAsync("another");
        asked.ShouldBe(2 + (isMineKept ? 0 : 1) + (isAnotherKept ? 0 : 1));
    }

    [Theory]
    [InlineData("rk_\0_secret")]
    [InlineData("rk_a b_secret")]
    [InlineData("rk_é_secret")]
    public async Task A_text_that_can_be_no_key_never_reaches_the_statement_that_others_share(string text)
    {
        await using var nowhere = NpgsqlDataSource.Create("Host=127.0.0.1;Port=1;Username=x;Timeout=1");
        using var keys = new ApiKeys(nowhere, _clock);
        (await keys.FindAsync(text)).ShouldBeNull();
    }

    [Fact]
    public async Task A_use_is_noted_once_a_minute()
    {
        using var node = NodeWithoutNotifications();
        var text = await node.CreateAsync(_application, "k", [Permission.LogsRead]);
        await node.FindAsync(text);
        var first = await NotedAfterAsync(null);
        _clock.Ahead = TimeSpan.FromSeconds(30);
        await node.FindAsync(text);
        _clock.Ahead = TimeSpan.FromSeconds(70);
        await node.FindAsync(text);
        (await NotedAfterAsync(first) - first).ShouldBeGreaterThan(TimeSpan.FromSeconds(60), "noted twice within a minute");
    }

    private async Task<DateTimeOffset> NotedAfterAsync(DateTimeOffset? before)
    {
        await using var connection = await _database.DataSource.OpenConnectionAsync();
        for (var patience = 0; patience < 1_200; patience++)
        {
            if (await connection.ExecuteScalarAsync<DateTime?>("SELECT last_used_at FROM identity.api_key") is { } at && at != before?.UtcDateTime) return new DateTimeOffset(at, TimeSpan.Zero);
            await Task.Delay(50);
        }
        throw new TimeoutException("The use was not noted.");
    }
}
