using System.ComponentModel;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Rialto.Forecast.Loads;
using Rialto.Forecast.Observations;
using Rialto.Forecast.Registry;
using Rialto.Platform.Identity;
using Rialto.Platform.Problems;

namespace Rialto.Forecast.Answers;

/// <summary>All that a map needs.</summary>
/// <param name="Measure">The one that the stations are coloured by.</param>
/// <param name="Measures">All that there are, the ones with an index first.</param>
/// <param name="IndexWords">From best to worst.</param>
internal sealed record OverviewView(string? Measure, IReadOnlyList<string> Measures, IReadOnlyList<string> IndexWords, IReadOnlyList<SeriesView> Stations);

/// <summary>All that the page of a series needs.</summary>
/// <param name="History">The last values.</param>
/// <param name="Prediction">Null when the series has no value.</param>
/// <param name="Model">The model that answers, with its card; null when a baseline does.</param>
/// <param name="Beside">The other series of the station.</param>
internal sealed record SeriesPage(SeriesView Series, IReadOnlyList<ValueView> History, PredictionView? Prediction, ModelView? Model, IReadOnlyList<SeriesView> Beside);

/// <summary><c>GET /api/forecast/overview</c>, <c>GET /api/forecast/series/{series}</c></summary>
internal static class Overview
{
    private const int HistoryMax = 5000;

    public static void Map(IEndpointRouteBuilder forecast)
    {
        forecast.MapGet("/overview", OverviewAsync).RequirePermission(Permission.ForecastRead).WithName("readForecastOverview")
            .WithSummary("Stations of one measure with their last values and index words: a map in one call.");
        forecast.MapGet("/series/{series}", PageAsync).RequirePermission(Permission.ForecastRead).WithName("readSeries")
            .WithSummary("A series with its history, its forecast with bands, and the card of its model: a page in one call.");
    }

    private static async Task<OverviewView> OverviewAsync([Description("Default: PM2.5 when there is one, else the first.")] string? measure, HttpContext context, SeriesCatalogue catalogue, CancellationToken stop)
    {
        var all = await catalogue.AllAsync(context.Caller().Organization, stop);
        string[] measures = [.. all.Select(row => row.Measure).Distinct().OrderBy(name => Measures.IndexOf(name, 0) is null).ThenBy(Measures.IsWeather).ThenBy(name => name, StringComparer.Ordinal)];
        string? shown = measure ?? (measures.Contains("PM2.5") ? "PM2.5" : measures.FirstOrDefault());
        return new OverviewView(shown, measures, Measures.IndexWords, [.. all.Where(row => row.Measure == shown).Select(SeriesView.Of)]);
    }

    private static async Task<Results<Ok<SeriesPage>, Problem>> PageAsync(
        string series, [Description("Steps of history, 0 to 5000. Default 168.")] int? history, [Description("Steps ahead; default: the validated horizon.")] int? horizon,
        [Description("Of the interval, 0.5 to 0.99. Default 0.9.")] double? level,
        HttpContext context, SeriesCatalogue catalogue, ObservationStore store, Predict predict, ModelStore models, CancellationToken stop)
    {
        uint organization = context.Caller().Organization;
        if (history is < 0 or > HistoryMax)
            return Problem.Of(400, "out-of-bounds", $"History is 0 to {HistoryMax} steps.", "history");
        if ((await catalogue.FindAsync(organization, [series], stop)).SingleOrDefault() is not { } row)
            return ReadSeries.NoSuch(series);
        var beside = await catalogue.OfStationsAsync(organization, [row.Station], row.Step, stop);
        SeriesView[] others = [.. beside.Where(one => one.Id != row.Id).Select(SeriesView.Of)];
        if (row.LastAt is not { } last)
            return TypedResults.Ok(new SeriesPage(SeriesView.Of(row), [], null, null, others));
        var (prediction, wrong) = await predict.AnswerAsync(organization, new PredictRequest { Series = row.Key, Horizon = horizon, Level = level }, stop);
        if (wrong is not null)
            return wrong;
        var values = new List<ValueView>();
        uint to = (uint)last.ToUnixTimeSeconds(), from = to - (uint)Math.Min(to, (history ?? 168) * row.StepSpan.TotalSeconds);
        await foreach (var known in store.ReadAsync(organization, [row.Id], from, to, null, stop))
            values.Add(new ValueView(DateTimeOffset.FromUnixTimeSeconds(known.At), known.Value, known.Versions > 1));
        var model = prediction!.Model is { } answering ? (await models.FindAsync(organization, answering.Id, stop))?.ToView(whole: true) : null;
        return TypedResults.Ok(new SeriesPage(SeriesView.Of(row), values, prediction, model, others));
    }
}
