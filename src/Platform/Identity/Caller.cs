using System.Security.Claims;
using Microsoft.AspNetCore.Http;
using Rialto.Platform.Gateway.Plans;

namespace Rialto.Platform.Identity;

public enum CallerKind
{
    /// <summary>A person with a session.</summary>
    User,

    /// <summary>A program with an API key of an application.</summary>
    Key,
}

/// <summary>
/// Who makes this request, established by the session cookie or an API key. Every query is scoped by <see cref="Organization"/>,
/// and by <see cref="Application"/> too when it is set.
/// </summary>
public sealed record Caller
{
    public required CallerKind Kind { get; init; }

    /// <summary>Of the user, or of the key's application.</summary>
    public required Guid Id { get; init; }

    /// <summary>Shown to people: the user's name, or the application's.</summary>
    public required string Name { get; init; }

    /// <summary>Number of the organization; <c>TenantId</c> in ClickHouse.</summary>
    public required uint Organization { get; init; }

    /// <summary>Number of the application a key belongs to; <c>AppId</c> in ClickHouse. Null for people: they see all applications of their organization.</summary>
    public uint? Application { get; init; }

    public string? ApplicationName { get; init; }

    public required IReadOnlySet<string> Permissions { get; init; }

    /// <summary>Id of the API key or OAuth client that was presented; null for people.</summary>
    public string? Credential { get; init; }

    /// <summary>Name of the usage plan the credential is on; null = none.</summary>
    public string? Plan { get; init; }

    /// <summary>One text for one caller: the person, or the single key.</summary>
    public string Subject => Credential ?? Id.ToString();

    public bool May(string permission) => Permissions.Contains(permission);
}

/// <summary>Carries the <see cref="Caller"/> through the framework. One instance serves every request of a key or session.</summary>
internal sealed class CallerPrincipal(Caller caller) : ClaimsPrincipal(new ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, caller.Id.ToString())], Scheme))
{
    public const string Scheme = "rialto";

    public Caller Caller { get; } = caller;

    /// <summary>What this node holds of the caller's plan, so that it is not looked for with each request.</summary>
    public Allowance? Allowance { get; set; }
}

public static class CallerOfRequest
{
    /// <summary>The authenticated caller. Only endpoints that allow anonymous requests have none: they use <see cref="CallerOrNull"/>.</summary>
    /// <exception cref="InvalidOperationException">The endpoint allows anonymous requests and this is one.</exception>
    public static Caller Caller(this HttpContext context) =>
        context.User.Caller() ?? throw new InvalidOperationException("The endpoint allows anonymous requests, so there may be no caller.");

    public static Caller? CallerOrNull(this HttpContext context) => context.User.Caller();

    /// <summary>For SignalR hubs: <c>Context.User!.Caller()</c>.</summary>
    public static Caller? Caller(this ClaimsPrincipal principal) => (principal as CallerPrincipal)?.Caller;
}
