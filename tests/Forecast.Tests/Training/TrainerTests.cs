using System.Security.Cryptography;
using System.Text.Json;
using Rialto.Forecast.Features;
using Rialto.Forecast.Intervals;
using Rialto.Forecast.Models;
using Rialto.Forecast.Registry;
using Rialto.Forecast.Training;

namespace Rialto.Forecast.Tests.Training;

public class TrainerTests
{
    private static readonly Lazy<Trained> Wave = new(() => Trainer.Train([Made.Hourly(1, 250), Made.Hourly(2, 250, "B")], Made.Setup()));

    [Fact]
    public void A_model_that_beats_its_baselines_passes_the_gate_with_the_coverage_it_promised()
    {
        var card = Wave.Value.Card;
        card.Gate.Passed.ShouldBeTrue(string.Join(" ", card.Gate.Reasons.Select(reason => reason.Message)));
        card.SkillOverBest.Lower.ShouldBeGreaterThan(0.1);
        card.Coverage.All.Coverage.ShouldBe(0.9, 0.02);
        card.Scores.Select(score => score.Model).ShouldBe(
            ["ensemble", "persistence", "seasonal naive 24", "seasonal naive 168", "mean of 4 seasons of 168", "exponential smoothing", "ridge", "neighbours"]);
        card.Scores.ShouldAllBe(score => score.Steps.Count == 12 && score.Places.Count == 2 && score.All.Count > 1000);
        SkillOf(card).ShouldBe(card.SkillOverBest.Share, 1e-6, "the error beside the baseline's is of what answers");
        card.Weights.ShouldAllBe(part => Math.Abs(part.Weights.Values.Sum() - 1) < 1e-9);
        card.TrainedUntil.ShouldBe(Made.Start.AddDays(250));
    }

    [Fact]
    public void A_model_of_pure_chance_is_refused_and_the_reason_names_the_baseline()
    {
        var trained = Trainer.Train([Made.RandomWalk(3, 150)], Made.Setup() with { Transform = Transform.None });
        trained.Card.Gate.Passed.ShouldBeFalse();
        trained.Card.Gate.Reasons[0].Code.ShouldBe("not-beyond-chance");
        trained.Card.Gate.Reasons[0].Message.ShouldContain("persistence");
        trained.Card.BestBaseline.ShouldBe("persistence");
        trained.Model.AnsweredBy.ShouldContain("persistence");
        SkillOf(trained.Card).ShouldBe(trained.Card.SkillOverBest.Share, 1e-6);
    }

    private static double SkillOf(Card card) => 1 - card.Served!.Mae / card.Scores.Single(score => score.Model == card.BestBaseline).All.Mae;

    [Fact]
    public void A_model_that_was_tested_with_the_weather_of_the_future_is_an_upper_bound_and_refused()
    {
        var setup = Made.Setup() with { Kind = ModelKind.Ridge, Features = Made.Setup().Features with { Outlook = ["wind"] } };
        var card = Trainer.Train([Made.Hourly(4, 120)], setup).Card;
        card.Gate.Passed.ShouldBeFalse();
        card.Gate.Reasons.ShouldContain(reason => reason.Code == "outlook-known");
    }

    [Fact]
    public void The_same_data_parameters_and_seed_give_the_same_bytes()
    {
        var again = Trainer.Train([Made.Hourly(1, 250), Made.Hourly(2, 250, "B")], Made.Setup());
        SHA256.HashData(ModelFile.Write(again.Model)).ShouldBe(SHA256.HashData(ModelFile.Write(Wave.Value.Model)));
        again.Card.DataHash.ShouldBe(Wave.Value.Card.DataHash);
    }

    [Theory]
    [InlineData(Strategy.Whole)]
    [InlineData(Strategy.Direct)]
    [InlineData(Strategy.Recursive)]
    internal void A_stored_model_answers_to_the_last_bit_what_it_answered_before(Strategy strategy)
    {
        var panels = new[] { Made.Hourly(1, 100), Made.Hourly(2, 100, "B") };
        var setup = Made.Setup(4) with { Neighbours = Made.Setup().Neighbours with { Strategy = strategy }, OriginEvery = 24 };
        var model = Trainer.Train(panels, setup).Model;
        var again = ModelFile.Read(ModelFile.Write(model));
        Ahead before = model.Look(panels, new Moment(1, 2400)), after = again.Look(panels, new Moment(1, 2400));
        var bands = Calibration.Restore(model.Bands, 2, 4, model.BandCapacity);
        var bandsAgain = Calibration.Restore(again.Bands, 2, 4, again.BandCapacity);
        for (int h = 0; h < 4; h++)
        {
            after.Value(h).ShouldBe(before.Value(h));
            after.Interval(bandsAgain, h, 0.8).ShouldBe(before.Interval(bands, h, 0.8));
            after.Because(h, 3).ShouldBe(before.Because(h, 3));
        }
    }

    [Fact]
    public void A_series_that_repeats_itself_exactly_is_judged_in_numbers_too()
    {
        double[] wave = [.. Enumerable.Range(0, 100 * 24).Select(i => 10 + Math.Round(Math.Sin(i * Math.PI / 12), 3))];
        var card = Trainer.Train([Made.Of(wave)], Made.Setup(2) with { OriginEvery = 12 }).Card;
        card.Gate.Passed.ShouldBeFalse("nothing beats what repeats itself");
        // A number that is none could not be stored.
        JsonSerializer.Serialize(card, RegistryJson.Options).ShouldContain("not-beyond-chance");
    }

    [Fact]
    public void Learned_widths_are_stored_with_the_model()
    {
        var model = Wave.Value.Model;
        var again = ModelFile.Read(ModelFile.Write(model));
        model.Widths.ShouldNotBeNull();
        again.Widths!.Of(7, 0.4, 3.5, 20).ShouldBe(model.Widths.Of(7, 0.4, 3.5, 20));
    }

    [Fact]
    public void A_model_answers_the_same_from_a_recent_window_as_from_the_whole_past()
    {
        var setup = Made.Setup() with { Kind = ModelKind.Neighbours };
        var panel = Made.Hourly(1, 150);
        var model = Trainer.Train([panel], setup).Model;
        const int from = 100 * 24;
        var window = new Rialto.Forecast.Series.Panel(
            panel.Name, panel.Grid with { Start = panel.Grid.At(from) }, "x", panel.ColumnNames.ToDictionary(name => name, name => panel.Column(name)[from..]));
        Ahead whole = model.Look([panel], new Moment(0, panel.Length)), recent = model.Look([window], new Moment(0, window.Length));
        for (int h = 0; h < 12; h++)
            recent.Value(h).ShouldBe(whole.Value(h), 1e-9);
        recent.Because(0, 5).Select(one => one.Precedent.Moment).ShouldBe(whole.Because(0, 5).Select(one => one.Precedent.Moment));
    }

    [Fact]
    public void A_cancelled_training_stops_and_reports_how_far_it_was()
    {
        using var stop = new CancellationTokenSource();
        var told = new List<double>();
        Should.Throw<OperationCanceledException>(() => Trainer.Train([Made.Hourly(1, 150)], Made.Setup(), (share, _) =>
        {
            told.Add(share);
            stop.Cancel();
        }, stop.Token));
        told.ShouldHaveSingleItem().ShouldBeInRange(0.01, 0.8);
    }

    [Fact]
    public void Too_little_past_is_said_in_words()
    {
        Should.Throw<TooLittleDataException>(() => Trainer.Train([Made.Hourly(1, 10)], Made.Setup())).Message.ShouldContain("days of usable past");
    }
}
