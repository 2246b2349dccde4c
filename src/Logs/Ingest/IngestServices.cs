using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Rialto.Logs.Applications;
using Rialto.Logs.Live;
using Rialto.Logs.Own;
using Rialto.Logs.Records;
using Rialto.Logs.Spool;
using Rialto.Logs.Syslog;
using Rialto.Platform;
using Rialto.Platform.ClickHouse;
using Rialto.Platform.Health;
using Rialto.Platform.Identity.Administration;
using Rialto.Platform.Telemetry;

namespace Rialto.Logs.Ingest;

/// <summary>Puts the ingest path together.</summary>
internal static class IngestServices
{
    public static void AddIngest(this IHostApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSingleton<RecordBatchPool>();
        services.AddSingleton(new BodyMemory());
        services.AddSingleton<ApplicationHolds>();
        services.AddSingleton<KnownApplications>();
        services.AddHostedService(provider => provider.GetRequiredService<KnownApplications>());
        services.AddSingleton<IUseApplications, ApplicationRecords>();
        services.AddSingleton<IngestPath>();
        services.AddSingleton<MatcherPolicy, ElasticHandshake.RootPolicy>();
        services.AddSpool();
        services.AddSenders();
    }

    public static void MapIngest(this IEndpointRouteBuilder routes)
    {
        routes.MapReceiveRecords();
        routes.MapReceiveOtlp();
        routes.MapReceiveBulk();
        routes.MapElasticHandshake();
    }

    /// <summary>The ways in that are not HTTP. They begin after the spool and end before it.</summary>
    private static void AddSenders(this IServiceCollection services)
    {
        services.AddSingleton<SyslogSources>();
        services.AddHostedService(provider => provider.GetRequiredService<SyslogSources>());
        services.AddSingleton<SyslogServer>();
        services.AddSingleton<IHealthPart>(provider => provider.GetRequiredService<SyslogServer>());
        services.AddHostedService(provider => provider.GetRequiredService<SyslogServer>());
        services.AddSingleton<IOwnRecords, OwnRecords>();
        services.AddHostedService<DemoSender>();
    }

    private static void AddSpool(this IServiceCollection services)
    {
        services.AddSingleton(provider =>
        {
            var settings = provider.GetRequiredService<Settings>();
            return new RecordSpool(
                new SpoolOptions
                {
                    Directory = Path.Combine(settings.DataDirectory, "logs", "spool"),
                    Node = settings.NodeId,
                    BytesMax = settings.SpoolBytes,
                    SegmentRowsWhenBusyMax = 300_000,
                },
                new SpoolDisk(),
                provider.GetRequiredService<TimeProvider>(),
                provider.GetServices<ICommittedBatches>(),
                provider.GetRequiredService<ILogger<RecordSpool>>());
        });
        services.AddSingleton(provider => new SegmentLoader(
            provider.GetRequiredService<RecordSpool>(),
            provider.GetRequiredService<ClickHouseClient>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<SegmentLoader>>()));
        services.AddSingleton<SpoolHost>();
        services.AddSingleton<IHealthPart>(provider => provider.GetRequiredService<SpoolHost>());
        services.AddHostedService(provider => provider.GetRequiredService<SpoolHost>());
        services.AddHostedService<IndexCatchUp>();
    }
}
