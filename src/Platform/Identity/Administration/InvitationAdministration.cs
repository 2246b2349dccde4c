using Dapper;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Npgsql;
using Rialto.Platform.Audit;
using Rialto.Platform.Identity.Accounts;
using Rialto.Platform.Problems;

namespace Rialto.Platform.Identity.Administration;

/// <summary>Invitations: <c>/api/admin/invitations</c>, and links for who forgot his password.</summary>
internal static class InvitationAdministration
{
    /// <param name="State">pending, accepted or expired.</param>
    /// <param name="Mail">none (no mail server; the link was shown), waiting, sent or failed (the mail server refused the address).</param>
    /// <param name="Link">Only when no mail server is configured, and only in the answer to making or resending it.</param>
    public sealed record View(
        Guid Id, string Email, string Name, IReadOnlyList<string> Roles, string CreatedBy, DateTimeOffset CreatedAt, DateTimeOffset ExpiresAt, string State, string Mail, string? Link);

    /// <param name="Email">Who is invited.</param>
    /// <param name="Name">Null takes the part before the @ until the person says his own.</param>
    /// <param name="Roles">At most what the caller has himself.</param>
    /// <param name="OrganizationId">Null is the caller's own; another one needs <c>platform.manage</c>.</param>
    public sealed record Create(string? Email, string? Name, IReadOnlyList<string>? Roles, Guid? OrganizationId);

    /// <param name="Link">Null when it went out by mail.</param>
    public sealed record NewLink(string? Link);

    public static void MapInvitationAdministration(this IEndpointRouteBuilder routes)
    {
        var invitations = routes.MapGroup("/api/admin/invitations").WithTags("Administration");
        invitations.MapGet("/", ListAsync).RequirePermission(Permission.IdentityRead).WithSummary("Invitations of the organization, newest first.");
        invitations.MapPost("/", CreateAsync).RequirePermission(Permission.IdentityManage).WithSummary("Invites a person by mail, or answers with the link when there is no mail server.");
        invitations.MapPost("/{id:guid}/resend", ResendAsync).RequirePermission(Permission.IdentityManage).WithSummary("Sends an invitation again; it is good for another week.");
        invitations.MapDelete("/{id:guid}", WithdrawAsync).RequirePermission(Permission.IdentityManage).WithSummary("Withdraws an invitation that was not accepted.");
        routes.MapPost("/api/admin/users/{id:guid}/reset-password", ResetPasswordAsync).RequirePermission(Permission.IdentityManage).WithTags("Administration")
            .WithSummary("Sends a person a link to choose a new password, or answers with it when there is no mail server.");
    }

    private sealed class Row
    {
        public required Guid Id { get; init; }
        public required Guid UserId { get; init; }
        public required string Email { get; init; }
        public required string Name { get; init; }
        public required string[] Roles { get; init; }
        public required string[] OwnPermissions { get; init; }
        public required string CreatedBy { get; init; }
        public required DateTimeOffset CreatedAt { get; init; }
        public required DateTimeOffset ExpiresAt { get; init; }
        public required string State { get; init; }
        public required string Mail { get; init; }

        public IReadOnlySet<string> Permissions => Role.PermissionsOf(Roles, OwnPermissions);

        public View Show(string? link = null) => new(Id, Email, Name, Roles, CreatedBy, CreatedAt, ExpiresAt, State, Mail, link);
    }

    private const string Select =
        """
        SELECT i.id, i.user_id, u.email, u.name, u.roles, identity.own_permissions(o.id, u.roles) AS own_permissions, i.created_by, i.created_at, i.expires_at, i.mail,
               CASE WHEN i.accepted_at IS NOT NULL THEN 'accepted' WHEN i.expires_at <= @now THEN 'expired' ELSE 'pending' END AS state
          FROM identity.invitation i
          JOIN identity.app_user u ON u.id = i.user_id
          JOIN identity.organization o ON o.id = i.organization_id
         WHERE i.purpose = 'join' AND u.erased_at IS NULL AND (o.number = @own OR (@all AND i.id = @id))
        """;

    private static object Scope(Caller caller, TimeProvider clock, Guid? id = null, int limit = 0, Guid? before = null) =>
        new { own = (int)caller.Organization, all = caller.May(Permission.PlatformManage), now = clock.GetUtcNow(), id, limit, before };

    private static async Task<Page<View>> ListAsync(int? limit, string? cursor, HttpContext context, NpgsqlDataSource postgres, TimeProvider clock, CancellationToken stop)
    {
        var rows = Cursor.Limit(limit);
        await using var connection = await postgres.OpenConnectionAsync(stop);
        var found = await connection.QueryAsync<Row>(
            Select + " AND (@before::uuid IS NULL OR i.id < @before) ORDER BY i.id DESC LIMIT @limit + 1", Scope(context.Caller(), clock, limit: rows, before: Cursor.Read(cursor)));
        return Page<View>.Of([.. found.Select(row => row.Show())], rows, view => view.Id);
    }

    private static async Task<Results<Created<View>, Problem>> CreateAsync(
        Create request, HttpContext context, NpgsqlDataSource postgres, Invitations invitations, AuditLog audit, TimeProvider clock, CancellationToken stop)
    {
        var caller = context.Caller();
        if (request.Email?.Trim() is not { } email || !Welcome.IsAddress(email)) return Problem.Of(400, "email-wrong", "Give a mail address.", "email");
        if (request.Name is { Length: > UserAdministration.NameLengthMax }) return Problem.Of(400, "field-wrong", $"A name has 1 to {UserAdministration.NameLengthMax} characters.", "name");
        if (request.Roles is not { Count: > 0 } asked) return Problem.Of(400, "field-missing", "Say which roles the person gets.", "roles");
        var roles = asked.Distinct().ToArray();
        await using var connection = await postgres.OpenConnectionAsync(stop);
        await using var transaction = await connection.BeginTransactionAsync(stop);
        var organization = await connection.QuerySingleOrDefaultAsync<(Guid Id, int Number)?>(
            "SELECT id, number FROM identity.organization WHERE CASE WHEN @asked::uuid IS NULL THEN number = @own ELSE id = @asked AND (@all OR number = @own) END",
            new { asked = request.OrganizationId, own = (int)caller.Organization, all = caller.May(Permission.PlatformManage) });
        if (organization is not { } home) return Problem.Of(404, "no-such-organization", "There is no such organization that you may see.", "organizationId");
        if (await Grants.RefusalOfRolesAsync(connection, caller, (uint)home.Number, roles) is { } refusal) return refusal;
        var user = Guid.CreateVersion7(clock.GetUtcNow());
        var name = request.Name?.Trim() is { Length: > 0 } given ? given : email[..email.IndexOf('@', StringComparison.Ordinal)];
        if (await connection.ExecuteAsync(
            """
            INSERT INTO identity.app_user (id, organization_id, email, name, roles, joined_at) VALUES (@user, @Id, @email, @name, @roles, NULL) ON CONFLICT (lower(email)) DO NOTHING
            """,
            new { user, home.Id, email, name, roles }) == 0) return Problem.Of(409, "email-taken", "There is an account or an invitation with this address already.", "email");
        var id = Guid.CreateVersion7(clock.GetUtcNow());
        var link = await invitations.SendAsync(connection, transaction, context, id, Invitation.Join, home.Id, user, stop);
        await audit.AppendAsync(connection, context, "identity.invitation.create", "user:" + user, after: new { email, name, roles, organization = home.Number }, stop: stop);
        var row = await connection.QuerySingleAsync<Row>(Select + " AND i.id = @id", Scope(caller, clock, id));
        await transaction.CommitAsync(stop);
        return TypedResults.Created($"/api/admin/invitations/{id}", row.Show(link));
    }

    private static async Task<Results<Ok<View>, Problem>> ResendAsync(
        Guid id, HttpContext context, NpgsqlDataSource postgres, Invitations invitations, AuditLog audit, TimeProvider clock, CancellationToken stop)
    {
        var caller = context.Caller();
        await using var connection = await postgres.OpenConnectionAsync(stop);
        await using var transaction = await connection.BeginTransactionAsync(stop);
        if (await FindAsync(connection, id, caller, clock) is not { } invitation) return NoSuchInvitation;
        // The answer may hold the link, which is as good as the account.
        if (Grants.RefusalToTouch(caller, invitation.Permissions) is { } above) return above;
        await connection.ExecuteAsync("UPDATE identity.invitation SET expires_at = @end WHERE id = @id", new { id, end = clock.GetUtcNow() + Invitations.LifeOfJoin });
        var link = await invitations.DeliverAsync(connection, transaction, context, id, stop);
        await audit.AppendAsync(connection, context, "identity.invitation.resend", "user:" + invitation.UserId, stop: stop);
        var row = await connection.QuerySingleAsync<Row>(Select + " AND i.id = @id", Scope(caller, clock, id));
        await transaction.CommitAsync(stop);
        return TypedResults.Ok(row.Show(link));
    }

    private static async Task<Results<NoContent, Problem>> WithdrawAsync(Guid id, HttpContext context, NpgsqlDataSource postgres, AuditLog audit, TimeProvider clock, CancellationToken stop)
    {
        await using var connection = await postgres.OpenConnectionAsync(stop);
        await using var transaction = await connection.BeginTransactionAsync(stop);
        if (await FindAsync(connection, id, context.Caller(), clock) is not { } invitation) return NoSuchInvitation;
        if (Grants.RefusalToTouch(context.Caller(), invitation.Permissions) is { } above) return above;
        // The person was only invited, so there is nothing of him yet; the invitation and its links go with the row.
        await connection.ExecuteAsync("DELETE FROM identity.app_user WHERE id = @UserId AND joined_at IS NULL", new { invitation.UserId });
        await audit.AppendAsync(connection, context, "identity.invitation.withdraw", "user:" + invitation.UserId, new { invitation.Email, invitation.Roles }, stop: stop);
        await transaction.CommitAsync(stop);
        return TypedResults.NoContent();
    }

    private static async Task<Results<Ok<NewLink>, Problem>> ResetPasswordAsync(
        Guid id, HttpContext context, NpgsqlDataSource postgres, Invitations invitations, AuditLog audit, TimeProvider clock, CancellationToken stop)
    {
        var caller = context.Caller();
        await using var connection = await postgres.OpenConnectionAsync(stop);
        await using var transaction = await connection.BeginTransactionAsync(stop);
        if (await People.FindAsync(connection, caller.Organization, id, clock.GetUtcNow()) is not { } person) return UserAdministration.NoSuchUser;
        if (person.State is Person.Invited or Person.Disabled) return Problem.Of(409, "user-not-active", "Only somebody who can sign in can get a new password.");
        if (Grants.RefusalToTouch(caller, person.Permissions) is { } above) return above;
        var organization = await connection.QuerySingleAsync<Guid>("SELECT organization_id FROM identity.app_user WHERE id = @id", new { id });
        var link = await invitations.SendAsync(connection, transaction, context, Guid.CreateVersion7(clock.GetUtcNow()), Invitation.ForgottenPassword, organization, id, stop);
        await audit.AppendAsync(connection, context, "identity.user.reset-password", "user:" + id, stop: stop);
        await transaction.CommitAsync(stop);
        return TypedResults.Ok(new NewLink(link));
    }

    private static Task<Row?> FindAsync(NpgsqlConnection connection, Guid id, Caller caller, TimeProvider clock) =>
        connection.QuerySingleOrDefaultAsync<Row>(Select + " AND i.id = @id AND i.accepted_at IS NULL FOR UPDATE OF i", Scope(caller, clock, id));

    private static readonly Problem NoSuchInvitation = Problem.Of(404, "no-such-invitation", "There is no such invitation that waits.");
}
