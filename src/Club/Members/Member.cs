using Dapper;
using Microsoft.AspNetCore.Http;
using Npgsql;
using Rialto.Platform.Identity;

namespace Rialto.Club.Members;

/// <summary>A member as the club knows him.</summary>
internal sealed class Member
{
    public required Guid Id { get; init; }
    public required int Organization { get; init; }
    public required string CustomerNumber { get; init; }
    public string? MemberNo { get; init; }
    public byte[]? Sealed { get; init; }

    /// <summary>Who he is, opened where it is told to himself.</summary>
    public PersonName Person { get; set; } = PersonName.Nobody;

    public string? Tier { get; init; }
    public string? PointType { get; init; }
    public long? VendorPoints { get; init; }
    public DateTimeOffset? PointsAsOf { get; init; }

    public const string Columns =
        "m.id, m.organization, m.customer_number, m.member_no, m.sealed, m.tier, m.point_type, m.vendor_points, m.points_as_of";
}

/// <summary>The member who makes a request.</summary>
internal sealed class SignedInMember(NpgsqlDataSource postgres, MemberNames names)
{
    /// <summary>Null when the caller is a program, or a person who is no member.</summary>
    public async Task<Member?> FindAsync(HttpContext context, CancellationToken stop)
    {
        if (context.CallerOrNull() is not { Kind: CallerKind.User } caller) return null;
        await using var connection = await postgres.OpenConnectionAsync(stop);
        var member = await connection.QuerySingleOrDefaultAsync<Member>(new CommandDefinition(
            $"SELECT {Member.Columns} FROM club.member m WHERE m.id = @Id AND m.organization = @organization",
            new { caller.Id, organization = (int)caller.Organization }, cancellationToken: stop));
        if (member is not null) member.Person = names.Open(member.Id, member.Sealed);
        return member;
    }
}
