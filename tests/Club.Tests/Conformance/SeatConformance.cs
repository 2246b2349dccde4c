using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Rialto.Club.Vendors;
using Rialto.Platform.Connectors;

namespace Rialto.Club.Tests.Conformance;

/// <summary>A booking vendor: its manifest is all that is given. A new one derives from this with a place of its simulator, and nothing else.</summary>
public abstract class SeatConformance(ConformanceWorld conformance) : ConnectorConformance(conformance)
{
    private static readonly Guest Guest = new("Amara", "Okafor", "amara@example.test", "C1001", "M1001");

    /// <summary>Title of an experience at a place of this vendor that books at once.</summary>
    private protected abstract string Place { get; }

    private protected override string Name => Manifest.Name;

    private protected abstract string ManifestName { get; }

    private Platform.Connectors.Manifests.Manifest Manifest => ClubModule.Manifests().Single(manifest => manifest.Name == ManifestName);

    private protected override IEnumerable<string> Members => Manifest.Operations.Keys;

    private protected override IReadOnlyList<KitOperation> Operations =>
    [
        new KitRead("venues", async _ => new KitAnswer(await ProbeAsync(), true)),
        new KitRead(SeatVendors.Availability, async _ =>
        {
            var (answer, slots) = await Seats.AvailabilityAsync(await SeatAsync(), CancellationToken.None);
            return new KitAnswer(answer, slots.Count > 0);
        }),
        new KitRead(SeatVendors.Find, async one =>
        {
            var (answer, found) = await Seats.FindAsync(await SeatAsync(), one.Subject, CancellationToken.None);
            return new KitAnswer(answer, found is [{ State: "booked" }]);
        })
        { Before = BookAsync },
        new KitWrite(SeatVendors.Book, async one =>
        {
            var (answer, made) = await Seats.BookAsync(await SeatAsync(), Guest, one.Subject, null, CancellationToken.None);
            return new KitAnswer(answer, made is { State: "booked" });
        }, one => Rows(one).Count(IsLive))
        { Look = one => LooksAsync(one, live: true), LooksBy = SeatVendors.Find },
        new KitWrite(SeatVendors.Cancel, async one => new KitAnswer(await Seats.CancelAsync(await SeatAsync(), one.Made["id"], one.AttemptKey, CancellationToken.None), true),
            one => Rows(one).Count(row => !IsLive(row)))
        { Before = BookAsync, Look = one => LooksAsync(one, live: false), LooksBy = SeatVendors.Find, AnswerProvesNothing = true },
    ];

    private SeatVendors Seats => World.Services.GetRequiredService<SeatVendors>();

    /// <summary>The vendor's own rows under this key.</summary>
    private protected abstract IEnumerable<System.Text.Json.Nodes.JsonNode> Rows(KitCase one);

    private protected abstract bool IsLive(System.Text.Json.Nodes.JsonNode row);

    private async Task<VendorAnswer> ProbeAsync()
    {
        var connector = World.Services.GetRequiredService<ConnectorSet>()[Name];
        return await connector.CallAsync(connector.Probe, CancellationToken.None);
    }

    private async Task BookAsync(KitCase one)
    {
        var (answer, made) = await Seats.BookAsync(await SeatAsync(), Guest, one.Subject, null, CancellationToken.None);
        one.Made["id"] = made.ShouldNotBeNull(answer.Detail).Id;
    }

    private async Task<bool?> LooksAsync(KitCase one, bool live)
    {
        var (answer, found) = await Seats.FindAsync(await SeatAsync(), one.Subject, CancellationToken.None);
        return answer.IsOk ? found is [{ State: not "dead" }, ..] == live : null;
    }

    private async Task<Seat> SeatAsync()
    {
        await using var connection = await World.Database.DataSource.OpenConnectionAsync();
        var (venue, zone) = await connection.QuerySingleAsync<(string, string)>("SELECT venue, time_zone FROM club.experience WHERE title LIKE '%' || @Place || '%'", new { Place });
        var timeZone = TimeZoneInfo.FindSystemTimeZoneById(zone);
        var startsAt = World.Day.ToDateTime(new TimeOnly(19, 0));
        return new Seat(Name, venue, timeZone, new DateTimeOffset(startsAt, timeZone.GetUtcOffset(startsAt)), 1);
    }
}
