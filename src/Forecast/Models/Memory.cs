using Rialto.Forecast.Features;

namespace Rialto.Forecast.Models;

/// <summary>
/// The past situations that a neighbour model remembers: features and what followed, in order of time. Single precision, also in a backtest,
/// so that a model that was stored and read again answers to the last bit what it answered before.
/// </summary>
internal sealed class Memory
{
    public Memory(DateTime start, int dimensions, int horizon, Moment[] moments, float[] rows, float[] targets)
    {
        (Start, Dimensions, Horizon, Moments, Rows, Targets) = (start, dimensions, horizon, moments, rows, targets);
    }

    /// <summary>Time of step 0 of the moments.</summary>
    public DateTime Start { get; }

    public int Dimensions { get; }
    public int Horizon { get; }
    public Moment[] Moments { get; }

    /// <summary>Row-major, not scaled; NaN = unknown.</summary>
    public float[] Rows { get; }

    /// <summary>Row-major, in the model's space; NaN = not measured.</summary>
    public float[] Targets { get; }

    public int Count => Moments.Length;

    public static Memory Of(Samples samples) => new(
        samples.Source.Panels[0].Grid.Start, samples.Dimensions, samples.Horizon, samples.Moments,
        Array.ConvertAll(samples.Rows, value => (float)value), Array.ConvertAll(samples.Targets, value => (float)value));

    /// <summary>The first moment at or after this origin.</summary>
    public int FirstAtOrAfter(int origin)
    {
        int low = 0, high = Count;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (Moments[middle].Origin < origin)
                low = middle + 1;
            else
                high = middle;
        }
        return low;
    }
}
