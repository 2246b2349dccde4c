using System.Collections.Concurrent;
using Dapper;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace Rialto.Platform.Gateway.Plans;

/// <summary>
/// Holds callers to their plans, on all nodes together. The truth is one token bucket for each subject in PostgreSQL; a node takes tokens from it ahead
/// of use, in leases of a tenth of a second's worth, and brings unused ones back after <see cref="LeaseLife"/>. Therefore:
/// <list type="bullet">
/// <item>All nodes together never pass more than burst + rate × time, nor more than the daily quota.</item>
/// <item>One node alone passes exactly that. With n nodes, up to (n - 1) leases may lie unused on other nodes for <see cref="LeaseLife"/>, so that much less may pass.</item>
/// <item>While PostgreSQL is down each node goes by a bucket of its own of the same plan: up to n times the rate, no quota.</item>
/// </list>
/// Requests for many subjects are leased in one statement: while one is under way the next collects.
/// </summary>
internal sealed partial class PlanLimiter(NpgsqlDataSource postgres, TimeProvider clock, ILogger<PlanLimiter> log) : IAsyncDisposable
{
    public static readonly TimeSpan LeaseLife = TimeSpan.FromSeconds(1);

    private const double SecondsOfLease = 0.1;
    private const long LeaseOfQuotaOnly = 20;
    private const int SubjectsPerStatement = 1_000;

    private readonly ILogger _log = log;
    private readonly ConcurrentDictionary<string, Allowance> _allowances = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<(Allowance Allowance, long Want, long Return)> _waiting = new();
    private int _leasing;

    public static long LeaseOf(UsagePlan plan)
    {
        if (plan.RatePerSecond <= 0) return LeaseOfQuotaOnly;
        return Math.Clamp((long)(plan.RatePerSecond * SecondsOfLease), 1, Math.Max(1, BurstOf(plan) / 4));
    }

    public static int BurstOf(UsagePlan plan) => Math.Max(1, plan.Burst);

    /// <summary>Counts one request of the subject. Waits for the database only when the node holds no token.</summary>
    public async ValueTask<Verdict> TakeAsync(string subject, UsagePlan plan)
    {
        var allowance = _allowances.GetOrAdd(subject, static (name, plan) => new Allowance(name, plan), plan);
        while (true)
        {
            Task asking;
            lock (allowance)
            {
                allowance.Plan = plan;
                allowance.UsedAt = clock.GetTimestamp();
                if (allowance.Held > 0)
                {
                    allowance.Held--;
                    // Ask before it is empty, so that hardly any request waits.
                    if (allowance.Held < LeaseOf(plan) / 2 && allowance.Asking is null && allowance.LeftTokens >= 1) Ask(allowance);
                    return Passed(allowance);
                }
                var since = clock.GetElapsedTime(allowance.AnsweredAt);
                if (allowance.Asking is null && since < allowance.EmptyFor) return Refused(allowance, allowance.EmptyFor - since);
                asking = (allowance.Asking ?? Ask(allowance)).Task;
            }
            await asking;
        }
    }

    /// <summary>Brings back what nobody used lately and forgets the subject. Called from time to time.</summary>
    public void Return()
    {
        foreach (var (subject, allowance) in _allowances)
        {
            lock (allowance)
            {
                if (clock.GetElapsedTime(allowance.UsedAt) < LeaseLife || allowance.Asking is not null) continue;
                // A request that already has this object asks again with it; it only loses what the node knew.
                _allowances.TryRemove(subject, out _);
                if (allowance.Held == 0) continue;
                _waiting.Enqueue((allowance, 0, allowance.Held));
                allowance.Held = 0;
            }
        }
        Lease();
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
        _waiting.Enqueue((allowance, LeaseOf(allowance.Plan), 0));
        Lease();
        return asking;
    }

    private void Lease()
    {
        if (!_waiting.IsEmpty && Interlocked.CompareExchange(ref _leasing, 1, 0) == 0) _ = Task.Run(LeaseAllAsync);
    }

    private async Task LeaseAllAsync()
    {
        do
        {
            while (!_waiting.IsEmpty)
            {
                var batch = new SortedDictionary<string, (Allowance Allowance, long Want, long Return)>(StringComparer.Ordinal);
                while (batch.Count < SubjectsPerStatement && _waiting.TryDequeue(out var next))
                {
                    var subject = next.Allowance.Subject;
                    batch[subject] = batch.TryGetValue(subject, out var same)
                        ? (next.Want > 0 ? next.Allowance : same.Allowance, same.Want + next.Want, same.Return + next.Return)
                        : next;
                }
                await LeaseAsync([.. batch.Values]);
            }
            Volatile.Write(ref _leasing, 0);
        }
        while (!_waiting.IsEmpty && Interlocked.CompareExchange(ref _leasing, 1, 0) == 0);
    }

    private sealed record Grant
    {
        public int Place { get; init; }

        public long Granted { get; init; }

        public double LeftTokens { get; init; }

        public long? LeftQuota { get; init; }

        public double SecondsToMidnight { get; init; }
    }

    private async Task LeaseAsync((Allowance Allowance, long Want, long Return)[] batch)
    {
        try
        {
            await using var connection = await postgres.OpenConnectionAsync();
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
        foreach (var (allowance, _, _) in batch)
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
            allowance.AnsweredAt = clock.GetTimestamp();
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
            var since = clock.GetElapsedTime(allowance.AnsweredAt);
            var earned = allowance.Plan.RatePerSecond > 0 ? (long)Math.Min(BurstOf(allowance.Plan), since.TotalSeconds * allowance.Plan.RatePerSecond) : LeaseOfQuotaOnly;
            allowance.Held += earned;
            allowance.LeftTokens = 0;
            allowance.EmptyByQuota = false;
            if (earned > 0) (allowance.AnsweredAt, allowance.EmptyFor) = (clock.GetTimestamp(), TimeSpan.Zero);
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
                if (allowance.Held > 0) _waiting.Enqueue((allowance, 0, allowance.Held));
                allowance.Held = 0;
            }
        }
        _allowances.Clear();
        await LeaseAllAsync();
    }

    [LoggerMessage(LogLevel.Warning, "Usage plans cannot be shared between nodes: {Reason}. This node goes by itself.")]
    private partial void LogAlone(string reason);
}
