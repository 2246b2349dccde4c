using System.Net;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Rialto.Simulators.Machinery;

/// <summary>Serves one vendor on its own port. The port can be closed and opened again while the vendor's truth stays.</summary>
internal sealed class VendorServer(Vendor vendor, IPAddress address, int port) : IAsyncDisposable
{
    private readonly SemaphoreSlim gate = new(1, 1);
    private WebApplication? app;

    public Vendor Vendor { get; } = vendor;
    public int Port { get; private set; } = port;
    public string Url => $"http://{address}:{Port}";
    public bool IsListening => app is not null;

    public async Task OpenAsync()
    {
        await gate.WaitAsync();
        try
        {
            if (app is not null)
                return;
            var opening = Build();
            await opening.StartAsync();
            Port = new Uri(opening.Urls.Single()).Port;
            app = opening;
        }
        finally
        {
            gate.Release();
        }
    }

    /// <summary>Closes the port and cuts every open connection, as a vendor's outage does.</summary>
    public async Task CloseAsync()
    {
        await gate.WaitAsync();
        try
        {
            if (app is null)
                return;
            var closing = app;
            app = null;
            using var now = new CancellationTokenSource();
            await now.CancelAsync();
            try
            {
                await closing.StopAsync(now.Token);
            }
            catch (OperationCanceledException)
            {
                // A connection was cut while a call hung on it: that is the meaning of closing.
            }
            await closing.DisposeAsync();
        }
        finally
        {
            gate.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await CloseAsync();
        gate.Dispose();
    }

    private WebApplication Build()
    {
        var builder = Quiet.Builder();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Listen(address, Port, listen => listen.Protocols = HttpProtocols.Http1);
        });
        var building = builder.Build();
        foreach (var operation in Vendor.Operations)
            building.MapMethods(operation.Path, [operation.Method], context => CallPipeline.RunAsync(context, Vendor, operation));
        Control.Map(building, "/_sim", Vendor);
        return building;
    }
}
