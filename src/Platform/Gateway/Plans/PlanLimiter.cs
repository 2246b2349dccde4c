using System.Collections.Concurrent;
using Dapper;
using Microsoft.Extensions.Logging;
using Npgsql;
using Rialto.Platform.Postgres;

namespace Rialto.Platform.Gateway.Plans;

/// <summary>
/// Holds callers to their plans, on all nodes together. The truth is one token bucket for each subject in PostgreSQL; a node takes tokens from it ahead
/// of use, in leases of a second's worth but at most an eighth of the burst, and brings unused ones back after <see cref="LeaseLife"/>. Therefore:
/// <list type="bullet">
/// <item>All nodes together never pass more than burst + rate × time, nor more than the daily quota.</item>
/// <item>One node alone passes exactly that. With n nodes, up to (n - 1) leases may lie unused on other nodes for <see cref="LeaseLife"/>: so much less of a burst may pass, and of the rate nothing less.</item>
/// <item>While PostgreSQL is down each node goes by a bucket of its own of the same plan: up to n times the rate, no quota.</item>
/// </list>
/// Requests for many subjects are leased in one statement: while one is under way the next collects.
/// </summary>
internal sealed partial class PlanLimiter : IAsyncDisposable
{
    public static readonly TimeSpan LeaseLife = TimeSpan.FromMinutes(1);

    private const int LeasesOfBurst = 8;
    private const long LeaseOfQuotaOnly = 20;
    private const int SubjectsPerStatement = 1_000;

    private readonly record struct Asked(Allowance Allowance, long Want, long Return);

    private readonly NpgsqlDataSource _postgres;
    private readonly TimeProvider _clock;
    private readonly ILogger _log;
    private readonly ConcurrentDictionary<string, Allowance> _allowances = new(StringComparer.Ordinal);
    private readonly Gathering<Asked> _leases;

    public PlanLimiter(NpgsqlDataSource postgres, TimeProvider clock, ILogger<PlanLimiter> log)
    {
        (_postgres, _clock, _log) = (postgres, clock, log);
        _leases = new(SubjectsPerStatement, LeaseAsync);
    }

    public static long LeaseOf(UsagePlan plan)
    {
        if (plan.RatePerSecond <= 0) return LeaseOfQuotaOnly;
        return Math.Clamp((long)plan.RatePerSecond, 1, Math.Max(1, BurstOf(plan) / LeasesOfBurst));
    }

    public static int BurstOf(UsagePlan plan) => Math.Max(1, plan.Burst);

    /// <summary>What this node holds for the subject. It may be kept for <see cref="TakeAsync"/>, also beyond its time.</summary>
    public Allowance Of(string subject, UsagePlan plan) => _allowances.GetOrAdd(subject, static (name, plan) => new Allowance(name, plan), plan);

    /// <summary>Counts one request. Waits for the database only when the node holds no token.</summary>
    public ValueTask<Verdict> TakeAsync(Allowance allowance, UsagePlan plan)
    {
        var asking = Take(ref allowance, plan, out var verdict);
        return asking is null ? new(verdict) : WaitAsync(allowance, plan, asking);
    }

    private async ValueTask<Verdict> WaitAsync(Allowance allowance, UsagePlan plan, Task asking)
    {
        while (true)
        {
            await asking;
            if (Take(ref allowance, plan, out var verdict) is not { } again) return verdict;
            asking = again;
        }
    }

    /// <summary>Null and the verdict, or what is to be waited for before the next try.</summary>
    private Task? Take(ref Allowance allowance, UsagePlan plan, out Verdict verdict)
    {
        while (true)
        {
            lock (allowance)
            {
                if (!allowance.IsReturned) return TakeHeld(allowance, plan, out verdict);
            }
            allowance = Of(allowance.Subject, plan);
        }
    }

    private Task? TakeHeld(Allowance allowance, UsagePlan plan, out Verdict verdict)
    {
        allowance.Plan = plan;
        allowance.UsedAt = _clock.GetTimestamp();
        verdict = default;
        if (allowance.Held > 0)
        {
            allowance.Held--;
            // Ask before it is empty, so that hardly any request waits.
            if (allowance.Held < LeaseOf(plan) / 2 && allowance.Asking is null && allowance.LeftTokens >= 1) Ask(allowance);
            verdict = Passed(allowance);
            return null;
        }
        var since = _clock.GetElapsedTime(allowance.AnsweredAt);
        if (allowance.Asking is not null || since >= allowance.EmptyFor) return (allowance.Asking ?? Ask(allowance)).Task;
        verdict = Refused(allowance, allowance.EmptyFor - since);
        return null;
    }

    /// <summary>Brings back what nobody used lately and forgets the subject. Called from time to time.</summary>
    public void Return()
    {
        foreach (var (subject, allowance) in _allowances)
        {
            lock (allowance)
            {
                if (_clock.GetElapsedTime(allowance.UsedAt) < LeaseLife || allowance.Asking is not null) continue;
                allowance.IsReturned = true;
                _allowances.TryRemove(subject, out _);
                if (allowance.Held == 0) continue;
                _leases.Add(new(allowance, 0, allowance.Held));
                allowance.Held = 0;
            }
        }
    }

    private static Verdict Passed(Allowance allowance) =>
        new(true, Remaining(allowance), TimeSpan.Zero, allowance.LeftQuota + allowance.Held, allowance.ToMidnight, false);

    private static long Remaining(Allowance allowance)
    {
        var left = allowance.Held + (allowance.Plan.RatePerSecond > 0 ? (long)allowance.LeftTokens : long.MaxValue / 2);
        return allowance.LeftQuota is { } quota ? Math.Min(left, quota + allowance.Held) : left;
    }

    private static Verdict Refused(Allowance allowance, TimeSpan retryAfter) => new(false, 0, retryAfter, allowance.LeftQuota, allowance.ToMidnight, allowance.EmptyByQuota);

    private TaskCompletionSource Ask(Allowance allowance)
    {
        var asking = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        allowance.Asking = asking;
        _leases.Add(new(allowance, LeaseOf(allowance.Plan), 0));
        return asking;
    }

    private sealed record Grant
    {
        public int Place { get; init; }

        public long Granted { get; init; }

        public double LeftTokens { get; init; }

        public long? LeftQuota { get; init; }

        public double SecondsToMidnight { get; init; }
    }

    private async Task LeaseAsync(List<Asked> asked)
    {
        // A subject may bring back and ask anew. Of several that ask for the same one, who gets nothing here asks again.
        var batch = asked.GroupBy(one => one.Allowance.Subject, StringComparer.Ordinal)
            .Select(same => new Asked((same.Any(one => one.Want > 0) ? same.First(one => one.Want > 0) : same.First()).Allowance, same.Sum(one => one.Want), same.Sum(one => one.Return)))
            .ToArray();
        try
        {
            await using var connection = await _postgres.OpenConnectionAsync();
            // A crash of the database may forget some tokens of the last moment; each request would otherwise wait for the disk.
            var grants = await connection.QueryAsync<Grant>(
                """
                SET synchronous_commit = off;
                SELECT * FROM gateway.lease(@subjects, @rates, @bursts, @quotas, @wants, @returns);
                """,
                new
                {
                    subjects = batch.Select(one => one.Allowance.Subject).ToArray(),
                    rates = batch.Select(one => one.Allowance.Plan.RatePerSecond).ToArray(),
                    bursts = batch.Select(one => (double)BurstOf(one.Allowance.Plan)).ToArray(),
                    quotas = batch.Select(one => one.Allowance.Plan.DailyQuota).ToArray(),
                    wants = batch.Select(one => one.Want).ToArray(),
                    returns = batch.Select(one => one.Return).ToArray(),
                });
            foreach (var grant in grants) Take(batch[grant.Place - 1].Allowance, grant);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // Whatever it was: requests wait for this, and must go on.
            LogAlone(exception.Message);
            foreach (var one in batch) TakeAlone(one.Allowance);
        }
        foreach (var allowance in asked.Where(one => one.Want > 0).Select(one => one.Allowance))
        {
            TaskCompletionSource? asking;
            lock (allowance) (asking, allowance.Asking) = (allowance.Asking, null);
            asking?.SetResult();
        }
    }

    private void Take(Allowance allowance, Grant grant)
    {
        lock (allowance)
        {
            allowance.Held += grant.Granted;
            allowance.AnsweredAt = _clock.GetTimestamp();
            allowance.LeftTokens = grant.LeftTokens;
            allowance.LeftQuota = grant.LeftQuota;
            allowance.ToMidnight = TimeSpan.FromSeconds(grant.SecondsToMidnight);
            allowance.EmptyByQuota = grant.LeftQuota == 0;
            allowance.EmptyFor = grant.Granted > 0 || (allowance.Plan.RatePerSecond <= 0 && !allowance.EmptyByQuota) ? TimeSpan.Zero
                : allowance.EmptyByQuota ? allowance.ToMidnight
                : TimeSpan.FromSeconds((1 - grant.LeftTokens) / allowance.Plan.RatePerSecond);
        }
    }

    /// <summary>The database does not answer: the node refills by itself, once in a lease's time.</summary>
    private void TakeAlone(Allowance allowance)
    {
        lock (allowance)
        {
            var since = _clock.GetElapsedTime(allowance.AnsweredAt);
            var earned = allowance.Plan.RatePerSecond > 0 ? (long)Math.Min(BurstOf(allowance.Plan), since.TotalSeconds * allowance.Plan.RatePerSecond) : LeaseOfQuotaOnly;
            allowance.Held += earned;
            allowance.LeftTokens = 0;
            allowance.EmptyByQuota = false;
            if (earned > 0) (allowance.AnsweredAt, allowance.EmptyFor) = (_clock.GetTimestamp(), TimeSpan.Zero);
            else allowance.EmptyFor = TimeSpan.FromSeconds(Math.Min(1, 1 / allowance.Plan.RatePerSecond));
        }
    }

    /// <summary>Brings everything back: another node can use it.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (var allowance in _allowances.Values)
        {
            lock (allowance)
            {
                if (allowance.Held > 0) _leases.Add(new(allowance, 0, allowance.Held));
                allowance.Held = 0;
            }
        }
        _allowances.Clear();
        await _leases.DrainAsync();
    }

    [LoggerMessage(LogLevel.Warning, "Usage plans cannot be shared between nodes: {Reason}. This node goes by itself.")]
    private partial void LogAlone(string reason);
}
