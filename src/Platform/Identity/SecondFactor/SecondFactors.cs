using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;
using Dapper;
using Npgsql;
using Rialto.Platform.Secrets;

namespace Rialto.Platform.Identity.SecondFactor;

/// <summary>The second factors of people: authenticator secrets, sealed at rest, and recovery codes, hashed.</summary>
internal sealed class SecondFactors(NpgsqlDataSource postgres, SecretStore secrets, TimeProvider clock)
{
    /// <summary>Long enough to find the phone.</summary>
    private static readonly TimeSpan ChallengeLife = TimeSpan.FromMinutes(5);
    private const int TriesOfChallengeMax = 5;
    private const int TokenBytes = 32;

    /// <summary>What these secrets are sealed for; the secret store re-wraps them with its own.</summary>
    public static readonly SealedColumn Column = new("identity.totp", "user_id", "sealed", "totp");

    private sealed class Row
    {
        public required byte[] Sealed { get; init; }
        public required long LastStep { get; init; }
        public required DateTimeOffset? ConfirmedAt { get; init; }
    }

    /// <summary>Makes a secret that counts once a code of it was typed; null when the person has a second factor already.</summary>
    public async Task<byte[]?> BeginAsync(Guid user, CancellationToken stop)
    {
        var secret = Totp.NewSecret();
        await using var connection = await postgres.OpenConnectionAsync(stop);
        return await connection.ExecuteAsync(
            """
            INSERT INTO identity.totp AS t (user_id, sealed, created_at) VALUES (@user, @bytes, @now)
            ON CONFLICT (user_id) DO UPDATE SET sealed = @bytes, last_step = 0, created_at = @now WHERE t.confirmed_at IS NULL
            """,
            new { user, bytes = secrets.Seal(secret, Column, user), now = clock.GetUtcNow() }) == 1 ? secret : null;
    }

    /// <summary>Checks and uses up a code of the person's authenticator on the connection's transaction.</summary>
    /// <param name="confirmed">Whether the code is of a factor in force, or of one that is just being set up.</param>
    public async Task<bool> UseCodeAsync(NpgsqlConnection connection, Guid user, string code, bool confirmed)
    {
        var row = await connection.QuerySingleOrDefaultAsync<Row>("SELECT sealed, last_step, confirmed_at FROM identity.totp WHERE user_id = @user FOR UPDATE", new { user });
        if (row is null || row.ConfirmedAt is not null != confirmed) return false;
        var secret = secrets.Open(row.Sealed, Column, user);
        var step = Totp.Verify(secret, code, clock.GetUtcNow(), row.LastStep);
        CryptographicOperations.ZeroMemory(secret);
        if (step is null) return false;
        await connection.ExecuteAsync("UPDATE identity.totp SET last_step = @step, confirmed_at = coalesce(confirmed_at, @now) WHERE user_id = @user", new { user, step, now = clock.GetUtcNow() });
        return true;
    }

    public async Task<bool> UseRecoveryCodeAsync(NpgsqlConnection connection, Guid user, string code) =>
        RecoveryCodes.HashOf(code) is { } hash && await connection.ExecuteAsync(
            "UPDATE identity.recovery_code SET used_at = @now WHERE user_id = @user AND hash = @hash AND used_at IS NULL", new { user, hash, now = clock.GetUtcNow() }) == 1;

    /// <summary>New codes in place of all old ones; they can be shown this once.</summary>
    public static async Task<IReadOnlyList<string>> RenewRecoveryCodesAsync(NpgsqlConnection connection, Guid user)
    {
        var codes = RecoveryCodes.New();
        await connection.ExecuteAsync(
            "DELETE FROM identity.recovery_code WHERE user_id = @user; INSERT INTO identity.recovery_code (user_id, hash) SELECT @user, hash FROM unnest(@hashes) AS hash",
            new { user, hashes = codes.Select(code => RecoveryCodes.HashOf(code)!).ToArray() });
        return codes;
    }

    public static Task RemoveAsync(NpgsqlConnection connection, Guid user) =>
        connection.ExecuteAsync("DELETE FROM identity.totp WHERE user_id = @user; DELETE FROM identity.recovery_code WHERE user_id = @user", new { user });

    public static Task<bool> HasAsync(NpgsqlConnection connection, Guid user) =>
        connection.QuerySingleAsync<bool>("SELECT EXISTS (SELECT 1 FROM identity.totp WHERE user_id = @user AND confirmed_at IS NOT NULL)", new { user });

    /// <summary>What the person gets who gave the right password and still owes the second factor.</summary>
    public async Task<string> ChallengeAsync(Guid user, CancellationToken stop)
    {
        var token = RandomNumberGenerator.GetBytes(TokenBytes);
        var now = clock.GetUtcNow();
        await using var connection = await postgres.OpenConnectionAsync(stop);
        await connection.ExecuteAsync(
            """
            DELETE FROM identity.sign_in_challenge WHERE expires_at < @now;
            INSERT INTO identity.sign_in_challenge (token_hash, user_id, expires_at) VALUES (@hash, @user, @end);
            """,
            new { hash = SHA256.HashData(token), user, now, end = now + ChallengeLife });
        return Base64Url.EncodeToString(token);
    }

    /// <summary>Counts a try of the challenge, before the code is looked at; the person it is of, or null when it is over.</summary>
    public async Task<Guid?> TryAsync(NpgsqlConnection connection, string challenge) => HashOf(challenge) is { } hash
        ? await connection.QuerySingleOrDefaultAsync<Guid?>(
            "UPDATE identity.sign_in_challenge SET tries = tries + 1 WHERE token_hash = @hash AND expires_at > @now AND tries < @TriesOfChallengeMax RETURNING user_id",
            new { hash, now = clock.GetUtcNow(), TriesOfChallengeMax })
        : null;

    /// <summary>True once for one challenge.</summary>
    public static async Task<bool> EndAsync(NpgsqlConnection connection, string challenge) =>
        await connection.ExecuteAsync("DELETE FROM identity.sign_in_challenge WHERE token_hash = @hash", new { hash = HashOf(challenge) }) == 1;

    private static byte[]? HashOf(string token)
    {
        Span<byte> bytes = stackalloc byte[TokenBytes];
        return token.Length == Base64Url.GetEncodedLength(TokenBytes) && Base64Url.DecodeFromChars(token, bytes, out _, out var length) == OperationStatus.Done && length == TokenBytes
            ? SHA256.HashData(bytes)
            : null;
    }
}
