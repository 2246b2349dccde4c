using Dapper;
using Npgsql;

namespace Rialto.Platform.Identity;

/// <summary>When credentials were last used: each is written down once a minute at most, many in one statement.</summary>
internal static class LastUse
{
    /// <summary>How exact the columns are.</summary>
    public static readonly TimeSpan NotedEvery = TimeSpan.FromMinutes(1);

    public static bool IsDue(DateTimeOffset? noted, DateTimeOffset now) => noted is null || now - noted > NotedEvery;

    /// <param name="table">A name in the code, never from outside; its key is <c>id</c>.</param>
    /// <param name="column">Another one.</param>
    public static Task NoteAsync<TId>(NpgsqlConnection connection, string table, string column, IEnumerable<TId> ids, DateTimeOffset now) =>
        // In the order of the ids, so that two nodes never wait for each other in a circle.
        connection.ExecuteAsync(
            $"UPDATE {table} SET {column} = @now WHERE id IN (SELECT id FROM {table} WHERE id = ANY(@ids) ORDER BY id FOR UPDATE)", new { now, ids = ids.Distinct().ToArray() });
}
