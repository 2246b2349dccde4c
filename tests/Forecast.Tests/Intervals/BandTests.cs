using Rialto.Forecast.Intervals;

namespace Rialto.Forecast.Tests.Intervals;

public class BandTests
{
    [Fact]
    public void Ends_have_the_finite_sample_ranks()
    {
        double[] scores = [.. Enumerable.Range(1, 99).Select(i => (double)i)];
        Band.Ends(scores, 0.05, 0.05).ShouldBe((5, 95));
        Band.Ends(scores[..3], 0.05, 0.05).ShouldBe((1, 3));
    }

    [Theory]
    [InlineData(0.5)]
    [InlineData(0.9)]
    [InlineData(0.93)]
    [InlineData(0.99)]
    public void Intervals_of_any_level_cover_what_they_promise_even_when_the_noise_doubles(double level)
    {
        var random = new Random(11);
        var calibration = new Calibration(1, 1, 720);
        int covered = 0, count = 0;
        for (int t = 0; t < 8000; t++)
        {
            calibration.LearnBefore(t);
            double noise = t < 4000 ? 1 : 2, outcome = 10 + noise * Made.Normal(random);
            var ends = calibration.Interval(0, 0, level, 10, Reach.Even(1));
            if (t >= 1000 && ends is var (lower, upper))
            {
                count++;
                covered += outcome >= lower && outcome <= upper ? 1 : 0;
            }
            calibration.Predicted(0, 0, t, 10, Reach.Even(1), outcome);
        }
        ((double)covered / count).ShouldBe(level, 0.015);
    }

    [Fact]
    public void Misses_widen_an_interval_whose_errors_are_still_those_of_a_calmer_time()
    {
        var random = new Random(12);
        // It forgets nothing: only what it missed can tell it that the noise has trebled.
        var calibration = new Calibration(1, 1, 10_000);
        int covered = 0, count = 0;
        for (int t = 0; t < 6000; t++)
        {
            calibration.LearnBefore(t);
            double outcome = 10 + (t < 4000 ? 1 : 3) * Made.Normal(random);
            if (t >= 4500 && calibration.Interval(0, 0, 0.9, 10, Reach.Even(1)) is var (lower, upper))
            {
                count++;
                covered += outcome >= lower && outcome <= upper ? 1 : 0;
            }
            calibration.Predicted(0, 0, t, 10, Reach.Even(1), outcome);
        }
        ((double)covered / count).ShouldBe(0.9, 0.02);
    }

    [Fact]
    public void An_outcome_teaches_only_after_it_was_measured()
    {
        var calibration = new Calibration(1, 3, 100);
        calibration.Predicted(0, 2, 10, 5, Reach.Even(1), 9);
        calibration.LearnBefore(12);
        calibration.Interval(0, 2, 0.9, 5, Reach.Even(1)).ShouldBeNull();
        calibration.LearnBefore(13);
        calibration.Interval(0, 2, 0.9, 5, Reach.Even(1)).ShouldBe((5, 9));
    }

    [Fact]
    public void A_place_with_few_errors_borrows_those_of_the_others()
    {
        var calibration = new Calibration(2, 1, 100);
        for (int t = 0; t < 50; t++)
            calibration.Predicted(1, 0, t, 0, Reach.Even(1), t % 2 == 0 ? 3 : -3);
        calibration.LearnBefore(100);
        calibration.Interval(0, 0, 0.9, 10, Reach.Even(1)).ShouldBe((7, 13));
        calibration.ScoreCount(0, 0).ShouldBe(50);
    }

    [Fact]
    public void A_band_forgets_its_oldest_score_and_survives_being_stored()
    {
        var band = new Band(3);
        foreach (double score in new double[] { 9, 1, 5, 7 })
            band.Add(score);
        band.Scores.ShouldBe([1, 5, 7]);
        band.Steer(2, missedBelow: true, missedAbove: false);
        var again = Band.Restore(band.Save(), 3);
        again.Scores.ShouldBe([1, 5, 7]);
        again.Rates(0.9).ShouldBe(band.Rates(0.9));
        again.Add(2);
        again.Scores.ShouldBe([2, 5, 7]);
    }
}
