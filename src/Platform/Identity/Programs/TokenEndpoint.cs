using System.Text;
using System.Text.Json.Serialization;
using Dapper;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Npgsql;
using Rialto.Platform.Hosting;

namespace Rialto.Platform.Identity.Programs;

/// <summary><c>POST /oauth/token</c> (RFC 6749): client credentials, and refreshing of an app's tokens. Passwords are not taken here.</summary>
internal static class TokenEndpoint
{
    public static readonly TimeSpan AccessLife = TimeSpan.FromHours(1);
    public static readonly TimeSpan RefreshLife = TimeSpan.FromDays(60);

    private const string ClientCredentials = "client_credentials";
    private const string RefreshToken = "refresh_token";

    /// <summary>As RFC 6749 5.1 spells it.</summary>
    public sealed record Granted(
        [property: JsonPropertyName("access_token")] string AccessToken,
        [property: JsonPropertyName("token_type")] string TokenType,
        [property: JsonPropertyName("expires_in")] int ExpiresIn,
        [property: JsonPropertyName("scope")] string Scope,
        [property: JsonPropertyName("refresh_token"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? RefreshToken);

    /// <summary>As RFC 6749 5.2 spells it.</summary>
    public sealed record Refused([property: JsonPropertyName("error")] string Error, [property: JsonPropertyName("error_description")] string Description);

    public static void MapTokenEndpoint(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/oauth/token", TokenAsync).AllowAnonymousBecause("The client's secret or the refresh token is the proof.").DisableAntiforgery().WithTags("Identity")
            .WithSummary("OAuth 2: a bearer token for a client's id and secret, or for a refresh token.").Produces<Granted>().Produces<Refused>(400).Produces<Refused>(401)
            .DescribeBody(("application/x-www-form-urlencoded", "grant_type=client_credentials&client_id=rc_...&client_secret=...&scope=logs.read"));

    private static async Task<IResult> TokenAsync(HttpContext context, NpgsqlDataSource postgres, AccessTokens tokens, TimeProvider clock, CancellationToken stop)
    {
        context.Response.Headers.CacheControl = "no-store";
        if (!context.Request.HasFormContentType) return Refuse(400, "invalid_request", "The parameters come as application/x-www-form-urlencoded.");
        var form = await context.Request.ReadFormAsync(stop);
        // A parameter given twice could mean either.
        if (form.Any(field => field.Value.Count != 1)) return Refuse(400, "invalid_request", "A parameter is given more than once.");
        return form["grant_type"].ToString() switch
        {
            ClientCredentials => await ForClientAsync(context, form, postgres, clock, stop),
            RefreshToken => await RefreshAsync(form, postgres, tokens, clock, stop),
            "" => Refuse(400, "invalid_request", "grant_type is missing."),
            _ => Refuse(400, "unsupported_grant_type", $"Only {ClientCredentials} and {RefreshToken} are offered."),
        };
    }

    private sealed class Client
    {
        public required string Id { get; init; }
        public required byte[] SecretHash { get; init; }
        public required string[] Permissions { get; init; }
    }

    private static async Task<IResult> ForClientAsync(HttpContext context, IFormCollection form, NpgsqlDataSource postgres, TimeProvider clock, CancellationToken stop)
    {
        var (id, text) = Credentials(context, form);
        await using var connection = await postgres.OpenConnectionAsync(stop);
        var client = id is null ? null : await connection.QuerySingleOrDefaultAsync<Client>(
            """
            SELECT c.id, c.secret_hash, c.permissions
              FROM identity.client c JOIN identity.application a ON a.id = c.application_id JOIN identity.organization o ON o.id = a.organization_id
             WHERE c.id = @id AND c.revoked_at IS NULL AND o.disabled_at IS NULL
            """,
            new { id });
        if (client is null || ProgramSecret.Read(text, ProgramSecret.ClientPrefix) is not { } secret || !secret.Matches(client.SecretHash))
        {
            if (context.Request.Headers.Authorization.Count > 0) context.Response.Headers.WWWAuthenticate = "Basic realm=\"rialto\"";
            return Refuse(401, "invalid_client", "There is no such client with this secret.");
        }
        var asked = form["scope"].ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (asked.FirstOrDefault(scope => !client.Permissions.Contains(scope)) is { } above) return Refuse(400, "invalid_scope", $"The client may not have {Shown(above)}.");
        var scopes = asked.Length > 0 ? asked.Distinct().ToArray() : client.Permissions;
        var token = ProgramSecret.New(ProgramSecret.TokenPrefix);
        var now = clock.GetUtcNow();
        await connection.ExecuteAsync(
            """
            INSERT INTO identity.token (id, hash, kind, family, client_id, name, permissions, created_at, expires_at) VALUES (@Id, @Hash, 'client', @family, @client, '', @scopes, @now, @end);
            DELETE FROM identity.token WHERE client_id = @client AND expires_at < @now;
            """,
            new { token.Id, token.Hash, family = Guid.CreateVersion7(now), client = client.Id, scopes, now, end = now + AccessLife });
        return TypedResults.Ok(Answer(token, scopes, null));
    }

    private sealed class Old
    {
        public required Guid Family { get; init; }
        public required byte[] Hash { get; init; }
        public required Guid UserId { get; init; }
        public required string Name { get; init; }
        public required string[] Permissions { get; init; }
        public required DateTimeOffset ExpiresAt { get; init; }
        public required DateTimeOffset? UsedAt { get; init; }
        public required bool Usable { get; init; }
    }

    private static async Task<IResult> RefreshAsync(IFormCollection form, NpgsqlDataSource postgres, AccessTokens tokens, TimeProvider clock, CancellationToken stop)
    {
        var over = Refuse(400, "invalid_grant", "The refresh token is wrong, expired, used or revoked. Sign in again.");
        if (ProgramSecret.Read(form["refresh_token"].ToString(), ProgramSecret.RefreshPrefix) is not { } secret) return over;
        var now = clock.GetUtcNow();
        await using var connection = await postgres.OpenConnectionAsync(stop);
        await using var transaction = await connection.BeginTransactionAsync(stop);
        var old = await connection.QuerySingleOrDefaultAsync<Old>(
            """
            SELECT t.family, t.hash, t.user_id, t.name, t.permissions, t.expires_at, t.used_at,
                   t.revoked_at IS NULL AND u.disabled_at IS NULL AND u.erased_at IS NULL AND o.disabled_at IS NULL AS usable
              FROM identity.token t JOIN identity.app_user u ON u.id = t.user_id JOIN identity.organization o ON o.id = u.organization_id
             WHERE t.id = @Id AND t.kind = 'refresh' FOR UPDATE OF t
            """,
            new { secret.Id });
        if (old is null || !secret.Matches(old.Hash)) return over;
        if (old.UsedAt is not null)
        {
            // Two have it: the app, or a thief. Which one came first nobody can say, so both must go.
            await connection.ExecuteAsync("UPDATE identity.token SET revoked_at = @now WHERE family = @Family AND revoked_at IS NULL", new { now, old.Family });
            await transaction.CommitAsync(stop);
            tokens.Forget();
            return over;
        }
        if (!old.Usable || old.ExpiresAt <= now) return over;
        var asked = form["scope"].ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (asked.FirstOrDefault(scope => !old.Permissions.Contains(scope)) is { } above) return Refuse(400, "invalid_scope", $"The token never had {Shown(above)}.");
        await connection.ExecuteAsync("UPDATE identity.token SET used_at = @now WHERE id = @Id", new { now, secret.Id });
        var granted = await IssueAsync(connection, old.UserId, old.Family, old.Name, old.Permissions, asked.Length > 0 ? asked : old.Permissions, now);
        await transaction.CommitAsync(stop);
        return TypedResults.Ok(granted);
    }

    /// <summary>An access token and the refresh token that follows it, on the connection's transaction.</summary>
    public static async Task<Granted> IssueAsync(NpgsqlConnection connection, Guid user, Guid family, string name, string[] permissions, string[] scopes, DateTimeOffset now)
    {
        var (access, refresh) = (ProgramSecret.New(ProgramSecret.TokenPrefix), ProgramSecret.New(ProgramSecret.RefreshPrefix));
        await connection.ExecuteAsync(
            """
            INSERT INTO identity.token (id, hash, kind, family, user_id, name, permissions, created_at, expires_at)
            VALUES (@accessId, @accessHash, 'app', @family, @user, @name, @scopes, @now, @accessEnd), (@refreshId, @refreshHash, 'refresh', @family, @user, @name, @permissions, @now, @refreshEnd);
            """,
            new
            {
                accessId = access.Id, accessHash = access.Hash, refreshId = refresh.Id, refreshHash = refresh.Hash, family, user, name, scopes, permissions, now,
                accessEnd = now + AccessLife, refreshEnd = now + RefreshLife,
            });
        return Answer(access, scopes, refresh.Text);
    }

    private static Granted Answer(ProgramSecret token, string[] scopes, string? refresh) =>
        new(token.Text, "Bearer", (int)AccessLife.TotalSeconds, string.Join(' ', scopes.Order(StringComparer.Ordinal)), refresh);

    /// <summary>By HTTP Basic, whose parts are form-encoded, or in the body; never both.</summary>
    private static (string? Id, string? Secret) Credentials(HttpContext context, IFormCollection form)
    {
        var header = context.Request.Headers.Authorization.ToString();
        if (header.Length == 0) return (form["client_id"], form["client_secret"]);
        if (!header.StartsWith("Basic ", StringComparison.OrdinalIgnoreCase) || form.ContainsKey("client_secret")) return (null, null);
        var buffer = new byte[header.Length];
        if (!Convert.TryFromBase64String(header[6..].Trim(), buffer, out var length)) return (null, null);
        return Encoding.UTF8.GetString(buffer, 0, length).Split(':', 2) is [var id, var secret] ? (Uri.UnescapeDataString(id), Uri.UnescapeDataString(secret)) : (null, null);
    }

    private static string Shown(string scope) => Permission.All.Contains(scope) ? scope : "this scope";

    private static IResult Refuse(int status, string error, string description) => TypedResults.Json(new Refused(error, description), statusCode: status);
}
