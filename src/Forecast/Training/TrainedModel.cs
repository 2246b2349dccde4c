using Rialto.Forecast.Backtests;
using Rialto.Forecast.Features;
using Rialto.Forecast.Intervals;
using Rialto.Forecast.Models;
using Rialto.Forecast.Series;

namespace Rialto.Forecast.Training;

/// <summary>A fitted model as it answers. Does not change; a recalibration makes a new one with other bands.</summary>
internal sealed record TrainedModel
{
    public required ModelSetup Setup { get; init; }

    /// <summary>The panels it was trained on, in their order.</summary>
    public required string[] Places { get; init; }

    /// <summary>Time of step 0 of the training.</summary>
    public required DateTime Start { get; init; }

    public required TimeSpan Step { get; init; }

    /// <summary>The first step that the model knows nothing of.</summary>
    public required DateTime Until { get; init; }

    public required ModelSet Set { get; init; }
    public required IReadOnlyList<string> Components { get; init; }
    public required double[][] Weights { get; init; }
    public required string[] AnsweredBy { get; init; }
    public required double[] Scales { get; init; }
    public required BandState[] Bands { get; init; }

    /// <summary>What the bands stand on; null when too little was known to learn any.</summary>
    public required Widths? Widths { get; init; }

    public required int BandCapacity { get; init; }

    /// <summary>Looks ahead from one moment of the places' present panels.</summary>
    /// <param name="panels">In the order of <see cref="Places"/>, reaching back at least as far as the features do.</param>
    /// <param name="outlooks">What each place knows in advance, when the features ask for it.</param>
    public Ahead Look(IReadOnlyList<Panel> panels, Moment moment, Outlook[]? outlooks = null)
    {
        var source = new SampleSource(panels, Setup.Features, Setup.Transform, Setup.Horizon);
        outlooks?.CopyTo(source.Outlooks, 0);
        return Look(Samples.Take(source, [moment]));
    }

    /// <param name="samples">One sample.</param>
    public Ahead Look(Samples samples)
    {
        var predictions = Set.All.ToDictionary(model => model.Name, model => model.Predict(samples));
        var values = new double[Setup.Horizon];
        RollingBlend.Mix(Setup.Horizon, 0, [.. Components.Select(name => predictions[name].Values)], Weights, values);
        for (int h = 0; h < values.Length; h++)
        {
            if (!Components.Contains(AnsweredBy[h]) || AnsweredBy[h] != ModelSet.PrimaryOf(Setup.Kind, samples.GridOf(0).Season))
                values[h] = predictions.TryGetValue(AnsweredBy[h], out var baseline) ? baseline.Values[h] : values[h];
        }
        return new Ahead(this, samples, values, predictions["neighbours"].Spread!, predictions);
    }
}

/// <summary>One look ahead: values by step, and what stands behind them.</summary>
internal sealed class Ahead(TrainedModel model, Samples samples, double[] values, double[] spread, Dictionary<string, Prediction> predictions)
{
    public Moment Moment => samples.Moments[0];

    /// <summary>In the units of the series.</summary>
    public double Value(int step) => samples.Source.Transform.Back(values[step], samples.Levels[0]);

    public double ValueOf(string forecaster, int step) => samples.Source.Transform.Back(predictions[forecaster].Values[step], samples.Levels[0]);

    /// <summary>The interval of any level, and how many past errors it rests on; null while there are none.</summary>
    public (double Lower, double Upper, int Scores)? Interval(Calibration calibration, int step, double level)
    {
        var transform = samples.Source.Transform;
        double value = Value(step);
        var reach = Uncertainty.Of(model.Widths, transform, step, values[step], samples.Levels[0], spread[step], model.Scales[Moment.Panel]);
        return calibration.Interval(Moment.Panel, step, level, value, reach) is var (lower, upper)
            ? (transform.AtLeast(lower), transform.AtLeast(upper), calibration.ScoreCount(Moment.Panel, step))
            : null;
    }

    /// <summary>The past situations most like this one, and what followed them at this step in the units of the series.</summary>
    public IEnumerable<(Precedent Precedent, double Outcome)> Because(int step, int most)
    {
        if (model.Set.Neighbours is not NeighbourForecaster neighbours)
            return [];
        var transform = samples.Source.Transform;
        return neighbours.Explain(samples, 0, step).Take(most).Select(precedent =>
            (precedent, transform.Back(neighbours.Memory.Targets[precedent.Row * neighbours.Memory.Horizon + step], samples.Levels[0])));
    }
}
