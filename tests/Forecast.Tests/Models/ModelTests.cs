using Rialto.Forecast.Features;
using Rialto.Forecast.Models;
using Rialto.Forecast.Neighbours;

namespace Rialto.Forecast.Tests.Models;

public class ModelTests
{
    private static readonly FeatureRecipe Plain = new() { Lags = 2, LevelSteps = 1, Calendar = false, Gaps = false };

    [Fact]
    public void Persistence_repeats_the_last_value_that_was_measured()
    {
        var samples = At([3, 5, double.NaN, 9], 3, 2);
        Back(samples, new Persistence()).ShouldBe([5, 5]);
    }

    [Fact]
    public void A_seasonal_forecast_repeats_the_season_also_beyond_one()
    {
        var samples = At([1, 2, 3, 10, 20, 30], 6, 5);
        Back(samples, new SeasonalNaive(3)).ShouldBe([10, 20, 30, 10, 20]);
        Back(samples, new SeasonalNaive(3, 2)).ShouldBe([5.5, 11, 16.5, 5.5, 11]);
    }

    [Fact]
    public void Ridge_finds_a_linear_law_and_with_absolute_loss_shrugs_at_outliers()
    {
        var random = new Random(9);
        double[] wind = [.. Enumerable.Range(0, 600).Select(_ => Made.Normal(random))];
        double[] law = [.. wind.Select((_, i) => i == 0 ? 0 : 3 + 2 * wind[i - 1])];
        double[] measured = [.. law.Select((value, i) => i < 500 && i % 11 == 0 ? value + 300 : value)];
        var panel = Made.Of(measured).With("wind", wind);
        var source = new SampleSource([panel], Plain with { Lags = 0, Companions = ["wind"] }, Transform.None, 1);
        var train = Samples.Take(source, source.Moments(30, 500, 1));
        var asked = Samples.Take(source, source.Moments(500, 600, 1));
        double Error(Loss loss) => Ridge.Fit(train, 0.01, loss).Predict(asked).Values.Select((value, i) => Math.Abs(value - law[500 + i])).Average();
        Error(Loss.Absolute).ShouldBeLessThan(1.5);
        Error(Loss.Squared).ShouldBeGreaterThan(15);
    }

    [Fact]
    public void Exponential_smoothing_learns_the_season_and_never_looks_ahead()
    {
        var panel = Made.Hourly(3, 60, noise: 0.02, wander: 0.01);
        var source = new SampleSource([panel], Plain, Transform.Log, 24);
        var train = Samples.Take(source, source.Moments(48, 40 * 24, 6));
        var model = ExponentialSmoothing.Fit(train);
        var asked = Samples.Take(source, [new Moment(0, 50 * 24)]);
        double[] ahead = model.Predict(asked).Values;
        for (int h = 0; h < 24; h++)
            ahead[h].ShouldBe(Math.Log(1 + 50 * Math.Exp(0.6 * Math.Sin(2 * Math.PI * h / 24))), 0.35);

        var moved = new SampleSource([Made.MoveFuture(panel, 50 * 24)], Plain, Transform.Log, 24);
        model.Predict(Samples.Take(moved, [new Moment(0, 50 * 24)])).Values.ShouldBe(ahead);
    }

    [Theory]
    [InlineData(Strategy.Whole)]
    [InlineData(Strategy.Direct)]
    [InlineData(Strategy.Recursive)]
    internal void Neighbours_of_a_repeating_series_continue_it_whatever_the_strategy(Strategy strategy)
    {
        double[] wave = [.. Enumerable.Range(0, 24 * 40).Select(i => 20 + 10 * Math.Sin(2 * Math.PI * i / 24))];
        var recipe = new FeatureRecipe { Lags = 6, LevelSteps = 6, Gaps = false };
        var source = new SampleSource([Made.Of(wave)], recipe, Transform.None, 12);
        var train = Samples.Take(source, source.Moments(24, 24 * 30, 1)).KnownBefore(24 * 30);
        var setup = new NeighbourSetup { Strategy = strategy, Search = new NeighbourOptions { K = 3 } };
        Forecaster model = strategy == Strategy.Recursive
            ? RecursiveNeighbours.Fit(train, setup, 1, Loss.Squared)
            : NeighbourForecaster.Fit(train, setup, Ridge.Fit(train, 1, Loss.Squared));
        double[] ahead = model.Predict(Samples.Take(source, [new Moment(0, 24 * 35 + 5)])).Values;
        for (int h = 0; h < 12; h++)
            ahead[h].ShouldBe(wave[24 * 35 + 5 + h], 0.5);
    }

    [Fact]
    public void Warping_compares_the_recent_path_alone()
    {
        var panel = Made.Hourly(4, 30);
        var source = new SampleSource([panel], new FeatureRecipe { Lags = 12, Means = [24] }, Transform.Log, 3);
        var train = Samples.Take(source, source.Moments(48, 600, 2)).KnownBefore(600);
        var model = NeighbourForecaster.Fit(train, new NeighbourSetup { Search = new NeighbourOptions { K = 3, Metric = Metric.Warping(2) } }, null);
        model.Used.ShouldBe(12);
        model.Predict(Samples.Take(source, [new Moment(0, 700)])).Values.ShouldAllBe(value => double.IsFinite(value));
    }

    [Fact]
    public void A_forecast_names_the_past_it_rests_on_and_never_its_own_episode()
    {
        var panel = Made.Hourly(5, 60);
        var source = new SampleSource([panel], Made.Setup().Features, Transform.Log, 12);
        var train = Samples.Take(source, source.Moments(48, 1200, 1)).KnownBefore(1200);
        var model = NeighbourForecaster.Fit(train, Made.Setup().Neighbours, Ridge.Fit(train, 10, Loss.Squared));
        var asked = Samples.Take(source, [new Moment(0, 1000)]);
        var because = model.Explain(asked, 0, 0);
        because.Length.ShouldBe(15);
        because.ShouldAllBe(one => Math.Abs(one.Moment.Origin - 1000) >= 24);
        because.Select(one => one.Distance).ShouldBe(because.Select(one => one.Distance).Order());
        because.Sum(one => one.Weight).ShouldBe(1, 1e-12);
    }

    [Fact]
    public void A_date_months_ahead_gets_what_was_usual_at_that_time()
    {
        var panel = Made.Hourly(6, 800, noise: 0.05, wander: 0.01);
        var usual = Climatology.At(panel, Made.Start.AddDays(1100).AddHours(6), 0.9, panel.Length).ShouldNotBeNull();
        usual.Basis.ShouldBe("season, hour and kind of day");
        usual.Median.ShouldBeInRange(75, 110);
        usual.Lower.ShouldBeLessThan(usual.Median);
        usual.Upper.ShouldBeGreaterThan(usual.Median);
        Climatology.At(panel, Made.Start.AddDays(1100), 0.9, 0).ShouldBeNull();
    }

    private static Samples At(double[] series, int origin, int horizon) =>
        Samples.Take(new SampleSource([Made.Of(series)], Plain, Transform.None, horizon), [new Moment(0, origin)]);

    private static double[] Back(Samples samples, Forecaster model) => model.Predict(samples).Values;
}
