using Microsoft.AspNetCore.Routing;
using Rialto.Platform.Identity.Accounts;
using Rialto.Platform.Identity.Administration;
using Rialto.Platform.Identity.Programs;
using Rialto.Platform.Identity.SingleSignOn;

namespace Rialto.Platform.Identity;

internal static class IdentityEndpoints
{
    /// <summary>Everything under <c>/api/identity</c>, and the administration of people and programs.</summary>
    public static void MapIdentity(this IEndpointRouteBuilder routes)
    {
        routes.MapSignIn();
        routes.MapSingleSignOn();
        routes.MapWelcome();
        routes.MapMyAccount();
        routes.MapSessionAdministration();
        routes.MapOrganizationAdministration();
        routes.MapApplicationAdministration();
        routes.MapKeyAdministration();
        routes.MapUserAdministration();
        routes.MapPersonalDataAdministration();
        routes.MapInvitationAdministration();
        routes.MapRoleAdministration();
        routes.MapProviderAdministration();
        routes.MapClientAdministration();
        routes.MapMyTokens();
        routes.MapTokenEndpoint();
    }
}
