using Dapper;
using Npgsql;
using Rialto.Platform.Outbox;

namespace Rialto.Platform.Jobs;

/// <summary>Removes what has served its purpose, every night: finished jobs, delivered envelopes, old inbox rows, ended sessions.</summary>
internal sealed class Cleaning(NpgsqlDataSource postgres) : IJob<Cleaning.Arguments>
{
    public const string Name = "platform.clean";

    /// <summary>Long enough to look into what happened last month.</summary>
    private static readonly TimeSpan Keeps = TimeSpan.FromDays(30);

    /// <summary>Small steps, so that nothing else waits for this.</summary>
    private const int RowsOfOneStepMax = 5000;

    internal sealed record Arguments;

    public async Task<JobOutcome> RunAsync(Arguments arguments, JobRun run, CancellationToken stop)
    {
        var jobs = await DeleteAsync("platform.job", "id", "finished_at < now() - @Keeps", stop);
        var envelopes = await DeleteAsync(
            "platform.envelope", "position",
            """
            at < now() - @Keeps
              AND NOT EXISTS (SELECT 1 FROM platform.delivery d WHERE d.position = platform.envelope.position)
              AND NOT EXISTS (SELECT 1 FROM platform.event_export x WHERE x.position = platform.envelope.position)
            """, stop);
        var inbox = await DeleteAsync("platform.inbox", "ctid", "at < now() - @Remembers", stop);
        var sessions = await DeleteAsync("identity.session", "id", "expires_at < now() - @Keeps", stop);
        return JobOutcome.Done(new { jobs, envelopes, inbox, sessions });
    }

    /// <summary>All three texts are constants of this file.</summary>
    private async Task<int> DeleteAsync(string table, string identity, string condition, CancellationToken stop)
    {
        var total = 0;
        await using var connection = await postgres.OpenConnectionAsync(stop);
        while (true)
        {
            var deleted = await connection.ExecuteAsync(new CommandDefinition(
                $"DELETE FROM {table} WHERE {identity} IN (SELECT {identity} FROM {table} WHERE {condition} LIMIT @RowsOfOneStepMax)",
                new { Keeps, Inbox.Remembers, RowsOfOneStepMax }, cancellationToken: stop));
            total += deleted;
            if (deleted < RowsOfOneStepMax) return total;
        }
    }
}
