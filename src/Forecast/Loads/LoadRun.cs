using System.Text.Json;
using Dapper;
using Npgsql;
using Rialto.Forecast.Observations;
using Rialto.Forecast.Sources;
using Rialto.Platform.Jobs;

namespace Rialto.Forecast.Loads;

/// <summary>
/// Brings the values of one table into their series. Values go in batches: what is stored already is compared first, so that loading again changes
/// nothing and a changed value is counted as a correction. One load an organization at a time (a lane) makes that comparison safe.
/// A load that died in the middle is run again from the start and finds its own values by its number.
/// </summary>
internal sealed class LoadRun(NpgsqlDataSource postgres, SeriesCatalogue catalogue, ObservationStore store, TimeProvider clock, JobRun run, LoadRow load, Mapping mapping)
{
    /// <summary>Two megabytes of values and as many of what is known: the memory of a load whatever its size.</summary>
    private const int BatchValues = 50_000;

    /// <summary>Groups of an aggregating load are held to its end.</summary>
    private const int GroupsMax = 2_000_000;

    private readonly Rejects _rejects = new();
    private readonly Dictionary<(int Slot, uint At), (double Sum, int Count, long Line)> _groups = [];
    private readonly HashSet<int> _touched = [];
    private readonly SeenSteps _seen = new();
    private SeriesSlots _slots = null!;
    private RowValues _values = null!;
    private long _rows, _added, _unchanged, _corrected, _repeated;
    private int _rejectsWritten;
    private ulong _version;
    private uint _from = uint.MaxValue, _to;

    /// <summary>The newest time that a value was brought for.</summary>
    public DateTimeOffset? Newest => _to == 0 ? null : DateTimeOffset.FromUnixTimeSeconds(_to);

    /// <param name="bytesRead">How far the source is.</param>
    public async Task<LoadFailure?> TakeAsync(CsvRows rows, Func<long> bytesRead, CancellationToken stop)
    {
        var known = await catalogue.AllAsync(run.Origin.Organization, stop);
        _slots = new SeriesSlots(known.ToDictionary(series => series.Key));
        if (!await rows.NextAsync(stop))
            return new LoadFailure("file-empty", "There is no row in it, not even a header.");
        var (header, wrong) = RowValues.HeaderOf(rows, mapping);
        if (wrong is not null)
            return new LoadFailure(wrong.Code, wrong.Message);
        _values = new RowValues(mapping, header!, _slots, _rejects, clock.GetUtcNow());
        var batch = new List<LoadedValue>(BatchValues + 64);
        try
        {
            while (await rows.NextAsync(stop))
            {
                _rows++;
                _values.Take(rows, batch);
                if (batch.Count < BatchValues)
                    continue;
                if (await FlushAsync(batch, bytesRead(), stop) is { } failure)
                    return failure;
            }
            return await FlushAsync(batch, bytesRead(), stop) ?? await FlushGroupsAsync(bytesRead(), stop);
        }
        catch (SourceException)
        {
            // What came before it broke off is as good as any other value; sums and means of half a table are not.
            await FlushAsync(batch, bytesRead(), stop);
            throw;
        }
        finally
        {
            // Whatever ended the load: the counts of the series say what is stored.
            await CountSeriesAsync();
        }
    }

    public async Task<QualityReport> ReportAsync(CancellationToken stop)
    {
        var qualities = new List<SeriesQuality>();
        var warnings = new List<Notice>();
        foreach (var series in _slots.All.Select(slot => slot.Series).OfType<SeriesRow>().DistinctBy(series => series.Id).Where(series => _touched.Contains(series.Id)).Take(Quality.SeriesMax))
        {
            var values = new List<Known>();
            await foreach (var value in store.ReadAsync(run.Origin.Organization, [series.Id], _from, _to, null, stop))
                values.Add(value);
            qualities.Add(Quality.Of(series, values));
        }
        warnings.AddRange(qualities.SelectMany(Quality.Warnings));
        warnings.AddRange(_slots.All.Where(slot => slot.Conversion is not (1, 0)).Select(UnitNotice));
        Count("hour-twice", _values.ComesTwice, "rows lie in the hour that comes twice in autumn; they were told apart by their order.");
        Count("repeated", _repeated, "values were given more than once in the table; the first one counts.");
        Count("left-out", _values.Skipped, "rows were left out by their flag or the skip rule.");
        return new QualityReport(qualities, warnings);

        void Count(string code, long count, string what)
        {
            if (count > 0)
                warnings.Add(new Notice(code, $"{count} {what}", new Dictionary<string, object> { ["count"] = count }));
        }
    }

    private static Notice UnitNotice(SeriesSlot slot)
    {
        string series = SeriesRow.KeyOf(slot.Measure, slot.Station);
        var facts = new Dictionary<string, object> { ["series"] = series, ["from"] = slot.Unit, ["to"] = slot.Kept };
        return slot.Conversion is null
            ? new Notice("unit-not-convertible", $"{series}: {slot.Unit} cannot be converted to {slot.Kept}; none of these values was taken.", facts)
            : new Notice("unit-converted", $"{series}: values in {slot.Unit} were converted to {slot.Kept}.", facts);
    }

    /// <summary>Writes how far it is; only while this run holds the job.</summary>
    public async Task TellAsync(long bytesRead, CancellationToken stop, NpgsqlTransaction? within = null)
    {
        await using var connection = within is null ? await postgres.OpenConnectionAsync(stop) : null;
        await using var own = connection is null ? null : await connection.BeginTransactionAsync(stop);
        var transaction = within ?? own!;
        await run.GuardAsync(transaction, stop);
        await transaction.Connection!.ExecuteAsync(new CommandDefinition(
            """
            UPDATE forecast.load
               SET bytes_read = @bytesRead, rows = @_rows, added = @_added, unchanged = @_unchanged, corrected = @_corrected, rejected = @rejected, missing = @missing,
                   reject_counts = @counts::jsonb
             WHERE id = @Id
            """,
            new { load.Id, bytesRead, _rows, _added, _unchanged, _corrected, rejected = _rejects.Total, missing = _values?.Missing ?? 0, counts = JsonSerializer.Serialize(_rejects.Counts) },
            transaction, cancellationToken: stop));
        var fresh = _rejects.Kept.Skip(_rejectsWritten).ToArray();
        if (fresh.Length > 0)
        {
            await transaction.Connection!.ExecuteAsync(new CommandDefinition(
                """
                INSERT INTO forecast.load_reject (load, number, line, field, code, message)
                SELECT @Id, * FROM unnest(@numbers, @lines, @fields, @codes, @messages)
                """,
                new
                {
                    load.Id, numbers = fresh.Select((_, i) => _rejectsWritten + i).ToArray(), lines = fresh.Select(reject => reject.Line).ToArray(),
                    fields = fresh.Select(reject => reject.Field).ToArray(), codes = fresh.Select(reject => reject.Code).ToArray(), messages = fresh.Select(reject => reject.Message).ToArray(),
                },
                transaction, cancellationToken: stop));
            _rejectsWritten += fresh.Length;
        }
        if (own is not null)
            await own.CommitAsync(stop);
    }

    private async Task<LoadFailure?> FlushAsync(List<LoadedValue> batch, long bytesRead, CancellationToken stop)
    {
        if (mapping.Aggregate == "last")
        {
            await StoreAsync(batch, stop);
        }
        else
        {
            foreach (var value in batch)
            {
                var (sum, count, _) = _groups.GetValueOrDefault((value.Slot, value.At));
                _groups[(value.Slot, value.At)] = (sum + value.Value, count + 1, value.Line);
            }
        }
        batch.Clear();
        await TellAsync(bytesRead, stop);
        return _groups.Count > GroupsMax ? new LoadFailure("groups-too-many", $"An aggregating load makes at most {GroupsMax} values; split the file by time.") : null;
    }

    private async Task<LoadFailure?> FlushGroupsAsync(long bytesRead, CancellationToken stop)
    {
        foreach (var chunk in _groups.OrderBy(group => group.Key).Chunk(BatchValues))
        {
            await StoreAsync([.. chunk.Select(group => new LoadedValue(group.Key.Slot, group.Key.At, mapping.Aggregate switch
            {
                "mean" => group.Value.Sum / group.Value.Count,
                "count" => group.Value.Count,
                _ => group.Value.Sum,
            }, group.Value.Line))], stop);
            await TellAsync(bytesRead, stop);
        }
        return null;
    }

    private async Task StoreAsync(List<LoadedValue> batch, CancellationToken stop)
    {
        if (batch.Count == 0)
            return;
        await MakeSeriesAsync(batch, stop);
        var wanted = new Dictionary<(int Series, uint At), double>(batch.Count);
        uint from = uint.MaxValue, to = 0;
        foreach (var value in batch)
        {
            int series = _slots.All[value.Slot].Series!.Id;
            // The first of a table counts, wherever the second stands in it: only so loading the table again changes nothing.
            if (!_seen.Add(series, value.At))
            {
                _repeated++;
                continue;
            }
            wanted[(series, value.At)] = value.Value;
            (from, to) = (Math.Min(from, value.At), Math.Max(to, value.At));
        }
        (_from, _to) = (Math.Min(_from, from), Math.Max(_to, to));
        var stored = new Dictionary<(int Series, uint At), Known>();
        await foreach (var known in store.ReadAsync(run.Origin.Organization, [.. wanted.Keys.Select(key => key.Series).Distinct()], from, to, null, stop))
        {
            if (wanted.ContainsKey((known.Series, known.At)))
                stored[(known.Series, known.At)] = known;
        }
        var changed = new List<(int, uint, double)>();
        foreach (var ((series, at), value) in wanted)
        {
            if (!stored.TryGetValue((series, at), out var known))
                _added++;
            else if (known.Value != value)
                _corrected++;
            else
            {
                Recognise(known);
                continue;
            }
            changed.Add((series, at, value));
        }
        foreach (int series in wanted.Keys.Select(key => key.Series).Distinct())
            _touched.Add(series);
        _version = Math.Max(_version + 1, (ulong)(clock.GetUtcNow() - DateTimeOffset.UnixEpoch).TotalMicroseconds);
        await store.AddAsync(run.Origin.Organization, changed, _version, (ulong)load.Number, stop);
    }

    /// <summary>The value stands there already; from this very load when an attempt before this one broke off.</summary>
    private void Recognise(Known known)
    {
        if (known.Load != (ulong)load.Number)
            _unchanged++;
        else if (known.Versions == 1)
            _added++;
        else
            _corrected++;
    }

    private async Task MakeSeriesAsync(List<LoadedValue> batch, CancellationToken stop)
    {
        var fresh = batch.Select(value => value.Slot).Distinct().Select(slot => _slots.All[slot]).Where(slot => slot.Series is null).ToArray();
        if (fresh.Length == 0)
            return;
        await using var connection = await postgres.OpenConnectionAsync(stop);
        await using var transaction = await connection.BeginTransactionAsync(stop);
        await run.GuardAsync(transaction, stop);
        foreach (var slot in fresh)
        {
            var place = Presets.PlaceOf(mapping.Preset, slot.Station);
            slot.Series = await catalogue.MakeAsync(transaction, run.Origin.Organization, new SeriesRow
            {
                Key = SeriesRow.KeyOf(slot.Measure, slot.Station), Station = slot.Station, Measure = slot.Measure, Unit = slot.Kept, Step = mapping.Step!, Zone = mapping.Zone!,
                Latitude = mapping.Latitude ?? place?.Latitude, Longitude = mapping.Longitude ?? place?.Longitude,
            }, stop);
        }
        await transaction.CommitAsync(stop);
    }

    private async Task CountSeriesAsync()
    {
        if (_touched.Count == 0)
            return;
        var counts = await store.CountAsync(run.Origin.Organization, _touched, CancellationToken.None);
        await using var connection = await postgres.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        if (_added + _corrected > 0)
        {
            foreach (var count in counts)
                await SeriesCatalogue.CountedAsync(transaction, count, CancellationToken.None);
        }
        await transaction.CommitAsync();
    }
}
