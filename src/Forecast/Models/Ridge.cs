using Rialto.Forecast.Features;

namespace Rialto.Forecast.Models;

/// <summary>What a fit makes small: squared errors aim at the mean, absolute ones at the median.</summary>
internal enum Loss
{
    Absolute,
    Squared,
}

/// <summary>
/// Linear regression with a penalty, one for each step of the horizon and, for hourly series, each local hour of the origin: what six
/// in the morning says of noon differs from what six in the evening says of midnight.
/// </summary>
internal sealed class Ridge : Forecaster
{
    /// <summary>A group with fewer rows borrows the regression of all rows.</summary>
    private const int RowsPerFeatureMin = 3;

    private const int Reweightings = 4;

    /// <summary>Errors below this share of the median error weigh alike; without a floor one exact hit would decide.</summary>
    private const double SmallestErrorShare = 0.3;

    private readonly int _horizon;

    private Ridge(Scaler scaler, Dictionary<int, double[]> groups, int horizon) => (Scaler, Groups, _horizon) = (scaler, groups, horizon);

    public Scaler Scaler { get; }

    /// <summary>By local hour of the origin, -1 = any: coefficients of every step, row-major, the constant last.</summary>
    public IReadOnlyDictionary<int, double[]> Groups { get; }

    public static Ridge Restore(Scaler scaler, Dictionary<int, double[]> groups, int horizon) => new(scaler, groups, horizon);

    public override string Name => "ridge";

    /// <param name="penalty">In units of rows: how many rows of "no effect" each feature starts with.</param>
    public static Ridge Fit(Samples samples, double penalty, Loss loss, CancellationToken stop = default)
    {
        var scaler = Scaler.Fit(samples);
        int width = samples.Dimensions + 1;
        var scaled = new double[samples.Count * width];
        for (int i = 0; i < samples.Count; i++)
        {
            scaler.Apply(samples.Row(i), scaled.AsSpan(i * width, samples.Dimensions));
            scaled[i * width + samples.Dimensions] = 1;
        }
        int[] all = [.. Enumerable.Range(0, samples.Count)];
        var groups = new Dictionary<int, double[]> { [-1] = Solve(samples, scaled, all, penalty, loss, stop) };
        foreach (var group in all.GroupBy(i => GroupOf(samples, i)))
        {
            int[] members = [.. group];
            if (group.Key >= 0 && members.Length >= RowsPerFeatureMin * width)
                groups[group.Key] = Solve(samples, scaled, members, penalty, loss, stop);
        }
        return new Ridge(scaler, groups, samples.Horizon);
    }

    public override Prediction Predict(Samples samples)
    {
        var values = new double[samples.Count * _horizon];
        int width = samples.Dimensions + 1;
        var row = new double[width];
        row[^1] = 1;
        for (int i = 0; i < samples.Count; i++)
        {
            Scaler.Apply(samples.Row(i), row);
            double[] coefficients = Groups.TryGetValue(GroupOf(samples, i), out double[]? own) ? own : Groups[-1];
            for (int h = 0; h < _horizon; h++)
                values[i * _horizon + h] = Cholesky.Dot(row, coefficients.AsSpan(h * width, width));
        }
        return new Prediction(values);
    }

    /// <summary>
    /// How much each standardised feature matters over these steps: the root of the root mean square of its coefficients. As weights of the
    /// distance they let neighbours be near in what counts.
    /// </summary>
    public double[] Importance(int fromStep, int toStep)
    {
        int width = Scaler.Mean.Length + 1;
        var importance = new double[width - 1];
        foreach (double[] coefficients in Groups.Values)
        {
            for (int h = fromStep; h < toStep; h++)
            {
                for (int j = 0; j < importance.Length; j++)
                    importance[j] += coefficients[h * width + j] * coefficients[h * width + j];
            }
        }
        double scale = 1.0 / (Groups.Count * (toStep - fromStep));
        return Array.ConvertAll(importance, square => Math.Sqrt(Math.Sqrt(square * scale)));
    }

    private static int GroupOf(Samples samples, int i)
    {
        var grid = samples.GridOf(i);
        return grid.IsDaily ? -1 : grid.LocalAt(samples.Moments[i].Origin).Hour;
    }

    /// <summary>Coefficients of every step, row-major, from the normal equations; a step's rows without a target are taken out again.</summary>
    private static double[] Solve(Samples samples, double[] scaled, int[] members, double penalty, Loss loss, CancellationToken stop)
    {
        int width = samples.Dimensions + 1, horizon = samples.Horizon;
        var gram = new double[width * width];
        foreach (int i in members)
            AddOuter(gram, scaled.AsSpan(i * width, width), 1);
        var coefficients = new double[horizon * width];
        var system = new double[width * width];
        for (int h = 0; h < horizon; h++)
        {
            stop.ThrowIfCancellationRequested();
            gram.CopyTo(system, 0);
            var right = coefficients.AsSpan(h * width, width);
            foreach (int i in members)
            {
                var row = scaled.AsSpan(i * width, width);
                double target = samples.Target(i)[h];
                if (double.IsNaN(target))
                    AddOuter(system, row, -1);
                else
                    Cholesky.AddScaled(right, row, target);
            }
            if (!SolvePenalised(system, right, penalty))
                right.Clear();
            else if (loss == Loss.Absolute)
                SolveAbsolute(samples, scaled, members, penalty, h, right);
        }
        return coefficients;
    }

    /// <summary>
    /// Least absolute errors by least squares reweighted a few times. Errors count in the units of the series, damped by the root so that a few
    /// days of heavy smog do not rule the rest (on the first half of 2015 of the Beijing set: 36.4 unweighted, 36.2 so).
    /// </summary>
    private static void SolveAbsolute(Samples samples, double[] scaled, int[] members, double penalty, int step, Span<double> coefficients)
    {
        int width = coefficients.Length;
        var transform = samples.Source.Transform;
        var system = new double[width * width];
        var right = new double[width];
        double floor = SmallestErrorShare * MedianAbsoluteError(samples, scaled, members, step, coefficients);
        for (int round = 0; round < Reweightings && floor > 0; round++)
        {
            Array.Clear(system);
            Array.Clear(right);
            double total = 0;
            int count = 0;
            foreach (int i in members)
            {
                double target = samples.Target(i)[step];
                if (double.IsNaN(target))
                    continue;
                var row = scaled.AsSpan(i * width, width);
                double fitted = Cholesky.Dot(row, coefficients);
                double weight = Math.Sqrt(transform.Slope(fitted, samples.Levels[i])) / Math.Max(Math.Abs(target - fitted), floor);
                AddOuter(system, row, weight);
                Cholesky.AddScaled(right, row, weight * target);
                total += weight;
                count++;
            }
            if (!SolvePenalised(system, right, penalty * total / count))
                return;
            right.CopyTo(coefficients);
        }
    }

    private static double MedianAbsoluteError(Samples samples, double[] scaled, int[] members, int step, ReadOnlySpan<double> coefficients)
    {
        var errors = new List<double>(members.Length);
        foreach (int i in members)
        {
            double error = samples.Target(i)[step] - Cholesky.Dot(scaled.AsSpan(i * coefficients.Length, coefficients.Length), coefficients);
            if (!double.IsNaN(error))
                errors.Add(Math.Abs(error));
        }
        errors.Sort();
        return errors.Count == 0 ? 0 : errors[errors.Count / 2];
    }

    /// <summary>The last feature is the constant and bears no penalty. False when the system cannot be solved.</summary>
    private static bool SolvePenalised(Span<double> system, Span<double> right, double penalty)
    {
        int width = right.Length;
        for (int j = 0; j < width - 1; j++)
            system[j * width + j] += penalty;
        system[^1] += 1e-9;
        if (!Cholesky.Factor(system, width))
            return false;
        Cholesky.Solve(system, width, right);
        return true;
    }

    /// <summary>Adds the lower triangle of row * row'.</summary>
    private static void AddOuter(Span<double> matrix, ReadOnlySpan<double> row, double sign)
    {
        for (int j = 0; j < row.Length; j++)
            Cholesky.AddScaled(matrix.Slice(j * row.Length, j + 1), row[..(j + 1)], sign * row[j]);
    }
}
