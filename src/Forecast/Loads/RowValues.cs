using System.Globalization;
using Rialto.Forecast.Observations;
using Rialto.Platform.Problems;

namespace Rialto.Forecast.Loads;

/// <summary>One value on its way into a series.</summary>
/// <param name="At">Seconds since 1970, UTC.</param>
internal readonly record struct LoadedValue(int Slot, uint At, double Value, long Line);

/// <summary>Turns rows of a table into values, and says of each cell that cannot be taken why.</summary>
internal sealed class RowValues
{
    private static readonly string[] Winds = ["N", "NNE", "NE", "ENE", "E", "ESE", "SE", "SSE", "S", "SSW", "SW", "WSW", "W", "WNW", "NW", "NNW"];

    private readonly Mapping _mapping;
    private readonly RowTimes _times;
    private readonly SeriesSlots _slots;
    private readonly Rejects _rejects;
    private readonly int _columns, _station, _measure, _value, _unit, _flag, _direction, _speed, _skip;
    private readonly (int Column, int Times, ValueColumn Of)[] _values;
    private readonly HashSet<string> _missing;

    public RowValues(Mapping mapping, Dictionary<string, int> header, SeriesSlots slots, Rejects rejects, DateTimeOffset now)
    {
        int At(string? name) => name is null ? -1 : header[name];
        (_mapping, _slots, _rejects, _times) = (mapping, slots, rejects, new RowTimes(mapping, header, now));
        (_columns, _station, _measure, _value, _unit, _flag) =
            (header.Count, At(mapping.StationColumn), At(mapping.MeasureColumn), At(mapping.ValueColumn), mapping.UnitColumn is { } unit ? header.GetValueOrDefault(unit, -1) : -1, At(mapping.FlagColumn));
        (_direction, _speed, _skip) = (At(mapping.Wind?.Direction), At(mapping.Wind?.Speed), At(mapping.Skip?.Column));
        _values = [.. (mapping.Values ?? []).Select(value => (At(value.Column), At(value.Times), value))];
        _missing = [.. mapping.Missing!];
    }

    public long Missing { get; private set; }

    public long Skipped { get; private set; }

    public long ComesTwice => _times.ComesTwice;

    /// <summary>The columns of the header by name, or what is wrong with it.</summary>
    public static (Dictionary<string, int>? Header, Problem? Wrong) HeaderOf(CsvRows row, Mapping mapping)
    {
        var header = new Dictionary<string, int>(StringComparer.Ordinal);
        for (int i = 0; i < row.Count; i++)
            header.TryAdd(row[i].Trim().ToString(), i);
        string[] absent = [.. mapping.Columns().Where(column => !header.ContainsKey(column))];
        if (absent.Length > 0)
        {
            string message = $"The table has no column {string.Join(", ", absent.Select(name => $"\"{name}\""))}. It has: {string.Join(", ", header.Keys.Take(50))}."
                + (header.Count == 1 ? " With one column only, the delimiter may be another." : "");
            return (null, Problem.Of(422, "columns-missing", message, extra: new { missing = absent, present = header.Keys.Take(200) }));
        }
        // Two columns of one name would leave it to chance which one counts.
        return header.Count < row.Count
            ? (null, Problem.Of(422, "columns-repeated", "Two columns of the table have the same name."))
            : (header, null);
    }

    public void Take(CsvRows row, List<LoadedValue> into)
    {
        if (row.IsBroken)
        {
            _rejects.Add(row.Line, null, "row-unreadable", "A quote is not closed, or the row is longer than any row of values.");
            return;
        }
        if (row.Count != _columns)
        {
            _rejects.Add(row.Line, null, "cells-count", $"The row has {row.Count} cells, the header {_columns}.");
            return;
        }
        if (_skip >= 0 && row[_skip].StartsWith(_mapping.Skip!.Prefix, StringComparison.Ordinal))
        {
            Skipped++;
            return;
        }
        if (_flag >= 0 && !_mapping.ValidFlags!.Contains(row[_flag].Trim().ToString()))
        {
            Skipped++;
            return;
        }
        var station = _station < 0 ? _mapping.Station : row[_station].Trim();
        if (station.IsEmpty || station.Length > 200)
        {
            _rejects.Add(row.Line, _mapping.StationColumn, "station-missing", "The row names no station, or one longer than 200 letters.");
            return;
        }
        TakeFor(station, row, into, rejects: true);
        if (_mapping.Total is not null)
            TakeFor(_mapping.Total, row, into, rejects: false);
    }

    private void TakeFor(ReadOnlySpan<char> station, CsvRows row, List<LoadedValue> into, bool rejects)
    {
        if (_measure >= 0)
            TakeLong(station, row, into);
        else
            TakeWide(station, row, into, rejects);
    }

    private void TakeLong(ReadOnlySpan<char> station, CsvRows row, List<LoadedValue> into)
    {
        var measure = row[_measure].Trim();
        if (measure.IsEmpty || measure.Length > 100)
        {
            _rejects.Add(row.Line, _mapping.MeasureColumn, "measure-missing", "The row names no measure, or one longer than 100 letters.");
            return;
        }
        var slot = _slots.Long(station, measure, _unit < 0 ? _mapping.Unit : row[_unit].Trim());
        if (slot is null)
        {
            TooManySeries(row);
            return;
        }
        if (TakeTime(row, slot, true, out uint at))
            TakeCell(row, _value, -1, slot, at, _mapping.ValueColumn!, into, true);
    }

    private void TakeWide(ReadOnlySpan<char> station, CsvRows row, List<LoadedValue> into, bool rejects)
    {
        var slots = _slots.Wide(station, ColumnsOf);
        if (slots is null)
        {
            TooManySeries(row);
            return;
        }
        if (!TakeTime(row, slots[0], rejects, out uint at))
            return;
        for (int i = 0; i < _values.Length; i++)
            TakeCell(row, _values[i].Column, _values[i].Times, slots[i], at, _values[i].Of.Column, into, rejects);
        if (_direction >= 0)
            TakeWind(row, slots[^2], slots[^1], at, into);
    }

    private IEnumerable<(string, string, (double, double))> ColumnsOf()
    {
        foreach (var (_, _, of) in _values)
        {
            string measure = of.Measure ?? of.Column;
            var (min, max) = Measures.LimitsOf(measure);
            yield return (measure, of.Unit ?? "", (of.Min ?? min, of.Max ?? max));
        }
        if (_direction < 0)
            yield break;
        yield return ("WIND_E", "m/s", (-150, 150));
        yield return ("WIND_N", "m/s", (-150, 150));
    }

    private bool TakeTime(CsvRows row, SeriesSlot slot, bool rejects, out uint at)
    {
        if (_times.Read(row, slot, out at) is not var (code, message))
            return true;
        if (rejects)
            _rejects.Add(row.Line, _mapping.Time!.Column, code, message);
        return false;
    }

    private void TakeCell(CsvRows row, int column, int times, SeriesSlot slot, uint at, string name, List<LoadedValue> into, bool rejects)
    {
        if (IsMissing(row[column]) || (times >= 0 && IsMissing(row[times])))
        {
            Missing++;
            return;
        }
        double factor = 1;
        if (!TryNumber(row[column], out double value) || (times >= 0 && !TryNumber(row[times], out factor)))
        {
            if (rejects)
                _rejects.Add(row.Line, name, "value-unreadable", $"\"{Short(row[column])}\" is no number.");
            return;
        }
        value *= factor;
        if (slot.Conversion is not var (scale, offset))
        {
            _rejects.Add(row.Line, name, "unit-not-convertible", $"{slot.Unit} cannot be converted to {slot.Kept}, the unit of {SeriesRow.KeyOf(slot.Measure, slot.Station)}.");
            return;
        }
        value = value * scale + offset;
        if (value >= slot.Limits.Min && value <= slot.Limits.Max)
            into.Add(new LoadedValue(slot.Index, at, value, row.Line));
        else if (rejects)
            _rejects.Add(row.Line, name, value < 0 && slot.Limits.Min == 0 ? "value-negative" : "value-absurd",
                string.Create(CultureInfo.InvariantCulture, $"{value:0.###} is outside of what {slot.Measure} can be: {slot.Limits.Min} to {slot.Limits.Max}."));
    }

    private void TakeWind(CsvRows row, SeriesSlot east, SeriesSlot north, uint at, List<LoadedValue> into)
    {
        var text = row[_direction].Trim();
        int point = -1;
        for (int i = 0; i < Winds.Length && point < 0; i++)
            point = text.Equals(Winds[i], StringComparison.OrdinalIgnoreCase) ? i : -1;
        double angle = point >= 0 ? point * Math.PI / 8 : TryNumber(text, out double degrees) && degrees is >= 0 and <= 360 ? degrees * Math.PI / 180 : double.NaN;
        if (double.IsNaN(angle) || !TryNumber(row[_speed], out double speed) || speed is < 0 or > 150)
            return;
        into.Add(new LoadedValue(east.Index, at, speed * Math.Sin(angle), row.Line));
        into.Add(new LoadedValue(north.Index, at, speed * Math.Cos(angle), row.Line));
    }

    private void TooManySeries(CsvRows row) =>
        _rejects.Add(row.Line, null, "series-too-many", $"One load makes at most {SeriesSlots.SlotsMax} series; is the station's column the right one?");

    private bool IsMissing(ReadOnlySpan<char> cell) => _missing.GetAlternateLookup<ReadOnlySpan<char>>().Contains(cell.Trim());

    private bool TryNumber(ReadOnlySpan<char> cell, out double number)
    {
        cell = cell.Trim();
        if (double.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out number))
            return double.IsFinite(number);
        // A decimal comma can only be meant where the comma does not part cells.
        return _mapping.Delimiter != "," && cell.Count(',') == 1
            && double.TryParse(cell.ToString().Replace(',', '.'), NumberStyles.Float, CultureInfo.InvariantCulture, out number) && double.IsFinite(number);
    }

    private static string Short(ReadOnlySpan<char> cell) => cell.Length <= 40 ? cell.ToString() : string.Concat(cell[..40], "...");
}
