using Microsoft.AspNetCore.Routing;
using Rialto.Platform.Identity.Accounts;
using Rialto.Platform.Identity.Administration;

namespace Rialto.Platform.Identity;

internal static class IdentityEndpoints
{
    /// <summary>Everything under <c>/api/identity</c>, and the administration of people and programs.</summary>
    public static void MapIdentity(this IEndpointRouteBuilder routes)
    {
        routes.MapSignIn();
        routes.MapWelcome();
        routes.MapMyAccount();
        routes.MapSessionAdministration();
        routes.MapOrganizationAdministration();
        routes.MapApplicationAdministration();
        routes.MapKeyAdministration();
        routes.MapUserAdministration();
        routes.MapInvitationAdministration();
        routes.MapRoleAdministration();
    }
}
