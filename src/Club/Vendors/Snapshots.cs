using System.Collections.Concurrent;
using System.Text.Json;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using Rialto.Platform.Configuration;
using Rialto.Platform.Connectors;

namespace Rialto.Club.Vendors;

/// <summary>A part of a page that comes from a vendor.</summary>
/// <param name="State"><c>fresh</c>, <c>stale</c> (known as of then) or <c>missing</c>.</param>
/// <param name="AsOf">When it was told.</param>
internal sealed record Part<T>(string State, DateTimeOffset? AsOf, T? Data)
    where T : class
{
    public static readonly Part<T> Missing = new("missing", null, null);
}

/// <summary>
/// What vendors told last, by key: in memory, and in the database for after a restart. A page waits for nothing of which something recent is known, and never longer than its
/// deadline: what is not fresh is shown as stale while one call for all who ask brings the new one. What failed is asked again later by itself, once a key however many wanted it.
/// </summary>
internal sealed partial class Snapshots(
    NpgsqlDataSource postgres, TimeProvider clock, [FromKeyedServices(Rules.Document)] Configured<Rules> rules, ILogger<Snapshots> log) : BackgroundService
{
    private const int KeysMax = 50_000;

    /// <summary>Nobody wants a part that nobody has asked for so long; it is not refreshed any more.</summary>
    private static readonly TimeSpan Wanted = TimeSpan.FromMinutes(10);

    private static readonly TimeSpan RetryEvery = TimeSpan.FromSeconds(5);

    private readonly ILogger _log = log;
    private readonly ConcurrentDictionary<(string Connector, string Key), Entry> _entries = new();

    private sealed class Entry
    {
        public readonly Lock Gate = new();
        public object? Value;
        public DateTimeOffset AsOf;
        public DateTimeOffset AskedAt;
        public bool Failed;
        public bool IsLoaded;
        public Task? Refresh;
        public Func<Task>? Again;
    }

    /// <param name="fetch">Asks the vendor; a null value with a good answer is stored as nothing to show.</param>
    /// <param name="atOnce">What is not fresh but recent is given at once, as stale, while the vendor is asked; otherwise it is waited for the vendor, up to the deadline.</param>
    public async Task<Part<T>> GetAsync<T>(string connector, string key, Func<CancellationToken, Task<(VendorAnswer Answer, T? Value)>> fetch, bool atOnce)
        where T : class
    {
        var fresh = TimeSpan.FromSeconds(rules.Value.FreshSeconds);
        var entry = _entries.GetOrAdd((connector, key), _ => new Entry());
        var now = clock.GetUtcNow();
        entry.AskedAt = now;
        if (entry.Value is T known && now - entry.AsOf < fresh) return new Part<T>("fresh", entry.AsOf, known);
        if (!entry.IsLoaded) await LoadAsync<T>(entry, connector, key);

        Task refresh;
        lock (entry.Gate)
        {
            entry.Again ??= () => RefreshAsync(entry, connector, key, fetch);
            refresh = entry.Refresh ??= Task.Run(entry.Again);
        }
        if (atOnce && entry.Value is T recent && now - entry.AsOf < TimeSpan.FromSeconds(rules.Value.RecentSeconds)) return new Part<T>("stale", entry.AsOf, recent);
        await Task.WhenAny(refresh, Task.Delay(rules.Value.PartDeadlineMs));
        if (entry.Value is not T value) return Part<T>.Missing;
        return new Part<T>(clock.GetUtcNow() - entry.AsOf < fresh ? "fresh" : "stale", entry.AsOf, value);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(RetryEvery);
        while (await NextAsync(timer, stoppingToken))
        {
            var now = clock.GetUtcNow();
            foreach (var (key, entry) in _entries)
            {
                if (now - entry.AskedAt > Wanted && entry.Refresh is null) _entries.TryRemove(key, out _);
                else if (entry is { Failed: true, Again: { } again })
                {
                    lock (entry.Gate) entry.Refresh ??= Task.Run(again, CancellationToken.None);
                }
            }
        }
    }

    private static async Task<bool> NextAsync(PeriodicTimer timer, CancellationToken stop)
    {
        try
        {
            return await timer.WaitForNextTickAsync(stop);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private async Task RefreshAsync<T>(Entry entry, string connector, string key, Func<CancellationToken, Task<(VendorAnswer Answer, T? Value)>> fetch)
        where T : class
    {
        try
        {
            var askedAt = clock.GetUtcNow();
            var (answer, value) = await fetch(CancellationToken.None);
            entry.Failed = answer.Outcome is Outcome.NotSent or Outcome.Unknown;
            if (!answer.IsOk || value is null) return;
            (entry.Value, entry.AsOf) = (value, askedAt);
            if (_entries.Count < KeysMax) await StoreAsync(connector, key, value, askedAt);
        }
        catch (Exception exception) when (exception is NpgsqlException or TimeoutException or InvalidOperationException or JsonException or KeyNotFoundException or FormatException)
        {
            entry.Failed = true;
            LogFailed(connector, exception.Message);
        }
        finally
        {
            lock (entry.Gate) entry.Refresh = null;
        }
    }

    private async Task StoreAsync<T>(string connector, string key, T value, DateTimeOffset asOf)
    {
        await using var connection = await postgres.OpenConnectionAsync();
        await connection.ExecuteAsync(
            """
            INSERT INTO club.snapshot (connector, key, body, as_of) VALUES (@connector, @key, @body::jsonb, @asOf)
            ON CONFLICT (connector, key) DO UPDATE SET body = excluded.body, as_of = excluded.as_of WHERE club.snapshot.as_of < excluded.as_of
            """,
            new { connector, key, body = JsonSerializer.Serialize(value), asOf });
    }

    private async Task LoadAsync<T>(Entry entry, string connector, string key)
        where T : class
    {
        await using var connection = await postgres.OpenConnectionAsync();
        var row = await connection.QuerySingleOrDefaultAsync<Row>("SELECT body::text AS body, as_of FROM club.snapshot WHERE connector = @connector AND key = @key", new { connector, key });
        lock (entry.Gate)
        {
            if (row is not null && entry.Value is null) (entry.Value, entry.AsOf) = (JsonSerializer.Deserialize<T>(row.Body), row.AsOf);
            entry.IsLoaded = true;
        }
    }

    private sealed class Row
    {
        public required string Body { get; init; }
        public required DateTimeOffset AsOf { get; init; }
    }

    [LoggerMessage(LogLevel.Warning, "A part of {Connector} was not refreshed: {Reason}")]
    private partial void LogFailed(string connector, string reason);
}
