using Rialto.Forecast.Backtests;
using Rialto.Forecast.Features;
using Rialto.Forecast.Intervals;

namespace Rialto.Forecast.Tests.Intervals;

public class WidthsTests
{
    private const int Length = 6000, Scored = 3000;

    [Fact]
    public void Widths_that_were_learned_keep_the_level_at_a_lower_price()
    {
        var (run, predicted) = Skewed();
        var even = RollingIntervals.Of(run, predicted, [1], 0.9, 720, int.MaxValue);
        var learned = RollingIntervals.Of(run, predicted, [1], 0.9, 720, Scored);
        even.Widths.ShouldBeNull();
        learned.Widths.ShouldNotBeNull();
        bool InScored(int i, int h) => run.Samples.Moments[i].Origin >= Scored;
        IntervalScore before = IntervalScore.Of(run, even, 0.9, InScored), after = IntervalScore.Of(run, learned, 0.9, InScored);
        after.Coverage.ShouldBe(0.9, 0.02);
        after.MissedBelow.ShouldBe(0.05, 0.015);
        after.MissedAbove.ShouldBe(0.05, 0.015);
        (after.Winkler / before.Winkler).ShouldBeLessThan(0.9);
    }

    [Fact]
    public void A_prediction_that_looks_more_uncertain_reaches_farther_and_each_side_for_itself()
    {
        var (run, predicted) = Skewed();
        var widths = Widths.Learn(run, predicted, [1], [.. Enumerable.Range(0, Scored)])!;
        Reach low = widths.Of(0, 0, 2, 1), high = widths.Of(0, 0, 9, 1);
        high.Above.ShouldBeGreaterThan(2 * low.Above);
        high.Above.ShouldBeGreaterThan(2 * high.Below);
        widths.Of(0, 0, 9, 3).Above.ShouldBe(3 * high.Above, 1e-9);
    }

    [Fact]
    public void From_few_outcomes_nothing_is_learned()
    {
        var (run, predicted) = Skewed();
        Widths.Learn(run, predicted, [1], [.. Enumerable.Range(0, Widths.OutcomesMin - 1)]).ShouldBeNull();
        Widths.Learn(run, predicted, [1], [.. Enumerable.Range(0, Widths.OutcomesMin)]).ShouldNotBeNull();
    }

    /// <summary>The prediction goes up and down; what follows lies a little below it, or far above when it is high.</summary>
    private static (BacktestRun Run, double[] Predicted) Skewed()
    {
        var random = new Random(5);
        double[] predicted = [.. Enumerable.Range(0, Length).Select(i => 5.5 + 4.5 * Math.Sin(i / 17.0))];
        double[] outcomes = [.. predicted.Select(value => value + 0.3 * value * (random.Next(2) == 0 ? -0.3 * random.NextDouble() : -Math.Log(1 - random.NextDouble())))];
        var source = new SampleSource([Made.Of(outcomes)], new FeatureRecipe { Lags = 1, LevelSteps = 1, Calendar = false, Gaps = false }, Transform.None, 1);
        var run = new BacktestRun(Samples.Take(source, source.Moments(0, Length, 1)), ["x"]);
        return (run, [.. run.Samples.Moments.Select(moment => predicted[moment.Origin])]);
    }
}
