using Microsoft.Extensions.Hosting;
using Rialto.Platform.Identity;
using Rialto.Platform.Postgres;

namespace Rialto.Platform.Hosting;

/// <summary>Brings the databases up to date, then opens or closes the demo. Runs when the engines answer and before any module starts.</summary>
internal sealed class SchemaStart(
    Settings settings, IReadOnlyList<Module> modules, PostgresMigrations postgres, DemoIdentity demo, StartBanner banner, IServiceProvider services) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await postgres.RunAsync(MigrationSet.Of(modules), cancellationToken);
        if (!settings.Demo)
        {
            await demo.CloseAsync(cancellationToken);
            return;
        }
        banner.Demo = await demo.OpenAsync(cancellationToken);
        foreach (var module in modules) await module.SeedDemoAsync(services, cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
