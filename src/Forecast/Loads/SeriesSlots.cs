using Rialto.Forecast.Observations;

namespace Rialto.Forecast.Loads;

/// <summary>One series as a load meets it.</summary>
internal sealed class SeriesSlot(int index, string station, string measure, string unit)
{
    public int Index => index;
    public string Station => station;
    public string Measure => measure;

    /// <summary>The unit of the table; empty when it names none.</summary>
    public string Unit => unit;

    /// <summary>The unit that the series is kept in.</summary>
    public required string Kept { get; init; }

    public (double Min, double Max) Limits { get; init; }

    /// <summary>From the table's unit to the series'; null = there is no way.</summary>
    public (double Factor, double Offset)? Conversion { get; init; }

    /// <summary>Null until the series is made.</summary>
    public SeriesRow? Series { get; set; }

    public WallClock? Clock { get; set; }
}

/// <summary>The series of one load, by station and measure.</summary>
/// <param name="known">The series that exist already.</param>
internal sealed class SeriesSlots(IReadOnlyDictionary<string, SeriesRow> known)
{
    /// <summary>A table with more has a column of the wrong kind in the place of the station.</summary>
    public const int SlotsMax = 20_000;

    private readonly Dictionary<string, SeriesSlot[]> _wide = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SeriesSlot> _long = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _units = new(StringComparer.Ordinal);
    private readonly List<SeriesSlot> _all = [];

    public IReadOnlyList<SeriesSlot> All => _all;

    /// <summary>The slots of a station of a wide table, in the order of its columns; null when there are too many.</summary>
    public SeriesSlot[]? Wide(ReadOnlySpan<char> station, Func<IEnumerable<(string Measure, string Unit, (double, double) Limits)>> columns)
    {
        var lookup = _wide.GetAlternateLookup<ReadOnlySpan<char>>();
        if (lookup.TryGetValue(station, out var slots))
            return slots;
        if (_all.Count >= SlotsMax)
            return null;
        string name = station.ToString();
        slots = [.. columns().Select(column => Add(name, column.Measure, column.Unit, column.Limits))];
        lookup[station] = slots;
        return slots;
    }

    /// <summary>The slot of a row of a long table; another unit is another slot of the same series.</summary>
    public SeriesSlot? Long(ReadOnlySpan<char> station, ReadOnlySpan<char> measure, ReadOnlySpan<char> unit)
    {
        string key = string.Concat(station, "\n", measure, string.Concat("\n", unit));
        if (_long.TryGetValue(key, out var slot))
            return slot;
        if (_all.Count >= SlotsMax)
            return null;
        string name = measure.ToString();
        return _long[key] = Add(station.ToString(), name, unit.ToString(), Measures.LimitsOf(name));
    }

    private SeriesSlot Add(string station, string measure, string unit, (double, double) limits)
    {
        string key = SeriesRow.KeyOf(measure, station);
        var series = known.GetValueOrDefault(key);
        string kept = series?.Unit ?? _units.GetValueOrDefault(key) ?? Measures.Unit(unit);
        _units[key] = kept;
        var slot = new SeriesSlot(_all.Count, station, measure, unit)
        {
            Kept = kept, Limits = limits, Series = series,
            Conversion = unit.Length == 0 || kept.Length == 0 ? (1, 0) : Measures.Conversion(measure, unit, kept),
        };
        _all.Add(slot);
        return slot;
    }
}
