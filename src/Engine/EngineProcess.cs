using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Rialto.Engine.Http;
using Rialto.Engine.Library;
using Rialto.Platform.Hosting;

namespace Rialto.Engine;

/// <summary>
/// The process: opens the tables, serves, and stops on SIGTERM, SIGINT, at the end of standard input, and when its parent has died. Exit codes: 0 after a stop
/// that was asked for, 2 for wrong arguments, 3 when the tables cannot be opened, 4 when the address cannot be listened on.
/// </summary>
internal static class EngineProcess
{
    // What runs may finish that long after a stop was asked for; the supervisor's patience must be longer.
    private static readonly TimeSpan Drain = TimeSpan.FromSeconds(5);

    public static async Task<int> RunAsync(Options options)
    {
        using var stop = new StopRequest();
        // Every running statement may block a thread or two in the library, beside those of the network.
        ThreadPool.SetMinThreads((2 * options.Concurrency) + 8, 8);
        Signals.UseUtc();
        Sessions sessions;
        try
        {
            sessions = Open(options);
        }
        catch (Exception failure) when (failure is InvalidOperationException or DllNotFoundException or IOException or UnauthorizedAccessException)
        {
            Log.Error("not-opened", ("data", options.Data), ("reason", failure.Message));
            return 3;
        }

        using (sessions)
        using (new MergePriority())
        {
            var exit = await ServeAsync(options, sessions, stop.Token);
            if (exit != 0)
                return exit;
        }

        _ = Chdb.Shutdown();
        Log.Info("stopped");
        return 0;
    }

    private static Sessions Open(Options options)
    {
        Chdb.Load(options.Library);
        Sessions? opened = null;
        Signals.Preserve(() =>
        {
            Chdb.SetSignalHandlersEnabled(0);
            opened = Sessions.Start(EngineConfiguration.Write(options));
        });
        _ = Signals.NullReferenceIsAnException(null);
        return opened!;
    }

    private static async Task<int> ServeAsync(Options options, Sessions sessions, CancellationToken stop)
    {
        await using var app = Build(options, sessions);
        try
        {
            File.Delete(options.Socket);
            // The socket is the only door without a password, so it opens for this user alone, from its first moment.
            var mask = Signals.Umask(0b111_111);
            await app.StartAsync();
            _ = Signals.Umask(mask);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or System.Net.Sockets.SocketException)
        {
            Log.Error("not-listening", ("socket", options.Socket), ("reason", failure.Message));
            return 4;
        }

        Log.Info("ready", ("version", EngineException.Version), ("pid", Environment.ProcessId), ("socket", options.Socket), ("port", options.Port));
        using var stopping = stop.Register(app.Lifetime.StopApplication);
        await app.WaitForShutdownAsync();
        return 0;
    }

    private static WebApplication Build(Options options, Sessions sessions)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = Drain);
        // A write is done when the socket has it. So an exception's text is out before the connection is broken, and a slow reader holds one slice.
        builder.WebHost.UseKestrelCore().UseSockets(sockets => sockets.MaxWriteBufferSize = 1).ConfigureKestrel(kestrel => Listen(kestrel, options));
        builder.Services.Replace(ServiceDescriptor.Singleton<IMemoryPoolFactory<byte>, LargeBlocks>());
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        var app = builder.Build();
        var endpoint = new QueryEndpoint(sessions, new QuerySlots(options.Concurrency));
        app.Run(http => http.Request.Path.Value switch
        {
            // The loopback port has no password, and any page in a browser of this machine could post to it.
            _ when http.Request.Headers.ContainsKey("Origin") || http.Request.Headers.ContainsKey("Sec-Fetch-Site") => Refuse(http),
            "/" => endpoint.HandleAsync(http),
            "/ping" or "/replicas_status" => http.Response.WriteAsync("Ok.\n"),
            "/selfcheck" => SelfCheck.HandleAsync(http, sessions),
            _ => NotFound(http),
        });
        return app;
    }

    private static void Listen(KestrelServerOptions kestrel, Options options)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = options.BodyBytesMax;
        // The loader sends as fast as the engine takes; a pause while a merge runs is not an attack.
        kestrel.Limits.MinRequestBodyDataRate = null;
        kestrel.Limits.MaxRequestLineSize = 1 << 20;
        kestrel.Limits.MaxRequestBufferSize = 2 << 20;
        kestrel.ListenUnixSocket(options.Socket);
        if (options.Port > 0)
            kestrel.ListenLocalhost(options.Port);
    }

    private static Task Refuse(HttpContext http)
    {
        http.Response.StatusCode = StatusCodes.Status403Forbidden;
        return http.Response.WriteAsync("Browsers are not served\n");
    }

    private static Task NotFound(HttpContext http)
    {
        http.Response.StatusCode = StatusCodes.Status404NotFound;
        return http.Response.WriteAsync($"There is no handle {http.Request.Path}\n");
    }
}
