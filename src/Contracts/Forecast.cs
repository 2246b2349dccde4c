namespace Rialto.Contracts.Forecast;

/// <summary>A promoted model has failed two checks in a row on what was measured after its training; a baseline answers in its place.</summary>
/// <param name="Series">measure@station.</param>
/// <param name="Mae">Its mean absolute error over the checked outcomes, in the unit of the series.</param>
/// <param name="Coverage">Share of outcomes inside its interval of <paramref name="Level"/>.</param>
public sealed record ModelDrifted(Guid Model, string Series, string Baseline, double Mae, double BaselineMae, double Level, double Coverage) : IBusinessEvent
{
    public string Key => $"model:{Model}";
}
