using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Rialto.Forecast.Loads;
using Rialto.Forecast.Models;
using Rialto.Forecast.Observations;
using Rialto.Forecast.Series;
using Rialto.Platform.Identity;
using Rialto.Platform.Problems;

namespace Rialto.Forecast.Answers;

/// <summary><c>POST /api/forecast/predict</c></summary>
internal sealed class Predict(Looks looks, TimeProvider clock)
{
    private const int PointsMax = 1000, NeighboursMax = 50, NeighboursDefault = 5;

    /// <summary>A last value older than this is worth a warning.</summary>
    private static readonly TimeSpan Fresh = TimeSpan.FromDays(2);

    public static void Map(IEndpointRouteBuilder forecast) =>
        forecast.MapPost("/predict", HandleAsync).RequirePermission(Permission.ForecastRead).WithName("predict").WithSummary("Predict a series")
            .WithDescription(
                "Values with an interval of the level asked for, which model answers, how its intervals fared when tested, and the past situations most like now. "
                + "Beyond the validated horizon the answer is what is usual for the season and says so; without a promoted model a baseline answers and says so.");

    private static async Task<Results<Ok<PredictionView>, Problem>> HandleAsync(PredictRequest request, HttpContext context, Predict predict, CancellationToken stop)
    {
        var (view, wrong) = await predict.AnswerAsync(context.Caller().Organization, request, stop);
        return wrong is not null ? wrong : TypedResults.Ok(view!);
    }

    public async Task<(PredictionView? View, Problem? Wrong)> AnswerAsync(uint organization, PredictRequest request, CancellationToken stop)
    {
        double level = request.Level ?? 0.9;
        if (!(level >= 0.5 && level <= 0.99))
            return (null, Problem.Of(400, "out-of-bounds", "The level is 0.5 to 0.99.", "level"));
        if (request.At is not null && request.Horizon is not null)
            return (null, Problem.Of(400, "at-or-horizon", "Give at or horizon, not both.", "at"));
        if (request.Horizon is < 1 or > PointsMax)
            return (null, Problem.Of(400, "out-of-bounds", $"The horizon is 1 to {PointsMax} steps.", "horizon"));
        if (request.Neighbours is < 0 or > NeighboursMax)
            return (null, Problem.Of(400, "out-of-bounds", $"Neighbours are 0 to {NeighboursMax}.", "neighbours"));
        if (await looks.StandAsync(organization, request.Series, stop) is not { } standing)
            return (null, ReadSeries.NoSuch(request.Series));
        if (standing.Series.LastAt is not { } last)
            return (null, Problem.Of(409, "series-empty", $"{standing.Series.Key} has no values yet.", "series"));
        if (request.At <= last)
            return (null, Problem.Of(400, "at-not-ahead", $"{request.At:O} is not after the last value ({last:O}): what was measured is in /api/forecast/series.", "at", new { dataUntil = last }));
        if (request.At is { Year: > 2100 })
            return (null, Problem.Of(400, "out-of-bounds", "The time lies before 2100.", "at"));
        return await AnswerAsync(organization, request, standing, last, level);
    }

    private async Task<(PredictionView? View, Problem? Wrong)> AnswerAsync(uint organization, PredictRequest request, Standing standing, DateTimeOffset last, double level)
    {
        var warnings = new List<Notice>();
        if (clock.GetUtcNow() - last > Fresh)
            warnings.Add(new Notice("data-old", string.Create(CultureInfo.InvariantCulture, $"The last value is of {last:yyyy-MM-dd HH:mm} UTC; the prediction looks ahead from there.")));
        Look? look = null;
        if (standing.IsDrifted && request.Model is null)
        {
            warnings.Add(new Notice("model-drifted", "The promoted model did no better than a simple forecast in its last checks: at each step the simple forecast answers that erred least over the last half year."));
        }
        else if ((request.Model ?? standing.Promoted) is { } id)
        {
            if (await looks.ModelAsync(organization, id) is not { } ready)
                return (null, Problem.Of(404, "no-such-model", "There is no such model.", "model"));
            if (!ready.Series.Contains(standing.Series.Id))
                return (null, Problem.Of(400, "series-not-of-model", $"The model was not trained on {standing.Series.Key}.", "series"));
            try
            {
                look = await looks.LookAsync(organization, standing, ready);
            }
            catch (MissingColumnException missing)
            {
                warnings.Add(new Notice("input-missing", $"The model needs {missing.Column}, which is not there: a baseline answers. {missing.Message}"));
            }
        }
        else
        {
            warnings.Add(new Notice("no-model", "No model is promoted for this series: at each step the simple forecast answers that erred least over the last half year."));
        }
        var naive = look is null ? await looks.NaiveAsync(organization, standing) : null;
        int validated = look?.Ready.Model.Setup.Horizon ?? naive!.Horizon;
        var step = standing.Series.StepSpan;
        int first = request.At is { } at ? (int)((at - last) / step) : 1;
        first = Math.Max(1, first);
        int end = request.At is not null ? first : request.Horizon ?? validated;
        var points = new List<PointView>(end - first + 1);
        for (int ahead = first; ahead <= end; ahead++)
        {
            var time = last + ahead * step;
            points.Add(ahead > validated
                ? await UsualAsync(organization, standing, time, ahead, level)
                : look is not null ? PointOf(look, standing, time, ahead, level) : PointOf(naive!, standing, time, ahead, level));
        }
        if (end > validated)
            warnings.Add(new Notice("beyond-validated-horizon", $"Forecasts are validated for {validated} steps; beyond, the answer is what is usual at that time of the year, not a forecast."));
        return (ViewOf(request, standing, last, level, look, validated, points, warnings), null);
    }

    private static PredictionView ViewOf(
        PredictRequest request, Standing standing, DateTimeOffset last, double level, Look? look, int validated, List<PointView> points, List<Notice> warnings)
    {
        var view = look?.Ready.View;
        int explained = Math.Min(points[^1].Step, validated);
        return new PredictionView
        {
            Series = standing.Series.Key, Unit = standing.Series.Unit, Step = standing.Series.Step, DataUntil = last, Level = level, ValidatedHorizon = validated, Points = points,
            Model = view is null ? null : new AnsweringModel(
                view.Id, view.Name, view.Version, view.Card!.Primary, view.Card.TrainedFrom, view.Card.TrainedUntil, view.Card.BestBaseline, view.Id == standing.Promoted),
            Measured = view is null ? null : MeasuredOf(view.Card!.Coverage, level),
            Explanation = look is null || request.Neighbours == 0 || points[0].Step > validated ? null : new Explanation(
                last + explained * standing.Series.StepSpan, [.. look.Because(explained - 1).Take(request.Neighbours ?? NeighboursDefault)]),
            Warnings = warnings,
        };
    }

    private static MeasuredCoverage MeasuredOf(Training.Coverage coverage, double level)
    {
        var nearest = coverage.Levels.MinBy(one => Math.Abs(one.Level - level));
        return nearest is null || coverage.Level == level
            ? new MeasuredCoverage(coverage.Level, coverage.All.Coverage, coverage.All.Count, coverage.High?.Coverage, coverage.Exceedance, coverage.WorstMonth)
            : new MeasuredCoverage(nearest.Level, nearest.Coverage, nearest.Count, null, coverage.Exceedance, coverage.WorstMonth);
    }

    private static PointView PointOf(Look look, Standing standing, DateTimeOffset time, int ahead, double level)
    {
        int h = ahead - 1;
        double value = look.Ahead.Value(h);
        var interval = look.Ahead.Interval(look.Ready.Calibration, h, level);
        string by = look.Ready.Model.AnsweredBy[h];
        var baselines = ModelSet.BaselinesOf(standing.Series.Step == "day" ? 7 : 24)
            .Select(model => (model.Name, Value: look.Ahead.ValueOf(model.Name, h))).Where(one => double.IsFinite(one.Value)).ToDictionary(one => one.Name, one => one.Value);
        return new PointView(
            time, ahead, value, interval?.Lower, interval?.Upper, by == look.Ready.View.Card!.Primary ? "model" : "baseline", by, baselines, Measures.IndexOf(standing.Series.Measure, value));
    }

    private static PointView PointOf(NaiveAnswer naive, Standing standing, DateTimeOffset time, int ahead, double level)
    {
        var (value, lower, upper) = naive.At(ahead - 1, level);
        return new PointView(
            time, ahead, value, lower, upper, "baseline", naive.BestAt(ahead - 1), naive.Baselines.ToDictionary(one => one.Key, one => one.Value[ahead - 1]),
            Measures.IndexOf(standing.Series.Measure, value));
    }

    private async Task<PointView> UsualAsync(uint organization, Standing standing, DateTimeOffset time, int ahead, double level)
    {
        var naive = await looks.NaiveAsync(organization, standing);
        var usual = Climatology.At(naive.Panel, time.UtcDateTime, level, naive.Panel.Length);
        return usual is null
            ? new PointView(time, ahead, naive.Panel.Target[naive.OriginIndex - 1], null, null, "climatology", "last value", new Dictionary<string, double>(), null)
            : new PointView(time, ahead, usual.Median, usual.Lower, usual.Upper, "climatology", $"{usual.Count} outcomes of the same {usual.Basis}", new Dictionary<string, double>(),
                Measures.IndexOf(standing.Series.Measure, usual.Median));
    }
}
