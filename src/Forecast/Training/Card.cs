using Rialto.Forecast.Backtests;

namespace Rialto.Forecast.Training;

/// <summary>What is shown of a model, all of it measured by its rolling backtest on outcomes it had not seen.</summary>
internal sealed record Card
{
    /// <summary>The name of the forecaster that answers.</summary>
    public required string Primary { get; init; }

    public required DateTime TrainedFrom { get; init; }

    /// <summary>The first step that the model knows nothing of.</summary>
    public required DateTime TrainedUntil { get; init; }

    public required DateTime TestedFrom { get; init; }
    public required int Origins { get; init; }
    public required int TrainingRows { get; init; }
    public required IReadOnlyList<string> Features { get; init; }

    /// <summary>The search algorithm that was used, after auto decided.</summary>
    public required string Search { get; init; }

    public required IReadOnlyList<ModelScore> Scores { get; init; }

    /// <summary>Of what answers: the primary, and a baseline in the parts where it is not better. This is what is compared with the best baseline. Null on cards of before it was kept.</summary>
    public Score? Served { get; init; }

    public required string BestBaseline { get; init; }
    public required Skill SkillOverBest { get; init; }
    public required IReadOnlyList<PartVerdict> Parts { get; init; }
    public required Coverage Coverage { get; init; }
    public required IReadOnlyList<WeightOf> Weights { get; init; }
    public required Gate Gate { get; init; }

    /// <summary>SHA-256 of the values it was trained on: same seed, parameters and hash give the same model.</summary>
    public required string DataHash { get; init; }
}

/// <summary>One forecaster's errors on the tested part, overall, by step ahead (1 = the first) and by place.</summary>
internal sealed record ModelScore(string Model, Score All, IReadOnlyList<StepScore> Steps, IReadOnlyList<PlaceScore> Places);

internal sealed record StepScore(int Step, double Mae, double Rmse);

internal sealed record PlaceScore(string Place, double Mae, double Rmse, double? Mase);

/// <summary>Steps From..To (1 = the first): is the model better there than the best baseline of that part, and who answers.</summary>
internal sealed record PartVerdict(int From, int To, string Baseline, Skill Skill, string AnsweredBy);

internal sealed record WeightOf(int From, int To, IReadOnlyDictionary<string, double> Weights);

/// <summary>How the intervals of the card's level fared on the tested part.</summary>
/// <param name="Exceedance">Outcomes above this count as high.</param>
/// <param name="High">Coverage given that the outcome was high. Even a perfect forecast need not reach the level there: a warning, not a target.</param>
internal sealed record Coverage(
    double Level, IntervalScore All, IntervalScore? High, double Exceedance, double WorstMonth,
    IReadOnlyList<StepCoverage> Steps, IReadOnlyList<PlaceCoverage> Places, IReadOnlyList<LevelCoverage> Levels);

/// <summary>Another level that was tested on the same outcomes.</summary>
internal sealed record LevelCoverage(double Level, double Coverage, int Count);

internal sealed record StepCoverage(int Step, double Coverage, double Width);

internal sealed record PlaceCoverage(string Place, double Coverage, double Width);

/// <summary>May the model be promoted; if not, why not.</summary>
/// <param name="Reasons">Codes: outlook-known, not-beyond-chance, no-part-better, coverage-off, step-coverage-off, place-coverage-off.</param>
internal sealed record Gate(bool Passed, IReadOnlyList<Notice> Reasons);
