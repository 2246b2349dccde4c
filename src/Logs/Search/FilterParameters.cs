using System.ComponentModel;
using Microsoft.AspNetCore.Mvc;

namespace Rialto.Logs.Search;

/// <summary>What most addresses of search take.</summary>
internal sealed record FilterParameters
{
    [FromQuery(Name = "q")]
    [Description("The query, such as: level:error service:checkout \"payment failed\" -path:/health. Empty finds everything.")]
    public string? Query { get; init; }

    [FromQuery(Name = "from")]
    [Description("Earliest time: ISO 8601, or relative to now such as now-15m or -2h. Default now-15m.")]
    public string? From { get; init; }

    [FromQuery(Name = "to")]
    [Description("Time before which records are found: ISO 8601, now, or relative to now. Default now.")]
    public string? To { get; init; }
}
