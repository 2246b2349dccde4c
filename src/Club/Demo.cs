using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Rialto.Platform.Configuration;

namespace Rialto.Club;

/// <summary>The demo's experiences and items. Venues are those of the simulators.</summary>
internal static class Demo
{
    private const string Verlaine = "ahNzfnNldmVucm9vbXMtc2VjdXJlVmVudWU6dmVybGFpbmU";
    private const string Terrace = "ahNzfnNldmVucm9vbXMtc2VjdXJlVmVudWU6dGVycmFjZQ";
    private const string Kumo = "ahNzfnNldmVucm9vbXMtc2VjdXJlVmVudWU6Y2hlZnN0YWJsZQ";
    private const string Altana = "ahNzfnNldmVucm9vbXMtc2VjdXJlVmVudWU6cm9vZnRvcA";

    private sealed record Place(string Title, string Unit, string Connector, string Venue, string TimeZone, long? Points, long? Minor, string Currency, int TicketsMax, string Description);

    private sealed record Thing(string Title, string Unit, long? Points, long? Minor, int Free, string Description);

    private static readonly Place[] Places =
    [
        new("Dinner at Maison Verlaine", "Restaurants", "sevenrooms", Verlaine, "Asia/Singapore", 600, 18_000, "SGD", 8,
            "Seven courses by the window, from the garden of the house and the morning's market."),
        new("Sunset at The Lantern Terrace", "Restaurants", "sevenrooms", Terrace, "Asia/Singapore", 400, 9_500, "SGD", 6,
            "Small plates and the last light over the bay. The terrace seats few, so the host confirms each table."),
        new("Chef's Table Kumo", "Restaurants", "sevenrooms", Kumo, "Asia/Tokyo", 1_800, 42_000, "JPY", 4,
            "Eight seats at the counter, one menu, two hours."),
        new("An evening on the Altana Rooftop", "Hotels", "sevenrooms", Altana, "Europe/Rome", 300, 6_000, "EUR", 10,
            "Aperitivo above the roofs; stay as long as you like."),
        new("Onsen Atelier", "Wellness", "quaybook", "11", "Asia/Tokyo", 900, 26_000, "JPY", 2, "An hour in cedar and hot spring water, then tea."),
        new("Quay One Sunset Sail", "Yachts", "quaybook", "12", "Asia/Singapore", 1_200, 32_000, "SGD", 6, "Two hours along the coast with a crew of three."),
        new("Galleria Private View", "Arts", "quaybook", "13", "Europe/Rome", 500, null, "EUR", 4, "The rooms to yourselves after closing, with a curator. On request."),
        new("Open Lawn Concert", "Arts", "quaybook", "14", "Europe/Rome", 250, 4_500, "EUR", 10, "Strings under the plane trees. Bring a blanket, or take ours."),
    ];

    private static readonly Thing[] Things =
    [
        new("Silk scarf, Lantern", "Boutiques", 1_500, 42_000, 40, "Hand-rolled edges, 90 x 90 cm."),
        new("Tea of the house", "Restaurants", 250, 4_800, 300, "A tin of 100 g, first flush."),
        new("Travel candle", "Wellness", 400, 7_500, 120, "Cedar and yuzu; burns for 30 hours."),
        new("Weekender, navy", "Boutiques", 9_500, 289_000, 4, "Canvas and bridle leather, made to last."),
    ];

    public static async Task SeedAsync(IServiceProvider services, CancellationToken stop)
    {
        var postgres = services.GetRequiredService<NpgsqlDataSource>();
        var organization = services.GetRequiredKeyedService<Configured<Rules>>(Rules.Document).Value.Organization;
        var now = services.GetRequiredService<TimeProvider>().GetUtcNow();
        await using var connection = await postgres.OpenConnectionAsync(stop);
        if (await connection.QuerySingleAsync<bool>("SELECT EXISTS (SELECT 1 FROM club.experience) OR EXISTS (SELECT 1 FROM club.item)")) return;
        for (var at = 0; at < Places.Length; at++)
        {
            await connection.ExecuteAsync(
                """
                INSERT INTO club.experience (id, organization, title, description, unit, connector, venue, time_zone, price_points, price_minor, currency, tickets_max, lead_minutes, state,
                                             place, changed_by, changed_at)
                VALUES (@id, @organization, @Title, @Description, @Unit, @Connector, @Venue, @TimeZone, @Points, @Minor, @Currency, @TicketsMax, 60, 'published', @place, 'demo', @now)
                """,
                new
                {
                    id = Guid.CreateVersion7(now), organization, Places[at].Title, Places[at].Description, Places[at].Unit, Places[at].Connector, Places[at].Venue, Places[at].TimeZone,
                    Places[at].Points, Places[at].Minor, Places[at].Currency, Places[at].TicketsMax, place = at + 1, now,
                });
        }
        for (var at = 0; at < Things.Length; at++)
        {
            await connection.ExecuteAsync(
                """
                INSERT INTO club.item (id, organization, title, description, unit, price_points, price_minor, currency, free, state, place, changed_by, changed_at)
                VALUES (@id, @organization, @Title, @Description, @Unit, @Points, @Minor, 'SGD', @Free, 'published', @place, 'demo', @now)
                """,
                new { id = Guid.CreateVersion7(now), organization, Things[at].Title, Things[at].Description, Things[at].Unit, Things[at].Points, Things[at].Minor, Things[at].Free, place = at + 1, now });
        }
    }
}
