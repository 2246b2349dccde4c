using Dapper;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Npgsql;
using Rialto.Platform.Audit;
using Rialto.Platform.Identity;
using Rialto.Platform.Problems;

namespace Rialto.Club.Desk;

internal sealed class DeskErasure
{
    public required Guid Id { get; init; }
    public required string Connector { get; init; }

    /// <summary>What the vendor finds the person by; empty when it is done.</summary>
    public required string[] FoundBy { get; init; }

    public required DateTimeOffset AskedAt { get; init; }
    public DateTimeOffset? DoneAt { get; init; }

    /// <summary>Who noted it; empty when he was forgotten himself.</summary>
    public string? DoneBy { get; init; }
}

/// <summary>Members who were forgotten here and whom a vendor knows still: somebody asks the vendor, and notes here that it is done.</summary>
internal static class DeskErasures
{
    private static readonly Problem NoSuchErasure = Problem.Of(404, "no-such-erasure", "There is no such erasure, or it was noted as done already.");

    public static void MapDeskErasures(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/desk/erasures").WithTags("Club desk");
        group.MapGet("/", ListAsync).RequirePermission(Permission.ClubRead).WithSummary("Forgotten members whom vendors know still, those to do first, the oldest first.");
        group.MapPost("/{id:guid}/done", DoneAsync).RequirePermission(Permission.ClubWrite).WithSummary("Notes that the vendor has erased the person; what it found him by is forgotten here too.");
    }

    private static async Task<Listed<DeskErasure>> ListAsync(HttpContext context, NpgsqlDataSource postgres, CancellationToken stop)
    {
        await using var connection = await postgres.OpenConnectionAsync(stop);
        return new(await connection.QueryAsync<DeskErasure>(new CommandDefinition(
            """
            SELECT id, connector, found_by, asked_at, done_at, CASE WHEN done_by IS NOT NULL THEN identity.actor_name('user:' || done_by) END AS done_by
              FROM club.vendor_erasure WHERE organization = @organization
             ORDER BY done_at IS NOT NULL, done_at DESC, asked_at, connector LIMIT 500
            """,
            new { organization = (int)context.Caller().Organization }, cancellationToken: stop)));
    }

    private static async Task<Results<NoContent, Problem>> DoneAsync(Guid id, HttpContext context, NpgsqlDataSource postgres, AuditLog audit, TimeProvider clock, CancellationToken stop)
    {
        if (context.Caller().Kind != CallerKind.User) return Problem.Of(403, "person-required", "What was asked of a vendor is noted by a person.");
        await using var connection = await postgres.OpenConnectionAsync(stop);
        await using var transaction = await connection.BeginTransactionAsync(stop);
        var vendor = await connection.QuerySingleOrDefaultAsync<string>(new CommandDefinition(
            """
            UPDATE club.vendor_erasure SET done_at = @now, done_by = @by, found_by = '{}'
             WHERE id = @id AND organization = @organization AND done_at IS NULL RETURNING connector
            """,
            new { id, by = context.Caller().Id, organization = (int)context.Caller().Organization, now = clock.GetUtcNow() }, transaction, cancellationToken: stop));
        if (vendor is null) return NoSuchErasure;
        await audit.AppendAsync(connection, context, "club.vendor-erased", $"vendor-erasure:{id}", null, new { vendor }, stop);
        await transaction.CommitAsync(stop);
        return TypedResults.NoContent();
    }
}
