using System.ComponentModel;
using System.Text.Json;

namespace Rialto.Forecast.Registry;

/// <summary>A model to train or test. Everything but series has a default.</summary>
internal record ModelRequest
{
    [Description("Key or number of a series, or a list of them: one measure at several stations.")]
    public JsonElement? Series { get; init; }

    [Description("Name in the registry; each training under it is a new version. Default: the measure and the horizon.")]
    public string? Name { get; init; }

    [Description("Steps ahead, 1 to 336. Default: 24 hours, or 14 days.")]
    public int? Horizon { get; init; }

    [Description("ensemble (default), knn, ridge, smoothing, seasonal-naive or persistence. auto, brute, kd_tree and ball_tree mean knn with that search.")]
    public string? Algorithm { get; init; }

    [Description("Search of the neighbours: auto (default), brute, kd_tree or ball_tree. All find the same.")]
    public string? Search { get; init; }

    [Description("Neighbours, 1 to 500. Default 60 for hours, 15 for days.")]
    public int? K { get; init; }

    [Description("euclidean (default), manhattan, chebyshev, minkowski (with p), cosine or dtw.")]
    public string? Metric { get; init; }

    [Description("Exponent of minkowski, 1 to 16.")]
    public double? P { get; init; }

    [Description("uniform, distance (default), gaussian, tricube, epanechnikov or rank.")]
    public string? Weights { get; init; }

    [Description("The last so many values, 1 to 336; or a list of lags. Default: 24 hours, or 14 days.")]
    public JsonElement? Lags { get; init; }

    [Description("none, log (default for hours), asinh, level (default for days: divided by the recent mean) or level-additive.")]
    public string? Transform { get; init; }

    [Description("What the model looks at beside the lags: calendar, means, gaps, pollutants, weather, region. Default: all there is.")]
    public IReadOnlyList<string>? Features { get; init; }

    [Description("How features weigh in a distance: learned (default) or none.")]
    public string? FeatureWeights { get; init; }

    [Description("whole (default: one search for the path), direct or recursive.")]
    public string? Strategy { get; init; }

    [Description("median or mean of the neighbours' outcomes. Default: the median for absolute errors where the transform is not logarithmic, else the mean.")]
    public string? Combine { get; init; }

    [Description("absolute (default: best mean absolute error) or squared.")]
    public string? Loss { get; init; }

    [Description("Nominal level of the interval that is tested, 0.5 to 0.99. Default 0.9.")]
    public double? Level { get; init; }

    [Description("Outcomes above it are scored apart. Default: the 90th percentile.")]
    public double? Exceedance { get; init; }

    [Description("Steps between tested origins, 1 to 168. Default: 6 hours, or 1 day.")]
    public int? OriginEvery { get; init; }

    [Description("Only what was known at this moment; later corrections and values do not exist for it.")]
    public DateTimeOffset? AsOf { get; init; }

    [Description("Same seed, parameters and data: the same model, to the last bit. Default 1.")]
    public int? Seed { get; init; }
}

/// <summary>The parameters of a model as they were used, defaults filled in.</summary>
internal sealed record ModelParameters
{
    public string Algorithm { get; init; } = "";
    public string Search { get; init; } = "";
    public int Horizon { get; init; }
    public int K { get; init; }
    public string Metric { get; init; } = "";
    public double? P { get; init; }
    public string Weights { get; init; } = "";
    public int Lags { get; init; }
    public IReadOnlyList<int> OlderLags { get; init; } = [];
    public string Transform { get; init; } = "";
    public IReadOnlyList<string> Features { get; init; } = [];
    public string FeatureWeights { get; init; } = "";
    public string Strategy { get; init; } = "";
    public string Combine { get; init; } = "";
    public string Loss { get; init; } = "";
    public double Level { get; init; }
    public double? Exceedance { get; init; }
    public int OriginEvery { get; init; }
    public DateTimeOffset? AsOf { get; init; }
    public int Seed { get; init; }
}
