using Rialto.Forecast.Features;
using Rialto.Forecast.Models;

namespace Rialto.Forecast.Training;

/// <summary>How the steps of a training are divided: learned from, used to get intervals and weights going, tested. In order of time.</summary>
/// <param name="From">First origin of the rolling backtest.</param>
/// <param name="Scored">First origin that is scored; those before it teach weights and intervals.</param>
/// <param name="End">One past the last step that is known.</param>
internal sealed record TestPlan(int From, int Scored, int End, int RefitEvery)
{
    /// <summary>Days that intervals remember.</summary>
    public const int MemoryDays = 180;

    /// <summary>Origins a fit needs at least; with fewer, there is nothing to learn.</summary>
    public const int RowsMin = 60;

    /// <summary>Of the known steps, the last part that is tested, at most this many days.</summary>
    private const int TestDaysMax = 365;

    private const int Refits = 4;

    public static TestPlan Of(SampleSource source, ModelSetup setup)
    {
        var grid = source.Panels[0].Grid;
        int end = source.Panels.Max(panel => panel.Length), reach = source.Recipe.Reach;
        int days = (end - reach) / grid.StepsPerDay;
        if ((end - reach - setup.Horizon) / Math.Max(1, setup.OriginEvery) * source.Panels.Count < 2 * RowsMin)
            throw new TooLittleDataException(days);
        int tested = Math.Min(TestDaysMax, days * 2 / 5), warm = Math.Min(MemoryDays, tested / 3);
        int from = end - tested * grid.StepsPerDay;
        return new TestPlan(from, from + warm * grid.StepsPerDay, end, Math.Max(1, tested / Refits) * grid.StepsPerDay);
    }

    /// <summary>Origins of all hours of the day in turn: the phase moves on by one each day.</summary>
    public static IEnumerable<Moment> Origins(SampleSource source, int from, int to, int every)
    {
        int day = source.Panels[0].Grid.StepsPerDay;
        for (int origin = Math.Max(from, source.Recipe.Reach); origin < to; origin++)
        {
            if ((origin + origin / day) % every != 0)
                continue;
            for (int panel = 0; panel < source.Panels.Count; panel++)
                yield return new Moment(panel, origin);
        }
    }
}

/// <summary>There is not enough past to learn from and test on.</summary>
internal sealed class TooLittleDataException(int days)
    : Exception($"There are {Math.Max(days, 0)} days of usable past; a model and its test need more.");
