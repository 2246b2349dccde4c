using System.Collections.Concurrent;
using System.Collections.Frozen;
using Dapper;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using Rialto.Logs.Ingest;
using Rialto.Platform.Identity;

namespace Rialto.Logs.Applications;

/// <summary>An application as the ingest path sees it.</summary>
internal sealed class KnownApplication(Quota quota, RecordSource source, ApplicationHolds holds)
{
    private volatile RecordSource _source = source;

    public Quota Quota { get; } = quota;

    public RecordSource Source
    {
        get => _source;
        set => _source = value;
    }

    /// <summary>Before records of it are taken; see <see cref="ApplicationHolds.EnterAsync"/>.</summary>
    public ValueTask<Hold?> EnterAsync(CancellationToken stop) => holds.EnterAsync(_source.Application, stop);

    public ValueTask<Hold?> EnterPatientlyAsync(CancellationToken stop) => holds.EnterPatientlyAsync(_source.Application, stop);
}

/// <summary>
/// What is agreed with each application, and what each has used. Changes in the database hold on every node within <see cref="Interval"/>; while the database
/// is away, what was last known holds, because records must not wait for it.
/// </summary>
internal sealed partial class KnownApplications(NpgsqlDataSource postgres, ApplicationHolds holds, TimeProvider clock, ILogger<KnownApplications> log) : BackgroundService
{
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<uint, KnownApplication> _known = new();
    private FrozenDictionary<uint, Agreement> _agreements = FrozenDictionary<uint, Agreement>.Empty;

    /// <summary>The application of a key.</summary>
    public KnownApplication Of(Caller caller) => Of(caller.Organization, caller.Application!.Value, caller.ApplicationName!);

    public KnownApplication Of(uint organization, uint application, string name)
    {
        if (_known.TryGetValue(application, out var known))
            return known;
        known = _known.GetOrAdd(
            application,
            number => new KnownApplication(new Quota(clock), new RecordSource(organization, number, name, Retention.ClassOf(Retention.DefaultDays)), holds));
        Apply(application, known);
        return known;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        var isLost = false;
        do
        {
            try
            {
                await ExchangeAsync(stoppingToken);
                isLost = false;
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                // Whatever it is: agreements that cannot be refreshed must not end the process.
                if (!isLost)
                    LogLost(exception.Message);
                isLost = true;
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken).AsTask().ContinueWith(tick => tick.IsCompletedSuccessfully && tick.Result, TaskScheduler.Default));
    }

    /// <summary>Writes what was used since the last time, and reads agreements and what all nodes have used today.</summary>
    internal async Task ExchangeAsync(CancellationToken stop)
    {
        await using var connection = await postgres.OpenConnectionAsync(stop);
        var now = clock.GetUtcNow();
        // As a DateTime, because Dapper binds no DateOnly.
        var today = now.UtcDateTime.Date;
        foreach (var (number, known) in _known)
            await WriteUsageAsync(connection, number, known.Quota, today, now);

        var agreements = await connection.QueryAsync<Agreement>(
            """
            SELECT a.number, a.retention_days, l.records_per_second, l.bytes_per_day
              FROM identity.application a LEFT JOIN logs.application l ON l.number = a.number
            """);
        _agreements = agreements.ToFrozenDictionary(agreement => (uint)agreement.Number);
        var used = await connection.QueryAsync<(int Application, long Bytes)>("SELECT application, bytes FROM logs.usage WHERE day = @today::date", new { today });
        foreach (var (application, bytes) in used)
        {
            if (_known.TryGetValue((uint)application, out var known))
                known.Quota.SetUsed(DateOnly.FromDateTime(today), bytes);
        }

        foreach (var (number, known) in _known)
            Apply(number, known);
        await holds.ReleaseIdleAsync(stop);
    }

    private static async Task WriteUsageAsync(NpgsqlConnection connection, uint number, Quota quota, DateTime today, DateTimeOffset now)
    {
        var usage = quota.TakeUsage();
        if (usage is (0, _, 0))
            return;
        try
        {
            await connection.ExecuteAsync(
                """
                INSERT INTO logs.usage AS u (application, day, records, bytes, rejected, last_at)
                SELECT number, @today::date, @Records, @Bytes, @Rejected, @now FROM identity.application WHERE number = @application
                ON CONFLICT (application, day) DO UPDATE
                   SET records = u.records + @Records, bytes = u.bytes + @Bytes, rejected = u.rejected + @Rejected, last_at = @now
                """,
                new { application = (int)number, today, usage.Records, usage.Bytes, usage.Rejected, now });
        }
        catch
        {
            quota.ReturnUsage(usage);
            throw;
        }
    }

    private void Apply(uint number, KnownApplication known)
    {
        var agreement = _agreements.GetValueOrDefault(number);
        var retention = Retention.ClassOf(agreement?.RetentionDays ?? Retention.DefaultDays);
        if (known.Source.RetentionDays != retention)
            known.Source = known.Source with { RetentionDays = retention };
        known.Quota.Limit(agreement?.RecordsPerSecond, agreement?.BytesPerDay);
    }

    private sealed class Agreement
    {
        public int Number { get; init; }

        public int? RetentionDays { get; init; }

        public int? RecordsPerSecond { get; init; }

        public long? BytesPerDay { get; init; }
    }

    [LoggerMessage(LogLevel.Warning, "Agreements with applications cannot be read, the last known ones hold: {Reason}")]
    private partial void LogLost(string reason);
}
