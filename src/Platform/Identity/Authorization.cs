using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Infrastructure;
using Microsoft.AspNetCore.Authorization.Policy;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Rialto.Platform.Problems;

namespace Rialto.Platform.Identity;

/// <summary>
/// Every endpoint says who may call it, with exactly one of these. Without any, the fallback policy demands a signed-in caller,
/// and a test that walks all routes fails.
/// </summary>
public static class Authorization
{
    public static TBuilder RequirePermission<TBuilder>(this TBuilder endpoint, string permission)
        where TBuilder : IEndpointConventionBuilder
    {
        if (!Permission.All.Contains(permission)) throw new ArgumentException($"\"{permission}\" is not a permission.", nameof(permission));
        var requirement = new PermissionRequirement(permission);
        return endpoint.RequireAuthorization(policy => policy.AddRequirements(requirement)).WithMetadata(requirement);
    }

    /// <summary>Any authenticated caller; what he sees is scoped to himself.</summary>
    public static TBuilder RequireSignedIn<TBuilder>(this TBuilder endpoint)
        where TBuilder : IEndpointConventionBuilder =>
        endpoint.RequireAuthorization(policy => policy.RequireAuthenticatedUser());

    /// <summary>The reason is for the reader of the code and of the test that walks all routes.</summary>
    public static TBuilder AllowAnonymousBecause<TBuilder>(this TBuilder endpoint, string reason)
        where TBuilder : IEndpointConventionBuilder =>
        endpoint.AllowAnonymous().WithMetadata(new AnonymousReason(reason));

    internal static void AddRialtoAuthorization(this IServiceCollection services)
    {
        services.AddAuthorizationBuilder()
            .SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());
        services.AddSingleton<IPolicyEvaluator, CallerPolicy>();
        services.AddSingleton<IAuthorizationMiddlewareResultHandler, AuthorizationAnswers>();
    }
}

/// <summary>Metadata of an endpoint that demands a permission.</summary>
public sealed record PermissionRequirement(string Permission) : IAuthorizationRequirement;

/// <summary>Metadata of an endpoint that anybody may call.</summary>
public sealed record AnonymousReason(string Reason);

/// <summary>
/// Judges the caller that <see cref="CallerAuthentication"/> established. Says yes at once to one who may: most requests are of such callers. Everything else is
/// the framework's to judge, and it knows nobody who may grant a <see cref="PermissionRequirement"/>: what is not a yes here is a no, with what is missing.
/// </summary>
internal sealed class CallerPolicy(IAuthorizationService authorization) : PolicyEvaluator(authorization)
{
    private static readonly Task<AuthenticateResult> NothingNew = Task.FromResult(AuthenticateResult.NoResult());
    private static readonly Task<PolicyAuthorizationResult> Yes = Task.FromResult(PolicyAuthorizationResult.Success());

    public override Task<AuthenticateResult> AuthenticateAsync(AuthorizationPolicy policy, HttpContext context) => NothingNew;

    public override Task<PolicyAuthorizationResult> AuthorizeAsync(AuthorizationPolicy policy, AuthenticateResult authenticationResult, HttpContext context, object? resource)
    {
        var caller = context.CallerOrNull();
        if (caller is not null && MayAll(caller, policy.Requirements)) return Yes;
        // Known and refused is 403, unknown is 401.
        var known = caller is null ? authenticationResult : AuthenticateResult.Success(new AuthenticationTicket(context.User, CallerPrincipal.Scheme));
        return base.AuthorizeAsync(policy, known, context, resource);
    }

    private static bool MayAll(Caller caller, IReadOnlyList<IAuthorizationRequirement> requirements)
    {
        for (var i = 0; i < requirements.Count; i++)
        {
            if (requirements[i] is DenyAnonymousAuthorizationRequirement || (requirements[i] is PermissionRequirement needed && caller.May(needed.Permission))) continue;
            return false;
        }
        return true;
    }
}

/// <summary>Says which permission is missing, so that an operator knows what to grant.</summary>
internal sealed class AuthorizationAnswers : IAuthorizationMiddlewareResultHandler
{
    public Task HandleAsync(RequestDelegate next, HttpContext context, AuthorizationPolicy policy, PolicyAuthorizationResult authorizeResult)
    {
        if (authorizeResult.Succeeded) return next(context);
        if (authorizeResult.Challenged) return CallerAuthentication.ChallengeAsync(context);
        var missing = authorizeResult.AuthorizationFailure?.FailedRequirements.OfType<PermissionRequirement>().FirstOrDefault()?.Permission;
        var problem = missing is null
            ? Problem.OfStatus(StatusCodes.Status403Forbidden)
            : Problem.Of(StatusCodes.Status403Forbidden, "permission-missing", $"This needs the permission {missing}.", extra: new { permission = missing });
        return problem.ExecuteAsync(context);
    }
}
