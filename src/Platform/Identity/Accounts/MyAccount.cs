using Dapper;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Npgsql;
using Rialto.Platform.Audit;
using Rialto.Platform.Identity.SecondFactor;
using Rialto.Platform.Problems;

namespace Rialto.Platform.Identity.Accounts;

/// <summary>One's own account: <c>/api/identity/account</c>. What weakens it asks for the password or a code again: a session left open must not be enough.</summary>
internal static class MyAccount
{
    private const string Issuer = "Rialto";

    /// <param name="HasPassword">False for who signs in by a provider only.</param>
    public sealed record View(string Name, string Email, bool TwoFactor, int RecoveryCodesLeft, bool HasPassword, DateTimeOffset? PasswordChangedAt);

    public sealed record NewPassword(string? Current, string? Next);

    /// <param name="Secret">For who types it, base 32.</param>
    /// <param name="Uri">For the QR code.</param>
    public sealed record NewAuthenticator(string Secret, string Uri);

    /// <param name="Code">Six digits of the authenticator.</param>
    public sealed record Typed(string? Code);

    /// <param name="RecoveryCodes">Each opens the account once. Shown this once.</param>
    public sealed record NewRecoveryCodes(IReadOnlyList<string> RecoveryCodes);

    /// <summary>One of them.</summary>
    public sealed record Proof(string? Password, string? Code);

    public static void MapMyAccount(this IEndpointRouteBuilder routes)
    {
        var account = routes.MapGroup("/api/identity/account").WithTags("Identity");
        account.MapGet("/", GetAsync).RequireSignedIn().WithSummary("My account.");
        account.MapPost("/password", ChangePasswordAsync).RequireSignedIn().WithSummary("Changes my password and signs me out everywhere else.");
        account.MapPost("/totp/begin", BeginAsync).RequireSignedIn().WithSummary("Makes a secret for my authenticator; it counts once a code of it was typed.");
        account.MapPost("/totp/confirm", ConfirmAsync).RequireSignedIn().WithSummary("Puts the authenticator into force; answers with the recovery codes.");
        account.MapPost("/totp/disable", DisableAsync).RequireSignedIn().WithSummary("Removes my second factor; needs the password or a code.");
        account.MapPost("/recovery-codes", RenewAsync).RequireSignedIn().WithSummary("New recovery codes in place of the old ones; needs a code.");
    }

    private sealed class Row
    {
        public required string Name { get; init; }
        public required string Email { get; init; }
        public required string? PasswordHash { get; init; }
        public required DateTimeOffset? PasswordChangedAt { get; init; }
        public required string OrganizationName { get; init; }
        public required bool TwoFactor { get; init; }
        public required int RecoveryCodesLeft { get; init; }
    }

    private static Task<Row> ReadAsync(NpgsqlConnection connection, Guid user) => connection.QuerySingleAsync<Row>(
        """
        SELECT u.name, u.email, u.password_hash, u.password_changed_at, o.name AS organization_name,
               EXISTS (SELECT 1 FROM identity.totp t WHERE t.user_id = u.id AND t.confirmed_at IS NOT NULL) AS two_factor,
               (SELECT count(*)::int FROM identity.recovery_code r WHERE r.user_id = u.id AND r.used_at IS NULL) AS recovery_codes_left
          FROM identity.app_user u JOIN identity.organization o ON o.id = u.organization_id WHERE u.id = @user
        """,
        new { user });

    private static async Task<Results<Ok<View>, Problem>> GetAsync(HttpContext context, NpgsqlDataSource postgres, CancellationToken stop)
    {
        if (context.Features.Get<Session>() is not { } session) return PersonRequired;
        await using var connection = await postgres.OpenConnectionAsync(stop);
        var row = await ReadAsync(connection, session.Caller.Id);
        return TypedResults.Ok(new View(row.Name, row.Email, row.TwoFactor, row.RecoveryCodesLeft, row.PasswordHash is not null, row.PasswordChangedAt));
    }

    private static async Task<Results<NoContent, Problem>> ChangePasswordAsync(
        NewPassword request, HttpContext context, NpgsqlDataSource postgres, PasswordHashes passwords, Reauthentication again, AuditLog audit, Sessions sessions, TimeProvider clock, CancellationToken stop)
    {
        if (context.Features.Get<Session>() is not { } session) return PersonRequired;
        if (request.Current is not { Length: > 0 and <= 1000 } current) return Problem.Of(400, "field-missing", "Give the password you have now.", "current");
        if (request.Next is not { Length: > 0 } next) return Problem.Of(400, "field-missing", "Give the new password.", "next");
        await using var connection = await postgres.OpenConnectionAsync(stop);
        var row = await ReadAsync(connection, session.Caller.Id);
        if (row.PasswordHash is null) return Problem.Of(409, "no-password", "You sign in by a provider; there is no password here.");
        if (await again.ByPasswordAsync(context, session, row.PasswordHash, current, "current", stop) is { } refused) return refused;
        if (PasswordRules.Check(next, row.Email, row.Name, row.OrganizationName) is { } weak) return Problem.Of(400, weak.Code, weak.Message, "next");
        await using var transaction = await connection.BeginTransactionAsync(stop);
        await connection.ExecuteAsync(
            """
            UPDATE identity.app_user SET password_hash = @hash, password_changed_at = @now WHERE id = @user;
            UPDATE identity.session SET revoked_at = @now WHERE user_id = @user AND id <> @here AND revoked_at IS NULL;
            UPDATE identity.token SET revoked_at = @now WHERE user_id = @user AND kind IN ('app', 'refresh') AND revoked_at IS NULL;
            DELETE FROM identity.sign_in_challenge WHERE user_id = @user;
            """,
            new { hash = passwords.Hash(next), now = clock.GetUtcNow(), user = session.Caller.Id, here = session.Id });
        await audit.AppendAsync(connection, context, "identity.account.password", "user:" + session.Caller.Id, stop: stop);
        await transaction.CommitAsync(stop);
        sessions.Forget();
        return TypedResults.NoContent();
    }

    private static async Task<Results<Ok<NewAuthenticator>, Problem>> BeginAsync(HttpContext context, SecondFactors factors, CancellationToken stop)
    {
        if (context.Features.Get<Session>() is not { } session) return PersonRequired;
        return await factors.BeginAsync(session.Caller.Id, stop) is { } secret
            ? TypedResults.Ok(new NewAuthenticator(Totp.Base32(secret), Totp.Link(secret, Issuer, session.Email)))
            : Problem.Of(409, "second-factor-on", "You have a second factor already; remove it first.");
    }

    private static async Task<Results<Ok<NewRecoveryCodes>, Problem>> ConfirmAsync(
        Typed request, HttpContext context, NpgsqlDataSource postgres, SecondFactors factors, SignInThrottle throttle, AuditLog audit, CancellationToken stop)
    {
        if (context.Features.Get<Session>() is not { } session) return PersonRequired;
        var attempt = await throttle.BeginFactorAsync(session.Email, stop);
        if (!attempt.Allowed) return SignIn.TooManyAttempts(context);
        await using var connection = await postgres.OpenConnectionAsync(stop);
        await using var transaction = await connection.BeginTransactionAsync(stop);
        if (!await factors.UseCodeAsync(connection, session.Caller.Id, request.Code ?? "", confirmed: false)) return Reauthentication.WrongCode;
        var codes = await SecondFactors.RenewRecoveryCodesAsync(connection, session.Caller.Id);
        await audit.AppendAsync(connection, context, "identity.account.second-factor.on", "user:" + session.Caller.Id, stop: stop);
        await transaction.CommitAsync(stop);
        await throttle.ForgetAsync(attempt, stop);
        return TypedResults.Ok(new NewRecoveryCodes(codes));
    }

    private static async Task<Results<NoContent, Problem>> DisableAsync(Proof request, HttpContext context, NpgsqlDataSource postgres, Reauthentication again, AuditLog audit, CancellationToken stop)
    {
        if (context.Features.Get<Session>() is not { } session) return PersonRequired;
        await using var connection = await postgres.OpenConnectionAsync(stop);
        var row = await ReadAsync(connection, session.Caller.Id);
        if (!row.TwoFactor) return Problem.Of(409, "second-factor-off", "You have no second factor.");
        if (await again.ByEitherAsync(context, session, row.PasswordHash, request.Password, request.Code, stop) is { } refused) return refused;
        await using var transaction = await connection.BeginTransactionAsync(stop);
        await SecondFactors.RemoveAsync(connection, session.Caller.Id);
        await audit.AppendAsync(connection, context, "identity.account.second-factor.off", "user:" + session.Caller.Id, stop: stop);
        await transaction.CommitAsync(stop);
        return TypedResults.NoContent();
    }

    private static async Task<Results<Ok<NewRecoveryCodes>, Problem>> RenewAsync(Typed request, HttpContext context, NpgsqlDataSource postgres, Reauthentication again, AuditLog audit, CancellationToken stop)
    {
        if (context.Features.Get<Session>() is not { } session) return PersonRequired;
        if (await again.ByEitherAsync(context, session, null, null, request.Code ?? "", stop) is { } refused) return refused;
        await using var connection = await postgres.OpenConnectionAsync(stop);
        await using var transaction = await connection.BeginTransactionAsync(stop);
        var codes = await SecondFactors.RenewRecoveryCodesAsync(connection, session.Caller.Id);
        await audit.AppendAsync(connection, context, "identity.account.recovery-codes", "user:" + session.Caller.Id, stop: stop);
        await transaction.CommitAsync(stop);
        return TypedResults.Ok(new NewRecoveryCodes(codes));
    }

    internal static readonly Problem PersonRequired = Problem.Of(403, "person-required", "A key is not a person; this is for people who signed in.");
}
