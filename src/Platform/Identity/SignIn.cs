using System.Globalization;
using Dapper;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Routing;
using Npgsql;
using Rialto.Platform.Problems;

namespace Rialto.Platform.Identity;

/// <summary>Sign-in, sign-out, and who am I: <c>/api/identity</c>.</summary>
internal static class SignIn
{
    /// <param name="Email">Of the account; letter case does not matter.</param>
    /// <param name="Password">As the person typed it.</param>
    public sealed record Request(string? Email, string? Password);

    public sealed record User(Guid Id, string Name, string Email);

    public sealed record Organization(Guid Id, uint Number, string Name);

    /// <param name="User">Who is signed in.</param>
    /// <param name="Organization">Whose data he sees.</param>
    /// <param name="Permissions">What he may do.</param>
    /// <param name="Modules">What this installation runs.</param>
    public sealed record SignedIn(User User, Organization Organization, IReadOnlyList<string> Permissions, IReadOnlyList<string> Modules);

    public static void MapSignIn(this IEndpointRouteBuilder routes)
    {
        var identity = routes.MapGroup("/api/identity").WithTags("Identity");
        identity.MapPost("/sign-in", SignInAsync).AllowAnonymousBecause("Whoever signs in is not signed in yet.")
            .WithSummary("Begins a session and sets its cookie.");
        identity.MapPost("/sign-out", SignOutAsync).AllowAnonymousBecause("Signing out twice, or after the session has ended, is no mistake.")
            .WithSummary("Ends the session.");
        identity.MapGet("/me", MeAsync).RequireSignedIn().WithSummary("The signed-in person, his organization and permissions.");
    }

    private static readonly Problem WrongCredentials =
        Problem.Of(StatusCodes.Status401Unauthorized, "wrong-credentials", "The email address or the password is wrong.");

    private static async Task<Results<Ok<SignedIn>, Problem>> SignInAsync(
        Request request, HttpContext context, NpgsqlDataSource postgres, PasswordHashes passwords, SignInThrottle throttle, Sessions sessions,
        IReadOnlyList<Module> modules, CancellationToken stop)
    {
        if (request.Email is not { Length: > 0 and <= 320 } email) return Problem.Of(StatusCodes.Status400BadRequest, "field-missing", "Give the email address.", "email");
        if (request.Password is not { Length: > 0 and <= 1000 } password) return Problem.Of(StatusCodes.Status400BadRequest, "field-missing", "Give the password.", "password");

        var attempt = await throttle.BeginAsync(email, context.Connection.RemoteIpAddress?.ToString(), stop);
        if (!attempt.Allowed)
        {
            var seconds = (int)SignInThrottle.Window.TotalSeconds;
            context.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
            return Problem.Of(StatusCodes.Status429TooManyRequests, "too-many-attempts", "Too many attempts to sign in. Try again in a quarter of an hour.");
        }

        var account = await FindAsync(postgres, email, stop);
        if (!await passwords.VerifyAsync(account?.Id, account?.PasswordHash, password, stop) || account is null) return WrongCredentials;

        await throttle.ForgetAsync(attempt, stop);
        await sessions.BeginAsync(context, account.Id, stop);
        var permissions = Role.PermissionsOf(account.Roles);
        return TypedResults.Ok(Answer(
            new User(account.Id, account.Name, account.Email),
            new Organization(account.OrganizationId, (uint)account.OrganizationNumber, account.OrganizationName), permissions, modules));
    }

    private static async Task<NoContent> SignOutAsync(HttpContext context, Sessions sessions, CancellationToken stop)
    {
        await sessions.EndAsync(context, stop);
        return TypedResults.NoContent();
    }

    private static Results<Ok<SignedIn>, Problem> MeAsync(HttpContext context, IReadOnlyList<Module> modules) =>
        context.Features.Get<Session>() is { } session
            ? TypedResults.Ok(Answer(
                new User(session.Caller.Id, session.Caller.Name, session.Email),
                new Organization(session.OrganizationId, session.Caller.Organization, session.OrganizationName), session.Caller.Permissions, modules))
            : Problem.Of(StatusCodes.Status403Forbidden, "person-required", "A key is not a person; this is for people who signed in.");

    private static SignedIn Answer(User user, Organization organization, IEnumerable<string> permissions, IReadOnlyList<Module> modules) =>
        new(user, organization, [.. permissions.Order(StringComparer.Ordinal)], [.. modules.Select(module => module.Name)]);

    private sealed class Account
    {
        public required Guid Id { get; init; }
        public required string Name { get; init; }
        public required string Email { get; init; }
        public required string? PasswordHash { get; init; }
        public required string[] Roles { get; init; }
        public required Guid OrganizationId { get; init; }
        public required int OrganizationNumber { get; init; }
        public required string OrganizationName { get; init; }
    }

    private static async Task<Account?> FindAsync(NpgsqlDataSource postgres, string email, CancellationToken stop)
    {
        await using var connection = await postgres.OpenConnectionAsync(stop);
        return await connection.QuerySingleOrDefaultAsync<Account>(
            """
            SELECT u.id, u.name, u.email, u.password_hash, u.roles, o.id AS organization_id, o.number AS organization_number, o.name AS organization_name
              FROM identity.app_user u JOIN identity.organization o ON o.id = u.organization_id
             WHERE lower(u.email) = lower(@email) AND u.disabled_at IS NULL
            """,
            new { email = email.Trim() });
    }
}

/// <summary>Passwords by the framework's hasher (PBKDF2), which also says when a hash is of an older, weaker kind.</summary>
internal sealed class PasswordHashes(NpgsqlDataSource postgres)
{
    private readonly PasswordHasher<object> _hasher = new();
    private readonly object _nobody = new();
    private readonly Lazy<string> _hashOfNobody = new(() => new PasswordHasher<object>().HashPassword(new object(), Guid.CreateVersion7().ToString()));

    public string Hash(string password) => _hasher.HashPassword(_nobody, password);

    /// <summary>Takes the same time for an account that does not exist or has no password, so that time does not tell which accounts exist.</summary>
    public async Task<bool> VerifyAsync(Guid? user, string? hash, string password, CancellationToken stop)
    {
        var verdict = _hasher.VerifyHashedPassword(_nobody, hash ?? _hashOfNobody.Value, password);
        if (hash is null || verdict == PasswordVerificationResult.Failed) return false;
        if (verdict == PasswordVerificationResult.SuccessRehashNeeded)
        {
            await using var connection = await postgres.OpenConnectionAsync(stop);
            await connection.ExecuteAsync("UPDATE identity.app_user SET password_hash = @hash WHERE id = @user", new { hash = Hash(password), user });
        }
        return true;
    }
}
