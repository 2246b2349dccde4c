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
        var reasons = new List<string>();
        if (setup.Features.Outlook.Length > 0)
            reasons.Add($"It was tested with later measurements of {string.Join(", ", setup.Features.Outlook)} as if they had been forecast: an upper bound, not a skill.");
        if (!(skill.Lower > 0))
            reasons.Add($"It does not beat {bestBaseline} beyond chance: skill {skill.Share:P1}, 95 % interval {skill.Lower:P1} to {skill.Upper:P1}.");
        if (parts.All(part => part.AnsweredBy == part.Baseline))
            reasons.Add("There is no part of the horizon where it beats the best baseline beyond chance.");
        if (!(Math.Abs(coverage.All.Coverage - coverage.Level) <= CoverageOff))
            reasons.Add($"Its {coverage.Level:P0} interval covered {coverage.All.Coverage:P1} of {coverage.All.Count} outcomes.");
        if (outcomesAStep >= OutcomesMin)
        {
            reasons.AddRange(coverage.Steps.Where(step => !(Math.Abs(step.Coverage - coverage.Level) <= CoverageOffEach))
                .Select(step => $"At step {step.Step} its {coverage.Level:P0} interval covered {step.Coverage:P1}."));
        }
        if (outcomesAPlace >= OutcomesMin)
        {
            reasons.AddRange(coverage.Places.Where(place => !(Math.Abs(place.Coverage - coverage.Level) <= CoverageOffEach))
                .Select(place => $"At {place.Place} its {coverage.Level:P0} interval covered {place.Coverage:P1}."));
        }
        return new Gate(reasons.Count == 0, reasons);
    }
}
