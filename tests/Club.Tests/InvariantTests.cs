using Dapper;
using Rialto.Fixtures;

namespace Rialto.Club.Tests;

/// <summary>What foreign keys do not hold any more is found.</summary>
public class InvariantTests(PostgresFixture postgres)
{
    [Theory]
    [InlineData("UPDATE club.booking SET member = gen_random_uuid()")]
    [InlineData("UPDATE club.booking SET experience = gen_random_uuid()")]
    [InlineData("UPDATE club.points_transfer SET member = gen_random_uuid()")]
    [InlineData("DELETE FROM club.points_transfer")]
    [InlineData("UPDATE club.points_hold SET booking = gen_random_uuid()")]
    [InlineData("UPDATE club.message SET booking = gen_random_uuid()")]
    public async Task What_points_at_nothing_breaks_an_invariant(string sql)
    {
        await using var world = await World.StartAsync(postgres);
        (await world.BookAsync(await world.MemberAsync(), World.Rooftop, "points")).State.ShouldBe("confirmed");
        (await world.BreachesAsync()).ShouldBeEmpty();
        await using var connection = await world.Database.DataSource.OpenConnectionAsync();
        await connection.ExecuteAsync(sql);
        (await world.BreachesAsync()).Select(breach => breach.Invariant).ShouldContain("I15");
    }
}
