using Rialto.Platform.ClickHouse;
using Rialto.Platform.Identity.Administration;

namespace Rialto.Logs.Applications;

/// <summary>Keeps an application that has records, or will have: without it nobody could say whose they are.</summary>
internal sealed class ApplicationRecords(ClickHouseClient clickHouse, ApplicationHolds holds) : IUseApplications
{
    public async Task<string?> UseOfAsync(uint organization, uint application, CancellationToken stop)
    {
        // First those that are on their way: what leaves the spool meanwhile is found below.
        if (await holds.HoldersAsync(application, stop) is { Count: > 0 } nodes)
            return $"records on their way (node {string.Join(", ", nodes)})";
        var options = new QueryOptions { Parameters = new Dictionary<string, object?> { ["tenant"] = organization, ["application"] = application } };
        await using var result = await clickHouse.QueryAsync(
            "SELECT 1 FROM logs WHERE TenantId = {tenant:UInt32} AND AppId = {application:UInt32} LIMIT 1 FORMAT TabSeparated", options, stop);
        return await result.Body.ReadAsync(new byte[1], stop) > 0 ? "records" : null;
    }
}
