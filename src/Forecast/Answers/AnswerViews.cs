using System.ComponentModel;

namespace Rialto.Forecast.Answers;

/// <summary>What to predict.</summary>
internal sealed record PredictRequest
{
    [Description("Key (measure@station) or number of the series.")]
    public string Series { get; init; } = "";

    [Description("The one time to predict; with an offset, or UTC. Instead of horizon.")]
    public DateTimeOffset? At { get; init; }

    [Description("Predict so many steps after the last value. Default: all that the model was validated for. Beyond that the answer is what is usual for the season, and says so.")]
    public int? Horizon { get; init; }

    [Description("Level of the interval, 0.5 to 0.99. Default 0.9.")]
    public double? Level { get; init; }

    [Description("A certain model instead of the promoted one.")]
    public Guid? Model { get; init; }

    [Description("Most similar past situations to explain with, 0 to 50. Default 5.")]
    public int? Neighbours { get; init; }
}

/// <summary>A prediction.</summary>
internal sealed record PredictionView
{
    public string Series { get; init; } = "";
    public string Unit { get; init; } = "";

    /// <summary>hour or day.</summary>
    public string Step { get; init; } = "";

    /// <summary>The last value that is known; the prediction looks ahead from there.</summary>
    public DateTimeOffset DataUntil { get; init; }

    public double Level { get; init; }

    /// <summary>Who answers; null when no model is promoted and a baseline answers.</summary>
    public AnsweringModel? Model { get; init; }

    /// <summary>Steps ahead that were validated.</summary>
    public int ValidatedHorizon { get; init; }

    public IReadOnlyList<PointView> Points { get; init; } = [];

    /// <summary>How the model's intervals fared in its test, at the tested level nearest to the one asked for; null for baselines.</summary>
    public MeasuredCoverage? Measured { get; init; }

    /// <summary>Why: past situations most like the present one.</summary>
    public Explanation? Explanation { get; init; }

    /// <summary>no-model, beyond-validated-horizon, data-old, input-missing or model-drifted.</summary>
    public IReadOnlyList<Notice> Warnings { get; init; } = [];
}

internal sealed record AnsweringModel(Guid Id, string Name, int Version, string Primary, DateTimeOffset TrainedFrom, DateTimeOffset TrainedUntil, string BestBaseline, bool Promoted);

/// <summary>One predicted step.</summary>
/// <param name="Step">1 = the first after the last value.</param>
/// <param name="Lower">Null when nothing is known of the errors.</param>
/// <param name="Kind">model, baseline (no model is better there), or climatology (beyond the validated horizon: what is usual at that time of the year).</param>
/// <param name="AnsweredBy">The forecaster behind the value.</param>
/// <param name="Baselines">What the simple forecasts say.</param>
/// <param name="Index">Word of the air-quality index of the value.</param>
internal sealed record PointView(
    DateTimeOffset At, int Step, double Value, double? Lower, double? Upper, string Kind, string AnsweredBy, IReadOnlyDictionary<string, double> Baselines, string? Index);

/// <param name="High">Coverage of outcomes above the exceedance: a warning, no target.</param>
internal sealed record MeasuredCoverage(double Level, double Coverage, int Outcomes, double? High, double Exceedance, double WorstMonth);

/// <param name="At">The step that is explained.</param>
internal sealed record Explanation(DateTimeOffset At, IReadOnlyList<NeighbourView> Neighbours);

/// <param name="From">When that situation was.</param>
/// <param name="Weight">Its share in the neighbours' part of the answer; all of them sum to 1, also those that are not shown.</param>
/// <param name="Outcome">What followed after as many steps, in the units of the series.</param>
internal sealed record NeighbourView(DateTimeOffset From, string Station, double Distance, double Weight, double? Outcome);
