using Dapper;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Npgsql;
using Rialto.Platform.Identity;

namespace Rialto.Club.Desk;

internal sealed class DeskMember
{
    public required Guid Id { get; init; }
    public required string Name { get; init; }
    public string? MemberNo { get; init; }
    public string? Tier { get; init; }

    /// <summary>Points that can be spent now.</summary>
    public required long Available { get; init; }

    /// <summary>Points set aside for bookings.</summary>
    public required long Held { get; init; }
}

/// <summary>Members as operators find them.</summary>
internal static class DeskMembers
{
    private const int RowsMax = 100;

    public static void MapDeskMembers(this IEndpointRouteBuilder routes) => routes.MapGroup("/desk").WithTags("Club desk").MapGet("/members", ListAsync)
        .RequirePermission(Permission.ClubRead).WithSummary("Members who have signed in, with q by name, email address or member number; at most 100, by name.");

    private static async Task<Listed<DeskMember>> ListAsync(string? q, HttpContext context, NpgsqlDataSource postgres, CancellationToken stop)
    {
        await using var connection = await postgres.OpenConnectionAsync(stop);
        return new(await connection.QueryAsync<DeskMember>(new CommandDefinition(
            """
            SELECT m.id, m.name, m.member_no, m.tier,
                   coalesce((SELECT a.balance FROM club.points_account a WHERE a.member = m.id AND a.kind = 'available'), 0) AS available,
                   coalesce((SELECT a.balance FROM club.points_account a WHERE a.member = m.id AND a.kind = 'held'), 0) AS held
              FROM club.member m
             WHERE m.organization = @organization
               AND (@q::text IS NULL OR m.name ILIKE '%' || @q || '%' OR m.member_no ILIKE @q || '%' OR lower(m.email) = lower(@q))
             ORDER BY m.name LIMIT @RowsMax
            """,
            new { organization = (int)context.Caller().Organization, q = string.IsNullOrWhiteSpace(q) ? null : q.Trim(), RowsMax }, cancellationToken: stop)));
    }
}
