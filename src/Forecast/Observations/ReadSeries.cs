using System.ComponentModel;
using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Rialto.Forecast.Loads;
using Rialto.Platform.Identity;
using Rialto.Platform.Problems;

namespace Rialto.Forecast.Observations;

/// <summary>A series: one measure at one station.</summary>
/// <param name="Id">Number; the key or the number names the series everywhere.</param>
/// <param name="Key">measure@station.</param>
/// <param name="Step">hour or day.</param>
/// <param name="Index">Word of the European air-quality index for the last value: good, fair, moderate, poor, very-poor, extremely-poor; null for measures without one.</param>
internal sealed record SeriesView(
    int Id, string Key, string Station, string Measure, string Unit, string Step, string Zone, double? Latitude, double? Longitude,
    long Rows, DateTimeOffset? FirstAt, DateTimeOffset? LastAt, double? LastValue, string? Index)
{
    public static SeriesView Of(SeriesRow row) => new(
        row.Id, row.Key, row.Station, row.Measure, row.Unit, row.Step, row.Zone, row.Latitude, row.Longitude, row.Rows, row.FirstAt, row.LastAt, row.LastValue,
        Measures.IndexOf(row.Measure, row.LastValue));
}

internal sealed record SeriesList(IReadOnlyList<SeriesView> Items);

/// <summary>Values of a series.</summary>
/// <param name="Values">In order of time; a step without a value is left out.</param>
internal sealed record ValueList(string Series, string Unit, string Step, IReadOnlyList<ValueView> Values);

/// <param name="Corrected">It replaced an earlier value.</param>
internal sealed record ValueView(DateTimeOffset At, double Value, bool Corrected);

/// <summary><c>GET /api/forecast/series</c>, its values and their corrections.</summary>
internal static class ReadSeries
{
    /// <summary>More than a screen or a table of a year of hours needs; ask by parts for more.</summary>
    private const int ValuesMax = 20_000;

    public static void Map(IEndpointRouteBuilder forecast)
    {
        forecast.MapGet("/series", ListAsync).RequirePermission(Permission.ForecastRead).WithName("listSeries").WithSummary("Series, by measure or station.");
        forecast.MapGet("/series/{series}/values", ValuesAsync).RequirePermission(Permission.ForecastRead).WithName("readValues")
            .WithSummary("Values of a series, as they are known now or as they were known at a moment.");
        forecast.MapGet("/series/{series}/corrections", CorrectionsAsync).RequirePermission(Permission.ForecastRead).WithName("readCorrections")
            .WithSummary("Values that were replaced: what stood there before, what stands there now, and which loads brought them.");
    }

    private static async Task<SeriesList> ListAsync(string? measure, string? station, HttpContext context, SeriesCatalogue catalogue, CancellationToken stop)
    {
        var all = await catalogue.AllAsync(context.Caller().Organization, stop);
        return new SeriesList([.. all.Where(row => (measure is null || row.Measure == measure) && (station is null || row.Station == station)).Select(SeriesView.Of)]);
    }

    private static async Task<Results<Ok<ValueList>, Problem>> ValuesAsync(
        string series, [Description("Default: 14 days (of days: two years) before the last value.")] DateTimeOffset? from, DateTimeOffset? to,
        [Description("Only what was known then.")] DateTimeOffset? asOf,
        HttpContext context, SeriesCatalogue catalogue, ObservationStore store, CancellationToken stop)
    {
        if ((await catalogue.FindAsync(context.Caller().Organization, [series], stop)).SingleOrDefault() is not { } row)
            return NoSuch(series);
        var end = to ?? row.LastAt ?? DateTimeOffset.UnixEpoch;
        var begin = from ?? end - (row.Step == "day" ? TimeSpan.FromDays(730) : TimeSpan.FromDays(14));
        var values = new List<ValueView>();
        ulong? version = asOf is { } moment ? (ulong)Math.Max(0, (moment - DateTimeOffset.UnixEpoch).TotalMicroseconds) : null;
        await foreach (var known in store.ReadAsync(context.Caller().Organization, [row.Id], Seconds(begin), Seconds(end), version, stop))
        {
            if (values.Count == ValuesMax)
                return Problem.Of(400, "range-too-long", $"At most {ValuesMax} values at once: ask for a shorter time.", "from");
            values.Add(new ValueView(DateTimeOffset.FromUnixTimeSeconds(known.At), known.Value, known.Versions > 1));
        }
        return TypedResults.Ok(new ValueList(row.Key, row.Unit, row.Step, values));
    }

    private static async Task<Results<Ok<IReadOnlyList<Correction>>, Problem>> CorrectionsAsync(
        string series, [Description("1 to 1000. Default 200.")] int? limit, HttpContext context, SeriesCatalogue catalogue, CorrectionLog log, CancellationToken stop)
    {
        if (limit is < 1 or > 1000)
            return Problem.Of(400, "out-of-bounds", "The limit is 1 to 1000.", "limit");
        return (await catalogue.FindAsync(context.Caller().Organization, [series], stop)).SingleOrDefault() is { } row
            ? TypedResults.Ok(await log.ReadAsync(context.Caller().Organization, row.Id, limit ?? 200, stop))
            : NoSuch(series);
    }

    public static Problem NoSuch(string series) =>
        Problem.Of(404, "no-such-series", string.Create(CultureInfo.InvariantCulture, $"There is no series \"{series}\"."), "series");

    private static uint Seconds(DateTimeOffset at) => (uint)Math.Clamp(at.ToUnixTimeSeconds(), 0, uint.MaxValue);
}
