using Dapper;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Npgsql;
using Rialto.Club.Vendors;
using Rialto.Platform.Identity;
using Rialto.Platform.Problems;

namespace Rialto.Club.Members;

/// <summary>What a member sees of himself: points, tier, what is set aside, and what he was told.</summary>
internal static class Me
{
    /// <param name="Available">Can be spent now: Memberson's balance less what is set aside.</param>
    /// <param name="Held">Set aside for bookings, not spent.</param>
    /// <param name="Balance">Memberson's, as of <paramref name="AsOf"/>.</param>
    /// <param name="State">fresh, stale or missing.</param>
    public sealed record PointsStanding(long Available, long Held, long? Balance, DateTimeOffset? AsOf, string State);

    public sealed class PointsHold
    {
        public required Guid Booking { get; init; }
        public required string Title { get; init; }
        public required long Amount { get; init; }
        public required DateTimeOffset Since { get; init; }
    }

    public sealed record MemberView(Guid Id, string Name, string Email, string? MemberNo, string? Tier, PointsStanding Points, IReadOnlyList<PointsHold> Holds, int Unread);

    public sealed class MemberMessage
    {
        public required string Id { get; init; }
        public required Guid Booking { get; init; }
        public required string Text { get; init; }
        public required DateTimeOffset At { get; init; }
        public DateTimeOffset? ReadAt { get; init; }
    }

    public static void MapMe(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/me", MeAsync).RequireSignedIn().WithSummary("The member's points, tier and what is set aside.");
        routes.MapGet("/messages", MessagesAsync).RequireSignedIn().WithSummary("What the member was told, newest first.");
        routes.MapPost("/messages/read", ReadAsync).RequireSignedIn().WithSummary("Marks everything as read.");
    }

    private static async Task<Results<Ok<MemberView>, Problem>> MeAsync(HttpContext context, SignedInMember members, MemberPoints points, NpgsqlDataSource postgres, CancellationToken stop)
    {
        if (await members.FindAsync(context, stop) is not { } member) return Errors.NotAMember;
        var known = await points.ShowAsync(member);
        return TypedResults.Ok(await ViewAsync(postgres, member, known, stop));
    }

    internal static async Task<MemberView> ViewAsync(NpgsqlDataSource postgres, Member member, Part<KnownPoints> known, CancellationToken stop)
    {
        await using var connection = await postgres.OpenConnectionAsync(stop);
        await using var read = await connection.QueryMultipleAsync(new CommandDefinition(
            """
            SELECT coalesce(sum(balance) FILTER (WHERE kind = 'available'), 0)::bigint, coalesce(sum(balance) FILTER (WHERE kind = 'held'), 0)::bigint
              FROM club.points_account WHERE member = @Id;
            SELECT h.booking, b.title, h.amount, h.at AS since
              FROM club.points_hold h JOIN club.booking b ON b.id = h.booking WHERE h.member = @Id AND h.state = 'active' ORDER BY h.at;
            SELECT count(*)::int FROM club.message WHERE member = @Id AND read_at IS NULL;
            """,
            new { member.Id }, cancellationToken: stop));
        var (available, held) = await read.ReadSingleAsync<(long, long)>();
        var holds = (await read.ReadAsync<PointsHold>()).AsList();
        var unread = await read.ReadSingleAsync<int>();
        return new MemberView(member.Id, member.Person.Name, member.Person.Email, known.Data?.MemberNo ?? member.MemberNo, known.Data?.Tier ?? member.Tier,
            new PointsStanding(available, held, known.Data?.Points ?? member.VendorPoints, known.AsOf ?? member.PointsAsOf, known.State), holds, unread);
    }

    private static async Task<Results<Ok<Listed<MemberMessage>>, Problem>> MessagesAsync(HttpContext context, SignedInMember members, NpgsqlDataSource postgres, CancellationToken stop)
    {
        if (await members.FindAsync(context, stop) is not { } member) return Errors.NotAMember;
        await using var connection = await postgres.OpenConnectionAsync(stop);
        return TypedResults.Ok(new Listed<MemberMessage>(await connection.QueryAsync<MemberMessage>(new CommandDefinition(
            "SELECT dedupe_key AS id, booking, text, at, read_at FROM club.message WHERE member = @Id ORDER BY at DESC LIMIT 100", new { member.Id }, cancellationToken: stop))));
    }

    private static async Task<Results<NoContent, Problem>> ReadAsync(HttpContext context, SignedInMember members, NpgsqlDataSource postgres, TimeProvider clock, CancellationToken stop)
    {
        if (await members.FindAsync(context, stop) is not { } member) return Errors.NotAMember;
        await using var connection = await postgres.OpenConnectionAsync(stop);
        await connection.ExecuteAsync(new CommandDefinition(
            "UPDATE club.message SET read_at = @now WHERE member = @Id AND read_at IS NULL", new { member.Id, now = clock.GetUtcNow() }, cancellationToken: stop));
        return TypedResults.NoContent();
    }
}
