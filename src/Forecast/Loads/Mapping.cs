using System.ComponentModel;
using Rialto.Platform.Problems;

namespace Rialto.Forecast.Loads;

/// <summary>How the columns of a table become values of series. A preset fills what is not given.</summary>
internal sealed record Mapping
{
    [Description("prsa (hourly air quality and weather of a Beijing station), long (station, measure, time, value, unit), retail (sales lines), or none.")]
    public string? Preset { get; init; }

    [Description("One character between cells. Default: comma.")]
    public string? Delimiter { get; init; }

    [Description("Where the time of a row stands.")]
    public TimeColumns? Time { get; init; }

    [Description("Zone of times without an offset: an IANA name such as Europe/Madrid, or UTC+8. Default: UTC.")]
    public string? Zone { get; init; }

    [Description("hour or day: the step of the series.")]
    public string? Step { get; init; }

    [Description("Column with the name of the station; or name it for the whole table in station.")]
    public string? StationColumn { get; init; }

    public string? Station { get; init; }

    [Description("A further station that every row counts for too, such as a total.")]
    public string? Total { get; init; }

    public double? Latitude { get; init; }
    public double? Longitude { get; init; }

    [Description("A wide table: one column for each measure.")]
    public IReadOnlyList<ValueColumn>? Values { get; init; }

    [Description("A long table: the column that names the measure of the row; the value stands in valueColumn.")]
    public string? MeasureColumn { get; init; }

    public string? ValueColumn { get; init; }

    [Description("Column with the unit of the row; values are converted to the unit of the series.")]
    public string? UnitColumn { get; init; }

    public string? Unit { get; init; }

    [Description("Column that says whether the row is valid; only rows whose flag is among validFlags count.")]
    public string? FlagColumn { get; init; }

    public IReadOnlyList<string>? ValidFlags { get; init; }

    [Description("Cells that mean: not measured. Default: empty, NA, NaN, null, -.")]
    public IReadOnlyList<string>? Missing { get; init; }

    [Description("Wind direction and speed, which become the components WIND_E and WIND_N.")]
    public WindColumns? Wind { get; init; }

    [Description("How several rows of one station and step become one value: last (default: one value, and the first one counts when it is given again), sum, mean or count.")]
    public string? Aggregate { get; init; }

    [Description("Rows whose cell in this column begins with this text do not count.")]
    public SkipRule? Skip { get; init; }

    /// <summary>Preset and defaults filled in.</summary>
    public Mapping Filled()
    {
        var preset = Presets.Find(Preset) ?? new Mapping();
        return this with
        {
            Delimiter = Delimiter ?? preset.Delimiter ?? ",",
            Time = Time ?? preset.Time,
            Zone = Zone ?? preset.Zone ?? "UTC",
            Step = Step ?? preset.Step ?? "hour",
            StationColumn = StationColumn ?? (Station is null ? preset.StationColumn : null),
            Station = Station ?? (StationColumn is null ? preset.Station : null),
            Total = Total ?? preset.Total,
            Values = Values ?? preset.Values,
            MeasureColumn = MeasureColumn ?? preset.MeasureColumn,
            ValueColumn = ValueColumn ?? preset.ValueColumn,
            UnitColumn = UnitColumn ?? preset.UnitColumn,
            Unit = Unit ?? preset.Unit,
            FlagColumn = FlagColumn ?? preset.FlagColumn,
            ValidFlags = ValidFlags ?? preset.ValidFlags,
            Missing = Missing ?? ["", "NA", "NaN", "null", "-"],
            Wind = Wind ?? preset.Wind,
            Aggregate = Aggregate ?? preset.Aggregate ?? "last",
            Skip = Skip ?? preset.Skip,
        };
    }

    /// <summary>What is wrong with a filled mapping whatever the table; null = nothing.</summary>
    public Problem? Check()
    {
        if (Preset is not null && Presets.Find(Preset) is null)
            return Wrong("preset-unknown", $"There is no preset \"{Preset}\"; there are {string.Join(", ", Presets.Names)}.", "preset");
        if (Delimiter is not { Length: 1 } || Delimiter[0] is '"' or '\n' or '\r')
            return Wrong("delimiter-malformed", "The delimiter is one character, not a quote or a line end.", "delimiter");
        if (Step is not ("hour" or "day"))
            return Wrong("step-unknown", "The step is hour or day.", "step");
        if (Aggregate is not ("last" or "sum" or "mean" or "count"))
            return Wrong("aggregate-unknown", "Rows are aggregated by last, sum, mean or count.", "aggregate");
        if (Zones.Find(Zone!) is null)
            return Wrong("zone-unknown", $"\"{Zone}\" is no time zone: give an IANA name such as Europe/Madrid, or UTC+8.", "zone");
        if (Time is null || (Time.Column is null && (Time.Year is null || Time.Month is null || Time.Day is null)))
            return Wrong("time-missing", "Say in which column the time stands, or in which ones year, month, day and hour.", "time");
        if (Station is null && StationColumn is null)
            return Wrong("station-missing", "Name the station, or the column it stands in.", "station");
        if (Values is not { Count: > 0 } && (MeasureColumn is null || ValueColumn is null))
            return Wrong("values-missing", "Name the columns of the values: values for a wide table, measureColumn and valueColumn for a long one.", "values");
        if (FlagColumn is not null && ValidFlags is not { Count: > 0 })
            return Wrong("flags-missing", "Say which flags are valid.", "validFlags");
        if (Latitude is < -90 or > 90 || Longitude is < -180 or > 180)
            return Wrong("place-malformed", "Latitude is -90 to 90 and longitude -180 to 180 degrees.", "latitude");
        return null;
    }

    /// <summary>The columns a table must have. The one that a preset expects a unit in may be left out.</summary>
    public IEnumerable<string> Columns() => new[]
    {
        Time?.Column, Time?.Year, Time?.Month, Time?.Day, Time?.Hour, StationColumn, MeasureColumn, ValueColumn, UnitColumn == Presets.Find(Preset)?.UnitColumn ? null : UnitColumn, FlagColumn, Wind?.Direction, Wind?.Speed, Skip?.Column,
    }.Concat(Values?.SelectMany(value => new[] { value.Column, value.Times }) ?? []).OfType<string>().Distinct();

    private static Problem Wrong(string code, string message, string field) => Problem.Of(400, code, message, "mapping." + field);
}

internal sealed record TimeColumns
{
    [Description("Column with the whole time: ISO 8601, with or without offset, or as format says.")]
    public string? Column { get; init; }

    [Description("Of the column, in .NET's letters: dd/MM/yyyy HH:mm. unix = seconds since 1970.")]
    public string? Format { get; init; }

    public string? Year { get; init; }
    public string? Month { get; init; }
    public string? Day { get; init; }
    public string? Hour { get; init; }
}

internal sealed record ValueColumn
{
    public string Column { get; init; } = "";

    [Description("Name of the measure; default: the column's.")]
    public string? Measure { get; init; }

    public string? Unit { get; init; }

    [Description("Values below are rejected. Known measures have limits of their own.")]
    public double? Min { get; init; }

    public double? Max { get; init; }

    [Description("A second column the value is multiplied by: quantity times price.")]
    public string? Times { get; init; }
}

internal sealed record WindColumns
{
    [Description("Column with a point of the compass (N, NNE, ...) or degrees.")]
    public string Direction { get; init; } = "";

    public string Speed { get; init; } = "";
}

internal sealed record SkipRule
{
    public string Column { get; init; } = "";
    public string Prefix { get; init; } = "";
}
