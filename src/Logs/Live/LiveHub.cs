using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection;
using Rialto.Logs.Query;
using Rialto.Logs.Search;
using Rialto.Logs.Spool;
using Rialto.Platform.Identity;

namespace Rialto.Logs.Live;

/// <summary>
/// <c>/hubs/live</c>. A client calls <c>Watch</c>, again to change its filter on the open connection, and gets <c>watching</c> or <c>refused</c>, then
/// <c>records</c>: see <see cref="RecordsMessage"/>. <c>Pause</c> stops them; another <c>Watch</c> with resumeAfter goes on without a gap.
/// </summary>
internal sealed class LiveHub(LiveTail tail, MissedRecords missed, ApplicationDirectory applications, IHubContext<LiveHub> hub, TimeProvider clock) : Hub
{
    private static readonly object ConnectionKey = new();

    public override Task OnConnectedAsync()
    {
        var connection = new LiveConnection(Context.User!.Caller()!, hub.Clients.Client(Context.ConnectionId), tail, missed, clock);
        if (tail.TryAdd(connection))
        {
            Context.Items[ConnectionKey] = connection;
            connection.Start();
        }

        return Task.CompletedTask;
    }

    public override async Task OnDisconnectedAsync(Exception? exception)
    {
        if (Connection is not { } connection)
            return;
        tail.Remove(connection);
        await connection.DisposeAsync();
    }

    public async Task Watch(WatchRequest request)
    {
        if (Connection is not { } connection)
        {
            await RefuseAsync(new(request.Generation, "too-many-watchers", $"You watch in {LiveLimits.ConnectionsPerCallerMax} places already, or too many people watch at the moment. Close one and try again."));
            return;
        }

        var names = await applications.OfAsync(connection.Caller.Organization, Context.ConnectionAborted);
        if (!QueryBinder.TryRead(request.Query ?? "", names.Numbers, out var condition, out var error))
        {
            connection.Pause();
            await RefuseAsync(new(request.Generation, "query-syntax", error.Detail, error.At.Start, error.At.Length));
            return;
        }

        // What is no sequence is none of ours to resume from: then watching begins now.
        var isSequence = ulong.TryParse(request.ResumeAfter, NumberStyles.None, CultureInfo.InvariantCulture, out var after);
        connection.Watch(request.Generation, condition, isSequence ? after : null);
    }

    public Task Pause()
    {
        Connection?.Pause();
        return Task.CompletedTask;
    }

    private LiveConnection? Connection => Context.Items.TryGetValue(ConnectionKey, out var connection) ? (LiveConnection?)connection : null;

    private Task RefuseAsync(RefusedMessage refused) => Clients.Caller.SendAsync("refused", refused, Context.ConnectionAborted);
}

/// <summary>Puts the live tail together.</summary>
internal static class LiveServices
{
    public static void AddLive(this IServiceCollection services)
    {
        services.AddSingleton<LiveTail>();
        services.AddSingleton<ICommittedBatches>(provider => provider.GetRequiredService<LiveTail>());
        services.AddHostedService(provider => provider.GetRequiredService<LiveTail>());
        services.AddSingleton(provider => new MissedRecords(
            provider.GetRequiredService<SearchEngine>(),
            provider.GetRequiredService<ApplicationDirectory>(),
            provider.GetRequiredService<TimeProvider>(),
            () => provider.GetRequiredService<RecordSpool>().LoadedBefore,
            () => provider.GetRequiredService<RecordSpool>().RecoveredThrough));
    }

    public static void MapLive(this IEndpointRouteBuilder routes) => routes.MapHub<LiveHub>("/hubs/live").RequirePermission(Permission.LogsRead);
}
