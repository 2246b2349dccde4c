using System.Diagnostics;
using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Dapper;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using Rialto.Forecast.Loads;
using Rialto.Forecast.Observations;
using Rialto.Forecast.Registry;
using Rialto.Platform;
using Rialto.Platform.Outbox;

namespace Rialto.Forecast;

/// <summary>
/// The demo's series: stations of the public Beijing set when its files are beside the checkout, else generated ones. They go through the ordinary
/// load as jobs after the start, so the start does not wait for them. Then one small model is trained and, when it passes the gate, promoted; it takes some seconds of one processor.
/// </summary>
internal sealed partial class DemoSeries(
    Settings settings, NpgsqlDataSource postgres, StartLoad start, TrainModel train, SeriesCatalogue catalogue, ModelStore models, TimeProvider clock, ILogger<DemoSeries> log) : BackgroundService
{
    /// <summary>Enough for a map and a region, and loaded in some seconds.</summary>
    private static readonly string[] Stations = ["Aotizhongxin", "Changping", "Dongsi", "Shunyi"];

    /// <summary>Places that do not exist, for a checkout without the files; on the map they stand in Madrid.</summary>
    private static readonly (string Name, double Latitude, double Longitude)[] Streets = [("A Street", 40.424, -3.692), ("B Street", 40.408, -3.676), ("C Street", 40.440, -3.715)];

    private const int GeneratedDays = 400;

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
            await LoadAsync(by, stoppingToken);
            // Who turns off what keeps the demo busy wants a quiet machine.
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

    private async Task LoadAsync(Origin by, CancellationToken stop)
    {
        if (await AskAsync("SELECT EXISTS (SELECT 1 FROM forecast.load)", by, stop))
            return;
        string[] files = [.. Stations.Select(FileOf).OfType<string>()];
        foreach (string file in files)
        {
            await using var packed = File.OpenRead(file);
            await start.FileAsync(by, Path.GetFileName(file), packed, new Mapping { Preset = "prsa" }, stop);
        }
        for (int place = 0; files.Length == 0 && place < Streets.Length; place++)
        {
            await using var made = Generate(place);
            var (name, latitude, longitude) = Streets[place];
            await start.FileAsync(by, name + ".csv.gz", made, new Mapping { Preset = "long", Latitude = latitude, Longitude = longitude }, stop);
        }
    }

    /// <summary>Once in the life of a demo: its job has a key, and a model that was ever promoted is left as people left it.</summary>
    private async Task TrainAsync(Origin by, CancellationToken stop)
    {
        using var pulse = new PeriodicTimer(Pause, clock);
        while (await AskAsync("SELECT EXISTS (SELECT 1 FROM forecast.load l JOIN platform.job j ON j.id = l.job WHERE l.organization = @organization AND l.actor = 'demo' AND j.state IN ('waiting', 'running'))", by, stop))
            await pulse.WaitForNextTickAsync(stop);
        var targets = (await catalogue.AllAsync(by.Organization, stop)).Where(series => series is { Measure: "PM2.5", Rows: > 0, Step: "hour" }).Take(Stations.Length).ToArray();
        if (targets.Length == 0)
            return;
        var (parameters, wrong) = ModelParsing.Fill(new ModelRequest { OriginEvery = 12, Lags = JsonSerializer.SerializeToElement(12) }, "hour");
        if (wrong is not null)
            throw new UnreachableException();
        var job = await train.EnqueueAsync(by, new TrainArguments("PM2.5 24 hours", [.. targets.Select(series => series.Key)], parameters!), stop, key: "demo");
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

    /// <summary>A daily and a weekly wave under weather that wanders, at a place that does not exist, up to the present hour.</summary>
    private MemoryStream Generate(int place)
    {
        var bytes = new MemoryStream();
        using (var packed = new GZipStream(bytes, CompressionLevel.Fastest, leaveOpen: true))
        using (var text = new StreamWriter(packed, Encoding.UTF8))
        {
            text.Write("time,station,measure,value,unit\n");
            var now = clock.GetUtcNow().UtcDateTime;
            var end = new DateTime(now.Year, now.Month, now.Day, now.Hour, 0, 0, DateTimeKind.Utc);
            // One weather for all places, and something of its own for each.
            Random random = new(1), other = new(2 + place);
            double weather = 0, own = 0;
            for (var at = end.AddDays(-GeneratedDays); at <= end; at = at.AddHours(1))
            {
                weather = 0.99 * weather + 0.12 * (random.NextDouble() - 0.5);
                own = 0.95 * own + 0.15 * (other.NextDouble() - 0.5);
                double wave = 0.4 * Math.Cos(2 * Math.PI * (at.Hour - 8) / 12) - (at.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday ? 0.3 : 0);
                double value = 18 * Math.Exp(3 * weather + own + wave);
                text.Write(string.Create(CultureInfo.InvariantCulture, $"{at:yyyy-MM-dd'T'HH:mm:ss'Z'},{Streets[place].Name},PM2.5,{value:0.0},ug/m3\n"));
            }
        }
        bytes.Position = 0;
        return bytes;
    }

    private static string? FileOf(string station)
    {
        for (var directory = new DirectoryInfo(AppContext.BaseDirectory); directory is not null; directory = directory.Parent)
        {
            if (!File.Exists(Path.Combine(directory.FullName, "Rialto.slnx")))
                continue;
            string folder = Path.Combine(directory.Parent?.FullName ?? "", "shared", "data", "air");
            return Directory.Exists(folder) ? Directory.GetFiles(folder, $"PRSA_Data_{station}_*.csv.gz").FirstOrDefault() : null;
        }
        return null;
    }

    [LoggerMessage(LogLevel.Warning, "The demo's series could not be loaded: {Reason}")]
    private partial void LogFailed(string reason);
}
