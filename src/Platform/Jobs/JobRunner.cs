using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using Rialto.Platform.Lanes;
using Rialto.Platform.Outbox;
using Rialto.Platform.Postgres;

namespace Rialto.Platform.Jobs;

/// <summary>What a job does when it was begun where it was enqueued, instead of what its kind says.</summary>
internal delegate Task<JobOutcome> Begun(JobRun run, CancellationToken stop);

/// <summary>
/// Runs the jobs of this node's modules: of every lane the oldest open job, when it is due and its lane is not paused. A parked job holds its lane.
/// Which ones: <see cref="JobClaims"/>. A worker goes on with its lane until nothing is left in it for now.
/// </summary>
internal sealed partial class JobRunner : BackgroundService
{
    /// <summary>Found by looks. A job mostly waits for somebody outside; it needs one of the pool's connections only inside a transaction.</summary>
    private const int Workers = 32;

    /// <summary>Begun beside them by the transaction that made them possible: somebody waits for most of these. Counted apart, so that neither kind starves the other; together no more than a connector takes at once.</summary>
    private const int BegunMax = 96;

    private const int JobsInARowMax = 100;

    /// <summary>Notifications are hints that may be lost; the poll finds what they did not tell, and what has become due.</summary>
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(1);

    /// <summary>Between two looks: what becomes due meanwhile is claimed together.</summary>
    private static readonly TimeSpan Gather = TimeSpan.FromMilliseconds(20);

    private static readonly ActivitySource Traces = new("Rialto.Jobs");

    private readonly NpgsqlDataSource _postgres;
    private readonly IServiceScopeFactory _scopes;
    private readonly TimeProvider _clock;
    private readonly ILogger _log;
    private readonly Dictionary<string, JobKind> _kinds;
    private readonly JobClaims _claims;
    private readonly JobHeartbeats _heartbeats;
    private readonly JobEndings _endings;
    private readonly WakeUp _wake = new();
    private readonly Lock _lock = new();
    private readonly HashSet<Task> _working = [];
    private int _begun;
    private readonly IDisposable[] _subscriptions;
    private CancellationToken _stop = new(canceled: true);

    public JobRunner(
        NpgsqlDataSource postgres, Notifications notifications, IEnumerable<JobKind> kinds, IServiceScopeFactory scopes, Settings settings, TimeProvider clock, ILogger<JobRunner> log)
    {
        (_postgres, _scopes, _clock, _log) = (postgres, scopes, clock, log);
        _kinds = kinds.ToDictionary(kind => kind.Name);
        Node = $"{settings.NodeId}:{Environment.ProcessId}";
        _claims = new JobClaims(postgres, Node, [.. _kinds.Values]);
        _heartbeats = new JobHeartbeats(postgres, clock);
        _endings = new JobEndings(postgres);
        _subscriptions = [notifications.Subscribe(Notifications.Jobs, Wake), notifications.Subscribe(Notifications.CancelledJobs, _heartbeats.Wake)];
    }

    /// <summary>By which the table tells who runs what.</summary>
    public string Node { get; }

    /// <summary>Whether another job could be begun here now; a hint that may be out of date at once.</summary>
    public bool HasRoom
    {
        get
        {
            lock (_lock) return _begun < BegunMax && !_stop.IsCancellationRequested;
        }
    }

    /// <summary>Look soon; many calls before the next look count as one.</summary>
    public void Wake() => _wake.Tell();

    /// <summary>Runs a job that was claimed for this node when it was enqueued, after its transaction has committed.</summary>
    public void Start(JobClaim claim, Begun begun) => Work(() => WorkAsync(claim, begun), isBegun: true);

    /// <summary>Runs a job that a transaction of this node has claimed by <see cref="OldestOf"/>, after it has committed.</summary>
    public void Start(JobClaim claim) => Work(() => WorkAsync(claim, null), isBegun: true);

    /// <inheritdoc cref="JobClaims.OldestOf"/>
    public NpgsqlBatchCommand OldestOf(string lane) => _claims.OldestOf(lane);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        lock (_lock) _stop = stoppingToken;
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                var looked = await StartDueAsync(stoppingToken);
                await Task.Delay(Gather, stoppingToken);
                if (!looked) await _wake.WaitAsync(Poll, _clock, stoppingToken);
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                Explain(exception);
                await _wake.WaitAsync(Poll, _clock, stoppingToken);
            }
            catch (OperationCanceledException)
            {
                break;
            }
        }
        while (Working() is { Length: > 0 } working) await Task.WhenAll(working);
    }

    public override void Dispose()
    {
        foreach (var subscription in _subscriptions) subscription.Dispose();
        base.Dispose();
    }

    /// <returns>True when something was claimed: then there may be more.</returns>
    private async Task<bool> StartDueAsync(CancellationToken stop)
    {
        int room;
        lock (_lock) room = Workers - (_working.Count - _begun);
        // Whoever ends wakes this loop.
        if (room <= 0) return false;
        var claims = await _claims.DueAsync(room, stop);
        foreach (var claim in claims) Work(() => WorkAsync(claim, null), isBegun: false);
        return claims.Count > 0;
    }

    private Task[] Working()
    {
        lock (_lock) return [.. _working];
    }

    private void Work(Func<Task> work, bool isBegun)
    {
        var begin = new TaskCompletionSource();
        async Task RunAsync()
        {
            // Not before it is in the set, or it could be taken out before it is put in.
            await begin.Task.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
            try
            {
                await work();
            }
            catch (Exception exception) when (!_stop.IsCancellationRequested)
            {
                Explain(exception);
            }
            catch (OperationCanceledException)
            {
                // Stopping: what was not committed comes again.
            }
        }
        var task = RunAsync();
        lock (_lock)
        {
            _working.Add(task);
            if (isBegun) _begun++;
        }
        begin.SetResult();
        _ = task.ContinueWith(
            ended =>
            {
                lock (_lock)
                {
                    _working.Remove(ended);
                    if (isBegun) _begun--;
                }
                Wake();
            }, TaskScheduler.Default);
    }

    private async Task WorkAsync(JobClaim claim, Begun? begun)
    {
        for (var ran = 1; ; ran++)
        {
            var run = new JobRun(_postgres, claim.Id, claim.Kind, claim.Lane, claim.Attempts, claim.Fence, new Origin((uint)claim.Organization, "job:" + claim.Kind));
            var isFinished = await RunAsync(claim, run, begun);
            // A lane of one, or one that this job has left: somebody else goes on there.
            if (!isFinished || run.IsAlone || ran >= JobsInARowMax || _stop.IsCancellationRequested) return;
            if (await _claims.OldestAsync(claim.Lane, _stop) is not { } next) return;
            (claim, begun) = (next, null);
        }
    }

    /// <returns>True when the job is finished and the next of its lane may follow.</returns>
    private async Task<bool> RunAsync(JobClaim claim, JobRun run, Begun? begun)
    {
        var kind = _kinds[claim.Kind];
        using var activity = Traces.StartActivity($"run {claim.Kind}", ActivityKind.Consumer, claim.TraceParent);
        // Its runner died each time: it is what kills the process.
        if (claim.Attempts > kind.Policy.AttemptsMax) return await EndAsync(run, kind, JobOutcome.Park("Its runner died in every attempt."));

        using var lease = _heartbeats.Begin(run, kind.Policy, _stop);
        try
        {
            JobOutcome outcome;
            if (begun is not null)
            {
                outcome = await begun(run, lease.Token);
            }
            else
            {
                await using var scope = _scopes.CreateAsyncScope();
                outcome = await kind.RunAsync(scope.ServiceProvider, claim.Arguments, run, lease.Token);
            }
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
                await _endings.FinishAsync(run, done.Result);
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
        var isWritten = await _endings.WriteAsync(run, state, error, delay, attempts, finished);
        if (!isWritten) LogLeaseLost(run.Kind, run.Id);
        return isWritten && finished;
    }

    private void Explain(Exception exception)
    {
        // While the database restarts this comes every second and is no news; its own supervisor tells.
        if (exception is NpgsqlException { IsTransient: true } or TimeoutException) LogUnreachable(exception.Message);
        else LogTrouble(exception);
    }

    [LoggerMessage(LogLevel.Warning, "Job {Kind} {Job} failed, attempt {Attempt}: {Reason}")]
    private partial void LogFailed(string kind, Guid job, int attempt, string reason);

    [LoggerMessage(LogLevel.Error, "Job {Kind} {Job} is parked after attempt {Attempt}, and its lane waits for an operator: {Reason}")]
    private partial void LogParked(string kind, Guid job, int attempt, string reason);

    [LoggerMessage(LogLevel.Warning, "Job {Kind} {Job} was taken over by another runner; what this one still did does not count")]
    private partial void LogLeaseLost(string kind, Guid job);

    [LoggerMessage(LogLevel.Debug, "Job runner waits for the database: {Reason}")]
    private partial void LogUnreachable(string reason);

    [LoggerMessage(LogLevel.Error, "Job runner failed and tries again")]
    private partial void LogTrouble(Exception exception);
}
