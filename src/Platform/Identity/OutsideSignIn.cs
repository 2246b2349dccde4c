using Dapper;
using Microsoft.AspNetCore.Http;
using Npgsql;

namespace Rialto.Platform.Identity;

/// <summary>Someone whose password another system checks, for example a member of the club: here he has a session and no password.</summary>
/// <param name="Scheme">The other system's name; together with <paramref name="Subject"/> it names the person.</param>
/// <param name="Subject">His id over there, by which he goes here too: who he is keeps the module that asked, as it sees fit.</param>
public sealed record OutsidePerson(string Scheme, string Subject, string Role, uint Organization);

/// <summary>Sessions for people whose password another system checks. Attempts are throttled as everywhere.</summary>
public sealed class OutsideSignIn
{
    private readonly NpgsqlDataSource _postgres;
    private readonly Sessions _sessions;
    private readonly SignInThrottle _throttle;
    private readonly Settings _settings;

    internal OutsideSignIn(NpgsqlDataSource postgres, Sessions sessions, SignInThrottle throttle, Settings settings) =>
        (_postgres, _sessions, _throttle, _settings) = (postgres, sessions, throttle, settings);

    /// <summary>How long to wait before another attempt; null when this one may be made.</summary>
    public async Task<(OutsideAttempt? Attempt, TimeSpan? Wait)> TryAsync(HttpContext context, string scheme, string name, CancellationToken stop)
    {
        var attempt = await _throttle.BeginAsync($"{scheme}:{name}", context.Connection.RemoteIpAddress?.ToString(), stop);
        return attempt.Allowed ? (new OutsideAttempt(attempt), null) : (null, SignInThrottle.Window);
    }

    /// <summary>The other system has said yes: begins the session. The person's id here stays the same for ever.</summary>
    public async Task<Guid> BeginAsync(HttpContext context, OutsideAttempt attempt, OutsidePerson person, CancellationToken stop)
    {
        await _throttle.ForgetAsync(attempt.Inner, stop);
        var id = await FindOrAddAsync(person, stop);
        await _sessions.EndAsync(context, stop);
        await _sessions.BeginAsync(context, id, stop);
        return id;
    }

    /// <summary>Takes away what an older version has kept of people of that system beside their ids.</summary>
    public async Task ForgetNamesAsync(string scheme, CancellationToken stop)
    {
        await using var connection = await _postgres.OpenConnectionAsync(stop);
        await connection.ExecuteAsync(new CommandDefinition(
            "UPDATE identity.app_user SET name = upper(split_part(email, '@', 1)) WHERE email LIKE '%@' || @scheme || '.invalid' AND name <> '' AND lower(name) <> lower(split_part(email, '@', 1))",
            new { scheme }, cancellationToken: stop));
    }

    private async Task<Guid> FindOrAddAsync(OutsidePerson person, CancellationToken stop)
    {
        // Not a mail address: it can never be that of an account with a password.
        var address = $"{person.Subject}@{person.Scheme}.invalid".ToLowerInvariant();
        await using var connection = await _postgres.OpenConnectionAsync(stop);
        await connection.ExecuteAsync(new CommandDefinition(
            """
            INSERT INTO identity.app_user (id, organization_id, email, name, roles, demo)
            SELECT @id, o.id, @address, @Subject, ARRAY[@Role], @Demo FROM identity.organization o WHERE o.number = @organization
            ON CONFLICT (lower(email)) DO UPDATE SET name = excluded.name, disabled_at = NULL WHERE identity.app_user.demo OR identity.app_user.disabled_at IS NULL
            """,
            new { id = Guid.CreateVersion7(), address, person.Subject, person.Role, _settings.Demo, organization = (int)person.Organization }, cancellationToken: stop));
        return await connection.QuerySingleAsync<Guid>(new CommandDefinition(
            "SELECT id FROM identity.app_user WHERE lower(email) = @address AND disabled_at IS NULL", new { address }, cancellationToken: stop));
    }
}

/// <summary>An attempt that may be made.</summary>
public sealed class OutsideAttempt
{
    internal OutsideAttempt(SignInThrottle.Attempt inner) => Inner = inner;

    internal SignInThrottle.Attempt Inner { get; }
}
