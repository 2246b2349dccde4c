using Rialto.Forecast.Series;

namespace Rialto.Forecast.Features;

/// <summary>Values known in advance, by column, from the step <paramref name="start"/> on.</summary>
internal sealed class Outlook(int start, IReadOnlyDictionary<string, double[]> columns)
{
    public static readonly Outlook Nothing = new(0, new Dictionary<string, double[]>());

    /// <summary>What was measured later, as if it had been forecast without error. Only ever to state an upper bound.</summary>
    public static Outlook Perfect(Panel panel, IEnumerable<string> names) => new(0, names.ToDictionary(name => name, panel.Column));

    /// <summary>NaN when any part of it is unknown: a half-known mean would differ from what the model was trained on.</summary>
    public double Mean(string name, int from, int steps)
    {
        if (!columns.TryGetValue(name, out double[]? values))
            return double.NaN;
        double sum = 0;
        int known = 0;
        for (int i = from - start; i < from - start + steps; i++)
        {
            if (i < 0 || i >= values.Length)
                return double.NaN;
            if (double.IsNaN(values[i]))
                continue;
            sum += values[i];
            known++;
        }
        return known * 2 >= steps ? sum / known : double.NaN;
    }

    /// <summary>Each column that does not reach over the whole horizon, with the first step that is missing.</summary>
    public IEnumerable<(string Column, int Step)> Missing(IEnumerable<string> names, int origin, int horizon)
    {
        foreach (string name in names)
        {
            double[] values = columns.TryGetValue(name, out double[]? known) ? known : [];
            for (int step = origin; step < origin + horizon; step++)
            {
                int i = step - start;
                if (i >= 0 && i < values.Length && !double.IsNaN(values[i]))
                    continue;
                yield return (name, step);
                break;
            }
        }
    }
}
