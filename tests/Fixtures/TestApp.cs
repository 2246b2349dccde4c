using System.Net;
using Dapper;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using Rialto.Platform;
using Rialto.Platform.Hosting;
using Rialto.Platform.Identity;
using Rialto.Platform.Jobs;
using Rialto.Platform.Outbox;

namespace Rialto.Fixtures;

/// <summary>
/// The real application over HTTP on a free port, with a database of the fixture and without ClickHouse: for module tests of use cases, queues and sagas.
/// Demo accounts exist; their password is <see cref="Password"/>.
/// </summary>
public sealed class TestApp : IAsyncDisposable
{
    public const string Password = "demo-password-of-tests";
    public const string Administrator = DemoIdentity.Administrator;
    public const string Viewer = DemoIdentity.Viewer;

    private static readonly string[] NotInTests = ["PortCheck", "EnginesStart", "SchemaStart", "SimulatorsStart", "EventExport", "OwnRecordsForwarding", "OpenTelemetryExport"];
    private static int _apps;

    private readonly WebApplication _app;
    private readonly PostgresDatabase _database;
    private readonly string _name;

    private TestApp(WebApplication app, PostgresDatabase database, string name)
    {
        (_app, _database, _name) = (app, database, name);
        Address = new Uri(app.Urls.Single());
    }

    public Uri Address { get; }
    public IServiceProvider Services => _app.Services;

    /// <param name="database">Migrated for <paramref name="modules"/>.</param>
    /// <param name="change">Last word on the services.</param>
    /// <param name="time">When given, the program and its database live in this time.</param>
    public static async Task<TestApp> StartAsync(
        PostgresDatabase database, IReadOnlyList<Module> modules, Action<IServiceCollection>? change = null, VirtualTime? time = null, string? dataDirectory = null)
    {
        var name = $"app{Interlocked.Increment(ref _apps)}";
        var postgres = new NpgsqlConnectionStringBuilder(database.ConnectionString) { ApplicationName = name, MaxPoolSize = 60 };
        if (time is not null) postgres.SearchPath = VirtualTime.SearchPath;
        var settings = new Settings
        {
            Port = 0,
            Bind = IPAddress.Loopback,
            Demo = true,
            DemoPassword = Password,
            DemoKey = "rk_demo_0123456789abcdef",
            Postgres = postgres.ConnectionString,
            ClickHouse = new Uri("http://127.0.0.1:9/"),
            DataDirectory = dataDirectory ?? Directory.CreateTempSubdirectory("rialto-app-").FullName,
        };
        var app = RialtoApp.Build(settings, modules, services =>
        {
            foreach (var service in services.Where(IsNotInTests).ToArray()) services.Remove(service);
            if (time is not null) services.AddSingleton<TimeProvider>(time);
            services.AddLogging(logging => logging.ClearProviders());
            change?.Invoke(services);
        });
        await PrepareAsync(app.Services, modules);
        await app.StartAsync();
        return new TestApp(app, database, name);
    }

    /// <summary>A caller with a cookie jar of his own.</summary>
    public HttpClient Client() => new(new SocketsHttpHandler { CookieContainer = new CookieContainer(), AllowAutoRedirect = false }) { BaseAddress = Address };

    /// <summary>Ends it as a crash would: nothing is finished, and its connections break.</summary>
    public async Task CrashAsync()
    {
        using var now = new CancellationTokenSource();
        await now.CancelAsync();
        var stopping = _app.StopAsync(now.Token).ContinueWith(_ => { }, TaskScheduler.Default);
        for (var round = 0; round < 2; round++)
        {
            await using var connection = await _database.DataSource.OpenConnectionAsync();
            await connection.ExecuteAsync("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = @_name", new { _name });
            await stopping.WaitAsync(TimeSpan.FromSeconds(20));
        }
    }

    public async ValueTask DisposeAsync()
    {
        using var soon = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        await _app.StopAsync(soon.Token);
        await _app.DisposeAsync();
    }

    private static bool IsNotInTests(ServiceDescriptor service) =>
        service.ServiceType == typeof(IHostedService)
        && NotInTests.Contains((service.ImplementationType ?? service.ImplementationFactory?.Method.ReturnType)?.Name ?? "");

    private static async Task PrepareAsync(IServiceProvider services, IReadOnlyList<Module> modules)
    {
        await OutboxRelay.SubscribeAsync(services.GetRequiredService<NpgsqlDataSource>(), services.GetServices<Handler>(), CancellationToken.None);
        await services.GetRequiredService<Scheduler>().PrepareAsync(CancellationToken.None);
        await services.GetRequiredService<DemoIdentity>().OpenAsync(CancellationToken.None);
        foreach (var module in modules) await module.SeedDemoAsync(services, CancellationToken.None);
    }
}
