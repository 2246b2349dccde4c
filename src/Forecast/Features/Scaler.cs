namespace Rialto.Forecast.Features;

/// <summary>Brings each feature to mean 0 and deviation 1 as learned from the training rows alone; an unknown value becomes the mean.</summary>
internal sealed class Scaler
{
    /// <summary>A deployed row can lie far outside what was trained on; beyond this many deviations it says no more than "far".</summary>
    private const double ReachMax = 8;

    private Scaler(double[] mean, double[] deviation) => (Mean, Deviation) = (mean, deviation);

    public double[] Mean { get; }
    public double[] Deviation { get; }

    public static Scaler Of(double[] mean, double[] deviation) => new(mean, deviation);

    public static Scaler Fit(Samples samples)
    {
        int dimensions = samples.Dimensions;
        var mean = new double[dimensions];
        var squares = new double[dimensions];
        var count = new int[dimensions];
        for (int i = 0; i < samples.Count; i++)
        {
            var row = samples.Row(i);
            for (int j = 0; j < dimensions; j++)
            {
                if (double.IsNaN(row[j]))
                    continue;
                count[j]++;
                double step = row[j] - mean[j];
                mean[j] += step / count[j];
                squares[j] += step * (row[j] - mean[j]);
            }
        }
        var deviation = new double[dimensions];
        for (int j = 0; j < dimensions; j++)
            deviation[j] = count[j] > 1 && squares[j] > 0 ? Math.Sqrt(squares[j] / count[j]) : 1;
        return new Scaler(mean, deviation);
    }

    /// <summary>Of the first features, as many as the row has.</summary>
    public void Apply(ReadOnlySpan<double> row, Span<double> scaled)
    {
        for (int j = 0; j < row.Length; j++)
            scaled[j] = double.IsNaN(row[j]) ? 0 : Math.Clamp((row[j] - Mean[j]) / Deviation[j], -ReachMax, ReachMax);
    }
}
