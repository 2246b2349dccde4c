using Microsoft.Extensions.Hosting;
using Rialto.Platform.Health;

namespace Rialto.Logs.Spool;

/// <summary>
/// Starts the spool before requests come and stops it after the last one: what waits is committed, closed and, as far as a few seconds allow, loaded.
/// What is not loaded then is on disk and is loaded by the next start.
/// </summary>
internal sealed class SpoolHost(RecordSpool spool, SegmentLoader loader, TimeProvider clock) : IHostedService, IHealthPart, IDisposable
{
    /// <summary>An engine that answers takes the last segments in less; one that does not must not hold up the stop.</summary>
    private static readonly TimeSpan LoadAtStopMax = TimeSpan.FromSeconds(5);

    private readonly CancellationTokenSource _stop = new();
    private Task _loading = Task.CompletedTask;

    public string Name => "logs.spool";

    public Task StartAsync(CancellationToken cancellationToken)
    {
        spool.Start();
        _loading = Task.Run(() => loader.RunAsync(_stop.Token), CancellationToken.None);
        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        spool.Dispose();
        await Task.WhenAny(_loading, Task.Delay(LoadAtStopMax, clock, cancellationToken));
        await _stop.CancelAsync();
        await _loading;
    }

    public ValueTask<PartHealth> CheckAsync(CancellationToken stop)
    {
        var waiting = $"{spool.PendingRows} records ({spool.PendingBytes >> 20} MiB) wait to be searchable";
        var aside = SpoolRecovery.CountAside(spool.Directory);
        return new(
            spool.IsFailing ? PartHealth.Down("The disk of the spool fails; senders are refused.")
            : spool.IsFull ? PartHealth.Down($"The spool is full; senders are refused. {waiting}.")
            : loader.Trouble is { } trouble ? PartHealth.Degraded($"{waiting}: {trouble}")
            : aside > 0 ? PartHealth.Degraded($"{aside} segments that ClickHouse refused lie in {spool.Directory}/aside. {waiting}.")
            : PartHealth.Ready($"{waiting}."));
    }

    public void Dispose() => _stop.Dispose();
}
