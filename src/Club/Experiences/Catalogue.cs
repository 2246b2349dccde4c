using System.Collections.Concurrent;
using Dapper;
using Npgsql;

namespace Rialto.Club.Experiences;

/// <summary>
/// What a house has published, kept in memory for a moment: every member opens the same list. A curator's change is seen at once where he made it, and within
/// that moment on other nodes. Whoever books reads the table: a price is never an old one.
/// </summary>
internal sealed class Catalogue(NpgsqlDataSource postgres, TimeProvider clock)
{
    private static readonly TimeSpan Moment = TimeSpan.FromSeconds(2);

    private readonly ConcurrentDictionary<int, Held> _held = new();

    private sealed record Held(long ReadAt, Task<IReadOnlyList<Experience>> Rows);

    /// <summary>In the curators' order; some may not be shown yet, or not any more.</summary>
    public Task<IReadOnlyList<Experience>> PublishedAsync(int organization)
    {
        if (_held.TryGetValue(organization, out var held) && !held.Rows.IsFaulted && clock.GetElapsedTime(held.ReadAt) < Moment) return held.Rows;
        // The reading is kept and not its result: who comes meanwhile waits for the same one.
        return (_held[organization] = new Held(clock.GetTimestamp(), ReadAsync(organization))).Rows;
    }

    /// <summary>Something was changed.</summary>
    public void Forget(int organization) => _held.TryRemove(organization, out _);

    private async Task<IReadOnlyList<Experience>> ReadAsync(int organization)
    {
        await using var connection = await postgres.OpenConnectionAsync();
        return (await connection.QueryAsync<Experience>(
            $"SELECT {Experience.Columns} FROM club.experience WHERE organization = @organization AND state = 'published' ORDER BY place, title", new { organization })).AsList();
    }
}
