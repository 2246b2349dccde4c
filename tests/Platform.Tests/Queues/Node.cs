using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;
using Rialto.Contracts;
using Rialto.Platform.ClickHouse;
using Rialto.Platform.Hosting;
using Rialto.Platform.Jobs;
using Rialto.Platform.Outbox;
using Rialto.Platform.Postgres;

namespace Rialto.Platform.Tests.Queues;

/// <summary>The queues of one node of a cluster, composed as the host composes them. Several in a process share nothing but the database.</summary>
internal sealed class Node : IAsyncDisposable
{
    public static readonly Origin Origin = new(1, "test");

    private readonly ServiceProvider _services;
    private readonly List<IHostedService> _running = [];

    private Node(ServiceProvider services) => _services = services;

    public Script Script => _services.GetRequiredService<Script>();

    public EventOutbox Outbox => _services.GetRequiredService<EventOutbox>();

    public JobQueue Jobs => _services.GetRequiredService<JobQueue>();

    /// <summary>For a job whose runner goes away: its lease runs out soon. Only for those, because a machine that stands still for a moment loses it too.</summary>
    public static JobPolicy SoonLost { get; } = new() { AttemptsMax = 3, FirstDelay = TimeSpan.FromMilliseconds(20), Lease = TimeSpan.FromMilliseconds(500) };

    public NpgsqlDataSource Postgres => _services.GetRequiredService<NpgsqlDataSource>();

    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    public static async Task<Node> StartAsync(string database, Action<IServiceCollection>? more = null, JobPolicy? policy = null, bool relays = true)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton(new Settings());
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton(_ => NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(database) { MaxPoolSize = 30 }));
        // Nobody is there, and nothing here needs it.
        services.AddSingleton(new ClickHouseClient(ClickHouseEndpoint.OfSocket("/nowhere")));
        services.AddSingleton<Notifications>();
        services.AddSingleton<Script>();
        services.AddQueues();
        services.AddSingleton(new RelayPolicy { AttemptsMax = 3, FirstDelay = TimeSpan.FromMilliseconds(20), LongestDelay = TimeSpan.FromMilliseconds(40) });
        services.AddHandler<Counted, Witness>(Witness.Name);
        services.AddJob<Work, Worker>(Worker.Name, policy ?? new JobPolicy { AttemptsMax = 3, FirstDelay = TimeSpan.FromMilliseconds(20) });
        more?.Invoke(services);

        var node = new Node(services.BuildServiceProvider());
        await using (var connection = await node.Postgres.OpenConnectionAsync())
            await connection.ExecuteAsync("CREATE TABLE IF NOT EXISTS seen (place bigint GENERATED ALWAYS AS IDENTITY, handler text, key text, number int)");
        await OutboxRelay.SubscribeAsync(node.Postgres, node._services.GetServices<Handler>(), CancellationToken.None);
        await node.Get<Scheduler>().PrepareAsync(CancellationToken.None);
        await node.RunAsync(node.Get<Notifications>());
        foreach (var service in node._services.GetServices<IHostedService>().Where(service => service is not EventExport && (relays || service is not OutboxRelay))) await node.RunAsync(service);
        return node;
    }

    public Task PublishAsync(params IBusinessEvent[] events) => InTransactionAsync(transaction => Outbox.PublishAsync(transaction, Origin, events));

    public async Task<Guid> EnqueueAsync(Work work, JobOptions? options = null)
    {
        var id = Guid.Empty;
        await InTransactionAsync(async transaction => id = await Jobs.EnqueueAsync(transaction, Origin, work, options));
        return id;
    }

    public async Task InTransactionAsync(Func<NpgsqlTransaction, Task> work)
    {
        await using var connection = await Postgres.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await work(transaction);
        await transaction.CommitAsync();
    }

    public async Task<T> QueryAsync<T>(string sql, object? parameters = null)
    {
        await using var connection = await Postgres.OpenConnectionAsync();
        return await connection.QuerySingleAsync<T>(sql, parameters);
    }

    public async Task<T[]> QueryAllAsync<T>(string sql, object? parameters = null)
    {
        await using var connection = await Postgres.OpenConnectionAsync();
        return [.. await connection.QueryAsync<T>(sql, parameters)];
    }

    public Task<string> StateOfAsync(Guid job) => QueryAsync<string>("SELECT state FROM platform.job WHERE id = @job", new { job });

    public async ValueTask DisposeAsync()
    {
        foreach (var service in _running.AsEnumerable().Reverse()) await service.StopAsync(CancellationToken.None);
        await _services.DisposeAsync();
    }

    private async Task RunAsync(IHostedService service)
    {
        _running.Add(service);
        await service.StartAsync(CancellationToken.None);
    }
}
