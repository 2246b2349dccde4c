using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Serialization;

namespace Rialto.Platform.ClickHouse;

/// <summary>
/// One node at a time changes the tables. ClickHouse has no locks to take, but creating a table is atomic: who creates <c>migration_lock_N</c> holds lock N.
/// Its comment is the server's time of its last renewal; a lock that was
/// not renewed belongs to a dead node, and N + 1 may be created over it.
/// </summary>
internal sealed partial class MigrationLock : IAsyncDisposable
{
    private const int TableAlreadyExists = 57;
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(100);

    private readonly ClickHouseClient _client;
    private readonly string _table;
    private readonly CancellationTokenSource _released = new();
    private readonly Task _renewing;

    private MigrationLock(ClickHouseClient client, string table, Times times)
    {
        _client = client;
        _table = table;
        _renewing = RenewAsync(times.Renewal);
    }

    /// <param name="Stale">Without a renewal for this long the holder counts as dead; the server's clock has seconds.</param>
    /// <param name="Renewal">Several times within <paramref name="Stale"/>.</param>
    /// <param name="Patience">How long a node that starts waits for one that runs a long migration.</param>
    internal sealed record Times(TimeSpan Stale, TimeSpan Renewal, TimeSpan Patience)
    {
        public static readonly Times Default = new(TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(10));
    }

    /// <param name="Age">Seconds since the last renewal.</param>
    internal sealed record Held(string Name, long Age);

    public static async Task<MigrationLock> TakeAsync(ClickHouseClient client, Times times, CancellationToken stop)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(stop);
        patience.CancelAfter(times.Patience);
        while (true)
        {
            var locks = await ReadAsync(client, stop);
            if (!locks.Any(held => held.Age < times.Stale.TotalSeconds) && await TryCreateAsync(client, locks, stop) is { } table)
            {
                foreach (var stale in locks)
                    await client.ExecuteAsync("DROP TABLE IF EXISTS {table:Identifier} SYNC", QueryOptions.With(("table", stale.Name)), stop);
                return new MigrationLock(client, table, times);
            }

            try
            {
                await Task.Delay(Poll, patience.Token);
            }
            catch (OperationCanceledException) when (!stop.IsCancellationRequested)
            {
                throw new ClickHouseMigrationException($"Another node has been changing the tables for {times.Patience}: {string.Join(", ", locks.Select(held => held.Name))}");
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _released.CancelAsync();
        await _renewing;
        await _client.ExecuteAsync("DROP TABLE IF EXISTS {table:Identifier} SYNC", QueryOptions.With(("table", _table)));
        _released.Dispose();
    }

    private static async Task<List<Held>> ReadAsync(ClickHouseClient client, CancellationToken stop)
    {
        var locks = new List<Held>();
        const string Sql =
            """
            SELECT name AS Name, toInt64(now()) - toInt64OrZero(comment) AS Age
            FROM system.tables WHERE database = currentDatabase() AND startsWith(name, 'migration_lock_')
            """;
        await foreach (var held in client.ReadJsonAsync(Sql, LockJson.Default.Held, cancel: stop))
            locks.Add(held);
        return locks;
    }

    private static async Task<string?> TryCreateAsync(ClickHouseClient client, List<Held> locks, CancellationToken stop)
    {
        var last = locks.Select(held => long.Parse(held.Name["migration_lock_".Length..], CultureInfo.InvariantCulture)).DefaultIfEmpty(0).Max();
        var table = $"migration_lock_{last + 1}";
        try
        {
            await client.ExecuteAsync($"CREATE TABLE {{table:Identifier}} (Nothing UInt8) ENGINE = Memory COMMENT '{await NowAsync(client, stop)}'", QueryOptions.With(("table", table)), stop);
            return table;
        }
        catch (ClickHouseException taken) when (taken.Code == TableAlreadyExists)
        {
            return null;
        }
    }

    // A comment takes no parameter; a number needs none.
    private static async Task<long> NowAsync(ClickHouseClient client, CancellationToken stop)
    {
        await foreach (var now in client.ReadJsonAsync("SELECT toInt64(now()) AS Seconds", LockJson.Default.Now, cancel: stop))
            return now.Seconds;
        throw new UnreachableException("A SELECT without FROM has a row");
    }

    private async Task RenewAsync(TimeSpan every)
    {
        using var timer = new PeriodicTimer(every);
        try
        {
            while (await timer.WaitForNextTickAsync(_released.Token))
            {
                var now = await NowAsync(_client, _released.Token);
                await _client.ExecuteAsync($"ALTER TABLE {{table:Identifier}} MODIFY COMMENT '{now}'", QueryOptions.With(("table", _table)), _released.Token);
            }
        }
        catch (Exception failure) when (failure is OperationCanceledException or ClickHouseException or ClickHouseUnavailableException)
        {
            // Released; or the server is gone, and then the migration fails by itself.
        }
    }

    internal sealed record Now(long Seconds);

    [JsonSerializable(typeof(Held))]
    [JsonSerializable(typeof(Now))]
    private sealed partial class LockJson : JsonSerializerContext;
}
