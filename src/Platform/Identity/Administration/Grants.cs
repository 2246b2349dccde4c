using Dapper;
using Npgsql;
using Rialto.Platform.Problems;

namespace Rialto.Platform.Identity.Administration;

/// <summary>
/// Nobody gives, takes over or takes away more than he has himself: who may administer people would otherwise make himself anything.
/// </summary>
internal static class Grants
{
    /// <summary>Refuses permissions that do not exist or that the caller does not hold.</summary>
    public static Problem? Refusal(Caller caller, IEnumerable<string> permissions, string field)
    {
        foreach (var permission in permissions)
        {
            if (!Permission.All.Contains(permission)) return Problem.Of(400, "permission-unknown", $"\"{permission}\" is not a permission.", field);
            if (!caller.May(permission)) return Problem.Of(403, "permission-missing", $"You cannot give {permission}, which you do not have.", field);
        }
        return null;
    }

    /// <summary>Refuses roles that do not exist in the organization or that hold what the caller does not.</summary>
    public static async Task<Problem?> RefusalOfRolesAsync(NpgsqlConnection connection, Caller caller, uint organization, IReadOnlyList<string> roles)
    {
        var own = (await connection.QueryAsync<string>(
            "SELECT r.name FROM identity.role r JOIN identity.organization o ON o.id = r.organization_id WHERE o.number = @organization AND r.name = ANY(@roles)",
            new { organization = (int)organization, roles })).ToHashSet(StringComparer.Ordinal);
        if (roles.FirstOrDefault(role => !Role.BuiltIn.ContainsKey(role) && !own.Contains(role)) is { } unknown)
            return Problem.Of(400, "role-unknown", $"There is no role \"{unknown}\".", "roles");
        return Refusal(caller, await PermissionsAsync(connection, organization, roles), "roles");
    }

    /// <summary>Refuses to touch a person who may more than the caller.</summary>
    public static Problem? RefusalToTouch(Caller caller, IEnumerable<string> permissionsOfPerson) =>
        permissionsOfPerson.FirstOrDefault(permission => !caller.May(permission)) is { } above
            ? Problem.Of(403, "permission-missing", $"This person has {above}, which you do not have; only somebody who has it may change the account.")
            : null;

    public static async Task<IReadOnlySet<string>> PermissionsAsync(NpgsqlConnection connection, uint organization, IReadOnlyList<string> roles) => Role.PermissionsOf(roles,
        await connection.QuerySingleAsync<string[]>(
            "SELECT identity.own_permissions((SELECT id FROM identity.organization WHERE number = @organization), @roles)", new { organization = (int)organization, roles }));
}
