using System.Text.Json;
using Rialto.Forecast.Features;
using Rialto.Forecast.Loads;
using Rialto.Forecast.Models;
using Rialto.Forecast.Neighbours;
using Rialto.Forecast.Series;
using Rialto.Platform.Problems;

namespace Rialto.Forecast.Registry;

/// <summary>Reads the words of a request into the setup of a model. A wrong word is a problem that lists the right ones.</summary>
internal static class ModelParsing
{
    public const int HorizonMax = 336, NeighboursMax = 500, OriginEveryMax = 168;

    public static readonly string[] FeatureGroups = ["calendar", "means", "gaps", "pollutants", "weather", "region"];

    private static readonly Dictionary<string, ModelKind> Kinds = new()
    {
        ["ensemble"] = ModelKind.Ensemble, ["knn"] = ModelKind.Neighbours, ["ridge"] = ModelKind.Ridge, ["smoothing"] = ModelKind.ExponentialSmoothing,
        ["seasonal-naive"] = ModelKind.SeasonalNaive, ["persistence"] = ModelKind.Persistence,
    };

    private static readonly Dictionary<string, Algorithm> Searches = new()
    {
        ["auto"] = Algorithm.Auto, ["brute"] = Algorithm.Brute, ["kd_tree"] = Algorithm.KdTree, ["ball_tree"] = Algorithm.BallTree,
    };

    private static readonly Dictionary<string, MetricKind> Metrics = new()
    {
        ["euclidean"] = MetricKind.Euclidean, ["manhattan"] = MetricKind.Manhattan, ["chebyshev"] = MetricKind.Chebyshev, ["minkowski"] = MetricKind.Minkowski,
        ["cosine"] = MetricKind.Cosine, ["dtw"] = MetricKind.DynamicTimeWarping,
    };

    private static readonly Dictionary<string, WeightKind> WeightKinds = new()
    {
        ["uniform"] = WeightKind.Uniform, ["distance"] = WeightKind.Distance, ["gaussian"] = WeightKind.Gaussian, ["tricube"] = WeightKind.Tricube,
        ["epanechnikov"] = WeightKind.Epanechnikov, ["rank"] = WeightKind.Rank,
    };

    private static readonly Dictionary<string, Transform> Transforms = new()
    {
        ["none"] = Transform.None, ["log"] = Transform.Log, ["asinh"] = new Transform(Curve.Asinh), ["level"] = new Transform(Curve.None, Leveling.Multiplicative),
        ["level-additive"] = new Transform(Curve.None, Leveling.Additive),
    };

    private static readonly Dictionary<string, Strategy> Strategies = new() { ["whole"] = Strategy.Whole, ["direct"] = Strategy.Direct, ["recursive"] = Strategy.Recursive };
    private static readonly Dictionary<string, Combination> Combinations = new() { ["mean"] = Combination.Mean, ["median"] = Combination.Median };
    private static readonly Dictionary<string, Loss> Losses = new() { ["absolute"] = Loss.Absolute, ["squared"] = Loss.Squared };
    private static readonly Dictionary<string, FeatureWeighting> Weightings = new() { ["learned"] = FeatureWeighting.Learned, ["none"] = FeatureWeighting.None };

    /// <summary>Keys or numbers of the series asked for; null when it is neither a text nor a list of texts.</summary>
    public static IReadOnlyList<string>? SeriesOf(JsonElement? series) => series?.ValueKind switch
    {
        JsonValueKind.String => [series.Value.GetString()!],
        JsonValueKind.Number => [series.Value.GetRawText()],
        JsonValueKind.Array when series.Value.EnumerateArray().All(one => one.ValueKind is JsonValueKind.String or JsonValueKind.Number) =>
            [.. series.Value.EnumerateArray().Select(one => one.ValueKind == JsonValueKind.String ? one.GetString()! : one.GetRawText()).Distinct()],
        _ => null,
    };

    /// <summary>The parameters with defaults filled in, or what is wrong with them.</summary>
    public static (ModelParameters? Parameters, Problem? Wrong) Fill(ModelRequest request, string step)
    {
        bool daily = step == "day";
        string algorithm = request.Algorithm ?? "ensemble", search = request.Search ?? "auto";
        if (Searches.ContainsKey(algorithm))
            (algorithm, search) = ("knn", algorithm);
        string loss = request.Loss ?? "absolute", transform = request.Transform ?? (daily ? "level" : "log");
        // What absolute errors aim at is the median; in logarithms the mean already is one on the way back, and it takes in every neighbour.
        string combine = request.Combine ?? (loss == "squared" || transform is "log" or "asinh" ? "mean" : "median");
        var (lags, older, wrongLags) = LagsOf(request.Lags, daily ? 14 : 24);
        var parameters = new ModelParameters
        {
            Algorithm = algorithm, Search = search, Horizon = request.Horizon ?? (daily ? 14 : 24), K = request.K ?? (daily ? 15 : 60),
            Metric = request.Metric ?? (request.P is null ? "euclidean" : "minkowski"), P = request.P, Weights = request.Weights ?? "distance", Lags = lags, OlderLags = older,
            Transform = transform, Features = request.Features ?? FeatureGroups, FeatureWeights = request.FeatureWeights ?? "learned",
            Strategy = request.Strategy ?? "whole", Combine = combine, Loss = loss, Level = request.Level ?? 0.9,
            Exceedance = request.Exceedance, OriginEvery = request.OriginEvery ?? (daily ? 1 : 6), AsOf = request.AsOf, Seed = request.Seed ?? 1,
        };
        return wrongLags is not null ? (null, wrongLags) : Check(parameters) is { } wrong ? (null, wrong) : (parameters, null);
    }

    /// <param name="panels">Their common columns are what the features can be made of.</param>
    public static ModelSetup SetupOf(ModelParameters parameters, IReadOnlyList<Panel> panels)
    {
        bool Has(string group) => parameters.Features.Contains(group);
        bool daily = panels[0].Grid.IsDaily;
        string[] common = [.. panels[0].ColumnNames.Where(name => name != panels[0].TargetName && name != Region.Column && panels.All(panel => panel.Has(name))).Order(StringComparer.Ordinal)];
        string[] companions = Has("pollutants") ? [.. common.Where(name => !Measures.IsWeather(name))] : [];
        if (Has("region") && panels.All(panel => panel.Has(Region.Column)))
            companions = [.. companions, Region.Column];
        int reach = Math.Max(parameters.Lags, parameters.OlderLags.DefaultIfEmpty(0).Max());
        return new ModelSetup
        {
            Kind = Kinds[parameters.Algorithm],
            Horizon = parameters.Horizon,
            Transform = Transforms[parameters.Transform],
            Features = new FeatureRecipe
            {
                Lags = parameters.Lags,
                OlderLags = [.. parameters.OlderLags.Union(!Has("means") ? [] : daily ? [21, 28] : new[] { 48, 168 }).Where(lag => lag > parameters.Lags).Order()],
                Means = Has("means") ? (daily ? [7, 28] : [24, 72, 168]) : [],
                Companions = companions,
                Weather = Has("weather") ? [.. common.Where(Measures.IsWeather)] : [],
                Calendar = Has("calendar"),
                Gaps = Has("gaps"),
                LevelSteps = daily ? 28 : Math.Max(24, reach),
            },
            Neighbours = new NeighbourSetup
            {
                Search = new NeighbourOptions
                {
                    K = parameters.K, Algorithm = Searches[parameters.Search], Metric = MetricOf(parameters), Weights = new Weighting(WeightKinds[parameters.Weights]),
                },
                FeatureWeights = Weightings[parameters.FeatureWeights],
                Strategy = Strategies[parameters.Strategy],
                Combination = Combinations[parameters.Combine],
                Exclusion = daily ? 7 : 24,
            },
            Penalty = daily ? 20 : 100,
            Loss = Losses[parameters.Loss],
            Level = parameters.Level,
            OriginEvery = parameters.OriginEvery,
            Exceedance = parameters.Exceedance,
            Seed = parameters.Seed,
        };
    }

    private static Problem? Check(ModelParameters parameters) =>
        Word("algorithm", parameters.Algorithm, Kinds.Keys.Concat(Searches.Keys)) ?? Word("search", parameters.Search, Searches.Keys)
        ?? Word("metric", parameters.Metric, Metrics.Keys) ?? Word("weights", parameters.Weights, WeightKinds.Keys) ?? Word("transform", parameters.Transform, Transforms.Keys)
        ?? Word("featureWeights", parameters.FeatureWeights, Weightings.Keys) ?? Word("strategy", parameters.Strategy, Strategies.Keys)
        ?? Word("combine", parameters.Combine, Combinations.Keys) ?? Word("loss", parameters.Loss, Losses.Keys)
        ?? parameters.Features.Select(group => Word("features", group, FeatureGroups)).FirstOrDefault(problem => problem is not null)
        ?? Bounds("horizon", parameters.Horizon, 1, HorizonMax) ?? Bounds("k", parameters.K, 1, NeighboursMax) ?? Bounds("lags", parameters.Lags, 1, FeatureRecipe.LagsMax)
        ?? Bounds("level", parameters.Level, 0.5, 0.99) ?? Bounds("originEvery", parameters.OriginEvery, 1, OriginEveryMax)
        ?? (parameters.P is { } p && (parameters.Metric != "minkowski" || !(p >= 1)) ? Problem.Of(400, "p-not-usable", "p is the exponent of minkowski, at least 1.", "p") : null)
        ?? (parameters.P is > Metric.OrderMax and < double.PositiveInfinity ? Bounds("p", parameters.P.Value, 1, Metric.OrderMax) : null)
        ?? (parameters.Search is "kd_tree" or "ball_tree" && !MetricOf(parameters).HasTree
            ? Problem.Of(400, "search-not-usable", $"{parameters.Metric} obeys no triangle inequality, so no tree can search by it: use brute or auto.", "search") : null);

    private static Metric MetricOf(ModelParameters parameters) => Metrics[parameters.Metric] switch
    {
        MetricKind.Manhattan => Metric.Manhattan,
        MetricKind.Chebyshev => Metric.Chebyshev,
        MetricKind.Minkowski => Metric.Minkowski(parameters.P ?? 2),
        MetricKind.Cosine => Metric.Cosine,
        // A tenth of the window, as is usual; without a band one hour would stretch over a day.
        MetricKind.DynamicTimeWarping => Metric.Warping(Math.Max(1, parameters.Lags / 10)),
        _ => Metric.Euclidean,
    };

    private static (int Lags, int[] Older, Problem? Wrong) LagsOf(JsonElement? lags, int fallback)
    {
        var wrong = Problem.Of(400, "lags-malformed", $"lags is a number, or a list of numbers from 1 to {FeatureRecipe.LagsMax}.", "lags");
        switch (lags?.ValueKind)
        {
            case null or JsonValueKind.Null:
                return (fallback, [], null);
            case JsonValueKind.Number when lags.Value.TryGetInt32(out int count):
                return (count, [], null);
            case JsonValueKind.Array when lags.Value.GetArrayLength() is > 0 and <= FeatureRecipe.LagsMax:
                int[] all = [.. lags.Value.EnumerateArray().Select(lag => lag.ValueKind == JsonValueKind.Number && lag.TryGetInt32(out int one) ? one : 0).Distinct().Order()];
                if (all[0] < 1 || all[^1] > FeatureRecipe.LagsMax)
                    return (0, [], wrong);
                int first = Math.Max(1, all.TakeWhile((lag, i) => lag == i + 1).Count());
                return (first, [.. all.Where(lag => lag > first)], null);
            default:
                return (0, [], wrong);
        }
    }

    private static Problem? Word(string field, string word, IEnumerable<string> words) =>
        words.Contains(word) ? null : Problem.Of(400, "word-unknown", $"{field} is one of {string.Join(", ", words)}; not \"{word}\".", field);

    private static Problem? Bounds(string field, double value, double min, double max) =>
        value >= min && value <= max ? null : Problem.Of(400, "out-of-bounds", $"{field} is {min} to {max}.", field);
}
