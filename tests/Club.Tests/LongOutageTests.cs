using System.Diagnostics;
using Dapper;
using Rialto.Fixtures;
using Rialto.Simulators.Machinery;

namespace Rialto.Club.Tests;

/// <summary>
/// Six hours without the booking vendor, in virtual time, and everything that was asked for meanwhile. RIALTO_QUEUED says how much; <c>bench/Club outage</c> plays the 5,000 of the
/// club's figures.
/// </summary>
public class LongOutageTests(PostgresFixture postgres, ITestOutputHelper output)
{
    private static readonly int Queued = int.TryParse(Environment.GetEnvironmentVariable("RIALTO_QUEUED"), System.Globalization.CultureInfo.InvariantCulture, out var given) ? given : 60;
    private static readonly int Lanes = Math.Clamp(Queued / 20, 1, 20);

    [Fact]
    public async Task Six_hours_of_outage_are_drained_in_order_and_once_and_every_promise_is_kept_or_told()
    {
        var members = Math.Max(Lanes, Queued / 100);
        await using var world = await World.StartAsync(postgres, answerWithinMs: 0, members: members);
        await world.BreakAsync("sevenrooms", new Fault(Kind: FaultKind.Refuse));
        var began = Stopwatch.GetTimestamp();
        var asked = await AskAsync(world, members);
        output.WriteLine(FormattableString.Invariant($"{Queued} requests in {Lanes} lanes were taken in {Stopwatch.GetElapsedTime(began).TotalSeconds:F1} s, each with 202 and a promise"));

        var sixHours = Stopwatch.GetTimestamp();
        for (var hour = 0; hour < 6; hour++)
        {
            await world.Time.QuietAsync(world.Time.GetUtcNow().AddHours(1));
            (await world.BreachesAsync()).ShouldBeEmpty();
        }
        await using var connection = await world.Database.DataSource.OpenConnectionAsync();
        var told = (await connection.QueryAsync<(string, long)>("SELECT template, count(*) FROM club.message GROUP BY template ORDER BY template")).AsList();
        output.WriteLine(FormattableString.Invariant($"six hours passed in {Stopwatch.GetElapsedTime(sixHours).TotalSeconds:F1} s; messages: {string.Join(", ", told.Select(one => $"{one.Item1} x {one.Item2}"))}"));
        told.ShouldContain(("requested", Queued));

        var drain = Stopwatch.GetTimestamp();
        await world.HealAsync();
        await world.Time.QuietAsync(world.Time.GetUtcNow().AddHours(2), enough: async () => await OpenAsync(connection) == 0);
        var took = Stopwatch.GetElapsedTime(drain).TotalSeconds;
        output.WriteLine(FormattableString.Invariant($"drained in {took:F1} s of this machine's time: {Queued / took:F0} bookings a second by one node"));

        (await OpenAsync(connection)).ShouldBe(0);
        (await world.BreachesAsync()).ShouldBeEmpty();
        var arrived = world.Vendor("sevenrooms").Calls.All.Where(call => call is { Operation: "book", HasEffect: true }).Select(call => Guid.Parse(call.Key!)).ToList();
        arrived.Count.ShouldBe(Queued, "once each");
        var lane = asked.SelectMany((ids, number) => ids.Select(id => (id, number))).ToDictionary(pair => pair.id, pair => pair.number);
        for (var number = 0; number < Lanes; number++) arrived.Where(id => lane[id] == number).ShouldBe(asked[number]);
        var live = world.Effects("sevenrooms", "reservations").Where(row => row!["isLive"]!.GetValue<bool>()).Select(row => Guid.Parse(row!["externalId"]!.GetValue<string>())).ToList();
        live.Order().ShouldBe(lane.Keys.Order());
        var receipts = world.Effects("memberson", "transactions").Select(row => row!["receiptNo"]?.GetValue<string>()).Where(receipt => receipt?.StartsWith("RLT", StringComparison.Ordinal) == true).ToList();
        receipts.Order().ShouldBe(lane.Keys.Select(id => "RLT" + id.ToString("N").ToUpperInvariant()).Order());
        (await connection.QuerySingleAsync<long>("SELECT count(*) FROM club.booking WHERE state = 'confirmed'")).ShouldBe(Queued);
    }

    /// <summary>Twenty days side by side, one request after the other for each day: then the order within a lane is known.</summary>
    private static async Task<List<Guid>[]> AskAsync(World world, int members)
    {
        var signedIn = new List<HttpClient>();
        for (var number = 1; number <= members; number++) signedIn.Add(await world.MemberAsync($"member{number}@example.test"));
        return await Task.WhenAll(Enumerable.Range(0, Lanes).Select(async lane =>
        {
            var ids = new List<Guid>();
            for (var number = lane; number < Queued; number += Lanes)
            {
                var told = await world.BookAsync(signedIn[number % members], World.Rooftop, "points", at: world.At(plusDays: lane));
                told.Status.ShouldBe(202);
                ids.Add(told.Id);
            }
            return ids;
        }));
    }

    private static Task<long> OpenAsync(Npgsql.NpgsqlConnection connection) =>
        connection.QuerySingleAsync<long>("SELECT count(*) FROM club.booking WHERE state NOT IN ('confirmed', 'declined', 'expired', 'cancelled')");
}
