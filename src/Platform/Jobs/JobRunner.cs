using System.Diagnostics;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using Rialto.Platform.Lanes;
using Rialto.Platform.Outbox;
using Rialto.Platform.Postgres;

namespace Rialto.Platform.Jobs;

/// <summary>
/// Runs the jobs of this node's modules: of every lane the oldest open job, when it is due and its lane is not paused. A parked job holds its lane.
/// </summary>
internal sealed partial class JobRunner : BackgroundService
{
    private const int Workers = 8;
    private const int LanesOfOneScanMax = 1000;
    private const int JobsInARowMax = 100;

    private static readonly ActivitySource Traces = new("Rialto.Jobs");

    private readonly NpgsqlDataSource _postgres;
    private readonly IServiceScopeFactory _scopes;
    private readonly TimeProvider _clock;
    private readonly ILogger _log;
    private readonly Dictionary<string, JobKind> _kinds;
    private readonly string _node;
    private readonly LanePump<string> _pump;
    private readonly JobHeartbeats _heartbeats;
    private readonly IDisposable _subscription;

    public JobRunner(
        NpgsqlDataSource postgres, Notifications notifications, IEnumerable<JobKind> kinds, IServiceScopeFactory scopes, Settings settings, TimeProvider clock, ILogger<JobRunner> log)
    {
        (_postgres, _scopes, _clock, _log) = (postgres, scopes, clock, log);
        _kinds = kinds.ToDictionary(kind => kind.Name);
        _node = $"{settings.NodeId}:{Environment.ProcessId}";
        _pump = new LanePump<string>("Job runner", Workers, ScanAsync, DrainAsync, clock, log);
        _heartbeats = new JobHeartbeats(postgres, clock);
        _subscription = notifications.Subscribe(Notifications.Jobs, () =>
        {
            _pump.Wake();
            _heartbeats.Wake();
        });
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => _pump.RunAsync(stoppingToken);

    public override void Dispose()
    {
        _subscription.Dispose();
        base.Dispose();
    }

    private async Task<IReadOnlyList<string>> ScanAsync(CancellationToken stop)
    {
        await using var connection = await _postgres.OpenConnectionAsync(stop);
        var lanes = await connection.QueryAsync<string>(new CommandDefinition(
            """
            SELECT lane
              FROM (SELECT DISTINCT ON (lane) lane, kind, state, due_at, lease_until
                      FROM platform.job
                     WHERE state IN ('waiting', 'running', 'parked')
                     ORDER BY lane, position) AS oldest
             WHERE kind = ANY(@kinds)
               AND (state = 'waiting' AND due_at <= now() OR state = 'running' AND lease_until < now())
               AND NOT EXISTS (SELECT 1 FROM platform.lane_pause p WHERE p.lane = oldest.lane)
             ORDER BY due_at
             LIMIT @most
            """,
            new { kinds = _kinds.Keys.ToArray(), most = LanesOfOneScanMax }, cancellationToken: stop));
        return [.. lanes];
    }

    private async Task<bool> DrainAsync(string lane, CancellationToken stop)
    {
        var ran = 0;
        while (ran < JobsInARowMax && await ClaimOldestAsync(lane, stop) is { } claim && await RunAsync(claim, stop)) ran++;
        return ran > 0;
    }

    private sealed class Claim
    {
        public required Guid Id { get; init; }
        public required string Kind { get; init; }
        public required string Lane { get; init; }
        public required int Organization { get; init; }
        public required string Arguments { get; init; }
        public required int Attempts { get; init; }
        public required long Fence { get; init; }
        public required string? TraceParent { get; init; }
    }

    private async Task<Claim?> ClaimOldestAsync(string lane, CancellationToken stop)
    {
        await using var connection = await _postgres.OpenConnectionAsync(stop);
        return await connection.QuerySingleOrDefaultAsync<Claim>(new CommandDefinition(
            """
            UPDATE platform.job
               SET state = 'running', attempts = attempts + 1, fence = nextval('platform.fence'), node = @node, progress = NULL,
                   lease_until = clock_timestamp() + (@leases)[array_position(@kinds, kind)]
             WHERE id = (SELECT id
                           FROM platform.job
                          WHERE lane = @lane AND state IN ('waiting', 'running', 'parked')
                            AND position = (SELECT min(position) FROM platform.job WHERE lane = @lane AND state IN ('waiting', 'running', 'parked'))
                            AND kind = ANY(@kinds)
                            AND (state = 'waiting' AND due_at <= now() OR state = 'running' AND lease_until < now())
                            AND NOT EXISTS (SELECT 1 FROM platform.lane_pause p WHERE p.lane = @lane)
                            FOR UPDATE SKIP LOCKED)
            RETURNING id, kind, lane, organization, arguments, attempts, fence, trace_parent
            """,
            new { lane, node = _node, kinds = _kinds.Keys.ToArray(), leases = _kinds.Values.Select(kind => kind.Policy.Lease).ToArray() }, cancellationToken: stop));
    }

    /// <returns>True when the job is finished and the next of its lane may follow.</returns>
    private async Task<bool> RunAsync(Claim claim, CancellationToken stop)
    {
        var kind = _kinds[claim.Kind];
        var run = new JobRun(_postgres, claim.Id, claim.Kind, claim.Lane, claim.Attempts, claim.Fence, new Origin((uint)claim.Organization, "job:" + claim.Kind));
        using var activity = Traces.StartActivity($"run {claim.Kind}", ActivityKind.Consumer, claim.TraceParent);
        // Its runner died each time: it is what kills the process.
        if (claim.Attempts > kind.Policy.AttemptsMax) return await EndAsync(run, kind, JobOutcome.Park("Its runner died in every attempt."));

        using var lease = _heartbeats.Begin(run, kind.Policy, stop);
        try
        {
            await using var scope = _scopes.CreateAsyncScope();
            var outcome = await kind.RunAsync(scope.ServiceProvider, claim.Arguments, run, lease.Token);
            return run.IsCompleted || await EndAsync(run, kind, outcome);
        }
        catch (LeaseLostException)
        {
            LogLeaseLost(run.Kind, run.Id);
            return false;
        }
        catch (OperationCanceledException) when (lease.Token.IsCancellationRequested)
        {
            return await EndCancelledAsync(run, kind, lease.Ending);
        }
        catch (Exception exception)
        {
            activity?.SetStatus(ActivityStatusCode.Error, exception.Message);
            return await EndFailedAsync(run, kind, exception);
        }
    }

    private async Task<bool> EndAsync(JobRun run, JobKind kind, JobOutcome outcome)
    {
        switch (outcome)
        {
            case JobOutcome.DoneOutcome done:
                await using (var connection = await _postgres.OpenConnectionAsync()) await run.FinishAsync(connection, null, done.Result, CancellationToken.None);
                return true;
            case JobOutcome.LaterOutcome later:
                return await WriteAsync(run, "waiting", later.Reason, later.Delay, attempts: run.Attempt - 1);
            case JobOutcome.ParkOutcome park:
                LogParked(kind.Name, run.Id, run.Attempt, park.Reason);
                return await WriteAsync(run, "parked", park.Reason);
            default:
                throw new UnreachableException();
        }
    }

    private Task<bool> EndCancelledAsync(JobRun run, JobKind kind, LeaseEnding ending)
    {
        switch (ending)
        {
            case LeaseEnding.Lost:
                LogLeaseLost(run.Kind, run.Id);
                return Task.FromResult(false);
            case LeaseEnding.Cancelled:
                return WriteAsync(run, "cancelled", null, finished: true);
            case LeaseEnding.TimedOut:
                return EndFailedAsync(run, kind, new TimeoutException($"It took longer than {kind.Policy.AttemptTime}."));
            default:
                // The node stops: this was no attempt, and another node may begin at once.
                return WriteAsync(run, "waiting", "Its node stopped.", TimeSpan.Zero, attempts: run.Attempt - 1);
        }
    }

    private Task<bool> EndFailedAsync(JobRun run, JobKind kind, Exception exception)
    {
        if (run.Attempt >= kind.Policy.AttemptsMax)
        {
            LogParked(kind.Name, run.Id, run.Attempt, exception.Message);
            return WriteAsync(run, "parked", exception.ToString());
        }
        LogFailed(kind.Name, run.Id, run.Attempt, exception.Message);
        return WriteAsync(run, "waiting", exception.ToString(), kind.Policy.DelayAfter(run.Attempt));
    }

    /// <summary>Writes how the run ended, unless another runner has the job. False: nothing of this lane may follow now.</summary>
    private async Task<bool> WriteAsync(JobRun run, string state, string? error, TimeSpan? delay = null, int? attempts = null, bool finished = false)
    {
        await using var connection = await _postgres.OpenConnectionAsync();
        var written = await connection.ExecuteAsync(
            """
            UPDATE platform.job
               SET state = @state, error = left(@error, 4000), due_at = clock_timestamp() + coalesce(@delay, interval '0'), attempts = coalesce(@attempts, attempts), lease_until = NULL,
                   finished_at = CASE WHEN @finished THEN clock_timestamp() END
             WHERE id = @Id AND fence = @Fence AND state = 'running'
            """,
            new { run.Id, run.Fence, state, error, delay, attempts, finished });
        if (written == 0) LogLeaseLost(run.Kind, run.Id);
        return written == 1 && finished;
    }

    [LoggerMessage(LogLevel.Warning, "Job {Kind} {Job} failed, attempt {Attempt}: {Reason}")]
    private partial void LogFailed(string kind, Guid job, int attempt, string reason);

    [LoggerMessage(LogLevel.Error, "Job {Kind} {Job} is parked after attempt {Attempt}, and its lane waits for an operator: {Reason}")]
    private partial void LogParked(string kind, Guid job, int attempt, string reason);

    [LoggerMessage(LogLevel.Warning, "Job {Kind} {Job} was taken over by another runner; what this one still did does not count")]
    private partial void LogLeaseLost(string kind, Guid job);
}
