using Rialto.Forecast.Features;
using Rialto.Forecast.Intervals;
using Rialto.Forecast.Series;
using Rialto.Forecast.Training;

namespace Rialto.Forecast.Drift;

/// <summary>How a trained model fares on outcomes that came after its training, in the units of the series.</summary>
/// <param name="Since">First step of the panel that was looked ahead from.</param>
/// <param name="Coverage">Share of outcomes inside its interval of the level it was trained for.</param>
internal sealed record RecentErrors(int Since, int Outcomes, double Mae, double BaselineMae, double Coverage)
{
    /// <summary>Days of outcomes that count; older ones say nothing of now.</summary>
    public const int Days = 30;

    /// <summary>Fewer outcomes say too little.</summary>
    private const int OutcomesMin = 100;

    /// <summary>Over a month coverage wanders by some points without any drift (the worst month of the Beijing set was 4 below its level); by more than this it does not.</summary>
    private const double CoverageOff = 0.1;

    /// <summary>It is no better than doing nothing clever, or its intervals promise what they do not hold.</summary>
    public bool IsBreach(double level) => Outcomes >= OutcomesMin && (Mae >= BaselineMae || Coverage < level - CoverageOff);

    /// <param name="panels">Present ones, in the order of the model's places.</param>
    /// <param name="place">The one to judge.</param>
    public static RecentErrors Of(TrainedModel model, Calibration calibration, string baseline, IReadOnlyList<Panel> panels, int place, CancellationToken stop = default)
    {
        var panel = panels[place];
        int every = model.Setup.OriginEvery, end = panel.Length, trained = panel.Grid.IndexOf(model.Until);
        int since = Math.Max(Math.Max(trained, end - Days * panel.Grid.StepsPerDay), model.Setup.Features.Reach);
        double error = 0, baselineError = 0;
        int outcomes = 0, covered = 0;
        for (int origin = since; origin < end; origin += every)
        {
            stop.ThrowIfCancellationRequested();
            var ahead = model.Look(panels, new Moment(place, origin));
            for (int h = 0; h < model.Setup.Horizon && origin + h < end; h++)
            {
                double outcome = panel.Target[origin + h], naive = ahead.ValueOf(baseline, h);
                if (double.IsNaN(outcome) || double.IsNaN(naive) || ahead.Interval(calibration, h, model.Setup.Level) is not var (lower, upper, _))
                    continue;
                outcomes++;
                error += Math.Abs(ahead.Value(h) - outcome);
                baselineError += Math.Abs(naive - outcome);
                covered += outcome >= lower && outcome <= upper ? 1 : 0;
            }
        }
        return new RecentErrors(since, outcomes, error / Math.Max(1, outcomes), baselineError / Math.Max(1, outcomes), (double)covered / Math.Max(1, outcomes));
    }
}
