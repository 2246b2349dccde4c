using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Npgsql;
using Rialto.Platform.Connectors;

namespace Rialto.Platform.Sagas;

/// <summary>When a vendor answers again, every saga that waits for it asks now and not when its patience ends.</summary>
internal sealed class SagaRecovery : BackgroundService
{
    private readonly SagaSet _sagas;
    private readonly ConnectorStates _states;
    private readonly Channel<string> _recovered = Channel.CreateBounded<string>(new BoundedChannelOptions(100) { FullMode = BoundedChannelFullMode.DropWrite });

    public SagaRecovery(SagaSet sagas, ConnectorStates states)
    {
        (_sagas, _states) = (sagas, states);
        _states.Recovered += Tell;
    }

    public override void Dispose()
    {
        _states.Recovered -= Tell;
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await foreach (var connector in _recovered.Reader.ReadAllAsync(stoppingToken)) await HurryAsync(connector, stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The end.
        }
    }

    private async Task HurryAsync(string connector, CancellationToken stop)
    {
        try
        {
            await _sagas.HurryConnectorAsync(connector, stop);
        }
        catch (Exception exception) when (exception is NpgsqlException or TimeoutException)
        {
            // A hint: each of them asks again by itself.
        }
    }

    private void Tell(string connector) => _recovered.Writer.TryWrite(connector);
}
