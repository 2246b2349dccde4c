using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using Dapper;
using Npgsql;
using Rialto.Platform.Postgres;

namespace Rialto.Platform.Identity;

/// <summary>A key that may be used now.</summary>
public sealed class ApiKey
{
    internal ApiKey(string id, Caller caller, byte[] secretHash, DateTimeOffset? expiresAt, bool isUseNoted)
    {
        (Id, Caller, SecretHash, ExpiresAt, _isUseNoted) = (id, caller, secretHash, expiresAt, isUseNoted ? 1 : 0);
        Principal = new CallerPrincipal(caller);
    }

    /// <summary>The public part: it may be shown and logged.</summary>
    public string Id { get; }

    public Caller Caller { get; }

    internal byte[] SecretHash { get; }

    internal DateTimeOffset? ExpiresAt { get; }

    internal ClaimsPrincipal Principal { get; }

    private int _isUseNoted;

    /// <summary>Whether this use is to be noted: the first one since the key was loaded, unless one was noted lately.</summary>
    internal bool IsToBeNoted() => Volatile.Read(ref _isUseNoted) == 0 && Interlocked.Exchange(ref _isUseNoted, 1) == 0;
}

/// <summary>
/// Keys of applications: <c>rk_&lt;id&gt;_&lt;secret&gt;</c>. The database holds the SHA-256 of the whole text; that is enough, because the secret is
/// 238 random bits and not a person's password.
/// </summary>
public sealed class ApiKeys : IDisposable
{
    private const string Alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private const int TextMax = 200;
    private const int UsesPerStatement = 1_000;

    private readonly NpgsqlDataSource _postgres;
    private readonly TimeProvider _clock;
    private readonly RevocableCache<ApiKey> _known;
    private readonly Gathering<string> _used;

    internal ApiKeys(NpgsqlDataSource postgres, TimeProvider clock, Notifications? notifications = null)
    {
        (_postgres, _clock) = (postgres, clock);
        _known = new RevocableCache<ApiKey>(clock, LoadAsync, notifications);
        _used = new(UsesPerStatement, NoteUseAsync);
        // Lives as long as the process, so it never unsubscribes.
        notifications?.Subscribe(Notifications.Identity, told => _known.Hear(told, CredentialKind.Key));
    }

    /// <summary>The key behind the text a program presented, or null. Cheap when used often: a hash and a lookup, no allocation.</summary>
    public ValueTask<ApiKey?> FindAsync(string presented)
    {
        if (presented.Length is 0 or > TextMax || presented.AsSpan().ContainsAnyExceptInRange('!', '~')) return new((ApiKey?)null);
        Span<byte> text = stackalloc byte[presented.Length];
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        Ascii.FromUtf16(presented, text, out _);
        SHA256.HashData(text, hash);

        Span<char> idSpace = stackalloc char[RawIdLength];
        var found = _known.GetAsync(IdOf(presented, hash, idSpace));
        return found.IsCompletedSuccessfully ? new(Checked(found.Result, hash)) : FinishAsync(found, hash.ToArray());
    }

    /// <summary>Makes a key and returns its text, which nobody can ask for again.</summary>
    public async Task<string> CreateAsync(Guid application, string name, IEnumerable<string> permissions, DateTimeOffset? expiresAt = null, CancellationToken stop = default)
    {
        var text = NewText();
        await StoreAsync(text, application, name, permissions, expiresAt, demo: false, stop);
        return text;
    }

    /// <summary>Effective on every node within five seconds.</summary>
    public async Task RevokeAsync(string id, CancellationToken stop = default)
    {
        await using var connection = await _postgres.OpenConnectionAsync(stop);
        await connection.ExecuteAsync("UPDATE identity.api_key SET revoked_at = @now WHERE id = @id AND revoked_at IS NULL", new { id, now = _clock.GetUtcNow() });
        _known.Forget(id);
    }

    /// <summary>Makes a key on the connection's open transaction; returns its id.</summary>
    internal async Task<string> InsertAsync(NpgsqlConnection connection, string text, Guid application, string name, IEnumerable<string> permissions, DateTimeOffset? expiresAt, string? plan, Guid? owner = null)
    {
        var hash = SHA256.HashData(Encoding.ASCII.GetBytes(text));
        var id = IdOf(text, hash, new char[RawIdLength]).ToString();
        await connection.ExecuteAsync(
            """
            INSERT INTO identity.api_key (id, secret_hash, application_id, name, permissions, expires_at, plan, owner_id)
            VALUES (@id, @hash, @application, @name, @granted, @expiresAt, @plan, @owner)
            """,
            new { id, hash, application, name, granted = permissions.ToArray(), expiresAt, plan, owner });
        return id;
    }

    public void Dispose() => _known.Dispose();

    /// <summary>What this node remembers of keys is out of date.</summary>
    internal void Forget() => _known.Clear();

    internal static string NewText() => $"rk_{RandomNumberGenerator.GetString(Alphabet, 12)}_{RandomNumberGenerator.GetString(Alphabet, 40)}";

    internal async Task StoreAsync(string text, Guid application, string name, IEnumerable<string> permissions, DateTimeOffset? expiresAt, bool demo, CancellationToken stop)
    {
        var granted = permissions.ToArray();
        if (granted.FirstOrDefault(permission => !Permission.All.Contains(permission)) is { } unknown)
            throw new ArgumentException($"\"{unknown}\" is not a permission.", nameof(permissions));
        var hash = SHA256.HashData(Encoding.ASCII.GetBytes(text));
        var id = IdOf(text, hash, new char[RawIdLength]).ToString();
        await using var connection = await _postgres.OpenConnectionAsync(stop);
        await connection.ExecuteAsync(
            """
            INSERT INTO identity.api_key (id, secret_hash, application_id, name, permissions, expires_at, demo)
            VALUES (@id, @hash, @application, @name, @granted, @expiresAt, @demo)
            ON CONFLICT (id) DO UPDATE
               SET secret_hash = @hash, application_id = @application, name = @name, permissions = @granted, expires_at = @expiresAt, revoked_at = NULL
             WHERE identity.api_key.demo AND @demo
            """,
            new { id, hash, application, name, granted, expiresAt, demo });
        _known.Clear();
    }

    private const int RawIdLength = 20;

    /// <summary>
    /// The id inside an <c>rk_</c> key. A key of another shape (an operator may fix the demo key to any text) is found by the beginning of its hash.
    /// </summary>
    private static ReadOnlySpan<char> IdOf(string text, ReadOnlySpan<byte> hash, Span<char> space)
    {
        if (text.StartsWith("rk_", StringComparison.Ordinal) && text.AsSpan(3).IndexOf('_') is > 0 and var end) return text.AsSpan(3, end);
        "raw-".CopyTo(space);
        Convert.TryToHexStringLower(hash[..8], space[4..], out _);
        return space;
    }

    private async ValueTask<ApiKey?> FinishAsync(ValueTask<ApiKey?> finding, byte[] hash) => Checked(await finding, hash);

    private ApiKey? Checked(ApiKey? key, ReadOnlySpan<byte> hash)
    {
        if (key is null || !CryptographicOperations.FixedTimeEquals(key.SecretHash, hash)) return null;
        if (key.ExpiresAt is { } end && end <= _clock.GetUtcNow()) return null;
        if (key.IsToBeNoted()) _used.Add(key.Id);
        return key;
    }

    private async Task NoteUseAsync(List<string> ids)
    {
        try
        {
            await using var connection = await _postgres.OpenConnectionAsync();
            await LastUse.NoteAsync(connection, "identity.api_key", "last_used_at", ids, _clock.GetUtcNow());
        }
        catch (Exception exception) when (exception is NpgsqlException or TimeoutException or ObjectDisposedException)
        {
            // The next load notes it.
        }
    }

    private sealed class Row
    {
        public required string Id { get; init; }
        public required byte[] SecretHash { get; init; }
        public DateTimeOffset? LastUsedAt { get; init; }
        public required string[] Permissions { get; init; }
        public required DateTimeOffset? ExpiresAt { get; init; }
        public string? Plan { get; init; }
        public string[]? OwnersRoles { get; init; }
        public string[]? OwnersPermissions { get; init; }
        public required Guid ApplicationId { get; init; }
        public required string ApplicationName { get; init; }
        public required int Application { get; init; }
        public required int Organization { get; init; }
    }

    private async Task<Dictionary<string, ApiKey>> LoadAsync(string[] ids)
    {
        await using var connection = await _postgres.OpenConnectionAsync();
        var rows = await connection.QueryAsync<Row>(
            """
            SELECT k.id, k.last_used_at, k.secret_hash, k.permissions, k.expires_at, k.plan, a.id AS application_id, a.name AS application_name, a.number AS application,
                   o.number AS organization, u.roles AS owners_roles, identity.own_permissions(u.organization_id, u.roles) AS owners_permissions
              FROM identity.api_key k
              JOIN identity.application a ON a.id = k.application_id
              JOIN identity.organization o ON o.id = a.organization_id
              LEFT JOIN identity.app_user u ON u.id = k.owner_id
             WHERE k.id = ANY(@ids) AND k.revoked_at IS NULL AND o.disabled_at IS NULL AND u.disabled_at IS NULL AND u.erased_at IS NULL
            """,
            new { ids });
        var now = _clock.GetUtcNow();
        return rows.ToDictionary(row => row.Id, row => new ApiKey(row.Id, CallerOf(row), row.SecretHash, row.ExpiresAt, isUseNoted: !LastUse.IsDue(row.LastUsedAt, now)), StringComparer.Ordinal);
    }

    private static Caller CallerOf(Row row) => new()
    {
        Kind = CallerKind.Key,
        Id = row.ApplicationId,
        Name = row.ApplicationName,
        Organization = (uint)row.Organization,
        Application = (uint)row.Application,
        ApplicationName = row.ApplicationName,
        // Who loses a role loses it in his own keys too.
        Permissions = (row.OwnersRoles is null ? row.Permissions : row.Permissions.Where(Role.PermissionsOf(row.OwnersRoles, row.OwnersPermissions!).Contains)).ToHashSet(StringComparer.Ordinal),
        Credential = row.Id,
        Plan = row.Plan,
    };
}
