using Rialto.Forecast.Models;
using Rialto.Forecast.Neighbours;

namespace Rialto.Bench.Forecast;

/// <summary>
/// For each query a ridge regression on its nearest neighbours, which weigh less the farther they are. In as many unknowns as there are neighbours rather than
/// features (the dual form). Size and penalty were chosen by training to 2014 and validating on 2015.
/// </summary>
internal static class LocalRegression
{
    private const int Near = 200;

    /// <summary>As a share of the mean squared length of a neighbour.</summary>
    private const double Penalty = 3;

    public static double[] Predict(double[] rows, double[] targets, double[] queries, int dimensions)
    {
        var found = NeighbourIndex.Build(rows, dimensions, Metric.Euclidean, Algorithm.Brute).Find(queries, Near + 1);
        return [.. found.Select((neighbours, i) => One(neighbours, rows, targets, queries.AsSpan(i * dimensions, dimensions)))];
    }

    private static double One(Neighbour[] found, double[] rows, double[] targets, ReadOnlySpan<double> query)
    {
        int dimensions = query.Length;
        double farthest = found[Near].Distance + 1e-12, total = 0, meanTarget = 0;
        var weights = new double[Near];
        var mean = new double[dimensions];
        for (int n = 0; n < Near; n++)
        {
            double share = found[n].Distance / farthest, inner = 1 - share * share * share;
            weights[n] = inner * inner * inner;
            total += weights[n];
            meanTarget += weights[n] * targets[found[n].Row];
            Cholesky.AddScaled(mean, rows.AsSpan(found[n].Row * dimensions, dimensions), weights[n]);
        }
        meanTarget /= total;
        for (int j = 0; j < dimensions; j++)
            mean[j] /= total;
        var centred = new double[Near * dimensions];
        var right = new double[Near];
        for (int n = 0; n < Near; n++)
        {
            double root = Math.Sqrt(weights[n]);
            for (int j = 0; j < dimensions; j++)
                centred[n * dimensions + j] = root * (rows[found[n].Row * dimensions + j] - mean[j]);
            right[n] = root * (targets[found[n].Row] - meanTarget);
        }
        var system = new double[Near * Near];
        double trace = 0;
        for (int n = 0; n < Near; n++)
        {
            for (int m = 0; m <= n; m++)
                system[n * Near + m] = Cholesky.Dot(centred.AsSpan(n * dimensions, dimensions), centred.AsSpan(m * dimensions, dimensions));
            trace += system[n * Near + n];
        }
        for (int n = 0; n < Near; n++)
            system[n * Near + n] += Penalty * trace / Near + 1e-9;
        if (!Cholesky.Factor(system, Near))
            return meanTarget;
        Cholesky.Solve(system, Near, right);
        var step = new double[dimensions];
        for (int j = 0; j < dimensions; j++)
            step[j] = query[j] - mean[j];
        double predicted = meanTarget;
        for (int n = 0; n < Near; n++)
            predicted += right[n] * Cholesky.Dot(step, centred.AsSpan(n * dimensions, dimensions));
        return Math.Max(0, predicted);
    }
}
