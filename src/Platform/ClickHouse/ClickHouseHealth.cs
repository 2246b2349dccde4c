using Microsoft.AspNetCore.Http;
using Rialto.Platform.Health;
using Rialto.Platform.Problems;

namespace Rialto.Platform.ClickHouse;

/// <summary>ClickHouse answers, whoever runs it.</summary>
internal sealed class ClickHouseHealth(ClickHouseClient client) : IHealthPart
{
    public string Name => "clickhouse";

    public async ValueTask<PartHealth> CheckAsync(CancellationToken stop) =>
        await client.PingAsync(stop) ? PartHealth.Ready(client.Endpoint.ToString()) : PartHealth.Down("does not answer");
}

/// <summary>A request that needs ClickHouse while it restarts is told to come again; it is not our bug.</summary>
internal sealed class ClickHouseDown : IExplainException
{
    public Problem? Explain(Exception exception) => exception is ClickHouseUnavailableException
        ? Problem.Of(StatusCodes.Status503ServiceUnavailable, "records-unavailable", "The store of records is restarting; try again in a moment.")
        : null;
}
