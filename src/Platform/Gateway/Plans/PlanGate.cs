using System.Globalization;
using Microsoft.AspNetCore.Http;
using Rialto.Platform.Identity;
using Rialto.Platform.Problems;

namespace Rialto.Platform.Gateway.Plans;

/// <summary>
/// Holds each request to the plan of its caller and to the plan of its endpoint. Every limited answer says where the caller stands, by the draft
/// "RateLimit header fields for HTTP"; a refusal is 429 with Retry-After.
/// </summary>
internal sealed class PlanGate(RequestDelegate next, UsagePlans plans, PlanLimiter limiter)
{
    /// <summary>Before the plan's name and the key in the name of a caller's bucket.</summary>
    public const string SubjectOfCaller = "caller/";

    public Task InvokeAsync(HttpContext context)
    {
        var known = context.User as CallerPrincipal;
        var ofCaller = plans.Find(known?.Caller.Plan);
        var ofEndpoint = plans.Find(context.GetEndpoint()?.Metadata.GetMetadata<PlanOfEndpoint>()?.Plan);
        if (ofCaller.IsUnlimited && ofEndpoint.IsUnlimited) return next(context);
        var limited = LimitAsync(context, known, ofCaller, ofEndpoint);
        // Hardly ever is there anything to wait for.
        return limited.IsCompletedSuccessfully ? limited.Result ? next(context) : Task.CompletedTask : WaitAsync(limited, context);
    }

    private async Task WaitAsync(ValueTask<bool> limited, HttpContext context)
    {
        if (await limited) await next(context);
    }

    private ValueTask<bool> LimitAsync(HttpContext context, CallerPrincipal? known, UsagePlan ofCaller, UsagePlan ofEndpoint)
    {
        if (ofCaller.IsUnlimited) return PassAsync(context, ofEndpoint, OfEndpoint(context, ofEndpoint));
        var passed = PassAsync(context, ofCaller, known!.Allowance ??= limiter.Of($"{SubjectOfCaller}{ofCaller.Name}/{known.Caller.Subject}", ofCaller));
        return ofEndpoint.IsUnlimited ? passed : BothAsync(passed, context, ofEndpoint);
    }

    private async ValueTask<bool> BothAsync(ValueTask<bool> passed, HttpContext context, UsagePlan ofEndpoint) =>
        await passed && await PassAsync(context, ofEndpoint, OfEndpoint(context, ofEndpoint));

    private Allowance OfEndpoint(HttpContext context, UsagePlan plan) =>
        limiter.Of($"endpoint/{plan.Name}/{context.GetEndpoint()!.DisplayName}/{context.CallerOrNull()?.Subject ?? context.Connection.RemoteIpAddress?.ToString()}", plan);

    private ValueTask<bool> PassAsync(HttpContext context, UsagePlan plan, Allowance allowance)
    {
        var taking = limiter.TakeAsync(allowance, plan);
        if (!taking.IsCompletedSuccessfully) return WaitAsync(context, plan, taking);
        var verdict = taking.Result;
        Say(context.Response, plan, verdict);
        return verdict.Allowed ? new(true) : RefuseAsync(context, plan, verdict);
    }

    private static async ValueTask<bool> WaitAsync(HttpContext context, UsagePlan plan, ValueTask<Verdict> taking)
    {
        var verdict = await taking;
        Say(context.Response, plan, verdict);
        return verdict.Allowed || await RefuseAsync(context, plan, verdict);
    }

    private static async ValueTask<bool> RefuseAsync(HttpContext context, UsagePlan plan, Verdict verdict)
    {
        var seconds = Math.Max(1, (int)Math.Ceiling(verdict.RetryAfter.TotalSeconds));
        context.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        var problem = verdict.ByQuota
            ? Problem.Of(StatusCodes.Status429TooManyRequests, "quota-exceeded", $"The plan {plan.Name} allows {plan.DailyQuota} requests a day (UTC), and they are used.", extra: new { retryAfter = seconds })
            : Problem.Of(StatusCodes.Status429TooManyRequests, "rate-exceeded", $"The plan {plan.Name} allows {plan.RatePerSecond.ToString(CultureInfo.InvariantCulture)} requests a second, {PlanLimiter.BurstOf(plan)} at once.", extra: new { retryAfter = seconds });
        await problem.ExecuteAsync(context);
        return false;
    }

    private static void Say(HttpResponse response, UsagePlan plan, Verdict verdict)
    {
        var headers = response.Headers;
        if (plan.RatePerSecond > 0)
        {
            var burst = PlanLimiter.BurstOf(plan);
            var remaining = Math.Min(verdict.Remaining, burst);
            headers.Append("RateLimit-Policy", plan.RatePolicy);
            headers.Append("RateLimit", string.Create(CultureInfo.InvariantCulture, $"\"{plan.Name}-rate\";r={remaining};t={Math.Max(1, (long)Math.Ceiling((burst - remaining) / plan.RatePerSecond))}"));
        }
        if (verdict.QuotaLeft is not { } left) return;
        headers.Append("RateLimit-Policy", plan.DayPolicy);
        headers.Append("RateLimit", string.Create(CultureInfo.InvariantCulture, $"\"{plan.Name}-day\";r={left};t={(long)Math.Ceiling(verdict.QuotaResets.TotalSeconds)}"));
    }
}
