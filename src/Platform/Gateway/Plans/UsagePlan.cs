using System.Globalization;

namespace Rialto.Platform.Gateway.Plans;

/// <summary>What a caller may use: so many requests a second on average, so many at once, so many a day (UTC). 0 = no such limit.</summary>
internal sealed class UsagePlan
{
    public required string Name { get; init; }

    /// <summary>Requests a second, on average. May be a fraction: 0.5 is one in two seconds.</summary>
    public double RatePerSecond { get; init; }

    /// <summary>How many may come at once; at least 1 when there is a rate.</summary>
    public int Burst { get; init; }

    public long DailyQuota { get; init; }

    public static readonly UsagePlan Unlimited = new() { Name = "unlimited" };

    /// <summary>How the header <c>RateLimit-Policy</c> says the rate: so many within so many seconds.</summary>
    public string RatePolicy => field ??= string.Create(CultureInfo.InvariantCulture, $"\"{Name}-rate\";q={PlanLimiter.BurstOf(this)};w={Math.Max(1, (long)Math.Ceiling(PlanLimiter.BurstOf(this) / RatePerSecond))}");

    public string DayPolicy => field ??= string.Create(CultureInfo.InvariantCulture, $"\"{Name}-day\";q={DailyQuota};w=86400");

    public bool IsUnlimited => RatePerSecond <= 0 && DailyQuota <= 0;
}

/// <summary>Metadata of an endpoint that has a plan of its own: it holds for each caller, besides the plan of his key.</summary>
internal sealed record PlanOfEndpoint(string Plan);
