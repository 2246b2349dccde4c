using System.Globalization;
using System.IO.Compression;
using System.Text;
using Dapper;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using Rialto.Forecast.Loads;
using Rialto.Platform;
using Rialto.Platform.Outbox;

namespace Rialto.Forecast;

/// <summary>
/// The demo's series: stations of the public Beijing set when its files are beside the checkout, else generated ones. They go through the ordinary
/// load as jobs after the start, so the start does not wait for them.
/// </summary>
internal sealed partial class DemoSeries(Settings settings, NpgsqlDataSource postgres, StartLoad start, TimeProvider clock, ILogger<DemoSeries> log) : BackgroundService
{
    /// <summary>Enough for a map and a region, and loaded in some seconds.</summary>
    private static readonly string[] Stations = ["Aotizhongxin", "Changping", "Dongsi", "Shunyi"];

    private const int GeneratedDays = 400;

    private readonly ILogger _log = log;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!settings.Demo)
            return;
        try
        {
            await LoadAsync(stoppingToken);
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

    private async Task LoadAsync(CancellationToken stop)
    {
        await using (var connection = await postgres.OpenConnectionAsync(stop))
        {
            if (await connection.QuerySingleAsync<bool>(new CommandDefinition("SELECT EXISTS (SELECT 1 FROM forecast.load)", cancellationToken: stop)))
                return;
        }
        int organization;
        await using (var connection = await postgres.OpenConnectionAsync(stop))
        {
            organization = await connection.QueryFirstOrDefaultAsync<int>(new CommandDefinition(
                "SELECT o.number FROM identity.organization o JOIN identity.app_user u ON u.organization_id = o.id WHERE u.demo ORDER BY o.number LIMIT 1", cancellationToken: stop));
        }
        if (organization == 0)
            return;
        var by = new Origin((uint)organization, "demo");
        string[] files = [.. Stations.Select(FileOf).OfType<string>()];
        foreach (string file in files)
        {
            await using var packed = File.OpenRead(file);
            await start.FileAsync(by, Path.GetFileName(file), packed, new Mapping { Preset = "prsa" }, stop);
        }
        if (files.Length > 0)
            return;
        await using var made = Generate();
        await start.FileAsync(by, "generated.csv.gz", made, new Mapping { Preset = "long" }, stop);
    }

    /// <summary>A daily and a weekly wave under weather that wanders, at three places that do not exist, up to the present hour.</summary>
    private MemoryStream Generate()
    {
        var bytes = new MemoryStream();
        using (var packed = new GZipStream(bytes, CompressionLevel.Fastest, leaveOpen: true))
        using (var text = new StreamWriter(packed, Encoding.UTF8))
        {
            text.Write("time,station,measure,value,unit\n");
            var now = clock.GetUtcNow().UtcDateTime;
            var end = new DateTime(now.Year, now.Month, now.Day, now.Hour, 0, 0, DateTimeKind.Utc);
            double weather = 0;
            var random = new Random(1);
            var own = new double[3];
            for (var at = end.AddDays(-GeneratedDays); at <= end; at = at.AddHours(1))
            {
                weather = 0.99 * weather + 0.12 * (random.NextDouble() - 0.5);
                for (int place = 0; place < own.Length; place++)
                {
                    own[place] = 0.95 * own[place] + 0.15 * (random.NextDouble() - 0.5);
                    double wave = 0.4 * Math.Cos(2 * Math.PI * (at.Hour - 8) / 12) - (at.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday ? 0.3 : 0);
                    double value = 18 * Math.Exp(3 * weather + own[place] + wave);
                    text.Write(string.Create(CultureInfo.InvariantCulture, $"{at:yyyy-MM-dd'T'HH:mm:ss'Z'},{(char)('A' + place)} Street,PM2.5,{value:0.0},ug/m3\n"));
                }
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
