namespace Rialto.Forecast.Features;

/// <summary>What a model looks at. Part of a model's parameters: stored, compared and shown.</summary>
internal sealed record FeatureRecipe
{
    public const int LagsMax = 336;

    /// <summary>The last so many values of the target.</summary>
    public int Lags { get; init; } = 24;

    /// <summary>Single older values, such as the same hour two days and one week ago.</summary>
    public int[] OlderLags { get; init; } = [];

    /// <summary>Means of the target over so many steps.</summary>
    public int[] Means { get; init; } = [];

    /// <summary>The largest value over so many steps.</summary>
    public int[] Maxima { get; init; } = [];

    /// <summary>Columns taken like the target: the last value, bent by the same curve, and the mean of a day. Other pollutants, the region.</summary>
    public string[] Companions { get; init; } = [];

    /// <summary>Columns taken as they are: the last value and the mean of a day. Weather.</summary>
    public string[] Weather { get; init; } = [];

    /// <summary>
    /// Columns of which the future is known when the forecast is made: a weather forecast, a calendar of promotions. Never what was measured
    /// later, except to state an upper bound.
    /// </summary>
    public string[] Outlook { get; init; } = [];

    /// <summary>Steps of one mean over the outlook.</summary>
    public int OutlookBlock { get; init; } = 6;

    /// <summary>Hour and day of the year as angles, weekday, weekend.</summary>
    public bool Calendar { get; init; } = true;

    /// <summary>How old the last value is and how much of the last day is missing.</summary>
    public bool Gaps { get; init; } = true;

    /// <summary>Steps over which the level of a levelled transform is the mean.</summary>
    public int LevelSteps { get; init; } = 28;

    /// <summary>Steps before an origin that must exist.</summary>
    public int Reach => new[] { Lags, LevelSteps, 24 }.Concat(OlderLags).Concat(Means).Concat(Maxima).Max();

    public FeatureRecipe WithoutOutlook() => this with { Outlook = [] };
}
