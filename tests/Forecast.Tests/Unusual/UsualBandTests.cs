using Rialto.Forecast.Unusual;

namespace Rialto.Forecast.Tests.Unusual;

public class UsualBandTests
{
    private const int Day = 24, At = 60 * Day;

    [Fact]
    public void Two_steps_in_a_row_outside_are_unusual_and_one_alone_is_not()
    {
        double[] values = Volume(80);
        values[At] *= 5;
        values[At + 10 * Day] = values[At + 10 * Day + 1] = 0;
        Out(values).ShouldBe([At + 10 * Day, At + 10 * Day + 1]);
    }

    [Fact]
    public void A_step_that_was_not_measured_is_neither_unusual_nor_the_end_of_what_is()
    {
        double[] values = Volume(80);
        values[At] *= 5;
        values[At + 1] = double.NaN;
        values[At + 2] *= 5;
        Out(values).ShouldBe([At, At + 2]);
    }

    [Fact]
    public void What_is_unusual_teaches_nothing_until_it_has_lasted_a_week()
    {
        // Of a short series the last seven days are compared: five of them would be the median.
        double[] values = [.. Volume(30).Select((value, i) => value * (i / Day % 7 < 2 ? 2 : 1) * (i / Day is >= 20 and < 25 ? 5 : 1))];
        var band = UsualBand.Of(values, Day, 0.998);
        band[25 * Day].Expected.ShouldBeInRange(band[20 * Day].Expected * 0.5, band[20 * Day].Expected * 2);

        values = Volume(150);
        for (int i = At; i < values.Length; i++)
            values[i] = Volume(150)[i] * 5;
        int[] unusual = Out(values);
        unusual[0].ShouldBe(At);
        unusual.Count(i => i < At + 7 * Day).ShouldBe(7 * Day);
        unusual.Count(i => i >= At + 8 * Day).ShouldBeLessThan(Day, "what has lasted a week is what is usual now");
    }

    [Fact]
    public void Moving_every_later_value_changes_no_band_before_it()
    {
        double[] values = Volume(80), moved = [.. values];
        for (int i = At; i < moved.Length; i++)
            moved[i] = 7777 + i;
        UsualBand.Of(moved, Day, 0.99)[..At].Select(one => (one.Expected, one.Upper)).ShouldBe(UsualBand.Of(values, Day, 0.99)[..At].Select(one => (one.Expected, one.Upper)));
    }

    [Theory]
    [InlineData(0.95)]
    [InlineData(0.99)]
    public void A_band_holds_the_share_that_it_is_asked_for(double quantile)
    {
        double[] values = Volume(400);
        var band = UsualBand.Of(values, Day, quantile);
        int[] judged = [.. Enumerable.Range(0, values.Length).Where(i => !double.IsNaN(band[i].Upper))];
        judged.Length.ShouldBeGreaterThan(300 * Day);
        judged.Average(i => values[i] >= band[i].Lower && values[i] <= band[i].Upper ? 1 : 0).ShouldBe(quantile, 0.03);
    }

    [Fact]
    public void Days_are_compared_with_the_same_weekday_and_values_below_zero_have_bands_too()
    {
        var random = new Random(5);
        double[] days = [.. Enumerable.Range(0, 200).Select(i => (i % 7 < 2 ? -40 : 10) + random.NextDouble())];
        days[150] = days[151] = -40;
        days[150].ShouldBeLessThan(days[149]);
        UsualBand.Of(days, 1, 0.99).Select((one, i) => one.IsOut ? i : -1).Where(i => i >= 0).ShouldBe([150, 151]);
    }

    private static int[] Out(double[] values) => [.. UsualBand.Of(values, Day, 0.998).Select((one, i) => one.IsOut ? i : -1).Where(i => i >= 0)];

    /// <summary>Records an hour: a day with its night, a weekend, and chance.</summary>
    private static double[] Volume(int days)
    {
        var random = new Random(3);
        return [.. Enumerable.Range(0, days * Day).Select(i => 1000 * (1.3 - Math.Cos(i % 24 * Math.PI / 12)) * (i / 24 % 7 < 2 ? 0.5 : 1) * (0.9 + 0.2 * random.NextDouble()))];
    }
}
