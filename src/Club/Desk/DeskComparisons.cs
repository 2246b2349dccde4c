using Dapper;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Npgsql;
using Rialto.Platform.Identity;
using Rialto.Platform.Jobs;
using Rialto.Platform.Outbox;

namespace Rialto.Club.Desk;

internal sealed class DeskComparison
{
    public required Guid Id { get; init; }
    public required DateTimeOffset BeganAt { get; init; }

    /// <summary>Null while it runs, or when its process died.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    public required int Members { get; init; }

    /// <summary>Members of whom Memberson told nothing.</summary>
    public required int Skipped { get; init; }

    public required long Differences { get; init; }
}

internal sealed class DeskDifference
{
    public required Guid MemberId { get; init; }
    public string? MemberNo { get; init; }
    public required string Receipt { get; init; }

    /// <summary>missing-there, missing-here, amount or twice.</summary>
    public required string Kind { get; init; }

    public Guid? Booking { get; init; }

    /// <summary>Points taken as this club says.</summary>
    public required long Here { get; init; }

    /// <summary>Points taken as Memberson says.</summary>
    public required long There { get; init; }
}

/// <summary>The nightly comparison with Memberson.</summary>
internal static class DeskComparisons
{
    /// <param name="Items">The last thirty, newest first.</param>
    /// <param name="Differences">Of the newest that has ended.</param>
    public sealed record Comparisons(IReadOnlyList<DeskComparison> Items, IReadOnlyList<DeskDifference> Differences);

    public static void MapDeskComparisons(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/desk/comparisons").WithTags("Club desk");
        group.MapGet("/", ListAsync).RequirePermission(Permission.ClubRead).WithSummary("The nightly comparisons of points taken with Memberson's transactions.");
        group.MapPost("/", BeginAsync).RequirePermission(Permission.ClubManage).WithSummary("Compares now.");
    }

    private static async Task<Comparisons> ListAsync(HttpContext context, NpgsqlDataSource postgres, CancellationToken stop)
    {
        await using var connection = await postgres.OpenConnectionAsync(stop);
        await using var read = await connection.QueryMultipleAsync(new CommandDefinition(
            """
            SELECT c.id, c.began_at, c.ended_at, c.members, c.skipped,
                   (SELECT count(*) FROM club.comparison_difference d JOIN club.member m ON m.id = d.member WHERE d.comparison = c.id AND m.organization = @organization) AS differences
              FROM club.comparison c ORDER BY c.began_at DESC LIMIT 30;
            SELECT d.member AS member_id, m.member_no, d.receipt, d.kind, d.booking, d.here, d.there
              FROM club.comparison_difference d JOIN club.member m ON m.id = d.member
             WHERE d.comparison = (SELECT id FROM club.comparison WHERE ended_at IS NOT NULL ORDER BY began_at DESC LIMIT 1) AND m.organization = @organization
             ORDER BY m.member_no, d.receipt LIMIT 500;
            """,
            new { organization = (int)context.Caller().Organization }, cancellationToken: stop));
        return new((await read.ReadAsync<DeskComparison>()).AsList(), (await read.ReadAsync<DeskDifference>()).AsList());
    }

    private static async Task<Accepted> BeginAsync(HttpContext context, JobQueue jobs, NpgsqlDataSource postgres, CancellationToken stop)
    {
        await using var connection = await postgres.OpenConnectionAsync(stop);
        await using var transaction = await connection.BeginTransactionAsync(stop);
        await jobs.EnqueueAsync(transaction, Origin.Of(context.Caller()), new CompareMemberson(), new JobOptions { Lane = CompareMembersonJob.Name }, stop);
        await transaction.CommitAsync(stop);
        return TypedResults.Accepted("/api/club/desk/comparisons");
    }
}
