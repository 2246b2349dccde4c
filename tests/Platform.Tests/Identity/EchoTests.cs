using System.Collections.Concurrent;
using Dapper;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Rialto.Fixtures;
using Rialto.Platform.Identity;
using Rialto.Platform.Postgres;

namespace Rialto.Platform.Tests.Identity;

/// <summary>What a node knows of credentials stays good for longer while it hears its own echoes, and for no longer than five seconds without.</summary>
public sealed class EchoTests(PostgresFixture server) : IAsyncLifetime
{
    private readonly StillClock _clock = new();
    private PostgresDatabase _database = null!;

    public async ValueTask InitializeAsync() => _database = await server.CreateDatabaseAsync();

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    [Fact]
    public async Task While_echoes_come_a_good_answer_is_not_asked_for_again_until_its_time_is_over()
    {
        var hearing = new Hearing();
        var asked = new ConcurrentQueue<string>();
        using var cache = CacheOf(asked, hearing);
        await cache.GetAsync("good");
        await cache.GetAsync("unknown");
        for (var second = 1; second <= 24; second++)
        {
            _clock.Ahead = second * Second;
            hearing.HeardUpTo = _clock.GetTimestamp();
            cache.GetAsync("good").IsCompletedSuccessfully.ShouldBeTrue($"asked after {second} s");
        }
        asked.Count(id => id == "good").ShouldBe(1);

        // What there is not may be there any time, and nobody tells of it.
        await cache.GetAsync("unknown");
        asked.Count(id => id == "unknown").ShouldBe(2);

        _clock.Ahead = RevocableCache<string>.KnownFor;
        hearing.HeardUpTo = _clock.GetTimestamp();
        await cache.GetAsync("good");
        asked.Count(id => id == "good").ShouldBeGreaterThan(1, "however well a node hears, it looks again after half a minute");
    }

    [Theory]
    [InlineData(10)]
    [InlineData(26)]
    public async Task Five_seconds_after_the_last_echo_nothing_is_believed_any_more(int lastEcho)
    {
        var hearing = new Hearing();
        var isRevoked = false;
        using var cache = new RevocableCache<string>(_clock, ids => Task.FromResult(isRevoked ? [] : ids.ToDictionary(id => id, id => id)), hearing);
        await cache.GetAsync("k");
        // Where it was asked for anew meanwhile, that was before it was revoked.
        _clock.Ahead = lastEcho * Second;
        hearing.HeardUpTo = _clock.GetTimestamp();
        (await cache.GetAsync("k")).ShouldBe("k");
        isRevoked = true;
        _clock.Ahead += RevocableCache<string>.Lifetime;
        (await cache.GetAsync("k")).ShouldBeNull();
    }

    [Fact]
    public async Task Echoes_are_asked_for_while_a_credential_is_in_use()
    {
        var hearing = new Hearing();
        using var cache = CacheOf([], hearing);
        await cache.GetAsync("k");
        await Eventually.TrueAsync(() => hearing.Asked > 0, "the node looks whether it hears");
    }

    [Fact]
    public async Task An_echo_comes_after_everything_that_was_committed_before_it_was_sent()
    {
        using var here = new Notifications(_database.DataSource, _clock, NullLogger<Notifications>.Instance);
        var heard = new ConcurrentQueue<string>();
        using var subscribed = here.Subscribe(Notifications.Identity, heard.Enqueue);
        here.HeardUpTo.ShouldBeNull();
        await here.StartAsync(CancellationToken.None);
        try
        {
            await Eventually.TrueAsync(() => !heard.IsEmpty, "it listens");
            await using var connection = await _database.DataSource.OpenConnectionAsync();
            for (var number = 1; number <= 20; number++)
            {
                _clock.Ahead = number * Second;
                await connection.ExecuteAsync("SELECT pg_notify('rialto_identity', @number::text)", new { number });
                await Eventually.TrueAsync(() =>
                {
                    here.Echo();
                    return here.HeardUpTo == _clock.GetTimestamp();
                }, "the echo comes");
                heard.ShouldContain($"{number}");
            }
        }
        finally
        {
            await here.StopAsync(CancellationToken.None);
        }
    }

    [Fact]
    public async Task A_node_hears_its_own_echoes_and_not_those_of_others_and_none_where_it_does_not_listen()
    {
        using var deaf = new Notifications(_database.DataSource, _clock, NullLogger<Notifications>.Instance);
        using var listening = new Notifications(_database.DataSource, _clock, NullLogger<Notifications>.Instance);
        using var silent = new Notifications(_database.DataSource, _clock, NullLogger<Notifications>.Instance);
        var heard = new ConcurrentQueue<string>();
        using var subscribed = silent.Subscribe(Notifications.Identity, heard.Enqueue);
        await listening.StartAsync(CancellationToken.None);
        await silent.StartAsync(CancellationToken.None);
        try
        {
            await Eventually.TrueAsync(() => !heard.IsEmpty, "the silent one listens");
            await Eventually.TrueAsync(() =>
            {
                deaf.Echo();
                listening.Echo();
                return listening.HeardUpTo is not null;
            }, "who listens hears his own");
            await using var connection = await _database.DataSource.OpenConnectionAsync();
            await connection.ExecuteAsync("SELECT pg_notify('rialto_identity', 'after them')");
            await Eventually.TrueAsync(() => heard.Contains("after them"), "the silent one heard all before it");
            silent.HeardUpTo.ShouldBeNull();
            deaf.HeardUpTo.ShouldBeNull();
        }
        finally
        {
            await listening.StopAsync(CancellationToken.None);
            await silent.StopAsync(CancellationToken.None);
        }
    }

    [Fact]
    public async Task A_node_without_its_database_hears_nothing_and_does_not_fail()
    {
        await using var nowhere = NpgsqlDataSource.Create("Host=127.0.0.1;Port=1;Username=x;Timeout=1");
        using var alone = new Notifications(nowhere, _clock, NullLogger<Notifications>.Instance);
        alone.Echo();
        alone.HeardUpTo.ShouldBeNull();
    }

    private RevocableCache<string> CacheOf(ConcurrentQueue<string> asked, Hearing hearing) => new(
        _clock,
        ids =>
        {
            foreach (var id in ids) asked.Enqueue(id);
            return Task.FromResult(ids.Where(id => id != "unknown").ToDictionary(id => id, id => id));
        },
        hearing);

    private sealed class Hearing : IHearing
    {
        private int _asked;

        public int Asked => Volatile.Read(ref _asked);

        public long? HeardUpTo { get; set; }

        public void Echo() => Interlocked.Increment(ref _asked);
    }
}
