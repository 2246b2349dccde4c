using Microsoft.Extensions.Logging;
using Rialto.Platform.Health;

namespace Rialto.Platform.Engines;

/// <summary>How patient a supervisor is; tests are less so.</summary>
internal sealed record SupervisorTimes
{
    public TimeSpan FirstBackOff { get; init; } = TimeSpan.FromMilliseconds(100);

    public TimeSpan LongestBackOff { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>An engine that ran this long is healthy: its next death is a new story and not the old one's continuation.</summary>
    public TimeSpan Stable { get; init; } = TimeSpan.FromSeconds(30);

    public TimeSpan ProbeWhileStarting { get; init; } = TimeSpan.FromMilliseconds(25);

    public TimeSpan ProbeWhileRunning { get; init; } = TimeSpan.FromSeconds(2);

    public TimeSpan ProbePatience { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Without an answer for this long it hangs. Generous: a machine under load is slow, and a restart makes it slower.</summary>
    public TimeSpan Hangs { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Recovery after a crash reads the whole log since the last checkpoint.</summary>
    public TimeSpan StartPatience { get; init; } = TimeSpan.FromMinutes(5);
}

/// <summary>
/// Keeps one engine running: starts it, waits until it answers, watches it, starts it again when it dies or hangs (sooner the longer it ran before),
/// and stops it in good order. All state changes happen on the one loop task.
/// </summary>
internal sealed partial class Supervisor(ChildEngine engine, TimeProvider clock, ILogger log, SupervisorTimes? times = null) : IHealthPart, IAsyncDisposable
{
    private readonly SupervisorTimes _times = times ?? new SupervisorTimes();

    /// <summary>A first start that fails this often will not succeed by more tries; the operator is told.</summary>
    private const int FirstStartsMax = 5;

    private readonly ILogger _log = log;
    private readonly CancellationTokenSource _stopping = new();
    private readonly TaskCompletionSource _firstReady = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task _loop = Task.CompletedTask;
    private volatile ChildProcess? _child;
    private volatile bool _ready;
    private volatile int _restarts;
    private volatile int _waitsMs;

    public string Name => engine.Name;

    /// <summary>Process id of the running child; 0 while there is none.</summary>
    public int ProcessId => _child is { Exited.IsCompleted: false } child ? child.Id : 0;

    /// <summary>Completes when the engine answers for the first time.</summary>
    /// <exception cref="EngineException">It cannot be started.</exception>
    public Task StartAsync(CancellationToken stop)
    {
        _loop = Task.Run(LoopAsync, CancellationToken.None);
        return _firstReady.Task.WaitAsync(stop);
    }

    public async Task StopAsync()
    {
        await _stopping.CancelAsync();
        await _loop;
    }

    public ValueTask DisposeAsync() => new(StopAsync());

    public ValueTask<PartHealth> CheckAsync(CancellationToken stop)
    {
        var restarts = _restarts == 0 ? "" : $", {_restarts} restarts since the start of the host";
        return new(
            _ready ? PartHealth.Ready($"runs as process {ProcessId}{restarts}")
            : _waitsMs is > 0 and var waits ? PartHealth.Down($"ended and waits {waits} ms before its next start{restarts}")
            : PartHealth.Down($"is starting{restarts}"));
    }

    private async Task LoopAsync()
    {
        var backOff = _times.FirstBackOff;
        for (var start = 1; !_stopping.IsCancellationRequested; start++)
        {
            var startedAt = clock.GetTimestamp();
            var death = await RunOnceAsync();
            if (_stopping.IsCancellationRequested) break;

            if (clock.GetElapsedTime(startedAt) > _times.Stable) backOff = _times.FirstBackOff;
            if (!_firstReady.Task.IsCompleted && start >= FirstStartsMax)
            {
                _firstReady.TrySetException(new EngineException($"{engine.Name} does not start: {death}"));
                return;
            }
            LogDied(engine.Name, death, (int)backOff.TotalMilliseconds);
            _restarts++;
            _waitsMs = (int)backOff.TotalMilliseconds;
            await Task.Delay(backOff, clock, _stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            _waitsMs = 0;
            backOff = backOff * 2 > _times.LongestBackOff ? _times.LongestBackOff : backOff * 2;
        }
        _firstReady.TrySetCanceled();
    }

    /// <summary>One life of the child, from its preparation to its end.</summary>
    /// <returns>How it ended, for people.</returns>
    private async Task<string> RunOnceAsync()
    {
        try
        {
            var startedAt = clock.GetTimestamp();
            var command = await engine.PrepareAsync(_stopping.Token);
            using var child = await ChildProcess.StartAsync(command, Note);
            _child = child;
            try
            {
                if (await BecomesReadyAsync(child))
                {
                    _ready = true;
                    LogReady(engine.Name, child.Id, (int)clock.GetElapsedTime(startedAt).TotalMilliseconds);
                    _firstReady.TrySetResult();
                    await WatchAsync(child);
                }
            }
            finally
            {
                _ready = false;
                await EndAsync(child);
            }
            var lastLines = await child.LastLinesAsync();
            return $"exit code {child.ExitCode}{(lastLines.Length > 0 ? ", its last words:" + Environment.NewLine + lastLines : "")}";
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            return "stopped";
        }
        catch (Exception exception)
        {
            return exception.Message;
        }
    }

    private async Task<bool> BecomesReadyAsync(ChildProcess child)
    {
        var startedAt = clock.GetTimestamp();
        while (!child.Exited.IsCompleted && clock.GetElapsedTime(startedAt) < _times.StartPatience)
        {
            if (await AnswersAsync()) return true;
            await PauseAsync(_times.ProbeWhileStarting, child);
            _stopping.Token.ThrowIfCancellationRequested();
        }
        return false;
    }

    /// <summary>Returns when the child is dead, hangs, or the host stops.</summary>
    private async Task WatchAsync(ChildProcess child)
    {
        var answeredAt = clock.GetTimestamp();
        while (!child.Exited.IsCompleted && !_stopping.IsCancellationRequested)
        {
            await PauseAsync(_times.ProbeWhileRunning, child);
            if (child.Exited.IsCompleted || _stopping.IsCancellationRequested) return;
            if (await AnswersAsync()) answeredAt = clock.GetTimestamp();
            else if (clock.GetElapsedTime(answeredAt) > _times.Hangs)
            {
                LogHangs(engine.Name);
                child.Send(Signal.Kill);
            }
        }
    }

    private async Task<bool> AnswersAsync()
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(_stopping.Token);
        timeout.CancelAfter(_times.ProbePatience);
        try
        {
            return await engine.ProbeAsync(timeout.Token);
        }
        catch (Exception) when (!_stopping.IsCancellationRequested)
        {
            return false;
        }
    }

    private async Task PauseAsync(TimeSpan pause, ChildProcess child)
    {
        using var awake = CancellationTokenSource.CreateLinkedTokenSource(_stopping.Token);
        await Task.WhenAny(Task.Delay(pause, clock, awake.Token), child.Exited);
        await awake.CancelAsync();
    }

    private async Task EndAsync(ChildProcess child)
    {
        if (child.Exited.IsCompleted) return;
        child.Send(engine.StopSignal);
        await Task.WhenAny(child.Exited, Task.Delay(engine.StopPatience, clock));
        if (!child.Exited.IsCompleted)
        {
            LogForced(engine.Name);
            child.Send(Signal.Kill);
        }
        await child.Exited;
    }

    private void Note(string line)
    {
        var (level, text) = engine.Read(line);
        LogOutput(level, engine.Name, text);
    }

    [LoggerMessage(LogLevel.Information, "{Engine} is ready, process {ProcessId}, after {ElapsedMs} ms")]
    private partial void LogReady(string engine, int processId, int elapsedMs);

    [LoggerMessage(LogLevel.Error, "{Engine} ended: {Death}. Next start in {BackOffMs} ms.")]
    private partial void LogDied(string engine, string death, int backOffMs);

    [LoggerMessage(LogLevel.Error, "{Engine} does not answer and is restarted")]
    private partial void LogHangs(string engine);

    [LoggerMessage(LogLevel.Warning, "{Engine} did not stop in time and is ended by force; it recovers at its next start")]
    private partial void LogForced(string engine);

    [LoggerMessage("{Engine}: {Line}")]
    private partial void LogOutput(LogLevel level, string engine, string line);
}
