using System.Security.Cryptography;
using System.Text;
using Dapper;
using Npgsql;

namespace Rialto.Platform.Identity;

/// <summary>
/// Slows guessing down. An attempt is counted before its password is looked at, so guesses sent at once do not slip through together.
/// Three subjects: the account from this address (a person who mistypes), the address (one machine, many accounts) and the account
/// (many machines, one account; generous, because anybody can lock anybody out through it). Second factors have a strict subject of their own:
/// whoever gets there has the password already.
/// </summary>
internal sealed class SignInThrottle(NpgsqlDataSource postgres, TimeProvider clock)
{
    public const int FailuresOfPairMax = 10;
    public const int FailuresOfAddressMax = 100;
    public const int FailuresOfAccountMax = 100;
    public const int FailuresOfFactorMax = FailuresOfPairMax;

    /// <summary>Failures are forgotten after this long without another attempt.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(15);

    public sealed record Attempt(bool Allowed, string[] Subjects);

    /// <summary>Before a password is looked at.</summary>
    public Task<Attempt> BeginAsync(string email, string? address, CancellationToken stop)
    {
        var account = email.Trim().ToLowerInvariant();
        // Sorted, so that two attempts at once never wait for each other in a circle.
        return CountAsync(new SortedDictionary<string, int>(StringComparer.Ordinal)
        {
            [Subject("pair", account + "\n" + address)] = FailuresOfPairMax,
            [Subject("address", address ?? "")] = FailuresOfAddressMax,
            [Subject("account", account)] = FailuresOfAccountMax,
        }, HashOf(account), stop);
    }

    /// <summary>Before a code or a recovery code is looked at.</summary>
    public Task<Attempt> BeginFactorAsync(string email, CancellationToken stop)
    {
        var account = email.Trim().ToLowerInvariant();
        return CountAsync(new SortedDictionary<string, int>(StringComparer.Ordinal) { [Subject("factor", account)] = FailuresOfFactorMax }, HashOf(account), stop);
    }

    private async Task<Attempt> CountAsync(SortedDictionary<string, int> limits, string account, CancellationToken stop)
    {
        var subjects = limits.Keys.ToArray();
        await using var connection = await postgres.OpenConnectionAsync(stop);
        var counted = await connection.QueryAsync<(string Subject, int Failures)>(
            """
            INSERT INTO identity.sign_in_failure AS f (subject, failures, last_at, account)
            SELECT subject, 1, @now, CASE WHEN subject NOT LIKE 'address:%' THEN @account END
              FROM unnest(@subjects) WITH ORDINALITY AS s(subject, place) ORDER BY place
            ON CONFLICT (subject) DO UPDATE
               SET failures = CASE WHEN f.last_at < @forget THEN 1 ELSE f.failures + 1 END,
                   -- While blocked, further attempts do not prolong the block: it ends a window after the last counted one.
                   last_at = CASE WHEN f.last_at >= @forget AND f.failures > (@limits)[array_position(@subjects, f.subject)] THEN f.last_at ELSE @now END
            RETURNING subject, failures
            """,
            new { subjects, limits = limits.Values.ToArray(), account, now = clock.GetUtcNow(), forget = clock.GetUtcNow() - Window });
        return new Attempt(counted.All(row => row.Failures <= limits[row.Subject]), subjects);
    }

    /// <summary>The password or code was right: this was no failure.</summary>
    public async Task ForgetAsync(Attempt attempt, CancellationToken stop)
    {
        await using var connection = await postgres.OpenConnectionAsync(stop);
        await connection.ExecuteAsync(
            """
            DELETE FROM identity.sign_in_failure WHERE subject = ANY(@subjects) AND (subject LIKE 'pair:%' OR subject LIKE 'factor:%' OR failures <= 1);
            UPDATE identity.sign_in_failure SET failures = failures - 1 WHERE subject = ANY(@subjects);
            DELETE FROM identity.sign_in_failure WHERE last_at < @old;
            """,
            new { subjects = attempt.Subjects, old = clock.GetUtcNow() - (2 * Window) });
    }

    /// <summary>An administrator unlocks the account, from wherever it was locked.</summary>
    public static Task ForgetAccountAsync(NpgsqlConnection connection, string email) =>
        connection.ExecuteAsync("DELETE FROM identity.sign_in_failure WHERE account = @account", new { account = HashOf(email.Trim().ToLowerInvariant()) });

    private static string Subject(string kind, string text) => $"{kind}:{HashOf(text)}";

    private static string HashOf(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
