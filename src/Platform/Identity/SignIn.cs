using System.Globalization;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Npgsql;
using Rialto.Platform.Identity.SecondFactor;
using Rialto.Platform.Identity.SingleSignOn;
using Rialto.Platform.Problems;

namespace Rialto.Platform.Identity;

/// <summary>Sign-in in one or two steps, sign-out, and who am I: <c>/api/identity</c>.</summary>
internal static class SignIn
{
    /// <param name="Email">Of the account; letter case does not matter.</param>
    /// <param name="Password">As the person typed it.</param>
    public sealed record Request(string? Email, string? Password);

    /// <summary>Either who is signed in now, or what is still missing.</summary>
    /// <param name="SecondFactor">Present when the person must still give a code; then nothing else is.</param>
    public sealed record Answer(
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] SignedInUser? User,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] SignedInOrganization? Organization,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<string>? Permissions,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<string>? Modules,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] Owed? SecondFactor)
    {
        public static Answer Of(SignedIn person) => new(person.User, person.Organization, person.Permissions, person.Modules, null);
    }

    /// <param name="Challenge">Give it with the code, within five minutes.</param>
    public sealed record Owed(string Challenge);

    /// <param name="Challenge">From the first step.</param>
    /// <param name="Code">Six digits of the authenticator.</param>
    /// <param name="RecoveryCode">In place of the code, by who lost the authenticator.</param>
    public sealed record SecondStep(string? Challenge, string? Code, string? RecoveryCode);

    /// <param name="ContinueAt">Lead the browser there, so that the provider ends its session too.</param>
    public sealed record GoOn(string ContinueAt);

    public static void MapSignIn(this IEndpointRouteBuilder routes)
    {
        var identity = routes.MapGroup("/api/identity").WithTags("Identity");
        identity.MapPost("/sign-in", SignInAsync).AllowAnonymousBecause("Whoever signs in is not signed in yet.")
            .WithSummary("Begins a session and sets its cookie, or says that a second factor is needed.");
        identity.MapPost("/sign-in/second-factor", SecondFactorAsync).AllowAnonymousBecause("Whoever signs in is not signed in yet.")
            .WithSummary("The second step: begins the session with a code or a recovery code.");
        identity.MapPost("/sign-out", SignOutAsync).AllowAnonymousBecause("Signing out twice, or after the session has ended, is no mistake.")
            .WithSummary("Ends the session; after single sign-on it answers where the provider's session ends.");
        identity.MapGet("/me", MeAsync).RequireSignedIn().WithSummary("The signed-in person, his organization and permissions.");
    }

    private static readonly Problem WrongCredentials =
        Problem.Of(StatusCodes.Status401Unauthorized, "wrong-credentials", "The email address or the password is wrong.");

    private static readonly Problem WrongCode = Problem.Of(StatusCodes.Status401Unauthorized, "wrong-code", "The code is wrong or was used already. Wait for the next one.");

    private static async Task<Results<Ok<Answer>, Problem>> SignInAsync(
        Request request, HttpContext context, PasswordHashes passwords, SignInThrottle throttle, Entrance entrance, SecondFactors factors, CancellationToken stop)
    {
        if (request.Email is not { Length: > 0 and <= 320 } email) return Problem.Of(StatusCodes.Status400BadRequest, "field-missing", "Give the email address.", "email");
        if (request.Password is not { Length: > 0 and <= 1000 } password) return Problem.Of(StatusCodes.Status400BadRequest, "field-missing", "Give the password.", "password");

        var attempt = await throttle.BeginAsync(email, context.Connection.RemoteIpAddress?.ToString(), stop);
        if (!attempt.Allowed) return TooManyAttempts(context);

        var account = await entrance.FindAsync(email, stop);
        if (!await passwords.VerifyAsync(account?.Id, account?.PasswordHash, password, stop) || account is null) return WrongCredentials;

        await throttle.ForgetAsync(attempt, stop);
        return account.TwoFactor
            ? TypedResults.Ok(new Answer(null, null, null, null, new Owed(await factors.ChallengeAsync(account.Id, stop))))
            : TypedResults.Ok(Answer.Of(await entrance.OpenAsync(context, account, stop)));
    }

    private static async Task<Results<Ok<Answer>, Problem>> SecondFactorAsync(
        SecondStep request, HttpContext context, NpgsqlDataSource postgres, SignInThrottle throttle, Entrance entrance, SecondFactors factors, CancellationToken stop)
    {
        if (request.Challenge is not { Length: > 0 and <= 100 } challenge) return Problem.Of(StatusCodes.Status400BadRequest, "field-missing", "Give the challenge of the first step.", "challenge");
        if (request.Code is null == request.RecoveryCode is null || (request.Code ?? request.RecoveryCode) is not { Length: > 0 and <= 40 })
            return Problem.Of(StatusCodes.Status400BadRequest, "field-missing", "Give the code, or a recovery code in its place.", "code");
        await using var connection = await postgres.OpenConnectionAsync(stop);
        // The try is counted by itself, also when what follows fails.
        if (await factors.TryAsync(connection, challenge) is not { } user || await entrance.FindAsync(user, stop) is not { } account)
            return Problem.Of(StatusCodes.Status401Unauthorized, "challenge-over", "This took too long or too many tries. Begin again with the password.", "challenge");
        var attempt = await throttle.BeginFactorAsync(account.Email, stop);
        if (!attempt.Allowed) return TooManyAttempts(context);
        await using (var transaction = await connection.BeginTransactionAsync(stop))
        {
            var right = request.Code is { } code
                ? await factors.UseCodeAsync(connection, user, code, confirmed: true)
                : await factors.UseRecoveryCodeAsync(connection, user, request.RecoveryCode!);
            if (!right || !await SecondFactors.EndAsync(connection, challenge)) return WrongCode;
            await transaction.CommitAsync(stop);
        }
        await throttle.ForgetAsync(attempt, stop);
        return TypedResults.Ok(Answer.Of(await entrance.OpenAsync(context, account, stop)));
    }

    private static async Task<Results<NoContent, Ok<GoOn>>> SignOutAsync(HttpContext context, Sessions sessions, ProviderSignOut provider, CancellationToken stop)
    {
        var address = context.Features.Get<Session>() is { } session ? await provider.AddressAsync(context, session.Id, stop) : null;
        await sessions.EndAsync(context, stop);
        return address is null ? TypedResults.NoContent() : TypedResults.Ok(new GoOn(address));
    }

    private static Results<Ok<SignedIn>, Problem> MeAsync(HttpContext context, Entrance entrance) =>
        context.Features.Get<Session>() is { } session
            ? TypedResults.Ok(entrance.Describe(session))
            : Problem.Of(StatusCodes.Status403Forbidden, "person-required", "A key is not a person; this is for people who signed in.");

    internal static Problem TooManyAttempts(HttpContext context)
    {
        context.Response.Headers.RetryAfter = ((int)SignInThrottle.Window.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        return Problem.Of(StatusCodes.Status429TooManyRequests, "too-many-attempts", "Too many attempts to sign in. Try again in a quarter of an hour.");
    }
}
