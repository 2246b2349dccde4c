using System.Text.Json.Serialization;
using Dapper;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Npgsql;
using Rialto.Club.Members;
using Rialto.Platform.Identity;

namespace Rialto.Club.Desk;

internal sealed class DeskMember
{
    public required Guid Id { get; init; }
    public required string Name { get; set; }

    [JsonIgnore]
    public byte[]? Sealed { get; init; }

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

    /// <summary>Of those whose names may be meant so many are opened.</summary>
    private const int OpenedMax = 1_000;

    public static void MapDeskMembers(this IEndpointRouteBuilder routes) => routes.MapGroup("/desk").WithTags("Club desk").MapGet("/members", ListAsync)
        .RequirePermission(Permission.ClubRead)
        .WithSummary("Members, with q by the beginnings of their names' words, email address or member number, without it those who signed in last; at most 100, by name.");

    private static async Task<Listed<DeskMember>> ListAsync(string? q, HttpContext context, MemberNames names, NpgsqlDataSource postgres, CancellationToken stop)
    {
        q = string.IsNullOrWhiteSpace(q) ? null : q.Trim();
        await using var connection = await postgres.OpenConnectionAsync(stop);
        var rows = (await connection.QueryAsync<DeskMember>(new CommandDefinition(
            """
            SELECT m.id, m.sealed, m.member_no, m.tier,
                   coalesce((SELECT a.balance FROM club.points_account a WHERE a.member = m.id AND a.kind = 'available'), 0) AS available,
                   coalesce((SELECT a.balance FROM club.points_account a WHERE a.member = m.id AND a.kind = 'held'), 0) AS held
              FROM club.member m
             WHERE m.organization = @organization AND (@q::text IS NULL OR m.member_no ILIKE @q || '%' OR m.search @> @terms::bigint[])
             ORDER BY m.last_sign_in DESC LIMIT @most
            """,
            new { organization = (int)context.Caller().Organization, q, terms = q is null ? null : await names.QueryAsync(q, stop), most = q is null ? RowsMax : OpenedMax }, cancellationToken: stop))).AsList();
        return new([.. rows.Where(row =>
        {
            var person = names.Open(row.Id, row.Sealed);
            row.Name = person.Name;
            return q is null || row.MemberNo?.StartsWith(q, StringComparison.OrdinalIgnoreCase) == true || MemberNames.IsMeant(person, q);
        }).OrderBy(row => row.Name, StringComparer.InvariantCultureIgnoreCase).Take(RowsMax)]);
    }
}
