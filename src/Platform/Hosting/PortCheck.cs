using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Hosting;

namespace Rialto.Platform.Hosting;

/// <summary>Another program listens on our port.</summary>
public sealed class PortTakenException(string message) : Exception(message);

/// <summary>Kestrel binds last, after seconds of starting engines; a taken port is told at once instead.</summary>
internal sealed class PortCheck(Settings settings) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (settings.Port == 0) return Task.CompletedTask;
        try
        {
            using var listener = new TcpListener(settings.Bind, settings.Port);
            listener.Start();
            return Task.CompletedTask;
        }
        catch (SocketException exception)
        {
            throw new PortTakenException(exception.SocketErrorCode == SocketError.AddressAlreadyInUse
                ? $"Port {settings.Port} is taken by another program. Set RIALTO_PORT to a free one."
                : $"Cannot listen on {new IPEndPoint(settings.Bind, settings.Port)}: {exception.Message}");
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
