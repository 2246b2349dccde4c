using Rialto.Forecast.Loads;
using Rialto.Forecast.Series;

namespace Rialto.Forecast.Observations;

/// <summary>Brings series of stations onto one grid, a panel for each target.</summary>
internal sealed class PanelReader(SeriesCatalogue catalogue, ObservationStore store)
{
    /// <summary>Steps of all columns together: what a training may hold in memory.</summary>
    private const long CellsMax = 60_000_000;

    /// <param name="targets">Series of one measure and one step.</param>
    /// <param name="wanted">Which other columns to read, by measure.</param>
    /// <param name="lastSteps">Only the end; 0 = everything.</param>
    /// <param name="asOf">Only what was known then.</param>
    public async Task<Panel[]> ReadAsync(
        uint organization, IReadOnlyList<SeriesRow> targets, Func<string, bool> wanted, int lastSteps = 0, DateTimeOffset? asOf = null, CancellationToken stop = default)
    {
        var beside = await catalogue.OfStationsAsync(organization, [.. targets.Select(target => target.Station)], targets[0].Step, stop);
        SeriesRow[] columns = [.. beside.Where(row => row.Rows > 0 && (row.Measure == targets[0].Measure || wanted(row.Measure)))];
        var last = targets.Max(target => target.LastAt) ?? throw new NoValuesException(targets[0].Key);
        uint to = (uint)last.ToUnixTimeSeconds(), step = (uint)targets[0].StepSpan.TotalSeconds;
        uint first = (uint)targets.Min(target => target.FirstAt ?? last).ToUnixTimeSeconds();
        uint from = lastSteps > 0 ? Math.Max(first, to - Math.Min(to, (uint)lastSteps * step)) : first;
        int length = (int)((to - from) / step) + 1;
        if ((long)length * columns.Length > CellsMax)
            throw new NoValuesException($"{targets.Count} series of {length} steps with {columns.Length} columns are more than one training holds.", whole: true);
        var values = columns.ToDictionary(column => column.Id, _ => Empty(length));
        ulong? version = asOf is { } moment ? (ulong)(moment - DateTimeOffset.UnixEpoch).TotalMicroseconds : null;
        await foreach (var known in store.ReadAsync(organization, [.. values.Keys], from, to, version, stop))
        {
            if ((known.At - from) % step == 0)
                values[known.Series][(known.At - from) / step] = known.Value;
        }
        int begin = 0, end = length;
        if (asOf is not null)
            (begin, end) = Extent(targets.Select(target => values[target.Id]), targets[0].Key);
        var start = DateTimeOffset.FromUnixTimeSeconds(from + (uint)begin * step).UtcDateTime;
        return
        [
            .. targets.Select(target => new Panel(
                target.Station, new Grid(start, target.StepSpan, Zones.Find(target.Zone) ?? TimeZoneInfo.Utc), target.Measure,
                columns.Where(column => column.Station == target.Station).ToDictionary(column => column.Measure, column => values[column.Id][begin..end]))),
        ];
    }

    /// <summary>The catalogue knows the present ends of a series; what was known then may end earlier and begin later.</summary>
    private static (int Begin, int End) Extent(IEnumerable<double[]> targets, string name)
    {
        int begin = int.MaxValue, end = 0;
        foreach (double[] target in targets)
        {
            int first = Array.FindIndex(target, value => !double.IsNaN(value));
            if (first >= 0)
                (begin, end) = (Math.Min(begin, first), Math.Max(end, Array.FindLastIndex(target, value => !double.IsNaN(value)) + 1));
        }
        return end == 0 ? throw new NoValuesException(name) : (begin, end);
    }

    /// <summary>A table's values as panels, without storing them.</summary>
    public static Panel[] Build(IReadOnlyList<LoadedValue> values, IReadOnlyList<SeriesSlot> slots, string measure, string step, string zone)
    {
        var targets = slots.Where(slot => slot.Measure == measure).Select(slot => slot.Station).Distinct().ToArray();
        var kept = values.Where(value => targets.Contains(slots[value.Slot].Station)).ToArray();
        if (kept.Length == 0)
            throw new NoValuesException(measure);
        uint seconds = step == "day" ? 86_400u : 3600u, from = kept.Min(value => value.At), to = kept.Max(value => value.At);
        int length = (int)((to - from) / seconds) + 1;
        var columns = targets.ToDictionary(station => station, _ => new Dictionary<string, double[]>(StringComparer.Ordinal));
        foreach (var value in kept)
        {
            var slot = slots[value.Slot];
            if (!columns[slot.Station].TryGetValue(slot.Measure, out double[]? column))
                columns[slot.Station][slot.Measure] = column = Empty(length);
            column[(value.At - from) / seconds] = value.Value;
        }
        var grid = new Grid(DateTimeOffset.FromUnixTimeSeconds(from).UtcDateTime, TimeSpan.FromSeconds(seconds), Zones.Find(zone)!);
        return [.. targets.Where(station => columns[station].ContainsKey(measure)).Select(station => new Panel(station, grid, measure, columns[station]))];
    }

    private static double[] Empty(int length)
    {
        var empty = new double[length];
        Array.Fill(empty, double.NaN);
        return empty;
    }
}

/// <summary>There is nothing to look at.</summary>
internal sealed class NoValuesException(string what, bool whole = false) : Exception(whole ? what : $"{what} has no values.");
