using Dapper;
using Rialto.Fixtures;
using Rialto.Platform.Identity;

namespace Rialto.Platform.Tests.Identity;

public class LastUseTests(PostgresFixture server)
{
    [Fact]
    public void A_use_is_due_to_be_noted_when_none_was_in_the_last_minute()
    {
        var now = DateTimeOffset.UnixEpoch;
        LastUse.IsDue(null, now).ShouldBeTrue();
        LastUse.IsDue(now - LastUse.NotedEvery, now).ShouldBeFalse();
        LastUse.IsDue(now - LastUse.NotedEvery - TimeSpan.FromMilliseconds(1), now).ShouldBeTrue();
    }

    [Fact]
    public async Task Many_uses_are_noted_in_one_statement_and_nothing_else_is()
    {
        await using var database = await server.CreateDatabaseAsync();
        await using var connection = await database.DataSource.OpenConnectionAsync();
        await connection.ExecuteAsync("CREATE TABLE used (id text PRIMARY KEY, at timestamptz); INSERT INTO used (id) VALUES ('a'), ('b'), ('c'), ('d')");
        await LastUse.NoteAsync(connection, "used", "at", ["c", "a", "c", "gone", "b"], DateTimeOffset.UnixEpoch);
        (await connection.QueryAsync<string>("SELECT id FROM used WHERE at = 'epoch' ORDER BY id")).ShouldBe(["a", "b", "c"]);
        (await connection.QuerySingleAsync<long>("SELECT count(*) FROM used WHERE at IS NULL")).ShouldBe(1);
    }
}
