using Dapper;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Npgsql;
using Rialto.Club.Vendors;
using Rialto.Platform.Identity;
using Rialto.Platform.Outbox;
using Rialto.Platform.Problems;

namespace Rialto.Club.Experiences;

/// <summary>Ops managers create experiences, order and schedule them, and link each to a vendor's venue.</summary>
internal static class CurateExperiences
{
    /// <param name="Version">As it was read; a change made meanwhile by somebody else is not overwritten. Null to create.</param>
    public sealed record ExperienceDraft(
        string? Title, string? Description, string? Unit, string? Connector, string? Venue, string? TimeZone, long? PricePoints, long? PriceMinor, string? Currency, int? TicketsMax,
        int? LeadMinutes, string? State, DateTimeOffset? ShownFrom, DateTimeOffset? ShownUntil, Guid[]? Pictures, int? Version);

    public sealed record ExperienceOrder(Guid[]? Ids);

    public sealed record VenueView(string Connector, string Venue, string Name, string? TimeZone);

    public static void MapCurateExperiences(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/curation").RequirePermission(Permission.ClubManage);
        group.MapGet("/experiences", ListAsync).WithSummary("Every experience, drafts and archived ones too.");
        group.MapPost("/experiences", CreateAsync).WithSummary("Creates an experience.");
        group.MapPut("/experiences/{id:guid}", ChangeAsync).WithSummary("Changes an experience, if nobody else has since it was read.");
        group.MapPost("/experiences/order", OrderAsync).WithSummary("Puts experiences into this order.");
        group.MapGet("/venues", VenuesAsync).WithSummary("Venues of every booking vendor that answers.");
    }

    private static async Task<Listed<Experience>> ListAsync(HttpContext context, NpgsqlDataSource postgres, CancellationToken stop)
    {
        await using var connection = await postgres.OpenConnectionAsync(stop);
        return new(await connection.QueryAsync<Experience>(new CommandDefinition(
            $"SELECT {Experience.Columns} FROM club.experience WHERE organization = @organization ORDER BY place, title",
            new { organization = (int)context.Caller().Organization }, cancellationToken: stop)));
    }

    private static async Task<Results<Created<Experience>, Problem>> CreateAsync(
        ExperienceDraft draft, HttpContext context, SeatVendors seats, Catalogue catalogue, NpgsqlDataSource postgres, TimeProvider clock, CancellationToken stop)
    {
        if (Wrong(draft, seats) is { } wrong) return wrong;
        await using var connection = await postgres.OpenConnectionAsync(stop);
        var made = await connection.QuerySingleAsync<Experience>(new CommandDefinition(
            $"""
             INSERT INTO club.experience (id, organization, title, description, unit, connector, venue, time_zone, price_points, price_minor, currency, tickets_max, lead_minutes,
                                          state, shown_from, shown_until, pictures, place, changed_by, changed_at)
             VALUES (@Id, @Organization, @Title, @Description, @Unit, @Connector, @Venue, @TimeZone, @PricePoints, @PriceMinor, @Currency, @TicketsMax, @LeadMinutes,
                     @State, @ShownFrom, @ShownUntil, @Pictures, (SELECT coalesce(max(place), 0) + 1 FROM club.experience WHERE organization = @Organization), @By, @Now)
             RETURNING {Experience.Columns}
             """,
            Values(draft, context, clock, Guid.CreateVersion7(clock.GetUtcNow())), cancellationToken: stop));
        catalogue.Forget(made.Organization);
        return TypedResults.Created($"/api/club/experiences/{made.Id}", made);
    }

    private static async Task<Results<Ok<Experience>, Problem>> ChangeAsync(
        Guid id, ExperienceDraft draft, HttpContext context, SeatVendors seats, Catalogue catalogue, NpgsqlDataSource postgres, TimeProvider clock, CancellationToken stop)
    {
        if (Wrong(draft, seats) is { } wrong) return wrong;
        if (draft.Version is null) return Problem.Of(400, "field-missing", "Give the version you have read.", "version");
        await using var connection = await postgres.OpenConnectionAsync(stop);
        var changed = await connection.QuerySingleOrDefaultAsync<Experience>(new CommandDefinition(
            $"""
             UPDATE club.experience
                SET title = @Title, description = @Description, unit = @Unit, connector = @Connector, venue = @Venue, time_zone = @TimeZone, price_points = @PricePoints,
                    price_minor = @PriceMinor, currency = @Currency, tickets_max = @TicketsMax, lead_minutes = @LeadMinutes, state = @State, shown_from = @ShownFrom,
                    shown_until = @ShownUntil, pictures = @Pictures, changed_by = @By, changed_at = @Now, version = version + 1
              WHERE id = @Id AND organization = @Organization AND version = @Version
             RETURNING {Experience.Columns}
             """,
            Values(draft, context, clock, id), cancellationToken: stop));
        catalogue.Forget((int)context.Caller().Organization);
        if (changed is not null) return TypedResults.Ok(changed);
        return await BrowseExperiences.FindAsync(postgres, (int)context.Caller().Organization, id, stop) is null
            ? Errors.NoSuchExperience
            : Problem.Of(409, "changed-meanwhile", "Somebody else has changed this experience since you read it.", "version");
    }

    private static async Task<Results<NoContent, Problem>> OrderAsync(ExperienceOrder order, HttpContext context, Catalogue catalogue, NpgsqlDataSource postgres, CancellationToken stop)
    {
        if (order.Ids is not { Length: > 0 and <= 1_000 } ids) return Problem.Of(400, "field-missing", "Give the ids in their order.", "ids");
        await using var connection = await postgres.OpenConnectionAsync(stop);
        await connection.ExecuteAsync(new CommandDefinition(
            """
            UPDATE club.experience e SET place = o.place
              FROM unnest(@ids) WITH ORDINALITY AS o(id, place)
             WHERE e.id = o.id AND e.organization = @organization
            """,
            new { ids, organization = (int)context.Caller().Organization }, cancellationToken: stop));
        catalogue.Forget((int)context.Caller().Organization);
        return TypedResults.NoContent();
    }

    private static async Task<Listed<VenueView>> VenuesAsync(SeatVendors seats, Platform.Connectors.ConnectorSet connectors, CancellationToken stop)
    {
        var found = new List<VenueView>();
        foreach (var vendor in seats.All.Where(vendor => vendor.Manifest.Operations.ContainsKey("venues")))
        {
            var answer = await connectors[vendor.Name].CallAsync(vendor.Call("venues", []), stop);
            if (!answer.IsOk) continue;
            found.AddRange(vendor.Things("venues", answer.Body, []).Where(thing => thing.ContainsKey("venue"))
                .Select(thing => new VenueView(vendor.Name, thing["venue"], thing.GetValueOrDefault("name") ?? thing["venue"], thing.GetValueOrDefault("timeZone"))));
        }
        return new(found);
    }

    private static object Values(ExperienceDraft draft, HttpContext context, TimeProvider clock, Guid id) => new
    {
        Id = id, Organization = (int)context.Caller().Organization, draft.Title, draft.Description, draft.Unit, draft.Connector, draft.Venue, draft.TimeZone, draft.PricePoints, draft.PriceMinor,
        draft.Currency, TicketsMax = draft.TicketsMax ?? 10, LeadMinutes = draft.LeadMinutes ?? 60, State = draft.State ?? "draft", draft.ShownFrom, draft.ShownUntil,
        Pictures = draft.Pictures ?? [], draft.Version, By = Origin.Of(context.Caller()).Actor, Now = clock.GetUtcNow(),
    };

    private static Problem? Wrong(ExperienceDraft draft, SeatVendors seats)
    {
        Problem Field(string name, string message) => Problem.Of(400, "field-wrong", message, name);
        if (draft.Title is not { Length: > 0 and <= 200 }) return Field("title", "Give a title of at most 200 characters.");
        if (draft.Description is not { Length: <= 10_000 }) return Field("description", "Give a description of at most 10,000 characters.");
        if (draft.Unit is not { Length: > 0 and <= 100 }) return Field("unit", "Give the business unit.");
        if (draft.Connector is null || seats.FindVendor(draft.Connector) is null) return Field("connector", $"Give one of {string.Join(", ", seats.All.Select(vendor => vendor.Name).Order())}.");
        if (draft.Venue is not { Length: > 0 and <= 300 }) return Field("venue", "Give the vendor's id of the venue.");
        if (draft.TimeZone is null || !TimeZoneInfo.TryFindSystemTimeZoneById(draft.TimeZone, out _)) return Field("timeZone", "Give the venue's time zone, such as Asia/Singapore.");
        if (draft.PricePoints is null && draft.PriceMinor is null) return Field("pricePoints", "Give a price in points, in money, or both.");
        if (draft.PricePoints is <= 0 or > 100_000_000) return Field("pricePoints", "Points are a whole number above zero.");
        if (draft.PriceMinor is <= 0 or > 100_000_000) return Field("priceMinor", "A price is a whole number of minor units above zero.");
        if (draft.Currency is not { } currency || !Money.IsUsable(currency)) return Field("currency", "Give the currency as three capital letters, one that the card vendor counts as everybody does.");
        if (draft.TicketsMax is < 1 or > 50) return Field("ticketsMax", "1 to 50.");
        if (draft.LeadMinutes is < 0 or > 100_000) return Field("leadMinutes", "0 to 100000.");
        if (draft.State is not (null or "draft" or "published" or "archived")) return Field("state", "draft, published or archived.");
        return draft.ShownUntil <= draft.ShownFrom ? Field("shownUntil", "It must be after shownFrom.") : null;
    }
}
