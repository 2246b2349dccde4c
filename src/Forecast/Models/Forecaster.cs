using Rialto.Forecast.Features;

namespace Rialto.Forecast.Models;

/// <summary>A way to look ahead. Fitted ones are made by their own Fit and do not change afterwards.</summary>
internal abstract class Forecaster
{
    public abstract string Name { get; }

    public abstract Prediction Predict(Samples samples);
}

/// <param name="Values">Row-major, samples x horizon, in the model's space; NaN = the model has nothing to say.</param>
/// <param name="Spread">The same shape: how far apart the neighbours' outcomes lie, where the model has neighbours.</param>
internal sealed record Prediction(double[] Values, double[]? Spread = null);
