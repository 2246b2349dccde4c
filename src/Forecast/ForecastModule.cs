using Rialto.Platform;

namespace Rialto.Forecast;

/// <summary>Series, models and predictions with honest intervals.</summary>
public sealed class ForecastModule : Module
{
    public override string Name => "forecast";
}
