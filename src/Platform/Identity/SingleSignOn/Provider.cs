using System.Text;
using Dapper;
using Npgsql;
using Rialto.Platform.Secrets;

namespace Rialto.Platform.Identity.SingleSignOn;

/// <summary>A provider of single sign-on as it is stored.</summary>
internal sealed class Provider
{
    public required Guid Id { get; init; }
    public required Guid OrganizationId { get; init; }
    public required int Organization { get; init; }
    public required string Name { get; init; }
    public required string Title { get; init; }
    public required string Issuer { get; init; }
    public required string ClientId { get; init; }
    public required byte[]? ClientSecret { get; init; }
    public required string[] Scopes { get; init; }
    public required string ClaimEmail { get; init; }
    public required string ClaimName { get; init; }
    public required string ClaimGroups { get; init; }
    public required string[] GroupNames { get; init; }
    public required string[] GroupRoles { get; init; }
    public required string[] DefaultRoles { get; init; }
    public required string[] EmailDomains { get; init; }
    public required string[] Ceiling { get; init; }
    public required bool Enabled { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>What the secret is sealed for.</summary>
    public static readonly SealedColumn Secret = new("identity.provider", "id", "client_secret", "provider");

    public string? SecretOf(SecretStore secrets) => ClientSecret is null ? null : Encoding.UTF8.GetString(secrets.Open(ClientSecret, Secret, Id));

    /// <summary>The roles that somebody of these groups gets.</summary>
    public string[] RolesOf(IReadOnlyCollection<string> groups) =>
        [.. DefaultRoles.Concat(GroupNames.Zip(GroupRoles).Where(pair => groups.Contains(pair.First)).Select(pair => pair.Second)).Distinct()];

    public const string Select =
        """
        SELECT p.*, o.number AS organization FROM identity.provider p JOIN identity.organization o ON o.id = p.organization_id
        """;

    /// <summary>A provider that may be used now.</summary>
    public static Task<Provider?> FindEnabledAsync(NpgsqlConnection connection, string name) =>
        connection.QuerySingleOrDefaultAsync<Provider>(Select + " WHERE p.name = @name AND p.enabled AND o.disabled_at IS NULL", new { name });

    public static Task<Provider?> FindAsync(NpgsqlConnection connection, string name, uint organization) =>
        connection.QuerySingleOrDefaultAsync<Provider>(Select + " WHERE p.name = @name AND o.number = @organization", new { name, organization = (int)organization });
}
