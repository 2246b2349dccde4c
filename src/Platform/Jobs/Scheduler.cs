using Dapper;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using Rialto.Platform.Outbox;

namespace Rialto.Platform.Jobs;

/// <summary>
/// Enqueues recurring jobs. Every node looks; the one that gets the schedule's row enqueues the job and moves the row to the next moment in one transaction,
/// so each occurrence is enqueued once. While an earlier occurrence is still open, none is added.
/// </summary>
internal sealed partial class Scheduler(NpgsqlDataSource postgres, JobQueue jobs, IEnumerable<Schedule> schedules, TimeProvider clock, ILogger<Scheduler> log) : BackgroundService
{
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(1);

    private readonly ILogger _log = log;
    private readonly Dictionary<string, Schedule> _schedules = schedules.ToDictionary(schedule => schedule.Name);

    /// <summary>Makes the rows of new schedules, and moves those whose recurrence has changed.</summary>
    public async Task PrepareAsync(CancellationToken stop)
    {
        var now = clock.GetUtcNow();
        await using var connection = await postgres.OpenConnectionAsync(stop);
        foreach (var schedule in _schedules.Values)
        {
            await connection.ExecuteAsync(new CommandDefinition(
                """
                INSERT INTO platform.schedule AS s (name, recurrence, next_at) VALUES (@Name, @recurrence, @nextAt)
                ON CONFLICT (name) DO UPDATE SET recurrence = @recurrence, next_at = @nextAt WHERE s.recurrence <> @recurrence
                """,
                new { schedule.Name, recurrence = schedule.Recurrence.ToString(), nextAt = schedule.Recurrence.After(now) }, cancellationToken: stop));
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (_schedules.Count == 0) return;
        using var timer = new PeriodicTimer(Tick, clock);
        try
        {
            do
            {
                try
                {
                    await EnqueueDueAsync(stoppingToken);
                }
                catch (Exception exception) when (exception is NpgsqlException or TimeoutException)
                {
                    LogFailed(exception.Message);
                }
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Stopping.
        }
    }

    private async Task EnqueueDueAsync(CancellationToken stop)
    {
        var now = clock.GetUtcNow();
        await using var connection = await postgres.OpenConnectionAsync(stop);
        await using var transaction = await connection.BeginTransactionAsync(stop);
        var due = await connection.QueryAsync<string>(new CommandDefinition(
            "SELECT name FROM platform.schedule WHERE name = ANY(@names) AND next_at <= @now FOR UPDATE SKIP LOCKED",
            new { names = _schedules.Keys.ToArray(), now }, transaction, cancellationToken: stop));
        foreach (var name in due)
        {
            var lane = "schedule:" + name;
            var open = await connection.QuerySingleAsync<bool>(new CommandDefinition(
                "SELECT EXISTS (SELECT 1 FROM platform.job WHERE lane = @lane AND finished_at IS NULL)", new { lane }, transaction, cancellationToken: stop));
            if (!open) await jobs.EnqueueAsync(transaction, new Origin(0, "schedule:" + name), _schedules[name].Arguments, new JobOptions { Lane = lane }, stop);
            await connection.ExecuteAsync(new CommandDefinition(
                "UPDATE platform.schedule SET next_at = @nextAt WHERE name = @name", new { name, nextAt = _schedules[name].Recurrence.After(now) }, transaction, cancellationToken: stop));
        }
        await transaction.CommitAsync(stop);
    }

    [LoggerMessage(LogLevel.Debug, "Schedules wait for the database: {Reason}")]
    private partial void LogFailed(string reason);
}
