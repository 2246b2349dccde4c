using System.IO.Compression;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;
using Npgsql;
using Rialto.Platform.ClickHouse;
using Rialto.Platform.Configuration;
using Rialto.Platform.Connectors;
using Rialto.Platform.Engines;
using Rialto.Platform.Gateway;
using Rialto.Platform.Health;
using Rialto.Platform.Identity;
using Rialto.Platform.Mail;
using Rialto.Platform.Jobs;
using Rialto.Platform.Outbox;
using Rialto.Platform.Postgres;
using Rialto.Platform.Problems;
using Rialto.Platform.Sagas;
using Rialto.Platform.Secrets;
using Rialto.Platform.Telemetry;

namespace Rialto.Platform.Hosting;

/// <summary>Registers everything the modules stand on. Hosted services start in the order they are registered and stop in reverse; Kestrel is last.</summary>
internal static class PlatformServices
{
    public static void AddPlatform(this WebApplicationBuilder builder, Settings settings, IReadOnlyList<Module> modules)
    {
        var services = builder.Services;
        services.AddSingleton(settings);
        services.AddSingleton(modules);
        services.AddSingleton(TimeProvider.System);
        services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(30));
        builder.AddTelemetry();

        services.AddHostedService<PortCheck>();
        services.AddEngines(settings);
        services.AddHostedService<SchemaStart>();
        services.AddSingleton<Notifications>();
        services.AddHostedService(provider => provider.GetRequiredService<Notifications>());

        services.AddConfigurationStore();
        services.AddSecrets();
        services.AddConnectors();
        services.AddHostedService<SimulatorsStart>();
        services.AddMail();
        services.AddSagas();
        services.AddQueues();
        services.AddGateway(settings);
        services.AddIdentity();
        builder.AddHttp(settings);
        services.AddSingleton<HealthCheck>();
        services.AddSingleton<OwnAddress>();
        services.AddSingleton<StartBanner>();
    }

    private static void AddTelemetry(this WebApplicationBuilder builder)
    {
        builder.Logging.SetMinimumLevel(LogLevel.Information);
        builder.Logging.AddFilter("Microsoft", LogLevel.Warning);
        builder.Logging.AddFilter("System", LogLevel.Warning);
        builder.Logging.AddFilter("Npgsql", LogLevel.Warning);
        builder.Logging.AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error);
        // A failed start is told by RialtoApp, once; a background part that failed and stops the host is told here, as critical.
        builder.Logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.Critical);
        builder.Logging.AddConsole(console => console.FormatterName = PlainConsole.FormatName).AddConsoleFormatter<PlainConsole, ConsoleFormatterOptions>();

        builder.Services.AddSingleton<OwnRecordsQueue>();
        builder.Services.AddSingleton<ILoggerProvider>(services => services.GetRequiredService<OwnRecordsQueue>());
        builder.Services.AddHostedService<OwnRecordsForwarding>();
        builder.Services.AddHostedService<OpenTelemetryExport>();
    }

    private static void AddEngines(this IServiceCollection services, Settings settings)
    {
        var connection = settings.Postgres ?? PostgresEngine.ConnectionStringOf(settings.DataDirectory);
        services.AddSingleton(provider =>
        {
            var postgres = new NpgsqlDataSourceBuilder(connection) { Name = "rialto" };
            postgres.UseLoggerFactory(provider.GetRequiredService<ILoggerFactory>());
            return postgres.Build();
        });
        services.AddSingleton(_ => new ClickHouseClient(
            settings.ClickHouse is { } server ? ClickHouseEndpoint.Of(server) with { Database = "rialto" } : ClickHouseEngine.EndpointOf(settings.DataDirectory)));
        services.AddSingleton<EnginesStart>();
        services.AddHostedService(provider => provider.GetRequiredService<EnginesStart>());
        services.AddSingleton<IHealthPart>(provider => provider.GetRequiredService<EnginesStart>());
        services.AddSingleton<IHealthPart, PostgresHealth>();
        services.AddSingleton<IHealthPart, QueuesHealth>();
        services.AddSingleton<IExplainException, PostgresDown>();
        services.AddSingleton<IHealthPart, ClickHouseHealth>();
        services.AddSingleton<IExplainException, ClickHouseDown>();
        services.AddSingleton(provider => new ClickHouseMigrations(provider.GetRequiredService<ClickHouseClient>(), ClickHouseSchema.Plain));
        services.AddSingleton<PostgresMigrations>();
    }

    internal static void AddQueues(this IServiceCollection services)
    {
        services.AddSingleton<EventOutbox>();
        services.AddSingleton(new RelayPolicy());
        services.AddSingleton<OutboxRelay>();
        services.AddHostedService(provider => provider.GetRequiredService<OutboxRelay>());
        services.AddHostedService<EventExport>();

        services.AddSingleton(provider => new JobQueue(
            provider.GetRequiredService<NpgsqlDataSource>(), provider.GetRequiredService<TimeProvider>(), provider.GetServices<JobKind>()));
        services.AddSingleton<JobRunner>();
        services.AddHostedService(provider => provider.GetRequiredService<JobRunner>());
        services.AddSingleton<Scheduler>();
        services.AddHostedService(provider => provider.GetRequiredService<Scheduler>());
        services.AddJob<Cleaning.Arguments, Cleaning>(Cleaning.Name);
        services.AddSchedule(Cleaning.Name, Recurrence.DailyAt(new TimeOnly(3, 0)), new Cleaning.Arguments());
    }

    private static void AddHttp(this WebApplicationBuilder builder, Settings settings)
    {
        builder.WebHost.UseKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            HttpLimits.Set(kestrel.Limits, settings);
            if (settings.Bind.Equals(System.Net.IPAddress.Loopback) && settings.Port != 0) kestrel.ListenLocalhost(settings.Port);
            else kestrel.Listen(settings.Bind, settings.Port);
        });
        var services = builder.Services;
        // In place of Kestrel's own, so after it.
        services.Replace(ServiceDescriptor.Singleton<IMemoryPoolFactory<byte>, LargeBlocks>());
        services.AddRouting();
        // A parameter or body that cannot be read becomes a problem that says why.
        services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true);
        services.AddResponseCompression(compression =>
        {
            compression.Providers.Add<BrotliCompressionProvider>();
            compression.Providers.Add<GzipCompressionProvider>();
            compression.MimeTypes = ["text/html", "text/css", "text/plain", "text/javascript", "application/javascript", "application/json", "application/problem+json", "application/x-ndjson", "image/svg+xml"];
        });
        services.Configure<BrotliCompressionProviderOptions>(brotli => brotli.Level = CompressionLevel.Fastest);
        services.Configure<GzipCompressionProviderOptions>(gzip => gzip.Level = CompressionLevel.Fastest);
        services.AddSignalR();
        // A number is a number: with the default, which reads "5" too, every number of the description is a number or a text.
        // A field that does not exist is misspelt: without its dailyQuota a plan would limit nothing.
        services.ConfigureHttpJsonOptions(json =>
            (json.SerializerOptions.NumberHandling, json.SerializerOptions.UnmappedMemberHandling) = (JsonNumberHandling.Strict, JsonUnmappedMemberHandling.Disallow));
        services.AddOpenApi("v1", api =>
        {
            api.CreateSchemaReferenceId = SchemaNames.Of;
            // Requests are read strictly; an answer may get a field more one day, and both have the same types here.
            api.AddSchemaTransformer((schema, _, _) =>
            {
                schema.AdditionalPropertiesAllowed = true;
                return Task.CompletedTask;
            });
            api.AddDocumentTransformer((document, _, _) =>
            {
                document.Info = new() { Title = "Rialto", Version = HealthEndpoints.Version };
                // The address of this one request means nothing to the next reader.
                document.Servers = [];
                return Task.CompletedTask;
            });
        });
    }
}
