using Rialto.Engine.Library;

namespace Rialto.Engine.Http;

/// <summary>
/// Kills a statement when its client goes away. The kill is repeated until the statement has ended, because it may come before the statement is in the
/// process list, and because some stages look at it late.
/// </summary>
internal sealed class DisconnectWatch
{
    private static readonly TimeSpan Again = TimeSpan.FromMilliseconds(50);

    private readonly Sessions _sessions;
    private readonly Session _session;
    private readonly CancellationTokenSource _ended = new();
    private readonly CancellationTokenRegistration _registration;
    private Task? _killing;

    public DisconnectWatch(Sessions sessions, Session session, CancellationToken gone)
    {
        _sessions = sessions;
        _session = session;
        _registration = gone.Register(() => _killing = Task.Run(KillAsync));
    }

    /// <summary>Call when the statement has ended. True when it was being killed; its session is then not to be used again.</summary>
    public async Task<bool> StopAsync()
    {
        // Waits for a callback that is just starting, so that _killing is final after it.
        await _registration.DisposeAsync();
        await _ended.CancelAsync();
        if (_killing is null)
            return false;
        await _killing;
        return true;
    }

    private async Task KillAsync()
    {
        while (!_ended.IsCancellationRequested)
        {
            try
            {
                _sessions.Kill(_session);
                await Task.Delay(Again, _ended.Token);
            }
            catch (OperationCanceledException)
            {
                return;
            }
            catch (EngineException failure)
            {
                Log.Warn("kill-failed", ("code", failure.Code));
                await Task.Delay(Again, CancellationToken.None);
            }
        }
    }
}
