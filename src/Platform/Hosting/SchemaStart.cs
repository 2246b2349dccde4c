using Microsoft.Extensions.Hosting;
using Npgsql;
using Rialto.Platform.ClickHouse;
using Rialto.Platform.Identity;
using Rialto.Platform.Identity.Accounts;
using Rialto.Platform.Jobs;
using Rialto.Platform.Outbox;
using Rialto.Platform.Postgres;

namespace Rialto.Platform.Hosting;

/// <summary>Brings the databases up to date, then opens or closes the demo. Runs when the engines answer and before any module starts.</summary>
internal sealed class SchemaStart(
    Settings settings, IReadOnlyList<Module> modules, PostgresMigrations migrations, ClickHouseMigrations clickhouse, NpgsqlDataSource postgres, IEnumerable<Handler> handlers, Scheduler scheduler,
    DemoIdentity demo, FirstAdministrator first, StartBanner banner, IServiceProvider services) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await Task.WhenAll(migrations.RunAsync(MigrationSet.Of(modules), cancellationToken), MigrateClickHouseAsync(cancellationToken));
        await OutboxRelay.SubscribeAsync(postgres, handlers, cancellationToken);
        await scheduler.PrepareAsync(cancellationToken);
        if (!settings.Demo)
        {
            await demo.CloseAsync(cancellationToken);
            banner.FirstToken = await first.OfferAsync(cancellationToken);
            return;
        }
        banner.Demo = await demo.OpenAsync(cancellationToken);
        foreach (var module in modules) await module.SeedDemoAsync(services, cancellationToken);
    }

    private async Task MigrateClickHouseAsync(CancellationToken stop)
    {
        await clickhouse.ApplyAsync("platform", typeof(SchemaStart).Assembly, stop);
        foreach (var module in modules) await clickhouse.ApplyAsync(module.Name, module.GetType().Assembly, stop);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
