using Microsoft.Extensions.Hosting;

namespace Rialto.Platform.Gateway.Idempotency;

/// <summary>Deletes answers that nobody may ask for again. An expired row is not used before either, so this only saves room.</summary>
internal sealed class IdempotencyExpiry(IdempotencyKeys keys, TimeProvider clock) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromMinutes(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await keys.ForgetExpiredAsync(stoppingToken);
            }
            catch (Exception exception) when (exception is not (OutOfMemoryException or OperationCanceledException))
            {
                // The next round deletes them.
            }
        }
    }
}
