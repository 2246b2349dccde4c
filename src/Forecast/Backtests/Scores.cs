using Rialto.Forecast.Features;

namespace Rialto.Forecast.Backtests;

/// <summary>How wrong a model was over some targets, in the units of the series. Targets that were not measured do not count.</summary>
/// <param name="Mase">Mean absolute error over that of the seasonal naive forecast in the training part; null when that is zero.</param>
internal sealed record Score(int Count, double Mae, double Rmse, double Bias, double? Mase)
{
    /// <param name="values">Predictions in the model's space, of all targets of the samples.</param>
    /// <param name="scales">For each panel what MASE divides by.</param>
    /// <param name="counts">Which targets, by sample and step.</param>
    public static Score Of(Samples samples, double[] values, double[] scales, Func<int, int, bool>? counts = null)
    {
        var transform = samples.Source.Transform;
        double absolute = 0, squared = 0, bias = 0, scaled = 0;
        int count = 0;
        for (int i = 0; i < samples.Count; i++)
        {
            double[] measured = samples.Source.Panels[samples.Moments[i].Panel].Target;
            for (int h = 0; h < samples.Horizon; h++)
            {
                int at = i * samples.Horizon + h, step = samples.Moments[i].Origin + h;
                if (double.IsNaN(samples.Targets[at]) || double.IsNaN(values[at]) || counts?.Invoke(i, h) == false)
                    continue;
                double error = transform.Back(values[at], samples.Levels[i]) - measured[step];
                absolute += Math.Abs(error);
                squared += error * error;
                bias += error;
                scaled += Math.Abs(error) / scales[samples.Moments[i].Panel];
                count++;
            }
        }
        return new Score(count, absolute / count, Math.Sqrt(squared / count), bias / count, double.IsFinite(scaled) ? scaled / count : null);
    }

    /// <summary>Mean absolute error of "the same time a season ago" before the step, for each panel.</summary>
    public static double[] SeasonalScales(SampleSource source, int before)
    {
        int season = source.Panels[0].Grid.Season;
        return
        [
            .. source.Panels.Select(panel =>
            {
                double sum = 0;
                int count = 0;
                for (int i = season; i < Math.Min(before, panel.Length); i++)
                {
                    double gap = Math.Abs(panel.Target[i] - panel.Target[i - season]);
                    if (double.IsNaN(gap))
                        continue;
                    sum += gap;
                    count++;
                }
                return sum / count;
            }),
        ];
    }
}
