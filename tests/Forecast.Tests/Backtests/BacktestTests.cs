using Rialto.Forecast.Backtests;
using Rialto.Forecast.Features;
using Rialto.Forecast.Intervals;
using Rialto.Forecast.Models;
using Rialto.Forecast.Series;

namespace Rialto.Forecast.Tests.Backtests;

public class BacktestTests
{
    [Fact]
    public void Moving_every_value_after_a_moment_changes_no_prediction_weight_or_interval_made_up_to_it()
    {
        var panels = new[] { Made.Hourly(1, 90), Made.Hourly(2, 90, "B") };
        const int moment = 80 * 24;
        var (honest, blend, intervals) = Everything(panels);
        var (moved, movedBlend, movedIntervals) = Everything([.. panels.Select(panel => Made.MoveFuture(panel, moment))]);
        int compared = 0;
        for (int i = 0; i < honest.Samples.Count && honest.Samples.Moments[i].Origin <= moment; i++)
        {
            for (int at = i * honest.Samples.Horizon; at < (i + 1) * honest.Samples.Horizon; at++)
            {
                foreach (string name in honest.Names)
                    moved.Values[name][at].ShouldBe(honest.Values[name][at], name);
                movedBlend[at].ShouldBe(blend[at]);
                movedIntervals.Lower[at].ShouldBe(intervals.Lower[at]);
                movedIntervals.Upper[at].ShouldBe(intervals.Upper[at]);
                compared++;
            }
        }
        compared.ShouldBeGreaterThan(1000);
    }

    [Fact]
    public void Scores_are_in_the_units_of_the_series_and_count_measured_outcomes_only()
    {
        var source = new SampleSource([Made.Of(10, 20, 30, double.NaN, 60)], new FeatureRecipe { Lags = 1, LevelSteps = 1 }, Transform.Log, 3);
        var samples = Samples.Take(source, [new Moment(0, 2)]);
        double[] values = [.. Enumerable.Repeat(Math.Log(1 + 40), 3)];
        var score = Score.Of(samples, values, [5]);
        score.Count.ShouldBe(2);
        score.Mae.ShouldBe(15, 1e-9);
        score.Rmse.ShouldBe(Math.Sqrt((100 + 400) / 2.0), 1e-9);
        score.Bias.ShouldBe(-5, 1e-9);
        score.Mase!.Value.ShouldBe(3, 1e-9);
    }

    [Fact]
    public void Skill_is_certain_where_the_model_is_better_every_day_and_open_where_chance_decides()
    {
        var panel = Made.Hourly(7, 60);
        var source = new SampleSource([panel], new FeatureRecipe { Lags = 1, LevelSteps = 1 }, Transform.Log, 6);
        var run = new BacktestRun(Samples.Take(source, source.Moments(48, 1300, 6)), ["x"]);
        double[] worse = [.. run.Samples.Targets.Select(value => value + 0.4)], better = [.. run.Samples.Targets.Select(value => value + 0.2)];
        Skill.Of(run, better, worse, 1).Lower.ShouldBeGreaterThan(0.3);
        var random = new Random(2);
        double[] one = [.. run.Samples.Targets.Select(value => value + 0.3 * Made.Normal(random))], other = [.. run.Samples.Targets.Select(value => value + 0.3 * Made.Normal(random))];
        var open = Skill.Of(run, one, other, 1);
        open.Lower.ShouldBeLessThan(0);
        open.Upper.ShouldBeGreaterThan(0);
        Skill.Of(run, one, other, 1).ShouldBe(open, "the same seed resamples the same days");
    }

    [Fact]
    public void A_blend_follows_the_model_that_was_right_so_far()
    {
        var panel = Made.Hourly(8, 120);
        var source = new SampleSource([panel], new FeatureRecipe { Lags = 1, LevelSteps = 1 }, Transform.Log, 2);
        var run = new BacktestRun(Samples.Take(source, source.Moments(48, 2800, 6)), ["good", "bad"]);
        var random = new Random(3);
        for (int i = 0; i < run.Samples.Targets.Length; i++)
        {
            run.Values["good"][i] = run.Samples.Targets[i] + 0.1 * Made.Normal(random);
            run.Values["bad"][i] = run.Samples.Targets[i] + 1.0;
        }
        var blend = RollingBlend.Of(run, ["good", "bad"], 240, 2400);
        blend.Latest.ShouldAllBe(weights => weights[0] > 0.9);
        blend.Latest.ShouldAllBe(weights => Math.Abs(weights.Sum() - 1) < 1e-9);
        // Before anything is known both count alike.
        blend.Values[0].ShouldBe((run.Values["good"][0] + run.Values["bad"][0]) / 2, 1e-12);
    }

    [Fact]
    public void Where_few_outcomes_of_a_part_are_known_the_whole_horizon_teaches_its_weights()
    {
        var panel = Made.Hourly(8, 120, holes: 0);
        var source = new SampleSource([panel], new FeatureRecipe { Lags = 1, LevelSteps = 1 }, Transform.Log, 24);
        var run = new BacktestRun(Samples.Take(source, source.Moments(48, 48 + 40 * 24, 24)), ["good", "bad"]);
        var random = new Random(3);
        for (int i = 0; i < run.Samples.Targets.Length; i++)
        {
            run.Values["good"][i] = run.Samples.Targets[i] + 0.1 * Made.Normal(random);
            run.Values["bad"][i] = run.Samples.Targets[i] + 1.0;
        }
        // Forty outcomes of the first step say too little by themselves.
        RollingBlend.Of(run, ["good", "bad"], 240, 2400).Latest.ShouldAllBe(weights => weights[0] > 0.9);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(1e6)]
    [InlineData(1e-6)]
    public void Weights_are_the_same_in_any_unit(double unit)
    {
        double[] Weights(double of)
        {
            double[] measured = [.. Made.Hourly(8, 60, holes: 0).Target.Select(value => value * of)];
            var source = new SampleSource([Made.Of(measured)], new FeatureRecipe { Lags = 1, LevelSteps = 1 }, Transform.None, 1);
            var run = new BacktestRun(Samples.Take(source, source.Moments(48, 1400, 6)), ["good", "bad"]);
            var random = new Random(3);
            for (int i = 0; i < run.Samples.Targets.Length; i++)
            {
                run.Values["good"][i] = run.Samples.Targets[i] + 10 * of * Made.Normal(random);
                run.Values["bad"][i] = run.Samples.Targets[i] + 10.5 * of * Made.Normal(random);
            }
            return RollingBlend.Of(run, ["good", "bad"], 240, 2400).Latest[0];
        }
        double[] usual = Weights(1), others = Weights(unit);
        usual.Sum().ShouldBe(1, 1e-9);
        others[0].ShouldBe(usual[0], 1e-6);
    }

    private static (BacktestRun Run, double[] Blend, RollingIntervals Intervals) Everything(IReadOnlyList<Panel> panels)
    {
        var setup = Made.Setup();
        var source = new SampleSource(Region.AddTo(panels), setup.Features with { Companions = [Region.Column], Weather = ["wind"] }, setup.Transform, setup.Horizon);
        var origins = source.Moments(0, 90 * 24, 6).ToArray();
        var run = RollingBacktest.Run(source, new RollingPlan(60 * 24, 90 * 24, 5 * 24), origins, origins, samples => ModelSet.Fit(samples, setup).All);
        double[] blend = RollingBlend.Of(run, ModelSet.Mixed(24), 5 * 24, 30 * 24).Values;
        double[] scales = Score.SeasonalScales(source, 60 * 24);
        return (run, blend, RollingIntervals.Of(run, blend, scales, 0.9, 100, 70 * 24));
    }
}
