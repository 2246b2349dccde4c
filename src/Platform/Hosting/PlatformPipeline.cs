using Microsoft.AspNetCore.Builder;
using Rialto.Platform.Audit;
using Rialto.Platform.Configuration;
using Rialto.Platform.Connectors;
using Rialto.Platform.Gateway;
using Rialto.Platform.Gateway.Plans;
using Rialto.Platform.Gateway.Portal;
using Rialto.Platform.Gateway.Requests;
using Rialto.Platform.Health;
using Rialto.Platform.Identity;
using Rialto.Platform.Jobs;
using Rialto.Platform.Problems;
using Rialto.Platform.Secrets;

namespace Rialto.Platform.Hosting;

/// <summary>The way of every request, outermost first.</summary>
internal static class PlatformPipeline
{
    public static void UsePlatform(this WebApplication app, Settings settings)
    {
        app.UseMiddleware<SecurityHeaders>();
        app.UseGatewayEntrance();
        app.UseResponseCompression();
        app.UseMiddleware<ProblemPipeline>();
        app.UseRouting();
        app.UseWebFiles(settings);
        app.UseCors();
        app.UseMiddleware<CallerAuthentication>();
        app.UseAuthorization();
        app.UseGatewayPolicies();

        app.MapOpenApi("/openapi/{documentName}.json").AllowAnonymousBecause("The shape of the API is no secret, and tools fetch it without an account.");
        app.MapHealth();
        app.MapIdentity();
        app.MapConfiguration();
        app.MapSecrets();
        app.MapConnectors();
        app.MapAudit();
        app.MapPlans();
        app.MapRequestStatistics();
        app.MapPortalKeys();
        app.MapPortalUsage();
        app.MapGatewayRoutes();
        app.MapOperatorDesk();
    }
}
