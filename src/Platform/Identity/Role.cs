using System.Collections.Frozen;

namespace Rialto.Platform.Identity;

/// <summary>A named set of permissions that a person has within his organization.</summary>
public static class Role
{
    public const string Admin = "admin";
    public const string Viewer = "viewer";

    /// <summary>Everything within one organization, nothing of the installation: for organizations that are guests on somebody else's.</summary>
    public const string OrganizationAdmin = "organization-admin";

    /// <summary>The roles that come with the product. Customers and members act on what is theirs, which needs no permission.</summary>
    public static readonly FrozenDictionary<string, FrozenSet<string>> BuiltIn = new Dictionary<string, FrozenSet<string>>
    {
        [Admin] = Permission.All,
        [OrganizationAdmin] = Set([.. Permission.All.Where(permission => permission is not (Permission.PlatformRead or Permission.PlatformManage))]),
        [Viewer] = Set(Permission.LogsRead, Permission.StoreRead, Permission.ClubRead, Permission.MessagingRead, Permission.ForecastRead,
            Permission.InsightsRead, Permission.PlatformRead),
        ["support"] = Set(Permission.LogsRead, Permission.StoreRead, Permission.ClubRead, Permission.MessagingRead, Permission.PlatformRead),
        ["clerk"] = Set(Permission.StoreRead, Permission.StoreWrite),
        ["sales"] = Set(Permission.StoreRead, Permission.StoreWrite, Permission.InsightsRead),
        ["club-ops"] = Set(Permission.ClubRead, Permission.ClubWrite, Permission.ClubManage, Permission.LogsRead),
        ["executive"] = Set(Permission.InsightsRead, Permission.ForecastRead),
        ["analyst"] = Set(Permission.InsightsRead, Permission.InsightsManage, Permission.ForecastRead, Permission.ForecastWrite, Permission.LogsRead),
        ["developer"] = Set(Permission.LogsRead, Permission.LogsWrite, Permission.LogsManage, Permission.PlatformRead),
        ["customer"] = [],
        ["member"] = [],
    }.ToFrozenDictionary();

    /// <summary>The built-in roles that hold a permission.</summary>
    internal static string[] Holding(string permission) => [.. BuiltIn.Where(role => role.Value.Contains(permission)).Select(role => role.Key)];

    /// <summary>What the roles grant together; a role or a permission that no longer exists grants nothing.</summary>
    /// <param name="roles">Names.</param>
    /// <param name="own">What those of them grant that the organization made itself: <c>identity.own_permissions</c>.</param>
    public static FrozenSet<string> PermissionsOf(IEnumerable<string> roles, IEnumerable<string> own) =>
        roles.SelectMany(role => BuiltIn.GetValueOrDefault(role, [])).Concat(own.Where(Permission.All.Contains)).ToFrozenSet(StringComparer.Ordinal);

    private static FrozenSet<string> Set(params string[] permissions) => permissions.ToFrozenSet(StringComparer.Ordinal);
}
