using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Rialto.Platform.Gateway.Forwarding;

namespace Rialto.Platform.Tests.Gateway.Forwarding;

/// <summary>The forwarder behind a real Kestrel, without databases: routes are given, not stored.</summary>
internal sealed class ForwardingHost : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly RouteEndpoints _routes = new();
    private readonly AddressGuard _guard;
    private readonly TimeProvider _clock;

    private ForwardingHost(WebApplication app, AddressGuard guard, TimeProvider clock) => (_app, _guard, _clock) = (app, guard, clock);

    public HttpClient Client { get; private set; } = null!;

    public Uri Address { get; private set; } = null!;

    public IReadOnlyList<ActiveRoute> Active => _routes.Active;

    public static async Task<ForwardingHost> StartAsync(string allow = "127.0.0.0/8", TimeProvider? clock = null)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrel(kestrel => kestrel.AddServerHeader = false).UseUrls("http://127.0.0.1:0");
        builder.Services.AddRouting().AddAuthorization().AddCors().AddOutputCache();
        builder.Logging.ClearProviders();
        var app = builder.Build();
        var host = new ForwardingHost(app, AddressGuard.Allowing(allow), clock ?? TimeProvider.System);
        app.UseRouting();
        app.UseCors();
        app.UseAuthorization();
        app.UseOutputCache();
        ((IEndpointRouteBuilder)app).DataSources.Add(host._routes);
        await app.StartAsync();
        host.Address = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
        host.Client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = host.Address };
        return host;
    }

    public void Replace(params RouteDefinition[] definitions)
    {
        var old = _routes.Active;
        _routes.Replace([.. definitions.Select((definition, i) =>
        {
            RouteRules.Check(definition).ShouldBeEmpty();
            var pool = new UpstreamPool(definition, _guard, _clock);
            pool.StartProbes();
            return new ActiveRoute("route" + i, 1, definition, pool);
        })]);
        foreach (var route in old) route.Pool.Dispose();
    }

    public static RouteDefinition To(params string[] upstreams) =>
        new() { Name = "ext", Path = "/ext", Anonymous = true, Upstreams = [.. upstreams.Select(address => new UpstreamDefinition { Address = address })] };

    /// <summary>Sends the bytes as they are, reads until the server closes.</summary>
    public async Task<string> SendRawAsync(string request)
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync(Address.Host, Address.Port);
        await using var stream = socket.GetStream();
        await stream.WriteAsync(Encoding.Latin1.GetBytes(request));
        using var reader = new StreamReader(stream, Encoding.Latin1);
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        return await reader.ReadToEndAsync(patience.Token);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        using var atOnce = new CancellationTokenSource(0);
        await _app.StopAsync(atOnce.Token);
        await _app.DisposeAsync();
        foreach (var route in _routes.Active) route.Pool.Dispose();
    }
}
