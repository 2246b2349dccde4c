using System.Collections.Frozen;
using Dapper;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using Rialto.Platform.Postgres;

namespace Rialto.Platform.Gateway.Plans;

/// <summary>The plans by name, as this node knows them: read at start, on a notification and every few seconds. Also brings back unused leases.</summary>
internal sealed partial class UsagePlans(NpgsqlDataSource postgres, PlanLimiter limiter, Notifications notifications, TimeProvider clock, ILogger<UsagePlans> log) : BackgroundService
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(500);
    private const int TicksPerRead = 6;

    private readonly ILogger _log = log;
    private FrozenDictionary<string, UsagePlan> _plans = FrozenDictionary<string, UsagePlan>.Empty;
    private volatile bool _stale = true;

    /// <summary>A plan that does not exist limits nothing: deleting one must not stop who had it.</summary>
    public UsagePlan Find(string? name) => name is not null && _plans.TryGetValue(name, out var plan) ? plan : UsagePlan.Unlimited;

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await ReadAsync(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var subscribed = notifications.Subscribe(Notifications.Gateway, () => _stale = true);
        using var timer = new PeriodicTimer(Tick, clock);
        for (var tick = 1; await timer.WaitForNextTickAsync(stoppingToken); tick++)
        {
            limiter.Return();
            if (!_stale && tick % TicksPerRead != 0) continue;
            try
            {
                await ReadAsync(stoppingToken);
            }
            catch (Exception exception) when (exception is not (OutOfMemoryException or OperationCanceledException))
            {
                LogUnread(exception.Message);
            }
        }
    }

    public async Task ReadAsync(CancellationToken stop)
    {
        _stale = false;
        await using var connection = await postgres.OpenConnectionAsync(stop);
        _plans = (await connection.QueryAsync<Row>("SELECT name, rate_per_second, burst, daily_quota FROM gateway.usage_plan")).Select(row => new UsagePlan
        {
            Name = row.Name, RatePerSecond = row.RatePerSecond, Burst = row.Burst, DailyQuota = row.DailyQuota,
        }).ToFrozenDictionary(plan => plan.Name, StringComparer.Ordinal);
    }

    private sealed record Row
    {
        public string Name { get; init; } = "";

        public double RatePerSecond { get; init; }

        public int Burst { get; init; }

        public long DailyQuota { get; init; }
    }

    [LoggerMessage(LogLevel.Warning, "The usage plans cannot be read: {Reason}. The last known ones stay in force.")]
    private partial void LogUnread(string reason);
}
