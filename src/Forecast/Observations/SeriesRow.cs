namespace Rialto.Forecast.Observations;

/// <summary>A series as PostgreSQL knows it.</summary>
internal sealed record SeriesRow
{
    public int Id { get; init; }

    /// <summary>measure@station, unique within the organization: how people and programs name it.</summary>
    public string Key { get; init; } = "";

    public string Station { get; init; } = "";
    public string Measure { get; init; } = "";
    public string Unit { get; init; } = "";
    public string Step { get; init; } = "";
    public string Zone { get; init; } = "";
    public double? Latitude { get; init; }
    public double? Longitude { get; init; }
    public long Rows { get; init; }
    public DateTimeOffset? FirstAt { get; init; }
    public DateTimeOffset? LastAt { get; init; }
    public double? LastValue { get; init; }
    public long Revision { get; init; }

    public TimeSpan StepSpan => Step == "day" ? Series.Grid.Day : Series.Grid.Hour;

    public static string KeyOf(string measure, string station) => $"{measure}@{station}";
}
