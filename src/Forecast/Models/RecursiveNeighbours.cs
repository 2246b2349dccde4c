using Rialto.Forecast.Features;
using Rialto.Forecast.Series;

namespace Rialto.Forecast.Models;

/// <summary>
/// Nearest neighbours one step at a time: each prediction is appended to the past as if it had been measured, then the next step is asked.
/// Other columns end at the origin and are carried forward. Errors add up on the way, which is why the whole path in one search is the default.
/// </summary>
internal sealed class RecursiveNeighbours : Forecaster
{
    private readonly FeatureRecipe _recipe;

    private RecursiveNeighbours(NeighbourForecaster oneStep, FeatureRecipe recipe) => (OneStep, _recipe) = (oneStep, recipe);

    public NeighbourForecaster OneStep { get; }

    public static RecursiveNeighbours Restore(NeighbourForecaster oneStep, FeatureRecipe recipe) => new(oneStep, recipe);

    public override string Name => "neighbours";

    public static RecursiveNeighbours Fit(Samples samples, NeighbourSetup setup, double penalty, Loss loss)
    {
        var source = samples.Source;
        var recipe = source.Recipe.WithoutOutlook();
        var oneStep = Samples.Take(new SampleSource(source.Panels, recipe, source.Transform, 1), samples.Moments);
        var ridge = setup.FeatureWeights == FeatureWeighting.Learned ? Ridge.Fit(oneStep, penalty, loss) : null;
        return new RecursiveNeighbours(NeighbourForecaster.Fit(oneStep, setup with { Strategy = Strategy.Whole }, ridge), recipe);
    }

    public override Prediction Predict(Samples samples)
    {
        int horizon = samples.Horizon;
        var values = new double[samples.Count * horizon];
        var spread = new double[values.Length];
        for (int i = 0; i < samples.Count; i++)
        {
            var (panelIndex, origin) = samples.Moments[i];
            var panel = samples.Source.Panels[panelIndex];
            // Only as much past as the features reach back: the whole would be copied at every step.
            int from = Math.Max(0, origin - _recipe.Reach - panel.Grid.StepsPerDay);
            var target = new List<double>(panel.Target[from..origin]);
            for (int h = 0; h < horizon; h++)
            {
                var (value, width) = StepAfter(samples.Source.Transform, panel, from, origin, target);
                target.Add(value);
                values[i * horizon + h] = samples.Source.Transform.Level(samples.Source.Transform.Bend(value), samples.Levels[i]);
                spread[i * horizon + h] = width * Math.Sqrt(h + 1);
            }
        }
        return new Prediction(values, spread);
    }

    private (double Value, double Spread) StepAfter(Transform transform, Panel panel, int from, int origin, List<double> target)
    {
        int length = target.Count;
        var columns = panel.ColumnNames.ToDictionary(name => name, name => name == panel.TargetName ? [.. target] : Extended(panel.Column(name)[from..origin], length));
        var grid = panel.Grid with { Start = panel.Grid.At(from) };
        var source = new SampleSource([new Panel(panel.Name, grid, panel.TargetName, columns)], _recipe, transform, 1);
        var asked = Samples.Take(source, [new Moment(0, length)]);
        var predicted = OneStep.Predict(asked);
        return (transform.Back(predicted.Values[0], asked.Levels[0]), predicted.Spread![0]);
    }

    private static double[] Extended(double[] values, int length)
    {
        var extended = new double[length];
        Array.Fill(extended, double.NaN);
        values.CopyTo(extended, 0);
        return extended;
    }
}
