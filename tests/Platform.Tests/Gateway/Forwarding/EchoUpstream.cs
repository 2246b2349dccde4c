using System.Collections.Concurrent;
using System.Net.WebSockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Rialto.Platform.Tests.Gateway.Forwarding;

/// <summary>What an upstream saw of a request.</summary>
public sealed record Seen(string Method, string Target, Dictionary<string, string> Headers, string Body);

/// <summary>A real HTTP server that says what it was asked and misbehaves on demand.</summary>
internal sealed class EchoUpstream : IAsyncDisposable
{
    private readonly WebApplication _app;

    private EchoUpstream(WebApplication app, string name) => (_app, Name) = (app, name);

    public string Name { get; }

    public string Address { get; private set; } = "";

    public ConcurrentQueue<Seen> Requests { get; } = new();

    public ConcurrentQueue<string> Aborted { get; } = new();

    public int HealthStatus { get; set; } = 200;

    /// <summary>Each release lets <c>/stream</c> send one more piece.</summary>
    public SemaphoreSlim Pieces { get; } = new(0);

    public static async Task<EchoUpstream> StartAsync(string name = "one", string address = "http://127.0.0.1:0")
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrel().UseUrls(address);
        builder.Services.AddRouting();
        builder.Logging.ClearProviders();
        var app = builder.Build();
        var upstream = new EchoUpstream(app, name);
        app.UseWebSockets();
        app.Run(upstream.AnswerAsync);
        await app.StartAsync();
        upstream.Address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        return upstream;
    }

    private async Task AnswerAsync(HttpContext context)
    {
        var path = context.Request.Path.Value!;
        if (path == "/health")
        {
            context.Response.StatusCode = HealthStatus;
            return;
        }
        var target = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;
        if (path.StartsWith("/status/", StringComparison.Ordinal)) context.Response.StatusCode = int.Parse(path[8..]);
        switch (path)
        {
            case "/never":
                Requests.Enqueue(new Seen(context.Request.Method, target, [], ""));
                await WaitForAbortAsync(context, path);
                return;
            case "/stream":
                await StreamAsync(context);
                return;
            case "/cut":
                context.Response.ContentLength = 100;
                await context.Response.WriteAsync("only this");
                await context.Response.Body.FlushAsync();
                context.Abort();
                return;
            case "/break":
                Requests.Enqueue(new Seen(context.Request.Method, target, [], ""));
                context.Abort();
                return;
            case "/ws":
                await EchoWebSocketAsync(context);
                return;
            case "/hostile":
                context.Response.Headers.SetCookie = new[] { "rialto.session=stolen; Path=/", "theirs=1" };
                context.Response.Headers["X-Rialto-Trick"] = "1";
                context.Response.Headers.Connection = "X-Secret-Hop";
                context.Response.Headers["X-Secret-Hop"] = "1";
                context.Response.Headers.Server = "Upstream/1.0";
                break;
            case "/redirect":
                context.Response.StatusCode = 302;
                context.Response.Headers.Location = context.Request.Query["to"].ToString().Replace("SELF", Address, StringComparison.Ordinal);
                return;
        }
        using var reader = new StreamReader(context.Request.Body);
        var body = await reader.ReadToEndAsync();
        var seen = new Seen(context.Request.Method, target, context.Request.Headers.ToDictionary(pair => pair.Key.ToLowerInvariant(), pair => pair.Value.ToString()), body);
        Requests.Enqueue(seen);
        context.Response.Headers["Upstream-Name"] = Name;
        await context.Response.WriteAsJsonAsync(seen);
    }

    private async Task StreamAsync(HttpContext context)
    {
        context.Response.ContentType = "text/event-stream";
        await context.Response.Body.FlushAsync();
        try
        {
            for (var i = 0; i < 1000; i++)
            {
                await Pieces.WaitAsync(context.RequestAborted);
                await context.Response.WriteAsync($"piece {i}\n", context.RequestAborted);
                await context.Response.Body.FlushAsync(context.RequestAborted);
            }
        }
        catch (OperationCanceledException)
        {
            Aborted.Enqueue("/stream");
        }
    }

    private async Task WaitForAbortAsync(HttpContext context, string path)
    {
        var gone = new TaskCompletionSource();
        await using var registered = context.RequestAborted.Register(gone.SetResult);
        await gone.Task;
        Aborted.Enqueue(path);
    }

    private static async Task EchoWebSocketAsync(HttpContext context)
    {
        using var socket = await context.WebSockets.AcceptWebSocketAsync(context.Request.Headers["Sec-WebSocket-Protocol"].FirstOrDefault());
        var buffer = new byte[64 * 1024];
        while (await socket.ReceiveAsync(buffer, CancellationToken.None) is { MessageType: not WebSocketMessageType.Close } received)
            await socket.SendAsync(buffer.AsMemory(0, received.Count), received.MessageType, received.EndOfMessage, CancellationToken.None);
        await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, "bye", CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        using var atOnce = new CancellationTokenSource(0);
        await _app.StopAsync(atOnce.Token);
        await _app.DisposeAsync();
    }
}
