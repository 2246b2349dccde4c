using System.Reflection;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Rialto.Platform.Identity;

namespace Rialto.Platform.Health;

/// <summary><c>/health/live</c>, <c>/health/ready</c> for load balancers and <c>/api/platform/status</c> for people.</summary>
internal static class HealthEndpoints
{
    /// <param name="Status"><c>live</c> or <c>ready</c> or <c>not-ready</c>.</param>
    /// <param name="NotReady">Names of the parts that are down.</param>
    public sealed record Health(string Status, IReadOnlyList<string> NotReady);

    /// <param name="Status"><c>ready</c>, <c>degraded</c> or <c>starting</c>.</param>
    /// <param name="Parts">Every part of this node.</param>
    /// <param name="Version">Of the binary.</param>
    /// <param name="UptimeSeconds">Since this process was ready.</param>
    public sealed record NodeStatus(string Status, IReadOnlyList<Part> Parts, string Version, long UptimeSeconds);

    public sealed record Part(string Name, PartStatus Status, string Detail);

    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/health/live", () => TypedResults.Ok(new Health("live", [])))
            .AllowAnonymousBecause("A load balancer has no account.").WithTags("Health").WithSummary("The process answers.");
        routes.MapGet("/health/ready", ReadyAsync)
            .AllowAnonymousBecause("A load balancer has no account; names of parts, no details.").WithTags("Health").WithSummary("Every part works, or which does not.");
        routes.MapGet("/api/platform/status", StatusAsync).RequirePermission(Permission.PlatformRead).WithTags("Platform").WithSummary("Every part with its detail.");
    }

    private static async Task<JsonHttpResult<Health>> ReadyAsync(HealthCheck health, CancellationToken stop)
    {
        var down = (await health.CheckAsync(stop)).Where(part => part.Status == PartStatus.Down).Select(part => part.Name).ToArray();
        return TypedResults.Json(
            new Health(down.Length == 0 ? "ready" : "not-ready", down),
            statusCode: down.Length == 0 ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);
    }

    private static async Task<NodeStatus> StatusAsync(HealthCheck health, CancellationToken stop)
    {
        var parts = await health.CheckAsync(stop);
        return new NodeStatus(parts.All(part => part.Status == PartStatus.Ready) ? "ready" : "degraded", parts, Version, (long)health.Uptime.TotalSeconds);
    }

    internal static string Version { get; } =
        typeof(HealthEndpoints).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0";
}

/// <summary>Asks every part at once; one that does not answer in time is down.</summary>
internal sealed class HealthCheck(IEnumerable<IHealthPart> parts, TimeProvider clock)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private readonly IHealthPart[] _parts = [.. parts];
    private readonly long _startedAt = clock.GetTimestamp();

    public TimeSpan Uptime => clock.GetElapsedTime(_startedAt);

    public Task<HealthEndpoints.Part[]> CheckAsync(CancellationToken stop) => Task.WhenAll(_parts.Select(part => CheckAsync(part, stop)));

    private async Task<HealthEndpoints.Part> CheckAsync(IHealthPart part, CancellationToken stop)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(stop);
        timeout.CancelAfter(Patience);
        try
        {
            var health = await part.CheckAsync(timeout.Token).AsTask().WaitAsync(Patience, clock, stop);
            return new HealthEndpoints.Part(part.Name, health.Status, health.Detail);
        }
        catch (Exception exception) when (!stop.IsCancellationRequested)
        {
            return new HealthEndpoints.Part(part.Name, PartStatus.Down, exception is TimeoutException or OperationCanceledException ? "does not answer" : exception.Message);
        }
    }
}
