using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;
using Dapper;
using Microsoft.AspNetCore.Http;
using Npgsql;
using Rialto.Platform.Mail;
using Rialto.Platform.Outbox;

namespace Rialto.Platform.Identity.Accounts;

/// <summary>An invitation that is still good, found by its token.</summary>
internal sealed class Invitation
{
    public const string Join = "join";
    public const string First = "first";
    public const string ForgottenPassword = "password";

    public required Guid Id { get; init; }
    public required string Purpose { get; init; }
    public required Guid? UserId { get; init; }
    public required string? Email { get; init; }
    public required string? Name { get; init; }
    public required string? OrganizationName { get; init; }
    public required int? Organization { get; init; }
}

/// <summary>
/// Links that let somebody choose a password: a new person, the first administrator, or who forgot his. The link's token is 256 random bits of which
/// only the hash is kept; it goes out by mail, or is shown once to who made it when no mail server is configured.
/// </summary>
internal sealed class Invitations(Settings settings, Mailer mailer, TimeProvider clock)
{
    private const int TokenBytes = 32;

    public static readonly TimeSpan LifeOfJoin = TimeSpan.FromDays(7);
    public static readonly TimeSpan LifeOfOthers = TimeSpan.FromHours(24);

    /// <summary>Stores an invitation and sends it, on the connection's transaction.</summary>
    /// <returns>The link, when there is no mail server that could bring it.</returns>
    public async Task<string?> SendAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, HttpContext context, Guid id, string purpose, Guid organization, Guid user, CancellationToken stop)
    {
        var now = clock.GetUtcNow();
        await connection.ExecuteAsync(
            """
            INSERT INTO identity.invitation (id, purpose, organization_id, user_id, created_by, created_at, expires_at, base_address, language)
            VALUES (@id, @purpose, @organization, @user, @by, @now, @end, @address, @language)
            """,
            new
            {
                id, purpose, organization, user, by = context.Caller().Name, now, end = now + (purpose == Invitation.Join ? LifeOfJoin : LifeOfOthers),
                address = AddressOf(context, settings), language = LanguageOf(context),
            });
        return await DeliverAsync(connection, transaction, context, id, stop);
    }

    /// <summary>Sends a stored invitation, again or for the first time.</summary>
    public async Task<string?> DeliverAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, HttpContext context, Guid id, CancellationToken stop)
    {
        if (!mailer.ReachesPeople) return LinkOf(AddressOf(context, settings), await MintAsync(connection, id));
        await connection.ExecuteAsync("UPDATE identity.invitation SET mail = 'waiting' WHERE id = @id", new { id });
        await mailer.QueueAsync(transaction, Origin.Of(context.Caller()), InvitationMail.Name, id.ToString(), stop);
        return null;
    }

    /// <summary>A new token of the invitation; the earlier ones stay good.</summary>
    public static async Task<string> MintAsync(NpgsqlConnection connection, Guid invitation)
    {
        var token = RandomNumberGenerator.GetBytes(TokenBytes);
        await connection.ExecuteAsync("INSERT INTO identity.invitation_token (hash, invitation_id) VALUES (@hash, @invitation)", new { hash = SHA256.HashData(token), invitation });
        return Base64Url.EncodeToString(token);
    }

    /// <summary>The token stands behind the #, which browsers send to no server: it gets into no log.</summary>
    public static string LinkOf(string address, string token) => $"{address}/welcome#token={token}";

    /// <summary>The invitation behind a token, locked on the connection's transaction; null when it is over.</summary>
    public async Task<Invitation?> FindAsync(NpgsqlConnection connection, string? token) => HashOf(token) is { } hash
        ? await connection.QuerySingleOrDefaultAsync<Invitation>(
            """
            SELECT i.id, i.purpose, i.user_id, u.email, u.name, o.name AS organization_name, o.number AS organization
              FROM identity.invitation i
              LEFT JOIN identity.app_user u ON u.id = i.user_id
              LEFT JOIN identity.organization o ON o.id = i.organization_id
             WHERE i.id = (SELECT invitation_id FROM identity.invitation_token WHERE hash = @hash)
               AND i.accepted_at IS NULL AND i.expires_at > @now AND u.disabled_at IS NULL AND u.erased_at IS NULL AND o.disabled_at IS NULL
               FOR UPDATE OF i
            """,
            new { hash, now = clock.GetUtcNow() })
        : null;

    /// <summary>It was used: none of its links works again.</summary>
    public Task EndAsync(NpgsqlConnection connection, Guid id) => connection.ExecuteAsync(
        "UPDATE identity.invitation SET accepted_at = @now WHERE id = @id; DELETE FROM identity.invitation_token WHERE invitation_id = @id", new { id, now = clock.GetUtcNow() });

    public static string AddressOf(HttpContext context, Settings settings) =>
        (settings.PublicUrl?.AbsoluteUri ?? $"{context.Request.Scheme}://{context.Request.Host}").TrimEnd('/');

    private static string LanguageOf(HttpContext context) =>
        context.Request.Headers.AcceptLanguage.ToString().TrimStart().StartsWith("it", StringComparison.OrdinalIgnoreCase) ? "it" : "en";

    private static byte[]? HashOf(string? token)
    {
        Span<byte> bytes = stackalloc byte[TokenBytes];
        return token is not null && token.Length == Base64Url.GetEncodedLength(TokenBytes)
            && Base64Url.DecodeFromChars(token, bytes, out _, out var length) == OperationStatus.Done && length == TokenBytes
            ? SHA256.HashData(bytes)
            : null;
    }
}
