using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Rialto.Platform.ClickHouse;
using Rialto.Platform.Identity;
using Rialto.Platform.Problems;

namespace Rialto.Platform.Gateway.Requests;

/// <summary>What the gateway measured: <c>/api/admin/requests</c>.</summary>
internal static class RequestStatistics
{
    // As long as the table keeps them.
    private static readonly TimeSpan RangeMax = TimeSpan.FromDays(90);
    private static readonly TimeSpan RangeDefault = TimeSpan.FromHours(1);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private const int RoutesMax = 500;

    // A chart of a screen's width; the steps are those that a person reads easily.
    private const int BucketsMax = 120;
    private static readonly int[] StepsSeconds = [1, 5, 10, 30, 60, 300, 600, 1800, 3600, 3 * 3600, 6 * 3600, 12 * 3600, 24 * 3600];

    /// <param name="Route">The template; <c>(none)</c> stands for addresses that no endpoint has.</param>
    /// <param name="Refused">Answered with 4xx.</param>
    /// <param name="Errors">Answered with 5xx.</param>
    /// <param name="P50Ms">Half of the requests took at most this.</param>
    /// <param name="BytesIn">Of bodies whose length was announced.</param>
    /// <param name="BytesOut">Of bodies before compression.</param>
    public sealed record OfRoute(string Route, string Method, long Count, long Refused, long Errors, double P50Ms, double P99Ms, long BytesIn, long BytesOut);

    /// <summary>One step of time, also when nothing came in it.</summary>
    public sealed record Moment(DateTimeOffset At, long Count, long Refused, long Errors, double P50Ms, double P99Ms);

    /// <param name="Routes">Most used first, at most 500.</param>
    public sealed record View(DateTimeOffset From, DateTimeOffset To, int StepSeconds, IReadOnlyList<OfRoute> Routes, IReadOnlyList<Moment> Series);

    public static void MapRequestStatistics(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/api/admin/requests", ReadAsync).RequirePermission(Permission.PlatformRead).WithTags("Administration")
            .WithSummary("Requests of a time by route and over time: counts, errors, latency, bytes. Who manages the platform sees all organizations and who was not signed in.");

    private const string Sums =
        """
        count() AS Count, countIf(Status BETWEEN 400 AND 499) AS Refused, countIf(Status >= 500) AS Errors,
               quantile(0.5)(DurationUs) / 1000 AS P50Ms, quantile(0.99)(DurationUs) / 1000 AS P99Ms
        """;

    private const string Filter =
        """
          FROM requests
         WHERE Timestamp >= {from:DateTime64(3, 'UTC')} AND Timestamp < {to:DateTime64(3, 'UTC')} AND ({all:Bool} OR TenantId = {own:UInt32})
           AND ({route:String} = '' OR Route = {route:String}) AND ({key:String} = '' OR Credential = {key:String})
        """;

    private sealed record SeriesRow(long Second, long Count, long Refused, long Errors, double P50Ms, double P99Ms);

    private static async Task<Results<Ok<View>, Problem>> ReadAsync(
        DateTimeOffset? from, DateTimeOffset? to, string? route, string? key, HttpContext context, ClickHouseClient clickHouse, TimeProvider clock, CancellationToken stop)
    {
        var end = to ?? clock.GetUtcNow();
        var begin = from ?? end - RangeDefault;
        if (begin >= end) return Problem.Of(400, "range-empty", "The time begins after it ends.", "from");
        if (end - begin > RangeMax) return Problem.Of(400, "range-too-long", $"Requests are kept for {RangeMax.TotalDays} days; ask for less time.", "from");
        var step = StepOf(end - begin);
        var caller = context.Caller();
        var options = QueryOptions.With(
            ("from", begin), ("to", end), ("all", caller.May(Permission.PlatformManage)), ("own", caller.Organization), ("route", route ?? ""), ("key", key ?? ""), ("step", step), ("most", RoutesMax))
            with { Timeout = Patience };
        var byRoute = await RowsAsync<OfRoute>(
            clickHouse, $"SELECT Route, Method, {Sums}, sum(RequestBytes) AS BytesIn, sum(ResponseBytes) AS BytesOut {Filter} GROUP BY Route, Method ORDER BY Count DESC, Route, Method LIMIT {{most:UInt32}}",
            options, stop);
        var series = await RowsAsync<SeriesRow>(clickHouse, $"SELECT intDiv(toUnixTimestamp(Timestamp), {{step:UInt32}}) * {{step:UInt32}} AS Second, {Sums} {Filter} GROUP BY Second", options, stop);
        return TypedResults.Ok(new View(begin.ToUniversalTime(), end.ToUniversalTime(), step, byRoute, Filled(series, begin, end, step)));
    }

    private static int StepOf(TimeSpan range) => StepsSeconds.First(step => step == StepsSeconds[^1] || range.TotalSeconds / step <= BucketsMax);

    private static List<Moment> Filled(List<SeriesRow> rows, DateTimeOffset from, DateTimeOffset to, int step)
    {
        var known = rows.ToDictionary(row => row.Second);
        var series = new List<Moment>();
        for (var second = from.ToUnixTimeSeconds() / step * step; second < to.ToUnixTimeMilliseconds() / 1000.0; second += step)
        {
            var at = DateTimeOffset.FromUnixTimeSeconds(second);
            series.Add(known.GetValueOrDefault(second) is { } row ? new(at, row.Count, row.Refused, row.Errors, row.P50Ms, row.P99Ms) : new(at, 0, 0, 0, 0, 0));
        }
        return series;
    }

    private static async Task<List<T>> RowsAsync<T>(ClickHouseClient clickHouse, string sql, QueryOptions options, CancellationToken stop)
    {
        var rows = new List<T>();
        await foreach (var row in clickHouse.ReadJsonAsync<T>(sql, RowJson.Options, options, stop)) rows.Add(row);
        return rows;
    }
}
