using System.Text;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using Rialto.Logs.Applications;
using Rialto.Logs.Ingest;
using Rialto.Logs.Protocols.Json;
using Rialto.Logs.Records;
using Rialto.Logs.Spool;
using Rialto.Platform;
using Rialto.Platform.ClickHouse;

namespace Rialto.Logs.Own;

/// <summary>
/// Keeps the demo alive: on the first start a day of history, then some thirty records a second, for as long as the process runs.
/// They go through decoder and spool like everybody's.
/// </summary>
internal sealed partial class DemoSender(
    Settings settings, NpgsqlDataSource postgres, ClickHouseClient clickHouse, KnownApplications applications, RecordSpool spool, RecordBatchPool pool, TimeProvider clock,
    ILogger<DemoSender> log) : BackgroundService
{
    private const int HistoryRecords = 50_000;
    private const double VisitsPerSecond = 5;
    private const double SharedLinesPerSecond = 10;

    private static readonly TimeSpan History = TimeSpan.FromHours(24);
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(2);

    private readonly Random _random = new();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!settings.Demo || !settings.DemoSender)
            return;
        try
        {
            var application = await FindAsync(stoppingToken);
            var shared = SharedData.Load();
            if (await IsEmptyAsync(application, stoppingToken))
                await SendHistoryAsync(application, shared, stoppingToken);
            await SendForeverAsync(application, shared, stoppingToken);
        }
        catch (Exception) when (stoppingToken.IsCancellationRequested)
        {
        }
        catch (Exception exception)
        {
            // The product goes on without its demo.
            LogFailed(exception);
        }
    }

    private async Task<KnownApplication> FindAsync(CancellationToken stop)
    {
        while (true)
        {
            try
            {
                await using var connection = await postgres.OpenConnectionAsync(stop);
                if (await DemoApplication.FindAsync(connection) is { } found)
                    return applications.Of(found.Organization, found.Number, found.Name);
            }
            catch (Exception exception) when (exception is NpgsqlException or TimeoutException)
            {
                // The server starts or restarts; the demo can wait for it.
            }

            await Task.Delay(RetryAfter, clock, stop);
        }
    }

    private async Task<bool> IsEmptyAsync(KnownApplication application, CancellationToken stop)
    {
        while (true)
        {
            try
            {
                await using var result = await clickHouse.QueryAsync(
                    "SELECT 1 FROM logs_1m WHERE TenantId = {tenant:UInt32} AND AppId = {application:UInt32} LIMIT 1 FORMAT TabSeparated",
                    QueryOptions.With(("tenant", application.Source.Tenant), ("application", application.Source.Application)),
                    stop);
                using var reader = new StreamReader(result.Body);
                return await reader.ReadToEndAsync(stop) is "";
            }
            catch (Exception exception) when (exception is ClickHouseException or ClickHouseUnavailableException)
            {
                await Task.Delay(RetryAfter, clock, stop);
            }
        }
    }

    /// <summary>A day with its night: visits are rarest at four in the morning and most frequent at four in the afternoon.</summary>
    private async Task SendHistoryAsync(KnownApplication application, IReadOnlyList<string> shared, CancellationToken stop)
    {
        var now = clock.GetUtcNow();
        var shop = new DemoShop(1);
        var random = new Random(2);
        var lines = new StringBuilder();
        var sharedCount = shared.Count == 0 ? 0 : HistoryRecords / 4;
        var sent = 0;
        var sharedSent = 0;
        for (var at = now - History; at < now && sent < HistoryRecords * 2;)
        {
            var passed = (at - (now - History)) / History;
            sent += shop.Visit(at, lines);
            for (; sharedSent < sharedCount * passed; sharedSent++, sent++)
                AppendShared(shared[sharedSent % shared.Count], at, lines);
            if (lines.Length > 128 * 1024)
                await SendAsync(application, lines, stop);
            var hour = at.TimeOfDay.TotalHours;
            var busy = 1.05 - Math.Cos((hour - 4) / 24 * 2 * Math.PI);
            var gap = History.TotalSeconds / (HistoryRecords / 4.8) / busy;
            at += TimeSpan.FromSeconds(gap * -Math.Log(1 - random.NextDouble()));
        }

        await SendAsync(application, lines, stop);
        LogHistory(sent);
    }

    private async Task SendForeverAsync(KnownApplication application, IReadOnlyList<string> shared, CancellationToken stop)
    {
        var shop = new DemoShop(_random.Next());
        var lines = new StringBuilder();
        using var timer = new PeriodicTimer(Tick, clock);
        while (await timer.WaitForNextTickAsync(stop))
        {
            var now = clock.GetUtcNow();
            for (var visits = Poisson(VisitsPerSecond * Tick.TotalSeconds); visits > 0; visits--)
                shop.Visit(now, lines);
            for (var count = shared.Count == 0 ? 0 : Poisson(SharedLinesPerSecond * Tick.TotalSeconds); count > 0; count--)
                AppendShared(shared[_random.Next(shared.Count)], now, lines);
            await SendAsync(application, lines, stop);
        }
    }

    private static void AppendShared(string record, DateTimeOffset at, StringBuilder lines) =>
        lines.Append(record, 0, record.Length - 1).Append(",\"timestamp\":\"").Append(at.UtcDateTime.ToString("O")).Append("\"}\n");

    private async Task SendAsync(KnownApplication application, StringBuilder lines, CancellationToken stop)
    {
        if (lines.Length == 0)
            return;
        var bytes = Encoding.UTF8.GetBytes(lines.ToString());
        lines.Clear();
        using (await application.EnterPatientlyAsync(stop) ?? throw new InvalidOperationException("The demo's application has been deleted."))
            await SendAsync(application, bytes);
        stop.ThrowIfCancellationRequested();
    }

    private async Task SendAsync(KnownApplication application, byte[] bytes)
    {
        var decoder = new JsonRecords();
        var intake = new Intake(pool, application.Source, clock.GetUtcNow());
        using var delivery = new Delivery(spool, intake);
        for (var position = 0; position < bytes.Length;)
        {
            position += decoder.Decode(bytes.AsSpan(position), final: true, intake);
            await delivery.SendAsync();
        }

        // A demo record that is refused now is not missed: the next ones come in a moment.
        await delivery.CompleteAsync();
        application.Quota.Charge(intake.Accepted, intake.AcceptedBytes, 0);
    }

    private int Poisson(double mean)
    {
        var limit = Math.Exp(-mean);
        var count = 0;
        for (var product = _random.NextDouble(); product > limit; product *= _random.NextDouble())
            count++;
        return count;
    }

    [LoggerMessage(LogLevel.Error, "The demo sender has stopped")]
    private partial void LogFailed(Exception exception);

    [LoggerMessage(LogLevel.Information, "Sent {Records} demo records of the last 24 hours")]
    private partial void LogHistory(int records);
}
