using Rialto.Forecast.Backtests;
using Rialto.Forecast.Models;

namespace Rialto.Forecast.Training;

/// <summary>A model may answer only when it is better than doing nothing clever, beyond chance, and its intervals keep their promise.</summary>
internal static class PromotionGate
{
    /// <summary>Coverage may be off its level by this much overall.</summary>
    public const double CoverageOff = 0.02;

    /// <summary>And by this much at any one step or place, where fewer outcomes are counted.</summary>
    public const double CoverageOffEach = 0.04;

    /// <summary>Fewer outcomes than this at a step or place say too little to hold against the model.</summary>
    public const int OutcomesMin = 300;

    public static Gate Judge(
        ModelSetup setup, string bestBaseline, Skill skill, IReadOnlyList<PartVerdict> parts, Coverage coverage, int outcomesAStep, int outcomesAPlace)
    {
        var reasons = new List<Notice>();
        if (setup.Features.Outlook is { Length: > 0 } known)
        {
            string names = string.Join(", ", known);
            reasons.Add(new Notice(
                "outlook-known", $"It was tested with later measurements of {names} as if they had been forecast: an upper bound, not a skill.", new Dictionary<string, object> { ["columns"] = names }));
        }
        if (!(skill.Lower > 0))
        {
            reasons.Add(new Notice(
                "not-beyond-chance", $"It does not beat {bestBaseline} beyond chance: skill {skill.Share:P1}, 95 % interval {skill.Lower:P1} to {skill.Upper:P1}.",
                new Dictionary<string, object> { ["baseline"] = bestBaseline, ["skill"] = skill.Share, ["lower"] = skill.Lower, ["upper"] = skill.Upper }));
        }
        if (parts.All(part => part.AnsweredBy == part.Baseline))
            reasons.Add(new Notice("no-part-better", "There is no part of the horizon where it beats the best baseline beyond chance."));
        if (!(Math.Abs(coverage.All.Coverage - coverage.Level) <= CoverageOff))
        {
            reasons.Add(new Notice(
                "coverage-off", $"Its {coverage.Level:P0} interval covered {coverage.All.Coverage:P1} of {coverage.All.Count} outcomes.",
                new Dictionary<string, object> { ["level"] = coverage.Level, ["coverage"] = coverage.All.Coverage, ["outcomes"] = coverage.All.Count }));
        }
        if (outcomesAStep >= OutcomesMin)
        {
            reasons.AddRange(coverage.Steps.Where(step => !(Math.Abs(step.Coverage - coverage.Level) <= CoverageOffEach)).Select(step => new Notice(
                "step-coverage-off", $"At step {step.Step} its {coverage.Level:P0} interval covered {step.Coverage:P1}.",
                new Dictionary<string, object> { ["step"] = step.Step, ["level"] = coverage.Level, ["coverage"] = step.Coverage })));
        }
        if (outcomesAPlace >= OutcomesMin)
        {
            reasons.AddRange(coverage.Places.Where(place => !(Math.Abs(place.Coverage - coverage.Level) <= CoverageOffEach)).Select(place => new Notice(
                "place-coverage-off", $"At {place.Place} its {coverage.Level:P0} interval covered {place.Coverage:P1}.",
                new Dictionary<string, object> { ["place"] = place.Place, ["level"] = coverage.Level, ["coverage"] = place.Coverage })));
        }
        return new Gate(reasons.Count == 0, reasons);
    }
}
