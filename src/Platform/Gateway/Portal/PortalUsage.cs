using Dapper;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Npgsql;
using Rialto.Platform.ClickHouse;
using Rialto.Platform.Gateway.Plans;
using Rialto.Platform.Gateway.Requests;
using Rialto.Platform.Identity;
using Rialto.Platform.Problems;

namespace Rialto.Platform.Gateway.Portal;

/// <summary>What my keys used, day by day, and what their plans leave: <c>/api/portal/usage</c>. A program that asks with a key sees that key.</summary>
internal static class PortalUsage
{
    private const int DaysMax = 90;
    private const int DaysDefault = 30;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <param name="DailyQuota">0 = none.</param>
    public sealed record Plan(string Name, double RatePerSecond, int Burst, long DailyQuota);

    /// <param name="Refused">Answered with 4xx.</param>
    /// <param name="Errors">Answered with 5xx.</param>
    public sealed record OfDay(DateOnly Day, long Count, long Refused, long Errors, long BytesIn, long BytesOut);

    /// <param name="Key">Its id.</param>
    /// <param name="UsedToday">Of the quota, in the plan's own count: what a node holds ready for a second counts as used.</param>
    /// <param name="LeftToday">Null without a quota.</param>
    /// <param name="Days">Oldest first; a day without requests is not there.</param>
    public sealed record OfKey(string Key, string Name, string ApplicationName, Plan? Plan, long UsedToday, long? LeftToday, IReadOnlyList<OfDay> Days);

    /// <param name="ResetsAt">When the quotas of the day begin anew.</param>
    public sealed record View(DateOnly From, DateOnly To, DateTimeOffset ResetsAt, IReadOnlyList<OfKey> Items);

    public static void MapPortalUsage(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/portal/usage", ReadAsync).RequireSignedIn().WithTags("Portal").WithSummary("Requests of my keys by day (UTC), the limits of their plans and what is left of them today.");

    private sealed record Row
    {
        public string Id { get; init; } = "";
        public string Name { get; init; } = "";
        public string ApplicationName { get; init; } = "";
        public string? PlanName { get; init; }
        public double RatePerSecond { get; init; }
        public int Burst { get; init; }
        public long DailyQuota { get; init; }
        public long Used { get; init; }
    }

    private sealed record DayRow(string Key, DateOnly Day, long Count, long Refused, long Errors, long BytesIn, long BytesOut);

    private static async Task<Results<Ok<View>, Problem>> ReadAsync(int? days, HttpContext context, NpgsqlDataSource postgres, ClickHouseClient clickHouse, TimeProvider clock, CancellationToken stop)
    {
        if (days is < 1 or > DaysMax) return Problem.Of(400, "range-too-long", $"Ask for 1 to {DaysMax} days.", "days");
        var (caller, now) = (context.Caller(), clock.GetUtcNow());
        var today = DateOnly.FromDateTime(now.UtcDateTime);
        var from = today.AddDays(1 - (days ?? DaysDefault));
        var keys = await KeysAsync(postgres, caller, today, now, stop);
        var used = new Dictionary<string, List<OfDay>>(StringComparer.Ordinal);
        var options = QueryOptions.With(("own", caller.Organization), ("keys", keys.Select(key => key.Id).ToArray()), ("from", from)) with { Timeout = Patience };
        await foreach (var row in clickHouse.ReadJsonAsync<DayRow>(
            """
            SELECT Credential AS Key, toDate(Timestamp) AS Day, count() AS Count, countIf(Status BETWEEN 400 AND 499) AS Refused, countIf(Status >= 500) AS Errors,
                   sum(RequestBytes) AS BytesIn, sum(ResponseBytes) AS BytesOut
              FROM requests
             WHERE TenantId = {own:UInt32} AND Credential IN {keys:Array(String)} AND Timestamp >= toDateTime64({from:Date}, 3, 'UTC')
             GROUP BY Key, Day ORDER BY Day
            """,
            RowJson.Options, options, stop))
        {
            if (!used.TryGetValue(row.Key, out var list)) used.Add(row.Key, list = []);
            list.Add(new OfDay(row.Day, row.Count, row.Refused, row.Errors, row.BytesIn, row.BytesOut));
        }
        return TypedResults.Ok(new View(from, today, new DateTimeOffset(today.AddDays(1), TimeOnly.MinValue, TimeSpan.Zero), [.. keys.Select(key => Show(key, used.GetValueOrDefault(key.Id, []), today))]));
    }

    private static OfKey Show(Row key, List<OfDay> days, DateOnly today)
    {
        var plan = key.PlanName is { } name ? new Plan(name, key.RatePerSecond, key.Burst, key.DailyQuota) : null;
        // The bucket is what refuses; without one there is only what was measured.
        var used = plan is null ? days.Where(day => day.Day == today).Sum(day => day.Count) : key.Used;
        return new OfKey(key.Id, key.Name, key.ApplicationName, plan, used, plan is { DailyQuota: > 0 } ? Math.Max(0, plan.DailyQuota - used) : null, days);
    }

    private static async Task<List<Row>> KeysAsync(NpgsqlDataSource postgres, Caller caller, DateOnly today, DateTimeOffset now, CancellationToken stop)
    {
        await using var connection = await postgres.OpenConnectionAsync(stop);
        return (await connection.QueryAsync<Row>(
            """
            SELECT k.id, k.name, a.name AS application_name, p.name AS plan_name, p.rate_per_second, p.burst, p.daily_quota, coalesce(u.used, 0) AS used
              FROM identity.api_key k
              JOIN identity.application a ON a.id = k.application_id
              LEFT JOIN gateway.usage_plan p ON p.name = k.plan
              LEFT JOIN gateway.usage u ON u.subject = @prefix || p.name || '/' || k.id AND u.day = @today
             WHERE (k.id = @Credential OR (@Credential::text IS NULL AND k.owner_id = @Id)) AND k.revoked_at IS NULL AND (k.expires_at IS NULL OR k.expires_at > @now)
             ORDER BY k.created_at DESC, k.id
            """,
            new { prefix = PlanGate.SubjectOfCaller, today, now, caller.Credential, caller.Id })).AsList();
    }
}
