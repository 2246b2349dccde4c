using System.Collections.Concurrent;
using Npgsql;
using Rialto.Platform.Postgres;

namespace Rialto.Platform.Identity;

/// <summary>
/// Remembers what the database said about a credential for <see cref="Lifetime"/>, also that there is none. A revocation therefore holds on
/// every node within that time, and at once where the notification arrives. While echoes prove that notifications do arrive, a good answer is asked about again only
/// every <see cref="KnownFor"/>; without an echo in its <see cref="Lifetime"/> it is. What was used in the last <see cref="InUseFor"/> is asked about again before it
/// is due, many credentials in one statement, so that neither a request nor the database feels how many there are. While the database is unreachable, what was last known holds
/// for <see cref="GraceWhileUnreachable"/>: nothing can be revoked then anyway, and senders of records need not stop.
/// </summary>
internal sealed class RevocableCache<T> : IDisposable
    where T : class
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(5);

    /// <summary>A credential in use is asked about after this long, while what is known still answers.</summary>
    public static readonly TimeSpan AskAgainAfter = TimeSpan.FromSeconds(3);

    /// <summary>How long the last answer holds where every change since has been heard of.</summary>
    public static readonly TimeSpan KnownFor = TimeSpan.FromSeconds(30);

    public static readonly TimeSpan InUseFor = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan GraceWhileUnreachable = TimeSpan.FromMinutes(5);

    // Bounds the memory that guesses of unknown credentials can take.
    private const int EntriesMax = 50_000;
    private const int IdsPerStatement = 1_000;

    private sealed record Answer(T? Value, long AskedAt);

    private sealed class Entry(string id)
    {
        public string Id { get; } = id;

        public volatile Answer? Answer;

        /// <summary>Not null while the database is being asked. Changed under the lock of the object.</summary>
        public TaskCompletionSource<Answer>? Asking;

        public long AskedAt;

        public long UsedAt;
    }

    private readonly TimeProvider _clock;
    private readonly IHearing? _hearing;
    private readonly Func<string[], Task<Dictionary<string, T>>> _load;
    private readonly Gathering<Entry> _asking;
    private readonly ConcurrentDictionary<string, Entry> _entries = new(StringComparer.Ordinal);
    private readonly ITimer _look;

    /// <param name="clock">Of the lifetimes.</param>
    /// <param name="load">Finds those of the ids that are good now, by id; what it leaves out is not.</param>
    /// <param name="hearing">Proves that changes are heard of, which <see cref="Hear"/> must then be told. Null: they are not.</param>
    public RevocableCache(TimeProvider clock, Func<string[], Task<Dictionary<string, T>>> load, IHearing? hearing = null)
    {
        (_clock, _load, _hearing) = (clock, load, hearing);
        _asking = new(IdsPerStatement, LoadAsync);
        _look = clock.CreateTimer(static cache => ((RevocableCache<T>)cache!).Look(), this, LookEvery, LookEvery);
    }

    public ValueTask<T?> GetAsync(ReadOnlySpan<char> id)
    {
        if (_entries.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(id, out var entry) && entry.Answer is { } answer)
        {
            var now = _clock.GetTimestamp();
            entry.UsedAt = now;
            if (Age(answer, now) < Lifetime) return new(answer.Value);
        }
        return new(WaitAsync(id.ToString()));
    }

    public void Clear() => _entries.Clear();

    /// <summary>What is known of one credential is out of date. An answer that is on its way to it still goes to those who wait, and is not kept.</summary>
    public void Forget(string id) => _entries.TryRemove(id, out _);

    /// <summary>
    /// What the database told of a change: <c>kind:id</c> of one credential, or of something that many depend on, such as a person, or nothing when notifications were lost.
    /// </summary>
    /// <param name="told">The notification's payload.</param>
    /// <param name="kind">Of the credentials here.</param>
    public void Hear(string told, string kind)
    {
        var colon = told.IndexOf(':', StringComparison.Ordinal);
        var toldKind = colon < 0 ? "" : told[..colon];
        if (toldKind == kind) Forget(told[(colon + 1)..]);
        else if (!CredentialKind.All.Contains(toldKind)) Clear();
    }

    public void Dispose() => _look.Dispose();

    /// <summary>
    /// How old is what we know. An entry that is still here when an echo comes was not changed before that echo was sent: whoever changes it removes it here.
    /// </summary>
    private TimeSpan Age(Answer answer, long now)
    {
        var age = _clock.GetElapsedTime(answer.AskedAt, now);
        if (age < AskAgainAfter || answer.Value is null || _hearing?.HeardUpTo is not { } heard) return age;
        var since = TimeSpan.FromTicks(Math.Min(age.Ticks, _clock.GetElapsedTime(heard, now).Ticks));
        // Towards the end of its time it is due like any other.
        var late = age - (KnownFor - Lifetime);
        return late > since ? late : since;
    }

    /// <summary>Asks about what is in use and soon due; forgets what nobody used for long.</summary>
    private void Look()
    {
        var now = _clock.GetTimestamp();
        var isInUse = false;
        foreach (var (id, entry) in _entries)
        {
            if (entry.Answer is not { } answer) continue;
            var idle = _clock.GetElapsedTime(entry.UsedAt, now);
            isInUse |= idle < InUseFor;
            if (Age(answer, now) < AskAgainAfter) continue;
            // What does not exist is asked about when somebody presents it, not by itself: whoever guesses would otherwise give us work for a minute.
            if (idle < InUseFor && answer.Value is not null) Ask(entry);
            else if (idle > GraceWhileUnreachable) _entries.TryRemove(id, out _);
        }
        if (isInUse) _hearing?.Echo();
    }

    private async Task<T?> WaitAsync(string id)
    {
        if (_entries.Count >= EntriesMax) _entries.Clear();
        var entry = _entries.GetOrAdd(id, static id => new Entry(id));
        entry.UsedAt = _clock.GetTimestamp();
        try
        {
            return (await Ask(entry)).Value;
        }
        catch (Exception exception) when (exception is NpgsqlException or TimeoutException)
        {
            if (entry.Answer is not { } before || _clock.GetElapsedTime(before.AskedAt) > GraceWhileUnreachable) throw;
            return before.Value;
        }
    }

    /// <summary>The first of many callers asks, the others share the answer.</summary>
    private Task<Answer> Ask(Entry entry)
    {
        lock (entry)
        {
            if (entry.Asking is { } already) return already.Task;
            if (entry.Answer is { } answer && _clock.GetElapsedTime(answer.AskedAt) < AskAgainAfter) return Task.FromResult(answer);
            entry.Asking = new(TaskCreationOptions.RunContinuationsAsynchronously);
            entry.AskedAt = _clock.GetTimestamp();
            _asking.Add(entry);
            return entry.Asking.Task;
        }
    }

    private async Task LoadAsync(List<Entry> batch)
    {
        Dictionary<string, T>? found = null;
        Exception? failure = null;
        try
        {
            found = await _load([.. batch.Select(entry => entry.Id)]);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // Whatever it was: requests wait for this.
            failure = exception;
        }
        foreach (var entry in batch)
        {
            TaskCompletionSource<Answer> asking;
            var answer = new Answer(found?.GetValueOrDefault(entry.Id), entry.AskedAt);
            lock (entry)
            {
                if (failure is null) entry.Answer = answer;
                (asking, entry.Asking) = (entry.Asking!, null);
            }
            if (failure is null) asking.SetResult(answer);
            else
            {
                asking.SetException(failure);
                _ = asking.Task.Exception; // Observed: every waiter gets it too, and there may be none left.
            }
        }
    }
}
