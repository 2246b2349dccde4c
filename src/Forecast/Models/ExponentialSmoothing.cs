using Rialto.Forecast.Features;
using Rialto.Forecast.Series;

namespace Rialto.Forecast.Models;

/// <summary>
/// Holt-Winters with a damped trend and an additive season, a set of rates for each panel. It reads the series itself, not the rows; the
/// state at an origin comes from steps before it only. Where nothing was measured the state runs on its own forecast.
/// </summary>
internal sealed class ExponentialSmoothing : Forecaster
{
    /// <summary>Steps of the past that the rates are fitted on: a year of hours tells nothing that three months do not, and takes longer.</summary>
    private const int FitStepsMax = 2200;

    private readonly Dictionary<int, double[]> _rates;

    private ExponentialSmoothing(Dictionary<int, double[]> rates) => _rates = rates;

    public override string Name => "exponential smoothing";

    /// <summary>Level, trend, damping and season, each between 0 and 1, by panel.</summary>
    public IReadOnlyDictionary<int, double[]> Rates => _rates;

    public static ExponentialSmoothing Of(Dictionary<int, double[]> rates) => new(rates);

    public static ExponentialSmoothing Fit(Samples samples)
    {
        var rates = new Dictionary<int, double[]>();
        foreach (var group in samples.Moments.GroupBy(moment => moment.Panel))
        {
            var panel = samples.Source.Panels[group.Key];
            int end = group.Max(moment => moment.Origin);
            double[] past = Bent(panel, samples.Source.Transform, Math.Max(0, end - FitStepsMax), end);
            double[] best = NelderMead.Minimise(free => Run(past, panel.Grid.Season, Array.ConvertAll(free, Squash), null), [-1, -3, 2, -2], 1);
            rates[group.Key] = Array.ConvertAll(best, Squash);
        }
        return new ExponentialSmoothing(rates);
    }

    public override Prediction Predict(Samples samples)
    {
        int horizon = samples.Horizon;
        var transform = samples.Source.Transform;
        var values = new double[samples.Count * horizon];
        Array.Fill(values, double.NaN);
        foreach (var group in Enumerable.Range(0, samples.Count).GroupBy(i => samples.Moments[i].Panel))
        {
            if (!_rates.TryGetValue(group.Key, out double[]? rates))
                continue;
            var panel = samples.Source.Panels[group.Key];
            var wanted = group.ToLookup(i => samples.Moments[i].Origin);
            double[] past = Bent(panel, transform, 0, Math.Min(panel.Length, wanted.Max(one => one.Key)));
            Run(past, panel.Grid.Season, rates, (origin, state) =>
            {
                foreach (int i in wanted[origin])
                {
                    for (int h = 0; h < horizon; h++)
                        values[i * horizon + h] = transform.Level(state.Ahead(h + 1, rates[2]), samples.Levels[i]);
                }
            });
        }
        return new Prediction(values);
    }

    private static double Squash(double free) => 1 / (1 + Math.Exp(-free));

    private static double[] Bent(Panel panel, Transform transform, int from, int to) =>
        Array.ConvertAll(panel.Target[from..to], value => double.IsNaN(value) ? value : transform.Bend(value));

    /// <summary>Runs through the past; returns the mean squared error one step ahead.</summary>
    /// <param name="at">Told the state before each step and after the last.</param>
    private static double Run(double[] past, int season, double[] rates, Action<int, State>? at)
    {
        var state = new State(past, season);
        double squares = 0;
        int count = 0;
        for (int i = 0; i < past.Length; i++)
        {
            at?.Invoke(i, state);
            double error = state.Step(past[i], rates);
            if (double.IsNaN(error))
                continue;
            squares += error * error;
            count++;
        }
        at?.Invoke(past.Length, state);
        return count == 0 ? 0 : squares / count;
    }

    private sealed class State
    {
        private readonly double[] _season;
        private double _level, _trend;
        private int _now;

        public State(double[] past, int season)
        {
            _season = new double[season];
            // The first measured season gives the level; its shape is learned on the way, so no step knows more than it should.
            _level = past.FirstOrDefault(value => !double.IsNaN(value));
        }

        public double Ahead(int steps, double damping)
        {
            double trend = 0, factor = 1;
            for (int i = 0; i < steps; i++)
                trend += factor *= damping;
            return _level + trend * _trend + _season[(_now + steps - 1) % _season.Length];
        }

        public double Step(double value, double[] rates)
        {
            double expected = Ahead(1, rates[2]);
            int slot = _now++ % _season.Length;
            bool measured = !double.IsNaN(value);
            double error = measured ? value - expected : 0, before = _level;
            _level = before + rates[2] * _trend + rates[0] * error;
            _trend = rates[2] * _trend + rates[0] * rates[1] * error;
            _season[slot] += (1 - rates[0]) * rates[3] * error;
            return measured ? error : double.NaN;
        }
    }
}
