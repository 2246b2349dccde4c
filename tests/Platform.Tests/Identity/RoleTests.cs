using Rialto.Platform.Identity;

namespace Rialto.Platform.Tests.Identity;

/// <summary>What each role may, written by hand a second time: the test that walks the routes reads the roles themselves, so it cannot see that one has too much.</summary>
public class RoleTests
{
    public static TheoryData<string, string> Roles() => new()
    {
        { "admin", "logs.read logs.write logs.manage store.read store.write store.manage club.read club.write club.manage messaging.read messaging.write messaging.manage forecast.read forecast.write forecast.manage insights.read insights.manage identity.read identity.manage platform.read platform.manage" },
        { "organization-admin", "logs.read logs.write logs.manage store.read store.write store.manage club.read club.write club.manage messaging.read messaging.write messaging.manage forecast.read forecast.write forecast.manage insights.read insights.manage identity.read identity.manage" },
        { "viewer", "logs.read store.read club.read messaging.read forecast.read insights.read platform.read" },
        { "support", "logs.read store.read club.read messaging.read platform.read" },
        { "clerk", "store.read store.write" },
        { "sales", "store.read store.write insights.read" },
        { "club-ops", "club.read club.write club.manage logs.read" },
        { "executive", "insights.read forecast.read" },
        { "analyst", "insights.read insights.manage forecast.read forecast.write logs.read" },
        { "developer", "logs.read logs.write logs.manage platform.read" },
        { "customer", "" },
        { "member", "" },
    };

    [Theory]
    [MemberData(nameof(Roles))]
    public void A_role_may_this_and_nothing_else(string role, string permissions) =>
        Role.BuiltIn[role].Order(StringComparer.Ordinal).ShouldBe(permissions.Split(' ', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal));

    [Fact]
    public void Every_role_is_held_to_it() => Role.BuiltIn.Keys.Order(StringComparer.Ordinal).ShouldBe(Roles().Select(row => row.Data.Item1).Order(StringComparer.Ordinal));
}
