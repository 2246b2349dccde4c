using System.Globalization;
using Dapper;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Rialto.Club.Vendors;
using Rialto.Platform.Configuration;
using Rialto.Platform.Connectors;
using Rialto.Platform.Identity;
using Rialto.Platform.Problems;

namespace Rialto.Club.Members;

/// <summary>
/// A member signs in with the password that Memberson knows. It goes to Memberson and nowhere else: it is neither stored nor queued, so while
/// Memberson is away nobody new can sign in, and those who are signed in go on.
/// </summary>
internal static class SignIn
{
    /// <param name="Name">Email address or member number.</param>
    /// <param name="Password">As the member typed it.</param>
    public sealed record ClubSignIn(string? Name, string? Password);

    public sealed record ClubSignedIn(Guid Id, string Name, string? Tier);

    public static void MapSignIn(this IEndpointRouteBuilder routes) => routes.MapPost("/sign-in", SignInAsync)
        .AllowAnonymousBecause("Whoever signs in is not signed in yet.").WithSummary("Begins a member's session.");

    private static async Task<Results<Ok<ClubSignedIn>, Problem>> SignInAsync(
        ClubSignIn request, HttpContext context, Memberson memberson, OutsideSignIn sessions, NpgsqlDataSource postgres, MemberNames names, TimeProvider clock,
        [FromKeyedServices(Rules.Document)] Configured<Rules> rules, CancellationToken stop)
    {
        if (request.Name?.Trim() is not { Length: > 0 and <= 320 } name) return Errors.NameMissing;
        if (request.Password is not { Length: > 0 and <= 1000 } password) return Errors.PasswordMissing;
        var (attempt, wait) = await sessions.TryAsync(context, "memberson", name, stop);
        if (attempt is null)
        {
            context.Response.Headers.RetryAfter = ((int)wait!.Value.TotalSeconds).ToString(CultureInfo.InvariantCulture);
            return Problem.Of(429, "too-many-attempts", "Too many attempts to sign in. Try again in a quarter of an hour.");
        }
        var (found, profile) = await memberson.FindAsync(name, stop);
        if (found.Outcome is Outcome.NotSent or Outcome.Unknown) return Errors.SignInAway;
        if (profile is null) return Errors.WrongCredentials;
        var checkedPassword = await memberson.SignInAsync(profile.CustomerNumber, password, stop);
        if (checkedPassword.Outcome is Outcome.NotSent or Outcome.Unknown) return Errors.SignInAway;
        if (!checkedPassword.IsOk) return Errors.WrongCredentials;

        var askedAt = clock.GetUtcNow();
        var (summary, active) = await memberson.SummaryAsync(profile.CustomerNumber, stop);
        if (summary.Outcome is Outcome.NotSent or Outcome.Unknown) return Errors.SignInAway;
        if (active is null) return Errors.NoMembership;
        var organization = rules.Value.Organization;
        var id = await sessions.BeginAsync(context, attempt, new OutsidePerson("memberson", profile.CustomerNumber, "member", (uint)organization), stop);
        await StoreAsync(postgres, names, id, organization, profile, active, askedAt, clock.GetUtcNow(), stop);
        return TypedResults.Ok(new ClubSignedIn(id, profile.Name, active.Tier));
    }

    private static async Task StoreAsync(
        NpgsqlDataSource postgres, MemberNames names, Guid id, int organization, Profile profile, Membership active, DateTimeOffset askedAt, DateTimeOffset now, CancellationToken stop)
    {
        var person = PersonName.Of(profile);
        var terms = await names.TermsAsync(person, stop);
        await using var connection = await postgres.OpenConnectionAsync(stop);
        await using var transaction = await connection.BeginTransactionAsync(stop);
        await connection.ExecuteAsync(new CommandDefinition(
            """
            INSERT INTO club.member (id, organization, customer_number, sealed, search, last_sign_in)
            VALUES (@id, @organization, @CustomerNumber, @bytes, @terms, @now)
            ON CONFLICT (id) DO UPDATE SET sealed = excluded.sealed, search = excluded.search, last_sign_in = excluded.last_sign_in
            """,
            new { id, organization, profile.CustomerNumber, bytes = names.Seal(id, person), terms, now }, transaction, cancellationToken: stop));
        await PointsLedger.SyncAsync(transaction, id, active, askedAt, now, stop);
        await transaction.CommitAsync(stop);
    }
}
