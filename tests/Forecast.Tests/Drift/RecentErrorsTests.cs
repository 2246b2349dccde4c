using Rialto.Forecast.Drift;
using Rialto.Forecast.Intervals;
using Rialto.Forecast.Series;
using Rialto.Forecast.Training;

namespace Rialto.Forecast.Tests.Drift;

public class RecentErrorsTests
{
    private const int Known = 150 * 24;

    private static readonly Panel Whole = Made.Hourly(1, 170);
    private static readonly Lazy<Trained> Trained = new(() => Trainer.Train([Whole.Before(Known)], Made.Setup()));

    [Fact]
    public void A_model_is_steady_while_the_world_stays_as_it_was()
    {
        var errors = Of(Whole);
        errors.Since.ShouldBe(Known, "what it was trained on says nothing");
        errors.Outcomes.ShouldBeGreaterThan(500);
        errors.Mae.ShouldBeLessThan(errors.BaselineMae);
        errors.IsBreach(0.9).ShouldBeFalse();
    }

    [Fact]
    public void A_world_that_changed_is_a_breach()
    {
        var errors = Of(Made.MoveFuture(Whole, Known));
        errors.Mae.ShouldBeGreaterThan(errors.BaselineMae);
        errors.IsBreach(0.9).ShouldBeTrue();
    }

    [Fact]
    public void Intervals_that_hold_far_less_than_they_promise_are_a_breach_too_and_few_outcomes_none()
    {
        new RecentErrors(0, 500, 1, 2, 0.79).IsBreach(0.9).ShouldBeTrue();
        new RecentErrors(0, 500, 1, 2, 0.81).IsBreach(0.9).ShouldBeFalse();
        new RecentErrors(0, 99, 3, 2, 0.2).IsBreach(0.9).ShouldBeFalse();
    }

    private static RecentErrors Of(Panel panel)
    {
        var model = Trained.Value.Model;
        var calibration = Calibration.Restore(model.Bands, 1, model.Setup.Horizon, model.BandCapacity);
        return RecentErrors.Of(model, calibration, Trained.Value.Card.BestBaseline, [panel], 0);
    }
}
