using Dapper;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Npgsql;
using Rialto.Platform.Audit;
using Rialto.Platform.Problems;

namespace Rialto.Platform.Identity.Administration;

/// <summary>People of the caller's organization: <c>/api/admin/users</c>.</summary>
internal static class UserAdministration
{
    internal const int NameLengthMax = 100;

    /// <param name="State">active, invited, locked (too many wrong passwords or codes) or disabled.</param>
    /// <param name="TwoFactor">Signs in with a second factor.</param>
    /// <param name="Provider">Name of the provider that vouches for him; null for a local account.</param>
    public sealed record View(
        Guid Id, string Name, string Email, IReadOnlyList<string> Roles, string State, bool TwoFactor, string? Provider, DateTimeOffset? LastSeenAt, DateTimeOffset CreatedAt)
    {
        public static View Of(Person person) =>
            new(person.Id, person.Name, person.Email, person.Roles, person.State, person.TwoFactor, person.Provider, person.LastSeenAt, person.CreatedAt);
    }

    /// <summary>What to show; everything that is given must hold.</summary>
    public sealed record Filter(string? Search, string? Role, string? State, int? Limit, string? Cursor);

    /// <summary>What is null stays as it is.</summary>
    public sealed record Change(string? Name, IReadOnlyList<string>? Roles, bool? Disabled);

    public static void MapUserAdministration(this IEndpointRouteBuilder routes)
    {
        var users = routes.MapGroup("/api/admin/users").WithTags("Administration");
        users.MapGet("/", ListAsync).RequirePermission(Permission.IdentityRead).WithSummary("People of the organization, newest first.");
        users.MapGet("/{id:guid}", GetAsync).RequirePermission(Permission.IdentityRead).WithSummary("One person.");
        users.MapPatch("/{id:guid}", ChangeAsync).RequirePermission(Permission.IdentityManage).WithSummary("Changes name, roles, or whether the person may sign in.");
        users.MapPost("/{id:guid}/unlock", UnlockAsync).RequirePermission(Permission.IdentityManage).WithSummary("Forgets the wrong passwords and codes of the person.");
        users.MapPost("/{id:guid}/sign-out", SignOutAsync).RequirePermission(Permission.IdentityManage).WithSummary("Ends all sessions of the person on all nodes within five seconds.");
        users.MapPost("/{id:guid}/reset-second-factor", ResetSecondFactorAsync).RequirePermission(Permission.IdentityManage)
            .WithSummary("Removes the second factor of a person who lost it; he signs in with the password alone and is signed out everywhere.");
    }

    private static async Task<Results<Ok<Page<View>>, Problem>> ListAsync([AsParameters] Filter filter, HttpContext context, NpgsqlDataSource postgres, TimeProvider clock, CancellationToken stop)
    {
        if (filter.State is { } state && !Person.States.Contains(state)) return Problem.Of(400, "state-unknown", $"A state is one of {string.Join(", ", Person.States)}.", "state");
        var limit = Cursor.Limit(filter.Limit);
        await using var connection = await postgres.OpenConnectionAsync(stop);
        var people = await People.ListAsync(
            connection, context.Caller().Organization, clock.GetUtcNow(), filter.Search, filter.Role, filter.State, Cursor.Read(filter.Cursor), limit);
        return TypedResults.Ok(Page<View>.Of([.. people.Select(View.Of)], limit, view => view.Id));
    }

    private static async Task<Results<Ok<View>, Problem>> GetAsync(Guid id, HttpContext context, NpgsqlDataSource postgres, TimeProvider clock, CancellationToken stop)
    {
        await using var connection = await postgres.OpenConnectionAsync(stop);
        return await People.FindAsync(connection, context.Caller().Organization, id, clock.GetUtcNow()) is { } person ? TypedResults.Ok(View.Of(person)) : NoSuchUser;
    }

    private static async Task<Results<Ok<View>, Problem>> ChangeAsync(
        Guid id, Change change, HttpContext context, NpgsqlDataSource postgres, AuditLog audit, KnownCredentials known, TimeProvider clock, CancellationToken stop)
    {
        var caller = context.Caller();
        if (change.Name is { Length: 0 or > NameLengthMax }) return Problem.Of(400, "field-wrong", $"A name has 1 to {NameLengthMax} characters.", "name");
        if (change.Disabled == true && id == caller.Id) return Problem.Of(409, "not-yourself", "You cannot disable your own account.", "disabled");
        await using var connection = await postgres.OpenConnectionAsync(stop);
        await using var transaction = await connection.BeginTransactionAsync(stop);
        var administrators = await LastAdministrator.WatchAsync(connection, caller.Organization);
        if (await People.FindAsync(connection, caller.Organization, id, clock.GetUtcNow()) is not { } person) return NoSuchUser;
        if (Grants.RefusalToTouch(caller, person.Permissions) is { } above) return above;
        var roles = change.Roles?.Distinct().ToArray();
        if (roles is not null && await Grants.RefusalOfRolesAsync(connection, caller, caller.Organization, roles) is { } refusal) return refusal;
        await connection.ExecuteAsync(
            """
            UPDATE identity.app_user
               SET name = coalesce(@Name, name), roles = coalesce(@roles, roles),
                   disabled_at = CASE WHEN @Disabled IS NULL THEN disabled_at WHEN @Disabled THEN coalesce(disabled_at, @now) END
             WHERE id = @id
            """,
            new { id, change.Name, roles, change.Disabled, now = clock.GetUtcNow() });
        if (change.Disabled == true) await EndSessionsAsync(connection, id, clock);
        if (await administrators.IsGoneAsync()) return LastAdministrator.Refusal;
        var after = (await People.FindAsync(connection, caller.Organization, id, clock.GetUtcNow()))!;
        await audit.AppendAsync(connection, context, "identity.user.change", "user:" + id,
            new { person.Name, person.Roles, disabled = person.State == Person.Disabled }, new { after.Name, after.Roles, disabled = after.State == Person.Disabled }, stop);
        await transaction.CommitAsync(stop);
        known.Forget();
        return TypedResults.Ok(View.Of(after));
    }

    private static Task<Results<NoContent, Problem>> UnlockAsync(Guid id, HttpContext context, Subject subject, CancellationToken stop) =>
        subject.ActAsync(id, context, "identity.user.unlock", (connection, person) => SignInThrottle.ForgetAccountAsync(connection, person.Email), stop);

    private static Task<Results<NoContent, Problem>> SignOutAsync(Guid id, HttpContext context, Subject subject, TimeProvider clock, CancellationToken stop) =>
        subject.ActAsync(id, context, "identity.user.sign-out", (connection, _) => EndSessionsAsync(connection, id, clock), stop);

    private static Task<Results<NoContent, Problem>> ResetSecondFactorAsync(Guid id, HttpContext context, Subject subject, TimeProvider clock, CancellationToken stop) =>
        subject.ActAsync(id, context, "identity.user.reset-second-factor", async (connection, _) =>
        {
            await connection.ExecuteAsync("DELETE FROM identity.totp WHERE user_id = @id; DELETE FROM identity.recovery_code WHERE user_id = @id", new { id });
            await EndSessionsAsync(connection, id, clock);
        }, stop);

    /// <summary>Sessions, and apps that the person signed in with. On the connection's transaction; call <see cref="Sessions.Forget"/> after its commit.</summary>
    internal static Task EndSessionsAsync(NpgsqlConnection connection, Guid user, TimeProvider clock) => connection.ExecuteAsync(
        """
        UPDATE identity.session SET revoked_at = @now WHERE user_id = @user AND revoked_at IS NULL;
        UPDATE identity.token SET revoked_at = @now WHERE user_id = @user AND kind IN ('app', 'refresh') AND revoked_at IS NULL;
        DELETE FROM identity.sign_in_challenge WHERE user_id = @user;
        """,
        new { user, now = clock.GetUtcNow() });

    internal static readonly Problem NoSuchUser = Problem.Of(404, "no-such-user", "There is no such person in your organization.");

    /// <summary>One act on one person, with the checks and the audit that all of them need.</summary>
    internal sealed class Subject(NpgsqlDataSource postgres, AuditLog audit, KnownCredentials known, TimeProvider clock)
    {
        public async Task<Results<NoContent, Problem>> ActAsync(Guid id, HttpContext context, string action, Func<NpgsqlConnection, Person, Task> act, CancellationToken stop)
        {
            var caller = context.Caller();
            await using var connection = await postgres.OpenConnectionAsync(stop);
            await using var transaction = await connection.BeginTransactionAsync(stop);
            if (await People.FindAsync(connection, caller.Organization, id, clock.GetUtcNow()) is not { } person) return NoSuchUser;
            if (Grants.RefusalToTouch(caller, person.Permissions) is { } above) return above;
            await act(connection, person);
            await audit.AppendAsync(connection, context, action, "user:" + id, new { person.State, person.TwoFactor }, stop: stop);
            await transaction.CommitAsync(stop);
            known.Forget();
            return TypedResults.NoContent();
        }
    }
}
