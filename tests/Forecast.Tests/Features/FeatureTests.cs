using Rialto.Forecast.Features;
using Rialto.Forecast.Series;

namespace Rialto.Forecast.Tests.Features;

public class FeatureTests
{
    private static readonly FeatureRecipe Everything = new()
    {
        Lags = 6, OlderLags = [24, 48], Means = [12, 24], Maxima = [24], Companions = ["wind"], Weather = ["wind"], LevelSteps = 24,
    };

    [Theory]
    [InlineData(Curve.Log, Leveling.None)]
    [InlineData(Curve.Asinh, Leveling.Additive)]
    [InlineData(Curve.None, Leveling.Multiplicative)]
    internal void Moving_every_future_value_changes_no_feature(Curve curve, Leveling leveling)
    {
        var panel = Made.Hourly(1, 20);
        var transform = new Transform(curve, leveling);
        foreach (int origin in new[] { 60, 131, 240, panel.Length })
        {
            double[] before = Row(panel, transform, origin), after = Row(Made.MoveFuture(panel, origin), transform, origin);
            after.ShouldBe(before);
            double[] cut = Row(panel.Before(origin), transform, origin);
            cut.ShouldBe(before);
        }
    }

    [Fact]
    public void A_changed_last_value_does_change_the_features()
    {
        var panel = Made.Hourly(1, 20);
        Row(Made.MoveFuture(panel, 130), Transform.Log, 131).ShouldNotBe(Row(panel, Transform.Log, 131));
    }

    [Fact]
    public void Each_feature_has_a_name()
    {
        var builder = new FeatureBuilder(Made.Hourly(1, 5), Everything with { Outlook = ["wind"] }, Transform.Log, 12);
        builder.Names.ShouldBe(
        [
            "lag 1", "lag 2", "lag 3", "lag 4", "lag 5", "lag 6", "lag 24", "lag 48", "mean 12", "mean 24", "max 24", "wind last", "wind mean of a day",
            "wind last", "wind mean of a day", "age of the last value", "share missing", "year sin", "year cos", "day sin", "day cos", "week sin", "week cos",
            "weekend", "wind ahead 1", "wind ahead 2",
        ]);
    }

    [Fact]
    public void Gaps_carry_the_last_value_forward_and_say_how_old_it_is()
    {
        var column = new CausalColumn([double.NaN, 4, double.NaN, double.NaN, 8], value => value);
        column.Lag(1, 1).ShouldBe(double.NaN);
        column.Lag(4, 1).ShouldBe(4);
        column.Age(4).ShouldBe(2);
        column.ShareMissing(4, 4).ShouldBe(0.75);
        column.Mean(4, 10).ShouldBe(4);
        column.Mean(5, 2).ShouldBe(6);
        column.Mean(1, 10).ShouldBe(double.NaN);
        column.Max(5, 5).ShouldBe(8);
    }

    [Fact]
    public void A_target_that_was_not_measured_is_never_filled()
    {
        var source = new SampleSource([Made.Of(1, 2, 3, double.NaN, 5)], new FeatureRecipe { Lags = 1, LevelSteps = 1, Calendar = false }, Transform.None, 3);
        var samples = Samples.Take(source, [new Moment(0, 2), new Moment(0, 3)]);
        samples.Targets.ShouldBe([3, double.NaN, 5, double.NaN, 5, double.NaN]);
    }

    [Fact]
    public void An_outlook_with_a_hole_is_unknown_and_named()
    {
        var outlook = new Outlook(100, new Dictionary<string, double[]> { ["wind"] = [1, 2, 3, double.NaN, 5, 6] });
        outlook.Mean("wind", 100, 3).ShouldBe(2);
        outlook.Mean("wind", 104, 3).ShouldBe(double.NaN);
        outlook.Mean("rain", 100, 3).ShouldBe(double.NaN);
        outlook.Missing(["wind", "rain"], 100, 6).ShouldBe([("wind", 103), ("rain", 100)]);
    }

    [Theory]
    [InlineData(Curve.None, Leveling.None)]
    [InlineData(Curve.Log, Leveling.None)]
    [InlineData(Curve.Log, Leveling.Additive)]
    [InlineData(Curve.Asinh, Leveling.None)]
    [InlineData(Curve.None, Leveling.Multiplicative)]
    internal void A_transform_is_undone_exactly_and_its_slope_is_its_derivative(Curve curve, Leveling leveling)
    {
        var transform = new Transform(curve, leveling);
        foreach (double value in new[] { 0.5, 12, 340 })
        {
            double there = transform.Level(transform.Bend(value), 3);
            transform.Back(there, 3).ShouldBe(value, 1e-9 * value);
            double step = 1e-6;
            ((transform.Back(there + step, 3) - transform.Back(there - step, 3)) / (2 * step)).ShouldBe(transform.Slope(there, 3), 1e-4 * transform.Slope(there, 3));
        }
    }

    [Fact]
    public void The_calendar_is_that_of_the_place_on_the_days_when_clocks_change()
    {
        var madrid = TimeZoneInfo.FindSystemTimeZoneById("Europe/Madrid");
        var grid = new Grid(new DateTime(2024, 3, 30, 23, 0, 0, DateTimeKind.Utc), Grid.Hour, madrid);
        Enumerable.Range(0, 4).Select(i => grid.LocalAt(i).Hour).ShouldBe([0, 1, 3, 4]);
        var autumn = new Grid(new DateTime(2024, 10, 26, 23, 0, 0, DateTimeKind.Utc), Grid.Hour, madrid);
        Enumerable.Range(0, 4).Select(i => autumn.LocalAt(i).Hour).ShouldBe([1, 2, 2, 3]);
    }

    private static double[] Row(Panel panel, Transform transform, int origin)
    {
        var builder = new FeatureBuilder(panel, Everything, transform, 12);
        var row = new double[builder.Names.Length];
        builder.Fill(origin, Outlook.Nothing, row);
        return row;
    }
}
