using Rialto.Forecast.Features;
using Rialto.Forecast.Neighbours;

namespace Rialto.Forecast.Models;

/// <summary>The weighted mean (or median) of what followed the k most similar situations of the past.</summary>
internal sealed class NeighbourForecaster : Forecaster
{
    /// <summary>Direct parts are cut here: persistence rules the first hours, the daily cycle the later ones.</summary>
    private static readonly int[] PartEnds = [3, 9, 18];

    private readonly (int From, int To, double[] Weights, NeighbourIndex Index)[] _parts;

    private NeighbourForecaster(NeighbourSetup setup, int used, Memory memory, Scaler scaler, double[][] weights)
    {
        (Setup, Used, Memory, Scaler, Weights) = (setup, used, memory, scaler, weights);
        _parts = [.. Cut(setup, memory.Horizon).Select((part, i) => (part.From, part.To, weights[i], IndexOf(weights[i])))];
    }

    public override string Name => "neighbours";

    public NeighbourSetup Setup { get; }

    /// <summary>Features that distances are measured over, from the first: warping compares the recent path alone.</summary>
    public int Used { get; }

    public Memory Memory { get; }
    public Scaler Scaler { get; }

    /// <summary>Of the features, by part of the horizon.</summary>
    public double[][] Weights { get; }

    /// <summary>The search in use, never Auto.</summary>
    public Algorithm Algorithm => _parts[0].Index.Algorithm;

    /// <param name="importance">A ridge fitted on the same rows, needed for learned feature weights.</param>
    public static NeighbourForecaster Fit(Samples samples, NeighbourSetup setup, Ridge? importance)
    {
        if (setup.Strategy == Strategy.Recursive)
            throw new ArgumentException("Recursion is another forecaster.");
        bool learned = setup.FeatureWeights == FeatureWeighting.Learned && setup.Search.Metric.Kind != MetricKind.DynamicTimeWarping;
        if (learned && importance is null)
            throw new ArgumentException("Learned feature weights need a ridge.");
        int used = setup.Search.Metric.Kind == MetricKind.DynamicTimeWarping ? samples.Source.Recipe.Lags : samples.Dimensions;
        double[][] weights = [.. Cut(setup, samples.Horizon).Select(part => learned ? importance!.Importance(part.From, part.To) : Flat(samples.Dimensions))];
        return new NeighbourForecaster(setup, used, Memory.Of(samples), Scaler.Fit(samples), weights);
    }

    public static NeighbourForecaster Restore(NeighbourSetup setup, int used, Memory memory, Scaler scaler, double[][] weights) =>
        new(setup, used, memory, scaler, weights);

    public override Prediction Predict(Samples samples)
    {
        int horizon = Memory.Horizon;
        var values = new double[samples.Count * horizon];
        var spread = new double[values.Length];
        var excluded = Array.ConvertAll(samples.Moments, moment => Excluded(samples, moment));
        foreach (var part in _parts)
        {
            var queries = new double[samples.Count * Used];
            for (int i = 0; i < samples.Count; i++)
                Scale(samples.Row(i), part.Weights, queries.AsSpan(i * Used, Used));
            var found = part.Index.Find(queries, Setup.Search.K, excluded);
            for (int i = 0; i < found.Length; i++)
            {
                double[] weights = Setup.Search.Weights.Of(found[i]);
                for (int h = part.From; h < part.To; h++)
                    (values[i * horizon + h], spread[i * horizon + h]) = Combine(found[i], weights, h);
            }
        }
        return new Prediction(values, spread);
    }

    /// <summary>The situations that a forecast of this step (0 = the first) rests on, most similar first.</summary>
    public Precedent[] Explain(Samples samples, int sample, int step)
    {
        var part = _parts.First(one => step < one.To);
        var query = new double[Used];
        Scale(samples.Row(sample), part.Weights, query);
        var found = part.Index.FindOne(query, Setup.Search.K, Excluded(samples, samples.Moments[sample]));
        double[] weights = Setup.Search.Weights.Of(found);
        return [.. found.Select((one, n) => new Precedent(Memory.Moments[one.Row], one.Row, one.Distance, weights[n]))];
    }

    /// <summary>Remembered moments stand in order of time, so the rows of an episode are one range.</summary>
    private RowRange Excluded(Samples samples, Moment query)
    {
        var grid = samples.Source.Panels[query.Panel].Grid;
        int origin = query.Origin + (int)((grid.Start - Memory.Start) / grid.Step);
        return new RowRange(Memory.FirstAtOrAfter(origin - Setup.Exclusion + 1), Memory.FirstAtOrAfter(origin + Setup.Exclusion));
    }

    private (double Value, double Spread) Combine(Neighbour[] found, double[] weights, int step)
    {
        double sum = 0, total = 0, squares = 0;
        for (int n = 0; n < found.Length; n++)
        {
            double outcome = Memory.Targets[found[n].Row * Memory.Horizon + step];
            if (double.IsNaN(outcome))
                continue;
            sum += weights[n] * outcome;
            squares += weights[n] * outcome * outcome;
            total += weights[n];
        }
        if (total == 0)
            return (double.NaN, double.NaN);
        double mean = sum / total;
        double spread = Math.Sqrt(Math.Max(squares / total - mean * mean, 0));
        return (Setup.Combination == Combination.Mean ? mean : Median(found, weights, step, total), spread);
    }

    private double Median(Neighbour[] found, double[] weights, int step, double total)
    {
        Span<double> outcomes = stackalloc double[found.Length];
        Span<double> shares = stackalloc double[found.Length];
        int count = 0;
        for (int n = 0; n < found.Length; n++)
        {
            double outcome = Memory.Targets[found[n].Row * Memory.Horizon + step];
            if (!double.IsNaN(outcome))
                (outcomes[count], shares[count++]) = (outcome, weights[n]);
        }
        outcomes[..count].Sort(shares[..count]);
        double below = 0;
        for (int n = 0; n < count; n++)
        {
            below += shares[n];
            if (below >= total / 2)
                return outcomes[n];
        }
        return outcomes[count - 1];
    }

    private NeighbourIndex IndexOf(double[] weights)
    {
        var scaled = new double[Memory.Count * Used];
        var row = new double[Memory.Dimensions];
        for (int i = 0; i < Memory.Count; i++)
        {
            for (int j = 0; j < row.Length; j++)
                row[j] = Memory.Rows[i * row.Length + j];
            Scale(row, weights, scaled.AsSpan(i * Used, Used));
        }
        return NeighbourIndex.Build(scaled, Used, Setup.Search.Metric, Setup.Search.Algorithm, Setup.Search.LeafSize);
    }

    private void Scale(ReadOnlySpan<double> row, double[] weights, Span<double> scaled)
    {
        Scaler.Apply(row[..scaled.Length], scaled);
        for (int j = 0; j < scaled.Length; j++)
            scaled[j] *= weights[j];
    }

    private static IEnumerable<(int From, int To)> Cut(NeighbourSetup setup, int horizon)
    {
        if (setup.Strategy != Strategy.Direct)
            return [(0, horizon)];
        int[] ends = [.. PartEnds.Where(end => end < horizon), horizon];
        return ends.Select((end, i) => (i == 0 ? 0 : ends[i - 1], end));
    }

    private static double[] Flat(int dimensions)
    {
        var flat = new double[dimensions];
        Array.Fill(flat, 1);
        return flat;
    }
}
