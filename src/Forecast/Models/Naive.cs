using Rialto.Forecast.Features;

namespace Rialto.Forecast.Models;

/// <summary>Tomorrow is like now. Unbeaten one hour ahead.</summary>
internal sealed class Persistence : Forecaster
{
    public override string Name => "persistence";

    public override Prediction Predict(Samples samples)
    {
        var values = new double[samples.Count * samples.Horizon];
        for (int i = 0; i < samples.Count; i++)
        {
            var (panel, origin) = samples.Moments[i];
            values.AsSpan(i * samples.Horizon, samples.Horizon).Fill(samples.Source.Builders[panel].Past(origin, 1, samples.Levels[i]));
        }
        return new Prediction(values);
    }
}

/// <summary>Like the same time one season ago, or the mean of that time over several seasons.</summary>
internal sealed class SeasonalNaive(int season, int seasons = 1) : Forecaster
{
    public override string Name => seasons == 1 ? $"seasonal naive {season}" : $"mean of {seasons} seasons of {season}";

    public override Prediction Predict(Samples samples)
    {
        int horizon = samples.Horizon;
        var values = new double[samples.Count * horizon];
        for (int i = 0; i < samples.Count; i++)
        {
            var (panel, origin) = samples.Moments[i];
            var builder = samples.Source.Builders[panel];
            for (int h = 0; h < horizon; h++)
            {
                // Step origin + h is season * cycles steps after a step before the origin.
                int cycles = h / season + 1;
                double sum = 0;
                for (int back = 0; back < seasons; back++)
                    sum += builder.Past(origin, season * (cycles + back) - h, samples.Levels[i]);
                values[i * horizon + h] = sum / seasons;
            }
        }
        return new Prediction(values);
    }
}
