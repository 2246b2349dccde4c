using System.Collections.Concurrent;
using Npgsql;

namespace Rialto.Platform.Identity;

/// <summary>
/// Remembers what the database said about a credential for <see cref="Lifetime"/>, also that there is none. A revocation therefore holds on
/// every node within that time, and at once where the notification arrives. While the database is unreachable, what was last known holds
/// for <see cref="GraceWhileUnreachable"/>: nothing can be revoked then anyway, and senders of records need not stop.
/// </summary>
internal sealed class RevocableCache<T>(TimeProvider clock, Func<string, Task<T?>> load)
    where T : class
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan GraceWhileUnreachable = TimeSpan.FromMinutes(5);

    // Bounds the memory that guesses of unknown credentials can take.
    private const int EntriesMax = 50_000;

    private sealed record Entry(Task<T?> Loading, long AskedAt, T? Before, long BeforeConfirmedAt);

    private readonly ConcurrentDictionary<string, Entry> _entries = new(StringComparer.Ordinal);

    public ValueTask<T?> GetAsync(ReadOnlySpan<char> id)
    {
        if (_entries.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(id, out var entry)
            && entry.Loading.IsCompletedSuccessfully && clock.GetElapsedTime(entry.AskedAt) < Lifetime)
            return new(entry.Loading.Result);
        return new(GetSlowAsync(id.ToString()));
    }

    public void Clear() => _entries.Clear();

    private async Task<T?> GetSlowAsync(string id)
    {
        var entry = Ask(id);
        try
        {
            return await entry.Loading;
        }
        catch (Exception exception) when (exception is NpgsqlException or TimeoutException)
        {
            if (entry.Before is null || clock.GetElapsedTime(entry.BeforeConfirmedAt) > GraceWhileUnreachable) throw;
            return entry.Before;
        }
    }

    /// <summary>The entry that is fresh or being loaded; the first of many callers starts the load, the others share it.</summary>
    private Entry Ask(string id)
    {
        if (_entries.Count >= EntriesMax) _entries.Clear();
        while (true)
        {
            var known = _entries.GetValueOrDefault(id);
            if (known is not null && !known.Loading.IsFaulted && clock.GetElapsedTime(known.AskedAt) < Lifetime) return known;
            var source = new TaskCompletionSource<T?>(TaskCreationOptions.RunContinuationsAsynchronously);
            var fresh = known switch
            {
                null => new Entry(source.Task, clock.GetTimestamp(), null, 0),
                { Loading.IsCompletedSuccessfully: true } => new Entry(source.Task, clock.GetTimestamp(), known.Loading.Result, known.AskedAt),
                _ => new Entry(source.Task, clock.GetTimestamp(), known.Before, known.BeforeConfirmedAt),
            };
            if (known is null ? !_entries.TryAdd(id, fresh) : !_entries.TryUpdate(id, fresh, known)) continue;
            _ = FillAsync(id, source);
            return fresh;
        }
    }

    private async Task FillAsync(string id, TaskCompletionSource<T?> source)
    {
        try
        {
            source.SetResult(await load(id));
        }
        catch (Exception exception)
        {
            source.SetException(exception);
            _ = source.Task.Exception; // Observed: every waiter gets it too, and there may be none left.
        }
    }
}
