using Rialto.Forecast.Features;
using Rialto.Forecast.Models;
using Rialto.Forecast.Series;

namespace Rialto.Forecast.Answers;

/// <summary>
/// What a series says without any model: at each step the simple forecast that erred least over the last half year, with the interval of those
/// errors. Serves a series from its first load on, and wherever a model cannot.
/// </summary>
internal sealed class NaiveAnswer
{
    private const int JudgedDays = 180;

    private readonly string[] _best;
    private readonly double[][] _errors;
    private readonly Dictionary<string, double[]> _values = [];

    public NaiveAnswer(Panel panel)
    {
        Panel = panel;
        var grid = panel.Grid;
        Horizon = grid.IsDaily ? 14 : 24;
        int last = Array.FindLastIndex(panel.Target, value => !double.IsNaN(value));
        OriginIndex = last + 1;
        var recipe = new FeatureRecipe { Lags = 1, LevelSteps = 1, Calendar = false, Gaps = false };
        var source = new SampleSource([panel], recipe, Transform.None, Horizon);
        var models = ModelSet.BaselinesOf(grid.Season);
        var now = Samples.Take(source, [new Moment(0, OriginIndex)]);
        // Every fifth hour comes by all hours of the day; days are few enough to take all.
        var past = Samples.Take(source, source.Moments(Math.Max(0, OriginIndex - JudgedDays * grid.StepsPerDay), OriginIndex, grid.IsDaily ? 1 : 5));
        var predicted = new Dictionary<string, double[]>();
        foreach (var model in models)
        {
            double[] ahead = model.Predict(now).Values;
            if (ahead.Any(double.IsNaN))
                continue;
            _values[model.Name] = ahead;
            predicted[model.Name] = model.Predict(past).Values;
        }
        (_best, _errors) = (new string[Horizon], new double[Horizon][]);
        for (int h = 0; h < Horizon; h++)
            (_best[h], _errors[h]) = BestOf(past, predicted, h);
    }

    public Panel Panel { get; }
    public int Horizon { get; }

    /// <summary>Of the first predicted step in the panel.</summary>
    public int OriginIndex { get; }

    public IReadOnlyDictionary<string, double[]> Baselines => _values;

    public string BestAt(int step) => _best[step];

    /// <summary>Value and, when errors are known, the interval.</summary>
    public (double Value, double? Lower, double? Upper) At(int step, double level)
    {
        double value = _values[_best[step]][step];
        double[] errors = _errors[step];
        if (errors.Length < 20)
            return (value, null, null);
        double tail = (1 - level) / 2;
        int below = Math.Clamp((int)Math.Floor((errors.Length + 1) * tail) - 1, 0, errors.Length - 1);
        double lower = value + Math.Min(0, errors[below]), upper = value + Math.Max(0, errors[errors.Length - 1 - below]);
        // A quantity that was never negative will not be.
        return (value, Panel.Target.Any(one => one < 0) ? lower : Math.Max(0, lower), upper);
    }

    private static (string Name, double[] Errors) BestOf(Samples past, Dictionary<string, double[]> predicted, int step)
    {
        string best = "persistence";
        double[] least = [];
        double mean = double.PositiveInfinity;
        foreach (var (name, values) in predicted)
        {
            double[] errors = [.. Enumerable.Range(0, past.Count).Select(i => past.Target(i)[step] - values[i * past.Horizon + step]).Where(error => !double.IsNaN(error)).Order()];
            if (errors.Length == 0)
                continue;
            double mae = errors.Average(Math.Abs);
            if (mae < mean)
                (best, least, mean) = (name, errors, mae);
        }
        return (best, least);
    }
}
