using System.Text.Json.Serialization;
using Dapper;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Npgsql;
using Rialto.Club.Members;
using Rialto.Platform.Audit;
using Rialto.Platform.Identity;
using Rialto.Platform.Problems;

namespace Rialto.Club.Desk;

/// <summary>
/// A change of a member's points by staff takes two people: one proposes, another approves. Memberson has no call for it, so it is entered there by hand, and the
/// number of its transaction is noted here.
/// </summary>
internal static class PointChanges
{
    public sealed class PointChange
    {
        public required Guid Id { get; init; }
        public required Guid MemberId { get; init; }
        public required string Member { get; set; }

        [JsonIgnore]
        public byte[]? Sealed { get; init; }

        public string? MemberNo { get; init; }
        public Guid? Booking { get; init; }
        public required long Amount { get; init; }
        public required string Reason { get; init; }

        /// <summary>proposed, approved, rejected or entered.</summary>
        public required string State { get; init; }

        public required string ProposedName { get; init; }

        /// <summary>Proposed by whoever asks: somebody else has to approve it.</summary>
        public required bool ProposedByMe { get; init; }

        public string? ApprovedName { get; init; }
        public string? TransactionNo { get; init; }
        public required DateTimeOffset ProposedAt { get; init; }
        public DateTimeOffset? ApprovedAt { get; init; }
        public DateTimeOffset? EnteredAt { get; init; }
    }

    /// <param name="Amount">Points to give; below zero to take.</param>
    public sealed record PointChangeProposal(Guid? Member, long? Amount, string? Reason);

    public sealed record PointChangeEntered(string? TransactionNo);

    private const long AmountMax = 1_000_000;

    private const string Select =
        """
        SELECT c.id, c.member AS member_id, m.sealed, m.member_no, c.booking, c.amount, c.reason, c.state, c.proposed_name, c.proposed_by IS NOT DISTINCT FROM @me AS proposed_by_me, c.approved_name, c.transaction_no,
               c.proposed_at, c.approved_at, c.entered_at
          FROM club.point_change c JOIN club.member m ON m.id = c.member
        """;

    public static void MapPointChanges(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/desk/point-changes").WithTags("Club desk");
        group.MapGet("/", ListAsync).RequirePermission(Permission.ClubRead).WithSummary("Changes of points, those that wait first.");
        group.MapPost("/", ProposeAsync).RequirePermission(Permission.ClubWrite).WithSummary("Proposes a change; somebody else has to approve it.");
        group.MapPost("/{id:guid}/approve", (Guid id, HttpContext context, MemberNames names, NpgsqlDataSource postgres, AuditLog audit, TimeProvider clock, CancellationToken stop) =>
                DecideAsync(id, "approved", context, names, postgres, audit, clock, stop))
            .RequirePermission(Permission.ClubManage).WithSummary("Approves what somebody else has proposed.");
        group.MapPost("/{id:guid}/reject", (Guid id, HttpContext context, MemberNames names, NpgsqlDataSource postgres, AuditLog audit, TimeProvider clock, CancellationToken stop) =>
                DecideAsync(id, "rejected", context, names, postgres, audit, clock, stop))
            .RequirePermission(Permission.ClubManage).WithSummary("Rejects a proposal.");
        group.MapPost("/{id:guid}/entered", EnteredAsync).RequirePermission(Permission.ClubWrite).WithSummary("Notes the transaction with which an approved change was entered at Memberson.");
    }

    private static async Task<Listed<PointChange>> ListAsync(HttpContext context, MemberNames names, NpgsqlDataSource postgres, CancellationToken stop)
    {
        await using var connection = await postgres.OpenConnectionAsync(stop);
        var rows = (await connection.QueryAsync<PointChange>(new CommandDefinition(
            $"{Select} WHERE c.organization = @organization ORDER BY c.state IN ('rejected', 'entered'), c.proposed_at DESC LIMIT 500",
            new { organization = (int)context.Caller().Organization, me = context.Caller().Id }, cancellationToken: stop))).AsList();
        foreach (var row in rows) row.Member = names.Open(row.MemberId, row.Sealed).Name;
        return new(rows);
    }

    private static async Task<Results<Created<PointChange>, Problem>> ProposeAsync(PointChangeProposal proposal, HttpContext context, MemberNames names, NpgsqlDataSource postgres, AuditLog audit, TimeProvider clock, CancellationToken stop)
    {
        if (context.Caller().Kind != CallerKind.User) return Problem.Of(403, "person-required", "Points are changed by people.");
        if (proposal.Amount is not { } amount || amount == 0 || Math.Abs(amount) > AmountMax) return Problem.Of(400, "field-wrong", $"Give points other than zero, at most {AmountMax:N0}.", "amount");
        if (proposal.Reason is not { Length: > 0 and <= 500 } reason) return Problem.Of(400, "field-missing", "Say why, for whoever has to approve it.", "reason");
        var id = Guid.CreateVersion7(clock.GetUtcNow());
        await using var connection = await postgres.OpenConnectionAsync(stop);
        await using var transaction = await connection.BeginTransactionAsync(stop);
        var stored = await connection.ExecuteAsync(new CommandDefinition(
            """
            INSERT INTO club.point_change (id, organization, member, amount, reason, state, proposed_by, proposed_name, proposed_at)
            SELECT @id, @organization, m.id, @amount, @reason, 'proposed', @by, @name, @now FROM club.member m WHERE m.id = @Member AND m.organization = @organization
            """,
            new { id, organization = (int)context.Caller().Organization, proposal.Member, amount, reason, by = context.Caller().Id, name = context.Caller().Name, now = clock.GetUtcNow() },
            transaction, cancellationToken: stop));
        if (stored == 0) return Problem.Of(404, "no-such-member", "There is no such member.", "member");
        // The reason is a text about a person; it stands in the change, where it can be forgotten.
        await audit.AppendAsync(connection, context, "club.points-proposed", $"point-change:{id}", null, new { proposal.Member, amount }, stop);
        return TypedResults.Created($"/api/club/desk/point-changes/{id}", (await CommitAsync(transaction, names, id, context.Caller().Id, stop)).Value);
    }

    private static async Task<Results<Ok<PointChange>, Problem>> DecideAsync(
        Guid id, string state, HttpContext context, MemberNames names, NpgsqlDataSource postgres, AuditLog audit, TimeProvider clock, CancellationToken stop)
    {
        if (context.Caller().Kind != CallerKind.User) return Problem.Of(403, "person-required", "Points are changed by people.");
        await using var connection = await postgres.OpenConnectionAsync(stop);
        await using var transaction = await connection.BeginTransactionAsync(stop);
        var change = await connection.QuerySingleOrDefaultAsync<People>(new CommandDefinition(
            "SELECT state, proposed_by, approved_by, amount FROM club.point_change WHERE id = @id AND organization = @organization FOR UPDATE",
            new { id, organization = (int)context.Caller().Organization }, transaction, cancellationToken: stop));
        if (change is null) return Problem.Of(404, "no-such-change", "There is no such change.");
        if (change.State != "proposed") return Problem.Of(409, "decided-before", "This has been decided before.");
        if (state == "approved" && change.ProposedBy == context.Caller().Id) return Problem.Of(403, "second-person-required", "Somebody else has to approve what you have proposed.");
        await connection.ExecuteAsync(new CommandDefinition(
            "UPDATE club.point_change SET state = @state, approved_by = @by, approved_name = @name, approved_at = @now WHERE id = @id",
            new { id, state, by = state == "approved" ? (Guid?)context.Caller().Id : null, name = context.Caller().Name, now = clock.GetUtcNow() }, transaction, cancellationToken: stop));
        await audit.AppendAsync(connection, context, $"club.points-{state}", $"point-change:{id}", new { change.State }, new { state, change.Amount }, stop);
        return await CommitAsync(transaction, names, id, context.Caller().Id, stop);
    }

    private static async Task<Results<Ok<PointChange>, Problem>> EnteredAsync(
        Guid id, PointChangeEntered entered, HttpContext context, MemberNames names, NpgsqlDataSource postgres, AuditLog audit, TimeProvider clock, CancellationToken stop)
    {
        if (context.Caller().Kind != CallerKind.User) return Problem.Of(403, "person-required", "Points are changed by people.");
        if (entered.TransactionNo is not { Length: > 0 and <= 100 } number) return Problem.Of(400, "field-missing", "Give the number of Memberson's transaction.", "transactionNo");
        await using var connection = await postgres.OpenConnectionAsync(stop);
        await using var transaction = await connection.BeginTransactionAsync(stop);
        var change = await connection.QuerySingleOrDefaultAsync<People>(new CommandDefinition(
            "SELECT state, proposed_by, approved_by, amount FROM club.point_change WHERE id = @id AND organization = @organization FOR UPDATE",
            new { id, organization = (int)context.Caller().Organization }, transaction, cancellationToken: stop));
        if (change is null) return Problem.Of(404, "no-such-change", "There is no such change.");
        if (change.State != "approved") return Problem.Of(409, "not-approved", "Only an approved change is entered, once.");
        if (change.ProposedBy is null && change.ApprovedBy == context.Caller().Id) return Problem.Of(403, "second-person-required", "Somebody else has to enter what you have approved.");
        await connection.ExecuteAsync(new CommandDefinition(
            "UPDATE club.point_change SET state = 'entered', transaction_no = @number, entered_by = @by, entered_at = @now WHERE id = @id",
            new { id, number, by = context.Caller().Id, now = clock.GetUtcNow() }, transaction, cancellationToken: stop));
        await audit.AppendAsync(connection, context, "club.points-entered", $"point-change:{id}", null, new { number, change.Amount }, stop);
        return await CommitAsync(transaction, names, id, context.Caller().Id, stop);
    }

    private static async Task<Ok<PointChange>> CommitAsync(NpgsqlTransaction transaction, MemberNames names, Guid id, Guid me, CancellationToken stop)
    {
        var row = await transaction.Connection!.QuerySingleAsync<PointChange>(new CommandDefinition($"{Select} WHERE c.id = @id", new { id, me }, transaction, cancellationToken: stop));
        row.Member = names.Open(row.MemberId, row.Sealed).Name;
        await transaction.CommitAsync(stop);
        return TypedResults.Ok(row);
    }

    private sealed class People
    {
        public required string State { get; init; }
        public Guid? ProposedBy { get; init; }
        public Guid? ApprovedBy { get; init; }
        public required long Amount { get; init; }
    }
}
