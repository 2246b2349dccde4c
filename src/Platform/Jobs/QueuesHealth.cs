using Npgsql;
using Rialto.Platform.Health;

namespace Rialto.Platform.Jobs;

/// <summary>Jobs and deliveries that were tried too often wait for a person: nothing of them is lost, and nobody else goes on with them.</summary>
internal sealed class QueuesHealth(NpgsqlDataSource postgres) : IHealthPart
{
    public string Name => "queues";

    public async ValueTask<PartHealth> CheckAsync(CancellationToken stop)
    {
        await using var command = postgres.CreateCommand(
            "SELECT (SELECT count(*) FROM platform.job WHERE state = 'parked'), (SELECT count(*) FROM platform.delivery WHERE parked_at IS NOT NULL)");
        await using var row = await command.ExecuteReaderAsync(stop);
        await row.ReadAsync(stop);
        var (jobs, deliveries) = (row.GetInt64(0), row.GetInt64(1));
        return jobs + deliveries == 0 ? PartHealth.Ready("nothing is parked") : PartHealth.Degraded($"parked: {jobs} jobs, {deliveries} deliveries of events; see Jobs and lanes");
    }
}
