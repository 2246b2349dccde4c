using System.Globalization;
using Dapper;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Npgsql;
using Rialto.Club.Members;
using Rialto.Club.Vendors;
using Rialto.Platform.Identity;
using Rialto.Platform.Problems;

namespace Rialto.Club.Experiences;

/// <summary>Members browse and open experiences. Each part that a vendor tells says how fresh it is.</summary>
internal static class BrowseExperiences
{
    /// <param name="PricePoints">For one ticket; null when it is not sold for points.</param>
    /// <param name="PriceMinor">For one ticket in minor units; null when it is not sold for money.</param>
    public sealed record ExperienceCard(
        Guid Id, string Title, string Description, string Unit, string TimeZone, long? PricePoints, long? PriceMinor, string Currency, int TicketsMax, IReadOnlyList<string> Pictures);

    public sealed record Slots(string Date, IReadOnlyList<SlotView> Times);

    /// <param name="Instant">Confirmed at once; otherwise the venue is asked.</param>
    /// <param name="Left">Seats left, when the venue tells.</param>
    public sealed record SlotView(DateTimeOffset StartsAt, bool Instant, int? Left);

    public sealed record PointsView(long Points, string Tier);

    public sealed record ExperienceParts(Part<Slots> Slots, Part<PointsView> Points);

    public sealed record ExperienceOpened(ExperienceCard Experience, ExperienceParts Parts);

    public static void MapBrowseExperiences(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/experiences", ListAsync).RequireSignedIn().WithSummary("Experiences, in the order their curators gave them.");
        routes.MapGet("/experiences/{id:guid}", OpenAsync).RequireSignedIn()
            .WithSummary("One experience: free times of a date (yyyy-MM-dd) and the member's points, each fresh, stale or missing.");
    }

    private static async Task<Results<Ok<Listed<ExperienceCard>>, Problem>> ListAsync(
        HttpContext context, SignedInMember members, Catalogue catalogue, TimeProvider clock, CancellationToken stop)
    {
        if (await members.FindAsync(context, stop) is not { } member) return Errors.NotAMember;
        var now = clock.GetUtcNow();
        return TypedResults.Ok(new Listed<ExperienceCard>((await catalogue.PublishedAsync(member.Organization)).Where(row => row.IsShown(now)).Select(CardOf)));
    }

    private static async Task<Results<Ok<ExperienceOpened>, Problem>> OpenAsync(
        Guid id, string? date, int? tickets, HttpContext context, SignedInMember members, MemberPoints points, SeatVendors seats, Snapshots snapshots, Catalogue catalogue,
        TimeProvider clock, CancellationToken stop)
    {
        if (await members.FindAsync(context, stop) is not { } member) return Errors.NotAMember;
        if ((await catalogue.PublishedAsync(member.Organization)).FirstOrDefault(row => row.Id == id) is not { } experience || !experience.IsShown(clock.GetUtcNow())) return Errors.NoSuchExperience;
        var party = Math.Clamp(tickets ?? 2, 1, experience.TicketsMax);
        var day = TimeZoneInfo.ConvertTime(clock.GetUtcNow(), experience.Zone).Date;
        if (date is not null && !DateTime.TryParseExact(date, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out day))
            return Problem.Of(400, "field-wrong", "Give the date as yyyy-MM-dd.", "date");

        // Both at once: the page waits for the slower one, for neither past the deadline, and for none of which it knows something recent.
        var slots = SlotsAsync(seats, snapshots, experience, day, party);
        var known = points.ShowAsync(member);
        var (free, mine) = (await slots, await known);
        return TypedResults.Ok(new ExperienceOpened(CardOf(experience), new ExperienceParts(
            free, new Part<PointsView>(mine.State, mine.AsOf, mine.Data is { } data ? new PointsView(data.Points, data.Tier) : null))));
    }

    public static Task<Part<Slots>> SlotsAsync(SeatVendors seats, Snapshots snapshots, Experience experience, DateTime day, int party)
    {
        var noon = day.AddHours(12);
        var seat = experience.SeatAt(new DateTimeOffset(noon, experience.Zone.GetUtcOffset(noon)), party);
        return snapshots.GetAsync(experience.Connector, SlotsKey(seat), async stop =>
        {
            var (answer, found) = await seats.AvailabilityAsync(seat, stop);
            return (answer, answer.IsOk ? new Slots(seat.Date, [.. found.Select(slot => new SlotView(TimeZoneInfo.ConvertTime(slot.StartsAt, seat.Zone), slot.Instant, slot.Left))]) : null);
        }, atOnce: true);
    }

    public static string SlotsKey(Seat seat) => $"slots:{seat.Venue}:{seat.Date}:{seat.Party}";

    public static async Task<Experience?> FindAsync(NpgsqlDataSource postgres, int organization, Guid id, CancellationToken stop)
    {
        await using var connection = await postgres.OpenConnectionAsync(stop);
        return await connection.QuerySingleOrDefaultAsync<Experience>(new CommandDefinition(
            $"SELECT {Experience.Columns} FROM club.experience WHERE id = @id AND organization = @organization", new { id, organization }, cancellationToken: stop));
    }

    private static ExperienceCard CardOf(Experience row) => new(
        row.Id, row.Title, row.Description, row.Unit, row.TimeZone, row.PricePoints, row.PriceMinor, row.Currency, row.TicketsMax,
        [.. row.Pictures.Select(picture => $"/api/club/pictures/{picture}")]);
}
