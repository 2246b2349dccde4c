using Rialto.Forecast.Features;
using Rialto.Forecast.Models;
using Rialto.Forecast.Neighbours;
using Rialto.Forecast.Series;

namespace Rialto.Forecast.Tests;

/// <summary>Generated series with a known shape.</summary>
internal static class Made
{
    public static readonly DateTime Start = new(2020, 1, 6, 0, 0, 0, DateTimeKind.Utc);

    /// <summary>A daily wave on a slowly wandering level, with noise, a companion that leads by three hours, and holes.</summary>
    public static Panel Hourly(int seed, int days, string name = "A", double noise = 0.1, double wander = 0.05, double holes = 0.02)
    {
        var random = new Random(seed);
        int length = days * 24;
        double[] target = new double[length], wind = new double[length];
        double level = 0;
        for (int i = 0; i < length; i++)
        {
            level = 0.995 * level + wander * Normal(random);
            double wave = Math.Sin(2 * Math.PI * (i % 24) / 24);
            target[i] = random.NextDouble() < holes ? double.NaN : 50 * Math.Exp(0.6 * wave + level + noise * Normal(random));
            wind[i] = Math.Cos(2 * Math.PI * ((i + 3) % 24) / 24) + 0.1 * Normal(random);
        }
        return new Panel(name, new Grid(Start, Grid.Hour, TimeZoneInfo.Utc), "x", new Dictionary<string, double[]> { ["x"] = target, ["wind"] = wind });
    }

    /// <summary>Steps of chance alone: nothing beats persistence.</summary>
    public static Panel RandomWalk(int seed, int days)
    {
        var random = new Random(seed);
        double[] target = new double[days * 24];
        double value = 1000;
        for (int i = 0; i < target.Length; i++)
            target[i] = value += Normal(random);
        return new Panel("walk", new Grid(Start, Grid.Hour, TimeZoneInfo.Utc), "x", new Dictionary<string, double[]> { ["x"] = target });
    }

    public static Panel Of(params double[] target) =>
        new("made", new Grid(Start, Grid.Hour, TimeZoneInfo.Utc), "x", new Dictionary<string, double[]> { ["x"] = target });

    public static ModelSetup Setup(int horizon = 12) => new()
    {
        Horizon = horizon,
        Features = new FeatureRecipe { Lags = 12, Means = [24], Weather = [], LevelSteps = 24 },
        Neighbours = new NeighbourSetup { Search = new NeighbourOptions { K = 15, Weights = Weighting.Distance } },
        Penalty = 10,
    };

    /// <summary>The same place with every value from this step on replaced by nonsense.</summary>
    public static Panel MoveFuture(Panel panel, int from)
    {
        var moved = panel.ColumnNames.ToDictionary(name => name, name => (double[])panel.Column(name).Clone());
        foreach (double[] values in moved.Values)
        {
            for (int i = from; i < values.Length; i++)
                values[i] = 7777 + 13 * i;
        }
        return new Panel(panel.Name, panel.Grid, panel.TargetName, moved);
    }

    public static double Normal(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
