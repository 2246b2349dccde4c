using System.ComponentModel;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Rialto.Forecast.Observations;
using Rialto.Platform.Identity;
using Rialto.Platform.Problems;

namespace Rialto.Forecast.Unusual;

/// <summary>What was usual for each step of a stretch of a series, and where it was not so.</summary>
/// <param name="Quantile">Share of the past errors that the band holds.</param>
/// <param name="Points">In order of time; steps before enough was known are left out.</param>
/// <param name="Stretches">Where two or more steps in a row lay outside of the band, the newest first.</param>
internal sealed record UnusualView(string Series, string Unit, string Step, double Quantile, IReadOnlyList<UsualPoint> Points, IReadOnlyList<UnusualStretch> Stretches);

/// <param name="Value">Null where nothing was measured.</param>
internal sealed record UsualPoint(DateTimeOffset At, double? Value, double Expected, double Lower, double Upper, bool Unusual);

/// <param name="At">The step that lay farthest outside, with its value and what would have been usual.</param>
internal sealed record UnusualStretch(DateTimeOffset From, DateTimeOffset To, int Steps, DateTimeOffset At, double Value, double Expected);

/// <summary><c>GET /api/forecast/series/{series}/unusual</c></summary>
internal static class ReadUnusual
{
    private const int PointsMax = 20_000;

    /// <summary>Of the errors of four weeks of hours the band then leaves out the largest three.</summary>
    private const double QuantileDefault = 0.995;

    public static void Map(IEndpointRouteBuilder forecast) =>
        forecast.MapGet("/series/{series}/unusual", HandleAsync).RequirePermission(Permission.ForecastRead).WithName("readUnusual").WithSummary("What is unusual in a series")
            .WithDescription(
                "A band of what was usual for each step, by the same time of the last weeks, and the stretches that lay outside of it: for volumes of logs, requests, sales. "
                + "Each step is judged by what came before it.");

    private static async Task<Results<Ok<UnusualView>, Problem>> HandleAsync(
        string series, [Description("Default: 14 days (of days: two years) before the last value.")] DateTimeOffset? from, DateTimeOffset? to,
        [Description("Share of past errors that the band holds, 0.95 to 0.9999: nearer to 1 warns less often. Default 0.995.")] double? quantile,
        HttpContext context, SeriesCatalogue catalogue, PanelReader panels, CancellationToken stop)
    {
        double share = quantile ?? QuantileDefault;
        if (!(share >= 0.95 && share <= 0.9999))
            return Problem.Of(400, "out-of-bounds", "The quantile is 0.95 to 0.9999.", "quantile");
        uint organization = context.Caller().Organization;
        if ((await catalogue.FindAsync(organization, [series], stop)).SingleOrDefault() is not { } row)
            return ReadSeries.NoSuch(series);
        if (row.LastAt is not { } last)
            return TypedResults.Ok(new UnusualView(row.Key, row.Unit, row.Step, share, [], []));
        var panel = (await panels.ReadAsync(organization, [row], _ => false, stop: stop))[0];
        var end = to ?? last;
        var begin = from ?? end - (row.Step == "day" ? TimeSpan.FromDays(730) : TimeSpan.FromDays(14));
        var usual = UsualBand.Of(panel.Target, panel.Grid.StepsPerDay, share);
        var points = new List<UsualPoint>();
        for (int i = 0; i < usual.Length; i++)
        {
            var at = new DateTimeOffset(panel.Grid.At(i), TimeSpan.Zero);
            if (at < begin || at > end || double.IsNaN(usual[i].Upper))
                continue;
            if (points.Count == PointsMax)
                return Problem.Of(400, "range-too-long", $"At most {PointsMax} steps at once: ask for a shorter time.", "from");
            points.Add(new UsualPoint(at, double.IsNaN(panel.Target[i]) ? null : panel.Target[i], usual[i].Expected, usual[i].Lower, usual[i].Upper, usual[i].IsOut));
        }
        return TypedResults.Ok(new UnusualView(row.Key, row.Unit, row.Step, share, points, [.. StretchesOf(points).Reverse()]));
    }

    private static IEnumerable<UnusualStretch> StretchesOf(IReadOnlyList<UsualPoint> points)
    {
        for (int i = 0; i < points.Count; i++)
        {
            if (!points[i].Unusual)
                continue;
            int first = i, most = i;
            // A step that was not measured ends no stretch.
            int last = i;
            for (; i < points.Count && (points[i].Unusual || points[i].Value is null); i++)
            {
                if (!points[i].Unusual)
                    continue;
                last = i;
                most = Beyond(points[i]) > Beyond(points[most]) ? i : most;
            }
            yield return new UnusualStretch(points[first].At, points[last].At, points.Skip(first).Take(last - first + 1).Count(point => point.Unusual), points[most].At, points[most].Value!.Value, points[most].Expected);
        }
    }

    private static double Beyond(UsualPoint point) => Math.Max(point.Lower - point.Value!.Value, point.Value.Value - point.Upper);
}
