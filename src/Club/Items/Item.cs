using Dapper;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Npgsql;
using Rialto.Club.Members;
using Rialto.Platform.Identity;
using Rialto.Platform.Outbox;
using Rialto.Platform.Problems;

namespace Rialto.Club.Items;

internal sealed class Item
{
    public required Guid Id { get; init; }
    public required int Organization { get; init; }
    public required string Title { get; init; }
    public required string Description { get; init; }
    public required string Unit { get; init; }
    public long? PricePoints { get; init; }
    public long? PriceMinor { get; init; }
    public required string Currency { get; init; }
    public required int Free { get; init; }
    public required int Reserved { get; init; }
    public required int Sold { get; init; }
    public required string State { get; init; }
    public required int Place { get; init; }
    public required Guid[] Pictures { get; init; }
    public required int Version { get; init; }

    public const string Columns = "id, organization, title, description, unit, price_points, price_minor, currency, free, reserved, sold, state, place, pictures, version";

    /// <summary>So many of one item in one redemption.</summary>
    public const int QuantityMax = 10;

    public static async Task<Item?> FindAsync(NpgsqlDataSource postgres, int organization, Guid id, CancellationToken stop)
    {
        await using var connection = await postgres.OpenConnectionAsync(stop);
        return await connection.QuerySingleOrDefaultAsync<Item>(new CommandDefinition(
            $"SELECT {Columns} FROM club.item WHERE id = @id AND organization = @organization", new { id, organization }, cancellationToken: stop));
    }
}

/// <summary>Members look at items; ops managers curate them.</summary>
internal static class ItemEndpoints
{
    /// <param name="Stock">in, low or out: members need no number.</param>
    public sealed record ItemCard(
        Guid Id, string Title, string Description, string Unit, long? PricePoints, long? PriceMinor, string Currency, string Stock, int QuantityMax, IReadOnlyList<string> Pictures);

    public sealed record ItemOpened(ItemCard Item, Me.MemberView Member);

    /// <param name="Added">So many more, or fewer, can be taken.</param>
    public sealed record ItemDraft(
        string? Title, string? Description, string? Unit, long? PricePoints, long? PriceMinor, string? Currency, int? Added, string? State, int? Place, Guid[]? Pictures, int? Version);

    private const int Low = 5;

    public static void MapItems(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/items", ListAsync).RequireSignedIn().WithSummary("Items that can be redeemed.");
        routes.MapGet("/items/{id:guid}", OpenAsync).RequireSignedIn().WithSummary("One item, with the member's points.");
        var curation = routes.MapGroup("/curation").RequirePermission(Permission.ClubManage);
        curation.MapGet("/items", AllAsync).WithSummary("Every item with its stock.");
        curation.MapPost("/items", CreateAsync).WithSummary("Creates an item.");
        curation.MapPut("/items/{id:guid}", ChangeAsync).WithSummary("Changes an item, and adds to its stock.");
    }

    private static async Task<Results<Ok<Listed<ItemCard>>, Problem>> ListAsync(HttpContext context, SignedInMember members, NpgsqlDataSource postgres, CancellationToken stop)
    {
        if (await members.FindAsync(context, stop) is not { } member) return Errors.NotAMember;
        await using var connection = await postgres.OpenConnectionAsync(stop);
        var rows = await connection.QueryAsync<Item>(new CommandDefinition(
            $"SELECT {Item.Columns} FROM club.item WHERE organization = @Organization AND state = 'published' ORDER BY place, title", new { member.Organization }, cancellationToken: stop));
        return TypedResults.Ok(new Listed<ItemCard>(rows.Select(CardOf)));
    }

    private static async Task<Results<Ok<ItemOpened>, Problem>> OpenAsync(
        Guid id, HttpContext context, SignedInMember members, MemberPoints points, NpgsqlDataSource postgres, CancellationToken stop)
    {
        if (await members.FindAsync(context, stop) is not { } member) return Errors.NotAMember;
        if (await Item.FindAsync(postgres, member.Organization, id, stop) is not { State: "published" } item) return Errors.NoSuchItem;
        return TypedResults.Ok(new ItemOpened(CardOf(item), await Me.ViewAsync(postgres, member, await points.ShowAsync(member), stop)));
    }

    private static async Task<Listed<Item>> AllAsync(HttpContext context, NpgsqlDataSource postgres, CancellationToken stop)
    {
        await using var connection = await postgres.OpenConnectionAsync(stop);
        return new(await connection.QueryAsync<Item>(new CommandDefinition(
            $"SELECT {Item.Columns} FROM club.item WHERE organization = @organization ORDER BY place, title", new { organization = (int)context.Caller().Organization }, cancellationToken: stop)));
    }

    private static async Task<Results<Created<Item>, Problem>> CreateAsync(ItemDraft draft, HttpContext context, NpgsqlDataSource postgres, TimeProvider clock, CancellationToken stop)
    {
        if (Wrong(draft) is { } wrong) return wrong;
        if (draft.Added is < 0) return Problem.Of(400, "field-wrong", "A new item cannot have less than none.", "added");
        await using var connection = await postgres.OpenConnectionAsync(stop);
        var made = await connection.QuerySingleAsync<Item>(new CommandDefinition(
            $"""
             INSERT INTO club.item (id, organization, title, description, unit, price_points, price_minor, currency, free, state, place, pictures, changed_by, changed_at)
             VALUES (@Id, @Organization, @Title, @Description, @Unit, @PricePoints, @PriceMinor, @Currency, @Added, @State, @Place, @Pictures, @By, @Now)
             RETURNING {Item.Columns}
             """,
            Values(draft, context, clock, Guid.CreateVersion7(clock.GetUtcNow())), cancellationToken: stop));
        return TypedResults.Created($"/api/club/items/{made.Id}", made);
    }

    private static async Task<Results<Ok<Item>, Problem>> ChangeAsync(Guid id, ItemDraft draft, HttpContext context, NpgsqlDataSource postgres, TimeProvider clock, CancellationToken stop)
    {
        if (Wrong(draft) is { } wrong) return wrong;
        await using var connection = await postgres.OpenConnectionAsync(stop);
        var changed = await connection.QuerySingleOrDefaultAsync<Item>(new CommandDefinition(
            $"""
             UPDATE club.item
                SET title = @Title, description = @Description, unit = @Unit, price_points = @PricePoints, price_minor = @PriceMinor, currency = @Currency, free = free + @Added,
                    state = @State, place = @Place, pictures = @Pictures, changed_by = @By, changed_at = @Now, version = version + 1
              WHERE id = @Id AND organization = @Organization AND version = @Version AND free + @Added >= 0
             RETURNING {Item.Columns}
             """,
            Values(draft, context, clock, id), cancellationToken: stop));
        if (changed is not null) return TypedResults.Ok(changed);
        return await Item.FindAsync(postgres, (int)context.Caller().Organization, id, stop) is null
            ? Errors.NoSuchItem
            : Problem.Of(409, "changed-meanwhile", "Somebody else has changed this item since you read it, or there are not so many to take away.", "version");
    }

    private static object Values(ItemDraft draft, HttpContext context, TimeProvider clock, Guid id) => new
    {
        Id = id, Organization = (int)context.Caller().Organization, draft.Title, Description = draft.Description ?? "", draft.Unit, draft.PricePoints, draft.PriceMinor, draft.Currency,
        Added = draft.Added ?? 0, State = draft.State ?? "draft", Place = draft.Place ?? 1_000, Pictures = draft.Pictures ?? [], draft.Version, By = Origin.Of(context.Caller()).Actor, Now = clock.GetUtcNow(),
    };

    private static Problem? Wrong(ItemDraft draft)
    {
        Problem Field(string name, string message) => Problem.Of(400, "field-wrong", message, name);
        if (draft.Title is not { Length: > 0 and <= 200 }) return Field("title", "Give a title of at most 200 characters.");
        if (draft.Description is { Length: > 10_000 }) return Field("description", "Give a description of at most 10,000 characters.");
        if (draft.Unit is not { Length: > 0 and <= 100 }) return Field("unit", "Give the business unit.");
        if (draft.PricePoints is null && draft.PriceMinor is null) return Field("pricePoints", "Give a price in points, in money, or both.");
        if (draft.PricePoints is <= 0 or > 100_000_000 || draft.PriceMinor is <= 0 or > 100_000_000) return Field("pricePoints", "A price is a whole number above zero.");
        if (draft.Currency is not { } currency || !Money.IsUsable(currency)) return Field("currency", "Give the currency as three capital letters, one that the card vendor counts as everybody does.");
        return draft.State is not (null or "draft" or "published" or "archived") ? Field("state", "draft, published or archived.") : null;
    }

    private static ItemCard CardOf(Item row) => new(
        row.Id, row.Title, row.Description, row.Unit, row.PricePoints, row.PriceMinor, row.Currency, row.Free == 0 ? "out" : row.Free <= Low ? "low" : "in", Item.QuantityMax,
        [.. row.Pictures.Select(picture => $"/api/club/pictures/{picture}")]);
}
