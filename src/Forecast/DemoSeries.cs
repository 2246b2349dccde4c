using System.Diagnostics;
using System.Text.Json;
using Dapper;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using Rialto.Forecast.Loads;
using Rialto.Forecast.Observations;
using Rialto.Forecast.Registry;
using Rialto.Forecast.Sources;
using Rialto.Platform;
using Rialto.Platform.Outbox;

namespace Rialto.Forecast;

/// <summary>
/// The demo's series, see <see cref="DemoTables"/>. They go through the ordinary load as jobs after the start, so the start does not wait for them. A demo that is kept busy has sales, requests
/// and its own log volume too, and then small models are trained and, when they pass the gate, promoted; each takes some seconds of one processor.
/// </summary>
internal sealed partial class DemoSeries(
    Settings settings, NpgsqlDataSource postgres, StartLoad start, SourceBook sources, TrainModel train, SeriesCatalogue catalogue, ModelStore models, TimeProvider clock, ILogger<DemoSeries> log) : BackgroundService
{
    private const int StationsMax = 4;

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly ILogger _log = log;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!settings.Demo)
            return;
        try
        {
            if (await OrganizationAsync(stoppingToken) is not { } organization)
                return;
            var by = new Origin(organization, "demo");
            var now = clock.GetUtcNow().UtcDateTime;
            var hour = now.Date.AddHours(now.Hour);
            // Who turns off what keeps the demo busy wants a quiet machine.
            await LoadAsync(by, settings.DemoSender ? [.. DemoTables.Air(hour), .. DemoTables.Shop(hour), DemoTables.Web(hour)] : DemoTables.Air(hour), stoppingToken);
            if (settings.DemoSender)
                await TrainAsync(by, stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Stopping; the next start goes on.
        }
        catch (Exception failure) when (failure is NpgsqlException or IOException)
        {
            LogFailed(failure.Message);
        }
    }

    private async Task<uint?> OrganizationAsync(CancellationToken stop)
    {
        await using var connection = await postgres.OpenConnectionAsync(stop);
        int number = await connection.QueryFirstOrDefaultAsync<int>(new CommandDefinition(
            "SELECT o.number FROM identity.organization o JOIN identity.app_user u ON u.organization_id = o.id WHERE u.demo ORDER BY o.number LIMIT 1", cancellationToken: stop));
        return number == 0 ? null : (uint)number;
    }

    private async Task LoadAsync(Origin by, IReadOnlyList<DemoTable> tables, CancellationToken stop)
    {
        if (await AskAsync("SELECT EXISTS (SELECT 1 FROM forecast.load)", by, stop))
            return;
        foreach (var table in tables)
        {
            await using var packed = table.Open();
            await start.FileAsync(by, table.Name, packed, table.Mapping, stop);
        }
        if (settings.DemoSender && settings.Modules?.Contains("logs") != false)
            await sources.PutAsync(by, new SourceRequest { Kind = "logs", EveryMinutes = 60 }, mayManage: true, stop);
    }

    /// <summary>Once in the life of a demo: its jobs have keys, and a model that was ever promoted is left as people left it.</summary>
    private async Task TrainAsync(Origin by, CancellationToken stop)
    {
        using var pulse = new PeriodicTimer(Pause, clock);
        while (await AskAsync("SELECT EXISTS (SELECT 1 FROM forecast.load l JOIN platform.job j ON j.id = l.job WHERE l.organization = @organization AND l.actor = 'demo' AND j.state IN ('waiting', 'running'))", by, stop))
            await pulse.WaitForNextTickAsync(stop);
        var known = (await catalogue.AllAsync(by.Organization, stop)).Where(series => series.Rows > 0).ToArray();
        var air = known.Where(series => series is { Measure: DemoTables.Target, Step: "hour" }).Take(StationsMax);
        var sales = known.Where(series => series is { Measure: DemoTables.Sales, Station: DemoTables.AllSales, Step: "day" });
        var requests = known.Where(series => series is { Measure: DemoTables.Requests, Step: "hour" });
        Guid?[] jobs =
        [
            await EnqueueAsync(by, "demo", air, new ModelRequest { OriginEvery = 12, Lags = JsonSerializer.SerializeToElement(12) }, stop),
            await EnqueueAsync(by, "demo sales", sales, new ModelRequest(), stop),
            await EnqueueAsync(by, "demo requests", requests, new ModelRequest(), stop),
        ];
        foreach (var job in jobs.OfType<Guid>())
            await PromoteAsync(by, job, pulse, stop);
    }

    private async Task<Guid?> EnqueueAsync(Origin by, string key, IEnumerable<SeriesRow> series, ModelRequest request, CancellationToken stop)
    {
        SeriesRow[] targets = [.. series];
        if (targets.Length == 0)
            return null;
        var (parameters, wrong) = ModelParsing.Fill(request, targets[0].Step);
        if (wrong is not null)
            throw new UnreachableException();
        return await train.EnqueueAsync(by, new TrainArguments(TrainModel.NameOf(targets[0], parameters!), [.. targets.Select(row => row.Key)], parameters!), stop, key);
    }

    private async Task PromoteAsync(Origin by, Guid job, PeriodicTimer pulse, CancellationToken stop)
    {
        Guid? model;
        while ((model = await ModelOfAsync(job, stop)) is null)
        {
            if (await AskAsync("SELECT NOT EXISTS (SELECT 1 FROM platform.job WHERE id = @job AND state IN ('waiting', 'running'))", by, stop, job) && await ModelOfAsync(job, stop) is null)
                return;
            await pulse.WaitForNextTickAsync(stop);
        }
        if (await models.FindAsync(by.Organization, model.Value, stop) is { Passed: true, WasPromoted: false } row)
            await models.PromoteAsync(by.Organization, row.Id, row.Series, by.Actor, stop);
    }

    private async Task<Guid?> ModelOfAsync(Guid job, CancellationToken stop)
    {
        await using var connection = await postgres.OpenConnectionAsync(stop);
        return await connection.QuerySingleOrDefaultAsync<Guid?>(new CommandDefinition("SELECT id FROM forecast.model WHERE job = @job", new { job }, cancellationToken: stop));
    }

    private async Task<bool> AskAsync(string question, Origin by, CancellationToken stop, Guid? job = null)
    {
        await using var connection = await postgres.OpenConnectionAsync(stop);
        return await connection.QuerySingleAsync<bool>(new CommandDefinition(question, new { organization = (int)by.Organization, job }, cancellationToken: stop));
    }

    [LoggerMessage(LogLevel.Warning, "The demo's series could not be loaded: {Reason}")]
    private partial void LogFailed(string reason);
}
