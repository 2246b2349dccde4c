using Microsoft.AspNetCore.Http;
using Npgsql;
using Rialto.Platform.Identity.SecondFactor;
using Rialto.Platform.Problems;

namespace Rialto.Platform.Identity.Accounts;

/// <summary>Proves once more that the person at the session is its owner. Wrong tries count like those at the sign-in, so a stolen session is no way to guess.</summary>
internal sealed class Reauthentication(NpgsqlDataSource postgres, PasswordHashes passwords, SecondFactors factors, SignInThrottle throttle)
{
    public static readonly Problem WrongCode = Problem.Of(403, "wrong-code", "The code is wrong or was used already. Wait for the next one.", "code");

    /// <summary>Null when the password is right.</summary>
    public async Task<Problem?> ByPasswordAsync(HttpContext context, Session session, string? hash, string password, string field, CancellationToken stop)
    {
        var attempt = await throttle.BeginAsync(session.Email, context.Connection.RemoteIpAddress?.ToString(), stop);
        if (!attempt.Allowed) return SignIn.TooManyAttempts(context);
        // 403 and not 401: the session is fine, and the web application must not take this for its end.
        if (!await passwords.VerifyAsync(session.Caller.Id, hash, password, stop)) return Problem.Of(403, "wrong-password", "The password is wrong.", field);
        await throttle.ForgetAsync(attempt, stop);
        return null;
    }

    /// <summary>Null when the password, or else the code, is right.</summary>
    public async Task<Problem?> ByEitherAsync(HttpContext context, Session session, string? hash, string? password, string? code, CancellationToken stop)
    {
        if (password is { Length: > 0 and <= 1000 }) return await ByPasswordAsync(context, session, hash, password, "password", stop);
        if (code is not { Length: > 0 and <= 40 }) return Problem.Of(400, "field-missing", "Give the password or a code.", "code");
        var attempt = await throttle.BeginFactorAsync(session.Email, stop);
        if (!attempt.Allowed) return SignIn.TooManyAttempts(context);
        await using var connection = await postgres.OpenConnectionAsync(stop);
        await using var transaction = await connection.BeginTransactionAsync(stop);
        if (!await factors.UseCodeAsync(connection, session.Caller.Id, code, confirmed: true)) return WrongCode;
        await transaction.CommitAsync(stop);
        await throttle.ForgetAsync(attempt, stop);
        return null;
    }
}
