using Dapper;
using Rialto.Fixtures;

namespace Rialto.Club.Tests;

/// <summary>What foreign keys do not hold any more is found.</summary>
public class InvariantTests(PostgresFixture postgres)
{
    [Theory]
    [InlineData("UPDATE club.booking SET member = gen_random_uuid()", "a booking without what it points at")]
    [InlineData("UPDATE club.booking SET experience = gen_random_uuid() WHERE experience IS NOT NULL", "a booking without what it points at")]
    [InlineData("UPDATE club.booking SET item = gen_random_uuid() WHERE item IS NOT NULL", "a booking without what it points at")]
    [InlineData("UPDATE club.points_transfer SET member = gen_random_uuid()", "a transfer without its member")]
    [InlineData("DELETE FROM club.points_transfer", "a posting without its transfer or account")]
    [InlineData("DELETE FROM club.points_account WHERE kind = 'available'", "a posting without its transfer or account")]
    [InlineData("UPDATE club.points_hold SET booking = gen_random_uuid()", "points set aside for no booking of their member")]
    [InlineData("UPDATE club.points_hold SET member = gen_random_uuid()", "points set aside for no booking of their member")]
    [InlineData("UPDATE club.message SET booking = gen_random_uuid()", "a message about no booking of its member")]
    [InlineData("UPDATE club.message SET member = gen_random_uuid()", "a message about no booking of its member")]
    public async Task What_points_at_nothing_breaks_an_invariant(string sql, string told)
    {
        await using var world = await World.StartAsync(postgres);
        var member = await world.MemberAsync();
        (await world.BookAsync(member, World.Rooftop, "points")).State.ShouldBe("confirmed");
        (await world.RedeemAsync(member, World.Tea, "points")).State.ShouldBe("confirmed");
        (await world.BreachesAsync()).ShouldBeEmpty();
        await using var connection = await world.Database.DataSource.OpenConnectionAsync();
        await connection.ExecuteAsync(sql);
        (await world.BreachesAsync()).ShouldContain(breach => breach.Invariant == "I15" && breach.Detail == told);
    }
}
