using System.Net.Mail;
using Dapper;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Npgsql;
using Rialto.Platform.Audit;
using Rialto.Platform.Identity.Administration;
using Rialto.Platform.Identity.SecondFactor;
using Rialto.Platform.Problems;

namespace Rialto.Platform.Identity.Accounts;

/// <summary>The page behind an invitation's link: <c>/api/identity/invitations</c>.</summary>
internal static class Welcome
{
    public sealed record Read(string? Token);

    /// <param name="Purpose">join, first (the installation's first administrator, who also says his mail address and the organization's name) or password (a forgotten one).</param>
    public sealed record View(string Purpose, string? Email, string? Name, string? Organization);

    /// <param name="Token">From the link.</param>
    /// <param name="Name">How others see the person; null keeps what there is.</param>
    /// <param name="Email">Of the first administrator only.</param>
    /// <param name="Organization">Name of the first organization, by the first administrator only.</param>
    public sealed record Accept(string? Token, string? Name, string? Password, string? Email, string? Organization);

    public static void MapWelcome(this IEndpointRouteBuilder routes)
    {
        var invitations = routes.MapGroup("/api/identity/invitations").WithTags("Identity");
        invitations.MapPost("/read", ReadAsync).AllowAnonymousBecause("The token of the link is the proof.").WithSummary("Whom an invitation's link is for.");
        invitations.MapPost("/accept", AcceptAsync).AllowAnonymousBecause("The token of the link is the proof.").WithSummary("Chooses the password and signs in; the link is used up.");
    }

    private static async Task<Results<Ok<View>, Problem>> ReadAsync(Read request, NpgsqlDataSource postgres, Invitations invitations, CancellationToken stop)
    {
        await using var connection = await postgres.OpenConnectionAsync(stop);
        await using var transaction = await connection.BeginTransactionAsync(stop);
        return await invitations.FindAsync(connection, request.Token) is { } found ? TypedResults.Ok(new View(found.Purpose, found.Email, found.Name, found.OrganizationName)) : Over;
    }

    private static async Task<Results<Ok<SignIn.Answer>, Problem>> AcceptAsync(
        Accept request, HttpContext context, NpgsqlDataSource postgres, Invitations invitations, FirstAdministrator first, PasswordHashes passwords, Entrance entrance, SecondFactors factors,
        Sessions sessions, AuditLog audit, TimeProvider clock, CancellationToken stop)
    {
        await using var connection = await postgres.OpenConnectionAsync(stop);
        await using var transaction = await connection.BeginTransactionAsync(stop);
        if (await invitations.FindAsync(connection, request.Token) is not { } found) return Over;
        var name = request.Name?.Trim() is { Length: > 0 } given ? given : found.Name;
        if (name is not { Length: > 0 and <= UserAdministration.NameLengthMax }) return Problem.Of(400, "field-missing", "Say your name.", "name");
        if (request.Password is not { Length: > 0 } password) return Problem.Of(400, "field-missing", "Choose a password.", "password");
        var email = found.Email ?? request.Email?.Trim();
        if (email is null || !IsAddress(email)) return Problem.Of(400, "email-wrong", "Give your mail address.", "email");
        if (PasswordRules.Check(password, email, name, found.OrganizationName ?? request.Organization ?? "") is { } weak) return Problem.Of(400, weak.Code, weak.Message, "password");
        var hash = passwords.Hash(password);
        var user = found.UserId;
        if (user is { } known)
        {
            await connection.ExecuteAsync(
                "UPDATE identity.app_user SET name = @name, password_hash = @hash, password_changed_at = @now, joined_at = coalesce(joined_at, @now) WHERE id = @known",
                new { known, name, hash, now = clock.GetUtcNow() });
            await UserAdministration.EndSessionsAsync(connection, known, clock);
        }
        else
        {
            user = await first.JoinAsync(connection, email, name, hash, request.Organization?.Trim());
            if (user is null) return Over;
        }
        await invitations.EndAsync(connection, found.Id);
        await audit.AppendAsync(connection, new AuditEntry
        {
            Action = "identity.invitation.accept", Target = "user:" + user, ActorId = user.ToString()!, ActorName = name, Organization = (uint)(found.Organization ?? 0),
            After = $$"""{"purpose":"{{found.Purpose}}"}""", Address = context.Connection.RemoteIpAddress?.ToString(),
        }, stop);
        await transaction.CommitAsync(stop);
        sessions.Forget();
        var account = await entrance.FindAsync(user.Value, stop) ?? throw new System.Diagnostics.UnreachableException("Who has just joined has an account.");
        // A link in a mailbox replaces the password, not the second factor.
        return account.TwoFactor
            ? TypedResults.Ok(new SignIn.Answer(null, null, null, null, new SignIn.Owed(await factors.ChallengeAsync(account.Id, stop))))
            : TypedResults.Ok(SignIn.Answer.Of(await entrance.OpenAsync(context, account, stop)));
    }

    internal static bool IsAddress(string text) =>
        text.Length <= 320 && MailAddress.TryCreate(text, out var address) && address.Address == text && !text.Any(char.IsControl) && text.Contains('@', StringComparison.Ordinal);

    private static readonly Problem Over = Problem.Of(404, "invitation-over", "This link is wrong, was used already, or is too old. Ask for a new one.", "token");
}
