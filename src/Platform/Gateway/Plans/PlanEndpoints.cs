using Dapper;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Npgsql;
using Rialto.Platform.Audit;
using Rialto.Platform.Gateway.Portal;
using Rialto.Platform.Identity;
using Rialto.Platform.Problems;

namespace Rialto.Platform.Gateway.Plans;

/// <summary>Usage plans: <c>/api/admin/plans</c>.</summary>
internal static class PlanEndpoints
{
    private const double RateMax = 1_000_000;

    /// <param name="RatePerSecond">On average; 0 = no limit.</param>
    /// <param name="Burst">At once.</param>
    /// <param name="DailyQuota">In a day (UTC); 0 = no limit.</param>
    public sealed record Body(double RatePerSecond, int Burst, long DailyQuota);

    public sealed record View
    {
        public string Name { get; init; } = "";
        public double RatePerSecond { get; init; }
        public int Burst { get; init; }
        public long DailyQuota { get; init; }

        /// <summary>How many keys are on it.</summary>
        public long Keys { get; init; }
    }

    public static void MapPlans(this IEndpointRouteBuilder routes)
    {
        var plans = routes.MapGroup("/api/admin/plans").WithTags("Administration");
        plans.MapGet("/", ListAsync).RequirePermission(Permission.PlatformRead).WithSummary("Usage plans.");
        plans.MapPut("/{name}", PutAsync).RequirePermission(Permission.PlatformManage).WithSummary("Makes or changes a plan; in force on all nodes within five seconds.");
        plans.MapDelete("/{name}", DeleteAsync).RequirePermission(Permission.PlatformManage).WithSummary("Deletes a plan that no key is on.");
    }

    private static async Task<IEnumerable<View>> ListAsync(NpgsqlDataSource postgres, CancellationToken stop)
    {
        await using var connection = await postgres.OpenConnectionAsync(stop);
        return await connection.QueryAsync<View>("SELECT p.*, (SELECT count(*) FROM identity.api_key k WHERE k.plan = p.name AND k.revoked_at IS NULL) AS keys FROM gateway.usage_plan p ORDER BY name");
    }

    private static async Task<Results<NoContent, Problem>> PutAsync(string name, Body body, HttpContext context, NpgsqlDataSource postgres, AuditLog audit, CancellationToken stop)
    {
        if (name.Length > 60 || !name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-')) return Problem.Of(400, "name-malformed", "A plan's name is lower-case letters, digits and dashes.", "name");
        if (body.RatePerSecond is not (>= 0 and <= RateMax)) return Problem.Of(400, "rate-out-of-range", $"The rate is 0 to {RateMax} a second.", "ratePerSecond");
        if (body.Burst < 0 || (body.RatePerSecond > 0 && body.Burst < 1)) return Problem.Of(400, "burst-out-of-range", "A rate needs a burst of at least 1.", "burst");
        if (body.DailyQuota < 0) return Problem.Of(400, "quota-out-of-range", "The quota is 0 or more.", "dailyQuota");
        await using var connection = await postgres.OpenConnectionAsync(stop);
        await using var transaction = await connection.BeginTransactionAsync(stop);
        var before = await connection.QuerySingleOrDefaultAsync<View>("SELECT * FROM gateway.usage_plan WHERE name = @name FOR UPDATE", new { name });
        await connection.ExecuteAsync(
            """
            INSERT INTO gateway.usage_plan (name, rate_per_second, burst, daily_quota) VALUES (@name, @RatePerSecond, @Burst, @DailyQuota)
            ON CONFLICT (name) DO UPDATE SET rate_per_second = @RatePerSecond, burst = @Burst, daily_quota = @DailyQuota
            """,
            new { name, body.RatePerSecond, body.Burst, body.DailyQuota });
        await audit.AppendAsync(connection, context, "gateway.plan.put", "plan:" + name, before, body, stop);
        await transaction.CommitAsync(stop);
        return TypedResults.NoContent();
    }

    private static async Task<Results<NoContent, Problem>> DeleteAsync(string name, HttpContext context, NpgsqlDataSource postgres, AuditLog audit, CancellationToken stop)
    {
        if (name == PortalKeys.Plan) return Problem.Of(409, "plan-in-use", "The developer portal puts keys on this plan; change its limits instead.");
        await using var connection = await postgres.OpenConnectionAsync(stop);
        await using var transaction = await connection.BeginTransactionAsync(stop);
        if (await connection.QuerySingleAsync<bool>("SELECT EXISTS (SELECT 1 FROM identity.api_key WHERE plan = @name AND revoked_at IS NULL)", new { name }))
            return Problem.Of(409, "plan-in-use", "Keys are on this plan; without it they would be unlimited.");
        if (await connection.QuerySingleOrDefaultAsync<View>("DELETE FROM gateway.usage_plan WHERE name = @name RETURNING *", new { name }) is not { } before)
            return Problem.Of(404, "no-such-plan", "There is no such plan.");
        await audit.AppendAsync(connection, context, "gateway.plan.delete", "plan:" + name, before, stop: stop);
        await transaction.CommitAsync(stop);
        return TypedResults.NoContent();
    }
}
