using Rialto.Forecast.Backtests;
using Rialto.Forecast.Models;
using Rialto.Forecast.Training;

namespace Rialto.Forecast.Tests.Training;

public class PromotionGateTests
{
    private static readonly Skill Better = new(0.2, 0.15, 0.25);

    [Fact]
    public void A_model_that_is_better_beyond_chance_and_keeps_its_level_passes() => Codes(Better, 0.9).ShouldBeEmpty();

    [Fact]
    public void Better_on_the_whole_but_within_chance_is_not_better() => Codes(new Skill(0.1, -0.01, 0.2), 0.9).ShouldBe(["not-beyond-chance"]);

    [Fact]
    public void A_model_that_leaves_every_part_to_a_baseline_is_refused() => Codes(Better, 0.9, answeredBy: "persistence").ShouldBe(["no-part-better"]);

    [Theory]
    [InlineData(0.881, true)]
    [InlineData(0.879, false)]
    [InlineData(0.919, true)]
    [InlineData(0.921, false)]
    public void Intervals_may_miss_their_level_by_two_points_on_either_side(double coverage, bool passes) =>
        Codes(Better, coverage).ShouldBe(passes ? [] : ["coverage-off"]);

    [Theory]
    [InlineData(0.861, 0.9, null)]
    [InlineData(0.859, 0.9, "step-coverage-off")]
    [InlineData(0.9, 0.941, "place-coverage-off")]
    public void And_at_each_step_and_place_by_four(double step, double place, string? code)
    {
        Codes(Better, 0.9, step, place).ShouldBe(code is null ? [] : [code]);
        Codes(Better, 0.9, step, place, outcomes: PromotionGate.OutcomesMin - 1).ShouldBeEmpty("from few outcomes nothing is held against it");
    }

    private static string[] Codes(Skill skill, double coverage, double step = 0.9, double place = 0.9, int outcomes = PromotionGate.OutcomesMin, string answeredBy = "ensemble")
    {
        var all = new IntervalScore(1000, coverage, (1 - coverage) / 2, (1 - coverage) / 2, 10, 12);
        var measured = new Coverage(0.9, all, null, 100, 0.85, [new StepCoverage(1, step, 10)], [new PlaceCoverage("A", place, 10)], []);
        var gate = PromotionGate.Judge(new ModelSetup(), "persistence", skill, [new PartVerdict(1, 1, "persistence", skill, answeredBy)], measured, outcomes, outcomes);
        gate.Passed.ShouldBe(gate.Reasons.Count == 0);
        return [.. gate.Reasons.Select(reason => reason.Code)];
    }
}
