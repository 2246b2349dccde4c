using Dapper;
using Microsoft.AspNetCore.Identity;
using Npgsql;

namespace Rialto.Platform.Identity;

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
